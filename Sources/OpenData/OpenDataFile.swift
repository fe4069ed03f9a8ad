internal import PlacePlanning

/// One published data set: `name.csv` beside `name.meta.csv`, in the form of explore education statistics.
public struct OpenDataFile: Sendable {
  /// What the file of metadata says of one column.
  struct Column: Sendable {
    /// A column to choose by, or one of figures.
    enum Kind: String, Sendable {
      case filter = "Filter"
      case indicator = "Indicator"
    }

    let name: String
    let kind: Kind
    let label: String
    /// Of an indicator: the heading that it stands under.
    let grouping: String
    /// Of a filter: a sentence for who chooses.
    let hint: String
    /// Of a filter: its entry to begin with, where that is not `Total`.
    let startsWith: String

    /// A column by which rows are told apart.
    static func filter(_ name: String, _ label: String, hint: String, startsWith: String = "") -> Column {
      Column(name: name, kind: .filter, label: label, grouping: "", hint: hint, startsWith: startsWith)
    }

    /// A count: no unit, no decimals.
    static func count(_ name: String, _ label: String, grouping: String) -> Column {
      Column(name: name, kind: .indicator, label: label, grouping: grouping, hint: "", startsWith: "")
    }
  }

  /// Without its ending: lower case, no date.
  public let name: String
  let headings: [String]
  public let rows: [[String]]
  /// What the metadata say of the columns that rows are told apart by, and of the figures.
  let columns: [Column]

  /// The data as RFC 4180 text.
  public var csv: String { text([headings] + rows) }

  static let metaHeadings = [
    "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint",
    "filter_grouping_column", "filter_default",
  ]

  /// The metadata, a row for each filter and indicator.
  var metaRows: [[String]] {
    columns.map { column in
      let isCount = column.kind == .indicator
      return [
        column.name, column.kind.rawValue, column.label, column.grouping, "", isCount ? "0" : "", column.hint,
        "",
        column.startsWith,
      ]
    }
  }

  public var metaCSV: String { text([Self.metaHeadings] + metaRows) }

  private func text(_ records: [[String]]) -> String {
    records.map { $0.map(csvQuoted).joined(separator: ",") }.joined(separator: "\n") + "\n"
  }
}
