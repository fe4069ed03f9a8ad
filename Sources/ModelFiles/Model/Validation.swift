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

  /// Refuses a model that has a synthetic data set and does not say that it is synthetic (E224). One that says so without any is let pass: it
  /// errs on the safe side.
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
    scenario: String, changes: [AssumptionChange], _ list: inout DiagnosticList
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
    let conditions = AssemblyConditions(scenario, changes, base: base, assumed: assumed)
    let housing = try readHousing(known, conditions, &values, &list)
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
      known, conditions, sites: housing.sites, approved: schemes, &values, &list)
    values.reportOrphans(&list)
    values.check(outcomes.sorted { $0.key < $1.key }.flatMap(\.value.changes) + made, &list)
    guard !list.hasErrors else { return nil }
    warnOfRatios(county, rolls, births, areas, &list)
    warnOfProportions(county, rolls, capacity, areas, &list)
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

/// The scenario and changes that a model is assembled with, as messages need them.
struct AssemblyConditions {
  /// How a message begins: `under scenario 'late-homes', `; blank for the model as it stands.
  let under: String
  /// False where the scenario or a change has altered an assumption about homes.
  let homesAreAsStated: Bool

  fileprivate init(
    _ scenario: String, _ changes: [AssumptionChange], base: [String: Assumption],
    assumed: [String: Assumption]
  ) {
    under =
      (scenario == Scenario.central ? "" : "under scenario '\(scenario)', ")
      + (changes.isEmpty ? "" : "with the changes asked for, ")
    homesAreAsStated = assumed.allSatisfy { key, assumption in
      !key.hasPrefix("housing.") || base[key]?.value == assumption.value
    }
  }
}
