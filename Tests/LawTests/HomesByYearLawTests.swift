import ModelFiles
import PlacePlanning
import TestSupport
import Testing

@testable import Projection

/// Homes by year are homes at a rate where they say the same.
struct HomesByYearLawTests {
  private static let plan = UncertaintyPlan(
    births: 0.04, intakeArea: 0.04, intakeCounty: 0.02, survivalSampling: 0.12, survivalFloor: 0,
    survivalCounty: 0.007, transfer: 0, yield: 0.2, areaCorrelation: 0.1, siteDelay: 0.4, slowBuild: 0.3)

  /// The same site, its homes given for each year to 31 August.
  private func byYear(_ site: HousingSite, moved years: Int = 0) -> HousingSite {
    var homes: [Double] = []
    while homes.reduce(0, +) < site.dwellings {
      homes.append(site.completions(before: site.firstCompletions + homes.count))
    }
    return HousingSite(
      key: site.key, name: site.name, dwellingType: site.dwellingType, dwellings: site.dwellings,
      primaryArea: site.primaryArea, secondaryArea: site.secondaryArea,
      yearly: YearlyCompletions(homes, from: FinancialYear(site.firstCompletions.start), monthsByAugust: 12)
        .moved(by: years))
  }

  private func atRate(_ site: HousingSite, moved years: Int) -> HousingSite {
    HousingSite(
      key: site.key, name: site.name, dwellingType: site.dwellingType, dwellings: site.dwellings,
      primaryArea: site.primaryArea, secondaryArea: site.secondaryArea,
      firstCompletions: site.firstCompletions + years, homesPerYear: site.homesPerYear)
  }

  @Test("years that state what a rate gives have the same bits, moved or not", arguments: seeds)
  func sameBits(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    let sites = authority.sites
    for years in [0, 2] {
      authority.sites = sites.map { atRate($0, moved: years) }
      let rated = try project(authority.model)
      authority.sites = sites.map { byYear($0, moved: years) }
      expectSameBits(figures(try project(authority.model)), figures(rated), "by year, \(years) years late")
    }
  }

  @Test("their draws have the same bits, homes as well as pupils", arguments: Array(seeds.prefix(12)))
  func sameDraws(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    authority.uncertainty = Self.plan
    let rated = authority.model
    authority.sites = authority.sites.map { byYear($0) }
    let stated = authority.model
    let one = try simulateKeepingDraws(rated, try project(rated), draws: 40, seed: seed).draws
    let two = try simulateKeepingDraws(stated, try project(stated), draws: 40, seed: seed).draws
    for area in rated.areas {
      for group in area.phase.yearGroups {
        for year in rated.projectedYears {
          #expect(one[area.code, group, year] == two[area.code, group, year])
        }
      }
    }
    for site in rated.housing.sites {
      for homes in [1.0, site.dwellings / 2, site.dwellings] {
        #expect(one.homes.year(of: homes, on: site.key) == two.homes.year(of: homes, on: site.key))
      }
    }
  }

  /// A site planned for three years ahead: in every way, however late or slow, its homes come as those of the same site planned for the
  /// first year, three years later. 2018/19 is the first projected year; 5/12 of 48 is 20, of 120 50, of 204 85.
  @Test func `a slow site begins when it would have begun`() throws {
    var authority = RandomAuthority(seed: 1)
    authority.horizonYears = 9
    let model = authority.model
    let yearly = YearlyCompletions([48, 120, 204], from: FinancialYear(2018))
    func ways(_ yearly: YearlyCompletions) throws -> [[Double]] {
      let area = try #require(model.areas.first).code
      let site = HousingSite(
        key: "site", name: "Site", dwellingType: "house", dwellings: 372, primaryArea: area,
        secondaryArea: area, yearly: yearly)
      let homes = model.projectedYears.map(site.completions(before:))
      return HomesWay.all(Self.plan).map { $0.shifted(homes, from: HomesWay.firstYear(of: site, model)) }
    }
    let (early, late) = (try ways(yearly), try ways(yearly.moved(by: 3)))
    #expect(early[0] == [20, 78, 155, 119, 0, 0, 0, 0, 0])
    #expect(early[1] == [0, 20, 78, 155, 119, 0, 0, 0, 0])
    // By 2/3, 4/3, 2, 8/3, 10/3 and 4 planned years from the first September on: 13.3, 46, 98, 201.3, 292.7 and 372 homes.
    let slowly = [40.0 / 3, 98.0 / 3, 52, 310.0 / 3, 274.0 / 3, 238.0 / 3, 0, 0, 0]
    for (found, wanted) in zip(early[4], slowly) { expectClose(found, wanted, within: 1e-9) }
    for (one, other) in zip(early, late) {
      for (found, wanted) in zip(other, [0.0, 0, 0] + one) { expectClose(found, wanted, within: 1e-9) }
    }
  }

  /// 24 homes are finished by the base year, 2017/18, and none in the two years after them; 5/12 of 48 is 20, of 120 50.
  @Test func `a slow site that pauses goes on when it would have gone on`() throws {
    var authority = RandomAuthority(seed: 1)
    authority.horizonYears = 9
    let model = authority.model
    let area = try #require(model.areas.first).code
    let site = HousingSite(
      key: "site", name: "Site", dwellingType: "house", dwellings: 192, primaryArea: area,
      secondaryArea: area, yearly: YearlyCompletions([24, 0, 0, 48, 120], from: FinancialYear(2016)))
    let first = HomesWay.firstYear(of: site, model)
    #expect(first == 1)
    let homes = model.projectedYears.map(site.completions(before:))
    #expect(homes == [0, 20, 78, 70, 0, 0, 0, 0, 0])
    // From September 2018 on, by 2/3, 4/3, 2, 8/3 and 10/3 planned years: 13.3, 46, 98, 144.7 and 168 homes.
    let slowly = [0, 40.0 / 3, 98.0 / 3, 52, 140.0 / 3, 70.0 / 3, 0, 0, 0]
    for (found, wanted) in zip(HomesWay.all(Self.plan)[4].shifted(homes, from: first), slowly) {
      expectClose(found, wanted, within: 1e-9)
    }
  }

  /// Years from April to March of which 5/12 and 7/12 of the year before make 1562.5 and then 3125 homes before each September.
  @Test func `in a model's files as well`() throws {
    let (rated, stated) = (try ModelCopy(), try ModelCopy())
    for copy in [rated, stated] {
      try copy.replace("Datasets/exampleton-housing-sites/data.csv", "house,100,", with: "house,20000,")
    }
    let all = "Models/exampleton/assumptions/all.yaml"
    try rated.replace(all, "value: 40\n", with: "value: 3125\n")
    try stated.removeAssumption("housing.mill_lane.homes_per_year")
    try stated.giveHomesByYear([
      "mill_lane,2019/20,3750,given,", "mill_lane,2020/21,2250,given,", "mill_lane,2021/22,4350,given,",
      "mill_lane,2022/23,1410,given,", "mill_lane,2023/24,5526,given,",
    ])
    for scenario in ["central", "late-homes"] {
      let one = try validate(try load(rated.request(scenario: scenario))).model
      let two = try validate(try load(stated.request(scenario: scenario))).model
      #expect(one.housing.sites.first?.finished(by: AcademicYear(2023)) ?? 0 > 10_000)
      expectClose(
        figures(try project(two)), figures(try project(one)), within: 1e-9, "homes by year, \(scenario)")
      let last = FinancialYear(2023)
      let arrivals = [one, two].map { model in
        model.capital?.agreements.map { $0.arrival(from: model.housing.sites, by: last) }
      }
      #expect(arrivals[0] != nil && arrivals[0] == arrivals[1])
    }
  }
}
