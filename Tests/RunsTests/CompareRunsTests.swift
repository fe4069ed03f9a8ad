import CapitalProgramme
import Diagnostics
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import TestSupport
import Testing

@testable import Runs

/// What changed between two runs, and what each change did.
@Suite struct CompareRunsTests {
  private typealias Kind = RunComparison.Kind

  private func compared(
    _ a: ModelCopy, _ b: ModelCopy, scenario: String = "central", seeds: (UInt64, UInt64) = (1, 1)
  ) throws -> RunComparison {
    var warnings = DiagnosticList()
    let comparison = try compareRuns(
      try RunSubject(a.request(), name: "a", seed: seeds.0),
      try RunSubject(b.request(scenario: scenario), name: "b", seed: seeds.1), &warnings)
    #expect(warnings.diagnostics.isEmpty)
    try expectWhole(comparison)
    return comparison
  }

  /// The parts of every figure add up to its change, to the last millionth.
  private func expectWhole(_ comparison: RunComparison) throws {
    for line in comparison.headlines {
      #expect(
        line.parts.reduce(0) { $0 + $1.millionths } == line.afterMillionths - line.beforeMillionths,
        "\(line.subject.name)")
      #expect(line.parts.map(\.kinds) == comparison.steps)
    }
    for label in comparison.labels {
      #expect(label.afterSteps.count == comparison.steps.count)
      #expect(label.afterSteps.last.map { $0 == label.after } ?? (label.before == label.after))
    }
  }

  private func figure(_ copy: ModelCopy, _ key: String) throws -> Int {
    let found = try replay(try load(copy.request()), seed: 1, solving: nil).first { $0.key == key }
    guard case .millionths(let count) = found?.value else { throw NoSuchFigure(key: key) }
    return count
  }

  private struct NoSuchFigure: Error { let key: String }

  private func line(_ comparison: RunComparison, _ key: String) throws -> RunComparison.Headline {
    try #require(
      comparison.headlines.first {
        RunFigure(subject: $0.subject, value: .label(nil)).key == key
      }, "\(key)")
  }

  private func change(births copy: ModelCopy) throws {
    try copy.replace("Datasets/exampleton-births/data.csv", "Northgate,2017,93", with: "Northgate,2017,99")
  }

  private func change(margin copy: ModelCopy) throws {
    try copy.replace("Models/exampleton/assumptions/all.yaml", "value: 0.05", with: "value: 0.1")
  }

  private func change(opening copy: ModelCopy) throws {
    try copy.replace(
      "Datasets/exampleton-capacity-changes/data.csv", "P1,expansion,R,15,2019/20",
      with: "P1,expansion,R,15,2020/21")
  }

  @Test func `nothing has changed between a model and its copy`() throws {
    let comparison = try compared(try ModelCopy(), try ModelCopy())
    #expect(comparison.isEmpty && comparison.steps.isEmpty)
    #expect(!comparison.headlines.isEmpty && comparison.headlines.allSatisfy { !$0.hasChanged })
  }

  /// A year later 15 places of one year group are missing from 105 + 75 and the like: by hand, whatever the pupils are.
  @Test func `an expansion that opens a year late is a change of scheme dates and of nothing else`() throws {
    let (a, b) = (try ModelCopy(), try ModelCopy())
    try change(opening: b)
    let comparison = try compared(a, b)
    #expect(comparison.changes.map(\.kind) == [.schemeDates])
    #expect(comparison.changes.first?.what == "capacity_changes: P1, expansion, R, from")
    #expect(comparison.changes.first?.was == "2019/20" && comparison.changes.first?.is == "2020/21")
    #expect(comparison.steps == [[.schemeDates]])
    // One year group of 15 in the first year; in the second it has two year groups, less the one; and so on.
    for year in ["2019/20", "2020/21", "2021/22"] {
      let places = try line(comparison, "places|primary||\(year)|")
      #expect(places.afterMillionths - places.beforeMillionths == -15_000_000, "\(year)")
    }
    #expect(try !line(comparison, "pupils|primary||2019/20|").hasChanged)
  }

  @Test func `a birth count is data, a margin an assumption, and each has its part`() throws {
    let (a, births, both) = (try ModelCopy(), try ModelCopy(), try ModelCopy())
    for copy in [births, both] { try change(births: copy) }
    try change(margin: both)
    try change(opening: both)
    let comparison = try compared(a, both, seeds: (1, 2))
    #expect(comparison.steps == [[.data], [.assumptions], [.schemeDates], [.seed]])
    #expect(
      comparison.changes.map(\.what) == [
        "births: Northgate, 2017, births", "operating_margin.primary",
        "capacity_changes: P1, expansion, R, from", "seed",
      ])
    #expect(comparison.changes[1].was == "0.05 share" && comparison.changes[1].is == "0.1 share")
    for key in ["need|primary||2020/21|", "need|primary||2023/24|", "pupils|primary||2023/24|"] {
      let found = try line(comparison, key)
      let (start, afterData) = (try figure(a, key), try figure(births, key))
      #expect(found.beforeMillionths == start)
      #expect(found.afterMillionths == (try figure(both, key)))
      #expect(found.parts[0].millionths == afterData - start, "\(key)")
      #expect(found.parts[0].aloneMillionths == afterData - start, "the first step is made alone")
      #expect(found.parts[3].millionths == 0, "no draw stands behind these figures")
    }
    // Alone, the margin works on fewer pupils.
    let alone = try ModelCopy()
    try change(margin: alone)
    let need = try line(comparison, "need|primary||2023/24|")
    #expect(
      need.parts[1].aloneMillionths == (try figure(alone, "need|primary||2023/24|")) - need.beforeMillionths)
    #expect(need.parts[1].aloneMillionths != need.parts[1].millionths)
  }

  @Test func `a scenario is a change of assumptions`() throws {
    let comparison = try compared(try ModelCopy(), try ModelCopy(), scenario: "late-homes")
    #expect(comparison.steps == [[.assumptions]])
    #expect(comparison.changes.map(\.what) == ["scenario", "housing.mill_lane.first_completions"])
    #expect(comparison.changes[1].was == "2019 year" && comparison.changes[1].is == "2020 year")
  }

  /// A site needs its assumptions, and they need the site: neither stands alone.
  @Test func `assumptions that come with new data count as data`() throws {
    let (a, b) = (try ModelCopy(), try ModelCopy())
    try b.replace(
      "Datasets/exampleton-housing-sites/data.csv", "mill_lane,Mill Lane,house,100,P1,S1",
      with: "mill_lane,Mill Lane,house,100,P1,S1\nquarry,Quarry,house,50,P2,S2")
    let block = { (key: String, unit: String, value: Int) in
      "\(key):\n  title: Invented\n  unit: \(unit)\n  value: \(value)\n  source: places-project\n  mark: assumed\n"
        + "  quality: red\n  impact: red\n"
    }
    let new =
      block("housing.quarry.first_completions", "year", 2019)
      + block("housing.quarry.homes_per_year", "dwellings/year", 25)
      + block("housing.background.P2", "dwellings/year", 0)
      + block("housing.background.S2", "dwellings/year", 0)
    try b.write("Models/exampleton/assumptions/quarry.yaml", Array(new.utf8))
    let alone = try compared(a, b)
    // Only the data's step can be made: with it the assumptions that it came with, so the other step moves nothing.
    #expect(alone.steps == [[.data], [.assumptions]])
    let pupils = try line(alone, "pupils|primary||2023/24|")
    #expect(pupils.parts[0].millionths > 0)
    #expect(pupils.parts[1].millionths == 0)
    try change(margin: b)
    let both = try compared(a, b)
    let need = try line(both, "need|primary||2023/24|")
    #expect(need.parts.allSatisfy { $0.millionths > 0 })
  }

  @Test func `what cannot be told apart is one step`() throws {
    let (a, b) = (try ModelCopy(), try ModelCopy())
    // A share beyond what the earlier transfer leaves: the areas' codes change in data and in assumptions at once.
    try b.replace("Datasets/exampleton-housing-sites/data.csv", "mill_lane,", with: "mill_road,")
    try b.replace("Datasets/exampleton-section-106/data.csv", ",mill_lane,", with: ",mill_road,")
    let text = try b.read("Models/exampleton/assumptions/all.yaml")
    try b.write(
      "Models/exampleton/assumptions/all.yaml", Array(text.replacing("mill_lane", with: "mill_road").utf8))
    for name in ["late-homes", "late-and-few"] {
      let scenario = try b.read("Models/exampleton/scenarios/\(name).yaml")
      try b.write(
        "Models/exampleton/scenarios/\(name).yaml",
        Array(scenario.replacing("mill_lane", with: "mill_road").utf8))
    }
    let comparison = try compared(a, b)
    #expect(comparison.steps == [[.data, .assumptions]])
    #expect(comparison.headlines.allSatisfy { !$0.hasChanged }, "only a name has changed")
  }

  @Test func `a record of another version is changed by method, and by no more than the rest`() throws {
    let reports = Reports()
    let (a, b) = (try ModelCopy(), try ModelCopy())
    try change(births: b)
    let first = try reports.record(a.request())
    let second = try reports.record(b.request())
    try reports.sql("UPDATE run SET version = '0.0.9' WHERE id = 1")
    try reports.sql(
      "UPDATE figure SET value = value - 2.5 WHERE run_id = 1 AND measure = 'pupils' AND academic_year = '2023/24'"
    )
    try reports.reading { store throws in
      var warnings = DiagnosticList()
      let comparison = try compareRuns(
        try RunSubject(try store.run(named: first), in: store),
        try RunSubject(try store.run(named: second), in: store), &warnings)
      #expect(warnings.diagnostics.isEmpty)
      try expectWhole(comparison)
      #expect(comparison.steps == [[.data], [.method]])
      let pupils = try line(comparison, "pupils|primary||2023/24|")
      #expect(pupils.parts[0].millionths > 0)
      #expect(pupils.parts[1].millionths == 2_500_000 && pupils.parts[1].aloneMillionths == 2_500_000)
      #expect(comparison.before.recorded != nil && comparison.before.paperDate.label == "2018-03-01")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6])
  func `the parts add up for any changes at once`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (a, b) = (try ModelCopy(), try ModelCopy())
    for copy in [a, b] {
      var births = try copy.read("Datasets/exampleton-births/data.csv")
      births = births.replacing("2016,93", with: "2016,\(Int.random(in: 60...130, using: &random))")
      try copy.write("Datasets/exampleton-births/data.csv", Array(births.utf8))
      try copy.replace(
        "Models/exampleton/assumptions/all.yaml", "value: 0.05",
        with: "value: 0.\(Int.random(in: 10...19, using: &random))")
      try copy.replace(
        "Datasets/exampleton-capacity-changes/data.csv", "S1,bulge,7,30,2019/20",
        with: "S1,bulge,7,30,\(Bool.random(using: &random) ? "2018/19" : "2021/22")")
    }
    let forth = try compared(a, b)
    let back = try compared(b, a)
    for (there, here) in zip(forth.headlines, back.headlines) where there.subject == here.subject {
      #expect(there.change == -here.change)
    }
    #expect(Set(forth.steps.flatMap { $0 }) == Set(forth.changes.map(\.kind)))
  }

  @Test func `the paper of a run says what has changed, and comes out the same again`() throws {
    let reports = Reports()
    let (a, b) = (try ModelCopy(), try ModelCopy())
    try change(births: b)
    let first = try reports.record(a.request())
    let input = try check(b.request())
    let found = try reports.reading { store throws in
      try store.changes(since: try store.run(named: first), input, seed: 1)
    }
    #expect(found.warnings.diagnostics.isEmpty)
    let plain = try reports.record(b.request())
    let second = try reports.record(b.request(), since: found.comparison)
    #expect(second != plain, "another paper has another name")
    #expect(second == found.comparison.after.name)
    try reports.reading { store throws in
      let run = try store.run(named: second)
      #expect(run.since == first)
      let result = try store.verify(run, renderer: nil)
      #expect(result.agrees, "\(result.diagnostics)")
      #expect(result.files.map(\.file).contains("tables/changes.csv"))
    }
    let folder = reports.url.appendingPathComponent("exampleton/\(second)/tables/changes.csv")
    let rows = try String(contentsOf: folder, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.first?.last == "alone")
    #expect(rows.count > 1 && rows.allSatisfy { $0.count == 10 })
    // One step, so each row's part is the whole change; the recommended programme has none.
    #expect(rows.count { $0[0].hasPrefix("chosen_") && $0[5].isEmpty && $0[8].isEmpty } == 5)
    for row in rows.dropFirst() where !row[5].isEmpty {
      let (before, after, part) = (Double(row[6]) ?? .nan, Double(row[7]) ?? .nan, Double(row[8]) ?? .nan)
      expectClose(part, after - before, within: 2e-6)
    }
  }

  /// Without borrowing, £300,000 are missing for South: by `places prioritise` before and after, £1.9 million become £1.39 million, and
  /// 164.65 weighted unmet places 230.35.
  @Test func `another recommended programme is told, with parts only where it was chosen after each step`()
    throws
  {
    let reports = Reports()
    let (a, b) = (try ModelCopy(), try ModelCopy())
    try b.replace("Datasets/exampleton-borrowing/data.csv", "2019/20,300000,", with: "2019/20,0,")
    let first = try reports.record(a.request())
    let input = try check(b.request())
    let found = try reports.reading { store throws in
      try store.changes(since: try store.run(named: first), input, seed: 1)
    }
    #expect(found.comparison.recorded == nil, "the programme of the run is not yet known")
    let run = try PlanningRun(input, since: found.comparison)
    let told = try #require(run.content.changes)
    try expectChosen(told)
    #expect(!told.isEmpty && told.headlines.allSatisfy { !$0.hasChanged })
    let second = try reports.record(b.request(), since: found.comparison)
    let plain = try reports.record(b.request())
    try reports.reading { store throws in
      let result = try store.verify(try store.run(named: second), renderer: nil)
      #expect(result.agrees, "\(result.diagnostics)")
      func compared(_ solving: ProgrammeRequest?) throws -> RunComparison {
        var warnings = DiagnosticList()
        return try compareRuns(
          try RunSubject(try store.run(named: first), in: store),
          try RunSubject(try store.run(named: plain), in: store), solving: solving, &warnings)
      }
      try expectChosen(try compared(nil))
      let solved = try compared(ProgrammeRequest())
      let isSolved = if case .afterEachStep = solved.recommended { true } else { false }
      #expect(isSolved && solved.recorded == nil)
      try expectWhole(solved)
      let cost = try line(solved, "chosen_cost||||")
      #expect(cost.parts.map(\.millionths) == [-510_000_000_000])
    }
  }

  private func expectChosen(_ comparison: RunComparison) throws {
    let (figures, starts) = try #require(comparison.recorded)
    let whole = Dictionary(
      uniqueKeysWithValues: figures.map { ($0.subject.measure, [$0.beforeMillionths, $0.afterMillionths]) })
    #expect(whole["chosen_schemes"] == [3_000_000, 3_000_000])
    #expect(whole["chosen_cost"] == [1_900_000_000_000, 1_390_000_000_000])
    #expect(whole["chosen_borrowing"] == [300_000_000_000, 0])
    #expect(whole["chosen_unmet"]?.map { ($0 + 500) / 1000 } == [164_650, 230_350])
    let moved = starts.filter { $0.before != $0.after }
    #expect(moved.map(\.subject.scheme) == ["south", "south_bulge"])
    #expect(moved.map(\.before) == ["2019/20", nil] && moved.map(\.after) == [nil, "2020/21"])
    #expect(comparison.recommendsAnother)
  }

  @Test func `a model that was never run has no programme to compare`() throws {
    let comparison = try compared(try ModelCopy(), try ModelCopy())
    let isUnknown =
      if case .asRecorded(before: nil, after: nil) = comparison.recommended { true } else { false }
    #expect(isUnknown)
    #expect(comparison.recorded == nil && !comparison.recommendsAnother)
  }

  @Test func `a run with its own limit of suppression and of time is made again with them`() throws {
    let reports = Reports()
    let copy = try ModelCopy()
    let plain = try PlanningRun(copy.request())
    let limited = try PlanningRun(copy.request(), options: ProgrammeOptions(timeLimit: .seconds(600)))
    for (run, suppressBelow) in [(plain, 100), (limited, nil)] {
      let written = try run.write(to: reports.url, renderer: nil, suppressBelow: suppressBelow)
      #expect(written.record.suppressBelow == suppressBelow)
      #expect(written.record.timeLimit == (suppressBelow == nil ? 600 : nil))
      let store = try RunStore.open(reports.store)
      try store.record(RunEntry(run, written, at: Date(timeIntervalSince1970: 1_500_000_000)))
      store.close()
      try reports.reading { store throws in
        let result = try store.verify(try store.run(named: written.record.run), renderer: nil)
        #expect(result.agrees && result.files.allSatisfy { $0.verdict == .same }, "\(result.diagnostics)")
      }
    }
  }

  @Test func `a run comes out again after its files have changed, and the first file that does not is named`()
    throws
  {
    let reports = Reports()
    let copy = try ModelCopy()
    let name = try reports.record(copy.request())
    try change(births: copy)
    try reports.reading { store throws in
      let run = try store.run(named: name)
      let result = try store.verify(run, renderer: nil)
      #expect(result.agrees && result.firstThatDiffers == nil)
      #expect(result.files.allSatisfy { $0.verdict == .same })
    }
    try reports.sql(
      "UPDATE output SET sha256 = 'x' WHERE file IN ('tables/balance.csv', 'tables/programme.csv')")
    try reports.reading { store throws in
      let result = try store.verify(try store.run(named: name), renderer: nil)
      #expect(!result.agrees && result.firstThatDiffers == "tables/balance.csv")
      #expect(result.diagnostics.errors.map(\.code) == [.bitsDiffer])
    }
  }
}
