internal import Diagnostics
internal import PlacePlanning

private let projectKinds = [
  "new_schools": "new_school", "new_school": "new_school", "permanent_expansions": "permanent_expansion",
  "permanent_expansion": "permanent_expansion", "temporary_expansions": "temporary_expansion",
  "temporary_expansion": "temporary_expansion",
]

/// Price bases of publications that state them, by reporting year: found by setting the published national figures beside those of
/// the technical notes.
private let priceBases = [2023: "2024-Q1", 2024: "2025-Q1", 2025: "2026-Q1"]

/// What a place of one kind cost.
private struct ScorecardCost {
  let name: String
  let cost: Double
  let projects: Double?
  let created: Double?
}

/// A row of costs and its key; nil where it is set aside or refused. **Throws** E414 where nobody says in which prices it is.
private func readCost(
  _ reader: ImportReader, _ request: ImportRequest
) throws(DiagnosticList) -> (key: [String], value: ScorecardCost)? {
  if !reader.isBlank(reader.column("school")) {
    reader.account.setAside("a single project")
    return nil
  }
  guard let area = reader.scorecardArea(request), let phase = reader.scorecardPhase() else { return nil }
  guard let kind = projectKinds[folded(reader.text("kind"))] else {
    reader.refuseUnknownWord(
      reader.column("kind"), known: ["New school", "Permanent expansion", "Temporary expansion"],
      why: "it is no kind of project of the scorecards")
    return nil
  }
  guard let year = reader.reportingYear() else { return nil }
  guard let base = request.priceBase ?? priceBases[year] else {
    throw DiagnosticList([
      reader.fault(
        .notStated, reader.column("period"),
        "the file does not say in which prices the costs of \(year) are",
        why: "a cost in the wrong year's prices is wrong by all inflation since",
        fix: "find it in the publication's technical notes and give it as --price-base, such as 2018-Q1")
    ])
  }
  let fate = reader.amount(reader.column("cost"), "the cost per place", .pound, within: 1...1_000_000)
  guard let cost = reader.kept(fate) else { return nil }
  var faults: [Diagnostic] = []
  let projects = reader.optionalCount(reader.column("projects"), "the number of projects", &faults)
  let created = reader.optionalCount(reader.column("created"), "places created", &faults)
  if !faults.isEmpty {
    reader.refuse(faults)
    return nil
  }
  return (
    [area.code, "\(year)", phase.rawValue, kind, base],
    ScorecardCost(name: area.name, cost: cost, projects: projects, created: created)
  )
}

/// Cost per place by authority.
func readCosts(
  _ readers: [ImportReader], _ request: ImportRequest
) throws(DiagnosticList) -> ImportedTable {
  var rows = SingleRows<ScorecardCost>()
  for reader in readers {
    while try reader.next() {
      guard let row = try readCost(reader, request) else { continue }
      rows.add(row.key, row.value, reader)
    }
  }
  return ImportedTable(
    name: "scorecard-costs", title: "Cost per place of additional school places (scorecards)",
    columns: [
      .code("area_code"), .text("area_name"), .init(name: "reporting_year", type: .year),
      .phase,
      .word("project_type", ["new_school", "permanent_expansion", "temporary_expansion"]),
      .text("price_base", "Quarter in whose prices the cost is"),
      .decimal("cost_per_place", "GBP/place", 1...1_000_000),
      .count("projects", "projects", 100_000, optional: true),
      .count("places_created", "places", 10_000_000, optional: true),
    ], key: ["area_code", "reporting_year", "phase", "project_type"],
    rows: rows.settle().map { entry in
      let key = entry.key
      return [key[0], entry.value.name, key[1], key[2], key[3], key[4], dataNumber(entry.value.cost)]
        + [entry.value.projects, entry.value.created].map { $0.map(dataNumber) ?? "" }
    },
    reading: [
      "**Price base.** A cost stands in the prices of the quarter in `price_base`. It is known for the reporting years 2023 to 2025; "
        + "for others it must be given.",
      "**Authorities' costs** since 2021 are the national figure times a regional factor, not their own projects.",
      "**Levels.** National and authority rows are kept; single projects and regions are set aside.",
    ])
}
