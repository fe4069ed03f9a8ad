/// A rule of the statistics service that a file breaks.
public struct ScreeningFault: Hashable, Sendable, CustomStringConvertible {
  public let rule: ScreeningRule
  public let what: String

  public var description: String { "\(rule.rawValue): \(what)" }
}

/// The rules that we hold published files to, in the order in which they are tried.
///
/// **Source** the Department for Education's screening of files for explore education statistics: its analysts' guide and the
/// names of the checks of its screener. The wording and the code are ours.
public enum ScreeningRule: String, CaseIterable, Sendable {
  case fileName = "file_name"
  case dataColumnsRequired = "data_columns_required"
  case metaColumnsRequired = "meta_columns_required"
  case columnsUnique = "columns_unique"
  case columnsSnakeCase = "columns_snake_case"
  case rowsWhole = "rows_whole"
  case rowsThere = "rows_there"
  case metaInData = "meta_in_data"
  case dataInMeta = "data_in_meta"
  case metaNamesUnique = "meta_names_unique"
  case metaType = "meta_type"
  case metaLabel = "meta_label"
  case metaUnit = "meta_unit"
  case metaDecimals = "meta_decimals"
  case metaHint = "meta_hint"
  case metaGrouping = "meta_grouping"
  case indicatorThere = "indicator_there"
  case timePeriod = "time_period"
  case timeIdentifier = "time_identifier"
  case geographicLevel = "geographic_level"
  case geographicCodes = "geographic_codes"
  case geographicPairs = "geographic_pairs"
  case geographicMix = "geographic_mix"
  case filterDefault = "filter_default"
  case filterSingular = "filter_singular"
  case filterBlank = "filter_blank"
  case filterWhitespace = "filter_whitespace"
  case filterObsoleteTotal = "filter_obsolete_total"
  case duplicateRows = "duplicate_rows"
  case nullText = "null_text"
  case indicatorEntry = "indicator_entry"
  case harmonised = "harmonised"
  case lengths = "lengths"
}

/// Holds a pair of files to the rules; empty when they pass. The first record of each is its headings.
func screen(name: String, data: [[String]], meta: [[String]]) -> [ScreeningFault] {
  var screening = Screening(name: name, data: data, meta: meta)
  screening.run()
  return screening.faults
}

extension OpenDataFile {
  /// The rules that the file breaks.
  public var faults: [ScreeningFault] {
    screen(name: name, data: [headings] + rows, meta: [Self.metaHeadings] + metaRows)
  }
}

private struct Screening {
  let name: String
  let headings: [String]
  let rows: [[String]]
  let metaHeadings: [String]
  let meta: [[String: String]]
  private let metaWidths: Set<Int>
  private(set) var faults: [ScreeningFault] = []

  init(name: String, data: [[String]], meta: [[String]]) {
    self.name = name
    headings = data.first ?? []
    rows = Array(data.dropFirst())
    metaHeadings = meta.first ?? []
    metaWidths = Set(meta.map(\.count))
    let metaHeadings = self.metaHeadings
    self.meta = meta.dropFirst().map { row in
      Dictionary(zip(metaHeadings, row)) { first, _ in first }
    }
  }

  private mutating func expect(_ holds: Bool, _ rule: ScreeningRule, _ what: String) {
    if !holds { faults.append(ScreeningFault(rule: rule, what: what)) }
  }

  /// Later rules trust earlier ones, so it stops where the columns are not what they must be.
  mutating func run() {
    names()
    columns()
    guard faults.isEmpty else { return }
    metadata()
    guard faults.isEmpty else { return }
    times()
    geography()
    filters()
    figures()
    limits()
  }

  // MARK: Names and columns

  private mutating func names() {
    let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789_-")
    expect(
      !name.isEmpty && name.allSatisfy(letters.contains), .fileName,
      "'\(name)' holds more than a to z, digits, _ and -")
    expect(!name.contains(#/(19|20)[0-9][0-9]/#), .fileName, "'\(name)' holds a date")
  }

  private static let required = [
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
  ]
  private static let metaRequired = [
    "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "filter_hint",
    "filter_grouping_column",
  ]
  private static let metaOptional = ["indicator_dp", "filter_default", "parent_filter"]
  private static let geographic = [
    "region_code", "region_name", "old_la_code", "new_la_code", "la_name", "planning_area_code",
    "planning_area_name",
  ]

  private mutating func columns() {
    for column in Self.required {
      expect(headings.contains(column), .dataColumnsRequired, "there is no column \(column)")
    }
    for column in Self.metaRequired {
      expect(metaHeadings.contains(column), .metaColumnsRequired, "the metadata have no column \(column)")
    }
    for column in metaHeadings {
      expect(
        (Self.metaRequired + Self.metaOptional).contains(column), .metaColumnsRequired,
        "the metadata have a column \(column)")
    }
    expect(Set(headings).count == headings.count, .columnsUnique, "a column is there twice")
    for column in headings {
      expect(
        column.wholeMatch(of: #/[a-z][a-z0-9_]*/#) != nil, .columnsSnakeCase,
        "'\(column)' is not in snake case")
    }
    expect(
      rows.allSatisfy { $0.count == headings.count } && metaWidths.count <= 1, .rowsWhole,
      "a row is shorter or longer than the headings")
    expect(!rows.isEmpty, .rowsThere, "there are no rows")
    expect(!rows.contains { $0.allSatisfy(\.isEmpty) }, .rowsThere, "a row is empty")
    let described = meta.map { $0["col_name"] ?? "" }
    for name in described {
      expect(headings.contains(name), .metaInData, "'\(name)' is described but not there")
    }
    for name in headings where !(Self.required + Self.geographic).contains(name) {
      expect(described.contains(name), .dataInMeta, "'\(name)' is not described")
    }
  }

  // MARK: Metadata

  private static let units = ["", "£", "£m", "%", "pp", "numberstring"]

  private mutating func metadata() {
    let names = meta.map { $0["col_name"] ?? "" }
    expect(Set(names).count == names.count, .metaNamesUnique, "a column is described twice")
    let labels = meta.map { $0["label"] ?? "" }
    expect(
      !labels.contains("") && Set(labels).count == labels.count, .metaLabel,
      "a label is missing or there twice")
    expect(meta.contains { $0["col_type"] == "Indicator" }, .indicatorThere, "there is no indicator")
    for row in meta {
      let (name, type) = (row["col_name"] ?? "", row["col_type"] ?? "")
      let isFilter = type == "Filter"
      expect(isFilter || type == "Indicator", .metaType, "'\(name)' is a '\(type)'")
      let unit = row["indicator_unit"] ?? ""
      expect(
        Self.units.contains(unit) && (!isFilter || unit.isEmpty), .metaUnit,
        "'\(name)' has the unit '\(unit)'")
      let decimals = row["indicator_dp"] ?? ""
      expect(
        decimals.isEmpty || (!isFilter && (Int(decimals) ?? -1) >= 0), .metaDecimals,
        "'\(name)' has '\(decimals)' decimals")
      expect(
        isFilter || (row["filter_hint"] ?? "").isEmpty, .metaHint,
        "the indicator '\(name)' has a filter's hint")
      expect(
        !isFilter || (row["indicator_grouping"] ?? "").isEmpty, .metaGrouping,
        "the filter '\(name)' has an indicator's grouping")
      let group = row["filter_grouping_column"] ?? ""
      expect(
        group.isEmpty || (isFilter && headings.contains(group)), .metaGrouping,
        "'\(name)' is grouped by '\(group)'")
    }
  }

  private func column(_ name: String) -> [String] {
    guard let index = headings.firstIndex(of: name) else { return [] }
    return rows.map { $0[index] }
  }

  private func names(_ type: String) -> [String] {
    meta.filter { $0["col_type"] == type }.map { $0["col_name"] ?? "" }
  }

  // MARK: Time

  private static let identifiers: [String: Int] = [
    "Academic year": 6, "Financial year": 6, "Tax year": 6, "Reporting year": 4, "Calendar year": 4,
  ]

  private mutating func times() {
    let kinds = Set(column("time_identifier"))
    for kind in kinds {
      expect(Self.identifiers[kind] != nil, .timeIdentifier, "'\(kind)' is no time identifier")
    }
    expect(kinds.count == 1, .timeIdentifier, "there is more than one kind of year")
    let digits = kinds.first.flatMap { Self.identifiers[$0] }
    for period in Set(column("time_period")).sorted() {
      let isDigits = period.allSatisfy { $0.isASCII && $0.isNumber }
      expect(
        isDigits && period.count == digits ?? period.count, .timePeriod,
        "'\(period)' is not a time period of its kind")
      guard isDigits, period.count == 6, let start = Int(period.prefix(4)), let end = Int(period.suffix(2))
      else { continue }
      expect((start + 1) % 100 == end, .timePeriod, "'\(period)' is not two years in a row")
    }
  }

  // MARK: Geography

  private static let levels = ["National", "Regional", "Local authority", "School", "Planning area"]

  private mutating func geography() {
    let levels = column("geographic_level")
    for level in Set(levels).sorted() {
      expect(Self.levels.contains(level), .geographicLevel, "'\(level)' is no geographic level")
    }
    expect(
      Set(levels).count == 1 || !levels.contains("Planning area"), .geographicMix,
      "planning areas stand beside other levels, where the table tool passes them over")
    code("country_code", #/E92000001|K0[2345]000001/#)
    let isLocal = levels.contains { $0 == "Local authority" || $0 == "Planning area" }
    guard isLocal else { return }
    code("region_code", #/E12[0-9]{6}/#)
    code("new_la_code", #/E[01][0-9]{7}/#)
    code("old_la_code", #/[0-9]{3}/#)
    pair("region_code", "region_name")
    pair("new_la_code", "la_name")
    guard levels.contains("Planning area") else { return }
    pair("planning_area_code", "planning_area_name")
  }

  private mutating func code(_ name: String, _ form: some RegexComponent<Substring>) {
    let values = Set(column(name))
    expect(!values.isEmpty, .geographicCodes, "there is no column \(name)")
    for value in values.sorted() {
      expect(value.wholeMatch(of: form) != nil, .geographicCodes, "'\(value)' is no \(name)")
    }
  }

  /// One name to a code and one code to a name.
  private mutating func pair(_ code: String, _ name: String) {
    let pairs = Set(zip(column(code), column(name)).map { [$0, $1] })
    expect(
      !pairs.isEmpty && !pairs.contains { $0.contains("") }, .geographicPairs,
      "a \(code) or \(name) is missing")
    expect(
      Set(pairs.map { $0[0] }).count == pairs.count && Set(pairs.map { $0[1] }).count == pairs.count,
      .geographicPairs,
      "a \(code) has two names, or a \(name) two codes")
  }

  // MARK: Filters and figures

  private static let phases = [
    "Total", "All-through", "Early years", "Primary", "Middle (deemed primary)", "Secondary",
    "Middle (deemed secondary)",
    "Post-16", "Special", "Alternative provision",
  ]

  private mutating func filters() {
    for name in names("Filter") {
      let values = Set(column(name))
      let asked = meta.first { $0["col_name"] == name }?["filter_default"] ?? ""
      expect(
        values.contains(asked.isEmpty ? "Total" : asked), .filterDefault,
        "'\(name)' has no entry '\(asked.isEmpty ? "Total" : asked)'")
      expect(values.count > 1, .filterSingular, "'\(name)' has one entry, so that it chooses nothing")
      expect(!values.contains(""), .filterBlank, "'\(name)' has a blank entry")
      for value in values.sorted() {
        expect(
          value.first?.isWhitespace != true && value.last?.isWhitespace != true, .filterWhitespace,
          "'\(value)' begins or ends with a space")
        expect(
          !["all", "all total", "(all)"].contains(value.lowercased()), .filterObsoleteTotal,
          "'\(value)' stands where Total must")
      }
    }
    for phase in Set(column("education_phase")).sorted() {
      expect(Self.phases.contains(phase), .harmonised, "'\(phase)' is no phase of education")
    }
    let keys = headings.indices.filter { !names("Indicator").contains(headings[$0]) }
    expect(
      Set(rows.map { row in keys.map { row[$0] } }).count == rows.count, .duplicateRows,
      "two rows have the same keys")
  }

  private static let symbols: Set<String> = ["z", "x", "c", "low", "k", "u"]
  private static let nulls: Set<String> = ["null", "na", "n/a", "nan", "none"]

  private mutating func figures() {
    for row in rows {
      for cell in row where Self.nulls.contains(cell.lowercased()) {
        expect(false, .nullText, "a cell says '\(cell)'")
      }
    }
    for name in names("Indicator") {
      for value in Set(column(name)).sorted()
      where !Self.symbols.contains(value) && !Self.nulls.contains(value.lowercased()) {
        expect(
          value.wholeMatch(of: #/-?[0-9]+(\.[0-9]+)?/#) != nil, .indicatorEntry,
          "'\(value)' is neither a number nor a symbol")
      }
    }
  }

  private mutating func limits() {
    for name in headings {
      expect(name.count <= 50, .lengths, "the column '\(name)' is longer than 50 characters")
    }
    for row in meta {
      expect((row["label"] ?? "").count <= 100, .lengths, "a label is longer than 100 characters")
    }
    for name in ["planning_area_code", "new_la_code"] {
      for code in Set(column(name)) {
        expect(code.count <= 30, .lengths, "the code '\(code)' is longer than 30 characters")
      }
    }
    for name in names("Filter") {
      let values = Set(column(name))
      expect(values.count <= 25_000, .lengths, "'\(name)' has more than 25,000 entries")
      for value in values { expect(value.count <= 120, .lengths, "'\(value)' is longer than 120 characters") }
    }
  }
}
