import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// What single schemes do for what they cost, by hand. All plans have one year, so that nothing is discounted.
@Suite struct SchemeEffectTests {
  private func effects(_ change: (inout HandPlan) -> Void) throws -> [SchemeEffect] {
    var hand = HandPlan()
    hand.years = 1
    change(&hand)
    return try #require(prioritise(hand.problem).chosen).schemeEffects
  }

  private func scheme(
    _ key: String, _ cost: Int, kind: SchemeKind = .expansion, committed: Bool = false,
    requires: [String] = [], approved: Int? = nil
  ) -> Scheme {
    handScheme(
      key, kind: kind, area: key, cost: cash(cost), build: 0, window: 0...0, committed: committed,
      requires: requires, approved: approved)
  }

  /// 30, 20 and half a place: 33, 500,000 and 600,000 pounds each.
  @Test func `a scheme is dear beyond half a million for a place`() throws {
    let all = try effects { hand in
      hand.schemes = [scheme("p", 1_000), scheme("q", 10_000_000), scheme("r", 300_000)]
      hand.pots = [handPot("grant", [0: 10_301_000])]
      hand.cells = [
        handCell(0, pupils: [90], places: 60, area: "p"), handCell(0, pupils: [80], places: 60, area: "q"),
        handCell(0, pupils: [60.5], places: 60, area: "r"),
      ]
    }
    #expect(all.map(\.line.scheme.key) == ["p", "q", "r"])
    #expect(all.map(\.keptAwayAYear) == [30, 20, 0.5])
    #expect(all.map(\.cost) == [1_000, 10_000_000, 300_000])
    #expect(all.map(\.isDear) == [false, false, true])
    #expect(all.allSatisfy { $0.reasonWithoutNeed == nil && $0.savedFromReturn == 0 })
  }

  /// Its start costs 200,000 for half a place: 400,000 a place is not dear, for a quarter of one 800,000 is.
  @Test(arguments: [(60.5, false), (60.25, true)])
  func `a school that others build costs what it costs the revenue budget`(
    pupils: Double, isDear: Bool
  ) throws {
    let all = try effects { hand in
      hand.schemes = [scheme("p", 0, kind: .newSchool)]
      hand.revenue = RevenueRates(
        growthFundPerPlace: [:], newSchoolStartUp: [.primary: 200_000], missingYearGroup: [:],
        temporaryHire: 0, netRevenueStream: 0)
      hand.cells = [handCell(0, pupils: [pupils], places: 60, area: "p")]
    }
    let school = try #require(all.first)
    #expect(school.line.cost == 0)
    expectClose(school.cost, 200_000)
    expectClose(school.keptAwayAYear, pupils - 60)
    #expect(school.isDear == isDear && !school.keepsNone)
  }

  /// Nobody lacks a place. 400 of a deed go back in the year, and 600 are a grant that could be kept.
  @Test func `money that would go back chooses a scheme that nobody needs`() throws {
    let all = try effects { hand in
      hand.schemes = [scheme("p", 1_000)]
      hand.pots = [
        handPot("deed", [0: 400], source: .section106, spendBy: 0), handPot("grant", [0: 600]),
      ]
      hand.cells = [handCell(0, pupils: [50], places: 60, area: "p")]
    }
    let effect = try #require(all.first)
    #expect(effect.keepsNone && effect.savedFromReturn == 400)
    expectClose(effect.presentCost, -400)
    #expect(effect.reasonWithoutNeed == .moneyWouldGoBack(400))
  }

  /// p is approved and stands empty, q is needed. Without p, what must be spent in the year pays for q, and the rest is kept.
  @Test(arguments: [("a", "z"), ("z", "a")])
  func `money that another scheme may be paid with chooses none`(dated: String, kept: String) throws {
    let all = try effects { hand in
      hand.schemes = [scheme("p", 1_000, approved: 0), scheme("q", 1_000, committed: true)]
      hand.pots = [handPot(dated, [0: 1_000], spendBy: 0), handPot(kept, [0: 1_000])]
      hand.cells = [
        handCell(0, pupils: [50], places: 60, area: "p"), handCell(0, pupils: [80], places: 60, area: "q"),
      ]
    }
    #expect(all.map(\.reasonWithoutNeed) == [nil, .notShown])
  }

  @Test func `other reasons for a scheme that nobody needs`() throws {
    func reason(_ schemes: [Scheme], pupilsOfQ: Double = 50) throws -> [SchemeEffect.Reason?] {
      try effects { hand in
        hand.schemes = schemes
        hand.pots = [handPot("grant", [0: 2_000])]
        hand.cells = [
          handCell(0, pupils: [50], places: 60, area: "p"),
          handCell(0, pupils: [pupilsOfQ], places: 60, area: "q"),
        ]
      }.map(\.reasonWithoutNeed)
    }
    #expect(try reason([scheme("p", 1_000, committed: true)]) == [.committed])
    // The third aim keeps what is approved; the accounts do not show why.
    #expect(try reason([scheme("p", 1_000, approved: 0)]) == [.notShown])
    // q comes first in the lines, as it keeps 10 away.
    let needed = [scheme("p", 1_000), scheme("q", 1_000, requires: ["p"])]
    #expect(try reason(needed, pupilsOfQ: 70) == [nil, .needed(by: "q")])
  }

  /// A missing place counts nothing in the first aim, and 30 more would be missing all the same.
  @Test func `a scheme is needed where missing places have no weight`() throws {
    let all = try effects { hand in
      hand.schemes = [scheme("p", 1_000, committed: true)]
      hand.pots = [handPot("grant", [0: 1_000])]
      hand.cells = [handCell(0, pupils: [90], places: 60, area: "p", weight: 0)]
    }
    let effect = try #require(all.first)
    #expect(effect.line.unmetWithoutIt == 0 && effect.keptAwayAYear == 30)
    #expect(!effect.keepsNone && effect.reasonWithoutNeed == nil && !effect.isDear)
  }

  /// P and Q lack 10 and 12, and P's pupils may go to Q. Each scheme alone holds all of them.
  @Test func `pupils whom neighbours would have to place are counted`() throws {
    var plan = LinkedPlan()
    plan.hand.years = 1
    plan.need("P", 0, [70], places: 60)
    plan.need("Q", 0, [62], places: 50)
    plan.hand.schemes = [handScheme("q", area: "Q", build: 0, window: 0...0)]
    plan.hand.pots = [handPot("grant", [0: 1_000])]
    plan.link("P", "Q", 300)
    let effect = try #require(prioritise(plan.problem).chosen?.schemeEffects.first)
    expectClose(effect.keptAwayAYear, 22)
    expectClose(effect.line.unmetWithoutIt, 22)
  }
}
