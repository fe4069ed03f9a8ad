internal import Diagnostics
internal import PlacePlanning

// Totals that a projection is held to: from rows to the model's control plan.

extension ModelParts {
  func readControl(
    _ known: KnownAreas, _ county: RollTable, _ rolls: AreaRolls, _ list: inout DiagnosticList
  ) throws -> ControlPlan {
    var margins: [AcademicYear: [Phase: ControlMargins]] = [:]
    for row in rows(.controlTotals) {
      guard let entry = try ControlEntry(row, known, header, &list) else { continue }
      checkProportion(entry, row, county, rolls, &list)
      margins[entry.year, default: [:]][entry.phase, default: ControlMargins()].add(entry, row)
    }
    var totals: [AcademicYear: [Phase: ControlPlan.Totals]] = [:]
    for (year, phases) in margins.sorted(by: { $0.key < $1.key }) {
      for phase in Phase.allCases {
        guard let margin = phases[phase] else { continue }
        margin.check(year, phase, known, &list)
        totals[year, default: [:]][phase] = margin.totals
      }
    }
    return ControlPlan(totals: totals)
  }

  /// Warns of a total that is unlike the same pupils' roll in the base year (W317), where that was counted. Refuses one of more than a hundred
  /// times as many (E113), which would leave no figure of the projection sound.
  private func checkProportion(
    _ entry: ControlEntry, _ row: DatasetRow, _ county: RollTable, _ rolls: AreaRolls,
    _ list: inout DiagnosticList
  ) {
    let counted: Double?
    switch (entry.area, entry.yearGroup, rolls) {
    case (let area?, _, .counted(let tables)):
      counted = tables[area]?.total(header.baseYear, entry.phase.yearGroups)
    case (_?, _, .totals): counted = nil
    case (nil, let yearGroup?, _): counted = county[header.baseYear, yearGroup]
    case (nil, nil, _): counted = county.total(header.baseYear, entry.phase.yearGroups)
    }
    let most = 100 * max(50, counted ?? county.total(header.baseYear, entry.phase.yearGroups) ?? 0)
    if entry.total > most {
      list.add(
        .outOfRange, at: row.place("number_on_roll"), what: "'number_on_roll' is \(plain(entry.total))",
        why: "that is more than a hundred times the roll of \(header.baseYear)", fix: "correct it")
      return
    }
    guard let counted, isUnlike(entry.total, counted...counted) else { return }
    list.add(
      .controlOutOfProportion, at: row.place("number_on_roll"),
      what: "the control total for \(entry.year) is \(grouped(entry.total)); the same roll was "
        + "\(grouped(counted)) in \(header.baseYear)",
      why: "every later figure would be held to more than four times as many pupils, or as few",
      fix: "check the total; if it is right, leave it")
  }
}

/// One row: a total of the authority's year group, of an area's phase, or of the authority's phase.
private struct ControlEntry {
  let area: PlanningAreaCode?
  let year: AcademicYear
  let phase: Phase
  let yearGroup: YearGroup?
  let total: Double

  /// Nil where the row holds nothing that is projected (E244), or names no area (E201).
  init?(
    _ row: DatasetRow, _ known: KnownAreas, _ header: ModelHeader, _ list: inout DiagnosticList
  ) throws {
    func refuse(_ column: String, _ what: String, why: String, fix: String) {
      list.add(.controlNotProjected, at: row.place(column), what: what, why: why, fix: fix)
    }
    let year = try row.academicYear("academic_year")
    let total = try row.number("number_on_roll")
    guard let phase = try row.word("phase", Phase.self, &list) else { return nil }
    let (first, last) = (header.baseYear + 1, header.lastYear)
    guard (first...last).contains(year) else {
      refuse(
        "academic_year", "a control total is for \(year)", why: "the years projected are \(first) to \(last)",
        fix: "take the row out, or correct the year")
      return nil
    }
    if total < 0 {
      refuse(
        "number_on_roll", "'number_on_roll' is \(plain(total))", why: "no roll is below nought",
        fix: "correct it")
      return nil
    }
    let yearGroup = try row.ifAny("year_group", row.yearGroup)
    if let yearGroup, yearGroup.phase != phase {
      refuse(
        "year_group", "\(yearGroup.name) does not belong to '\(phase.rawValue)'",
        why: "it is not certain which of the two is meant", fix: "correct the year group or the phase")
      return nil
    }
    var area: PlanningAreaCode?
    if !row.isBlank("planning_area_code") {
      guard let found = try known.area(row, "planning_area_code", &list) else { return nil }
      guard found.phase == AreaPhase(phase) else {
        refuse(
          "phase",
          "\(found.name) (\(found.code)) is a \(found.phase.rawValue) area, and the phase is '\(phase.rawValue)'",
          why: "it has no pupils of that phase", fix: "correct the area or the phase")
        return nil
      }
      if yearGroup != nil {
        refuse(
          "year_group", "the row gives one year group of one area", why: "that is a cell, not a total",
          fix: "leave the year group blank for the area's total, or the area for the authority's")
        return nil
      }
      area = found.code
    }
    (self.area, self.year, self.phase, self.yearGroup, self.total) = (area, year, phase, yearGroup, total)
  }
}

/// What is given of one phase in one year.
private struct ControlMargins {
  var yearGroups: [YearGroup: Double] = [:]
  var areas: [PlanningAreaCode: Double] = [:]
  var whole: Double?
  var place: SourceLocation?

  /// Totals within this of each other agree: published ones are whole pupils, each rounded alone. **Units** pupils.
  private static let tolerance = 0.5

  mutating func add(_ entry: ControlEntry, _ row: DatasetRow) {
    place = place ?? row.place("number_on_roll")
    if let area = entry.area {
      areas[area] = entry.total
    } else if let yearGroup = entry.yearGroup {
      yearGroups[yearGroup] = entry.total
    } else {
      whole = entry.total
    }
  }

  /// Sums in order, so that they have the same bits every time.
  private var ofYearGroups: Double { yearGroups.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } }
  private var ofAreas: Double { areas.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } }

  /// Refuses totals of only some areas, or of only some year groups beside other totals (E246), and totals that disagree (E245).
  func check(_ year: AcademicYear, _ phase: Phase, _ known: KnownAreas, _ list: inout DiagnosticList) {
    guard let place else { return }
    let held = known.byCode.values.filter { $0.phase == AreaPhase(phase) }
    let missingAreas = held.map(\.code).filter { areas[$0] == nil }.sorted()
    let missingGroups = phase.yearGroups.filter { yearGroups[$0] == nil }
    let counts = [yearGroups.isEmpty, areas.isEmpty, whole == nil].count { !$0 }
    var isWhole = true
    if !areas.isEmpty, !missingAreas.isEmpty {
      isWhole = false
      list.add(
        .controlMarginIncomplete, at: place,
        what:
          "\(year), \(phase.rawValue): there are totals of areas, but none of \(missingAreas.map(\.text).joined(separator: ", "))",
        why: "it is not certain whether those are to stay as they are or to take up the difference",
        fix: "give every area's total, or none")
    }
    if !yearGroups.isEmpty, counts > 1, !missingGroups.isEmpty {
      isWhole = false
      list.add(
        .controlMarginIncomplete, at: place,
        what: "\(year), \(phase.rawValue): totals of some year groups stand beside other totals; "
          + "\(missingGroups.map(\.name).joined(separator: ", ")) has none",
        why: "the two cannot be met together for certain",
        fix: "give every year group of the phase, or only them")
    }
    guard isWhole, counts > 1 else { return }
    let sums = [
      yearGroups.isEmpty ? nil : ("year groups", ofYearGroups), areas.isEmpty ? nil : ("areas", ofAreas),
      whole.map { ("whole phase", $0) },
    ].compactMap(\.self)
    guard let first = sums.first, sums.contains(where: { abs($0.1 - first.1) > Self.tolerance }) else {
      return
    }
    list.add(
      .controlsDisagree, at: place,
      what: "\(year), \(phase.rawValue): "
        + sums.map { "\($0.0) \(plain($0.1))" }.joined(separator: ", "),
      why: "no roll can meet both", fix: "correct the total that is wrong")
  }

  /// Areas and year groups scaled to exactly one sum: that of the whole, or else that of the year groups.
  var totals: ControlPlan.Totals {
    let sum = whole ?? (yearGroups.isEmpty ? ofAreas : ofYearGroups)
    let isPartial = whole == nil && areas.isEmpty
    func brought(_ part: Double, of all: Double) -> Double { all > 0 && all != sum ? part * sum / all : part }
    let (all, ofAll) = (ofYearGroups, ofAreas)
    return ControlPlan.Totals(
      yearGroups: isPartial ? yearGroups : yearGroups.mapValues { brought($0, of: all) },
      areas: areas.mapValues { brought($0, of: ofAll) }, whole: whole)
  }
}
