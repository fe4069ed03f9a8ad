/// Whether some values satisfy a model, worked out from the model alone: no solver is asked.
///
/// A constraint may be missed by 1e-6 times the largest of 1, its value and its terms; a bound by 1e-6 times the larger
/// of 1 and itself; a whole number by 1e-6.
public struct FeasibilityReport: Hashable, Sendable {
  public static let tolerance = 1e-6

  /// The objective at the values; not a number where one of them is missing or not finite.
  public let objective: Double
  /// What is missed by more than its tolerance, in the order of the model.
  public let violations: [Violation]

  public var isFeasible: Bool { violations.isEmpty }
}

/// A constraint, bound or whole number that is missed by more than its tolerance.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
  /// What is missed: a row, a variable's bound, that it is whole, or that it is a number at all.
  public enum Kind: Hashable, Sendable {
    case constraint, bound, integrality, value
  }

  public let kind: Kind
  /// The constraint's or the variable's name.
  public let name: String
  /// By how much. **Units** the constraint's or the variable's.
  public let amount: Double

  public var description: String {
    switch kind {
    case .constraint: "constraint '\(name)' is missed by \(amount)"
    case .bound: "variable '\(name)' is \(amount) outside its bounds"
    case .integrality: "variable '\(name)' is \(amount) from a whole number"
    case .value: "variable '\(name)' has no finite value"
    }
  }
}

extension LinearModel {
  /// Holds values against every constraint, bound and whole number. **Shape** one value for each variable; one that is
  /// missing is a violation.
  public func feasibility(of values: [Double]) -> FeasibilityReport {
    let tolerance = FeasibilityReport.tolerance
    var violations: [Violation] = []
    func hold(_ kind: Violation.Kind, _ name: @autoclosure () -> String, _ amount: Double, _ scale: Double) {
      guard !(amount <= tolerance * scale) else { return }
      violations.append(Violation(kind: kind, name: name(), amount: amount))
    }
    var x = values
    x += Array(repeating: .nan, count: max(0, variables.count - values.count))
    for (index, value) in zip(variables.indices, x) {
      guard value.isFinite else {
        hold(.value, variables[index].name, .infinity, 1)
        continue
      }
      let kind = variables[index].kind
      let broken = value < kind.lower ? kind.lower : kind.upper
      hold(
        .bound, variables[index].name, max(0, kind.lower - value, value - kind.upper), max(1, abs(broken)))
      if kind.isInteger { hold(.integrality, variables[index].name, abs(value - value.rounded()), 1) }
    }
    if violations.contains(where: { $0.kind == .value }) {
      return FeasibilityReport(objective: .nan, violations: violations)
    }
    for row in 0..<constraintCount {
      var (sum, scale) = (0.0, max(1, abs(rowValues[row])))
      for term in terms(ofRow: row) {
        let part = coefficients[term] * x[Int(columns[term])]
        sum += part
        scale = max(scale, abs(part))
      }
      let above = sum - rowValues[row]
      let amount =
        switch relations[row] {
        case .atMost: max(0, above)
        case .equals: abs(above)
        case .atLeast: max(0, -above)
        }
      hold(.constraint, rowNames[row], amount, scale)
    }
    return FeasibilityReport(objective: objectiveValue(at: x), violations: violations)
  }

  private func objectiveValue(at values: [Double]) -> Double {
    zip(costs(), values).reduce(objective.constant) { $0 + $1.0 * $1.1 }
  }
}
