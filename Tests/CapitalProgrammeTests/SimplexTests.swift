import TestSupport
import Testing

/// The dense simplex against cases worked by hand, and against every corner of small random ones.
@Suite struct SimplexTests {
  private func solve(
    _ costs: [Double], _ rows: [([Double], LinearProgramme.Relation, Double)]
  ) -> LinearProgramme.Outcome {
    var programme = LinearProgramme()
    for cost in costs { _ = programme.variable(cost: cost) }
    for (factors, relation, bound) in rows {
      programme.require(factors.enumerated().map { ($0, $1) }, relation, bound)
    }
    return programme.minimum()
  }

  private func expectOptimal(_ outcome: LinearProgramme.Outcome, _ cost: Double, _ point: [Double]) {
    guard case .optimal(let found, let at) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    expectClose(found, cost, within: 1e-9)
    for (x, wanted) in zip(at, point) { expectClose(x, wanted, within: 1e-9) }
  }

  @Test func `two products and three machines`() {
    // Most 3x + 5y where x <= 4, 2y <= 12, 3x + 2y <= 18: x = 2, y = 6, 36.
    expectOptimal(
      solve([-3, -5], [([1, 0], .most, 4), ([0, 2], .most, 12), ([3, 2], .most, 18)]), -36, [2, 6])
  }

  @Test func `equalities, lower bounds and a redundant row`() {
    // x + y = 10, x >= 3 (written -x <= -3), and the first row twice: cheapest is x = 3, y = 7 at 2x + y = 13.
    expectOptimal(
      solve([2, 1], [([1, 1], .equal, 10), ([-1, 0], .most, -3), ([2, 2], .equal, 20)]), 13, [3, 7])
  }

  @Test func `nothing to choose, nothing feasible, no end`() {
    expectOptimal(solve([], []), 0, [])
    #expect("\(solve([1], [([1], .most, 3), ([1], .equal, 4)]))" == "infeasible")
    #expect("\(solve([1], [([0], .equal, 4)]))" == "infeasible")
    #expect("\(solve([-1], [([-1], .most, 3)]))" == "unbounded")
  }

  @Test func `Beale's example, in which the largest gain goes round for ever`() {
    expectOptimal(
      solve(
        [-0.75, 150, -0.02, 6],
        [([0.25, -60, -0.04, 9], .most, 0), ([0.5, -90, -0.02, 3], .most, 0), ([0, 0, 1, 0], .most, 1)]),
      -0.05, [0.04, 0, 1, 0])
  }

  @Test func `random programmes of two variables equal the best corner`() {
    var random = SeededGenerator(seed: 5)
    var (optimal, infeasible) = (0, 0)
    for _ in 0..<500 {
      func whole(_ range: ClosedRange<Int>) -> Double { Double(Int.random(in: range, using: &random)) }
      let costs = [whole(-5...5), whole(-5...5)]
      // A box keeps it bounded.
      var rows = [([1.0, 0.0], 10.0), ([0, 1], 10), ([-1, 0], 0), ([0, -1], 0)]
      for _ in 0..<3 { rows.append(([whole(-4...4), whole(-4...4)], whole(-6...12))) }
      var best: Double?
      for (index, one) in rows.enumerated() {
        for other in rows[..<index] {
          let determinant = one.0[0] * other.0[1] - one.0[1] * other.0[0]
          guard determinant != 0 else { continue }
          let x = (one.1 * other.0[1] - one.0[1] * other.1) / determinant
          let y = (one.0[0] * other.1 - one.1 * other.0[0]) / determinant
          guard rows.allSatisfy({ $0.0[0] * x + $0.0[1] * y <= $0.1 + 1e-9 }) else { continue }
          best = min(best ?? .infinity, costs[0] * x + costs[1] * y)
        }
      }
      // Rows 2 and 3 say what every variable keeps: nought or more.
      let given = (rows[..<2] + rows[4...]).map { ($0.0, LinearProgramme.Relation.most, $0.1) }
      switch solve(costs, given) {
      case .optimal(let cost, _):
        expectClose(cost, best ?? .nan, within: 1e-7)
        optimal += 1
      case .infeasible:
        #expect(best == nil)
        infeasible += 1
      case .unbounded: Issue.record("unbounded in a box")
      }
    }
    #expect(optimal > 300 && infeasible > 20)
  }
}
