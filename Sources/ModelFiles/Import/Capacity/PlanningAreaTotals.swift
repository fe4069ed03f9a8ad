internal import Diagnostics
internal import PlacePlanning

private struct Total {
  var schools = 0
  var roll = 0.0
  var capacity = 0.0
  var sharedSchools = 0
  var sharedRoll = 0.0
  var capacityMissing = 0
}

/// Schools added up by planning area.
///
/// A school that lies in a primary and in a secondary area has one roll, and nothing says how it parts: its pupils are shown beside
/// the areas' own and never divided. Its capacity is given in both parts. An area `inDoubt` has no figures: what its other schools add
/// to would look whole.
func planningAreaTable(_ schools: [SurveyedSchool], inDoubt: Set<String>) -> ImportedTable {
  let totals = areaTotals(schools)
  // By the area's own code: a school may lie in an area of the next authority.
  let names = Dictionary(schools.map { ($0.authority, $0.authorityName) }, uniquingKeysWith: max)
  let keys = totals.flatMap { area, phases in phases.keys.map { (area: area, phase: $0) } }
    .sorted { ($0.area, $0.phase.rawValue) < ($1.area, $1.phase.rawValue) }
  let without = schools.filter { $0.primaryArea == nil && $0.secondaryArea == nil }.count
  let listed = inDoubt.isEmpty ? "None." : "\(inDoubt.sorted().joined(separator: ", "))."
  return ImportedTable(
    name: "planning-area-capacity",
    title: "Planning areas, pupils and net capacity (School Capacity survey)",
    columns: [
      .code("planning_area_code"), .phase,
      .code("authority_code"), .text("authority_name", optional: true),
      .count("schools", "schools", 1000, optional: true, "In this area alone; blank where one was left out"),
      .count("number_on_roll", "pupils", 200_000, optional: true, "In May, of those schools"),
      .count(
        "schools_of_both_phases", "schools", 1000, optional: true,
        "That lie in an area of the other phase as well"),
      .count(
        "roll_of_both_phases", "pupils", 200_000, optional: true,
        "Their whole rolls, which nothing parts by phase"),
      .count(
        "net_capacity", "places", 200_000, optional: true,
        "With this phase's part of schools of both phases; blank where a part is not stated"),
    ], key: ["planning_area_code", "phase"],
    rows: keys.map { key in
      let total = totals[key.area]?[key.phase] ?? Total()
      let name = [
        key.area, key.phase.rawValue, String(key.area.prefix(3)), names[String(key.area.prefix(3))] ?? "",
      ]
      if inDoubt.contains(key.area) { return name + ["", "", "", "", ""] }
      let figures = [
        "\(total.schools)", dataNumber(total.roll), "\(total.sharedSchools)", dataNumber(total.sharedRoll),
        total.capacityMissing > 0 ? "" : dataNumber(total.capacity),
      ]
      return name + figures
    },
    reading: capacityReading + [
      "**Schools of both phases** lie in a primary and a secondary planning area. Their capacity is published in two parts and "
        + "counted so; their roll is not, and stands undivided in `roll_of_both_phases` of both areas, and in no `number_on_roll`. A "
        + "model's areas need each phase's part of it: where nothing better is known, in proportion to the two parts of the school's "
        + "capacity, which an import without `--areas` has.",
      "**Schools without a planning area**: \(without).",
      "**Areas without sums**: a school of theirs was refused, has no figures or was left out as another authority's. Their figures "
        + "are blank, since those of the other schools would look whole; an area of which no school is left has no row. "
        + listed,
    ], mark: .derived)
}

/// Tells the first account which schools' pupils are in no area's `number_on_roll`, and whose capacity leaves their areas without one.
func noteSchoolsOfBothPhases(_ schools: [SurveyedSchool], _ readers: [ImportReader]) {
  let shared = schools.filter { $0.primaryArea != nil && $0.secondaryArea != nil }
  guard let reader = readers.first, !shared.isEmpty else { return }
  let pupils = shared.reduce(0) { $0 + $1.roll }
  let (lies, whose) = shared.count == 1 ? ("lies", "its") : ("lie", "their")
  reader.account.note(
    "\(shared.count) of the schools \(lies) in areas of both phases; \(whose) \(grouped(pupils)) pupils stand in "
      + "roll_of_both_phases alone: \(firstEight(shared.map(\.laestab).sorted()))")
  let unparted = shared.filter { $0.primaryCapacity == nil || $0.secondaryCapacity == nil }
  if !unparted.isEmpty {
    reader.account.note(
      "schools of both phases without the two parts of their capacity, so that their areas have no net_capacity: "
        + firstEight(unparted.map(\.laestab).sorted()))
  }
}

/// By code of the planning area.
private func areaTotals(_ schools: [SurveyedSchool]) -> [String: [AreaPhase: Total]] {
  var totals: [String: [AreaPhase: Total]] = [:]
  for school in schools {
    let isShared = school.primaryArea != nil && school.secondaryArea != nil
    for (area, phase, part) in [
      (school.primaryArea, AreaPhase.primary, school.primaryCapacity),
      (school.secondaryArea, .secondary, school.secondaryCapacity),
    ] {
      guard let area else { continue }
      var total = totals[area]?[phase] ?? Total()
      if isShared {
        total.sharedSchools += 1
        total.sharedRoll += school.roll
        if let part { total.capacity += part } else { total.capacityMissing += 1 }
      } else {
        total.schools += 1
        total.roll += school.roll
        total.capacity += school.capacity
      }
      totals[area, default: [:]][phase] = total
    }
  }
  return totals
}
