import PlacePlanning
import TestSupport
import Testing

struct HousingTests {
  private func site(_ dwellings: Double, _ rate: Double) -> HousingSite {
    HousingSite(
      key: "site", name: "Site", dwellingType: "house", dwellings: dwellings,
      primaryArea: PlanningAreaCode("P"), secondaryArea: PlanningAreaCode("S"),
      firstCompletions: AcademicYear(2019), homesPerYear: rate)
  }

  @Test(
    "half the rate in the first year, the full rate after it, no more than the site holds",
    arguments: [
      (100.0, 40.0, [0.0, 20, 40, 40, 0, 0]), (90, 40, [0, 20, 40, 30, 0, 0]), (15, 40, [0, 15, 0, 0, 0, 0]),
      (20, 40, [0, 20, 0, 0, 0, 0]), (1000, 30, [0, 15, 30, 30, 30, 30]),
    ])
  func completions(dwellings: Double, rate: Double, wanted: [Double]) {
    let found = (2018...2023).map { site(dwellings, rate).completions(before: AcademicYear($0)) }
    #expect(found == wanted)
  }

  @Test("no more homes a year than the site holds", arguments: [(100.0, 40.0, 40.0), (100, 200, 100)])
  func most(dwellings: Double, rate: Double, wanted: Double) {
    let plan = HousingPlan(sites: [site(dwellings, rate)], yields: [:], backgroundHomesPerYear: [:])
    #expect(plan.sites[0].mostInAYear == wanted && plan.fullRate(servedBy: PlanningAreaCode("S")) == wanted)
  }

  @Test("a site is moved as a whole, and its homes come at another rate")
  func moved() {
    func homes(_ factor: Double) -> [Double] {
      let later = site(100, 40).moved(to: AcademicYear(2021), paced: factor)
      return (2019...2024).map { later.completions(before: AcademicYear($0)) }
    }
    #expect(homes(1) == [0, 0, 20, 40, 40, 0] && homes(0.5) == [0, 0, 10, 20, 20, 20])
    #expect(homes(0).allSatisfy { $0 == 0 })
  }

  @Test("a yield is read by the home's age, stays level after its last one, and is nought before the home")
  func yields() {
    let yield = PupilYield(byAge: [.reception: [0.02, 0.05, 0.04], .year7: [0.01]])
    #expect(
      (-1...5).map { yield.pupilsPerDwelling(.reception, age: $0) } == [
        0, 0.02, 0.05, 0.04, 0.04, 0.04, 0.04,
      ])
    #expect(yield.pupilsPerDwelling(.year7, age: 9) == 0.01)
    #expect(yield.pupilsPerDwelling(.year6, age: 0) == 0)
  }

  @Test("a yield is scaled by phase; a phase without a factor stays")
  func scaled() {
    let yield = PupilYield(byAge: [.reception: [0.02, 0.04], .year7: [0.01]]).scaled(by: [.primary: 1.5])
    expectClose(yield.pupilsPerDwelling(.reception, age: 0), 0.03)
    expectClose(yield.pupilsPerDwelling(.reception, age: 8), 0.06)
    #expect(yield.pupilsPerDwelling(.year7, age: 0) == 0.01)
  }
}

struct BirthsTests {
  private let births = BirthTable(districts: [
    "A": [2012: 120, 2013: 60, 2014: 600], "B": [2012: 12, 2013: 24],
  ])

  /// September 2012 to August 2013 reach Reception in 2017/18: ten months of the year to June 2013, two of the next.
  @Test("a cohort is 10/12 of one year to June and 2/12 of the next")
  func cohort() {
    expectClose(births.cohort("A", reachingReceptionIn: AcademicYear(2016)), 110)
    expectClose(births.cohort("A", reachingReceptionIn: AcademicYear(2017)), 150)
    expectClose(births.cohort("B", reachingReceptionIn: AcademicYear(2016)), 14)
  }

  @Test("a cohort with a year missing is not counted")
  func missing() {
    #expect(births.cohort("B", reachingReceptionIn: AcademicYear(2017)) == nil)
    #expect(births.cohort("A", reachingReceptionIn: AcademicYear(2015)) == nil)
    #expect(births.cohort("C", reachingReceptionIn: AcademicYear(2016)) == nil)
  }

  @Test("the last known year is the last that every district has")
  func lastKnown() {
    #expect(births.lastKnownYear == 2013)
    #expect(BirthTable(districts: [:]).lastKnownYear == nil)
  }
}

struct RollTableTests {
  @Test("a cell that was not published is absent, and a total with it is too")
  func absent() {
    var rolls = RollTable()
    rolls[AcademicYear(2016), .reception] = 0
    rolls[AcademicYear(2017), .reception] = 30
    rolls[AcademicYear(2017), .year6] = 28
    #expect(rolls[AcademicYear(2016), .reception] == 0 && rolls[AcademicYear(2016), .year6] == nil)
    #expect(rolls.years == [AcademicYear(2016), AcademicYear(2017)])
    #expect(rolls.total(AcademicYear(2017), [.reception, .year6]) == 58)
    #expect(rolls.total(AcademicYear(2016), [.reception, .year6]) == nil)
    #expect(rolls.total(AcademicYear(2017), []) == 0)
  }
}
