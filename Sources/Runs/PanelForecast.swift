public import Diagnostics
public import Forecasting
public import Foundation
public import ModelFiles
internal import Papers
internal import PlacePlanning

/// A forecast of a panel's files: no model, one table.
public struct PanelForecast: Sendable {
  public let input: PanelInput
  public let forecast: Forecast
  public let warnings: DiagnosticList

  /// **Throws** every fault of the files at once, then E301 to E303 for what the panel cannot give.
  public init(_ files: PanelFiles, _ request: ForecastRequest) throws(DiagnosticList) {
    input = try readPanel(files)
    do {
      forecast = try Forecasting.forecast(input.panel, request)
    } catch {
      throw DiagnosticList(
        [diagnostic(error, input, asked: "origin \(request.origin), horizon \(request.horizon)")])
    }
    var warnings = input.warnings
    for area in forecast.withoutHistory {
      warnings.add(
        .areaWithoutHistory, at: input.rolls,
        what: "area '\(area.code)' (\(area.name)) is counted in \(request.origin) and in no year before",
        why: "nothing tells how its cohorts carry on, so nothing is forecast for it",
        fix: "add its earlier years, or those of the areas that it was made from, under its code")
    }
    warnOfAreasToCome(request.origin, input, &warnings)
    warnOfGaps([request.origin], input, &warnings)
    warnOfNeverAttended(forecast, input, &warnings)
    warnOfEmptyPhases(forecast, input, &warnings)
    warnOfRanges(forecast, input, &warnings)
    warnOfDisturbed(request.disturbed, input, &warnings)
    self.warnings = warnings
  }

  /// One row an area, target and horizon. **Units** pupils, to three decimals.
  public var csv: String {
    let names = [
      "origin", "horizon", "target_year", "area_code", "phase", "year_group", "central", "mean", "p2_5",
      "p10", "p25", "p50", "p75", "p90", "p97_5",
    ]
    let columns = names.enumerated().map { index, name in
      Table.Column(name, name, isNumber: index == 1 || index > 5)
    }
    let rows = forecast.rows.map { row -> [Table.Cell] in
      [
        .text(forecast.origin.label), .whole(row.horizon), .text(row.year.label), .text(row.area.code),
        .text(row.target.phase.rawValue), .text(row.target.label),
      ]
        + ([row.central, row.mean] + row.quantiles).map {
          Table.Cell(stored: decimal($0, places: 3), shown: "")
        }
    }
    return Table(id: "forecast", caption: "", columns: columns, rows: rows, footnote: .thisRun).csv
  }

  /// Writes ``csv`` beside its place and renames it into it; only an earlier forecast is replaced, and none of the files
  /// that were read. **Throws** E602 to E604; then nothing has changed.
  public func write(to file: URL, inputs: [URL] = []) throws {
    let csv = csv
    let heading = csv.prefix { $0 != "\n" } + "\n"
    try writeOwnFile(Data(csv.utf8), to: file, OwnFile(heading: String(heading)), inputs: inputs)
  }

  /// What was done, in a few sentences.
  public var summary: String {
    let areas = Set(forecast.rows.map(\.area.code)).count
    return
      ([
        "\(counted(areas, "area")) forecast from \(forecast.origin), \(counted(forecast.rows.count, "row"))."
      ] + methodSentences(forecast) + disturbedSentence(forecast.disturbed))
      .joined(separator: "\n")
  }
}

/// Which methods were chosen, where it is not ours throughout; and whether that is for want of a nearer rival or of anything to compare.
func methodSentences(_ forecast: Forecast) -> [String] {
  let phases = Set(forecast.rows.map(\.target.phase))
  let cells = Phase.allCases.filter(phases.contains).flatMap { phase in
    (forecast.choices[phase] ?? []).enumerated().map { index, choice -> ChoiceCell in
      (phase, index + 1, choice)
    }
  }
  let others = cells.filter { $0.choice.method != .pooled }.map { cell in
    "\(cell.phase.rawValue) \(counted(cell.ahead, "year")) ahead: \(cell.choice.method.rawValue)"
  }
  var sentences = [
    others.isEmpty
      ? "Method: pooled rates throughout."
      : "Method: pooled rates, but where a rival had been nearer at many earlier origins: "
        + others.joined(separator: "; ") + "."
  ]
  let kept = cells.filter { $0.choice.method == .pooled && !$0.choice.hasTooFewOrigins }
  if !kept.isEmpty { sentences.append("No rival was nearer throughout: \(phasesAndYears(kept)).") }
  let tooFew = cells.filter(\.choice.hasTooFewOrigins)
  if !tooFew.isEmpty { sentences.append("Too few earlier origins to choose: \(phasesAndYears(tooFew)).") }
  return sentences
}

/// One choice of a method, with what it was made for.
private typealias ChoiceCell = (phase: Phase, ahead: Int, choice: MethodChoice)

/// `primary and secondary 3 and 4 years ahead; sixth_form 1, 2, 3 and 4 years ahead`.
private func phasesAndYears(_ cells: [ChoiceCell]) -> String {
  let years = Dictionary(grouping: cells, by: \.phase).mapValues { $0.map(\.ahead) }
  var groups: [(years: [Int], phases: [String])] = []
  for phase in Phase.allCases {
    guard let ahead = years[phase] else { continue }
    if let same = groups.firstIndex(where: { $0.years == ahead }) {
      groups[same].phases.append(phase.rawValue)
    } else {
      groups.append((ahead, [phase.rawValue]))
    }
  }
  return groups.map { group in
    let ahead = group.years == [1] ? "1 year" : listed(group.years.map(String.init)) + " years"
    return "\(listed(group.phases)) \(ahead) ahead"
  }.joined(separator: "; ")
}

func disturbedSentence(_ disturbed: [AcademicYear: Double]) -> [String] {
  if disturbed.isEmpty { return [] }
  let years = disturbed.sorted { $0.key < $1.key }.map { "\($0.key) (weight \(fixed($0.value, places: 2)))" }
  return ["Disturbed years, which count for less: " + listed(years) + "."]
}

/// Warns of disturbed years that the rolls do not hold (W316), but for the one that stands there by default.
func warnOfDisturbed(_ disturbed: Set<AcademicYear>, _ input: PanelInput, _ warnings: inout DiagnosticList) {
  for year in disturbed.subtracting(input.panel.years + [.pandemic]).sorted() {
    warnings.add(
      .disturbedYearNotCounted, at: input.rolls,
      what: "\(year) is named as disturbed and has no count in the rolls",
      why: "nothing changes by naming it; if another year was meant, its rates count in full",
      fix: "name a year of the file, such as 2020/21, or leave it out")
  }
}

/// A refusal in the words of a diagnostic about the rolls.
func diagnostic(_ refusal: ForecastRefusal, _ input: PanelInput, asked: String) -> Diagnostic {
  let years = input.panel.years
  let holes = input.panel.yearsNotCounted.map(\.label)
  let span =
    (years.first.flatMap { first in years.last.map { "\(first) to \($0)" } } ?? "no year")
    + (holes.isEmpty ? "" : " without \(firstFive(holes))")
  switch refusal {
  case .originNotCounted(let missing):
    return Diagnostic(
      .originNotCounted, at: input.rolls,
      what: (missing.count == 1 ? "an origin has" : "\(missing.count) origins have")
        + " no count in the rolls: \(firstFive(missing.map(\.label)))",
      why: "a forecast starts from the rolls of its origin; the file holds \(span)",
      fix: missing.count == 1
        ? "name a year that is counted as the origin, or add that year's rolls"
        : "name years that are counted as origins, or add the rolls of those years")
  case .tooFewYears(let found):
    return Diagnostic(
      .historyTooShort, at: input.rolls,
      what: "only \(counted(found, "year")) counted up to the origin: \(asked)",
      why: "rates and their errors need at least \(Forecast.leastYears) years",
      fix: "add earlier years, or choose a later origin")
  case .noAreaWithHistory:
    return Diagnostic(
      .historyTooShort, at: input.rolls,
      what: "no area is counted both at the origin and before it: \(asked)",
      why: "no cohort can be followed from one year to the next",
      fix: "check that area codes are the same in every year")
  case .noErrorsToMeasure:
    return Diagnostic(
      .historyTooShort, at: input.rolls,
      what: "no earlier forecast that found pupils can be held against a count: \(asked)",
      why: "a range is measured on how far forecasts of earlier years missed",
      fix: "add years, or areas, with pupils in them")
  case .horizonOutOfRange:
    return Diagnostic(
      .horizonBeyondData, at: input.rolls,
      what: "the horizon is not between 1 and \(Forecast.mostYearsAhead) years: \(asked)",
      why: "a forecast is of a later year, and nothing in the past tells how far a longer one would miss",
      fix: "ask for 1 to \(Forecast.mostYearsAhead) years")
  case .nothingToScore:
    return Diagnostic(
      .horizonBeyondData, at: input.rolls, what: "no origin has an outcome at any horizon: \(asked)",
      why: "a forecast can be scored only where its target year has been counted; the file holds \(span)",
      fix: "choose earlier origins or shorter horizons")
  case .tooFewDraws:
    return Diagnostic(
      .horizonBeyondData, at: input.rolls, what: "fewer than two draws: \(asked)",
      why: "a range needs several draws", fix: "ask for at least 2; 2,000 are usual")
  }
}
