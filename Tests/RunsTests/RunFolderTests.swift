import Diagnostics
import Foundation
import Papers
import Runs
import TestSupport
import Testing

/// A temporary folder for one test's reports.
final class Reports {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "places-reports-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Every file below it, relative to it.
  func files() -> [String: Data] {
    var files: [String: Data] = [:]
    for path in FileManager.default.enumerator(atPath: url.path)?.compactMap({ $0 as? String }) ?? [] {
      let file = url.appendingPathComponent(path)
      if let data = try? Data(contentsOf: file) { files[path] = data }
    }
    return files
  }
}

@Suite struct RunFolderTests {
  @Test func `a run leaves its paper, its tables and its record, and nothing else`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let written = try PlanningRun(copy.request()).write(to: reports.url, renderer: nil)
    let run = "exampleton/\(written.folder.lastPathComponent)"
    #expect(
      reports.files().keys.sorted() == [
        "\(run)/capital-paper.html", "\(run)/run.json", "\(run)/tables/balance.csv",
        "\(run)/tables/forecast.csv",
        "\(run)/tables/programme.csv",
      ])
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
        == "scheme,budget,grant,s106_contribution,school_contribution,internal_borrowing,total")
    // Six years: four areas of seven year groups; two primary areas of seven and two secondary ones of five.
    #expect(tables.forecast.rows.count == 6 * 4 * 7)
    #expect(tables.balance.rows.count == 6 * (2 * 7 + 2 * 5))
    #expect(
      tables.programme.csv.split(separator: "\n").last == "Castle School boiler,100000,60000,0,40000,0,100000"
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
    #expect(written.record.inputs.count == 46)
    #expect(written.record.outputs.count == 4)
    for input in written.record.inputs {
      let file = folder.appendingPathComponent(input.file).standardizedFileURL
      #expect(try sha256sum(file) == input.sha256)
    }
    for output in written.record.outputs {
      #expect(try sha256sum(written.folder.appendingPathComponent(output.file)) == output.sha256)
    }
    #expect(written.record.seed == 7)
    #expect(written.record.worstLedgerResidual < 1e-9)
    #expect(written.warnings.diagnostics.map(\.code) == [.rendererMissing])
  }

  @Test func `the record says what a scenario changed`() throws {
    let copy = try ModelCopy()
    let (run, reports) = (try PlanningRun(copy.request(scenario: "late-and-few")), Reports())
    let changes = try run.write(to: reports.url, renderer: nil).record.appliedOverrides
    #expect(changes.map(\.key) == ["housing.mill_lane.first_completions", "births.future_factor"])
    #expect(changes.map(\.was) == [2019, 1])
    #expect(changes.map(\.is) == [2020, 0.9])
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
    #expect(throws: WriteFailure.self) {
      try PlanningRun(copy.request()).write(to: reports.url, renderer: nil)
    }
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
