import Foundation
import ModelFiles
import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Testing

/// What areas are called and how rows are ordered changes nothing else.
struct OrderLawTests {
  private func renamed(
    _ authority: RandomAuthority, _ new: (PlanningAreaCode) -> PlanningAreaCode
  ) -> RandomAuthority {
    func keys<Value>(_ values: [PlanningAreaCode: Value]) -> [PlanningAreaCode: Value] {
      Dictionary(uniqueKeysWithValues: values.map { (new($0.key), $0.value) })
    }
    var answer = authority
    answer.areas = authority.areas.map {
      PlanningArea(code: new($0.code), name: $0.name, phase: $0.phase, district: $0.district)
    }
    answer.tables = keys(authority.tables)
    answer.totals = authority.totals.map { (keys($0.counts), $0.year) }
    answer.birthShares = keys(authority.birthShares)
    answer.shares = keys(authority.shares).mapValues(keys)
    answer.places = keys(authority.places)
    answer.background = keys(authority.background)
    answer.sites = authority.sites.map {
      HousingSite(
        key: $0.key, name: $0.name, dwellingType: $0.dwellingType, dwellings: $0.dwellings,
        primaryArea: new($0.primaryArea), secondaryArea: new($0.secondaryArea),
        firstCompletions: $0.firstCompletions, homesPerYear: $0.homesPerYear)
    }
    answer.changes = authority.changes.map {
      CapacityChange(
        area: new($0.area), kind: $0.kind, entryYearGroup: $0.entryYearGroup,
        placesPerYearGroup: $0.placesPerYearGroup, from: $0.from, until: $0.until)
    }
    return answer
  }

  @Test("new names in the same order: the same bits", arguments: seeds)
  func renamedInOrder(seed: UInt64) throws {
    let authority = RandomAuthority(seed: seed)
    func new(_ code: PlanningAreaCode) -> PlanningAreaCode { PlanningAreaCode("916\(code.text)zz") }
    let before = try project(authority.model)
    let after = try project(renamed(authority, new).model)
    expectSameBits(figures(after), figures(before, renamed: new), "renamed")
  }

  /// Sums over areas then run in another order; raking, which stops within 1e-7, may stop a round earlier or later.
  @Test("new names in another order: the same figures by area", arguments: seeds)
  func renamedInAnotherOrder(seed: UInt64) throws {
    let authority = RandomAuthority(seed: seed)
    var random = SeededGenerator(seed: seed)
    let names = authority.areas.indices.shuffled(using: &random)
    let new = Dictionary(
      uniqueKeysWithValues: zip(authority.areas.map(\.code), names.map { PlanningAreaCode("X\($0)") }))
    let before = try project(authority.model)
    let after = try project(renamed(authority) { new[$0] ?? $0 }.model)
    expectClose(
      figures(after), figures(before) { new[$0] ?? $0 },
      within: authority.basis == .observed ? 1e-9 : 1e-6, "renamed")
  }

  @Test("rows of Exampleton's files in another order: the same bits, and the same places", arguments: seeds)
  func exampletonRows(seed: UInt64) throws {
    try expectRowsDoNotMatter("exampleton", seed)
  }

  @Test(
    "rows of Gloucestershire's files in another order: the same bits, and the same places", arguments: 1...8)
  func gloucestershireRows(seed: UInt64) throws {
    try expectRowsDoNotMatter("gloucestershire", seed)
  }

  /// A model's figures as its files stand, computed once.
  private struct AsItStands: Sendable {
    let pupils: [String: Double]
    let places: [String: Double]

    init(_ request: ModelRequest) throws {
      let model = try validate(load(request)).model
      let path = try project(model)
      pupils = figures(path)
      places = figures(compare(path, with: model))
    }

    static let known = ["exampleton", "gloucestershire"].reduce(into: [:]) { known, name in
      known[name] = Result {
        try AsItStands(ModelRequest(folder: Repository.file("Models/\(name)")))
      }
    }
  }

  private func expectRowsDoNotMatter(_ name: String, _ seed: UInt64) throws {
    let before = try #require(AsItStands.known[name]).get()
    let copy = try ModelCopy(name)
    var random = SeededGenerator(seed: seed)
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: copy.root.appendingPathComponent("Datasets").path)
    var isChanged = false
    for folder in folders.sorted() {
      let file = "Datasets/\(folder)/data.csv"
      let lines = try copy.read(file).split(separator: "\n").map(String.init)
      let rows = lines.dropFirst().shuffled(using: &random)
      isChanged = isChanged || rows != Array(lines.dropFirst())
      try copy.write(file, (([lines[0]] + rows).joined(separator: "\n") + "\n").utf8)
    }
    #expect(isChanged)
    let after = try AsItStands(copy.request())
    expectSameBits(after.pupils, before.pupils, "pupils")
    expectSameBits(after.places, before.places, "places")
  }
}
