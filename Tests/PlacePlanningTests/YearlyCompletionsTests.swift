import PlacePlanning
import TestSupport
import Testing

/// Homes by years from April to March, counted by each 31 August.
struct YearlyCompletionsTests {
  /// None in 2018/19, then 48, 120, 204, 150 and 90: 612 in all.
  private let yearly = YearlyCompletions([0, 48, 120, 204, 150, 90], from: FinancialYear(2018))

  private func site(_ dwellings: Double, _ yearly: YearlyCompletions) -> HousingSite {
    HousingSite(
      key: "site", name: "Site", dwellingType: "house", dwellings: dwellings,
      primaryArea: PlanningAreaCode("P"), secondaryArea: PlanningAreaCode("S"), yearly: yearly)
  }

  private func finished(_ yearly: YearlyCompletions, _ years: ClosedRange<Int>) -> [Double] {
    years.map { yearly.finished(by: AcademicYear($0)) }
  }

  /// 5/12 of 48 is 20, of 120 50, of 204 85, of 150 62.5 and of 90 37.5.
  @Test func `five twelfths of a year are there by its September`() {
    #expect(finished(yearly, 2017...2025) == [0, 0, 20, 98, 253, 434.5, 559.5, 612, 612])
    let site = site(612, yearly)
    #expect(
      (2018...2025).map { site.completions(before: AcademicYear($0)) } == [
        0, 20, 78, 155, 181.5, 125, 52.5, 0,
      ])
    #expect(site.firstCompletions == AcademicYear(2019) && site.homesPerYear == 204)
    #expect(yearly.total == 612)
  }

  @Test func `years to 31 August are there by the September after them`() {
    let yearly = YearlyCompletions([20, 40, 40], from: FinancialYear(2019), monthsByAugust: 12)
    #expect(finished(yearly, 2018...2022) == [0, 20, 60, 100, 100])
  }

  @Test func `they move, and go through their years faster or slower`() {
    #expect(finished(yearly.moved(by: 2), 2019...2025) == [0, 0, 20, 98, 253, 434.5, 559.5])
    // By 2.5, 8.5, 14.5, 20.5, … months of the years as stated: 10, 34, 48 + 25, 48 + 85, 168 + 42.5, ….
    let slowly = yearly.paced(by: 0.5)
    #expect(finished(slowly, 2018...2024) == [0, 10, 34, 73, 133, 210.5, 312.5])
    #expect(finished(slowly, 2029...2030) == [612, 612])
    #expect(slowly.mostInAYear == 102)
    // By 10 and 34 months.
    #expect(finished(yearly.paced(by: 2), 2018...2022) == [0, 40, 338, 597, 612])
    #expect(finished(yearly.paced(by: 0), 2018...2040).allSatisfy { $0 == 0 })
  }

  /// Of 12, 48 and 36 homes a year: 60 in the first year at twice the pace, all 96 in it at five times; at three quarters of it years are
  /// those of 0.75, 1.5, 2.25 and 3 planned ones: 9, 36, 69 and 96 homes by their ends.
  @Test(arguments: [(1.0, 48.0), (2, 60), (5, 96), (0.75, 33), (0.5, 24), (0.25, 12), (0, 0)])
  func `the year with most is one that comes`(_ factor: Double, _ most: Double) {
    let planned = YearlyCompletions([12, 48, 36], from: FinancialYear(2019))
    expectClose(planned.paced(by: factor).mostInAYear, most)
    expectClose(site(96, planned.paced(by: factor)).mostInAYear, most)
  }

  @Test func `without homes nothing begins`() {
    let none = YearlyCompletions([0, 0], from: FinancialYear(2018))
    #expect(none.first == FinancialYear(2020) && none.homes.isEmpty && none.mostInAYear == 0)
    #expect(finished(none, 2015...2030).allSatisfy { $0 == 0 })
  }

  @Test func `no more homes than the site holds`() {
    #expect(site(100, yearly).finished(by: AcademicYear(2021)) == 100)
  }

  private func arrival(_ trigger: Double, _ site: HousingSite) throws -> FinancialYear? {
    let agreement = Section106Agreement(
      key: "deed", name: "Deed", site: "site", triggerHomes: trigger,
      amount: Money(pounds: 1, priceBase: .cash), receivedIn: nil,
      agreedOn: try #require(CalendarDate(label: "2018-01-01")), spendWithinYears: nil, spendBy: nil,
      rule: FundingRule(kinds: []), mark: .given)
    return agreement.arrival(from: [site], by: FinancialYear(2030))
  }

  /// The money of a home comes in the year of the September before which it is finished.
  @Test(arguments: [(1.0, 2019), (20, 2019), (21, 2020), (98, 2020), (99, 2021), (612, 2024)])
  func `an agreement is timed by them`(_ trigger: Double, _ year: Int) throws {
    #expect(try arrival(trigger, site(612, yearly)) == FinancialYear(year))
  }

  /// At 0.6 the months by August 2020 are those of 0.6 x 17 = 10.2, in which 85 of the first 100 homes are finished: a little fewer, as
  /// numbers are kept.
  @Test(arguments: [(85.0, 2020), (86, 2021)])
  func `no home is lost to rounding`(_ trigger: Double, _ year: Int) throws {
    let slowly = YearlyCompletions([100, 100, 100], from: FinancialYear(2019)).paced(by: 0.6)
    #expect(slowly.finished(by: AcademicYear(2020)) < 85)
    #expect(try arrival(trigger, site(300, slowly)) == FinancialYear(year))
  }
}
