import MixedInteger
import TestSupport
import Testing

@Suite struct ResolverTests {
  private static let exact = SolveOptions(relativeGap: 0, absoluteGap: 0)

  /// Each step of a sequence equals a fresh solve of what the model has become.
  @Test(arguments: [4, 5, 6] as [UInt64]) func `each step is what a fresh solve finds`(_ seed: UInt64) throws
  {
    let model = randomKnapsack(seed: seed, items: 14, rows: 2)
    let items = model.variables.indices.map { LinearExpression(sumOf: [VariableID.number($0)]) }
    let resolver = try Resolver(model, Self.exact)
    func step(_ what: String) throws -> Solution {
      let solution = try #require(try resolver.solve().solution)
      expectClose(bruteForce(resolver.model), solution.objective, within: 1e-9, what)
      #expect(resolver.model.feasibility(of: solution.values).isFeasible)
      return solution
    }
    let first = try step("as it was")
    let chosen = try #require(first.values.firstIndex(of: 1))
    resolver.setBounds(VariableID.number(chosen), 0, 0)
    #expect(try step("without one").objective >= first.objective)
    resolver.setBounds(VariableID.number(chosen), 0, 1)
    expectClose(try step("with it again").objective, first.objective)
    let held = resolver.constrain("held", resolver.model.objective, .atMost, first.objective)
    let count = items.reduce(into: LinearExpression()) { $0 += $1 }
    resolver.setObjective(count)
    let fewest = try step("fewest at that value")
    expectClose(fewest.objective, fewest.values.reduce(0, +))
    resolver.setValue(held, first.objective / 2)
    #expect(try step("fewest at half the value").objective <= fewest.objective)
    resolver.setValue(held, first.objective - 1)
    #expect(try resolver.solve() == .infeasible)
    resolver.setValue(held, 0)
    #expect(try step("fewest at all").objective == 0)
  }

  @Test func `a sequence is the same bits again`() throws {
    func sequence(_ threads: Int) throws -> [Solution?] {
      let model = randomKnapsack(seed: 21, items: 35, rows: 3)
      let resolver = try Resolver(model, SolveOptions(threads: threads))
      return try (0..<4).map { index in
        resolver.setBounds(VariableID.number(index), 0, 0)
        return try resolver.solve().solution
      }
    }
    let once = try sequence(1)
    #expect(once.allSatisfy { $0 != nil })
    #expect(try sequence(1) == once)
    #expect(try sequence(2) == once)
  }

  @Test func `a linear programme again, from its last basis`() throws {
    var model = LinearModel(name: "lp")
    let x = model.variable("x", .continuous(0, 10))
    let y = model.variable("y", .continuous(0, 10))
    let least = model.constrain("least", 1 * x + 1 * y, .atLeast, 4)
    model.objective = 2 * x + 3 * y
    let resolver = try Resolver(model)
    expectClose(try resolver.solve().solution?.objective, 8)
    resolver.setValue(least, 12)
    expectClose(try resolver.solve().solution?.objective, 26)
    resolver.setObjective(-1 * x)
    expectClose(try resolver.solve().solution?.objective, -10)
    resolver.setBounds(x, -.infinity, .infinity)
    #expect(try resolver.solve() == .unbounded)
    resolver.setObjective(1 * x + LinearExpression(5))
    expectClose(try resolver.solve().solution?.objective, 5 + 2)
  }

  /// Two plants that open at 10 and make 6 each, one cheaper: the second is open, and demand costs what it makes at.
  @Test func `shadow prices around held integers`() throws {
    var model = LinearModel(name: "plants")
    var output = LinearExpression()
    var rooms: [ConstraintID] = []
    for (plant, cost) in [("cheap", 1.0), ("dear", 3.0)] {
      let open = model.variable("open_\(plant)", .binary)
      let made = model.variable("made_\(plant)", .continuous(0, .infinity))
      rooms.append(model.constrain("room_\(plant)", 1 * made - 6 * open, .atMost, 0))
      model.objective += 10 * open + cost * made
      output.add(made)
    }
    let demand = model.constrain("demand", output, .atLeast, 8)
    let whole = try #require(try solve(model, Self.exact).solution)
    #expect(whole.shadowPrices.isEmpty && whole.shadowPrice(of: demand) == nil)
    guard case .proven(let held) = try solve(model.holdingIntegers(at: whole.values), Self.exact) else {
      Issue.record("not proven")
      return
    }
    expectClose(held.objective, whole.objective)
    expectClose(held.objective, 20 + 6 + 6)
    expectClose(held.shadowPrice(of: demand), 3)
    expectClose(held.shadowPrice(of: rooms[0]), -2)
  }

  @Test func `parts of whole numbers, and what one more of each would cost, by hand`() throws {
    // 5 a + 4 b from 2 a + 3 b up to 4: a and two thirds of b. Room is worth 4/3, so that a gains 5 - 8/3 and b nothing.
    var model = LinearModel(name: "parts")
    let (a, b) = (model.variable("a", .binary), model.variable("b", .binary))
    model.constrain("room", 2 * a + 3 * b, .atMost, 4)
    model.objective = -5 * a + -4 * b
    let relaxed = model.relaxingIntegers()
    #expect(model.hasIntegers && !relaxed.hasIntegers)
    let solution = try #require(try solve(relaxed).solution)
    expectClose(solution.objective, -5 - 8.0 / 3, within: 1e-9)
    let costs = relaxed.reducedCosts(at: solution)
    expectClose(costs[0], -7.0 / 3, within: 1e-9)
    expectClose(costs[1], 0, within: 1e-9)
  }

  @Test func `a start that is given`() throws {
    let model = randomKnapsack(seed: 2, items: 14, rows: 2)
    let best = try #require(try solve(model, Self.exact).solution)
    var options = Self.exact
    options.start = best.values
    expectClose(try solve(model, options).solution?.objective, best.objective)
    options.start = best.values.map { _ in 1 }
    expectClose(try solve(model, options).solution?.objective, best.objective)
  }

  @Test func `a change that is refused`() throws {
    let resolver = try Resolver(randomKnapsack(seed: 1, items: 3, rows: 1))
    resolver.setBounds(VariableID.number(0), 2, 1)
    #expect(throws: LinearModelFault.self) { try resolver.solve() }
    resolver.setBounds(VariableID.number(0), 0, 1)
    #expect(try resolver.solve().solution != nil)
  }
}
