import ArgumentParser
import CapitalProgramme
import Diagnostics
import Foundation
import Papers
import Runs

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the papers, their tables and the run record; or an old run's papers again.",
    discussion: """
      MODEL is a model's folder, or the folder of a run: then its papers are written again, in the formats that --formats \
      names, from what the run left, and nothing is computed.

      What cannot be made is left out, and a warning says how to get it. Where --formats asked for it, the exit status is 66.
      """)
  @OptionGroup var options: RunOptions

  func run() throws {
    let folder = folder(options.input.model)
    guard StoredRun.isRun(folder) else { return try answerRun("places-report/1", options) }
    var missing: Set<PaperFormat> = []
    try answering(options.input.answer.format, nothingWas: "written") {
      try refuseModelOptions()
      let written = try rewrite(folder)
      missing = written.missing
      return Answer(
        text: writtenText(written), json: RunAnswer("places-report/1", written), warnings: written.warnings)
    }
    try refuse(missing, options)
  }

  private func rewrite(_ folder: URL) throws -> WrittenRun {
    let progress = Progress("reading the run")
    defer { progress.finish() }
    return try StoredRun(folder).rewrite(
      options.report.formats ?? Set(PaperFormat.allCases), renderer: findRenderers(), progress: progress.stage
    )
  }

  /// Refuses options that only a computation could heed.
  private func refuseModelOptions() throws {
    let (input, report, memory) = (options.input, options.report, options.memory)
    try refuseGiven(
      [
        "--scenario": input.scenario != "central", "--suppress-below": report.suppressBelow != nil,
        "--seed": report.seed != 1, "--reports": report.reports != "Reports",
        "--time-limit": report.timeLimit != nil, "--store": memory.store != nil,
        "--no-store": memory.noStore, "--since": memory.since != nil,
      ], "needs a model: \(input.model) is a run, which is not computed again.")
  }
}

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The whole line: check, project, compare, prioritise, report.")
  @OptionGroup var options: RunOptions

  func run() throws {
    try answerRun("places-run/1", options) { run in
      [runText(run)] + (run.content.changes.map { [comparisonText($0)] } ?? [])
    }
  }
}

/// What a run is made of, where it is written, and how it is remembered.
struct RunOptions: ParsableArguments {
  @OptionGroup var input: ModelOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var memory: MemoryOptions
}

/// Runs a model, writes the run, and answers with what `findings` says of it and where it is. Ends with another exit status than 0 where a
/// format is missing or the programme is not proven.
private func answerRun(
  _ format: String, _ options: RunOptions, findings: (PlanningRun) -> [String] = { _ in [] }
) throws {
  var missing: Set<PaperFormat> = []
  var outcome: ProgrammeOutcome?
  try answering(options.input.answer.format, nothingWas: "written") {
    let made = try runAndWrite(options)
    (missing, outcome) = (made.written.missing, made.run.choice?.outcome)
    return Answer(
      text: (findings(made.run) + [writtenText(made.written)]).joined(separator: "\n\n"),
      json: RunAnswer(format, made.written, made.run), warnings: made.warnings)
  }
  try refuse(missing, options)
  try refuse(outcome, options)
}

/// A run that was written, and recorded if it was to be.
private struct MadeRun {
  let run: PlanningRun
  let written: WrittenRun
  /// Of the model, of writing and of recording.
  let warnings: DiagnosticList
}

private func runAndWrite(_ options: RunOptions) throws -> MadeRun {
  let (report, memory) = (options.report, options.memory)
  let progress = Progress("reading")
  defer { progress.finish() }
  let renderers = findRenderers()
  let formats = report.formats ?? Set(PaperFormat.allCases)
  // Getting ready to draw takes a second, and needs nothing that is read or worked out before.
  let drawing = formats.isDisjoint(with: PaperFormat.withCharts) ? nil : renderers.charts?.begin()
  let input = try check(options.input.request)
  let since = try memory.comparison(input, seed: report.seed, reports: report.reports)
  let solving = ProgrammeOptions(timeLimit: report.timeLimit.map { .seconds($0) })
  let run = try PlanningRun(
    input, seed: report.seed, since: since?.comparison, options: solving, drawing: drawing,
    progress: progress.stage)
  let written = try run.write(
    to: url(report.reports), renderer: renderers, formats: formats,
    suppressBelow: report.suppressBelow, drawing: drawing, progress: progress.stage)
  var warnings = input.warnings
  warnings.add(contentsOf: written.warnings)
  if let since { warnings.add(contentsOf: since.warnings) }
  if !memory.noStore {
    progress.stage("recording")
    warnings.add(contentsOf: remember(run, written, in: memory.file(reports: report.reports)))
  }
  return MadeRun(run: run, written: written, warnings: warnings)
}

/// Exit status 66 where a format that was asked for by name could not be made.
private func refuse(_ missing: Set<PaperFormat>, _ options: RunOptions) throws {
  if options.report.formats != nil, !missing.isEmpty { throw ExitCode(66) }
}

/// Exit status 75 where no programme was proven, 70 where the solver failed. The papers are written, and say so.
private func refuse(_ outcome: ProgrammeOutcome?, _ options: RunOptions) throws {
  switch outcome {
  case nil, .proven: return
  case .failed(let words):
    say("No programme is in the papers. This is our fault, not yours: \(words)")
    throw ExitCode(70)
  case .stopped, .unaffordable, .incompatible, .withoutProgramme:
    say(
      "No proven programme: the capital paper says why, and so does 'places prioritise \(options.input.model)'."
    )
    throw ExitCode(75)
  }
}

/// Where the papers are, and in which formats.
private func writtenText(_ written: WrittenRun) -> String {
  let folder = shownPath(written.folder)
  let files = Set(written.record.outputs.map(\.file))
  let lines = written.papers.map { paper in
    let there = ["html", "pdf", "docx"].filter { files.contains("\(paper).\($0)") }
    return there.first.map { first in
      "Written: \(folder)/\(paper).\(first)"
        + (there.count > 1 ? " (and \(listed(Array(there.dropFirst()))))" : "")
    }
  }.compactMap { $0 }
  let others = ["workbook.xlsx", "tables", "open-data", "charts"].filter { name in
    files.contains { $0 == name || $0.hasPrefix(name + "/") }
  }
  return (lines + ["Beside: \(listed(others))"]).joined(separator: "\n")
}
