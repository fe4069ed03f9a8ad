import CapitalProgramme
import Diagnostics
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import TestSupport
import Testing

@testable import Runs

let townRequest = ModelRequest(folder: Repository.file("Models/exampleton"))

func codes(_ body: () throws -> Void) -> [DiagnosticCode] {
  do {
    try body()
    return []
  } catch let list as DiagnosticList {
    return list.sorted.diagnostics.map(\.code)
  } catch {
    Issue.record("\(error)")
    return []
  }
}

@Suite struct StoreTests {
  @Test func `a run is remembered with its figures, inputs and files`() throws {
    let reports = Reports()
    let name = try reports.record(townRequest, seed: .max)
    try reports.reading { store throws in
      let run = try store.run(named: name)
      #expect(run.model == "exampleton" && run.scenario == "central" && run.seed == .max)
      #expect(run.folder == reports.url.appendingPathComponent("exampleton/\(name)").standardizedFileURL)
      let figures = try store.figures(of: run)
      // Datasets/exampleton-programme: 1,200,000 and 100,000 pounds.
      let total = figures.first { $0.subject.measure == "programme_total" }
      #expect(total?.value == .millionths(1_300_000 * 1_000_000))
      let again = RunFigures(
        try PlanningRun(townRequest).pupils, try PlanningRun(townRequest).balance,
        try PlanningRun(townRequest).programme,
        ranges: nil, chosen: nil
      ).all
      #expect(Set(again).isSubset(of: Set(figures)), "what is read is what was written")
      let cost = figures.first { $0.subject.measure == "chosen_present_cost" }
      #expect(cost?.subject.name == "present cost to the authority of the schemes chosen")
      let model = try store.model(of: run)
      let text = try load(townRequest)
      #expect(model.files.map(\.name) == text.inputs.map(\.name))
      #expect(model.files.map { sha256($0.content) } == text.inputs.map(\.sha256))
      #expect(try store.record(of: run).assumptions.count == check(townRequest).model.assumptions.count)
      #expect(try store.outputs(of: run).map(\.file).contains("tables/balance.csv"))
      #expect(try store.folderWarnings(run).diagnostics.isEmpty)
    }
  }

  @Test func `content is kept once, and a run that is made again is one run`() throws {
    let reports = Reports()
    try reports.record(townRequest, seed: 1)
    try reports.record(townRequest, seed: 1)
    try reports.record(townRequest, seed: 2)
    let seen = try reports.read()
    #expect(seen["runs"] as? Int == 2)
    #expect(seen["recordings"] as? Int == 3)
    #expect(seen["contents"] as? Int == Set(try load(townRequest).inputs.map(\.sha256)).count)
    try reports.reading { store throws in
      #expect(try store.runs().map(\.recordings) == [1, 2])
      #expect(try store.runs(model: "nowhere").isEmpty)
    }
  }

  @Test func `any SQLite tool can read it, and the documentation names every column`() throws {
    let reports = Reports()
    let name = try reports.record(townRequest)
    let seen = try reports.read()
    #expect(seen["integrity"] as? String == "ok")
    #expect((seen["foreign_keys"] as? [Any])?.isEmpty == true)
    #expect(seen["journal"] as? String == "wal")
    #expect(seen["application_id"] as? Int == StoreSchema.applicationID)
    #expect((seen["damaged"] as? [Any])?.isEmpty == true)
    #expect(seen["listed"] as? [[String]] == [[name, "exampleton", "central", "1"]])
    let total = Double(try PlanningRun(townRequest).programme.total)
    #expect(seen["programme_totals"] as? [Double] == [total])
    #expect(seen["from_record"] as? String == "Exampleton")
    let page = try Repository.text("Sources/Runs/Runs.docc/RunStore.md")
    for (table, columns) in try #require(seen["columns"] as? [String: [String]]) {
      #expect(page.contains("### `\(table)`"), "\(table) has no section")
      let section =
        page.components(separatedBy: "### `\(table)`").last?.components(separatedBy: "\n### ").first ?? ""
      for column in columns { #expect(section.contains("| `\(column)` |"), "\(table).\(column)") }
    }
  }

  @Test func `a run is found by a part of its name, and by no more than is certain`() throws {
    let reports = Reports()
    let first = try reports.record(townRequest, seed: 1)
    let second = try reports.record(ModelRequest(folder: townRequest.folder, scenario: "late-homes"), seed: 1)
    try reports.reading { store throws in
      #expect(try store.run(named: String(first.suffix(8))).name == first)
      #expect(try store.run(named: String(first.suffix(8).prefix(5))).name == first)
      #expect(try store.run(named: "2018-03-01-late").name == second)
      #expect(codes { _ = try store.run(named: "2018-03-01") } == [.runAmbiguous])
      for text in ["", "%", "central", "2019"] {
        #expect(codes { _ = try store.run(named: text) } == [.runUnknown], "\(text)")
      }
    }
  }

  @Test func `the last other run of a model and scenario`() throws {
    let reports = Reports()
    let input = try check(townRequest)
    try reports.record(ModelRequest(folder: townRequest.folder, scenario: "late-homes"))
    try reports.record(townRequest, seed: 1)
    try reports.reading { store throws in
      #expect(try store.last(before: input, seed: 1) == nil, "itself is no other run")
    }
    let other = try reports.record(townRequest, seed: 2)
    try reports.record(townRequest, seed: 1)
    try reports.reading { store throws in #expect(try store.last(before: input, seed: 1)?.name == other) }
  }

  @Test func `a model of which no run is recorded is unknown, and the nearest is proposed`() throws {
    let reports = Reports()
    try reports.record(townRequest)
    try reports.reading { store throws in
      #expect(try store.runs(ofModel: "exampleton").count == 1)
      for (name, fix) in [
        ("exampletown", "did you mean 'exampleton'?"), ("x", "it holds runs of exampleton"),
      ] {
        let list = try #require(throws: DiagnosticList.self) { _ = try store.runs(ofModel: name) }
        #expect(list.diagnostics.map(\.code) == [.runUnknown])
        #expect(list.diagnostics.first?.fix.hasPrefix(fix) == true)
      }
    }
  }

  @Test func `a store of an earlier step is brought up and keeps what it has`() throws {
    let reports = Reports()
    let name = try reports.record(townRequest)
    try reports.sql("DROP VIEW run_list")
    try reports.sql("DROP VIEW headline")
    try reports.sql("DELETE FROM grdb_migrations WHERE identifier LIKE '2:%'")
    try reports.reading { store throws in #expect(try store.run(named: name).name == name) }
    #expect((try reports.read()["programme_totals"] as? [Double])?.count == 1)
  }

  @Test func `a database of another program is left alone`() throws {
    let reports = Reports()
    try FileManager.default.createDirectory(at: reports.url, withIntermediateDirectories: true)
    try reports.sql("CREATE TABLE theirs (id INTEGER)")
    let before = try Data(contentsOf: reports.store)
    #expect(codes { _ = try RunStore.open(reports.store) } == [.storeDamaged])
    #expect(codes { _ = try RunStore.read(reports.store) } == [.storeDamaged])
    let run = try PlanningRun(townRequest)
    let written = try run.write(to: reports.url, renderer: nil)
    #expect(remember(run, written, in: reports.store).diagnostics.map(\.code) == [.runNotRecorded])
    #expect(try Data(contentsOf: reports.store) == before)
  }

  @Test func `a page in the middle that was written over is found out`() throws {
    let reports = Reports()
    try reports.record(townRequest)
    var data = try Data(contentsOf: reports.store)
    for offset in stride(from: 4096, to: data.count, by: 4096) {
      data.replaceSubrange(offset..<offset + 64, with: Data(repeating: 0xA5, count: 64))
    }
    try data.write(to: reports.store)
    #expect(codes { try reports.reading { _ = try $0.runs() } } == [.storeDamaged])
    let run = try PlanningRun(townRequest, seed: 2)
    let written = try run.write(to: reports.url, renderer: nil)
    #expect(remember(run, written, in: reports.store).diagnostics.map(\.code) == [.runNotRecorded])
  }

  /// No other program is making the store, so none is waited for: that would take ten seconds.
  @Test(arguments: ["DROP TABLE grdb_migrations", "DELETE FROM grdb_migrations"])
  func `a store that does not say how far it is made is told at once`(_ change: String) throws {
    let reports = Reports()
    try reports.record(townRequest)
    try reports.sql(change)
    let time = ContinuousClock().measure {
      #expect(codes { _ = try RunStore.read(reports.store) } == [.storeDamaged])
      #expect(codes { _ = try RunStore.open(reports.store) } == [.storeDamaged])
    }
    #expect(time < .seconds(5))
  }

  @Test func `a record that cannot be read is no reason to move the store away`() throws {
    let reports = Reports()
    let name = try reports.record(townRequest)
    try reports.sql("UPDATE run SET record = '{'")
    try reports.reading { store throws in
      let run = try store.run(named: name)
      let list = #expect(throws: DiagnosticList.self) { try store.record(of: run) }
      let fault = try #require(list?.diagnostics.first)
      #expect(fault.code == .storeDamaged && fault.what == "the record of \(name) cannot be read")
      #expect(fault.fix.hasPrefix("keep to the other runs of this store"))
      #expect(try !store.figures(of: run).isEmpty)
    }
  }

  /// Which is no matter of the folder, or of who may write to it.
  @Test(arguments: ["DROP TABLE applied_override", "ALTER TABLE assumption DROP COLUMN impact"])
  func `a store that lacks a table or a column is not as the program makes it`(_ change: String) throws {
    let reports = Reports()
    let name = try reports.record(townRequest)
    try reports.sql(change)
    let run = try PlanningRun(townRequest, seed: 2)
    let written = try run.write(to: reports.url, renderer: nil)
    let warning = try #require(remember(run, written, in: reports.store).diagnostics.first)
    #expect(
      warning.what.hasPrefix(
        "this run was not recorded: the store of runs is not as this program makes it: "),
      "\(warning)")
    let found = try reports.reading { try $0.verify(try $0.run(named: name), renderer: nil) }
    #expect(found.diagnostics.errors.map(\.code) == [.storeDamaged])
    try reports.reading { store throws in #expect(try store.runs().map(\.name) == [name]) }
  }
}
