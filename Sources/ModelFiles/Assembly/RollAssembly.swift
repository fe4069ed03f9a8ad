internal import Diagnostics
internal import PlacePlanning

// Areas and rolls: from rows to the model's tables.

/// How far areas' totals may be from the authority's count before it is told, and before it is refused. Source of the second: areas of 152
/// English authorities in the School Capacity survey of May 2015, beside January's rolls: 0.89 to 1.07 of them.
private let mostUnsaid = 0.02
private let mostApart = 0.15

extension ModelParts {
  func readAreas(_ list: inout DiagnosticList) throws -> [PlanningArea] {
    let areas = try rows(.planningAreas).compactMap { row -> PlanningArea? in
      guard let phase = try row.word("phase", AreaPhase.self, &list) else { return nil }
      return PlanningArea(
        code: try row.area("planning_area_code"), name: try row.text("planning_area_name"), phase: phase,
        district: try row.text("district"))
    }
    try warnOfNamesTwice(&list)
    for phase in AreaPhase.allCases where !areas.contains(where: { $0.phase == phase }) {
      list.add(
        .unknownCode, at: header.dataPlace, what: "there is no \(phase.rawValue) planning area",
        why: "pupils pass from primary to secondary areas",
        fix: "add one to planning_areas; one may stand for all \(phase.rawValue) schools of the authority")
    }
    return areas.sorted { $0.code < $1.code }
  }

  /// Warns of a name that stands for two areas, whatever its case, spaces and stops (W327).
  private func warnOfNamesTwice(_ list: inout DiagnosticList) throws {
    var known: [String: (code: String, name: String)] = [:]
    for row in rows(.planningAreas) {
      let (code, name) = (try row.text("planning_area_code"), try row.text("planning_area_name"))
      let folded = folded(name)
      if let other = known[folded] {
        list.add(
          .areaNameTwice, at: row.place("planning_area_name"),
          what: "'\(other.name)' is the name of \(other.code) and "
            + (name == other.name ? "" : "'\(name)' ") + "of \(code)",
          why: "papers tell areas by their names, so a reader could not tell which is meant",
          fix: "give each a name of its own, such as '\(name) (\(code))'")
      }
      known[folded] = known[folded] ?? (code: code, name: name)
    }
  }

  /// The authority's rolls: as given, or the sum of the areas'.
  func readCountyRolls(
    _ areas: [PlanningArea], _ list: inout DiagnosticList
  ) throws -> RollTable {
    var county = RollTable()
    let isSummed = datasets[.countyRolls] == nil
    for row in rows(isSummed ? .areaRolls : .countyRolls) {
      let (year, yearGroup) = (try row.academicYear("academic_year"), try row.yearGroup("year_group"))
      county[year, yearGroup] =
        (isSummed ? county[year, yearGroup] ?? 0 : 0) + (try row.number("number_on_roll"))
    }
    for row in rows(.countyRolls) { try row.warnOfRollAlone(in: county, "the authority", &list) }
    for role in [DatasetRole.countyRolls, .areaRolls] { try warnOfLaterRolls(role, &list) }
    let place = (datasets[.countyRolls] ?? datasets[.areaRolls])?.file.wholeFile
    guard let place else {
      list.add(
        .missingKey, at: header.dataPlace, what: "'data' has neither 'county_rolls' nor 'area_rolls'",
        why: "there are no pupils to project", fix: "name a data set of rolls")
      return county
    }
    let first = min(header.baseYear - 3, header.areaTotalsYear.map { $0 - 1 } ?? header.baseYear)
    if isSummed { try refusePartialSums(areas, before: first, place, &list) }
    for year in years(from: first, to: header.baseYear) {
      for yearGroup in YearGroup.all where county[year, yearGroup] == nil {
        list.add(
          .cellMissing, at: place,
          what: "there is no count for \(yearGroup.name) in \(year) in the authority's rolls",
          why: "rates are taken from every year from \(first) to \(header.baseYear)",
          fix: "add the row, or choose another base_year")
      }
    }
    refuseEmptyCohorts(county, from: first, at: place, &list)
    return county
  }

  /// Refuses empty cohorts (E210), since no ratio can be taken of them. Year 12 or 13 may be empty in all of the years that ratios are taken
  /// from, or only before those years. The year group that follows a year later must then be empty too: its pupils would come from nobody.
  private func refuseEmptyCohorts(
    _ county: RollTable, from first: AcademicYear, at place: SourceLocation, _ list: inout DiagnosticList
  ) {
    let window = years(from: header.baseYear - 3, to: header.baseYear)
    for year in years(from: first, to: header.baseYear) {
      for yearGroup in YearGroup.all where county[year, yearGroup] == 0 {
        let isSixthForm = yearGroup.phase == .sixthForm
        let empty = window.filter { county[$0, yearGroup] == 0 }
        let isFitting = empty.count == window.count || (empty.isEmpty && !window.contains(year))
        guard isSixthForm, isFitting else {
          list.add(
            .emptyCohort, at: place, what: "\(yearGroup.name) has no pupils at all in \(year)",
            why: "no rate can be taken from an empty cohort",
            fix: "correct the count; "
              + (isSixthForm
                ? "if the year group came or went, choose a base_year that has it, or lacks it, like the three "
                  + "years before"
                : "if the authority does not have the year group, use 'places forecast', which needs no model")
          )
          continue
        }
        guard let next = YearGroup(number: yearGroup.number + 1), year < header.baseYear,
          let pupils = county[year + 1, next], pupils > 0
        else { continue }
        list.add(
          .emptyCohort, at: place,
          what: "\(yearGroup.name) has no pupils at all in \(year), and \(next.name) has "
            + "\(grouped(pupils)) a year later",
          why: "no rate can be taken from an empty cohort", fix: "correct one of the two counts")
      }
    }
  }

  /// Refuses earlier years in which some areas lack a year group (E204): the sum of the others would look like the authority's count.
  private func refusePartialSums(
    _ areas: [PlanningArea], before first: AcademicYear, _ place: SourceLocation, _ list: inout DiagnosticList
  ) throws {
    var counted: [AcademicYear: [YearGroup: Int]] = [:]
    for row in rows(.areaRolls) {
      let year = try row.academicYear("academic_year")
      if year < first { counted[year, default: [:]][try row.yearGroup("year_group"), default: 0] += 1 }
    }
    for (year, yearGroups) in counted.sorted(by: { $0.key < $1.key }) {
      let partial = YearGroup.all.filter { yearGroup in
        let teaching = areas.count { $0.phase.yearGroups.contains(yearGroup) }
        return yearGroups[yearGroup].map { $0 < teaching } ?? false
      }
      guard let lowest = partial.first else { continue }
      list.add(
        .cellMissing, at: place,
        what: "in \(year) some areas have no count for \(lowest.name)"
          + (partial.count > 1 ? " and \(partial.count - 1) more year groups" : ""),
        why: "the sum of the others would stand as the authority's count of that year",
        fix: "add the rows, with 0 where an area had no such pupils, take the year out, or give county_rolls")
    }
  }

  func readAreaRolls(
    _ areas: [PlanningArea], _ county: RollTable, _ list: inout DiagnosticList
  ) throws -> AreaRolls {
    if datasets[.areaRolls] != nil {
      if header.areaTotalsYear != nil {
        list.add(
          .wrongValue, at: header.place,
          what: "model.yaml has 'area_totals_year', and 'data' has 'area_rolls'",
          why: "year groups are taken from area_rolls, so the year of the totals would be silently ignored",
          fix: "take one of the two out")
      }
      return .counted(try countedRolls(areas, county, &list))
    }
    guard let year = header.areaTotalsYear else {
      list.add(
        .missingKey, at: header.place, what: "model.yaml has no 'area_totals_year'",
        why: "without area_rolls, the areas' totals need the year that they were counted in",
        fix: "add 'area_totals_year: 2014/15', or a data set of area_rolls")
      return .totals([:], year: header.baseYear)
    }
    guard year <= header.baseYear else {
      list.add(
        .wrongValue, at: header.place,
        what: "'area_totals_year' is \(year), after the base year \(header.baseYear)",
        why: "the base year's rolls are carried forward from it", fix: "correct one of the two")
      return .totals([:], year: year)
    }
    var totals: [PlanningAreaCode: Double] = [:]
    for row in rows(.planningAreas) {
      let code = try row.area("planning_area_code")
      let total = try row.ifAny("number_on_roll", row.number) ?? 0
      totals[code] = total
      if total <= 0 {
        list.add(
          .areaWithoutRoll, at: row.place("planning_area_code"),
          what: "area \(code) has no number on roll",
          why: "year groups by area are derived from the areas' totals",
          fix: "give its number_on_roll, or merge it into a neighbour")
      }
    }
    warnOfTotals(areas, totals, county, year, &list)
    return .totals(totals, year: year)
  }

  private func countedRolls(
    _ areas: [PlanningArea], _ county: RollTable, _ list: inout DiagnosticList
  ) throws -> [PlanningAreaCode: RollTable] {
    let known = KnownAreas(areas)
    var tables = Dictionary(areas.map { ($0.code, RollTable()) }) { first, _ in first }
    for row in rows(.areaRolls) {
      guard let area = try known.area(row, "planning_area_code", &list) else { continue }
      let yearGroup = try row.yearGroup("year_group")
      guard area.phase.yearGroups.contains(yearGroup) else {
        list.add(
          .unknownCode, at: row.place("year_group"),
          what: "\(yearGroup.name) is not a year group of \(area.name), a \(area.phase.rawValue) area",
          why: "the row would count nowhere", fix: fixOfYearGroup(yearGroup))
        continue
      }
      tables[area.code]?[try row.academicYear("academic_year"), yearGroup] =
        try row.number("number_on_roll")
    }
    for row in rows(.areaRolls) {
      guard let area = known.byCode[try row.area("planning_area_code")], let table = tables[area.code]
      else { continue }
      try row.warnOfRollAlone(in: table, "\(area.name) (\(area.code))", &list)
    }
    let place = place(of: .areaRolls)
    for area in areas {
      for year in years(from: header.baseYear - 3, to: header.baseYear) {
        for yearGroup in area.phase.yearGroups where tables[area.code]?[year, yearGroup] == nil {
          list.add(
            .cellMissing, at: place,
            what: "there is no count for \(yearGroup.name) in \(year) in area \(area.code)",
            why: "a missing row is not nought; it would shrink the cohort", fix: "add the row")
        }
      }
    }
    if datasets[.countyRolls] != nil {
      try checkSums(areas, tables, county, &list)
    }
    return tables
  }

  /// Counted areas must add to the authority's counts exactly.
  private func checkSums(
    _ areas: [PlanningArea], _ tables: [PlanningAreaCode: RollTable], _ county: RollTable,
    _ list: inout DiagnosticList
  ) throws {
    for row in rows(.countyRolls) {
      let (year, yearGroup) = (try row.academicYear("academic_year"), try row.yearGroup("year_group"))
      let counts = areas.compactMap { tables[$0.code]?[year, yearGroup] }
      let sum = counts.reduce(0, +)
      if let stated = county[year, yearGroup], !counts.isEmpty, sum != stated {
        list.add(
          .columnDoesNotAdd, at: row.place("number_on_roll"),
          what: "\(yearGroup.name) in \(year): the areas add to \(plain(sum)), the authority's count is "
            + plain(stated), why: "one of the two is wrong", fix: "correct the row that is wrong")
      }
    }
  }

  private func warnOfTotals(
    _ areas: [PlanningArea], _ totals: [PlanningAreaCode: Double], _ county: RollTable,
    _ year: AcademicYear, _ list: inout DiagnosticList
  ) {
    for phase in AreaPhase.allCases {
      let sum = areas.filter { $0.phase == phase }.reduce(0) { $0 + (totals[$1.code] ?? 0) }
      guard let stated = county.total(year, phase.yearGroups), stated > 0,
        abs(sum / stated - 1) > mostUnsaid
      else { continue }
      let what =
        "the \(phase.rawValue) areas add to \(grouped(sum)) pupils in \(year); the authority's count is "
        + grouped(stated)
      let parts =
        "of schools of both phases, such as all-through and middle schools, each phase's part belongs "
        + "in its area"
      // An area without a total is refused by itself.
      let areComplete = !areas.contains { $0.phase == phase && (totals[$0.code] ?? 0) <= 0 }
      if areComplete, abs(sum / stated - 1) > mostApart {
        list.add(
          .totalsFarApart, at: place(of: .planningAreas), what: what,
          why: "areas are scaled to the authority's count, and by more than 15% every area would "
            + (sum < stated ? "get pupils of another's schools" : "lose pupils to another's schools"),
          fix: (sum < stated
            ? "add the schools that are missing; " : "take out what the count does not hold; ")
            + parts)
      } else {
        list.add(
          .totalsDiffer, at: place(of: .planningAreas), what: what,
          why: "areas are scaled to the authority's count, here by more than 2%",
          fix: "check that both count the same schools in the same term; " + parts)
      }
    }
  }

  func years(from first: AcademicYear, to last: AcademicYear) -> [AcademicYear] {
    first <= last ? (first.start...last.start).map { AcademicYear($0) } : []
  }
}
