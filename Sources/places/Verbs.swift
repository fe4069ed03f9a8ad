import ArgumentParser
import CapitalProgramme
import Diagnostics
import ModelFiles
import Papers
import PlacePlanning
import Projection
import Runs
import Sufficiency

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a model's files, and the model under every scenario.")
  @OptionGroup var options: ModelOptions

  func run() throws {
    try answering(options.answer.format, nothingWas: "checked further", allWarnings: nil) {
      let input = try check(options.request)
      // A model is sound when its pupils can be carried forward too.
      _ = try input.projected()
      var warnings = input.warnings
      warnings.add(contentsOf: try input.warningsOfOtherScenarios())
      // Whether each can be paid for alone is checked with the files (E218).
      let hasCommitted = input.model.capital?.schemes.contains { $0.isCommitted } ?? false
      return Answer(
        text: "\(input.model.identity.authority): \(input.model.areas.count) planning areas, "
          + "\(input.inputs.count) files, \(input.model.assumptions.count) assumptions, "
          + "\(counted(warnings.sorted.warnings.count, "warning")). The model is sound."
          + (hasCommitted
            ? "\nWhether the committed schemes can all be paid for is found by prioritise." : ""),
        json: ValidationAnswer(input), warnings: warnings)
    }
  }
}

struct Project: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Project pupils.")
  @OptionGroup var options: ModelOptions

  @Option(help: "Draws behind the ranges; 0 gives the central projection alone.")
  var draws = 0

  @Option(help: "The seed of the draws.")
  var seed: UInt64 = 1

  func validate() throws {
    try checkDraws(draws)
    if draws == 0 {
      try refuseGiven(["--seed": seed != 1], "is for draws, and there are none: give --draws.")
    }
  }

  func run() throws {
    try answering(options.answer.format) {
      let input = try check(options.request)
      let pupils = try input.projected()
      let ranges = draws > 0 ? try simulate(input.model, pupils, draws: draws, seed: seed) : nil
      return Answer(
        text: pupilsText(input.model, pupils) + (ranges.map { "\n\n" + rangesText($0) } ?? ""),
        json: PupilsAnswer(input.model, pupils, ranges), warnings: input.warnings)
    }
  }
}

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Set pupils beside places.")
  @OptionGroup var options: ModelOptions

  func run() throws {
    try answering(options.answer.format) {
      let input = try check(options.request)
      let pupils = try input.projected()
      let balance = compare(pupils, with: input.model)
      return Answer(
        text: balanceText(balance), json: BalanceAnswer(input.model, balance), warnings: input.warnings)
    }
  }
}

struct Monitor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set spending beside budget in the year under way.")
  @OptionGroup var options: ModelOptions

  func run() throws {
    try answering(options.answer.format, nothingWas: "reported") {
      let input = try check(options.request)
      guard let position = input.model.spending else {
        return Answer(
          text: "The model has no spending to monitor.", json: MonitorAnswer(nil),
          warnings: input.warnings)
      }
      let result = monitor(position)
      return Answer(text: monitorText(result), json: MonitorAnswer(result), warnings: input.warnings)
    }
  }
}

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Explain a diagnostic code.")
  @Argument(help: "The code, such as E031.")
  var code: String

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    guard let found = DiagnosticCode(rawValue: code.uppercased()) else {
      let near = nearMiss(of: code.uppercased(), among: DiagnosticCode.allCases.map(\.rawValue))
      throw ValidationError(
        "There is no code '\(code)'." + (near.map { " Did you mean \($0)?" } ?? ""))
    }
    guard let page = found.explanation else {
      say("The page of \(found.rawValue) is not beside the program; it stands in the documentation.")
      throw ExitCode(70)
    }
    print(answer.format == .json ? try jsonText(ExplainAnswer(found, page)) : page)
  }
}

extension ModelOptions {
  var request: ModelRequest {
    ModelRequest(folder: folder(model), scenario: scenario)
  }
}
