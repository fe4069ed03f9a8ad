import PlacePlanning
import TestSupport
import Testing

@testable import Projection

/// Homes and the pupils who live in them come late together.
struct HomesDrawsLawTests {
  /// Only homes are uncertain.
  private static let plan = UncertaintyPlan(
    births: 0, intakeArea: 0, intakeCounty: 0, survivalSampling: 0, survivalFloor: 0, survivalCounty: 0,
    transfer: 0, yield: 0, areaCorrelation: 0, siteDelay: 0.4, slowBuild: 0.3)

  @Test func `by hand: a hundred homes at forty a year`() throws {
    // Half a year's homes in the first year: 20, 60 and 100 by the third September.
    let homes = [20.0, 40, 40, 0, 0]
    let ways = HomesWay.all(Self.plan)
    #expect(ways.map(\.delay) == [0, 1, 2, 3, 0, 1, 2, 3])
    #expect(ways.map(\.pace) == [1, 1, 1, 1, 1.5, 1.5, 1.5, 1.5])
    let chances = [0.6, 0.24, 0.096, 0.064]
    for (way, wanted) in zip(ways, chances.map { $0 * 0.7 } + chances.map { $0 * 0.3 }) {
      expectClose(way.probability, wanted)
    }
    #expect(ways[0].shifted(homes, from: 0) == homes)
    #expect(ways[2].shifted(homes, from: 0) == [0, 0, 20, 40, 40])
    // By 2/3, 4/3, 2, 8/3 and 10/3 planned years: 13.3, 33.3, 60, 86.7 and 100 homes.
    let slowly = [40.0 / 3, 20, 80.0 / 3, 80.0 / 3, 40.0 / 3]
    for (found, wanted) in zip(ways[4].shifted(homes, from: 0), slowly) {
      expectClose(found, wanted, within: 1e-9)
    }
  }

  @Test func `a slow site begins when it would have begun`() {
    // The same homes, three years later: in every way they come three years later, however far off the beginning is.
    let homes = [0.0, 0, 0, 20, 40, 40, 0, 0, 0, 0, 0]
    let early = [20.0, 40, 40, 0, 0, 0, 0, 0]
    for way in HomesWay.all(Self.plan) {
      let later = [0.0, 0, 0] + way.shifted(early, from: 0)
      for (found, wanted) in zip(way.shifted(homes, from: 3), later) {
        expectClose(found, wanted, within: 1e-9)
      }
    }
  }

  /// What remains of a site that has begun, two years late, begins two years late in slow draws too.
  @Test func `a slow site that has begun goes on when it would have gone on`() throws {
    let authority = RandomAuthority(seed: 1)
    let model = authority.model
    let stated = HousingSite(
      key: "site", name: "Site", dwellingType: "house", dwellings: 200,
      primaryArea: try #require(authority.areas(.primary).first).code,
      secondaryArea: try #require(authority.areas(.secondary).first).code,
      firstCompletions: model.baseYear, homesPerYear: 80)
    let late = stated.remaining(after: model.baseYear, late: 2, paced: 1)
    #expect(HomesWay.firstYear(of: stated, model) == 0 && HomesWay.firstYear(of: late, model) == 2)
    #expect((0...4).map { late.finished(by: model.baseYear + $0) } == [40, 40, 40, 120, 200])
  }

  /// One site, and nothing else uncertain: pupils of a draw tell the way that its homes came.
  @Test("in each draw a site's homes are as late as its pupils", arguments: Array(seeds.prefix(12)))
  func together(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    authority.horizonYears = 9
    authority.uncertainty = Self.plan
    authority.background = [:]
    for area in authority.areas { authority.background[area.code] = 0 }
    let area = try #require(authority.areas(.primary).first).code
    authority.sites = [
      HousingSite(
        key: "site", name: "Site", dwellingType: try #require(authority.yields.keys.min()), dwellings: 200,
        primaryArea: area, secondaryArea: try #require(authority.areas(.secondary).first).code,
        firstCompletions: authority.baseYear + 2, homesPerYear: 80)
    ]
    let model = authority.model
    let pupils = try project(model)
    let draws = try simulateKeepingDraws(model, pupils, draws: 60, seed: seed).draws
    let years = try #require(draws.homes.year(of: 100, on: "site"))
    let paths = try (0..<60).map { draw in
      try AreaPhase.primary.yearGroups.flatMap { group in
        try model.projectedYears.map { try #require(draws[area, group, $0])[draw] }
      }
    }
    let central = try AreaPhase.primary.yearGroups.flatMap { group in
      try model.projectedYears.map { try #require(pupils.central[area, group, $0]) }
    }
    func isClose(_ one: [Double], _ other: [Double]) -> Bool {
      zip(one, other).allSatisfy { abs($0 - $1) < 1e-6 }
    }
    for draw in 0..<60 {
      // 40, 120, 200 homes by the second, third and fourth September: a hundred by the third, where they are on time.
      if isClose(paths[draw], central) { #expect(years[draw] == model.baseYear + 3) }
      for other in 0..<draw where isClose(paths[draw], paths[other]) {
        #expect(years[draw] == years[other])
      }
    }
    // Slowly, a hundred homes are there after 1 + 1.75 x 1.5 years and the delay.
    let found = Set(years.map { $0.map { $0 - model.baseYear } ?? 99 })
    #expect(found.isSubset(of: [3, 4, 5, 6, 7, 8]) && found.count >= 4, "\(found)")
    #expect(draws.homes.year(of: 201, on: "site")?.allSatisfy { $0 == nil } == true)
    #expect(draws.homes.year(of: 0, on: "site")?.allSatisfy { $0 == model.baseYear } == true)
    #expect(draws.homes.year(of: 1, on: "another") == nil)
  }
}
