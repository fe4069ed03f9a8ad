import ArgumentParser
import CapitalProgramme
import Diagnostics
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import Projection
import Runs
import Sufficiency

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a model's files, every scenario among them.")
  @OptionGroup var options: ModelOptions

  func run() throws {
    try answering(options.format, nothingWas: "checked further") {
      let input = try check(options.request)
      return Answer(
        text: "\(input.model.identity.authority): \(input.model.areas.count) planning areas, "
          + "\(input.inputs.count) files, \(input.model.assumptions.count) assumptions, "
          + "\(counted(input.warnings.warnings.count, "warning")). The model is sound.",
        json: ValidationAnswer(input), warnings: input.warnings)
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
    if draws < 0 || draws == 1 { throw ValidationError("--draws must be 0, or 2 or more.") }
  }

  func run() throws {
    try answering(options.format) {
      let input = try check(options.request)
      let pupils = try project(input.model)
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
    try answering(options.format) {
      let input = try check(options.request)
      let pupils = try project(input.model)
      let balance = compare(pupils, with: input.model)
      return Answer(
        text: balanceText(balance), json: BalanceAnswer(balance), warnings: input.warnings)
    }
  }
}

struct Monitor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set spending beside budget in the year under way.")
  @OptionGroup var options: ModelOptions

  func run() throws {
    try answering(options.format, nothingWas: "reported") {
      let input = try check(options.request)
      guard let position = input.model.spending else {
        return Answer(
          text: "The model has no spending to monitor.", json: MonitorAnswer(nil),
          warnings: input.warnings)
      }
      let result = monitor(position)
      return Answer(
        text: monitorText(result), json: MonitorAnswer(result), warnings: input.warnings)
    }
  }
}

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the papers, their tables and the run record.")
  @OptionGroup var options: ModelOptions
  @OptionGroup var reportOptions: ReportOptions

  func run() throws {
    try writing(options, reportOptions) { run, written in
      Answer(text: writtenText(written), json: RunAnswer(written), warnings: written.warnings)
    }
  }
}

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The whole line: check, project, compare, prioritise, report.")
  @OptionGroup var options: ModelOptions
  @OptionGroup var reportOptions: ReportOptions

  func run() throws {
    try writing(options, reportOptions) { run, written in
      var warnings = run.input.warnings
      warnings.add(contentsOf: written.warnings)
      return Answer(
        text: runText(run) + "\n\n" + writtenText(written), json: RunAnswer(written), warnings: warnings)
    }
  }
}

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Explain a diagnostic code.")
  @Argument(help: "The code, such as E031.")
  var code: String

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
    print(page)
  }
}

/// Runs a model, writes its folder and answers. Exit status 75 where no programme was proven: the papers are written and say so.
private func writing(
  _ options: ModelOptions, _ reportOptions: ReportOptions,
  _ answer: (PlanningRun, WrittenRun) throws -> Answer
) throws {
  var outcome: ProgrammeOutcome?
  try answering(options.format, nothingWas: "written") {
    let (run, written) = try runAndWrite(options, reportOptions)
    outcome = run.choice?.outcome
    return try answer(run, written)
  }
  switch outcome {
  case nil, .proven: return
  case .failed(let words):
    say("No programme is in the papers. This is our fault, not yours: \(words)")
    throw ExitCode(70)
  case .stopped, .unaffordable, .incompatible, .withoutProgramme:
    say("No proven programme: the capital paper says why, and so does 'places prioritise \(options.model)'.")
    throw ExitCode(75)
  }
}

private func runAndWrite(
  _ options: ModelOptions, _ reportOptions: ReportOptions
) throws -> (PlanningRun, WrittenRun) {
  let progress = Progress()
  defer { progress.finish() }
  let solving = ProgrammeOptions(timeLimit: reportOptions.timeLimit.map { .milliseconds(Int($0 * 1000)) })
  let run = try PlanningRun(
    options.request, seed: reportOptions.seed, options: solving, progress: progress.stage)
  let written = try run.write(
    to: URL(fileURLWithPath: reportOptions.reports), renderer: findChartRenderer(), progress: progress.stage)
  return (run, written)
}

private func writtenText(_ written: WrittenRun) -> String {
  "Written: \(shown(written.folder))\n  "
    + listed(written.record.outputs.map(\.file).filter { $0.hasSuffix(".html") })
    + ", with tables and run.json"
}

private func shown(_ url: URL) -> String {
  let here = FileManager.default.currentDirectoryPath + "/"
  return url.path.hasPrefix(here) ? String(url.path.dropFirst(here.count)) : url.path
}

extension ModelOptions {
  var request: ModelRequest {
    ModelRequest(folder: URL(fileURLWithPath: model, isDirectory: true), scenario: scenario)
  }
}
