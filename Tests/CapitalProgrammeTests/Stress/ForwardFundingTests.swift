import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// Section 106 money that homes bring, spent before it comes: a town of one scheme, worked by hand.
@Suite struct ForwardFundingTests {
  /// One agreement of 500,000 due in 2018, of which the scheme spends 100,000 in 2018 and 200,000 in 2019.
  private func town(homes: [AcademicYear?], within: Int? = nil, by deadline: Int? = nil) throws -> SmallTown {
    var town = SmallTown()
    town.schemes = [SmallTown.scheme("one")]
    town.pupils = { _, _, _ in homes.map { _ in 0 } }
    town.draws = homes.count
    town.homes = ["site": homes]
    town.sites = [
      HousingSite(
        key: "site", name: "Site", dwellingType: "house", dwellings: 100, primaryArea: PlanningAreaCode("P1"),
        secondaryArea: PlanningAreaCode("S1"), firstCompletions: AcademicYear(2018), homesPerYear: 100)
    ]
    town.agreements = [
      Section106Agreement(
        key: "deed", name: "Deed", site: "site", triggerHomes: 50,
        amount: Money(pounds: 500_000, priceBase: .cash), receivedIn: nil,
        agreedOn: try #require(CalendarDate(label: "2017-06-01")), spendWithinYears: within,
        spendBy: deadline.map { FinancialYear($0) }, rule: FundingRule(kinds: [.expansion]), mark: .assumed)
    ]
    return town
  }

  private func programme(_ town: SmallTown) -> Programme {
    town.programme([
      .init(scheme: 0, payer: .pot(0), year: 0, pounds: 100_000),
      .init(scheme: 0, payer: .pot(0), year: 1, pounds: 200_000),
    ])
  }

  @Test func `homes two years late in one of four draws, and never in another`() throws {
    let town = try town(homes: [AcademicYear(2018), AcademicYear(2020), nil, AcademicYear(2018)])
    let test = town.stress(programme(town))
    let money = try #require(test.forwardFunding.first)
    #expect(test.forwardFunding.count == 1 && money.agreement == "deed" && money.planned == 300_000)
    #expect(money.wanted == FinancialYear(2018) && money.due == FinancialYear(2018))
    #expect(money.chance == 0.5 && money.chanceBeyond == 0.25)
    // 300,000 in each of the two draws.
    #expect(money.expectedPounds == 150_000)
    let years = test.forwardFundingYears
    #expect(years.map(\.year.start) == [2018, 2019, 2020, 2021, 2022])
    #expect(years.map(\.chance) == [0.5, 0.5, 0.25, 0.25, 0.25])
    #expect(years.map(\.spread.mean) == [50_000, 150_000, 75_000, 75_000, 75_000])
    // 4% a year of 425,000.
    expectClose(test.expectedForwardInterest, 17_000)
  }

  @Test func `a scheme that is late as well waits for nothing`() throws {
    var town = try town(homes: [AcademicYear(2018), AcademicYear(2021)])
    town.risks = ["building": DeliveryRisk(chanceOfYearLate: 1, meanOverrun: 0, overrunSpread: 0)]
    let test = town.stress(programme(town))
    #expect(test.forwardFunding.map(\.chance) == [0])
    #expect(test.forwardFundingYears.allSatisfy { $0.chance == 0 } && test.expectedForwardInterest == 0)
  }

  @Test func `money whose deadline moves with its homes is not lost by them, money with a date is`() throws {
    let homes: [AcademicYear?] = [AcademicYear(2018), AcademicYear(2020), nil]
    let moving = try town(homes: homes, within: 1)
    #expect(moving.stress(programme(moving)).datedMoney.map(\.chance) == [0])
    let dated = try town(homes: homes, by: 2019)
    let test = dated.stress(programme(dated))
    // Of three draws in two, of which one brings the money after the programme's last year.
    expectClose(try #require(test.datedMoney.first).chance, 2.0 / 3)
    expectClose(try #require(test.datedMoney.first).expectedPounds, 200_000)
  }

  @Test func `a deadline that moves is still a deadline`() throws {
    var town = try town(homes: [AcademicYear(2018), AcademicYear(2019), AcademicYear(2021)], within: 2)
    town.risks = ["building": DeliveryRisk(chanceOfYearLate: 1, meanOverrun: 0, overrunSpread: 0)]
    // Three years late: 2021 and 2022. Due by 2020, 2021 and 2023.
    let test = town.stress(programme(town))
    expectClose(try #require(test.datedMoney.first).chance, 2.0 / 3)
    expectClose(try #require(test.datedMoney.first).expectedPounds, (300_000 + 200_000) / 3.0)
  }

  @Test func `debt that the money was to repay stays until it comes`() throws {
    let town = try town(homes: [AcademicYear(2018), AcademicYear(2020)])
    let borrowed = town.programme(
      [.init(scheme: 0, payer: .borrowing, year: 0, pounds: 100_000)],
      repayments: [.init(scheme: 0, pot: 0, year: 1, pounds: 100_000)])
    let test = town.stress(borrowed)
    #expect(test.forwardFundingYears.map(\.spread.mean) == [0, 50_000, 0, 0, 0])
    #expect(test.forwardFunding.map(\.wanted.start) == [2019])
  }

  @Test func `homes that are finished already bring nothing to wait for`() throws {
    let town = try town(homes: [AcademicYear(2017), AcademicYear(2017)])
    let test = town.stress(programme(town))
    #expect(test.forwardFunding.isEmpty && test.forwardFundingYears.isEmpty)
  }

  @Test func `without money that homes bring there is nothing to say`() throws {
    var town = try town(homes: [AcademicYear(2020)])
    town.homes = [:]
    let test = town.stress(programme(town))
    #expect(test.forwardFunding.isEmpty && test.forwardFundingYears.isEmpty)
    #expect(test.expectedForwardInterest == 0)
  }
}
