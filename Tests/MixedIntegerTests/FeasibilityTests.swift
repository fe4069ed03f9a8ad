import TestSupport
import Testing

@testable import MixedInteger

@Suite struct FeasibilityTests {
  private func model() -> LinearModel {
    var model = LinearModel(name: "check")
    let x = model.variable("x", .integer(0, 10))
    let y = model.variable("y", .continuous(0, 1_000_000))
    model.constrain("most", 1 * x + 1 * y, .atMost, 8)
    model.constrain("least", 1 * x, .atLeast, 1)
    model.constrain("equal", 1 * y - 2 * x, .equals, 0)
    model.objective = 1 * x + 10 * y + LinearExpression(1)
    return model
  }

  @Test func `what is satisfied`() {
    let report = model().feasibility(of: [2, 4])
    #expect(report.isFeasible && report.objective == 43)
  }

  @Test(arguments: [
    ([2.0, 4.001], ["constraint 'equal' is missed by"]),
    ([0, 0], ["constraint 'least' is missed by 1.0"]),
    ([3, 6], ["constraint 'most' is missed by 1.0"]),
    ([1.5, 3], ["variable 'x' is 0.5 from a whole number"]),
    (
      [-1, -2],
      ["variable 'x' is 1.0 outside", "variable 'y' is 2.0 outside", "constraint 'least' is missed by 2.0"]
    ),
    ([2], ["variable 'y' has no finite value"]),
    ([.nan, .infinity], ["variable 'x' has no finite value", "variable 'y' has no finite value"]),
  ]) func `what is not`(_ values: [Double], _ words: [String]) {
    let violations = model().feasibility(of: values).violations
    #expect(violations.count == words.count)
    for (violation, words) in zip(violations, words) {
      #expect(violation.description.hasPrefix(words), "\(violation)")
    }
  }

  @Test func `tolerances grow with a row's terms, and no further`() {
    var model = LinearModel(name: "large")
    let x = model.variable("x", .continuous(0, 1e9))
    let y = model.variable("y", .continuous(0, 1e9))
    model.constrain("equal", 1 * x - 1 * y, .equals, 0)
    #expect(model.feasibility(of: [1e6, 1e6 + 0.9]).isFeasible)
    #expect(!model.feasibility(of: [1e6, 1e6 + 1.1]).isFeasible)
    #expect(model.feasibility(of: [0, 0.9e-6]).isFeasible)
    #expect(!model.feasibility(of: [0, 1.1e-6]).isFeasible)
  }

  /// A solver may take a millionth of a binary for nought, and with it open a large door by a little.
  @Test func `values are tidied to whole numbers and bounds`() {
    let tidied = model().tidied([2.0000004, -1e-9])
    #expect(tidied == [2, 0] && tidied.map(\.sign) == [.plus, .plus])
    #expect(model().tidied([-0.0, -0.0]).map(\.sign) == [.plus, .plus])
  }

  @Test func `the floor under a linear programme needs no solver`() {
    var model = LinearModel(name: "floor")
    let x = model.variable("x", .continuous(0, 4))
    let y = model.variable("y", .continuous(0, .infinity))
    model.constrain("least", 1 * x + 2 * y, .atLeast, 6)
    model.objective = 1 * x + 3 * y
    // x = 4, y = 1 at 7; dual 3/2, reduced cost of x -1/2 at its upper bound.
    #expect(DualBound(model, rowDuals: [1.5], values: [4, 1]).value == 7)
    #expect(DualBound(model, rowDuals: [1], values: [4, 1]).value == 6)
    #expect(DualBound(model, rowDuals: [-9], values: [4, 1]).value == 0)
    #expect(DualBound(model, rowDuals: [2], values: [4, 1]).value == -.infinity)
  }
}
