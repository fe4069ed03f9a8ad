import ArgumentParser
import Diagnostics
import Foundation
import ModelFiles
import Papers
import Runs

/// Whether and where a run is remembered, and which earlier run its paper speaks of.
struct MemoryOptions: ParsableArguments {
  @Option(help: "The store that the run is recorded in; runs.sqlite in the reports folder unless given.")
  var store: String?

  @Flag(help: "Do not record the run.")
  var noStore = false

  @Option(
    help: """
      Say what has changed since an earlier run: its name, the beginning of it or of its last eight characters, or 'last' for \
      the last other run of the same model and scenario.
      """)
  var since: String?

  func validate() throws {
    if noStore, store != nil { throw ValidationError("--no-store goes without --store.") }
    if let store { try checkOutput(store, "--store", isFile: true) }
  }

  func file(reports: String) -> URL {
    store.map(url) ?? RunStore.file(in: url(reports))
  }

  /// What has changed since the earlier run that was asked for; nil where none was, or where 'last' finds none.
  func comparison(
    _ input: CheckedInput, seed: UInt64, reports: String
  ) throws -> (comparison: RunComparison, warnings: DiagnosticList)? {
    guard let since else { return nil }
    let store = try RunStore.read(file(reports: reports))
    defer { store.close() }
    let earlier =
      since == "last" ? try store.last(before: input, seed: seed) : try store.run(named: since)
    guard let earlier else {
      say("No other run of this model and scenario is recorded, so nothing is said of what has changed.")
      return nil
    }
    return try store.changes(since: earlier, input, seed: seed)
  }
}

/// Where the verbs that look back find runs.
struct StoreOptions: ParsableArguments {
  @Option(help: "The store of runs.")
  var store = "Reports/runs.sqlite"

  @OptionGroup var answer: AnswerOptions

  /// Opens the store for as long as `body` takes.
  func reading<T>(_ body: (RunStore) throws -> T) throws -> T {
    let opened = try RunStore.read(url(store))
    defer { opened.close() }
    return try body(opened)
  }
}
