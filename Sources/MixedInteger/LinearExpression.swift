/// Names a variable of a `LinearModel`: its place among the model's variables.
public struct VariableID: Hashable, Sendable {
  public let index: Int
}

/// Names a constraint of a `LinearModel`: its place among the model's constraints.
public struct ConstraintID: Hashable, Sendable {
  public let index: Int
}

/// A coefficient and its variable.
public struct LinearTerm: Hashable, Sendable {
  public let variable: VariableID
  public let coefficient: Double
}

/// A sum of coefficients times variables, and a constant. One variable may have several terms: they add up.
public struct LinearExpression: Hashable, Sendable {
  public private(set) var terms: [LinearTerm] = []
  public var constant: Double

  /// The constant alone, to be added to.
  public init(_ constant: Double = 0) {
    self.constant = constant
  }

  /// The sum of some variables, each once.
  public init(sumOf variables: some Sequence<VariableID>) {
    constant = 0
    for variable in variables { add(variable) }
  }

  /// Adds `coefficient` times `variable`.
  public mutating func add(_ variable: VariableID, times coefficient: Double = 1) {
    terms.append(LinearTerm(variable: variable, coefficient: coefficient))
  }

  /// The sum of this and `coefficient` times `variable`.
  public func adding(_ variable: VariableID, times coefficient: Double = 1) -> LinearExpression {
    var sum = self
    sum.add(variable, times: coefficient)
    return sum
  }

  /// Adds terms and constant; a variable may then stand in several terms.
  public static func += (left: inout LinearExpression, right: LinearExpression) {
    left.terms.append(contentsOf: right.terms)
    left.constant += right.constant
  }

  /// Takes terms and constant away.
  public static func -= (left: inout LinearExpression, right: LinearExpression) {
    left += -1 * right
  }

  /// Terms and constants of both.
  public static func + (left: LinearExpression, right: LinearExpression) -> LinearExpression {
    var sum = left
    sum += right
    return sum
  }

  /// Those of the left less those of the right.
  public static func - (left: LinearExpression, right: LinearExpression) -> LinearExpression {
    var difference = left
    difference -= right
    return difference
  }

  /// Every coefficient and the constant times a number.
  public static func * (factor: Double, expression: LinearExpression) -> LinearExpression {
    var product = LinearExpression(factor * expression.constant)
    product.terms = expression.terms.map {
      LinearTerm(variable: $0.variable, coefficient: factor * $0.coefficient)
    }
    return product
  }
}

extension VariableID {
  /// An expression of one term.
  public static func * (coefficient: Double, variable: VariableID) -> LinearExpression {
    LinearExpression().adding(variable, times: coefficient)
  }
}
