import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// What the choice of a ranking by points costs when its money is as well used as a programme's.
@Suite struct RankingCostTests {
  private static let exact = ProgrammeOptions(gap: 1e-9, threads: 1)
  private static let weights = PointsWeights(committed: 100, need: 5, urgency: 2, condition: 1, value: 3)

  @Test func `what was borrowed is repaid when the agreement's money arrives, by hand`() {
    // 1,000 pounds to pay at once, 400 of them in hand; 300 arrive a year later. At 10% interest with MRP over two years from the
    // year after the next.
    var hand = HandPlan()
    hand.schemes = [handScheme("a", window: 0...0, life: 2)]
    hand.pots = [handPot("grant", [0: 400]), handPot("agreement", [1: 300], source: .section106)]
    hand.limit = [0: 600]
    hand.interest = 0.1
    let problem = hand.problem
    let ranked = rank(problem, Self.weights)
    // MRP 300 and 300; interest 30, 60, 60, 30. What the agreement keeps costs nothing.
    expectClose(ranked.report.accounts.presentCost, 600 + 180, within: 1e-6)
    #expect(ranked.programme.repayments.isEmpty)
    let cheapest = ranked.atLeastCost(of: problem, Self.exact)
    // MRP 150 and 150; interest 30, 60, 30, 15.
    expectClose(cheapest.report.accounts.presentCost, 300 + 135, within: 1e-6)
    #expect(cheapest.programme.choices == ranked.programme.choices)
    #expect(cheapest.programme.repayments == [.init(scheme: 0, pot: 1, year: 1, pounds: 300)])
  }

  @Test func `no scheme comes in because money is left, by hand`() {
    // The rest of the grant lapses: a programme uses it for a second scheme, but it is the first alone that is to be paid for.
    var hand = HandPlan()
    hand.schemes = [handScheme("a", window: 0...0), handScheme("b", kind: .condition, window: 0...0)]
    hand.pots = [handPot("grant", [0: 2_000], carries: false)]
    let problem = hand.problem
    #expect(prioritise(problem, Self.exact).chosen?.programme.choices.count == 2)
    let programme = Programme(
      choices: [.init(scheme: 0, start: 0)],
      payments: [.init(scheme: 0, payer: .pot(0), year: 0, pounds: 1_000)], repayments: [])
    let ranked = PointsRanking(lines: [], programme: programme, report: check(programme, of: problem))
    let cheapest = ranked.atLeastCost(of: problem, Self.exact)
    #expect(cheapest.programme.choices == programme.choices && cheapest.report.isFeasible)
    expectClose(cheapest.report.accounts.presentCost, 1_000, within: 1e-6)
  }

  /// By a linear programme of its own, which knows the ranking's starts and nothing else of it.
  @Test(arguments: 0..<60)
  func `its cost is the least that its schemes and starts allow`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let ranked = rank(problem, Self.weights)
    let cheapest = ranked.atLeastCost(of: problem, Self.exact)
    #expect(cheapest.lines.map(\.start) == ranked.lines.map(\.start))
    #expect(cheapest.programme.choices == ranked.programme.choices)
    #expect(cheapest.report.accounts.weightedUnmet == ranked.report.accounts.weightedUnmet)
    guard ranked.report.isFeasible else { return }
    #expect(cheapest.report.isFeasible, "\(seed): \(cheapest.report.breaches)")
    #expect(cheapest.report.accounts.presentCost <= ranked.report.accounts.presentCost + 5, "\(seed)")
    let starts = ranked.report.accounts.starts
    guard let funding = CheapestFunding(problem, starts: starts) else {
      Issue.record("\(seed): the ranking's schemes cannot be paid for")
      return
    }
    // Whole pounds beside parts of a pound.
    let least = funding.cost + PlacesTable(problem).otherCost(starts)
    expectClose(cheapest.report.accounts.presentCost, least, within: 5, "\(seed)")
  }
}
