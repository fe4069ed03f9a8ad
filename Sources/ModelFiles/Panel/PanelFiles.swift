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

/// A checked panel, and what its files were.
public struct PanelInput: Sendable {
  public let panel: RollPanel
  public let official: [OfficialForecast]
  public let warnings: DiagnosticList
  /// Where the rolls are, for faults of the panel as a whole.
  public let rolls: SourceLocation
  /// The same of births; nil without them.
  public let births: SourceLocation?
  /// The same of official forecasts; nil without them.
  public let officialFile: SourceLocation?
  public let inputs: [InputFile]

  /// A file that was read, with its fingerprint.
  public struct InputFile: Sendable, Encodable {
    public let file: String
    public let sha256: String
  }
}

/// Reads and checks the files of a panel. **Throws** every fault of all of them at once: E001 to E004 for a file that cannot be
/// read, E101 to E115 for its layout and cells, years far from all others among them. Warns of year groups out of proportion to the same
/// children (W301), of births out of proportion to rolls, in all areas or in one (W302), of official forecasts of other numbers of pupils
/// (W303), of births without rolls, rolls without births and years without either (W308), of counts unlike all beside them, one, or a whole
/// year's of an area or of all (W314), of codes with two names, in one file or between two (W315), of a year group that no area counts
/// (W323), of official forecasts without rolls (W324), of copied counts (W347) and of births of another year (W348).
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
  rolls?.checkPanelYears("academic_year", &list)
  births?.checkPanelYears("year_to_30_june", &list)
  official?.checkPanelYears("target_year", &list)
  try list.check()
  guard let rolls else { throw list }
  let input: PanelInput
  do {
    var assembly = PanelAssembly()
    try assembly.read(rolls: rolls, &list)
    if let births { try assembly.read(births: births, &list) }
    let published = try official.map { try assembly.published($0, &list) } ?? []
    input = PanelInput(
      panel: assembly.panel, official: published, warnings: list,
      rolls: rolls.file.wholeFile, births: births?.file.wholeFile, officialFile: official?.file.wholeFile,
      inputs: [rolls, births, official].compactMap { data in
        data.map { .init(file: $0.file.name, sha256: $0.file.sha256) }
      })
  } catch {
    throw DiagnosticList(
      .wrongForm, at: rolls.file.wholeFile, what: "\(error)", why: "the row was not checked before use",
      fix: "report this as a fault of the program")
  }
  try list.check()
  return input
}

private typealias Column = DatasetSchema.Column

/// How many times each other a published count and that of the rolls are at the most. Source: of 594 published for English authorities and
/// in the rolls none is more than 1.04 times.
private let mostTimesCounted = 1.1
/// So few pupils come or go between two counts of a small area.
private let mostPupilsApart = 10.0

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

/// A published forecast may look as many years ahead as ours do. Its error is a share; one given in percent often lies outside this range.
private let officialRanges = ["horizon": 1.0...10, "official_error": -1.0...5]

/// Nil for a file that cannot be read; its faults are in the list.
private func dataset(
  _ url: URL, columns: [(name: String, type: ColumnType)], key: [String], _ list: inout DiagnosticList
) -> Dataset? {
  let file = list.gather { () throws(DiagnosticList) in
    try SourceFile(path: url.relativePath, name: url.lastPathComponent, url: url)
  }
  guard let file else { return nil }
  let place = SourceLocation(file: url.relativePath)
  let schema = DatasetSchema(
    note: DatasetNote(
      name: url.lastPathComponent, title: url.lastPathComponent, licence: "", retrieved: "",
      mark: .given, quality: .amber, isSynthetic: false),
    columns: columns.map { column in
      let range = officialRanges[column.name]
      return Column(
        name: column.name, type: column.type, unit: column.type == .count ? "numbers" : nil,
        minimum: range?.lowerBound, maximum: range?.upperBound,
        isOptional: column.type == .scientific,
        words: column.type == .word ? Phase.allCases.map(\.rawValue) : [], place: place)
    }, key: key, rowSums: [], columnTotals: [], place: place)
  return Dataset(file, schema: schema, &list)
}

private struct PanelAssembly {
  private var names: [String: String] = [:]
  /// Codes that the rolls themselves give two names.
  private var renamed: Set<String> = []
  private var rolls: [String: RollTable] = [:]
  private var births: [String: [Int: Double]] = [:]

  var panel: RollPanel {
    RollPanel(
      areas: rolls.keys.map { RollPanel.Area(code: $0, name: names[$0] ?? $0) }, rolls: rolls, births: births)
  }

  private var alarms: PanelAlarms { PanelAlarms(names: names, rolls: rolls, births: births) }

  mutating func read(rolls data: Dataset, _ list: inout DiagnosticList) throws(InternalFault) {
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
    let jumping = alarms.jumpingYears
    for row in data.rows {
      let code = try row.text("area_code")
      guard let table = rolls[code] else { continue }
      try row.warnOfRollAlone(
        in: table, try row.text("area_name"), jumping: jumping[code] ?? [], &list)
    }
    alarms.checkRolls(at: data.file.wholeFile, &list)
  }

  mutating func read(births data: Dataset, _ list: inout DiagnosticList) throws(InternalFault) {
    var strangers: Set<String> = []
    let taught = rolls.filter { $0.value.hasReception }.keys
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
    try warnOfOtherNames(
      data, why: "if the code is wrong, these births lead to another area's forecast", &list)
    for row in data.rows {
      guard let counts = births[try row.text("area_code")] else { continue }
      try row.warnOfBirthsAlone(in: counts, try row.text("area_name"), &list)
    }
    alarms.checkBirths(at: data.file.wholeFile, &list)
    let untaught = births.keys.filter { rolls[$0] != nil && !taught.contains($0) }.sorted()
    if !untaught.isEmpty, !taught.isEmpty {
      list.add(
        .birthsUnmatched, at: data.file.wholeFile,
        what: "births of areas whose rolls have no Reception: " + firstFive(untaught),
        why: "their births lead to no forecast",
        fix: "add the rows of Reception if they are missing; else leave these births out")
    }
    let missing = taught.filter { births[$0] == nil }.sorted()
    if !missing.isEmpty {
      list.add(
        .birthsUnmatched, at: data.file.wholeFile,
        what:
          "no births for \(missing.count) of \(taught.count) areas: " + firstFive(missing),
        why: "what Reception is forecast for them is of its own past counts",
        fix: "add their births if they are known")
    }
  }

  func published(_ data: Dataset, _ list: inout DiagnosticList) throws(InternalFault) -> [OfficialForecast] {
    var forecasts: [OfficialForecast] = []
    var strangers: [String: SourceLocation] = [:]
    var actuals: [(place: SourceLocation, words: String)] = []
    for row in data.rows where !row.isBlank("official_error") {
      guard let phase = Phase(rawValue: try row.text("phase")) else { continue }
      let (code, error) = (try row.text("area_code"), try row.number("official_error"))
      let target = try row.academicYear("target_year")
      if !row.isBlank("actual"), let counted = rolls[code]?.total(target, phase.yearGroups) {
        let actual = try row.number("actual")
        if abs(actual - counted) > mostPupilsApart,
          max(actual, counted) > mostTimesCounted * min(actual, counted)
        {
          let words = "\(grouped(actual)) beside \(grouped(counted)) in \(phase.rawValue) of "
          actuals.append((row.place("actual"), words + "\(names[code] ?? code) in \(target)"))
        }
      }
      if rolls[code] == nil, strangers[code] == nil { strangers[code] = row.place("area_code") }
      try row.checkOfficialError(error, &list)
      forecasts.append(
        OfficialForecast(
          areaCode: code, phase: phase, targetYear: target, horizon: try row.whole("horizon"), error: error))
    }
    if let first = actuals.first {
      list.add(
        .totalsDiffer, at: first.place,
        what: "'actual' is another number of pupils than the rolls', in \(actuals.count) of "
          + "\(data.rows.count) rows: " + firstFive(actuals.map(\.words), separator: "; "),
        why: "more than \(plain(mostTimesCounted)) times apart, the councils' errors are most often of "
          + "another phase, area or year than ours beside them",
        fix: "correct the phase, code or year, or the unit; if both count so, leave them")
    }
    try warnOfOtherNames(
      data, why: "if the code is wrong, these forecasts are held against another area's rolls", &list)
    if let first = strangers.min(by: { $0.key < $1.key }) {
      list.add(
        .officialUnmatched, at: first.value,
        what: "official forecasts of areas without rolls: "
          + firstFive(strangers.keys.sorted()),
        why: "their forecasts are compared with nothing",
        fix: nearMiss(of: first.key, among: rolls.keys).map {
          "did you mean '\($0)'? Else leave the rows out"
        }
          ?? "correct the codes, or leave the rows out")
    }
    return forecasts
  }

  /// Warns of codes that have another area's name here than in the rolls (W315), at the first of them.
  private func warnOfOtherNames(
    _ data: Dataset, why: String, _ list: inout DiagnosticList
  ) throws(InternalFault) {
    var told: Set<String> = []
    var parts: [String] = []
    var first: (name: String, place: SourceLocation)?
    for row in data.rows {
      let (code, name) = (try row.text("area_code"), try row.text("area_name"))
      guard let known = names[code], !renamed.contains(code), !mayBeOneArea(known, name),
        told.insert(code).inserted
      else { continue }
      parts.append("area '\(code)' is '\(name)' here and '\(known)' in the rolls")
      if first == nil { first = (name, row.place("area_name")) }
    }
    guard let first else { return }
    let meant = names.filter { mayBeOneArea($0.value, first.name) }.keys.min()
    list.add(
      .areaNamesDiffer, at: first.place,
      what: firstFive(parts, separator: "; ") + (parts.count > 5 ? " (\(parts.count) areas in all)" : ""),
      why: why,
      fix: (meant.map { "did you mean '\($0)', which is '\(names[$0] ?? $0)' in the rolls? Else " } ?? "")
        + "give each area its own code, and one name in all files")
  }
}

extension DatasetRow {
  /// Refuses an official error that the forecast and outcome beside it, where both are there, do not come to (E205).
  fileprivate func checkOfficialError(_ error: Double, _ list: inout DiagnosticList) throws(InternalFault) {
    guard !isBlank("actual"), !isBlank("forecast") else { return }
    let (actual, forecast) = (try number("actual"), try number("forecast"))
    // Half of the last place that the error is given to, and a pupil.
    let places = raw("official_error").split(separator: ".").dropFirst().first?.count ?? 0
    let slack = 0.5 * pow(10, -Double(places)) * abs(actual) + 1
    guard !(abs(forecast - actual * (1 + error)) <= slack) else { return }
    list.add(
      .rowDoesNotAdd, at: place("official_error"),
      what:
        "'official_error' is \(plain(error)), but \(plain(forecast)) was forecast and \(plain(actual)) came",
      why: "the error is (forecast - actual) / actual, a share; one of the three cells is wrong",
      fix: "correct it; where only the error is known, leave the other two blank")
  }
}
