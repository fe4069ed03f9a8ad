import Diagnostics
import Foundation
import Papers
import PlacePlanning
import Runs
import TestSupport
import Testing

@Suite struct RunFolderTests {
  @Test func `a run leaves its papers, its tables and its record, and nothing else`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    let written = try run.write(to: reports.url, renderer: nil)
    let papers = run.papers.flatMap { ["\($0.name).html", "papers/\($0.name).json"] }
    let charts = run.papers.flatMap(\.figures).map { "charts/\($0.id).json" }
    var tables = Set(run.tables.all.map(\.id))
    // A table that both papers have stands twice.
    for paper in run.papers {
      for table in paper.tables where !tables.insert(table.id).inserted {
        tables.insert("\(paper.name)-\(table.id)")
      }
    }
    let data = ["pupil-forecast", "school-places"].flatMap { [$0, "\($0)-planning-areas"] }
    let wanted =
      papers + charts + tables.map { "tables/\($0).csv" }
      + data.flatMap { ["open-data/\($0).csv", "open-data/\($0).meta.csv"] }
      + ["workbook.xlsx", "tables/tables.json", "run.json"]
    let folder = "exampleton/\(written.folder.lastPathComponent)/"
    #expect(Set(reports.files().keys) == Set(wanted.map { folder + $0 }))
    #expect(written.missing == [.pdf, .docx])
  }

  @Test func `what was not asked for is not written`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let written = try PlanningRun(copy.request()).write(
      to: reports.url, renderer: nil, formats: [.html])
    let files = written.record.outputs.map(\.file)
    #expect(files.contains("capital-paper.html") && files.contains("papers/capital-paper.json"))
    #expect(!files.contains { $0.hasPrefix("open-data/") || $0.hasSuffix(".xlsx") })
    #expect(written.missing.isEmpty)
    #expect(written.warnings.diagnostics.map(\.code) == [.rendererMissing])
  }

  @Test func `an old run's papers are made again without its model`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let written = try PlanningRun(copy.request()).write(to: reports.url, renderer: nil)
    let before = reports.files()
    try copy.remove("Models/exampleton/model.yaml")
    for name in ["capital-paper.html", "workbook.xlsx"] {
      try FileManager.default.removeItem(at: written.folder.appendingPathComponent(name))
    }
    let again = try StoredRun(written.folder).rewrite([.html, .xlsx], renderer: nil)
    #expect(again.papers == written.papers)
    #expect(reports.files() == before)
    // PDF was asked for before and is asked for again; it is left out once.
    let more = try StoredRun(written.folder).rewrite([.pdf], renderer: nil)
    #expect(more.missing == [.pdf])
    #expect(more.record.leftOut.count { $0.hasPrefix("PDF") } == 1)
  }

  /// The web page that stays has no charts, whatever is written beside it.
  @Test func `that charts were left out stays said while a paper without them stands there`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let written = try PlanningRun(copy.request()).write(
      to: reports.url, renderer: nil, formats: [.html, .csv])
    let before = written.record.leftOut
    #expect(before.count { $0.hasPrefix("charts were left out") } == 1)
    #expect(try StoredRun(written.folder).rewrite([.xlsx], renderer: nil).record.leftOut == before)
    let again = try StoredRun(written.folder).rewrite([.html], renderer: nil)
    #expect(again.record.leftOut == before, "said once")
  }

  @Test(.enabled(if: findChartRenderer() != nil, "skipped: the chart renderer is not installed"))
  func `it is said no more once every paper has its charts`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let charts = Renderers(charts: findChartRenderer(), pdf: nil, word: nil)
    let written = try PlanningRun(copy.request()).write(
      to: reports.url, renderer: nil, formats: [.html, .csv])
    // PDF cannot be made here, so that only the web page stands there.
    let pdf = try StoredRun(written.folder).rewrite([.pdf], renderer: charts)
    #expect(
      pdf.record.leftOut.map { $0.prefix { $0 != ":" } } == ["PDF was left out", "charts were left out"])
    let html = try StoredRun(written.folder).rewrite([.html], renderer: charts)
    #expect(html.record.leftOut.map { $0.prefix { $0 != ":" } } == ["PDF was left out"])
  }

  @Test func `a run that was tampered with is not read back`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let written = try PlanningRun(copy.request()).write(
      to: reports.url, renderer: nil, formats: [.html])
    let table = written.folder.appendingPathComponent("tables/forecast.csv")
    try Data("a,b\n1,2\n".utf8).write(to: table)
    #expect {
      try StoredRun(written.folder)
    } throws: { error in
      (error as? DiagnosticList)?.diagnostics.map(\.code) == [.runUnreadable]
    }
    #expect(!StoredRun.isRun(copy.root.appendingPathComponent("Models/exampleton")))
  }

  @Test func `the tables have the columns that were promised`() throws {
    let tables = try PlanningRun(try held(ModelCopy()).request()).tables
    func header(_ table: Table) -> String { String(table.csv.prefix { $0 != "\n" }) }
    #expect(
      header(tables.forecast)
        == "academic_year,planning_area_code,phase,year_group,pupils,pupils_without_housing")
    #expect(
      header(tables.balance)
        == "academic_year,planning_area_code,phase,year_group,pupils,places,need,surplus,need_fe")
    #expect(
      header(tables.programme)
        == "scheme,grant,s106_contribution,school_contribution,internal_borrowing,budget")
    // Six years: four areas of seven year groups; two primary areas of seven and two secondary ones of five.
    #expect(tables.forecast.rows.count == 6 * 4 * 7)
    #expect(tables.balance.rows.count == 6 * (2 * 7 + 2 * 5))
    #expect(
      tables.programme.csv.split(separator: "\n").last == "Castle School boiler,60000,0,40000,0,100000"
    )
  }

  @Test func `the same inputs give the same bytes and the same name`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    _ = try PlanningRun(copy.request()).write(to: reports.url, renderer: nil)
    let first = reports.files()
    _ = try PlanningRun(copy.request()).write(to: reports.url, renderer: nil)
    #expect(reports.files() == first)
  }

  @Test func `another scenario is another run`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    for scenario in ["central", "late-homes"] {
      _ = try PlanningRun(copy.request(scenario: scenario)).write(to: reports.url, renderer: nil)
    }
    #expect(Set(reports.files().keys.map { $0.split(separator: "/")[1] }).count == 2)
  }

  @Test func `the record names every input and output by its SHA-256`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let written = try PlanningRun(copy.request(), seed: 7).write(to: reports.url, renderer: nil)
    let folder = copy.root.appendingPathComponent("Models/exampleton")
    #expect(written.record.inputs.count == 48)
    #expect(written.record.outputs.count == reports.files().count - 1)
    for input in written.record.inputs {
      let file = folder.appendingPathComponent(input.file).standardizedFileURL
      #expect(try sha256sum(file) == input.sha256)
    }
    for output in written.record.outputs {
      #expect(try sha256sum(written.folder.appendingPathComponent(output.file)) == output.sha256)
    }
    #expect(written.record.seed == 7)
    #expect(written.record.worstLedgerResidual < 1e-9)
    #expect(written.warnings.diagnostics.map(\.code) == [.rendererMissing, .pdfLeftOut, .wordLeftOut])
  }

  @Test func `the record says what a scenario changed`() throws {
    let copy = try ModelCopy()
    let (run, reports) = (try PlanningRun(copy.request(scenario: "late-and-few")), Reports())
    let changes = try run.write(to: reports.url, renderer: nil).record.appliedOverrides
    #expect(changes.map(\.key) == ["housing.mill_lane.first_completions", "births.future_factor"])
    #expect(changes.map(\.was) == [2019, 1])
    #expect(changes.map(\.is) == [2020, 0.9])
  }

  @Test(arguments: ["my-notes.txt", "tables/mine.csv", "charts/old/mine.svg"])
  func `a file of one's own in a run's folder is not lost`(_ name: String) throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    let folder = try run.write(to: reports.url, renderer: nil).folder
    let mine = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: mine.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: mine)
    let before = reports.files()
    for write in [
      { _ = try run.write(to: reports.url, renderer: nil) },
      { _ = try StoredRun(folder).rewrite([.html], renderer: nil) },
    ] {
      let list = try #require(throws: DiagnosticList.self) { try write() }
      #expect(list.diagnostics.map(\.code) == [.outputInTheWay])
      #expect(list.diagnostics.first?.what.contains("which no run wrote") == true)
      #expect(reports.files() == before)
    }
  }

  @Test func `a paper that somebody went on writing is not lost`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    let folder = try run.write(to: reports.url, renderer: nil).folder
    let paper = folder.appendingPathComponent("capital-paper.html")
    let (written, edited) = (try Data(contentsOf: paper), Data("edited".utf8))
    try edited.write(to: paper)
    for write in [
      { _ = try run.write(to: reports.url, renderer: nil) },
      { _ = try StoredRun(folder).rewrite([.html], renderer: nil) },
    ] {
      let list = try #require(throws: DiagnosticList.self) { try write() }
      #expect(list.diagnostics.first?.what.contains("'capital-paper.html' was changed") == true)
      #expect(try Data(contentsOf: paper) == edited)
    }
    try written.write(to: paper)
    try Data().write(to: folder.appendingPathComponent(".DS_Store"))
    _ = try run.write(to: reports.url, renderer: nil)
    #expect(try Data(contentsOf: paper) == written)
  }

  @Test func `without a record a paper stays that is not the one of now, whatever its format`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    let folder = try run.write(to: reports.url, renderer: nil).folder
    let record = folder.appendingPathComponent("run.json")
    for paper in ["capital-paper.html", "capital-paper.docx"] {
      for unreadable in [nil, Data("{".utf8)] {
        try? FileManager.default.removeItem(at: record)
        try unreadable?.write(to: record)
        try Data("edited".utf8).write(to: folder.appendingPathComponent(paper))
        let before = reports.files()
        let list = try #require(throws: DiagnosticList.self) {
          try run.write(to: reports.url, renderer: nil, formats: [.html])
        }
        #expect(list.diagnostics.first?.what.contains("'\(paper)' may have been changed") == true)
        #expect(reports.files() == before)
      }
      try FileManager.default.removeItem(at: folder.appendingPathComponent(paper))
    }
  }

  /// Whatever formats it had.
  @Test func `a run's folder that has lost files, its record among them, is written anew`() throws {
    let (copy, reports, fresh) = (try ModelCopy(), Reports(), Reports())
    let run = try PlanningRun(copy.request())
    let folder = try run.write(to: reports.url, renderer: nil, formats: [.html, .csv]).folder
    for lost in ["run.json", "tables"] {
      try FileManager.default.removeItem(at: folder.appendingPathComponent(lost))
    }
    _ = try run.write(to: reports.url, renderer: nil, formats: [.html])
    _ = try run.write(to: fresh.url, renderer: nil, formats: [.html])
    #expect(reports.files() == fresh.files())
  }

  @Test func `LP text replaces LP text of a programme alone`() throws {
    let folder = Reports()
    let texts = ["\\ programme\nMinimize\n", "\\ programme\nEnd\n"]
    try writeSteps([texts[0]], to: folder.url)
    try Data("mine".utf8).write(to: folder.url.appendingPathComponent("step2.lp"))
    let before = folder.files()
    #expect(throws: DiagnosticList.self) { try writeSteps(texts.reversed(), to: folder.url) }
    #expect(folder.files() == before)
    try writeSteps([texts[1]], to: folder.url)
    #expect(folder.files()["step1.lp"] == Data(texts[1].utf8))
    // A folder that an option names is made with those above it, as README says.
    try writeSteps(texts, to: folder.url.appendingPathComponent("new/steps", isDirectory: true))
    #expect(folder.files()["new/steps/step2.lp"] == Data(texts[1].utf8))
  }

  @Test func `a failed run leaves yesterday's as it was`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    _ = try PlanningRun(copy.request()).write(to: reports.url, renderer: nil)
    let before = reports.files()
    try copy.replace("Datasets/exampleton-births/data.csv", "Southgate,2014,50", with: "Southgate,2014,")
    #expect(throws: DiagnosticList.self) { try PlanningRun(copy.request()) }
    #expect(reports.files() == before)
  }

  @Test func `a place that cannot be written leaves nothing behind`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    try FileManager.default.createDirectory(at: reports.url, withIntermediateDirectories: true)
    try Data("a file".utf8).write(to: reports.url.appendingPathComponent("exampleton"))
    let list = try #require(throws: DiagnosticList.self) {
      try PlanningRun(copy.request()).write(to: reports.url, renderer: nil)
    }
    #expect(list.diagnostics.map(\.code) == [.outputNotWritten])
    #expect(reports.files().keys.sorted() == ["exampleton"])
  }
}

/// Keeps a copy until the process ends, for tests that only need its request.
private func held(_ copy: ModelCopy) -> ModelCopy {
  _ = Unmanaged.passRetained(copy)
  return copy
}

private func sha256sum(_ file: URL) throws -> String {
  String(try command("/usr/bin/sha256sum", [file.path]).output.prefix(64))
}
