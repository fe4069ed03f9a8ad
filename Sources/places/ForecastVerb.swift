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
    try answering(options.answer.format, nothingWas: "written", allWarnings: allInJSON) {
      let files = PanelFiles(rolls: url(options.rolls), births: options.births.map(url))
      let run = try PanelForecast(files, request)
      try run.write(to: url(out), inputs: [files.rolls] + [files.births].compactMap(\.self))
      return Answer(
        text: run.summary + (recordsText(run.forecast).map { "\n\n\($0)\n" } ?? "") + "\nWritten: \(out)",
        json: ForecastAnswer(run, file: out), warnings: run.warnings)
    }
  }
}

/// `2014/15..2019/20`, `2014/15,2016/17` or one year, each once, in order.
func years(_ text: String, option: String, atMost: Int = .max) throws -> [AcademicYear] {
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

/// No forecast is of the origin itself or of a year before it. How far ahead one may be is for the forecast to say (E302).
func checkYearsAhead(_ horizons: [Int], _ given: String) throws {
  guard horizons.contains(where: { $0 < 1 }) else { return }
  throw ValidationError("\(given): a forecast is of a later year, so write 1 or more.")
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
