import CapitalProgramme
import PlacePlanning
import TestSupport
import Testing

/// What section 106 agreements bring to a problem, by hand. The years are 2018/19 to 2021/22; building prices rise by 5% a year.
@Suite struct AgreementMoneyTests {
  /// Received in a year by its position, or when so many homes are finished.
  private func agreement(
    _ amount: Money = cash(100_000), homes: Double? = nil, receivedIn: Int? = nil,
    agreedOn: String = "2017-06-01", within years: Int? = nil, by deadline: Int? = nil
  ) throws -> Section106Agreement {
    Section106Agreement(
      key: "deed", name: "Deed", site: homes.map { _ in "site" }, triggerHomes: homes ?? 0, amount: amount,
      receivedIn: receivedIn.map { HandPlan.first + $0 },
      agreedOn: try #require(CalendarDate(label: agreedOn)), spendWithinYears: years,
      spendBy: deadline.map { HandPlan.first + $0 }, rule: FundingRule(kinds: [.expansion]), mark: .given)
  }

  /// 20, 60 and 100 homes of the site are finished by September 2019, 2020 and 2021.
  private func problem(_ agreement: Section106Agreement) -> ProgrammeProblem {
    var hand = HandPlan()
    hand.inflation = 0.05
    hand.agreements = [agreement]
    let site = HousingSite(
      key: "site", name: "Site", dwellingType: "house", dwellings: 100, primaryArea: PlanningAreaCode("P"),
      secondaryArea: PlanningAreaCode("S"), firstCompletions: AcademicYear(2019), homesPerYear: 40)
    return ProgrammeProblem(hand.plan, cells: [], sites: [site])
  }

  private func received(_ agreement: Section106Agreement) -> [[FinancialYear: Int]] {
    problem(agreement).pots.map(\.received)
  }

  /// The middle of the first quarter of 2016 is 2016.125, that of 2018/19 2018.75: 1.05 to the power 2.625 is 1.1366373. To 2020/21 it is
  /// 1.05 to the power 4.625, 1.2531426; to 2016/17, from when it is in hand, 1.05 to the power 0.625, 1.0309636. Parts of a pound are left
  /// off.
  @Test func `an amount in old prices is raised to the year in which it comes, and cash is not`() throws {
    let old = Money(pounds: 100_000, priceBase: .quarter(year: 2016, quarter: 1))
    let first = HandPlan.first
    #expect(received(try agreement(old, receivedIn: 0)) == [[first: 113_663]])
    #expect(received(try agreement(old, homes: 60)) == [[first + 2: 125_314]])
    #expect(received(try agreement(old, receivedIn: -2)) == [[first: 103_096]])
    #expect(received(try agreement(homes: 60)) == [[first + 2: 100_000]])
  }

  @Test(arguments: [(20.0, 1), (21, 2), (100, 3)])
  func `money comes in the year by whose September enough homes are finished`(_ homes: Double, _ year: Int)
    throws
  {
    #expect(received(try agreement(homes: homes)) == [[HandPlan.first + year: 100_000]])
  }

  @Test func `money of homes that are never finished does not come`() throws {
    let problem = problem(try agreement(homes: 101))
    #expect(problem.pots.isEmpty && problem.notArrived.map(\.key) == ["deed"])
  }

  /// From the year of receipt, two years before the first, five years end in the fourth.
  @Test(
    arguments: [
      (0, nil, nil, nil), (0, 2, nil, 2), (0, nil, 1, 1), (0, 2, 1, 1), (0, 1, 3, 1), (-2, 5, nil, 3),
    ] as [(Int, Int?, Int?, Int?)])
  func `the earlier of two deadlines counts, one of them from the year of receipt`(
    _ receivedIn: Int, _ years: Int?, _ deadline: Int?, _ wanted: Int?
  ) throws {
    let pots = problem(try agreement(receivedIn: receivedIn, within: years, by: deadline)).pots
    #expect(pots.map(\.spendBy) == [wanted.map { HandPlan.first + $0 }])
  }

  /// In force from 6 April 2010 to 31 August 2019.
  @Test(
    arguments: [
      ("2010-04-05", nil), ("2010-04-06", "deed"), ("2019-08-31", "deed"), ("2019-09-01", nil),
    ] as [(String, String?)])
  func `an agreement of the years of the pooling rule counts among five`(_ day: String, _ wanted: String?)
    throws
  {
    let pots = problem(try agreement(receivedIn: 0, agreedOn: day)).pots
    #expect(pots.map(\.pooledObligation) == [wanted])
  }
}
