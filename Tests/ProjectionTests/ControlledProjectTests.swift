import PlacePlanning
import Projection
import TestSupport
import Testing

/// A projection held to control totals, worked by hand: 100 pupils in every primary year group, 105 in Years 7 to 11.
struct ControlledProjectTests {
  private let p = HandModel.p
  private let s = HandModel.s
  private func year(_ start: Int) -> AcademicYear { AcademicYear(start) }
  private func group(_ number: Int) throws -> YearGroup { try #require(YearGroup(number: number)) }

  private func pupils(
    _ totals: [AcademicYear: [Phase: ControlPlan.Totals]], sites: [HousingSite] = []
  ) throws -> TrajectorySet {
    var hand = HandModel()
    hand.control = ControlPlan(totals: totals)
    hand.sites = sites
    hand.yields = ["house": PupilYield(byAge: [.reception: [0.5, 0.5, 0.5, 0.5]])]
    return try project(try hand.model)
  }

  @Test("a year group's total is met, booked, and carried on")
  func yearGroup() throws {
    let pupils = try pupils([year(2018): [.primary: .init(yearGroups: [.reception: 120])]])
    expectClose(pupils.central[p, .reception, year(2018)], 120)
    expectClose(pupils.central[p, try group(1), year(2018)], 100)
    expectClose(pupils.central[p, try group(1), year(2019)], 120)
    expectClose(pupils.central[p, .reception, year(2019)], 100)
    let entries = pupils.ledger.entries.filter { $0.area == p && $0.year == year(2018) }
    let reception = try #require(entries.first { $0.yearGroup == .reception })
    expectClose(reception.intake, 100)
    expectClose(reception.control, 20)
    #expect(reception.closing == pupils.central[p, .reception, year(2018)])
    #expect(entries.filter { $0.yearGroup != .reception }.allSatisfy { $0.control == 0 })
    #expect(pupils.ledger.worstResidual <= 1e-9)
  }

  @Test("a phase's total scales its year groups alike, and no other phase's")
  func whole() throws {
    let pupils = try pupils([year(2018): [.secondary: .init(whole: 630)]])
    for number in 7...11 { expectClose(pupils.central[s, try group(number), year(2018)], 126) }
    expectClose(pupils.central[s, try group(12), year(2018)], 40)
    expectClose(pupils.central[s, try group(13), year(2018)], 30)
    expectClose(pupils.central[p, .year6, year(2018)], 100)
    // Year 8 of a year on comes from 126.
    expectClose(pupils.central[s, try group(8), year(2019)], 126)
  }

  /// 20 homes before 2018/19 bring 10 to Reception: 110, held to 55. The half that is left of theirs, 5, is not counted again: a
  /// year on Year 1 has the other 50, and Reception 100 and the 30 of the 60 homes that stand then.
  @Test("pupils of new homes are scaled as all others are, and counted once")
  func homes() throws {
    let site = HousingSite(
      key: "site", name: "Site", dwellingType: "house", dwellings: 60, primaryArea: p, secondaryArea: s,
      firstCompletions: year(2018), homesPerYear: 40)
    let held = try pupils([year(2018): [.primary: .init(yearGroups: [.reception: 55])]], sites: [site])
    expectClose(held.central[p, .reception, year(2018)], 55)
    expectClose(held.fromHousing(p, .reception, year(2018)), 5)
    expectClose(held.central[p, try group(1), year(2019)], 50)
    expectClose(held.central[p, .reception, year(2019)], 130)
    #expect(held.ledger.worstResidual <= 1e-9)
  }

  @Test("totals that are met already change no bit; none at all neither")
  func met() throws {
    let free = try pupils([:])
    let held = try pupils([year(2018): [.primary: .init(yearGroups: [.reception: 100], whole: nil)]])
    for start in 2018...2020 {
      for number in 0...6 {
        #expect(
          free.central[p, try group(number), year(start)] == held.central[p, try group(number), year(start)])
      }
    }
  }
}

/// Births taken from a model's own women.
struct FertilityProjectTests {
  /// 125 births of 1,250 women, then 1,500 and 1,000 women: 150 and 100 births.
  @Test("a fixed rate: births by the model's women, by its own rate or a given one")
  func fixedRate() throws {
    var hand = HandModel()
    hand.horizonYears = 5
    hand.futureBirths = .fixedRate
    hand.futureBirthsFactor = 1.2
    func women(_ all: Double) -> [Int: Double] {
      Dictionary(uniqueKeysWithValues: FertilityPlan.fertileAges.map { ($0, all / 30) }).merging([50: 999]) {
        $1
      }
    }
    let years = [2014: 1250.0, 2015: 1250, 2016: 1250, 2017: 1500, 2018: 1000, 2019: 1000]
    for (given, wanted) in [(nil, [180.0, 120]), (["D": 0.2], [360.0, 240])] {
      hand.fertility = FertilityPlan(women: ["D": years.mapValues(women)], generalRates: given)
      let cohorts = try #require(try project(try hand.model).births.cohorts[HandModel.p])
      // Known births are left alone, and the factor acts on those to come.
      expectClose(cohorts[AcademicYear(2019)], 125)
      expectClose(cohorts[AcademicYear(2020)], (1250 + 2 * wanted[0]) / 12)
      expectClose(cohorts[AcademicYear(2021)], (10 * wanted[0] + 2 * wanted[1]) / 12)
    }
  }

  /// Ages 0 to 44, 100 women each; all survive, those of 44 leave. Births at 0.05 from 15 to 44: half of 30 ages' and half of
  /// the next year's 30 ages'.
  @Test("a cohort component: births by the model's women, carried forward by age")
  func cohortComponent() throws {
    var hand = HandModel()
    hand.horizonYears = 5
    hand.futureBirths = .cohortComponent
    let ages = 0...44
    func all(_ value: (Int) -> Double) -> [Int: Double] {
      Dictionary(uniqueKeysWithValues: ages.map { ($0, value($0)) })
    }
    hand.fertility = FertilityPlan(
      women: ["D": [2016: all { $0 == 14 ? 160 : 100 }]], rates: ["D": all { $0 >= 15 ? 0.05 : 0 }],
      survival: all { $0 < 44 ? 1 : 0 }, survivalFromBirth: 1,
      migration: ["D": all { $0 == 20 ? 10 : 0 }])
    let cohorts = try #require(try project(try hand.model).births.cohorts[HandModel.p])
    // 2016: 3,000 women; 2017: 3,000 + 60 and 10 who come, of whose year half counts; 2018: 10 more.
    let first = 0.05 * (3000 + 3070) / 2
    let second = 0.05 * (3070 + 3080) / 2
    expectClose(cohorts[AcademicYear(2020)], (1250 + 2 * first) / 12)
    expectClose(cohorts[AcademicYear(2021)], (10 * first + 2 * second) / 12)
  }

  @Test("more women leaving than there are is refused, with the district, the year and the age")
  func impossible() throws {
    var hand = HandModel()
    hand.horizonYears = 5
    hand.futureBirths = .cohortComponent
    let ages = Dictionary(uniqueKeysWithValues: (0...44).map { ($0, 100.0) })
    hand.fertility = FertilityPlan(
      women: ["D": [2016: ages]], rates: ["D": [30: 0.1]], survival: ages.mapValues { _ in 1 },
      migration: ["D": ages.mapValues { _ in -150 }])
    let model = try hand.model
    let list = #expect(throws: (any Error).self) { try project(model) }
    #expect("\(try #require(list))".contains("E248"))
    #expect("\(try #require(list))".contains("district 'D', year 2017, age 0"))
  }
}
