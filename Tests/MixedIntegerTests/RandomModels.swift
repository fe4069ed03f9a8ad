import Synchronization
import TestSupport

@testable import MixedInteger

/// Counts what callbacks do.
final class Calls: Sendable {
  private let calls = Mutex(0)

  func count() -> Int {
    calls.withLock {
      $0 += 1
      return $0
    }
  }
}

/// The most valuable choice of some items under several budgets, as a minimum.
func randomKnapsack(seed: UInt64, items: Int, rows: Int) -> LinearModel {
  var random = SeededGenerator(seed: seed)
  var model = LinearModel(name: "knapsack \(seed)")
  let chosen = (0..<items).map { model.variable("item\($0)", .binary) }
  for item in chosen { model.objective.add(item, times: -Double(Int.random(in: 1...60, using: &random))) }
  for row in 0..<rows {
    var weight = LinearExpression()
    var total = 0
    for item in chosen {
      let size = Int.random(in: 1...40, using: &random)
      weight.add(item, times: Double(size))
      total += size
    }
    model.constrain("budget\(row)", weight, .atMost, Double(total / 3))
  }
  return model
}

/// One that branch and bound does not finish in a blink.
func hardKnapsack() -> LinearModel { randomKnapsack(seed: 3, items: 70, rows: 8) }

/// Sites that cost something to open and then supply areas, through doors much wider than what passes through them.
func fixedCharges(seed: UInt64, door: Double) -> LinearModel {
  var random = SeededGenerator(seed: seed)
  var model = LinearModel(name: "fixed charges \(seed)")
  var supply = [LinearExpression](repeating: LinearExpression(), count: 10)
  for site in 0..<6 {
    let open = model.variable("open\(site)", .binary)
    model.objective.add(open, times: Double.random(in: 100...900, using: &random))
    var sent = -door * open
    for area in supply.indices {
      let flow = model.variable("flow\(site)_\(area)", .continuous(0, .infinity))
      model.objective.add(flow, times: Double.random(in: 1...30, using: &random))
      supply[area].add(flow)
      sent.add(flow)
    }
    model.constrain("door\(site)", sent, .atMost, 0)
  }
  for (area, supply) in supply.enumerated() {
    model.constrain("need\(area)", supply, .atLeast, Double.random(in: 1...40, using: &random))
  }
  return model
}

/// The optimum by trying every choice; nil when none is allowed. For binaries and whole numbers only: it adds up exactly,
/// and asks nothing of what it tests but the model's own terms.
func bruteForce(_ model: LinearModel) -> Double? {
  let count = model.variables.count
  let noughts = [Double](repeating: 0, count: count)
  let rows = (0..<model.constraintCount).map { row in
    let dense = model.terms(ofRow: row).reduce(into: noughts) {
      $0[Int(model.columns[$1])] += model.coefficients[$1]
    }
    return (dense, model.relations[row], model.rowValues[row])
  }
  let costs = model.objective.terms.reduce(into: noughts) { $0[$1.variable.index] += $1.coefficient }
  func sum(_ coefficients: [Double], _ choice: Int) -> Double {
    var (sum, rest) = (0.0, choice)
    while rest != 0 {
      sum += coefficients[rest.trailingZeroBitCount]
      rest &= rest - 1
    }
    return sum
  }
  let held = model.variables.indices.filter { model.variables[$0].kind.upper == 0 }
  var best: Double?
  for choice in 0..<(1 << count) {
    let isAllowed =
      held.allSatisfy { (choice >> $0) & 1 == 0 }
      && rows.allSatisfy { coefficients, relation, value in
        let sum = sum(coefficients, choice)
        return switch relation {
        case .atMost: sum <= value
        case .equals: sum == value
        case .atLeast: sum >= value
        }
      }
    if isAllowed { best = min(best ?? .infinity, sum(costs, choice) + model.objective.constant) }
  }
  return best
}

/// Whole numbers, binaries and continuous variables with coefficients of both signs: the same instance as in
/// `scipy_reference.py`, number by number.
func mixedModel(seed: UInt64) -> LinearModel {
  var random = SeededGenerator(seed: seed)
  func draw(_ low: Int, _ high: Int) -> Double { Double(low + Int(random.next() % UInt64(high - low + 1))) }
  var model = LinearModel(name: "mixed \(seed)")
  let variables = (0..<12).map { index in
    switch index % 3 {
    case 0: model.variable("x\(index)", .continuous(0, draw(5, 20)))
    case 1: model.variable("n\(index)", .integer(-2, draw(1, 6)))
    default: model.variable("b\(index)", .binary)
    }
  }
  for variable in variables { model.objective.add(variable, times: draw(-20, 10)) }
  for row in 0..<6 {
    var expression = LinearExpression()
    for variable in variables {
      let coefficient = draw(-4, 9)
      if coefficient > 0 || row > 2 { expression.add(variable, times: coefficient) }
    }
    if row == 5 {
      model.constrain("row5", expression, .atLeast, -draw(1, 30))
    } else {
      model.constrain("row\(row)", expression, .atMost, draw(10, 60))
    }
  }
  return model
}

extension VariableID {
  /// The variable of that number in any model.
  static func number(_ index: Int) -> VariableID {
    VariableID(index: index)
  }
}

extension ConstraintID {
  /// The constraint of that number in any model.
  static func number(_ index: Int) -> ConstraintID {
    ConstraintID(index: index)
  }
}
