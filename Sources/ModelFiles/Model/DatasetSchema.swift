internal import Diagnostics
internal import PlacePlanning

/// What one data file must hold: its columns in order, the key of a row, and the totals that it must add to.
struct DatasetSchema {
  struct Column {
    let name: String
    let type: ColumnType
    let unit: String?
    let minimum: Double?
    let maximum: Double?
    /// A blank cell is allowed and means "not published".
    let isOptional: Bool
    /// For `word`: the words.
    let words: [String]
    let place: SourceLocation
  }

  /// A column that must equal the sum of others in every row.
  struct RowSum {
    let total: String
    let parts: [String]
  }

  let note: DatasetNote
  let columns: [Column]
  let key: [String]
  let rowSums: [RowSum]
  /// Column, then the total that its source states.
  let columnTotals: [(column: String, total: Double, place: SourceLocation)]
  let place: SourceLocation
  /// Where the schema says which data set it is; nil for one that was not read from a file.
  var namePlace: SourceLocation? = nil

  /// False for the layout of an analyst's file, which nobody can change.
  var isFromFile: Bool { namePlace != nil }
}

enum ColumnType: String, CaseIterable {
  case text, code, count, whole, pounds, decimal, scientific, year, date, word
  case academicYear = "academic_year"
  case yearGroup = "year_group"

  /// True for what can be added up.
  var isNumber: Bool { [.count, .whole, .pounds, .decimal, .scientific].contains(self) }
}

extension DatasetSchema {
  private static let keys = [
    "dataset", "title", "source", "licence", "retrieved", "mark", "quality", "synthetic", "notes",
    "columns", "key", "totals",
  ]
  private static let columnKeys = [
    "type", "unit", "minimum", "maximum", "optional", "words", "description",
  ]

  /// Reads a `data.schema.yaml`, adding every fault to the list; nil when it cannot be used.
  init?(
    _ document: YAMLValue, sources: [String]?, years: PlausibleYears? = nil, _ list: inout DiagnosticList
  ) {
    guard let top = document.mapping("the schema", allowed: Self.keys, &list) else { return nil }
    let name = top.text("dataset", &list)
    let title = top.text("title", &list)
    let source = top.text("source", &list)
    let licence = top.text("licence", &list)
    let retrieved = top.date("retrieved", years, &list)?.label
    let mark = top.word("mark", EvidenceMark.self, &list)
    let quality = top.word("quality", Rating.self, &list)
    let synthetic = top.flag("synthetic", &list)
    top.checkSource(source, among: sources, &list)
    let columns = Self.columns(top, &list)
    let names = columns.map(\.name)
    key = top.required("key", &list).map { Self.names($0.value, among: names, &list) } ?? []
    let numbers = columns.filter { $0.type.isNumber }.map(\.name)
    (rowSums, columnTotals) = Self.totals(top, numbers, &list)
    guard let name, let title, source != nil, let licence, let retrieved, let mark, let quality,
      let synthetic, !columns.isEmpty
    else { return nil }
    self.columns = columns
    place = document.location
    namePlace = top.optional("dataset")?.value.location
    note = DatasetNote(
      name: name, title: title, licence: licence, retrieved: retrieved, mark: mark, quality: quality,
      isSynthetic: synthetic)
  }

  private static func columns(_ top: YAMLMapping, _ list: inout DiagnosticList) -> [Column] {
    guard let entry = top.required("columns", &list),
      let mapping = entry.value.mapping("'columns'", allowed: nil, &list)
    else { return [] }
    return mapping.entries.compactMap { entry in
      guard
        let spec = entry.value.mapping("column '\(entry.name)'", allowed: columnKeys, &list),
        let type = spec.word("type", ColumnType.self, &list)
      else { return nil }
      refuseIdleRules(spec, type, &list)
      let faults = list.diagnostics.count
      let words = type == .word ? spec.required("words", &list)?.value.items(&list) ?? [] : []
      if type == .word, words.isEmpty, list.diagnostics.count == faults,
        let place = spec.optional("words")?.place
      {
        list.add(
          .wrongValue, at: place, what: "column '\(entry.name)' allows no words",
          why: "every cell would be refused", fix: "list the words, or use the type text")
      }
      return Column(
        name: entry.name, type: type, unit: spec.optionalText("unit", &list),
        minimum: number(spec, "minimum", &list), maximum: number(spec, "maximum", &list),
        isOptional: spec.optional("optional") == nil ? false : spec.flag("optional", &list) ?? false,
        words: words.compactMap { $0.text(&list) }, place: entry.place)
    }
  }

  /// Refuses a range for what is no number, and words for what is no word (E012): no cell would be held to them.
  private static func refuseIdleRules(_ spec: YAMLMapping, _ type: ColumnType, _ list: inout DiagnosticList) {
    for entry in spec.entries {
      let fix: String
      switch entry.name {
      case "minimum" where !type.isNumber, "maximum" where !type.isNumber:
        let numbers = ColumnType.allCases.filter(\.isNumber).map(\.rawValue).joined(separator: ", ")
        fix = "remove it, or give the column a type of numbers: \(numbers)"
      case "words" where type != .word: fix = "remove it, or give the column the type word"
      default: continue
      }
      list.add(
        .unknownKey, at: entry.place, what: "'\(entry.name)' does not go with the type \(type.rawValue)",
        why: "no cell would be held to it", fix: fix)
    }
  }

  private static func number(
    _ spec: YAMLMapping, _ key: String, _ list: inout DiagnosticList
  ) -> Double? {
    spec.optional(key) == nil ? nil : spec.parsed(key, wanted: "a number", &list, strictNumber)
  }

  /// A list of columns; a fault (E015) for a name that is not a column's.
  private static func names(
    _ value: YAMLValue, among columns: [String], _ list: inout DiagnosticList
  ) -> [String] {
    value.items(&list).compactMap { item in
      guard let name = item.text(&list) else { return nil }
      if columns.contains(name) { return name }
      list.add(
        .unknownReference, at: item.location, what: "there is no such column '\(name)'",
        why: "the schema speaks of a column that it does not define, or that holds no numbers to add",
        fix: didYouMean(name, among: columns, else: "define it under 'columns'"))
      return nil
    }
  }

  private static func totals(
    _ top: YAMLMapping, _ columns: [String], _ list: inout DiagnosticList
  ) -> ([RowSum], [(column: String, total: Double, place: SourceLocation)]) {
    guard let entry = top.optional("totals"),
      let totals = entry.value.mapping("'totals'", allowed: ["rows", "columns"], &list)
    else { return ([], []) }
    let rows = totals.optional("rows")?.value.mapping("'rows'", allowed: columns, &list)
    let sums = (rows?.entries ?? []).map { entry in
      RowSum(total: entry.name, parts: names(entry.value, among: columns, &list))
    }
    let stated = totals.optional("columns")?.value.mapping("'columns'", allowed: columns, &list)
    return (
      sums,
      (stated?.entries ?? []).compactMap { entry in
        stated?.parsed(entry.name, wanted: "a number", &list, strictNumber).map {
          (entry.name, $0, entry.value.location)
        }
      }
    )
  }
}

extension YAMLMapping {
  /// Refuses a `source` that is not among those of `sources.yaml` (E015); nil for these where that file cannot be read.
  func checkSource(_ source: String?, among known: [String]?, _ list: inout DiagnosticList) {
    guard let source, let known, !known.contains(source), let entry = optional("source") else { return }
    list.add(
      .unknownReference, at: entry.value.location, what: "there is no source '\(source)' in sources.yaml",
      why: "a figure without a source cannot be checked",
      fix: didYouMean(source, among: known, else: "describe the source in sources.yaml"))
  }
}
