import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

@Suite struct PrioritiseTests {
  private static let exact = ProgrammeOptions(gap: 1e-9, threads: 1)

  @Test(arguments: 0..<80)
  func `the programme is the best that trying every choice finds`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let search = BruteForce(problem)
    guard let (chosen, optimum) = search.agreed(prioritise(problem, Self.exact), "\(seed)") else { return }
    // The third step: as near as any choice that costs as little, and no nearer than all that it may cost, its hold and the solver's
    // tolerance included.
    let hold = 3e-6 * max(1_000, abs(optimum.presentCost)) + 0.01
    guard let alike = search.nearest(within: 1e-4), let held = search.nearest(within: hold) else {
      Issue.record("\(seed): the best is not among the choices")
      return
    }
    let distance = chosen.steps[2].objective
    #expect(distance <= alike + 1e-4 && distance >= held - 1e-4, "\(seed): \(distance), \(held) to \(alike)")
    let years = Double(chosen.accounts.distanceFromApproved)
    #expect(years <= alike + 1e-4 && years >= held.rounded(.down), "\(seed): \(years)")
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
