import ArgumentParser
import Diagnostics
import Foundation
import Runs

@main
struct Places: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "places",
    abstract: "Pupil place planning and capital forecasting for English local authorities.",
    discussion: """
      The verbs are the stages of one line: validate, project, compare, prioritise, report; run is all of them. Each stops \
      after its stage. runs and diff look back at the runs that were recorded. forecast and backtest need no model: only \
      files of rolls and births. import turns a published file into a data set, export writes results for other programs, new \
      makes a model that runs.

      Exit status: 0 done; 64 usage; 65 faulty input, or no place to write to; 66 file missing; 70 our fault; 75 stopped without a \
      proven programme.
      """,
    version: programVersion,
    subcommands: [
      Validate.self, Project.self, Compare.self, Prioritise.self, Report.self, Run.self, Monitor.self,
      Keys.self, WhatIf.self, Sweep.self, RunsVerb.self, DiffVerb.self, ForecastVerb.self, BacktestVerb.self,
      ImportVerb.self, ExportVerb.self, NewVerb.self, Serve.self, Explain.self,
    ])

  /// Refuses what the parser would pass over in silence, then parses and runs.
  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    if let repeated = RepeatedOption(in: words, of: Self.self) {
      say(
        "Error: \(repeated.name) is given more than once; it takes one value.\n"
          + "  See '\(repeated.verb) --help' for more information.")
      Foundation.exit(ExitCode.validationFailure.rawValue)
    }
    await main(words)
  }
}

/// How a verb answers.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// What every verb that answers takes.
struct AnswerOptions: ParsableArguments {
  @Option(help: "How to answer: text for people, json for machines.")
  var format = OutputFormat.text
}

/// What every verb that reads a model takes.
struct ModelOptions: ParsableArguments {
  @Argument(help: "The model's folder, such as Models/gloucestershire.", completion: .directory)
  var model: String

  @Option(help: "The scenario, from the model's scenarios folder.", completion: .custom(completedScenarios))
  var scenario = "central"

  @OptionGroup var answer: AnswerOptions
}

/// Where a run is written, and as what.
struct ReportOptions: ParsableArguments {
  @Option(help: "The folder that reports are written under.")
  var reports = "Reports"

  @Option(help: "The seed of the simulation; recorded with the run.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Stop looking for a better programme after this time; the papers then say how far it may be from the best.",
      valueName: "seconds"))
  var timeLimit: Double?

  @Option(
    help: "What to write, with commas between: html, pdf, docx, xlsx, csv. All unless given.",
    transform: paperFormats)
  var formats: Set<PaperFormat>?

  @Option(
    help:
      "Counts of 1 or more below this one are not shown in the open data; 0 shows all. Else what model.yaml says, or 5."
  )
  var suppressBelow: Int?

  func validate() throws {
    try checkSeconds(timeLimit, "--time-limit")
    try checkOutput(reports, "--reports")
    if let suppressBelow, !(0...100).contains(suppressBelow) {
      throw ValidationError("--suppress-below takes a whole number from 0 to 100.")
    }
    if let formats, suppressBelow != nil, !formats.contains(.csv) {
      throw ValidationError("--suppress-below is for the open data, which --formats csv writes.")
    }
  }
}

/// `html,pdf` as formats.
private func paperFormats(_ text: String) throws -> Set<PaperFormat> {
  let names = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
  var formats: Set<PaperFormat> = []
  for name in names {
    guard let format = PaperFormat(rawValue: name) else {
      let near = nearMiss(of: name, among: PaperFormat.allCases.map(\.rawValue))
      throw ValidationError(
        "There is no format '\(name)'." + (near.map { " Did you mean \($0)?" } ?? "")
          + " The formats are \(PaperFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    formats.insert(format)
  }
  guard !formats.isEmpty else { throw ValidationError("--formats names no format.") }
  return formats
}
