import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// Two areas short of places in Reception and money for one scheme a year, by hand.
@Suite struct ApprovedStartsTests {
  /// `p` makes good 30 places a year and was approved for 2018/19, `q` 50; each costs what the grant brings in one of its two years.
  private func town(window: ClosedRange<Int> = 0...3) -> ProgrammeProblem {
    let pounds = 1_000
    var hand = HandPlan()
    hand.schemes = [
      handScheme("p", area: "P", cost: cash(pounds), build: 0, window: window, approved: 0),
      handScheme("q", area: "Q", places: 50, cost: cash(pounds), build: 0),
    ]
    hand.pots = [handPot("grant", [0: pounds, 1: pounds])]
    hand.cells = (0..<4).flatMap { year in
      [handCell(year, pupils: [90], places: 60), handCell(year, pupils: [110], places: 60, area: "Q")]
    }
    return hand.problem
  }

  @Test func `the scheme that makes good less waits, and what it would mean to start it as approved`() throws
  {
    let chosen = try #require(prioritise(town()).chosen)
    #expect(chosen.lines.map { [$0.scheme.key, $0.start.label] } == [["q", "2018/19"], ["p", "2019/20"]])
    #expect(chosen.unmetPlaceYears.with == 30)
    // Three years of 30, four of 50.
    #expect(chosen.schemeEffects.map(\.keptAwayAYear) == [50, 30])
    let kept = try #require(chosen.keepingApprovedStarts(ProgrammeOptions()))
    #expect(kept.schemes.map(\.key) == ["p"])
    let other = try #require(kept.programme)
    #expect(
      Set(other.lines.map { [$0.scheme.key, $0.start.label] }) == [["p", "2018/19"], ["q", "2019/20"]])
    #expect(other.unmetPlaceYears.with == 50)
    expectClose(try #require(kept.comparison.alternative).moreUnmet, 20)
  }

  @Test func `nothing is compared where no approved scheme could start as approved`() throws {
    let chosen = try #require(prioritise(town(window: 1...3)).chosen)
    #expect(chosen.keepingApprovedStarts(ProgrammeOptions()) == nil)
  }

  /// `q` makes good 50, `r` 40 and `p` 30; the grant pays for one in each of two years, and a third pot for `p` alone in 2020/21.
  private func three(approved r: Int) -> ProgrammeProblem {
    let pounds = 1_000
    var hand = HandPlan()
    hand.schemes = [
      handScheme("p", area: "P", cost: cash(pounds), build: 0, approved: 0),
      handScheme("q", area: "Q", places: 50, cost: cash(pounds), build: 0),
      handScheme("r", area: "R", places: 40, cost: cash(pounds), build: 0, approved: r),
    ]
    let own = FundingRule(kinds: Set(SchemeKind.allCases), scheme: "p")
    hand.pots = [
      handPot("grant", [0: pounds, 1: pounds], carries: false), handPot("own", [2: pounds], rule: own),
    ]
    hand.cells = (0..<4).flatMap { year in
      [
        handCell(year, pupils: [90], places: 60), handCell(year, pupils: [110], places: 60, area: "Q"),
        handCell(year, pupils: [100], places: 60, area: "R"),
      ]
    }
    return hand.problem
  }

  @Test func `an approved scheme that starts as approved stays there`() throws {
    let chosen = try #require(prioritise(three(approved: 1)).chosen)
    #expect(chosen.startYears == ["q": 0, "r": 1, "p": 2])
    // One year of 40 and two of 30.
    #expect(chosen.unmetPlaceYears.with == 100)
    let kept = try #require(chosen.keepingApprovedStarts(ProgrammeOptions()))
    #expect(kept.schemes.map(\.key) == ["p"] && kept.missing.isEmpty)
    // Four years of 50 and one of 40. Without `r` held, `q` would come in its place and 210 be missing.
    #expect(kept.programme?.startYears == ["p": 0, "r": 1])
    #expect(kept.programme?.unmetPlaceYears.with == 240)
  }

  @Test func `approved schemes that cannot all be paid for as approved, and what is missing`() throws {
    let chosen = try #require(prioritise(three(approved: 0)).chosen)
    let kept = try #require(chosen.keepingApprovedStarts(ProgrammeOptions()))
    #expect(kept.schemes.map(\.key) == ["p", "r"] && kept.programme == nil)
    #expect(kept.missing.map(\.year) == [0] && kept.missing.map(\.pounds) == [1_000])
  }

  @Test func `a rival plan may start its schemes as approved`() throws {
    let problem = town()
    let chosen = try #require(prioritise(problem).chosen)
    func figures(_ startsAsApproved: Bool) throws -> RivalOutcome.Figures {
      let rival = RivalPlan(
        key: "r", name: "r", area: PlanningAreaCode("P"), schemes: ["p"], startsAsApproved: startsAsApproved)
      return try #require(chosen.comparing([rival], in: problem, ProgrammeOptions()).first?.figures)
    }
    let (free, approved) = (try figures(false), try figures(true))
    #expect(free.openings == [AcademicYear(2019)] && free.unmet == 30 && free.unmetInAllAreas == 30)
    #expect(
      approved.openings == [AcademicYear(2018)] && approved.unmet == 0 && approved.unmetInAllAreas == 50)
  }

  /// More pounds than 32 bits hold, in a pot that only one scheme may use.
  @Test func `money in thousands of millions is searched like any other`() throws {
    let pounds = 3_000_000_000
    var hand = HandPlan()
    hand.schemes = [handScheme("p", cost: cash(2 * pounds), build: 0, profile: [0.5, 0.5])]
    let rule = FundingRule(kinds: Set(SchemeKind.allCases), scheme: "p")
    hand.pots = [handPot("own", [0: pounds, 1: pounds], rule: rule)]
    hand.cells = (0..<4).map { handCell($0, pupils: [90], places: 60) }
    let chosen = try #require(prioritise(hand.problem).chosen)
    #expect(chosen.isProven && chosen.unmetPlaceYears.with == 0 && chosen.cost == 2 * pounds)
  }
}
