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
      variableNames.faults + constraintNames.faults + variables.flatMap(boundFaults) + strays
      + objectiveFaults() + rowFaults()
    guard faults.isEmpty else { throw LinearModelFault(model: name, faults: faults) }
  }

  private func boundFaults(_ variable: Variable) -> [String] {
    let (lower, upper) = (variable.kind.lower, variable.kind.upper)
    let which = "variable '\(variable.name)'"
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

/// The names of a model's variables or constraints, and what is wrong with them.
struct LPNames {
  private let what: String
  private var seen: Set<String> = []
  /// In the order of the names.
  private(set) var faults: [String] = []

  /// `what` they name: `variable`.
  init(of what: String) { self.what = what }

  mutating func add(_ name: String) {
    if let trouble = LPName.trouble(with: name) { faults.append("\(what) '\(name)': the name \(trouble)") }
    if !seen.insert(name).inserted { faults.append("\(what) '\(name)' is there twice") }
  }
}

/// Names that every reader of LP text takes for names.
enum LPName {
  static let longest = 255

  private static let reserved: Set<String> = [
    "min", "minimum", "minimize", "minimise", "max", "maximum", "maximize", "maximise", "subject", "to",
    "such",
    "that", "st", "s.t.", "st.", "bound", "bounds", "bin", "binary", "binaries", "gen", "general", "generals",
    "int",
    "integer", "integers", "semi", "semis", "sos", "sos1", "sos2", "s1", "s2", "free", "end", "obj",
  ]

  /// Why this cannot be a name in LP text, or nil.
  ///
  /// HiGHS reads a number wherever one begins, so that `infant` would be infinity times `ant`; and a bracket ends a name.
  static func trouble(with name: String) -> String? {
    guard let first = name.utf8.first else { return "is empty" }
    guard name.utf8.count <= longest else { return "is longer than \(longest) characters" }
    guard name.utf8.allSatisfy(isPart) else { return "may have only letters, digits and _ . # ( ) ," }
    guard isLetter(first) || first == UInt8(ascii: "_") else { return "must begin with a letter or _" }
    let small = name.lowercased()
    if small.hasPrefix("inf") || small.hasPrefix("nan") {
      return "begins with '\(small.prefix(3))', which readers of LP text take for a number"
    }
    if small.hasPrefix("e"), small.utf8.dropFirst().first.map(isDigit) ?? true {
      return "looks like the exponent of a number"
    }
    return reserved.contains(small) ? "is a word of LP text" : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "_.#(),".utf8.contains(byte)
  }
}
