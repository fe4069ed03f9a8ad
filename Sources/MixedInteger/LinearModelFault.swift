/// Everything for which a model, or the options of a solve, was refused.
public struct LinearModelFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The model's name.
  public let model: String
  /// One sentence for each fault, in the order of the model.
  public let faults: [String]

  public var description: String {
    (["model '\(model)' is refused:"] + faults.map { "  " + $0 }).joined(separator: "\n")
  }
}

extension LinearModel {
  /// Coefficients that HiGHS deals with rightly. It drops smaller ones without being asked. Of larger ones, products are
  /// less exact than its tolerances: where a binary opened a door of 3e8 or 1e9 it called solutions optimal that another
  /// seed's were better than by up to a third; at 1e8 none in 80 tries.
  static let coefficientRange = 1e-9...1e7
  /// HiGHS takes costs, bounds and values from here on for infinite.
  static let infinite = 1e20

  /// Refuses a model that a solver or a reader of LP text could understand otherwise than it was meant.
  ///
  /// **Throws** `LinearModelFault` with all faults: names that are used twice or that LP text cannot carry, numbers that
  /// are not numbers, infinite or too large or small for the solver, bounds the wrong way round, variables of another
  /// model.
  public func check() throws(LinearModelFault) {
    let faults =
      variableNames.faults + constraintNames.faults + variables.indices.flatMap(boundFaults) + strays
      + objectiveFaults() + rowFaults()
    guard faults.isEmpty else { throw LinearModelFault(model: name, faults: faults) }
  }

  private func boundFaults(_ index: Int) -> [String] {
    let (lower, upper) = (variables[index].kind.lower, variables[index].kind.upper)
    var which: String { "variable '\(variables[index].name)'" }
    if lower.isNaN || upper.isNaN { return ["\(which) has a bound that is not a number"] }
    if lower > upper { return ["\(which) has lower bound \(lower) above upper bound \(upper)"] }
    if lower == .infinity || upper == -.infinity {
      return ["\(which) has no finite value within its bounds"]
    }
    let tooLarge = [lower, upper].filter { $0.isFinite && abs($0) >= Self.infinite }
    return tooLarge.map { "\(which) has bound \($0), which the solver takes for infinite" }
  }

  private func objectiveFaults() -> [String] {
    var faults: [String] = []
    for term in objective.terms where !variables.indices.contains(term.variable.index) {
      faults.append(
        "the objective has variable number \(term.variable.index), but the model has \(variables.count)")
    }
    for (index, cost) in costs().enumerated() where !(abs(cost) < Self.infinite) {
      faults.append("the objective has coefficient \(cost) of '\(variables[index].name)'")
    }
    if !(abs(objective.constant) < Self.infinite) {
      faults.append("the objective has constant \(objective.constant)")
    }
    return faults
  }

  private func rowFaults() -> [String] {
    var faults: [String] = []
    for row in 0..<constraintCount {
      if !(abs(rowValues[row]) < Self.infinite) {
        faults.append("constraint '\(rowNames[row])' has value \(rowValues[row])")
      }
      for term in terms(ofRow: row) {
        let coefficient = coefficients[term]
        guard coefficient != 0, !Self.coefficientRange.contains(abs(coefficient)) else { continue }
        let variable = variables[Int(columns[term])].name
        faults.append(
          "constraint '\(rowNames[row])' has coefficient \(coefficient) of '\(variable)': "
            + "not between 1e-9 and 1e7, so state it in other units")
      }
    }
    if columns.count > Int(Int32.max) || variables.count > Int(Int32.max) {
      faults.append("\(columns.count) terms are more than the solver can count")
    }
    return faults
  }
}
