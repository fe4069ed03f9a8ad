internal import Diagnostics
internal import PlacePlanning

/// A short list of changes to assumptions, each with a reason.
struct Scenario {
  enum Change {
    case set(was: Double, to: Double)
    case scale(by: Double)
  }

  struct Override {
    let key: String
    let keyPlace: SourceLocation
    /// The file as the model names it, the same wherever the model stands.
    let fileName: String
    let change: Change
    let unit: String?
    let why: String

    /// `scenarios/late-handover.yaml:6:12`.
    var placeInModel: String {
      SourceLocation(file: fileName, line: keyPlace.line, column: keyPlace.column).description
    }
  }

  let name: String
  let parent: (name: String, place: SourceLocation)?
  let overrides: [Override]
  let place: SourceLocation

  /// The scenario that a model has without a file: the assumptions as they stand.
  static let central = "central"

  private static let overrideKeys = ["set", "scale", "was", "to", "by", "unit", "why", "source"]

  init?(_ document: YAMLValue, sources: [String]?, _ list: inout DiagnosticList) {
    guard
      let top = document.mapping(
        "the scenario", allowed: ["scenario", "title", "extends", "overrides"], &list)
    else { return nil }
    let name = top.name("scenario", &list)
    let hasTitle = top.text("title", &list) != nil
    let parent = top.optionalText("extends", &list)
    overrides = (top.optional("overrides")?.value.items(&list) ?? []).compactMap {
      Self.override($0, sources: sources, &list)
    }
    guard let name, hasTitle else { return nil }
    self.name = name
    self.parent = top.optional("extends").flatMap { entry in
      parent.map { ($0, entry.value.location) }
    }
    place = document.location
  }

  private static func override(
    _ item: YAMLValue, sources: [String]?, _ list: inout DiagnosticList
  ) -> Override? {
    guard let spec = item.mapping("an override", allowed: overrideKeys, &list),
      let why = spec.text("why", &list)
    else { return nil }
    let unit = spec.optionalText("unit", &list)
    let source = spec.optionalText("source", &list)
    spec.checkSource(source, among: sources, &list)
    let isSet = spec.optional("set") != nil
    guard isSet != (spec.optional("scale") != nil) else {
      list.add(
        .wrongValue, at: spec.place, what: "an override has either 'set' or 'scale'",
        why: "it is not certain what is to be changed, or how",
        fix: "write 'set: key' with 'was' and 'to', or 'scale: key' with 'by'")
      return nil
    }
    let allowed = isSet ? ["set", "was", "to"] : ["scale", "by"]
    for entry in spec.entries where ["was", "to", "by"].contains(entry.name) {
      guard allowed.contains(entry.name) else {
        list.add(
          .unknownKey, at: entry.place,
          what: "'\(entry.name)' does not go with '\(isSet ? "set" : "scale")'",
          why: "it would be silently ignored", fix: "remove it")
        return nil
      }
    }
    let verb = isSet ? "set" : "scale"
    guard let keyEntry = spec.optional(verb), let key = keyEntry.value.text(&list) else {
      return nil
    }
    let change: Change
    if isSet {
      let was = spec.parsed("was", wanted: "a number", &list, strictNumber)
      let to = spec.parsed("to", wanted: "a number", &list, strictNumber)
      guard let was, let to else { return nil }
      change = .set(was: was, to: to)
    } else {
      guard let by = spec.parsed("by", wanted: "a number", &list, strictNumber) else { return nil }
      change = .scale(by: by)
    }
    return Override(
      key: key, keyPlace: keyEntry.value.location, fileName: item.file.name, change: change, unit: unit,
      why: why)
  }
}

/// Checks every scenario against the assumptions, used or not, and applies one.
struct ScenarioLibrary {
  private let scenarios: [String: Scenario]

  init(_ scenarios: [Scenario], _ list: inout DiagnosticList) {
    var byName: [String: Scenario] = [:]
    for scenario in scenarios {
      if scenario.name == Scenario.central {
        list.add(
          .duplicateDefinition, at: scenario.place,
          what: "scenario '\(Scenario.central)' is defined by this file, and by the model itself",
          why: "it is the name of the assumptions as they stand; these changes would be taken for them",
          fix: "give the scenario another name")
        continue
      }
      if let first = byName[scenario.name] {
        list.add(
          .duplicateDefinition, at: scenario.place,
          what: "scenario '\(scenario.name)' is defined twice; first at \(first.place)",
          why: "it is not certain which of the two is meant", fix: "rename one of them")
      }
      byName[scenario.name] = scenario
    }
    self.scenarios = byName
  }

  var names: [String] { Set(scenarios.keys).union([Scenario.central]).sorted() }

  /// A fault (E034) unless the scenario exists; `central` always does.
  func check(_ wanted: String, at place: SourceLocation, _ list: inout DiagnosticList) {
    guard !names.contains(wanted) else { return }
    list.add(
      .unknownScenario, at: place, what: "there is no scenario '\(wanted)'",
      why: "the central figures would be taken for it",
      fix: didYouMean(wanted, among: names, else: "choose one of \(names.joined(separator: ", "))"))
  }

  /// A change that a scenario or somebody at the command line made, and where it stands.
  struct Change {
    let applied: AppliedOverride
    let place: SourceLocation
    /// The words for it at the start of a message.
    var maker = "the scenario"
  }

  /// What every scenario makes of the assumptions, by name; all are applied, so that the faults of all are found.
  func applied(
    to base: [String: Assumption], _ list: inout DiagnosticList
  ) -> [String: (assumptions: [String: Assumption], changes: [Change])] {
    scenarios.keys.sorted().reduce(into: [:]) { outcomes, name in
      outcomes[name] = applied(name, to: base, &list)
    }
  }

  /// The scenario's line of parents, the furthest first.
  private func lineage(of name: String, _ list: inout DiagnosticList) -> [Scenario] {
    var line: [Scenario] = []
    var current = scenarios[name]
    while let scenario = current {
      line.insert(scenario, at: 0)
      guard let parent = scenario.parent else { break }
      if line.contains(where: { $0.name == parent.name }) {
        list.add(
          .parentCycle, at: parent.place,
          what: "scenario '\(scenario.name)' extends '\(parent.name)', which extends it in turn",
          why: "the chain of parents never ends", fix: "take one 'extends' out of the circle")
        break
      }
      current = scenarios[parent.name]
      if current == nil, parent.name != Scenario.central {
        list.add(
          .unknownScenario, at: parent.place, what: "there is no scenario '\(parent.name)'",
          why: "its changes would be silently left out",
          fix: didYouMean(
            parent.name, among: names, else: "extend one of \(names.joined(separator: ", "))"))
      }
    }
    return line
  }

  private func applied(
    _ name: String, to base: [String: Assumption], _ list: inout DiagnosticList
  ) -> (assumptions: [String: Assumption], changes: [Change]) {
    var assumptions = base
    var changes: [Change] = []
    for scenario in lineage(of: name, &list) {
      var seen: [String: SourceLocation] = [:]
      for override in scenario.overrides {
        if let first = seen[override.key] {
          list.add(
            .twoOverrides, at: override.keyPlace,
            what: "'\(override.key)' is changed twice; first at \(first)",
            why: "the answer would depend on the order of the two", fix: "keep one of them")
          continue
        }
        seen[override.key] = override.keyPlace
        guard let assumption = assumptions[override.key] else {
          list.add(unknownAssumption(override, among: base))
          continue
        }
        if let unit = override.unit, unit != assumption.unit {
          list.add(
            .unitMismatch, at: override.keyPlace,
            what: "the override is in \(unit); '\(override.key)' is in \(assumption.unit)",
            why: "the number would mean something else",
            fix: "convert the number to \(assumption.unit)")
        }
        guard let value = newValue(override, of: assumption, &list) else { continue }
        if value == assumption.value {
          list.add(
            .overrideChangesNothing, at: override.keyPlace,
            what: "scenario '\(scenario.name)' leaves '\(override.key)' at \(plain(value))",
            why: "the scenario says that something changes, and its figures are those without the change",
            fix: "give it another value, or take the override out; nought times anything stays nought")
        }
        assumptions[override.key] = assumption.with(value: value)
        let applied = AppliedOverride(
          key: override.key, was: assumption.value, is: value, unit: assumption.unit, why: override.why,
          place: override.placeInModel)
        changes.append(Change(applied: applied, place: override.keyPlace))
      }
    }
    return (assumptions, changes)
  }

  private func newValue(
    _ override: Scenario.Override, of assumption: Assumption, _ list: inout DiagnosticList
  ) -> Double? {
    switch override.change {
    case .scale(let factor): return assumption.value * factor
    case .set(let was, let to):
      if was == assumption.value { return to }
      list.add(
        .staleWas, at: override.keyPlace,
        what: "'\(override.key)' was \(plain(was)) for this scenario; it is \(plain(assumption.value))",
        why: "the base has changed since the scenario was written, so its change may no longer be meant",
        fix: "look at \(assumption.place), then correct 'was' and, if need be, 'to'")
      return nil
    }
  }

  private func unknownAssumption(
    _ override: Scenario.Override, among base: [String: Assumption]
  ) -> Diagnostic {
    Diagnostic(
      .unknownAssumption, at: override.keyPlace, what: "unknown assumption '\(override.key)'",
      why: "a scenario may only change an assumption that the base model defines",
      fix: nearMiss(of: override.key, among: base.keys).map { near in
        "did you mean '\(near)' (\(base[near]?.place ?? ""))?"
      } ?? "define it in assumptions/ first")
  }
}
