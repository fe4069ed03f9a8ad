import ArgumentParser
import Diagnostics
import Forecasting
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import Runs

struct BacktestVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest", abstract: "Score the forecasts that would have been made from past years.")
  @OptionGroup var options: PanelOptions

  @Option(
    help: """
      The councils' own forecasts, to be scored beside ours: target_year, horizon, area_code, area_name, phase, actual, \
      forecast, official_error.
      """)
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
    try answering(options.answer.format, nothingWas: "written", allWarnings: allInJSON) {
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
