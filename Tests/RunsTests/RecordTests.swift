import Foundation
import TestSupport
import Testing

@testable import Runs

/// `run.json` as another program reads it.
@Suite struct RecordTests {
  private func json(_ folder: URL) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appendingPathComponent("run.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `the file on disk says what was run`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request(scenario: "late-homes"), seed: 7)
    let written = try run.write(to: reports.url, renderer: nil)
    let record = try json(written.folder)
    #expect(record["run"] as? String == written.folder.lastPathComponent)
    #expect(record["model"] as? String == "exampleton")
    #expect(record["scenario"] as? String == "late-homes")
    #expect(record["is_synthetic"] as? Bool == true)
    #expect(record["base_year"] as? String == "2017/18")
    #expect(record["horizon_years"] as? Int == 6)
    #expect(record["seed"] as? Int == 7)
    #expect(record["draws"] as? Int == 0)
    let assumptions = try #require(record["assumptions"] as? [[String: Any]])
    let first = try #require(
      assumptions.first { $0["key"] as? String == "housing.mill_lane.first_completions" })
    #expect(first["value"] as? Double == 2020)
    let changes = try #require(record["applied_overrides"] as? [[String: Any]])
    #expect(changes.count == 1)
    #expect(changes[0]["was"] as? Double == 2019)
    #expect(changes[0]["is"] as? Double == 2020)
    #expect((changes[0]["place"] as? String)?.hasSuffix("scenarios/late-homes.yaml:4:10") == true)
    #expect((record["left_out"] as? [String])?.count == 3, "charts, PDF and Word")
  }

  /// The same files in another folder are the same run, to the byte.
  @Test func `where the model stands leaves no trace`() throws {
    let (first, second) = try twoFolders("central")
    #expect(first == second)
  }

  @Test func `where a scenario stands leaves no trace`() throws {
    let (first, second) = try twoFolders("late-homes")
    #expect(first == second)
  }

  private func twoFolders(_ scenario: String) throws -> (first: [String: Data], second: [String: Data]) {
    let (here, there) = (try ModelCopy(), try ModelCopy())
    let (one, other) = (Reports(), Reports())
    _ = try PlanningRun(here.request(scenario: scenario)).write(to: one.url, renderer: nil)
    _ = try PlanningRun(there.request(scenario: scenario)).write(to: other.url, renderer: nil)
    return (one.files(), other.files())
  }

  @Test func `another seed is another run, and changes no figure`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    let first = try run.write(to: reports.url, renderer: nil)
    let second = try PlanningRun(copy.request(), seed: 2).write(to: reports.url, renderer: nil)
    #expect(first.folder != second.folder)
    #expect(first.record.outputs == second.record.outputs)
  }

  @Test func `a run of the same name takes the place of the old one whole`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    let written = try run.write(to: reports.url, renderer: nil)
    // A table that another build wrote, as its record says.
    try Data("left over".utf8).write(to: written.folder.appendingPathComponent("tables/old.csv"))
    let record = written.record.with(
      outputs: written.record.outputs + [.init(file: "tables/old.csv", sha256: "")], leftOut: [])
    try record.json().write(to: written.folder.appendingPathComponent("run.json"))
    let fresh = Reports()
    _ = try run.write(to: fresh.url, renderer: nil)
    _ = try run.write(to: reports.url, renderer: nil)
    #expect(reports.files() == fresh.files())
  }
}
