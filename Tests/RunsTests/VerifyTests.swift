import CapitalProgramme
import Diagnostics
import Foundation
import ModelFiles
import Papers
import TestSupport
import Testing

@testable import Runs

/// Runs are made again as they were made then, whatever the machine has now.
@Suite struct VerifyTests {
  /// Makes, writes and records a run of a model; its name.
  private func record(
    _ reports: Reports, _ model: String, _ renderers: Renderers? = nil,
    formats: Set<PaperFormat> = Set(PaperFormat.allCases), timeLimit: Duration? = nil
  ) throws -> String {
    let run = try PlanningRun(
      ModelRequest(folder: Repository.file("Models/\(model)")),
      options: ProgrammeOptions(timeLimit: timeLimit))
    let written = try run.write(to: reports.url, renderer: renderers, formats: formats)
    let store = try RunStore.open(reports.store)
    defer { store.close() }
    try store.record(RunEntry(run, written, at: Date(timeIntervalSince1970: 1_500_000_000)))
    return written.record.run
  }

  private func verified(
    _ reports: Reports, _ name: String, _ renderers: Renderers? = nil
  ) throws -> RunVerification {
    try reports.reading { try $0.verify(try $0.run(named: name), renderer: renderers) }
  }

  /// W603 is in the record of such a run, beside charts that were drawn.
  @Test(.enabled(if: findChartRenderer() != nil, "skipped: the chart renderer is not installed"))
  func `a run of a model without open data comes out again, its charts among it`() throws {
    let reports = Reports()
    let charts = Renderers(charts: findChartRenderer(), pdf: nil, word: nil)
    let name = try record(reports, "sampleford", charts)
    let result = try verified(reports, name, findRenderers())
    #expect(result.agrees, "\(result.diagnostics)")
    #expect(result.files.contains { $0.file.hasSuffix(".svg") })
    #expect(result.files.allSatisfy { $0.verdict == .same })
  }

  @Test(.enabled(if: findChartRenderer() != nil, "skipped: the chart renderer is not installed"))
  func `charts without what prints come out again, and papers with charts only where these can be drawn`()
    throws
  {
    let reports = Reports()
    let charts = Renderers(charts: findChartRenderer(), pdf: nil, word: nil)
    let name = try record(reports, "exampleton", charts)
    for renderers in [charts, findRenderers()] {
      let result = try verified(reports, name, renderers)
      #expect(result.agrees && result.files.allSatisfy { $0.verdict == .same }, "\(result.diagnostics)")
    }
    let result = try verified(reports, name)
    #expect(result.agrees, "\(result.diagnostics)")
    for file in result.files {
      let isDrawn = file.file.hasSuffix(".svg") || file.file.hasSuffix(".html")
      #expect(file.verdict == (isDrawn ? .notComparable : .same), "\(file.file)")
      #expect(file.notComparable == (isDrawn ? .rendererMissing : nil))
    }
  }

  @Test func `what was not asked for then is not made now`() throws {
    let reports = Reports()
    let name = try record(reports, "exampleton", formats: [.html])
    let result = try verified(reports, name, findRenderers())
    #expect(result.agrees && result.files.allSatisfy { $0.verdict == .same }, "\(result.diagnostics)")
  }

  /// A search that was stopped elsewhere may find no programme, and so leave no table of it.
  @Test func `a table that is not written again counts only where the search had all the time it needed`()
    throws
  {
    for timeLimit in [Duration.seconds(600), nil] {
      let reports = Reports()
      let name = try record(reports, "exampleton", formats: [.csv], timeLimit: timeLimit)
      try reports.sql("UPDATE output SET file = 'tables/gone.csv' WHERE file = 'tables/balance.csv'")
      let result = try verified(reports, name)
      let gone = result.files.filter { $0.file == "tables/gone.csv" }
      #expect(gone.map(\.verdict) == [timeLimit == nil ? .notWritten : .notComparable])
      #expect(gone.map(\.notComparable) == [timeLimit == nil ? nil : .timeLimit])
      #expect(result.agrees == (timeLimit != nil), "\(result.diagnostics)")
    }
  }

  @Test(arguments: [
    ([], "is not written"), (["tables/programme.csv"], "is not written; 1 other file differs"),
    (["tables/programme.csv", "tables/forecast.csv"], "is not written; 2 other files differ"),
  ])
  func `how many others differ is said apart from how many are not written`(
    _ others: [String], _ words: String
  ) throws {
    let reports = Reports()
    let name = try record(reports, "exampleton", formats: [.csv])
    try reports.sql("UPDATE output SET file = 'tables/a.csv' WHERE file = 'tables/balance.csv'")
    for file in others { try reports.sql("UPDATE output SET sha256 = 'x' WHERE file = '\(file)'") }
    let result = try verified(reports, name)
    #expect(
      result.diagnostics.errors.map(\.what) == ["made again from the same inputs, 'tables/a.csv' " + words])
  }

  /// Lists and comparisons tell it.
  @Test(arguments: [
    ("UPDATE figure SET value = value + 100 WHERE measure = 'pupils'", "figures"),
    ("DELETE FROM figure", "figures"), ("DELETE FROM output WHERE position > 2", "number of files"),
    ("UPDATE assumption SET value = 2 WHERE key = 'births.future_factor'", "assumptions"),
    ("UPDATE run SET seed = '9'", "record"), ("UPDATE run SET draws = 77", "record"),
    ("UPDATE run SET record = replace(record, '\"Exampleton\"', '\"Exampletown\"')", "record"),
    ("UPDATE run SET authority = 'Nowhere'; DELETE FROM assumption", "record and assumptions"),
  ])
  func `what the store says of a run is held against what it would record`(
    _ change: String, _ parts: String
  ) throws {
    let reports = Reports()
    let name = try record(reports, "exampleton", formats: [.csv])
    try reports.sql(change)
    let result = try verified(reports, name)
    #expect(!result.agrees && result.firstThatDiffers == nil)
    #expect(result.diagnostics.errors.map(\.code) == [.bitsDiffer])
    #expect(
      result.diagnostics.errors.map(\.what)
        == ["made again from the same inputs, what the store says of its \(parts) differs"])
  }

  @Test func `people read that the files agree and the store does not`() throws {
    let reports = Reports()
    let name = try record(reports, "exampleton", formats: [.csv])
    try reports.sql("DELETE FROM output")
    let answer = try places("runs", "verify", name, "--store", reports.store.path)
    #expect(answer.status == 65, "\(answer.talk)")
    #expect(
      answer.output == "\(name): the bits agree, no files, and what the store says of the run does not\n")
  }

  /// Its changes and the programme that it chose are recorded too.
  @Test func `a run under a scenario is what the store says of it`() throws {
    let reports = Reports()
    let name = try reports.record(
      ModelRequest(folder: Repository.file("Models/exampleton"), scenario: "late-and-few"), seed: 7)
    let result = try verified(reports, name)
    #expect(result.agrees, "\(result.diagnostics)")
    try reports.sql("UPDATE applied_override SET is_now = 0.5 WHERE position = 0")
    #expect(
      try verified(reports, name).diagnostics.errors.map(\.what)
        == ["made again from the same inputs, what the store says of its changes by the scenario differs"])
  }

  /// It may be somebody's work, so that a run does not write over it.
  @Test func `a paper that was changed must be moved before the run is made again`() throws {
    let reports = Reports()
    let name = try record(reports, "exampleton", formats: [.html, .csv])
    for file in ["capital-paper.html", "tables/balance.csv"] {
      try Data("mine".utf8).write(to: reports.url.appendingPathComponent("exampleton/\(name)/\(file)"))
    }
    let warnings = try verified(reports, name).diagnostics.diagnostics.filter { $0.code == .runFileChanged }
    #expect(
      warnings.map(\.fix) == [
        "move it elsewhere, then make the run again, which writes it anew",
        "make the run again, which writes it anew",
      ])
    #expect(codes { _ = try reports.record(townRequest) } == [.outputInTheWay])
  }

  @Test func `people read why a file was not compared`() throws {
    let reports = Reports()
    let name = try record(reports, "exampleton", formats: [.csv], timeLimit: .seconds(600))
    try reports.sql("UPDATE output SET sha256 = 'x' WHERE file = 'tables/balance.csv'")
    let answer = try places("runs", "verify", name, "--store", reports.store.path)
    #expect(answer.status == 0, "\(answer.talk)")
    #expect(
      answer.output.hasSuffix(
        "; not compared, since the search for a programme had a limit on its time and may end elsewhere: "
          + "tables/balance.csv\n"), "\(answer.output)")
  }
}
