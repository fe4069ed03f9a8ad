import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

private let rate = "housing.mill_lane.homes_per_year"
private let first = "housing.mill_lane.first_completions"

/// Mill Lane by year: 12 homes from April 2019 to March 2020, then 48 and 36.
private let years = [
  "mill_lane,2019/20,12,given,", "mill_lane,2020/21,48,given,", "mill_lane,2021/22,36,given,",
]

/// Homes by year from `housing_completions`, in place of a first year and a rate.
@Suite struct HomesByYearTests {
  /// The town, Mill Lane with so many homes, and without a rate.
  private func town(_ rows: [String] = years, dwellings: Int = 96) throws -> ModelCopy {
    let copy = try ModelCopy()
    try copy.giveHomesByYear(rows)
    try copy.removeAssumption(rate)
    try copy.replace(
      "Datasets/exampleton-housing-sites/data.csv", "house,100,", with: "house,\(dwellings),")
    return copy
  }

  private func site(
    _ copy: ModelCopy, _ values: [String: Double] = [:], scenario: String = "central"
  ) throws -> HousingSite {
    try #require(try copy.check(scenario: scenario, values).model.housing.sites.first)
  }

  private func completions(
    _ copy: ModelCopy, _ values: [String: Double] = [:], scenario: String = "central"
  ) throws -> [Double] {
    let site = try site(copy, values, scenario: scenario)
    return (2018...2023).map { site.completions(before: AcademicYear($0)) }
  }

  /// By September 2019 5/12 of 12, by 2020 12 and 20 of 48, by 2021 60 and 15 of 36.
  @Test func `they take the place of the rate`() throws {
    let copy = try town()
    #expect(try completions(copy) == [0, 5, 27, 43, 21, 0])
    let site = try site(copy)
    #expect(site.firstCompletions == AcademicYear(2019) && site.homesPerYear == 48)
    let checked = try copy.check()
    #expect(codes(checked.warnings).isEmpty)
    #expect(checked.model.datasets["housing_completions"]?.name == "exampleton-housing-completions")
  }

  /// 20 homes of Mill Lane bring 200,000: with its rate before September 2019, by year before September 2020.
  @Test func `they time section 106 money`() throws {
    func arrival(_ copy: ModelCopy) throws -> FinancialYear? {
      let model = try copy.check().model
      let agreement = try #require(model.capital?.agreements.first { $0.key == "mill_lane" })
      return agreement.arrival(from: model.housing.sites, by: FinancialYear(2023))
    }
    #expect(try arrival(ModelCopy()) == FinancialYear(2019))
    #expect(try arrival(town()) == FinancialYear(2020))
  }

  /// Slower by half, homes are those of 2.5, 8.5, 14.5, … months: 2.5, 8.5, 12 + 10, 12 + 34, 60 + 7.5. Twice as fast, those of 10 and 34
  /// months: 10, 60 + 30.
  @Test func `scenarios turn them`() throws {
    let copy = try town()
    #expect(try completions(copy, ["housing.delivery_shift": 2]) == [0, 0, 0, 5, 27, 43])
    #expect(try completions(copy, ["housing.delivery_shift": -1]) == [5, 27, 43, 21, 0, 0])
    #expect(try completions(copy, ["housing.delivery_shift": -10]) == [5, 27, 43, 21, 0, 0])
    #expect(try completions(copy, ["housing.delivery_factor": 0.5]) == [0, 2.5, 6, 13.5, 24, 21.5])
    #expect(try completions(copy, ["housing.delivery_factor": 2]) == [0, 10, 80, 6, 0, 0])
    #expect(try completions(copy, ["housing.delivery_factor": 0]) == [0, 0, 0, 0, 0, 0])
    #expect(
      try completions(copy, ["housing.delivery_factor": 2, "housing.delivery_shift": 1]) == [
        0, 0, 10, 80, 6, 0,
      ])
  }

  @Test func `a scenario that moves the first year moves them all`() throws {
    let copy = try town()
    #expect(try completions(copy, scenario: "late-homes") == [0, 0, 5, 27, 43, 21])
    #expect(try completions(copy, [first: 2021]) == [0, 0, 0, 5, 27, 43])
  }

  /// Homes to come may not be moved among those that are counted in the base year's rolls, nor those that are counted among them.
  @Test func `no change moves a site past the base year`() throws {
    func what(_ copy: ModelCopy, _ year: Double) throws -> [String] {
      try copy.faults([first: year]).errors.map {
        "\($0.code.rawValue) \($0.what) \($0.why)"
      }
    }
    let copy = try town()
    #expect(try completions(copy, [first: 2018]) == [5, 27, 43, 21, 0, 0])
    let refused =
      "E014 the change makes '\(first)' 2017 year only a whole number from 2018 to 2057 makes sense"
    #expect(try what(copy, 2017) == [refused])
    let begun = try town(["mill_lane,2016/17,24,given,", "mill_lane,2017/18,72,given,"])
    try begun.replace("Models/exampleton/assumptions/all.yaml", "value: 2019", with: "value: 2016")
    try begun.remove("Models/exampleton/scenarios/late-homes.yaml")
    try begun.remove("Models/exampleton/scenarios/late-and-few.yaml")
    #expect(try what(begun, 2016).isEmpty)
    #expect(
      try what(begun, 2018) == ["E014 the change makes '\(first)' 2018 year only 2016 makes sense"])
  }

  /// A first year beside years without any home is contradicted by them, and by no other year.
  @Test func `years without homes have no first one`() throws {
    let fault = try #require(
      try town(["mill_lane,2019/20,0,given,", "mill_lane,2020/21,0,given,"]).faults().errors.first)
    #expect(fault.code == .wrongValue)
    #expect(fault.what == "'\(first)' is 2019; housing_completions gives the site no homes")
    #expect(fault.fix == "remove the assumption; or correct the site's years")
  }

  @Test func `the first year need not be given`() throws {
    let copy = try town()
    try copy.removeAssumption(first)
    try copy.remove("Models/exampleton/scenarios/late-homes.yaml")
    try copy.remove("Models/exampleton/scenarios/late-and-few.yaml")
    #expect(try completions(copy) == [0, 5, 27, 43, 21, 0])
  }

  /// 60 homes by March 2017; a year later 24 and 5/12 of 36 are finished, and the others are to come.
  @Test(arguments: [(2015, ["W340 3:21"]), (2016, [])] as [(Int, [String])])
  func `a site of which nothing is to come says so`(_ first: Int, _ wanted: [String]) throws {
    let copy = try town(
      ["quarry,\(AcademicYear(first)),24,given,", "quarry,\(AcademicYear(first + 1)),36,given,"] + years)
    try copy.replace(
      "Datasets/exampleton-housing-sites/data.csv", "house,96,P1,S1\n",
      with: "house,96,P1,S1\nquarry,Quarry,house,60,P1,S1\n")
    let checked = try copy.check()
    #expect(codes(checked.warnings) == wanted)
    let what = "60 homes of quarry are finished by September 2017, in the base year's rolls"
    #expect(checked.warnings.diagnostics.allSatisfy { $0.what == what })
  }

  /// 24 homes of 2016/17 and 5/12 of the 36 of 2017/18.
  @Test func `of a site that has begun the homes to come are late`() throws {
    let copy = try town(
      ["quarry,2016/17,24,given,", "quarry,2017/18,36,given,survey"] + years)
    try copy.replace(
      "Datasets/exampleton-housing-sites/data.csv", "house,96,P1,S1\n",
      with: "house,96,P1,S1\nquarry,Quarry,house,60,P1,S1\n")
    let checked = try copy.check()
    #expect(checked.warnings.diagnostics.isEmpty)
    let late = try copy.check(["housing.delivery_shift": 3]).model
    let quarry = try #require(late.housing.sites.first { $0.key == "quarry" })
    #expect((2016...2021).map { quarry.finished(by: AcademicYear($0)) } == [10, 39, 39, 39, 39, 60])
    // Half a planned year after September 2017, six more months of 36 homes a year are over: 24 + 33.
    let slow = try copy.check(["housing.delivery_factor": 0.5]).model
    let built = try #require(slow.housing.sites.first { $0.key == "quarry" })
    #expect((2016...2019).map { built.finished(by: AcademicYear($0)) } == [10, 39, 57, 60])
  }

  @Test func `homes that no year has come after the forecast`() throws {
    let checked = try town(dwellings: 120).check()
    #expect(codes(checked.warnings) == ["W304 2:27"])
    let warning = try #require(checked.warnings.diagnostics.first)
    #expect(warning.what == "Mill Lane: 96 of 120 homes are finished by 2023/24")
    #expect(
      warning.why
        == "its years add to 96: what they lack counts as built after 2023/24; the rest would bring pupils after "
        + "the years that are projected")
    #expect(
      warning.fix
        == "check how many homes it has, and how many are given for each year; if it is built so slowly, leave it"
    )
  }

  /// A first year of its own, a rate, a gap, too many homes and a site that is none.
  @Test func `what files say against each other is found at once`() throws {
    let copy = try ModelCopy()
    try copy.giveHomesByYear([
      "mill_lane,2018/19,12,given,", "mill_lane,2020/21,90,given,", "mill_lan,2019/20,5,given,",
    ])
    let list = try copy.faults()
    #expect(codes(list) == ["E113 2:19", "E204 3:11", "E201 4:1", "E014 26:1", "E012 34:1"])
    let found = list.sorted.diagnostics
    #expect(
      found.map(\.what) == [
        "the years of 'mill_lane' add to 102 homes; housing_sites gives it 100",
        "'mill_lane' has a row for 2018/19 and one for 2020/21, and none for 2019/20",
        "there is no housing site 'mill_lan'",
        "'\(first)' is 2019; by housing_completions the site's first homes are finished before September 2018",
        "nothing uses assumption '\(rate)': housing_completions gives the site's homes by year",
      ])
    #expect(found[2].fix == "did you mean 'mill_lane'?")
  }

  /// From 2014 on, half a year's homes and three years' are more than the site holds; at 10 a year 55 are there from 2012 on, and 65 from
  /// 2011 on.
  @Test(
    arguments: [(2014, 40, 100), (2016, 40, nil), (2012, 10, nil), (2011, 10, 65)] as [(Double, Double, Int?)]
  )
  func `homes at a rate that were finished long ago are named`(
    _ year: Double, _ homes: Double, _ found: Int?
  ) throws {
    let warnings = try ModelCopy().check([first: year, rate: homes]).warnings.diagnostics
    #expect(
      warnings.filter { $0.code == .homesCountedAlready }.map(\.what)
        == [found].compactMap(\.self).map {
          "\($0) homes of mill_lane are finished by September 2017, in the base year's rolls"
        })
  }

  @Test func `what a cell may not be is found at once`() throws {
    let list = try town([
      "mill_lane,2018/19,-1,given,", "mill_lane,2019/20,1.5,given,", "mill_lane,2020/21,3,given,",
      "mill_lane,2020/21,4,given,", "mill_lane,2021,4,given,", "mill_lane,2022/23,,given,",
      "mill_lane,2023/24,4,guessed,",
    ]).faults()
    #expect(
      codes(list) == [
        "E113 2:19", "E111 3:19", "E114 5:1", "E115 6:11", "E112 7:19", "E115 8:21",
      ])
  }

  @Test func `a wider gap is named whole, and sites without rows keep their rate`() throws {
    let list = try town(["mill_lane,2019/20,12,given,", "mill_lane,2023/24,12,given,"]).faults()
    #expect(
      list.errors.map(\.what) == [
        "'mill_lane' has a row for 2019/20 and one for 2023/24, and none for 2020/21 to 2022/23"
      ])
    let other = try town(["quarry,2019/20,12,given,"]).faults()
    #expect(Set(other.errors.map(\.code)) == [.unknownCode, .missingKey])
  }

  /// What `places import housing` writes is the role as it stands.
  @Test func `an imported trajectory is read as it stands`() throws {
    let text = "Ref,Site,Total,2018/19,2019/20,2020/21,2021/22\nmill_lane,Mill Lane,96,0,12,48,36\n"
    let imported = try importText(.housing, text) { $0.source = "places-project" }
    #expect(imported.role == "housing_completions")
    #expect(try imported.text("README.md").contains("## In a model\n\n`data.csv` is what the role"))
    let copy = try town()
    for file in imported.files where file.name.hasPrefix("data.") {
      try copy.write("Datasets/exampleton-housing-completions/\(file.name)", file.data)
    }
    #expect(try completions(copy) == [0, 5, 27, 43, 21, 0])
    #expect(codes(try copy.check().warnings).isEmpty)
  }
}
