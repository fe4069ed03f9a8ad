import TestSupport
import Testing

@testable import MixedInteger

/// What becomes of answers that a solver should not have given.
@Suite struct AttemptTests {
  /// x + y at least 3, at a cost of x + 2y: the optimum is 3.
  private func model() -> LinearModel {
    var model = LinearModel(name: "claims")
    let x = model.variable("x", .integer(0, 10))
    let y = model.variable("y", .continuous(0, 10))
    model.constrain("least", 1 * x + 1 * y, .atLeast, 3)
    model.objective = 1 * x + 2 * y
    return model
  }

  private func judged(
    _ values: [Double], bound: Double, _ reason: StopReason? = nil, start: [Double]? = nil
  ) -> SolveOutcome {
    let answer = Engine.Answer(status: .optimal, values: values, rowDuals: [0], bound: bound, nodes: 1)
    return Attempt(model(), SolveOptions(), start: start).judged(answer, reason)
  }

  @Test func `a true claim is proven`() {
    #expect(judged([3, 0], bound: 3) == .proven(judged([3, 0], bound: 3).solution ?? nothing))
    #expect(judged([2.9999999, 1e-7], bound: 3).solution?.values == [3, 1e-7])
  }

  @Test func `a false claim is not a solution`() {
    #expect(
      judged([2, 0], bound: 2)
        == .failed(
          "HiGHS's solution does not satisfy the model: constraint 'least' is missed by 1.0, 1 in all"))
    #expect(judged([2.5, 0.5], bound: 3).solution == nil)
    #expect(judged([.nan, 0], bound: 3).solution == nil)
    #expect(judged([], bound: 3).solution == nil)
    #expect(judged([2, 0], bound: 2, .timeLimit).solution == nil)
  }

  @Test func `a claim that does not close the gap is not proven`() {
    guard case .stopped(let solution, .gapNotReached) = judged([4, 0], bound: 3) else {
      Issue.record("proven")
      return
    }
    expectClose(solution.gap, 0.25)
  }

  @Test func `cancelled before it began, a solve has the start and no bound`() throws {
    func cancelled(_ start: [Double]?) throws -> SolveOutcome {
      try solve(model(), SolveOptions(isCancelled: { true }, start: start))
    }
    guard case .stopped(let solution, .cancelled) = try cancelled([3.0000001, 1]) else {
      Issue.record("the start is lost")
      return
    }
    #expect(solution.values == [3, 1] && solution.objective == 5 && solution.bound == -.infinity)
    #expect(try cancelled([1, 1]) == .withoutSolution(.cancelled))
    #expect(try cancelled(nil) == .withoutSolution(.cancelled))
  }

  @Test func `without time a solve has the start`() throws {
    let options = SolveOptions(timeLimit: .zero, start: [3, 1])
    #expect(try #require(try solve(model(), options).solution).objective <= 5)
  }

  @Test func `a bound that a solution or a start is below is a failure`() {
    #expect(
      judged([3, 0], bound: 4)
        == .failed("HiGHS's bound 4.0 is above its own solution's objective 3.0"))
    #expect(
      judged([5, 0], bound: 5, start: [3, 0]) == .failed("HiGHS's bound 5.0 is above a start's objective 3.0")
    )
  }

  /// Rounded alone, these values miss the constraint; the continuous variable can make up for it.
  @Test func `when rounding breaks a constraint, the rest is solved again`() {
    var model = LinearModel(name: "door")
    let open = model.variable("open", .binary)
    let through = model.variable("through", .continuous(0, 1000))
    let other = model.variable("other", .continuous(0, 1000))
    model.constrain("door", 1 * through - 1_000_000 * open, .atMost, 0)
    model.constrain("need", 1 * through + 1 * other, .equals, 0.5)
    model.objective = 1 * through + 2 * other + 100 * open
    let answer = Engine.Answer(
      status: .optimal, values: [5e-7, 0.5, 0], rowDuals: [0, 0], bound: 0.5, nodes: 0)
    let outcome = Attempt(model, SolveOptions(), start: nil).judged(answer, nil)
    guard case .stopped(let solution, .gapNotReached) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(solution.values == [0, 0, 0.5] && solution.objective == 1)
    model.constrain("shut", 1 * other, .atMost, 0)
    let shut = Attempt(model, SolveOptions(), start: nil).judged(answer, nil)
    #expect(
      shut
        == .failed(
          "with its integers rounded, HiGHS's solution does not satisfy the model: "
            + "constraint 'door' is missed by 0.5, 1 in all"))
    // A solve that was stopped has no time to try: that is no failure of the solver's.
    let late = Attempt(model, SolveOptions(), start: nil).judged(answer, .timeLimit)
    #expect(late == .withoutSolution(.timeLimit))
    guard
      case .stopped(let known, .cancelled) = Attempt(model, SolveOptions(), start: [1, 0.5, 0])
        .judged(answer, .cancelled)
    else {
      Issue.record("the start is lost")
      return
    }
    #expect(known.values == [1, 0.5, 0] && known.objective == 100.5)
  }

  private var nothing: Solution {
    Solution(values: [], objective: 0, bound: 0, nodes: 0, shadowPrices: [])
  }
}
