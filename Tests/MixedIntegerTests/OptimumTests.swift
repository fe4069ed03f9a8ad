import MixedInteger
import TestSupport
import Testing

/// Source: SciPy 1.17.1, scipy.optimize.milp with no gap; see `scipy_reference.py`.
private let scipy: [(UInt64, Double)] = [
  (0, -120.0),
  (1, -101.66666666666667),
  (2, -76.625),
  (3, -159.72222222222223),
  (4, -90.0),
  (5, -145.13725490196077),
  (6, -156.8),
  (7, -131.55555555555554),
  (8, -557.4285714285714),
  (9, -59.78260869565217),
  (10, -180.91666666666666),
  (11, -258.0),
  (12, -289.72222222222223),
  (13, -212.14285714285714),
  (14, -145.0),
  (15, -147.0),
  (16, -69.0),
  (17, -78.0),
  (18, -102.5),
  (19, -422.08888888888885),
]

@Suite struct OptimumTests {
  private static let exact = SolveOptions(relativeGap: 0, absoluteGap: 0)

  /// 14 sizes and 8 seeds of each: one budget, or several.
  @Test(arguments: 1...14) func `brute force finds nothing better`(_ items: Int) throws {
    for seed in 0..<8 {
      let model = randomKnapsack(seed: UInt64(1000 * items + seed), items: items, rows: 1 + seed % 3)
      guard case .proven(let solution) = try solve(model, Self.exact) else {
        Issue.record("not proven: \(model.name)")
        continue
      }
      expectClose(solution.objective, try #require(bruteForce(model)), within: 1e-9, model.name)
      #expect(solution.values.allSatisfy { $0 == 0 || $0 == 1 })
    }
  }

  /// Equations among binaries, which half of the time nothing satisfies.
  @Test(arguments: 0..<40) func `brute force finds nothing where nothing is found`(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    func draw(_ largest: Int) -> Double { Double(Int.random(in: -largest...largest, using: &random)) }
    var model = LinearModel(name: "equations \(seed)")
    let variables = (0..<9).map { model.variable("b\($0)", .binary) }
    for row in 0..<2 {
      var expression = LinearExpression()
      for variable in variables { expression.add(variable, times: draw(9)) }
      model.constrain("row\(row)", expression, .equals, draw(9))
    }
    for variable in variables { model.objective.add(variable, times: draw(5)) }
    let outcome = try solve(model, Self.exact)
    if let best = bruteForce(model) {
      expectClose(outcome.solution?.objective, best)
    } else {
      #expect(outcome == .infeasible)
    }
  }

  /// The widest door that is not refused: a wider one is where HiGHS goes wrong.
  @Test(arguments: 0..<12) func `wide doors let nothing through`(_ seed: Int) throws {
    let wide = try solve(fixedCharges(seed: UInt64(seed), door: 1e7), Self.exact).solution
    let other = try solve(
      fixedCharges(seed: UInt64(seed), door: 1e7), SolveOptions(relativeGap: 0, absoluteGap: 0, seed: 5)
    ).solution
    let tight = try solve(fixedCharges(seed: UInt64(seed), door: 400), Self.exact).solution
    let wanted = try #require(tight?.objective)
    expectClose(wide?.objective, wanted, within: 1e-6 * wanted)
    expectClose(other?.objective, wanted, within: 1e-6 * wanted)
    #expect(throws: LinearModelFault.self) { try solve(fixedCharges(seed: UInt64(seed), door: 1e8)) }
  }

  @Test(arguments: scipy) func `SciPy's optimum, by us and through LP text`(_ seed: UInt64, _ wanted: Double)
    throws
  {
    let model = mixedModel(seed: seed)
    guard case .proven(let solution) = try solve(model, Self.exact) else {
      Issue.record("not proven")
      return
    }
    expectClose(solution.objective, wanted, within: 1e-6)
    #expect(model.feasibility(of: solution.values).isFeasible)
    expectClose(try objective(of: lpText(model)), wanted, within: 1e-6)
  }
}
