import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

@Suite struct PrioritiseTests {
  private static let exact = ProgrammeOptions(gap: 1e-9, threads: 1)

  @Test(arguments: 0..<80)
  func `the programme is the best that trying every choice finds`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let outcome = prioritise(problem, Self.exact)
    guard let optimum = BruteForce(problem).optimum else {
      if case .unaffordable(let missing) = outcome {
        #expect(!missing.isEmpty)
      } else {
        guard case .incompatible = outcome else {
          Issue.record("\(seed): nothing is possible, but \(outcome)")
          return
        }
      }
      return
    }
    guard case .proven(let chosen) = outcome else {
      Issue.record("\(seed): \(outcome)")
      return
    }
    expectClose(chosen.accounts.weightedUnmet, optimum.weightedUnmet, within: 1e-5)
    // Money is rounded to whole pounds.
    expectClose(chosen.accounts.presentCost, optimum.presentCost, within: 2)
    #expect(check(chosen.programme, of: problem).breaches == [])
  }

  @Test(arguments: 0..<12)
  func `another seed finds a programme as good`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let one = prioritise(problem, Self.exact).chosen
    let other = prioritise(problem, ProgrammeOptions(gap: 1e-9, seed: 7, threads: 2)).chosen
    #expect((one == nil) == (other == nil))
    if let one, let other {
      expectClose(one.accounts.weightedUnmet, other.accounts.weightedUnmet, within: 1e-5)
      expectClose(one.accounts.presentCost, other.accounts.presentCost, within: 2)
      #expect(one.accounts.distanceFromApproved == other.accounts.distanceFromApproved)
    }
  }

  @Test func `keys that LP text cannot carry, or that run together, do not matter`() {
    var hand = HandPlan()
    hand.schemes = [handScheme("c"), handScheme("b.c", kind: .bulge)]
    hand.pots = [
      handPot("a", [0: 300]), handPot("a.b", [0: 400]), handPot("a b", [0: 500]), handPot("a_b", [0: 600]),
      handPot("tied", [0: 90], rule: FundingRule(kinds: [.bulge])),
    ]
    guard case .proven = prioritise(hand.problem) else {
      Issue.record("\(prioritise(hand.problem))")
      return
    }
  }
}
