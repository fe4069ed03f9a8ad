import TestSupport
import Testing

@testable import MixedInteger

/// Reddy Mikks Paints (Taha, Operations Research): 24 t on the first material, 6 t on the second; 5 and 4 thousand a tonne.
/// Worked by hand: x = 3, y = 1.5, 21 thousand; shadow prices 3/4 and 1/2.
private struct Paints {
  var model = LinearModel(name: "paints")
  let exterior, interior: VariableID
  let first, second, demand: ConstraintID

  init() {
    exterior = model.variable("exterior", .continuous(0, .infinity))
    interior = model.variable("interior", .continuous(0, .infinity))
    first = model.constrain("first_material", 6 * exterior + 4 * interior, .atMost, 24)
    second = model.constrain("second_material", 1 * exterior + 2 * interior, .atMost, 6)
    demand = model.constrain("demand", 1 * interior - 1 * exterior, .atMost, 1)
    model.constrain("interior_demand", 1 * interior, .atMost, 2)
    model.objective = -5 * exterior - 4 * interior
  }
}

@Suite struct SolveTests {
  @Test func `a linear programme worked by hand, with its shadow prices`() throws {
    let paints = Paints()
    let outcome = try solve(paints.model)
    guard case .proven(let solution) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    expectClose(solution[paints.exterior], 3)
    expectClose(solution[paints.interior], 1.5)
    expectClose(solution.objective, -21)
    expectClose(solution.bound, -21)
    expectClose(solution.shadowPrice(of: paints.first), -0.75)
    expectClose(solution.shadowPrice(of: paints.second), -0.5)
    expectClose(solution.shadowPrice(of: paints.demand), 0)
    #expect(solution.shadowPrices.count == 4)
    #expect(solution.gap < 1e-9 && solution.nodes == 0)
  }

  @Test func `the example of the documentation`() throws {
    var model = LinearModel(name: "two schemes")
    let north = model.variable("north", .binary)
    let south = model.variable("south", .binary)
    model.constrain("places", 210 * north + 105 * south, .atLeast, 150)
    model.objective = 8.4 * north + 5.1 * south
    let solution = try #require(try solve(model).solution)
    #expect(solution[north] == 1 && solution[south] == 0)
  }

  @Test func `at least, equals, negative bounds and constants`() throws {
    var model = LinearModel(name: "mixed signs")
    let x = model.variable("x", .continuous(-10, 10))
    let y = model.variable("y", .free)
    let floor = model.constrain("floor", 1 * x + 1 * y + LinearExpression(2), .atLeast, 1)
    let tie = model.constrain("tie", 1 * x - 2 * y, .equals, 4)
    model.objective = 3 * x + 1 * y + LinearExpression(100)
    let solution = try #require(try solve(model).solution)
    // x + y = -1 and x - 2y = 4: x = 2/3, y = -5/3.
    expectClose(solution[x], 2.0 / 3)
    expectClose(solution[y], -5.0 / 3)
    expectClose(solution.objective, 100 + 2 - 5.0 / 3)
    expectClose(solution.shadowPrice(of: floor), 7.0 / 3)
    expectClose(solution.shadowPrice(of: tie), 2.0 / 3)
  }

  @Test func `infeasible`() throws {
    for kind in [VariableKind.continuous(0, 1), .binary] {
      var model = LinearModel(name: "too much")
      let x = model.variable("x", kind)
      let y = model.variable("y", kind)
      model.constrain("both", 1 * x + 1 * y, .atLeast, 3)
      model.objective = 1 * x
      #expect(try solve(model) == .infeasible)
    }
  }

  @Test func `no whole number between`() throws {
    var model = LinearModel(name: "between")
    let x = model.variable("x", .integer(0, 10))
    model.constrain("above", 3 * x, .atLeast, 4)
    model.constrain("below", 3 * x, .atMost, 5)
    #expect(try solve(model) == .infeasible)
  }

  @Test func `unbounded, and infeasible where it would be unbounded`() throws {
    for kind in [VariableKind.continuous(0, .infinity), .integer(0, .infinity)] {
      var model = LinearModel(name: "for ever")
      let x = model.variable("x", kind)
      let y = model.variable("y", kind)
      model.constrain("level", 1 * x - 1 * y, .equals, 0)
      model.objective = -1 * x
      #expect(try solve(model) == .unbounded)
      let z = model.variable("z", .continuous(0, 1))
      model.constrain("never", 1 * z, .atLeast, 2)
      #expect(try solve(model) == .infeasible)
    }
  }

  @Test func `a model of constants`() throws {
    var model = LinearModel(name: "nothing")
    model.objective = LinearExpression(7)
    guard case .proven(let solution) = try solve(model) else {
      Issue.record("not proven")
      return
    }
    #expect(solution.objective == 7 && solution.values.isEmpty && solution.gap == 0)
    model.constrain("never", LinearExpression(1), .atMost, 0)
    #expect(try solve(model) == .infeasible)
  }

  @Test func `variables without constraints, constraints without variables`() throws {
    var model = LinearModel(name: "bare")
    let x = model.variable("x", .integer(-2.5, 7.5))
    model.objective = 2 * x
    #expect(try solve(model).solution?[x] == -2)
    model.constrain("always", LinearExpression(), .atMost, 1)
    #expect(try solve(model).solution?[x] == -2)
    model.constrain("never", LinearExpression(), .atLeast, 1)
    #expect(try solve(model) == .infeasible)
  }

  @Test func `terms of one variable add up`() throws {
    var model = LinearModel(name: "twice")
    let x = model.variable("x", .continuous(0, 100))
    let y = model.variable("y", .continuous(0, 100))
    let sum = 2 * x + 1 * y + 3 * x - 1 * y
    model.constrain("sum", sum, .atMost, 10)
    model.objective = -1 * x - 2 * x
    #expect(model.coefficients == [5, 0])
    expectClose(try solve(model).solution?[x], 2)
  }

  @Test func `no time is no solution`() throws {
    let model = hardKnapsack()
    switch try solve(model, SolveOptions(relativeGap: 0, timeLimit: .zero)) {
    case .withoutSolution(.timeLimit), .stopped(_, .timeLimit): break
    case let other: Issue.record("\(other)")
    }
  }

  @Test func `a cancelled solve keeps what it has`() throws {
    let model = hardKnapsack()
    #expect(try solve(model, SolveOptions(isCancelled: { true })) == .withoutSolution(.cancelled))
    let calls = Calls()
    let options = SolveOptions(relativeGap: 0, absoluteGap: 0, isCancelled: { calls.count() > 20 })
    switch try solve(model, options) {
    case .withoutSolution(.cancelled): break
    case .stopped(let solution, .cancelled):
      #expect(model.feasibility(of: solution.values).isFeasible && solution.gap > 0)
    case let other: Issue.record("\(other)")
    }
  }

  @Test func `a node limit keeps the best so far, and states its gap`() throws {
    let model = hardKnapsack()
    let options = SolveOptions(relativeGap: 0, absoluteGap: 0, nodeLimit: 1)
    guard case .stopped(let solution, .nodeLimit) = try solve(model, options) else {
      Issue.record("not stopped")
      return
    }
    #expect(solution.gap > 0 && solution.bound < solution.objective)
    #expect(try solve(model, options).solution == solution)
    var threads = options
    threads.threads = 2
    #expect(try solve(model, threads).solution == solution)
  }

  @Test func `progress is told`() throws {
    let calls = Calls()
    let options = SolveOptions(
      nodeLimit: 50,
      progress: { progress in
        if progress.dualBound <= progress.primalBound, progress.gap >= 0 { _ = calls.count() }
      })
    _ = try solve(hardKnapsack(), options)
    #expect(calls.count() > 1)
  }

  @Test func `the same bits again, and on two threads`() throws {
    let model = randomKnapsack(seed: 11, items: 40, rows: 4)
    let first = try #require(try solve(model).solution)
    let second = try #require(try solve(model).solution)
    let threads = try #require(try solve(model, SolveOptions(threads: 2)).solution)
    #expect(first == second)
    #expect(first == threads)
    #expect(first.values.map(\.bitPattern) == threads.values.map(\.bitPattern))
  }

  @Test func `side by side, with other numbers of threads`() async throws {
    let alone = try (0..<8).map { try solve(randomKnapsack(seed: UInt64($0), items: 20, rows: 2)) }
    let together = try await withThrowingTaskGroup(of: (Int, SolveOutcome).self) { group in
      for index in 0..<24 {
        group.addTask {
          let model = randomKnapsack(seed: UInt64(index % 8), items: 20, rows: 2)
          return (index, try solve(model, SolveOptions(threads: 1 + index % 3)))
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for (index, outcome) in together { #expect(outcome == alone[index % 8]) }
  }

  @Test(arguments: 0..<5) func `two seeds, one optimum`(_ seed: Int) throws {
    let model = randomKnapsack(seed: UInt64(seed), items: 25, rows: 3)
    let exact = SolveOptions(relativeGap: 0, absoluteGap: 0)
    var other = exact
    other.seed = 1 + seed
    expectClose(
      try solve(model, exact).solution?.objective, try #require(try solve(model, other).solution?.objective))
  }
}
