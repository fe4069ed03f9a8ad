public import Diagnostics
public import Foundation
public import PlacePlanning

/// Files of a forecast without a model: rolls, and births and official forecasts where there are any.
public struct PanelFiles: Sendable {
  public let rolls: URL
  public let births: URL?
  public let official: URL?

  /// Nothing is read yet; `readPanel` does.
  public init(rolls: URL, births: URL? = nil, official: URL? = nil) {
    self.rolls = rolls
    self.births = births
    self.official = official
  }
}

/// One of a council's own forecasts, as its file gives it.
public struct PublishedForecast: Sendable {
  public let areaCode: String
  public let phase: Phase
  public let targetYear: AcademicYear
  public let horizon: Int
  /// (forecast - actual) / actual.
  public let error: Double
}

/// A checked panel, and what its files were.
public struct PanelInput: Sendable {
  public let panel: RollPanel
  public let official: [PublishedForecast]
  public let warnings: DiagnosticList
  /// Where the rolls are, for faults of the panel as a whole.
  public let rolls: SourceLocation
  public let inputs: [InputFile]

  /// A file that was read, with its fingerprint.
  public struct InputFile: Sendable, Encodable {
    public let file: String
    public let sha256: String
  }
}

/// Reads and checks the files of a panel. **Throws** every fault of all of them at once: E001 to E004 for a file that cannot be
/// read, E101 to E115 for its layout and cells. Warns of births without rolls and rolls without births (W308), of
/// counts unlike all beside them (W314) and of codes with two names (W315).
public func readPanel(_ files: PanelFiles) throws(DiagnosticList) -> PanelInput {
  var list = DiagnosticList()
  let rolls = dataset(
    files.rolls, columns: rollColumns, key: ["area_code", "academic_year", "year_group"], &list)
  let births = files.births.flatMap {
    dataset($0, columns: birthColumns, key: ["area_code", "year_to_30_june"], &list)
  }
  let official = files.official.flatMap {
    dataset($0, columns: officialColumns, key: ["target_year", "horizon", "area_code", "phase"], &list)
  }
  try list.check()
  guard let rolls else { throw list }
  do {
    var assembly = PanelAssembly()
    try assembly.read(rolls: rolls, &list)
    if let births { try assembly.read(births: births, &list) }
    return PanelInput(
      panel: assembly.panel, official: try official.map(PanelAssembly.published) ?? [], warnings: list,
      rolls: rolls.file.wholeFile,
      inputs: [rolls, births, official].compactMap { data in
        data.map { .init(file: $0.file.name, sha256: $0.file.sha256) }
      })
  } catch {
    throw DiagnosticList([
      Diagnostic(
        .wrongForm, at: rolls.file.wholeFile, what: "\(error)", why: "the row was not checked before use",
        fix: "report this as a fault of the program")
    ])
  }
}

private typealias Column = DatasetSchema.Column

private let rollColumns: [(String, ColumnType)] = [
  ("area_code", .code), ("area_name", .text), ("academic_year", .academicYear), ("year_group", .yearGroup),
  ("number_on_roll", .count),
]

private let birthColumns: [(String, ColumnType)] = [
  ("area_code", .code), ("area_name", .text), ("year_to_30_june", .year), ("births", .count),
]

private let officialColumns: [(String, ColumnType)] = [
  ("target_year", .academicYear), ("horizon", .count), ("area_code", .code), ("area_name", .text),
  ("phase", .word), ("actual", .scientific), ("forecast", .scientific), ("official_error", .scientific),
]

/// How many years ahead a published forecast may look: as far as ours do.
private let publishedHorizons = 1...10

/// Nil for a file that cannot be read; its faults are in the list.
private func dataset(
  _ url: URL, columns: [(name: String, type: ColumnType)], key: [String], _ list: inout DiagnosticList
) -> Dataset? {
  do {
    let file = try SourceFile(path: url.relativePath, name: url.lastPathComponent, url: url)
    let place = SourceLocation(file: url.relativePath)
    let schema = DatasetSchema(
      note: DatasetNote(
        name: url.lastPathComponent, title: url.lastPathComponent, source: "", licence: "", retrieved: "",
        mark: .given, quality: .amber, isSynthetic: false),
      columns: columns.map { column in
        let range = column.name == "horizon" ? publishedHorizons : nil
        return Column(
          name: column.name, type: column.type, unit: column.type == .count ? "numbers" : nil,
          minimum: range.map { Double($0.lowerBound) }, maximum: range.map { Double($0.upperBound) },
          isOptional: column.type == .scientific,
          words: column.type == .word ? Phase.allCases.map(\.rawValue) : [], place: place)
      }, key: key, rowSums: [], columnTotals: [], place: place)
    return Dataset(file, schema: schema, &list)
  } catch {
    list.add(contentsOf: error)
    return nil
  }
}

private struct PanelAssembly {
  private var names: [String: String] = [:]
  private var rolls: [String: RollTable] = [:]
  private var births: [String: [Int: Double]] = [:]

  var panel: RollPanel {
    RollPanel(
      areas: rolls.keys.map { RollPanel.Area(code: $0, name: names[$0] ?? $0) }, rolls: rolls, births: births)
  }

  mutating func read(rolls data: Dataset, _ list: inout DiagnosticList) throws(InternalFault) {
    var renamed: Set<String> = []
    for row in data.rows {
      let (code, name) = (try row.text("area_code"), try row.text("area_name"))
      if let known = names[code], known != name, renamed.insert(code).inserted {
        list.add(
          .areaNamesDiffer, at: row.place("area_name"),
          what: "area '\(code)' is '\(name)' here and '\(known)' in earlier rows",
          why: "if two areas share the code, their counts are taken for one area's",
          fix: "give each area a code of its own; if it was renamed, write one name throughout")
      }
      names[code] = name
      rolls[code, default: RollTable()][
        try row.academicYear("academic_year"), try row.yearGroup("year_group")] =
        try row.number("number_on_roll")
    }
    for row in data.rows {
      guard let table = rolls[try row.text("area_code")] else { continue }
      try row.warnOfRollAlone(in: table, try row.text("area_name"), &list)
    }
  }

  mutating func read(births data: Dataset, _ list: inout DiagnosticList) throws(InternalFault) {
    var strangers: Set<String> = []
    for row in data.rows {
      let code = try row.text("area_code")
      births[code, default: [:]][try row.whole("year_to_30_june")] = try row.number("births")
      if rolls[code] == nil, strangers.insert(code).inserted {
        list.add(
          .birthsUnmatched, at: row.place("area_code"), what: "area '\(code)' has births and no rolls",
          why: "its births lead to no forecast",
          fix: nearMiss(of: code, among: rolls.keys).map { "did you mean '\($0)'? Else leave the rows out" }
            ?? "correct the code, or leave the rows out")
      }
    }
    for row in data.rows {
      guard let counts = births[try row.text("area_code")] else { continue }
      try row.warnOfBirthsAlone(in: counts, try row.text("area_name"), &list)
    }
    let missing = rolls.keys.filter { births[$0] == nil }.sorted()
    if !missing.isEmpty {
      list.add(
        .birthsUnmatched, at: data.file.wholeFile,
        what:
          "no births for \(missing.count) of \(rolls.count) areas: \(missing.prefix(5).joined(separator: ", "))"
          + (missing.count > 5 ? " …" : ""),
        why: "their Reception is forecast from its own past counts instead",
        fix: "add their births if they are known")
    }
  }

  static func published(_ data: Dataset) throws(InternalFault) -> [PublishedForecast] {
    var forecasts: [PublishedForecast] = []
    for row in data.rows where !row.isBlank("official_error") {
      guard let phase = Phase(rawValue: try row.text("phase")) else { continue }
      forecasts.append(
        PublishedForecast(
          areaCode: try row.text("area_code"), phase: phase, targetYear: try row.academicYear("target_year"),
          horizon: try row.whole("horizon"), error: try row.number("official_error")))
    }
    return forecasts
  }
}
