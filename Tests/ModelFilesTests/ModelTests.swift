import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// All that a model holds, as one text whose parts are in an order of their own.
private func digest(_ model: PlanningModel) -> [String] {
  var lines = model.areas.map { "\($0)" }
  for year in model.countyRolls.years {
    for group in YearGroup.all { lines.append("\(year) \(group) \(model.countyRolls[year, group] ?? -1)") }
  }
  if case .counted(let tables) = model.areaRolls {
    for (area, table) in tables {
      for year in table.years {
        for group in YearGroup.all { lines.append("\(area) \(year) \(group) \(table[year, group] ?? -1)") }
      }
    }
  }
  for (district, births) in model.births.districts {
    lines += births.map { "births \(district) \($0.key) \($0.value)" }
  }
  lines += model.birthShares.map { "share \($0.key) \($0.value)" }
  for (from, shares) in model.transfer.shares { lines += shares.map { "\(from) to \($0.key) \($0.value)" } }
  for (area, places) in model.capacity.base { lines += places.map { "\(area) \($0.key) \($0.value)" } }
  lines += model.capacity.changes.map { "\($0)" } + model.housing.sites.map { "\($0)" }
  for (type, yield) in model.housing.yields {
    for group in YearGroup.all {
      lines += (0...2).map { "\(type) \(group) \($0) \(yield.pupilsPerDwelling(group, age: $0))" }
    }
  }
  for scheme in model.schemes {
    lines.append("\(scheme.name) \(scheme.budget)")
    lines += scheme.funding.map { "\(scheme.name) \($0.key) \($0.value.pounds)" }
  }
  lines += capitalDigest(model.capital)
  lines += model.spending?.cumulativeProfile.enumerated().map { "month \($0.offset) \($0.element)" } ?? []
  return lines.sorted()
}

/// Lists as they stand: they are in an order of their own, whatever that of the rows.
private func capitalDigest(_ plan: CapitalPlan?) -> [String] {
  guard let plan else { return [] }
  var lines = plan.schemes.enumerated().map { "scheme \($0)" }
  for (index, pot) in plan.pots.enumerated() {
    lines.append("pot \(index) \(pot.key) \(pot.name) \(pot.source) \(pot.carriesForward)")
    lines.append("pot \(index) until \(pot.spendBy?.label ?? "-") for \(pot.rule.kinds.map(\.name).sorted())")
    lines += pot.received.map { "pot \(index) \($0.key) \($0.value)" }
  }
  lines += plan.agreements.enumerated().map {
    "agreement \($0) \($1.key) \($1.site ?? "-") \($1.triggerHomes) \($1.amount) \($1.agreedOn)"
  }
  lines += plan.borrowing.limit.map { "borrowing \($0.key) \($0.value)" }
  lines += plan.rivals.enumerated().map { "rival \($0)" }
  lines += plan.neighbours.enumerated().map { "neighbour \($0)" }
  return lines
}

@Suite struct ModelTests {
  private func dataFiles(_ copy: ModelCopy) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: copy.root.appendingPathComponent("Datasets").path)
      .sorted().map { "Datasets/\($0)/data.csv" }
  }

  @Test func `the order of rows does not matter`() throws {
    let copy = try ModelCopy()
    let before = digest(try copy.check().model)
    for file in try dataFiles(copy) {
      let lines = try copy.read(file).split(separator: "\n")
      let mixed = [lines[0]] + lines.dropFirst().reversed()
      try copy.write(file, (mixed.joined(separator: "\n") + "\n").utf8)
    }
    #expect(digest(try copy.check().model) == before)
    // 4 years of 14 year groups for the town and for each of 4 areas, at the least: the digest is no empty list.
    #expect(before.count > 4 * 14 * 5)
  }

  @Test func `the digest sees a changed cell`() throws {
    let copy = try ModelCopy()
    let before = digest(try copy.check().model)
    try copy.replace("Datasets/exampleton-transfer/data.csv", "P2,S1,0.2", with: "P2,S1,0.25")
    #expect(digest(try copy.check().model) != before)
  }

  @Test func `Windows' line ends change nothing`() throws {
    let copy = try ModelCopy()
    let before = digest(try copy.check().model)
    let files =
      try dataFiles(copy) + ["Models/exampleton/assumptions/all.yaml", "Models/exampleton/model.yaml"]
    for file in files {
      try copy.write(file, try copy.read(file).replacing("\n", with: "\r\n").utf8)
    }
    #expect(digest(try copy.check().model) == before)
  }

  @Test func `faults of all files are reported at once`() throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/exampleton-births/data.csv", "Southgate,2014,50", with: "Southgate,2014,x")
    try copy.replace("Datasets/exampleton-places/data.csv", "P1,R,60", with: "P1,R,")
    try copy.replace("Models/exampleton/model.yaml", "horizon_years: 6", with: "horizon_years: six")
    try copy.replace("Models/exampleton/assumptions/all.yaml", "value: 40", with: "value: forty")
    try copy.replace("Models/exampleton/scenarios/late-homes.yaml", "to: 2020", with: "to: soon")
    #expect(
      codes(try copy.faults()) == ["E110 12:16", "E112 2:6", "E014 37:10", "E014 17:16", "E014 6:9"])
  }

  @Test func `all missing files are reported at once`() throws {
    let copy = try ModelCopy()
    for file in [
      "Datasets/exampleton-births/data.csv", "Datasets/exampleton-places/data.schema.yaml",
      "Models/exampleton/sources.yaml",
    ] { try copy.remove(file) }
    let list = try copy.faults()
    #expect(list.diagnostics.map(\.code) == [.fileMissing, .fileMissing, .fileMissing])
    #expect(list.onlyMissingFiles)
  }

  @Test func `a model reached through a link has the data sets that stand around the folder itself`() throws {
    let copy = try ModelCopy()
    let link = copy.root.appendingPathComponent("elsewhere/far/link")
    try FileManager.default.createDirectory(
      at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: copy.request().folder)
    let linked = try load(ModelRequest(folder: link)).inputs
    let direct = try load(copy.request()).inputs
    #expect(linked.map(\.name) == direct.map(\.name) && linked.map(\.sha256) == direct.map(\.sha256))
  }

  @Test func `where the folder of the data sets is missing, that is said once`() throws {
    let copy = try ModelCopy()
    try copy.remove("Datasets")
    let list = try copy.faults()
    #expect(codes(list) == ["E001 22:11"] && list.onlyMissingFiles)
    #expect(
      list.diagnostics.map { copy.withoutRoot($0.what) } == ["there is no folder 'Datasets'"])
  }

  @Test func `a model that is not there is a missing file`() throws {
    let copy = try ModelCopy()
    try copy.remove("Models/exampleton/model.yaml")
    #expect(codes(try copy.faults()) == ["E001 -"])
  }

  @Test(
    arguments: [
      ("births: exampleton-births", "briths: exampleton-births", ["E013 23:1", "E012 26:3"]),
      ("  births: exampleton-births\n", "", ["E013 23:1"]),
      ("datasets: ../../Datasets", "datasetts: ../../Datasets", ["E013 2:1", "E012 22:1"]),
      ("\ndata:\n", "\ndta:\n", ["E013 2:1", "E012 23:1"]),
      ("base_year: 2017/18", "base_year: 2017", ["E014 16:12"]),
      ("horizon_years: 6", "horizon_years: 31", ["E014 17:16"]),
      ("months_elapsed: 6", "months_elapsed: 0", ["E014 21:19"]),
      ("transfer: observed", "transfer: guessed", ["E014 18:11"]),
      (
        "transfer: observed", "transfer: observed\ndisturbed_years: [2016/17, 2016]", ["E014 19:28"]
      ),
      ("transfer: observed", "transfer: observed\ndisturbed_years: 2016/17", ["E014 19:18"]),
      ("meeting: 2018-03-01", "meeting: 2018-02-29", ["E014 9:12"]),
      ("synthetic: yes", "synthetic: true", ["E014 6:14"]),
      ("  code: \"000\"\n", "", ["E013 4:3"]),
      ("model: exampleton", "model: ../exampleton", ["E014 2:8"]),
    ])
  func `what model.yaml must say`(_ text: String, _ new: String, _ wanted: [String]) throws {
    let copy = try ModelCopy()
    try copy.replace("Models/exampleton/model.yaml", text, with: new)
    #expect(codes(try copy.faults()) == wanted)
  }

  @Test(arguments: [
    ("", [2020]), ("\ndisturbed_years: []", []), ("\ndisturbed_years: [2016/17, 2020/21]", [2016, 2020]),
  ])
  func `years are disturbed as the model says, else the pandemic's`(_ text: String, _ years: [Int]) throws {
    let copy = try ModelCopy()
    try copy.replace("Models/exampleton/model.yaml", "transfer: observed", with: "transfer: observed" + text)
    let model = try copy.check().model
    #expect(model.disturbedYears.map(\.start).sorted() == years)
  }

  /// The rolls go from 2014/15 to 2017/18; 2020/21 stands there by default.
  @Test(arguments: [
    ("[2071/72]", ["W316 19:19"]), ("[2017/18, 2018/19, 2013/14]", ["W316 19:28", "W316 19:37"]),
    ("[2020/21]", []), ("[2014/15]", []),
  ])
  func `a disturbed year is one of the rolls`(_ years: String, _ wanted: [String]) throws {
    let copy = try ModelCopy()
    try copy.replace(
      "Models/exampleton/model.yaml", "transfer: observed",
      with: "transfer: observed\ndisturbed_years: \(years)")
    #expect(codes(try copy.check().warnings) == wanted)
  }

  @Test func `a model without pupils is refused`() throws {
    let copy = try ModelCopy()
    try copy.replace("Models/exampleton/model.yaml", "  area_rolls: exampleton-area-rolls\n", with: "")
    let missing = try copy.faults().diagnostics.filter { $0.code == .missingKey }.map(\.what)
    #expect(missing.contains("'data' has neither 'county_rolls' nor 'area_rolls'"))
  }

  @Test func `an assumption that nothing reads is refused, with what was meant`() throws {
    let copy = try ModelCopy()
    try copy.replace(
      "Models/exampleton/assumptions/all.yaml", "housing.mill_lane.homes_per_year",
      with: "housing.mill_lane.homes_per_yaer")
    try copy.remove("Models/exampleton/scenarios/late-homes.yaml")
    try copy.remove("Models/exampleton/scenarios/late-and-few.yaml")
    let list = try copy.faults()
    let unused = try #require(list.diagnostics.first { $0.code == .unknownKey })
    #expect(codes(DiagnosticList([unused])) == ["E012 34:1"])
    #expect(unused.what == "nothing uses assumption 'housing.mill_lane.homes_per_yaer'")
    #expect(unused.fix == "did you mean 'housing.mill_lane.homes_per_year'?")
    #expect(list.diagnostics.map(\.code).contains(.missingKey))
  }

  @Test func `every input file is listed once, in order, with its fingerprint`() throws {
    let copy = try ModelCopy()
    let text = try load(copy.request())
    // model.yaml, sources.yaml, two assumption files, two scenarios, twenty-one data sets of two files.
    #expect(text.inputs.count == 48)
    #expect(text.inputs.map(\.name) == Set(text.inputs.map(\.name)).sorted())
    #expect(text.inputs.allSatisfy { $0.sha256.count == 64 })
    #expect(text.inputs.last?.name == "sources.yaml")
  }
}
