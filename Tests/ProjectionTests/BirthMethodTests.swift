import Diagnostics
import Foundation
import NumericCore
import PlacePlanning
import Projection
import TestSupport
import Testing

/// Two districts: births of `D` rise by 20 a year, those of `E` stand still.
let twoDistricts = BirthTable(districts: [
  "D": [2014: 100, 2015: 120, 2016: 140], "E": [2014: 200, 2015: 200, 2016: 200],
])

/// The ways of carrying births forward, worked by hand.
struct BirthMethodTests {
  /// D: (3 x 140 + 2 x 120 + 100) / 6 = 126.667.
  @Test("level: the 3:2:1 mean")
  func level() throws {
    let series = try BirthMethod.level.births(known: twoDistricts, years: [2015, 2017, 2020])
    #expect(series.districts["D"]?[2015] == 120)
    for year in [2017, 2020] {
      expectClose(series.districts["D"]?[year], 760.0 / 6)
      expectClose(series.districts["E"]?[year], 200)
    }
    #expect(series.districts["D"]?[2016] == nil, "only what was asked for")
  }

  /// All births of 2016 are 340; the 3:2:1 means are 760 / 6 and 200, together 1960 / 6.
  @Test("latest: all districts' last year, shared by their 3:2:1 means")
  func latest() throws {
    let series = try BirthMethod.latest.births(known: twoDistricts, years: [2016, 2017, 2020])
    #expect(series.districts["D"]?[2016] == 140)
    for year in [2017, 2020] {
      expectClose(series.districts["D"]?[year], 340.0 * 760 / 1960)
      expectClose(series.districts["E"]?[year], 340.0 * 1200 / 1960)
    }
  }

  @Test("a model that says nothing holds births at the latest year", arguments: [1, 1.2])
  func latestIsTheModels(factor: Double) throws {
    var hand = HandModel()
    hand.horizonYears = 6
    hand.futureBirths = .latest
    hand.births["D"]?[2015] = 140
    hand.births["D"]?[2016] = 170
    hand.futureBirthsFactor = factor
    let cohorts = try #require(try project(try hand.model).births.cohorts[HandModel.p])
    expectClose(cohorts[AcademicYear(2021)], 170 * factor)
    expectClose(cohorts[AcademicYear(2020)], (1700 + 2 * 170 * factor) / 12)
    expectClose(cohorts[AcademicYear(2019)], (1400 + 340) / 12)
  }

  /// D: rates 0.1, 0.12, 0.14, mean 0.76 / 6; with 1,200 women 152 births. E: 0.1 of 2,000, then of 1,900.
  @Test("fixed rate: births per woman, times women")
  func fixedRate() throws {
    let women = [
      "D": [2014: 1000.0, 2015: 1000, 2016: 1000, 2017: 1200, 2018: 900],
      "E": [2014: 2000.0, 2015: 2000, 2016: 2000, 2017: 1900, 2018: 1900],
    ]
    let recent = try BirthMethod.fixedRate(.init(women: women, rate: .recent))
      .births(known: twoDistricts, years: [2017, 2018], futureFactor: 0.5)
    expectClose(recent.districts["D"]?[2017], 76)
    expectClose(recent.districts["D"]?[2018], 57)
    expectClose(recent.districts["E"]?[2018], 95)
    let given = try BirthMethod.fixedRate(.init(women: women, rate: .given(["D": 0.06, "E": 0.05])))
      .births(known: twoDistricts, years: [2016, 2017, 2018])
    #expect(given.districts["D"]?[2016] == 140)
    expectClose(given.districts["D"]?[2017], 72)
    expectClose(given.districts["E"]?[2017], 95)
  }

  /// Ages 0 to 2 and 3 and over. D, 2017: 100 of age 1, 40 of age 2, 30 + 10 of 3 and over; births 0.5 x (80 + 100) / 2 +
  /// 0.25 x (60 + 40) / 2 = 57.5, of which 57.5 / 2 x 0.9 = 25.875 girls at the year's end. 2018: 25.875, 50, 20 + 10;
  /// births 0.5 x 125.875 / 2 + 0.25 x 90 / 2 = 42.71875. E, where 4 of age 1 come each year: 2017 births 0.5 x 4 / 2 = 1;
  /// 2018 ages 0.45 + 4 and 2, births 0.5 x (4 + 4.45) / 2 + 0.25 x 2 / 2 = 2.3625.
  @Test("cohort component: women by age")
  func cohortComponent() throws {
    let method = handWomen()
    let path = try method.projected(to: 2018)
    func women(_ year: Int, _ column: Int) -> [Double] {
      (0..<4).map { path.women[year]?[$0, column] ?? .nan }
    }
    #expect(path.women[2018]?.rows.labels == ["0", "1", "2", "3"])
    #expect(path.women[2018]?.columns.labels == ["D", "E"])
    #expect(women(2016, 0) == [100, 80, 60, 40])
    for (found, wanted) in zip(women(2017, 0), [25.875, 100, 40, 40]) { expectClose(found, wanted) }
    for (found, wanted) in zip(women(2018, 0), [42.71875 * 0.45, 25.875, 50, 30]) {
      expectClose(found, wanted)
    }
    for (found, wanted) in zip(women(2018, 1), [2.3625 * 0.45, 4.45, 2, 0]) { expectClose(found, wanted) }
    let series = try BirthMethod.cohortComponent(method)
      .births(known: twoDistricts, years: [2016, 2017, 2018], futureFactor: 1.1)
    #expect(series.districts["D"]?[2016] == 140)
    expectClose(series.districts["D"]?[2017], 57.5 * 1.1)
    expectClose(series.districts["D"]?[2018], 42.71875 * 1.1)
    expectClose(series.districts["E"]?[2018], 2.3625 * 1.1)
  }

  @Test("a last age that does not survive into itself closes the group")
  func closedGroup() throws {
    let method = CohortComponent(
      baseYear: 2016, women: ["D": [0, 10, 8]],
      schedules: ["D": .init(survivalFromBirth: 1, survival: [1, 0.5, 0], fertility: [0, 0, 0])])
    #expect(try method.projected(to: 2018).women[2017]?.values == [0, 0, 5])
    #expect(try method.projected(to: 2018).women[2018]?.values == [0, 0, 0])
    #expect(method.girlsShare == 100.0 / 205)
  }

  /// Logs 0, L and 2 L, L = log 2, damping a half. The first error is L; the second is least, L / 2, when the first is
  /// taken in wholly. Level 2 L, trend L / 2 + L / 2.
  @Test("trend: births that doubled twice go on rising, by less each year")
  func trend() throws {
    let known = BirthTable(districts: [
      "D": [2014: 25, 2015: 50, 2016: 100], "E": [2014: 75, 2015: 150, 2016: 300],
    ])
    let series = try BirthMethod.trend(.init(damping: 0.5)).births(known: known, years: [2016, 2017, 2018])
    expectClose(series.districts["D"]?[2017], 25 * pow(2, 2.5))
    expectClose(series.districts["E"]?[2017], 75 * pow(2, 2.5))
    expectClose(series.districts["E"]?[2018], 75 * pow(2, 2.75))
    #expect(BirthTrend().damping == 0.8)
  }

  @Test("births that stand still have no trend")
  func still() throws {
    let known = BirthTable(districts: ["D": [2013: 90, 2014: 90, 2015: 90, 2016: 90]])
    for method in [BirthMethod.level, .trend(.init())] {
      let series = try method.births(known: known, years: [2017, 2025])
      expectClose(series.districts["D"]?[2025], 90)
    }
  }

  /// (3 x 90 + 2 x 0 + 60) / 6 = 55.
  @Test("a year in which nobody is born has no log, and does not stop births from being held")
  func nobody() throws {
    let known = BirthTable(districts: ["D": [2014: 60, 2015: 0, 2016: 90]])
    for (method, wanted) in [(BirthMethod.level, 55.0), (.latest, 90)] {
      let series = try method.births(known: known, years: [2017])
      expectClose(series.districts["D"]?[2017], wanted)
    }
  }

  @Test("a gap in the last three known years is refused by the model too: E248")
  func gap() throws {
    var hand = HandModel()
    hand.futureBirths = .latest
    hand.births["D"]?[2015] = nil
    let model = try hand.model
    let refusal = #expect(throws: DiagnosticList.self) { try project(model) }
    #expect(refusal?.errors.map(\.code) == [.birthsImpossible])
  }

  /// Reception 2021/22 draws on 10/12 of 2017 and 2/12 of 2018.
  @Test("a cohort from births to come")
  func cohort() throws {
    let series = try BirthMethod.cohortComponent(handWomen())
      .births(known: twoDistricts, years: BirthAlignment.years(reachingReceptionIn: [AcademicYear(2021)]))
    expectClose(
      series.cohort("D", reachingReceptionIn: AcademicYear(2021)), (57.5 * 10 + 42.71875 * 2) / 12)
    #expect(series.cohort("D", reachingReceptionIn: AcademicYear(2022)) == nil)
    let cohorts = [AcademicYear(2022), AcademicYear(2021)]
    #expect(BirthAlignment.years(reachingReceptionIn: cohorts) == [2017, 2018, 2019])
  }
}

/// The women of the hand-worked case.
func handWomen() -> CohortComponent {
  let schedule = CohortComponent.Schedule(
    survivalFromBirth: 0.9, survival: [1, 0.5, 0.5, 0.25], fertility: [0, 0.5, 0.25, 0])
  return CohortComponent(
    baseYear: 2016, women: ["D": [100, 80, 60, 40], "E": [0, 0, 0, 0]],
    schedules: ["D": schedule, "E": schedule],
    migration: ["D": [0, 0, 0, 0], "E": [0, 4, 0, 0]], girlsShare: 0.5)
}
