import ArgumentParser
import Diagnostics
import Foundation
import Papers
import PlacePlanning
import Runs

struct RunsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List the runs that were recorded, show one, or make one again and compare the bits.",
    subcommands: [RunsList.self, RunsShow.self, RunsVerify.self], defaultSubcommand: RunsList.self)
}

struct RunsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the runs that were recorded, the last one first.")

  @Argument(help: "The model, by name or folder; all models unless given.")
  var model: String?

  @OptionGroup var options: StoreOptions

  func run() throws {
    try answering(options.answer.format, nothingWas: "listed") {
      try options.reading { store in
        let key = model.map { url($0).lastPathComponent }
        let found = try key.map { try store.runs(ofModel: $0) } ?? store.runs()
        let runs = try found.map { (run: $0, figures: try store.figures(of: $0)) }
        return Answer(text: runListText(runs), json: RunListAnswer(runs), warnings: DiagnosticList())
      }
    }
  }
}

private var runHelp: ArgumentHelp {
  ArgumentHelp("The run: its name, the beginning of it, or of its last eight characters.", valueName: "run")
}

struct RunsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what is recorded of a run: inputs, assumptions, figures, files.")

  @Argument(help: runHelp)
  var name: String

  @OptionGroup var options: StoreOptions

  func run() throws {
    try answering(options.answer.format, nothingWas: "shown") {
      try options.reading { store in
        let found = try store.run(named: name)
        let (record, figures) = (try store.record(of: found), try store.figures(of: found))
        return Answer(
          text: runDetailText(found, record, figures), json: RunDetailAnswer(found, record, figures),
          warnings: try store.folderWarnings(found))
      }
    }
  }
}

struct RunsVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Make a run again from its stored inputs and say whether the bits agree.",
    discussion: "Exit status 65 when a run does not come out again.")

  @Argument(help: runHelp)
  var name: String?

  @Flag(help: "Every run of the store.")
  var all = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if all == (name != nil) { throw ValidationError("Name a run, or give --all.") }
  }

  func run() throws {
    var agree = true
    try answering(options.answer.format, nothingWas: "verified") {
      try options.reading { store in
        let progress = Progress()
        defer { progress.finish() }
        let renderer = findRenderers()
        let runs = try name.map { [try store.run(named: $0)] } ?? (try store.runs())
        let results = try runs.map { run in
          progress.stage("making \(run.name) again")
          return try store.verify(run, renderer: renderer)
        }
        agree = results.allSatisfy(\.agrees)
        let found = DiagnosticList(results.flatMap(\.diagnostics.diagnostics))
        return Answer(
          text: results.map(verificationText).joined(separator: "\n"), json: VerificationAnswer(results),
          warnings: found)
      }
    }
    if !agree { throw ExitCode(65) }
  }
}

private func verificationText(_ result: RunVerification) -> String {
  func note(_ reason: RunVerification.File.NotComparable, _ words: String) -> String {
    let left = result.files.filter { $0.notComparable == reason }.map(\.file)
    return left.isEmpty ? "" : "; not compared, since \(words): \(left.joined(separator: ", "))"
  }
  let note =
    note(.rendererMissing, "what draws, prints or binds them is not installed here")
    + note(.timeLimit, "the search for a programme had a limit on its time and may end elsewhere")
  let isRemade = result.agrees || result.diagnostics.errors.contains { $0.code == .bitsDiffer }
  guard isRemade else { return "\(result.run.name): cannot be made again" }
  guard let first = result.firstThatDiffers else {
    let same = result.files.count { $0.verdict == .same }
    let store = result.agrees ? "" : ", and what the store says of the run does not"
    return "\(result.run.name): the bits agree, \(counted(same, "file"))\(store)\(note)"
  }
  return "\(result.run.name): the bits differ, first in \(first)\(note)"
}

private func runListText(_ runs: [(run: RememberedRun, figures: [RunFigure])]) -> String {
  if runs.isEmpty { return "No run is recorded." }
  let header = [
    "Run", "Recorded", "Scenario", "Seed", "Version", "Primary", "Secondary", "in", "Areas short", "from",
    "Programme",
  ]
  let rows = runs.map { run, figures -> [String] in
    let last = figures.compactMap(\.subject.year).max()
    func pupils(_ phase: String) -> String {
      figureText(
        figures.first {
          $0.subject.measure == "pupils" && $0.subject.phase == phase && $0.subject.year == last
        })
    }
    func ofAuthority(_ measure: String) -> String {
      figureText(figures.first { $0.subject.measure == measure && $0.isOfAuthority })
    }
    return [
      run.name + (run.recordings > 1 ? " (\(run.recordings) times)" : ""), run.lastRecorded, run.scenario,
      String(run.seed), run.version, pupils("primary"), pupils("secondary"), last?.label ?? "",
      ofAuthority("areas_short"), ofAuthority("first_year_short"), ofAuthority("programme_total"),
    ]
  }
  let models = Dictionary(grouping: zip(runs, rows), by: \.0.run.model).sorted { $0.key < $1.key }
  return models.map { model, entries in "\(model)\n\n" + aligned(header, entries.map(\.1)) }
    .joined(separator: "\n\n")
}

private func runDetailText(_ run: RememberedRun, _ record: RunRecord, _ figures: [RunFigure]) -> String {
  let last = figures.compactMap(\.subject.year).max()
  let shown = figures.filter { figure in
    figure.subject.area == nil && (figure.subject.year == nil || figure.subject.year == last)
  }
  let facts = [
    ["Model", "\(run.model), scenario \(run.scenario)"], ["Paper of", run.paperDate],
    ["Program", "\(run.version), seed \(run.seed), \(run.draws) draws"],
    [
      "Recorded",
      run.firstRecorded + (run.recordings > 1 ? ", \(run.recordings) times until \(run.lastRecorded)" : ""),
    ],
    ["Since", run.since ?? "no earlier run is spoken of"], ["Folder", run.folder.path],
    [
      "Made from",
      "\(counted(record.inputs.count, "file")), \(counted(record.assumptions.count, "assumption")), "
        + "\(counted(record.appliedOverrides.count, "change")) by the scenario",
    ], ["Wrote", record.outputs.map(\.file).joined(separator: ", ")],
  ]
  return "\(run.name)\n\n" + aligned(facts, numbers: []) + "\n\n"
    + aligned(
      shown.map { [$0.subject.name, figureText($0), $0.subject.unit == "year" ? "" : $0.subject.unit] })
}

/// A figure as a table shows it.
func figureText(_ figure: RunFigure?) -> String {
  switch figure?.value {
  case .millionths(let count): amountText(count, figure?.subject.unit ?? "")
  case .label(let text): text ?? "never"
  case nil: ""
  }
}

/// Millionths of a unit as a table shows them: pounds and counts whole, forms of entry with two decimals.
func amountText(_ millionths: Int, _ unit: String) -> String {
  let places = ["FE": 2, "pupils": 1, "places": 1][unit] ?? 0
  return fixed(Double(millionths) / 1e6, places: places)
}
