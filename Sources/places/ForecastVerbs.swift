import ArgumentParser
import Diagnostics
import Forecasting
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import Runs

/// What the verbs for analysts take beside the files.
struct PanelOptions: ParsableArguments {
  @Argument(help: "Rolls: area_code, area_name, academic_year, year_group, number_on_roll.")
  var rolls: String

  @Option(help: "Births: area_code, area_name, year_to_30_june, births.")
  var births: String?

  @Option(help: "Draws behind the ranges.")
  var draws = 2000

  @Option(help: "The seed of the draws.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Years whose rates tell little of others, such as 2020/21; 'none' for none.",
      discussion: "With few years around the pandemic name the year after it too: 2020/21,2021/22."))
  var disturbed = AcademicYear.pandemic.label

  @OptionGroup var answer: AnswerOptions

  func disturbedYears() throws -> Set<AcademicYear> {
    disturbed == "none" ? [] : Set(try years(disturbed, option: "--disturbed"))
  }

  func validate() throws {
    try checkDraws(draws, orNone: false)
    _ = try disturbedYears()
  }
}

struct ForecastVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: "Forecast rolls from a file of rolls; no model needed.")
  @OptionGroup var options: PanelOptions

  @Option(help: "The last year whose rolls may be used, such as 2018/19.")
  var origin: String

  @Option(help: "How many years ahead.")
  var horizon: Int

  @Option(help: "The file to write; an earlier forecast is replaced.")
  var out: String

  func validate() throws {
    _ = try years(origin, option: "--origin", atMost: 1)
    try checkYearsAhead([horizon], "--horizon is '\(horizon)'")
    try checkOutput(out, "--out", isFile: true)
  }

  func run() throws {
    let request = ForecastRequest(
      origin: try years(origin, option: "--origin", atMost: 1)[0], horizon: horizon, draws: options.draws,
      seed: options.seed, disturbed: try options.disturbedYears())
    try answering(options.answer.format, nothingWas: "written", allWarnings: "--format json lists them all") {
      let files = PanelFiles(rolls: url(options.rolls), births: options.births.map(url))
      let run = try PanelForecast(files, request)
      try run.write(to: url(out), inputs: [files.rolls] + [files.births].compactMap(\.self))
      return Answer(
        text: run.summary + (recordsText(run.forecast).map { "\n\n\($0)\n" } ?? "") + "\nWritten: \(out)",
        json: ForecastAnswer(run, file: out), warnings: run.warnings)
    }
  }
}

struct BacktestVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest", abstract: "Score the forecasts that would have been made from past years.")
  @OptionGroup var options: PanelOptions

  @Option(help: "The councils' own forecasts, to be scored beside ours.")
  var official: String?

  @Option(help: "Origins, such as 2014/15..2019/20 or 2014/15,2016/17.")
  var origins: String

  @Option(help: "Years ahead, such as 1..5 or 1,3,5.")
  var horizons: String

  @Option(help: "The folder to write; an earlier backtest is replaced.")
  var out: String

  func validate() throws {
    _ = try years(origins, option: "--origins")
    try checkYearsAhead(
      try wholeNumbers(horizons), "--horizons is '\(horizons)'")
    try checkOutput(out, "--out")
  }

  func run() throws {
    let request = BacktestRequest(
      origins: try years(origins, option: "--origins"),
      horizons: try wholeNumbers(horizons), draws: options.draws, seed: options.seed,
      disturbed: try options.disturbedYears())
    try answering(options.answer.format, nothingWas: "written", allWarnings: "--format json lists them all") {
      let run = try BacktestRun(
        PanelFiles(rolls: url(options.rolls), births: options.births.map(url), official: official.map(url)),
        request)
      var warnings = run.warnings
      warnings.add(contentsOf: try run.write(to: url(out), renderer: findChartRenderer()))
      return Answer(
        text: backtestText(run.backtest) + (run.notScored.map { "\n\nNot scored: \($0)." } ?? "")
          + (run.backtest.notComparedWords.map { "\n\nNot compared with the councils' own: \($0)." } ?? "")
          + "\nWritten: \(out)/report.html",
        json: BacktestAnswer(run, folder: out), warnings: warnings)
    }
  }
}

private func url(_ path: String) -> URL { URL(fileURLWithPath: path) }

/// `2014/15..2019/20`, `2014/15,2016/17` or one year, each once, in order.
private func years(_ text: String, option: String, atMost: Int = .max) throws -> [AcademicYear] {
  var years: Set<AcademicYear> = []
  for part in text.split(separator: ",", omittingEmptySubsequences: false) {
    let ends = part.components(separatedBy: "..").map { AcademicYear(label: $0) }
    guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first <= last else {
      throw ValidationError("\(option) is '\(text)': write years such as 2018/19 or 2014/15..2019/20.")
    }
    years.formUnion((first.start...last.start).map { AcademicYear($0) })
  }
  guard years.count <= atMost else { throw ValidationError("\(option) is '\(text)': one year is wanted.") }
  return years.sorted()
}

/// `1..5`, `1,3,5` or one number, each once, in order.
private func wholeNumbers(_ text: String) throws -> [Int] {
  var numbers: Set<Int> = []
  for part in text.split(separator: ",", omittingEmptySubsequences: false) {
    let ends = part.components(separatedBy: "..").map { Int($0) }
    guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first <= last, last <= 1000,
      first >= -1000
    else { throw ValidationError("--horizons is '\(text)': write numbers such as 1..5 or 1,3,5.") }
    numbers.formUnion(first...last)
  }
  return numbers.sorted()
}

/// No forecast is of the origin itself or of a year before it. How far ahead one may be is for the forecast to say (E302).
private func checkYearsAhead(_ horizons: [Int], _ given: String) throws {
  guard horizons.contains(where: { $0 < 1 }) else { return }
  throw ValidationError("\(given): a forecast is of a later year, so write 1 or more.")
}

/// The shares of outcomes within ranges of 50, 80 and 95 in a hundred.
private func held(_ coverage: Backtest.Coverage?) -> [Double?] {
  [coverage?.within50, coverage?.within80, coverage?.within95]
}

private func backtestText(_ backtest: Backtest) -> String {
  let scores = backtest.scores.filter { $0.origin == nil && $0.measure == .total }
  let lines = scores.filter { $0.forecaster == .places }.map { ours -> [String] in
    let rivals = [ForecastMethod.noChange, .weighted321].map { method in
      scores.first {
        $0.forecaster == .method(method) && $0.horizon == ours.horizon && $0.phase == ours.phase
      }?.meanAbsoluteError
    }
    return [ours.phase.rawValue, "\(ours.horizon)"]
      + ([ours.meanAbsoluteError] + rivals + held(ours.coverage)).map {
        $0.map { fixed($0 * 100, places: 2) } ?? ""
      }
  }
  let official = backtest.official.map { line in
    [
      line.targetYear.label, "\(line.horizon)", line.phase.rawValue, "\(line.areas)",
      fixed(line.ours * 100, places: 2), fixed(line.official * 100, places: 2),
      line.ratio.map { fixed($0.value, places: 2) } ?? "councils exact",
      whole(line.shareBetter.value * 100),
    ]
  }
  let tables =
    lines.isEmpty
    ? ["No area's total could be scored, for year groups lack counts. scores.csv has those of the others."]
    : [
      "Average error of an area's total over all origins (%), and outcomes within ranges (%)",
      aligned(
        ["Phase", "Ahead", "places", "no change", "3:2:1", "50% range", "80% range", "95% range"], lines),
    ]
  let beside = [
    "Beside the councils' own forecasts (average error, %)",
    aligned(
      ["Target", "Ahead", "Phase", "Areas", "places", "councils", "ratio", "nearer in % of areas"], official),
  ]
  return (tables + (official.isEmpty ? [] : beside)).joined(separator: "\n\n")
}

/// How far each method had missed at the earlier origins, where there were enough of them to choose by; nil where there were not.
private func recordsText(_ forecast: Forecast) -> String? {
  let lines = Phase.allCases.flatMap { phase in
    (forecast.choices[phase] ?? []).enumerated().compactMap { index, choice -> [String]? in
      if choice.records.isEmpty { return nil }
      let errors = ForecastMethod.allCases.map { method -> String in
        choice.records[method].map { fixed($0.totals * 100, places: 2) } ?? ""
      }
      return [phase.rawValue, "\(index + 1)", "\(choice.origins)"] + errors
    }
  }
  if lines.isEmpty { return nil }
  return
    "Error of phase totals at earlier origins (% of pupils, average of origins), by which the method was chosen\n\n"
    + aligned(["Phase", "Ahead", "Origins"] + ForecastMethod.allCases.map(\.rawValue), lines)
}

private struct ForecastAnswer: Encodable {
  struct Choice: Encodable {
    let method: String
    let origins: Int
    let originsWanted: Int
    let records: [String: MethodChoice.Record]

    init(_ choice: MethodChoice) {
      method = choice.method.rawValue
      origins = choice.origins
      originsWanted = choice.originsWanted
      records = Dictionary(uniqueKeysWithValues: choice.records.map { ($0.key.rawValue, $0.value) })
    }
  }

  let format = "places-forecast/1"
  let file: String
  let origin: String
  let rows: Int
  let areas: Int
  let withoutHistory: [String]
  let methods: [String: [String]]
  let choices: [String: [Choice]]
  let disturbed: [String: Double]
  let stretchedHorizons: [Int]

  init(_ run: PanelForecast, file: String) {
    self.file = file
    origin = run.forecast.origin.label
    rows = run.forecast.rows.count
    areas = Set(run.forecast.rows.map(\.area.code)).count
    withoutHistory = run.forecast.withoutHistory.map(\.code)
    methods = Dictionary(
      uniqueKeysWithValues: run.forecast.chosen.map { ($0.key.rawValue, $0.value.map(\.rawValue)) })
    choices = Dictionary(
      uniqueKeysWithValues: run.forecast.choices.map { ($0.key.rawValue, $0.value.map { Choice($0) }) })
    disturbed = Dictionary(
      uniqueKeysWithValues: run.forecast.disturbed.map { ($0.key.label, $0.value) })
    stretchedHorizons = run.forecast.stretchedHorizons
  }
}

private struct BacktestAnswer: Encodable {
  struct Score: Encodable {
    let origin: String
    let horizon: Int
    let phase: String
    let measure: String
    let method: String
    let areas: Int
    let meanAbsoluteError: Double
    let meanError: Double
    let wape: Double
  }

  let format = "places-backtest/1"
  let folder: String
  let scores: [Score]

  init(_ run: BacktestRun, folder: String) {
    self.folder = folder
    scores = run.backtest.scores.map {
      Score(
        origin: $0.origin?.label ?? "all", horizon: $0.horizon, phase: $0.phase.rawValue,
        measure: $0.measure.rawValue, method: $0.forecaster.name, areas: $0.areas,
        meanAbsoluteError: $0.meanAbsoluteError, meanError: $0.meanError, wape: $0.weightedAbsoluteError)
    }
  }
}
