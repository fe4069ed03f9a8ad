import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

@Suite struct ScenarioTests {
  @Test(arguments: [1, 2, 5, 12, 30, 200])
  func `weights and means are those of the draws`(_ most: Int) throws {
    var reduced = 0
    for seed in 0..<5 {
      var plan = LinkedPlan(seed: UInt64(seed), draws: 120)
      plan.mostScenarios = most
      for group in plan.problem.neighbours?.groups ?? [] {
        let short = Double(group.shortDraws.count) / Double(group.draws)
        expectClose(group.scenarios.reduce(0) { $0 + $1.weight }, short, within: 1e-12)
        #expect(group.isFixed || group.scenarios.count <= most)
        if group.scenarios.count < group.shortDraws.count { reduced += 1 }
        for area in group.areas.indices {
          let means = [group.scenarios, group.shortDraws].map {
            $0.reduce(0) { $0 + $1.weight * $1.need[area] }
          }
          expectClose(means[0], means[1], within: 1e-9)
        }
      }
    }
    #expect(most > 100 || reduced > 0, "no draws were made into scenarios")
  }

  @Test(arguments: 0..<10)
  func `scenarios never count more than the draws, more of them come nearer, and enough are exact`(
    _ seed: Int
  ) {
    var plan = LinkedPlan(seed: UInt64(seed), draws: 150)
    var last = Double.infinity
    for most in [1, 4, 12, 30, 150] {
      plan.mostScenarios = most
      guard let placement = plan.placement() else { return }
      #expect(placement.weightedUnmet.gap >= -1e-9)
      // Nothing built is one of the supplies that the sets are split by.
      #expect(placement.weightedUnmet.gap <= last + 1e-9)
      if most == 30 {
        #expect(placement.weightedUnmet.gap <= 0.02 * placement.weightedUnmet.draws + 1e-9)
      }
      last = placement.weightedUnmet.gap
    }
    #expect(last <= 1e-9)
  }

  @Test(arguments: 0..<10)
  func `what the scenarios prove holds for all draws`(_ seed: Int) {
    // No programme leaves fewer unmet over the draws than the best one over the scenarios.
    var plan = LinkedPlan(seed: UInt64(seed), draws: 40)
    let full = prioritise(plan.problem, ProgrammeOptions(gap: 1e-9, threads: 1)).chosen
    plan.mostScenarios = 6
    let reduced = prioritise(plan.problem, ProgrammeOptions(gap: 1e-9, threads: 1)).chosen
    guard let full, let reduced else { return }
    #expect(reduced.accounts.weightedUnmet <= full.accounts.weightedUnmet + 1e-6)
    let gap = reduced.neighbourPlacement?.weightedUnmet.gap ?? 0
    #expect(full.accounts.weightedUnmet <= reduced.accounts.weightedUnmet + gap + 1e-6)
  }

  @Test func `the scenarios are the same every time, and draws that are alike are one`() {
    var plan = LinkedPlan(seed: 3, draws: 90)
    plan.mostScenarios = 9
    let sets = (0..<2).map { _ in plan.problem.neighbours?.groups.map { $0.scenarios.map(\.need) } }
    #expect(sets[0] == sets[1])
    var alike = LinkedPlan()
    alike.hand.schemes = [handScheme("p", build: 0, window: 0...0)]
    alike.need("P", 0, [70, 71, 70, 71, 70], places: 60)
    alike.need("Q", 0, [40, 41, 40, 41, 40], places: 50)
    alike.link("P", "Q", 1)
    alike.mostScenarios = 3
    #expect(alike.problem.neighbours?.groups.first?.scenarios.map(\.weight).sorted() == [0.4, 0.6])
  }
}
