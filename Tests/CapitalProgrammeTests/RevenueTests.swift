import CapitalProgramme
import PlacePlanning
import Testing

/// What schemes cost the revenue budget, worked by hand. Rates: growth fund 100 a place, start-up 5,000, 700 a missing year
/// group, hire 900 a class. What is stated by academic year falls 7/12 in the financial year in which that begins, to the pound.
@Suite struct RevenueTests {
  private func revenue(
    _ scheme: Scheme, years: Int, growth: Double = 0, startUp: Double = 0, missing: Double = 0,
    hire: Double = 0
  ) -> [Int] {
    var hand = HandPlan()
    hand.years = years
    hand.schemes = [scheme]
    hand.revenue = RevenueRates(
      growthFundPerPlace: [.primary: growth], newSchoolStartUp: [.primary: startUp],
      missingYearGroup: [.primary: missing], temporaryHire: hire, netRevenueStream: 0)
    return hand.problem.candidates[0].starts[0].revenue
  }

  @Test func `an expansion draws growth fund for each year group as it fills`() {
    // Opens in the second year with Reception; Years 1 to 6 follow. Then nothing is gained.
    #expect(
      revenue(handScheme("a"), years: 10, growth: 100)
        == [0, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 0, 0])
    let rest = revenue(handScheme("a"), years: 10, startUp: 5_000, missing: 700, hire: 900)
    #expect(rest.allSatisfy { $0 == 0 })
  }

  @Test func `half a pound of growth fund is rounded as it is written`() {
    // 15 times 8,463.30 is 126,949.50.
    #expect(
      revenue(handScheme("a", places: 15), years: 4, growth: 8_463.30) == [0, 126_950, 126_950, 126_950])
  }

  @Test func `a new school starts up and carries the year groups that it lacks`() {
    let school = handScheme("a", kind: .newSchool, places: 60)
    #expect(revenue(school, years: 9, startUp: 5_000) == [0, 5_000, 0, 0, 0, 0, 0, 0, 0])
    // Six groups are missing, then five, …: 4,200 is 2,450 + 1,750; 3,500 is 2,042 + 1,458; 2,800 is 1,633 + 1,167; 2,100 is
    // 1,225 + 875; 1,400 is 817 + 583; 700 is 408 + 292.
    #expect(
      revenue(school, years: 9, missing: 700) == [0, 2_450, 3_792, 3_091, 2_392, 1_692, 991, 292, 0])
    #expect(revenue(school, years: 9, missing: 700).reduce(0, +) == 21 * 700)
  }

  @Test func `a junior school never lacks the years below its own`() throws {
    let year3 = try #require(YearGroup(number: 3))
    let school = handScheme("a", kind: .newSchool, entry: year3)
    // Years 4, 5 and 6 are to come.
    #expect(revenue(school, years: 7, missing: 700) == [0, 1_225, 1_692, 991, 292, 0, 0])
    #expect(revenue(school, years: 7, growth: 100) == [0, 3_000, 3_000, 3_000, 3_000, 0, 0])
  }

  @Test func `a bulge class draws growth fund once and no hire`() {
    let bulge = handScheme("a", kind: .bulge)
    #expect(revenue(bulge, years: 5, growth: 100) == [0, 3_000, 0, 0, 0])
    #expect(revenue(bulge, years: 5, startUp: 5_000, missing: 700, hire: 900) == [0, 0, 0, 0, 0])
  }

  @Test func `a temporary block is hired by the class until it leaves`() {
    // 30 places in Reception, then in Reception and Year 1, then in three year groups; gone after three years.
    let block = handScheme("a", kind: .temporary, yearsOfUse: 3)
    // By academic year 900, 1,800 and 2,700: 525 + 375, 1,050 + 750, 1,575 + 1,125.
    #expect(revenue(block, years: 6, hire: 900) == [0, 525, 1_425, 2_325, 1_125, 0])
    #expect(revenue(block, years: 6, growth: 100) == [0, 3_000, 3_000, 3_000, 0, 0])
  }

  @Test func `schemes without mainstream places cost revenue nothing`() {
    let boiler = handScheme("a", kind: .condition)
    let all = revenue(boiler, years: 4, growth: 100, startUp: 5_000, missing: 700, hire: 900)
    #expect(all == [0, 0, 0, 0])
  }
}
