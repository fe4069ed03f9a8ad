import ArgumentParser

@main
struct Places: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "places",
    abstract: "Pupil place planning and capital forecasting for English local authorities.",
    discussion: """
      The verbs are the stages of one line: validate, project, compare, prioritise, report; run is all of them. Each stops \
      after its stage. forecast and backtest need no model: only files of rolls and births. import turns \
      a published file into a data set.

      Exit status: 0 done; 64 usage; 65 faulty input; 66 file missing; 70 our fault; 75 stopped without a proven programme.
      """,
    subcommands: [
      Validate.self, Project.self, Compare.self, Prioritise.self, Report.self, Run.self,
      Monitor.self, Keys.self, WhatIf.self, Sweep.self, ForecastVerb.self, BacktestVerb.self, ImportVerb.self,
      Serve.self, Explain.self,
    ])
}

/// How a verb answers.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// What every verb that reads a model takes.
struct ModelOptions: ParsableArguments {
  @Argument(help: "The model's folder, such as Models/gloucestershire.", completion: .directory)
  var model: String

  @Option(help: "The scenario, from the model's scenarios folder.", completion: .custom(completedScenarios))
  var scenario = "central"

  @Option(help: "How to answer: text for people, json for machines.")
  var format = OutputFormat.text
}

/// Where a run is written.
struct ReportOptions: ParsableArguments {
  @Option(help: "The folder that reports are written under.")
  var reports = "Reports"

  @Option(help: "The seed of the simulation; recorded with the run.")
  var seed: UInt64 = 1
}
