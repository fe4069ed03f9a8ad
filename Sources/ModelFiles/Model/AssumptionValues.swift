internal import Diagnostics
internal import PlacePlanning

/// Reads assumptions by key; knows which were never read, and what each may be.
struct AssumptionValues {
  private let assumptions: [String: Assumption]
  private let files: AssumptionFiles
  private let header: ModelHeader
  private var rules: [String: Rule] = [:]

  /// What a value may be.
  private struct Rule {
    let range: ClosedRange<Double>
    let isWhole: Bool

    func allows(_ value: Double) -> Bool {
      range.contains(value) && (!isWhole || value.rounded() == value)
    }

    var words: String {
      if range.lowerBound == range.upperBound { return plain(range.lowerBound) }
      return
        "\(isWhole ? "a whole number" : "a number") from \(plain(range.lowerBound)) to \(plain(range.upperBound))"
    }
  }

  init(_ assumptions: [String: Assumption], files: AssumptionFiles, header: ModelHeader) {
    self.assumptions = assumptions
    self.files = files
    self.header = header
  }

  func isDefined(_ key: String) -> Bool { assumptions[key] != nil }

  /// The value of an assumption as it stands, checked or not; nil for one that is not defined.
  func known(_ key: String) -> Double? { assumptions[key]?.value }

  /// The value of an assumption as the model states it, whatever a scenario makes of it; nil for one that is not defined.
  func stated(_ key: String) -> Double? { files.entries[key]?.assumption.value }

  /// Reference classes of which any `delivery.<class>.…` is defined.
  var deliveryClasses: Set<String> {
    let names = assumptions.keys.compactMap { key -> String? in
      let parts = key.split(separator: ".")
      guard parts.count > 2, parts[0] == "delivery" else { return nil }
      return parts[1..<(parts.count - 1)].joined(separator: ".")
    }
    return Set(names)
  }

  /// Where an assumption stands; the model's own file for one that is not defined.
  func place(of key: String) -> SourceLocation { files.entries[key]?.place ?? header.place }

  /// The value of an assumption. A fault where it is in another unit (E225), or where the value that the model states is not allowed (E014);
  /// what a scenario makes of it is not judged here. In place of a value that is not allowed comes one that is. An assumption that is not
  /// defined is a fault too (E013), unless the model need not have it: then its value is `neutral`, which changes nothing.
  mutating func value(
    _ key: String, _ unit: UnitKind, in range: ClosedRange<Double>, whole: Bool = false,
    unlessDefined neutral: Double? = nil, _ list: inout DiagnosticList
  ) -> Double {
    let rule = Rule(range: range, isWhole: whole)
    rules[key] = rule
    guard let assumption = assumptions[key] else {
      if let neutral { return neutral }
      list.add(
        .missingKey, at: SourceLocation(file: header.place.file), what: "assumption '\(key)' is not defined",
        why: "the model needs it, and no value would be right for every model",
        fix: "define it in assumptions/")
      return range.lowerBound
    }
    if let entry = files.entries[key] {
      let stated = entry.assumption
      unit.check(stated.unit, of: "'\(key)'", at: entry.unitPlace, &list)
      if !rule.allows(stated.value) {
        list.add(
          .wrongValue, at: place(of: key), what: "'\(key)' is \(plain(stated.value)) \(stated.unit)",
          why: "only \(rule.words) makes sense", fix: "correct it")
      }
    }
    // What a scenario has made of it is reported where the scenario says so.
    return rule.allows(assumption.value) ? assumption.value : range.lowerBound
  }

  /// An academic year, given as the calendar year of its September; a fault (E014), and nil, for one out of a range, or far from the base
  /// year.
  mutating func year(
    _ key: String, in range: ClosedRange<Int>? = nil, _ list: inout DiagnosticList
  ) -> AcademicYear? {
    let range = range ?? header.years.range()
    let years = Double(range.lowerBound)...Double(range.upperBound)
    let year = value(key, .year, in: years, whole: true, &list)
    return assumptions[key]?.value == year ? AcademicYear(Int(year)) : nil
  }

  /// Refuses values that scenarios, asked for or not, make of the assumptions and that are not allowed (E014). To be called once all
  /// assumptions have been read.
  func check(_ changes: [ScenarioLibrary.Change], _ list: inout DiagnosticList) {
    for change in changes {
      guard let rule = rules[change.applied.key], !rule.allows(change.applied.is) else { continue }
      list.add(
        .wrongValue, at: change.place,
        what:
          "\(change.maker) makes '\(change.applied.key)' \(plain(change.applied.is)) \(change.applied.unit)",
        why: "only \(rule.words) makes sense", fix: "correct the change")
    }
  }

  /// A defined assumption that nothing has read is a fault (E012): most often its key is misspelt.
  func reportOrphans(_ list: inout DiagnosticList) {
    for key in assumptions.keys.sorted() where rules[key] == nil {
      list.add(
        .unknownKey, at: place(of: key), what: "nothing uses assumption '\(key)'",
        why: "it looks as if it counted, and changes nothing",
        fix: didYouMean(key, among: rules.keys.filter { !isDefined($0) }, else: "remove it"))
    }
  }
}
