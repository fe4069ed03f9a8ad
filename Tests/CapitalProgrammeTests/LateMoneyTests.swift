import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// Section 106 money that comes after its schemes were built on borrowing, and repays them.
@Suite struct LateMoneyTests {
  /// Each owes 571,428.57 pounds when the money comes. Were the first repaid only the whole pounds of that, the last would be repaid what
  /// is left: more than a pound too much.
  @Test(arguments: 2...6)
  func `one loan for several schemes repays none of more than it owes`(_ count: Int) throws {
    var hand = HandPlan()
    hand.schemes = (0..<count).map { number in
      handScheme(
        "k\(number)", cost: cash(1_000_000), build: 0, window: 0...0, committed: true, life: 7)
    }
    hand.pots = [handPot("homes", [3: 9_000_000], source: .section106)]
    hand.limit = [0: count * 1_000_000]
    let outcome = prioritise(hand.problem, ProgrammeOptions(gap: 1e-9, threads: 1))
    guard case .proven(let chosen) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    let repaid = chosen.programme.repayments.reduce(0) { $0 + $1.pounds }
    #expect(repaid == Int((Double(count) * 4_000_000 / 7).rounded(.down)))
    for debts in chosen.accounts.debts { #expect(abs(debts[3]) < 1 && abs(debts[2] - 5_000_000 / 7) < 1) }
  }
}
