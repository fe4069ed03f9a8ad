import ArgumentParser
import Diagnostics
import Foundation
import ModelFiles
import Papers
import Runs
import Scenarios

/// How far what-ifs and sweeps go.
struct CaseOptions: ParsableArguments {
  @Option(help: "The stage to go to: compare, or prioritise, which chooses a programme in every case.")
  var stage = ScenarioStage.compare

  @Option(
    help: """
      Draws behind expected need and chances; 0 for the central projection alone. Unless given, 1000 where the model says how \
      uncertain it is.
      """)
  var draws: Int?

  @Option(help: "The seed of the draws, the same for every case, and of a sweep's samples.")
  var seed: UInt64 = 1

  var request: CaseRequest { CaseRequest(stage: stage, draws: draws, seed: seed) }

  func validate() throws {
    if let draws { try checkDraws(draws) }
  }
}

struct WhatIf: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif", abstract: "Scenarios and changes beside the central scenario: what moves.",
    discussion: """
      All cases share their random numbers, so that what differs comes from the changes. 'places keys MODEL' lists the keys.

      places whatif Models/gloucestershire --set births.future_factor=0.9 --scale housing.delivery_factor=0.5
      places whatif Models/gloucestershire --scenario housing-late --scenario low-births
      """)

  @Argument(help: "The model's folder, such as Models/gloucestershire.", completion: .directory)
  var model: String

  @Option(
    help: ArgumentHelp("Set an assumption; may be given several times.", valueName: "key=value"),
    completion: .custom(completedKeys))
  var set: [String] = []

  @Option(
    help: ArgumentHelp("Multiply an assumption; may be given several times.", valueName: "key=factor"),
    completion: .custom(completedKeys))
  var scale: [String] = []

  @Option(
    help: "A scenario to set beside the others; may be given several times.",
    completion: .custom(completedScenarios))
  var scenario: [String] = []

  @OptionGroup var cases: CaseOptions

  @Option(help: "A chart of places short by case: a file that ends in .svg, or in .json for its Vega-Lite.")
  var chart: String?

  @Option(
    help: "A folder for the answer as JSON, the table as CSV and the chart; an earlier one is replaced.")
  var out: String?

  @OptionGroup var answer: AnswerOptions

  private func changes() throws -> [AssumptionChange] {
    func read(
      _ option: String, _ texts: [String], _ change: (Double) -> AssumptionChange.Change
    ) throws -> [AssumptionChange] {
      try texts.enumerated().map { index, text in
        guard
          let read = AssumptionChange(option: option, position: index + 1, text: text, change)
        else {
          throw ValidationError("\(option) is '\(text)': write KEY=NUMBER, such as births.future_factor=0.9.")
        }
        return read
      }
    }
    return try read("--set", set) { .set($0) } + read("--scale", scale) { .scale($0) }
  }

  func validate() throws {
    if try changes().isEmpty, scenario.isEmpty {
      throw ValidationError("There is nothing to compare: give --set, --scale or --scenario.")
    }
    if let twice = scenario.first(where: { name in scenario.count { $0 == name } > 1 }) {
      throw ValidationError("--scenario \(twice) is given twice.")
    }
    if let out { try checkOutput(out, "--out") }
    if let chart, ![".svg", ".json"].contains(where: chart.hasSuffix) {
      throw ValidationError("--chart is '\(chart)': give a name that ends in .svg or .json.")
    }
    if let chart, let out, (path(chart) + "/").hasPrefix(path(out) + "/") {
      throw ValidationError("--chart is the folder --out or lies in it, which holds the chart anyway.")
    }
  }

  private func path(_ text: String) -> String { url(text).standardizedFileURL.path }

  func run() throws {
    var hasChart = true
    try answering(answer.format, nothingWas: "compared", allWarnings: allInJSON) {
      let progress = Progress("comparing")
      defer { progress.finish() }
      let model = folder(self.model)
      let run = try WhatIfRun(model, scenarios: scenario, changes: try changes(), cases.request)
      if run.draws == 0 {
        try refuseGiven(["--seed": cases.seed != 1], needsDraws)
      }
      let answer = WhatIfAnswer(run)
      var warnings = run.warnings
      let done = try run.write(
        chart: chart.map(url),
        folder: out.map(folder),
        json: try jsonText(AnswerWithWarnings(answer: answer, warnings: warnings)), findChartRenderer())
      warnings.add(contentsOf: done.warnings)
      hasChart = done.hasChart
      let written = [hasChart ? chart : nil, out].compactMap(\.self)
      return Answer(
        text: whatIfText(run, of: model)
          + (written.isEmpty ? "" : "\n\nWritten: " + written.joined(separator: ", ")),
        json: answer, warnings: warnings)
    }
    if !hasChart { throw ExitCode(66) }
  }
}
