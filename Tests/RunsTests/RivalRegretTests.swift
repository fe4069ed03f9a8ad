import PlacePlanning
import Runs
import Testing

@testable import CapitalProgramme

/// By how much each rival plan is worse than the best of its area, by hand.
@Suite struct RivalRegretTests {
  /// Without `unmet` there is no programme with the plan.
  private func outcome(_ key: String, in area: String = "P", unmet: Double?, cost: Double = 0) -> RivalOutcome
  {
    let figures = unmet.map { unmet in
      RivalOutcome.Figures(
        openings: [], unmet: unmet, unmetInAllAreas: 1_000, unmetInLastYear: 0, surplusInLastYear: 0, cost: 7,
        revenue: 0, financing: 0, presentCost: cost)
    }
    return RivalOutcome(
      rival: RivalPlan(key: key, name: key, area: PlanningAreaCode(area), schemes: []), figures: figures,
      isSettled: true, reach: .proven)
  }

  /// The fewest unmet are 10 and the least cost is 500, of two plans; what is best in another area is no measure.
  @Test func `regret is counted from the best rival of the same area`() {
    let regret = RivalRegret(
      scenario: "central",
      outcomes: [
        outcome("wait", unmet: 30, cost: 500), outcome("build", unmet: 10, cost: 900),
        outcome("too dear", unmet: nil), outcome("elsewhere", in: "Q", unmet: 2, cost: 100),
      ])
    let plans = ["wait", "build", "too dear", "elsewhere", "left out"]
    #expect(plans.map { regret.unmetRegret(of: $0) } == [20, 0, nil, 0, nil])
    #expect(plans.map { regret.costRegret(of: $0) } == [0, 400, nil, 0, nil])
  }
}
