/// What a variable may be: its bounds, and whether it takes whole numbers only.
///
/// Bounds are two numbers and not always a Swift range, because a range whose ends are the wrong way round stops the
/// program, while a model with such bounds is refused with its other faults.
public struct VariableKind: Hashable, Sendable {
  public let lower: Double
  public let upper: Double
  public let isInteger: Bool

  /// Any number from `lower` to `upper`; either may be infinite.
  public static func continuous(_ lower: Double, _ upper: Double) -> VariableKind {
    VariableKind(lower: lower, upper: upper, isInteger: false)
  }

  /// A whole number from `lower` to `upper`; either may be infinite.
  public static func integer(_ lower: Double, _ upper: Double) -> VariableKind {
    VariableKind(lower: lower, upper: upper, isInteger: true)
  }

  /// Nought or one.
  public static let binary = integer(0, 1)

  /// Any number at all.
  public static let free = continuous(-.infinity, .infinity)
}

/// A variable of a model.
public struct Variable: Hashable, Sendable {
  public let name: String
  public internal(set) var kind: VariableKind
}

/// Which side of its value a constraint's expression must keep to.
public enum Relation: Hashable, Sendable {
  case atMost, equals, atLeast
}

/// Minimise a linear objective over named variables, some of them whole numbers, under named linear constraints.
///
/// It is a value and knows no solver. Nothing is refused while it is built; `check()`, which every solve calls first,
/// names all faults at once.
public struct LinearModel: Sendable {
  public let name: String
  /// What is minimised.
  public var objective = LinearExpression()
  public private(set) var variables: [Variable] = []

  /// Row by row: the terms of row r are those from `starts[r]` up to `starts[r + 1]`, one for each variable.
  private(set) var starts = [0]
  private(set) var columns: [Int32] = []
  private(set) var coefficients: [Double] = []
  private(set) var rowNames: [String] = []
  private(set) var relations: [Relation] = []
  private(set) var rowValues: [Double] = []
  /// Faults of calls that named variables or constraints which the model does not have; `check()` throws them.
  private(set) var strays: [String] = []
  /// Names are looked at once, when they come: a model may be solved thousands of times.
  private(set) var variableNames = LPNames(of: "variable")
  private(set) var constraintNames = LPNames(of: "constraint")
  /// For each variable the last row that has a term of it, and where that stands, so that its terms in one row are added up.
  private var lastRow: [Int] = []
  private var lastPlace: [Int] = []

  /// Without variables and constraints. The name stands in faults and at the head of LP text.
  public init(name: String) {
    self.name = name
  }

  /// Adds a variable. Its name must be unique among the variables, and one that LP text can carry: see `check()`.
  public mutating func variable(_ name: String, _ kind: VariableKind) -> VariableID {
    variables.append(Variable(name: name, kind: kind))
    variableNames.add(name)
    lastRow.append(-1)
    lastPlace.append(0)
    return VariableID(index: variables.count - 1)
  }

  /// Adds a constraint; the constant of the expression moves to the other side. Its name must be unique among the
  /// constraints, and one that LP text can carry: see `check()`.
  @discardableResult
  public mutating func constrain(
    _ name: String, _ expression: LinearExpression, _ relation: Relation, _ value: Double
  ) -> ConstraintID {
    let row = rowNames.count
    for term in expression.terms {
      let index = term.variable.index
      guard variables.indices.contains(index) else {
        strays.append(
          "constraint '\(name)' has variable number \(index), but the model has \(variables.count)")
        continue
      }
      if lastRow[index] == row {
        coefficients[lastPlace[index]] += term.coefficient
      } else {
        (lastRow[index], lastPlace[index]) = (row, columns.count)
        columns.append(Int32(truncatingIfNeeded: index))
        coefficients.append(term.coefficient)
      }
    }
    starts.append(columns.count)
    rowNames.append(name)
    constraintNames.add(name)
    relations.append(relation)
    rowValues.append(value - expression.constant)
    return ConstraintID(index: row)
  }

  /// Changes a variable's bounds.
  public mutating func setBounds(_ variable: VariableID, _ lower: Double, _ upper: Double) {
    guard variables.indices.contains(variable.index) else {
      strays.append(
        "bounds are set of variable number \(variable.index), but the model has \(variables.count)")
      return
    }
    let isInteger = variables[variable.index].kind.isInteger
    variables[variable.index].kind = VariableKind(lower: lower, upper: upper, isInteger: isInteger)
  }

  /// Changes the value on a constraint's right. A constant that its expression had is already in the old value, and is
  /// not taken off the new one.
  public mutating func setValue(_ constraint: ConstraintID, _ value: Double) {
    guard rowValues.indices.contains(constraint.index) else {
      strays.append(
        "a value is set of constraint number \(constraint.index), but the model has \(rowNames.count)")
      return
    }
    rowValues[constraint.index] = value
  }

  /// The same model with each integer variable held at its value, rounded, and none required to be whole: a linear
  /// programme, which has shadow prices. **Shape** one value for each variable.
  public func holdingIntegers(at values: [Double]) -> LinearModel {
    var held = self
    for (index, value) in zip(variables.indices, values) where variables[index].kind.isInteger {
      held.variables[index].kind = .continuous(value.rounded(), value.rounded())
    }
    return held
  }

  /// The same model with none of its variables required to be whole: a linear programme, whose least objective no solution of the
  /// model lies below.
  public func relaxingIntegers() -> LinearModel {
    var relaxed = self
    for (index, variable) in variables.enumerated() where variable.kind.isInteger {
      relaxed.variables[index].kind = .continuous(variable.kind.lower, variable.kind.upper)
    }
    return relaxed
  }

  /// What one more of each variable would add to the objective at the shadow prices of a linear programme's solution. **Shape**
  /// variable.
  public func reducedCosts(at solution: Solution) -> [Double] {
    var reduced = costs()
    for (row, price) in solution.shadowPrices.enumerated() where price != 0 && row < constraintCount {
      for term in terms(ofRow: row) { reduced[Int(columns[term])] -= price * coefficients[term] }
    }
    return reduced
  }

  var constraintCount: Int { rowNames.count }
  public var hasIntegers: Bool { variables.contains(where: \.kind.isInteger) }

  func terms(ofRow row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// The objective's coefficient of each variable.
  func costs() -> [Double] {
    var costs = [Double](repeating: 0, count: variables.count)
    for term in objective.terms where costs.indices.contains(term.variable.index) {
      costs[term.variable.index] += term.coefficient
    }
    return costs
  }
}
