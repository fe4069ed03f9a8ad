/// The outcome of a solve. Only two of the cases hold a solution, and each says what is known of it.
public enum SolveOutcome: Hashable, Sendable {
  /// Checked, and no other solution is better by more than the gap that was asked for.
  case proven(Solution)
  /// Checked, but the solve stopped before the gap was reached: the solution states its own.
  case stopped(Solution, StopReason)
  /// Stopped before any solution was found, or before its integers were whole. There may be one.
  case withoutSolution(StopReason)
  /// No values satisfy the constraints. This is the solver's word: there is nothing to check.
  case infeasible
  /// The objective can fall for ever.
  case unbounded
  /// The solver broke off, or what it claimed did not pass the check. The text says which.
  case failed(String)

  /// The solution, if there is one, proven or not.
  public var solution: Solution? {
    switch self {
    case .proven(let solution), .stopped(let solution, _): solution
    case .withoutSolution, .infeasible, .unbounded, .failed: nil
    }
  }
}

/// Why a solve ended before its gap was reached.
public enum StopReason: Hashable, Sendable {
  case timeLimit, nodeLimit, iterationLimit, cancelled
  /// The solver called it optimal, but what it returned, once checked, is further from its bound than was asked.
  case gapNotReached
}

/// Values that satisfy a model, checked against the model itself.
public struct Solution: Hashable, Sendable {
  /// One for each variable, in the model's order. Within the bounds to the bit; whole numbers exactly.
  public let values: [Double]
  /// The objective at these values, added up from the model.
  public let objective: Double
  /// No solution has a lower objective; minus infinity when nothing is known.
  public let bound: Double
  /// Nodes of branch and bound.
  public let nodes: Int
  /// How fast the lowest objective rises as each constraint's value does, in the model's order; of a model with integers, empty.
  /// **Units** the objective's by the constraint's.
  public let shadowPrices: [Double]

  /// Not a number for a variable of another, larger model.
  public subscript(variable: VariableID) -> Double {
    values.indices.contains(variable.index) ? values[variable.index] : .nan
  }

  /// How much better another solution might be, as a share of this one's objective; infinite where nothing is known, or where the
  /// objective is nought and the bound is not.
  public var gap: Double { Self.gap(objective: objective, bound: bound) }

  /// The difference between an objective and a bound as a share of the objective.
  public static func gap(objective: Double, bound: Double) -> Double {
    if objective == bound { return 0 }
    return objective == 0 || !objective.isFinite ? .infinity : (objective - bound) / abs(objective)
  }

  /// Nil unless a linear programme was solved that has the constraint.
  public func shadowPrice(of constraint: ConstraintID) -> Double? {
    shadowPrices.indices.contains(constraint.index) ? shadowPrices[constraint.index] : nil
  }
}
