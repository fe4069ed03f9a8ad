public import Diagnostics
public import PlacePlanning

/// A model that has passed every check, and the warnings that its paper must carry.
public struct CheckedModel: Sendable {
  public let model: PlanningModel
  public let warnings: DiagnosticList
  /// The names of its scenarios, `central` first.
  public let scenarios: [String]
}

/// Judges a model's text, in stages; each finds all of its faults before the run stops.
///
/// 1. Every file alone: YAML, schemas, cells, keys, totals. 2. Files against each other: scenarios against assumptions,
/// codes, capacity, rolls, births, flows, homes, money.
///
/// **Throws** `DiagnosticList` (codes E010 to E248), or `InternalFault` when a check of ours is missing.
public func validate(_ text: ModelText) throws -> CheckedModel {
  try ParsedModel(text).checked(scenario: text.scenario)
}

/// The files of a model, each checked alone.
struct ModelParts {
  let header: ModelHeader
  let sources: [Source]
  let assumptions: AssumptionFiles
  let scenarios: ScenarioLibrary
  let datasets: [DatasetRole: Dataset]

  init?(_ text: ModelText, _ list: inout DiagnosticList) {
    let header = Self.document(text.model, &list).flatMap { ModelHeader($0, &list) }
    let sources = Self.document(text.sources, &list).map { readSources($0, years: header?.years, &list) }
    // Nil when the file cannot be read: then every other file would be blamed for it.
    let sourceKeys = sources.map { text.blend?.known($0.map(\.key)) ?? $0.map(\.key) }
    assumptions = AssumptionFiles(
      text.assumptions.compactMap { Self.document($0, &list) }, sources: sourceKeys, &list
    ).blended(text.blend, sources: sourceKeys)
    scenarios = ScenarioLibrary(
      text.scenarios.compactMap { file in
        Self.document(file, &list).flatMap { Scenario($0, sources: sourceKeys, &list) }
      }, &list)
    var datasets: [DatasetRole: Dataset] = [:]
    for dataset in text.datasets {
      guard let document = Self.document(dataset.schema, &list),
        let schema = DatasetSchema(document, sources: sourceKeys, years: header?.years, &list)
      else { continue }
      dataset.role.check(schema, &list)
      dataset.checkName(schema, among: text.datasets, &list)
      let data = Dataset(dataset.data, schema: schema, codesAreNames: true, &list)
        .blended(text.blend, dataset.role, sources: sourceKeys)
      if let years = header?.years { data.check(years, of: dataset.role, &list) }
      datasets[dataset.role] = data
    }
    for role in DatasetRole.required where !text.datasets.contains(where: { $0.role == role }) {
      list.add(
        .missingKey, at: header?.dataPlace ?? text.model.wholeFile,
        what: "'data' has no '\(role.rawValue)'", why: "no projection is possible without it",
        fix: "name the data set that fills this role"
          + (role == .transferShares
            ? "; no model holds primary areas alone, but one secondary area may stand for all" : ""))
    }
    guard let header, let sources else { return nil }
    self.header = header
    self.sources = sources
    self.datasets = datasets
    refuseHiddenSynthetic(&list)
  }

  /// A model with any synthetic data set is synthetic, and must say so (E224). One that says so without any may: it errs on the safe side.
  private func refuseHiddenSynthetic(_ list: inout DiagnosticList) {
    let invented = Set(datasets.values.filter(\.note.isSynthetic).map(\.note.name)).sorted()
    guard !header.identity.isSynthetic, let first = invented.first else { return }
    let more = invented.count > 1 ? " and \(invented.count - 1) more data sets say" : " says"
    list.add(
      .syntheticNotSaid, at: header.syntheticPlace,
      what: "the model is not synthetic, but its data set '\(first)'\(more) 'synthetic: yes'",
      why: "papers would give invented figures as those of \(header.identity.authority)",
      fix: "write 'synthetic: yes' until the last of them is replaced, or correct the data set's schema")
  }

  static func document(_ file: SourceFile, _ list: inout DiagnosticList) -> YAMLValue? {
    list.gather { () throws(DiagnosticList) in try YAMLValue(file) }
  }

  func rows(_ role: DatasetRole) -> [DatasetRow] { datasets[role]?.rows ?? [] }

  /// The file of the first of these roles that the model names; the model's own where it names none.
  func place(of roles: DatasetRole...) -> SourceLocation {
    roles.compactMap { datasets[$0] }.first?.file.wholeFile ?? header.place
  }
}

extension ModelParts {
  /// The model under one scenario, or nil with faults in the list.
  func assemble(
    scenario: String, changes: [AssumptionChange] = [], _ list: inout DiagnosticList
  ) throws -> PlanningModel? {
    scenarios.check(scenario, at: SourceLocation(file: header.place.file), &list)
    let base = assumptions.entries.mapValues(\.assumption)
    let outcomes = scenarios.applied(to: base, &list)
    let chosen = outcomes[scenario]
    let (assumed, made) = apply(changes, to: chosen?.assumptions ?? base, &list)
    let applied = ((chosen?.changes ?? []) + made).map(\.applied)
    var values = AssumptionValues(assumed, files: assumptions, header: header)
    let areas = try readAreas(&list)
    let known = KnownAreas(areas)
    let county = try readCountyRolls(areas, &list)
    let rolls = try readAreaRolls(areas, county, &list)
    let births = try readBirths(areas, &list)
    let capacity = try readCapacity(known, county, &values, &list)
    let transfer = try readTransfer(known, &values, &list)
    let homesAreAsStated = assumed.allSatisfy { key, assumption in
      !key.hasPrefix("housing.") || base[key]?.value == assumption.value
    }
    let under = Self.under(scenario, changes)
    let housing = try readHousing(
      known, homesAreAsStated: homesAreAsStated, under: under, &values, &list)
    let schemes = try readProgramme(&list)
    let spending = try readSpending(schemes, &list)
    let needs = try readPublishedNeeds(known, &values, &list)
    let margin = AreaPhase.allCases.reduce(into: [AreaPhase: Double]()) { margin, phase in
      margin[phase] = values.value("operating_margin.\(phase.rawValue)", .share, in: 0...0.3, &list)
    }
    let factor = values.value("births.future_factor", .ratio, in: 0.1...3, &list)
    let fertility = try readFertility(areas, births, &values, &list)
    let control = try readControl(known, county, rolls, &list)
    let uncertainty = readUncertainty(&values, &list)
    let capital = try readCapital(
      known, sites: housing.sites, approved: schemes, homesAreAsStated: homesAreAsStated,
      under: under, &values, &list)
    values.reportOrphans(&list)
    values.check(outcomes.sorted { $0.key < $1.key }.flatMap(\.value.changes) + made, &list)
    guard !list.hasErrors else { return nil }
    checkAlarms(county, rolls, births, areas, &list)
    checkProportions(rolls, capacity, areas, &list)
    try warnOfExcessFlows(rolls, known, &list)
    warnOfUncountedDisturbance(county, &list)
    return PlanningModel(
      identity: header.identity, scenario: scenario, baseYear: header.baseYear,
      horizonYears: header.horizonYears, areas: areas, countyRolls: county, areaRolls: rolls,
      births: births, birthShares: birthShares(areas, rolls), futureBirthsFactor: factor,
      transfer: transfer, capacity: capacity, housing: housing, operatingMargin: margin,
      schemes: schemes, spending: spending, publishedNeeds: needs,
      assumptions: assumed.values.sorted { $0.key < $1.key }, appliedOverrides: applied,
      datasets: datasets.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value.note },
      sources: sources, uncertainty: uncertainty, futureBirths: header.futureBirths, fertility: fertility,
      control: control, capital: capital, disturbedYears: header.disturbedYears)
  }
}

extension ModelParts {
  /// What a model is put together under, as a message begins; blank for the model as it stands.
  private static func under(_ scenario: String, _ changes: [AssumptionChange]) -> String {
    (scenario == Scenario.central ? "" : "under scenario '\(scenario)', ")
      + (changes.isEmpty ? "" : "with the changes asked for, ")
  }
}

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

  /// The value of an assumption; a fault when it is of another unit (E225), or not allowed as the model states it (E014), whatever a
  /// scenario makes of it. A value that is not allowed gives some allowed one. One that is not defined is a fault too (E013), but for
  /// what a model need not have: then it is `neutral`, which changes nothing.
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

  /// Checks what every scenario makes of the assumptions, asked for or not (E014). To be called when all have been read.
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

/// Planning areas by code, for checking the codes of other files.
struct KnownAreas {
  let byCode: [PlanningAreaCode: PlanningArea]

  init(_ areas: [PlanningArea]) {
    byCode = Dictionary(areas.map { ($0.code, $0) }) { first, _ in first }
  }

  /// The area of a code cell; a fault (E201) when it is unknown or, with `phase`, of the other phase.
  func area(
    _ row: DatasetRow, _ column: String, phase: AreaPhase? = nil, _ list: inout DiagnosticList
  ) throws -> PlanningArea? {
    let code = try row.area(column)
    guard let area = byCode[code] else {
      list.add(
        .unknownCode, at: row.place(column), what: "there is no planning area '\(code)'",
        why: "the row would count nowhere",
        fix: didYouMean(code.text, among: byCode.keys.map(\.text), else: "add the area to planning_areas"))
      return nil
    }
    if let phase, area.phase != phase {
      list.add(
        .unknownCode, at: row.place(column),
        what: "'\(code)' (\(area.name)) is a \(area.phase.rawValue) area; a \(phase.rawValue) one is "
          + "wanted here", why: "its year groups are not those that the row speaks of",
        fix: "write the code of a \(phase.rawValue) area")
      return nil
    }
    return area
  }
}
