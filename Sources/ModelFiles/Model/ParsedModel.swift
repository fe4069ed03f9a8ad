public import Diagnostics
internal import PlacePlanning

/// A change of one assumption that stands in no scenario file: somebody gave it at the command line.
public struct AssumptionChange: Hashable, Sendable {
  /// What becomes of the value.
  public enum Change: Hashable, Sendable {
    case set(Double)
    case scale(Double)
  }

  public let key: String
  public let change: Change
  /// `--set:1`: the option, and which of its uses it is.
  public let place: SourceLocation

  /// `key` is that of the assumption; whether there is one is found when the model is checked.
  public init(key: String, change: Change, place: SourceLocation) {
    self.key = key
    self.change = change
    self.place = place
  }
}

/// A model whose files have been read and checked one by one, to be put together under any scenario and any changes without
/// reading them again.
public struct ParsedModel: Sendable {
  let parts: ModelParts

  /// **Throws** `DiagnosticList`: what each file has wrong by itself (E010 to E116, E225), and figures that are not said to be
  /// invented (E224).
  public init(_ text: ModelText) throws {
    var list = DiagnosticList()
    let parts = ModelParts(text, &list)
    try list.check()
    guard let parts else { throw InternalFault(description: "a file was refused without a diagnostic") }
    self.parts = parts
  }

  /// The model under a scenario, with changes on top. Every scenario is checked, whichever is asked for.
  ///
  /// **Throws** `DiagnosticList`: E014, E031, E033 and E040 for changes, and what files have wrong beside each other (E031 to E248).
  public func checked(scenario: String = "central", changes: [AssumptionChange] = []) throws -> CheckedModel {
    var list = DiagnosticList()
    let model = try parts.assemble(scenario: scenario, changes: changes, &list)
    try list.check()
    guard let model else { throw InternalFault(description: "a model was refused without a diagnostic") }
    return CheckedModel(
      model: model, warnings: list.sorted,
      scenarios: [Scenario.central] + parts.scenarios.names.filter { $0 != Scenario.central })
  }
}

extension ModelParts {
  /// Applies changes of the command line; faults E031 and E033.
  func apply(
    _ changes: [AssumptionChange], to base: [String: Assumption], _ list: inout DiagnosticList
  ) -> (assumptions: [String: Assumption], changes: [ScenarioLibrary.Change]) {
    var assumptions = base
    var made: [ScenarioLibrary.Change] = []
    var seen: [String: SourceLocation] = [:]
    for change in changes {
      if let first = seen[change.key] {
        list.add(
          .twoOverrides, at: change.place, what: "'\(change.key)' is changed twice; first at \(first)",
          why: "the answer would depend on the order of the two", fix: "keep one of them")
        continue
      }
      seen[change.key] = change.place
      guard let assumption = assumptions[change.key] else {
        list.add(
          .unknownAssumption, at: change.place, what: "unknown assumption '\(change.key)'",
          why: "a change may only be made to an assumption that the model defines",
          fix: didYouMean(change.key, among: base.keys, else: "look among those that 'places keys' lists"))
        continue
      }
      let value =
        switch change.change {
        case .set(let value): value
        case .scale(let factor): assumption.value * factor
        }
      assumptions[change.key] = assumption.with(value: value)
      made.append(
        ScenarioLibrary.Change(
          applied: AppliedOverride(
            key: change.key, was: assumption.value, is: value, unit: assumption.unit,
            why: "Asked for at the command line", place: change.place.description),
          place: change.place, maker: "the change"))
    }
    return (assumptions, made)
  }
}

extension AssumptionChange {
  /// Reads `KEY=NUMBER` as an option has it; nil for any other form. `position` counts the uses of the option from 1.
  public init?(option: String, position: Int, text: String, _ change: (Double) -> Change) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex,
      let number = strictNumber(String(text[text.index(after: equals)...]))
    else { return nil }
    self.init(
      key: String(text[..<equals]), change: change(number),
      place: SourceLocation(file: option, line: position, excerpt: text))
  }
}
