internal import PlacePlanning

/// `data.schema.yaml` of a data set that the program writes: what it says of the whole, and of each column.
struct SchemaText {
  let dataset: String
  let title: String
  let source: String
  let retrieved: CalendarDate
  var mark = EvidenceMark.given
  /// On one line.
  let notes: String
  /// YAML, indented to stand below `columns`.
  let columns: String
  let key: [String]

  var text: String {
    """
    dataset: \(dataset)
    title: \(yamlQuoted(title))
    source: \(source)
    licence: Open Government Licence v3.0
    retrieved: \(retrieved.label)
    mark: \(mark.rawValue)
    quality: amber
    synthetic: no
    notes: >-
      \(notes)
    columns:
    \(columns)
    key: [\(key.joined(separator: ", "))]

    """
  }
}
