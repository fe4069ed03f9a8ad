internal import Diagnostics
internal import PlacePlanning

// Places: from rows and assumptions to the model's capacity.

/// The most places that a large school has in one year group, since a new school beside a village's may bring more than the area has.
/// Assumed: 4 forms of entry in a primary school and 12 in a secondary one, fewer than the 210 places of all year groups of a primary
/// school with one form. **Units** places.
private func mostPlacesOfSchool(_ phase: AreaPhase) -> Double {
  FormsOfEntry.placesPerForm * (phase == .primary ? 4 : 12)
}

extension ModelParts {
  func readCapacity(
    _ known: KnownAreas, _ county: RollTable, _ values: inout AssumptionValues, _ list: inout DiagnosticList
  ) throws -> CapacityPlan {
    var base: [PlanningAreaCode: [YearGroup: Double]] = [:]
    // Areas with places that are made from a net capacity.
    var spread: Set<PlanningAreaCode> = []
    for row in rows(.places) {
      guard let area = try known.area(row, "planning_area_code", &list) else { continue }
      let yearGroup = try row.yearGroup("year_group")
      guard area.phase.plannedYearGroups.contains(yearGroup) else {
        list.add(wrongYearGroup(yearGroup, area, at: row.place("year_group")))
        continue
      }
      base[area.code, default: [:]][yearGroup] = try row.number("places")
    }
    let stated = base
    let hasNet = datasets[.planningAreas]?.has("net_capacity") ?? false
    let sixthForm =
      hasNet ? values.value("capacity.sixth_form_share", .share, in: 0...0.9, &list) : 0
    for row in rows(.planningAreas) {
      guard let area = known.byCode[try row.area("planning_area_code")] else { continue }
      if let net = try row.ifAny("net_capacity", row.number) {
        let share = area.phase == .secondary ? 1 - sixthForm : 1
        let planned = area.phase.plannedYearGroups
        for yearGroup in planned where base[area.code]?[yearGroup] == nil {
          base[area.code, default: [:]][yearGroup] = net * share / Double(planned.count)
          spread.insert(area.code)
        }
      }
      let missing = area.phase.plannedYearGroups.filter { base[area.code]?[$0] == nil }
      if !missing.isEmpty {
        list.add(
          .areaWithoutCapacity, at: row.place("planning_area_code"),
          what: "area \(area.code) (\(area.name)) has no places for "
            + missing.map(\.name).joined(separator: ", "),
          why: "every pupil there would count as unplaced",
          fix: "give its net_capacity, or its places by year group")
      }
    }
    if spread.contains(where: { known.byCode[$0]?.phase == .secondary }) {
      warnOfSixthForms(sixthForm, county, at: values.place(of: "capacity.sixth_form_share"), &list)
    }
    warnOfPartlyStated(stated, spread.compactMap { known.byCode[$0] }.sorted { $0.code < $1.code }, &list)
    let changes = try readChanges(known, base, spread: spread, &list)
    warnOfOldCapacity(spread, changes.map(\.value), &list)
    let plan = CapacityPlan(base: base, changes: changes.map(\.value))
    checkNotNegative(plan, changes, known, &list)
    return plan
  }

  /// Warns of areas where some year groups have places of their own and the others take theirs from the net capacity (W346).
  private func warnOfPartlyStated(
    _ stated: [PlanningAreaCode: [YearGroup: Double]], _ areas: [PlanningArea], _ list: inout DiagnosticList
  ) {
    for area in areas {
      // A single year group has an admission number, or a bulge class; a row that was lost leaves several.
      guard let places = stated[area.code], places.count > 1 else { continue }
      let missing = area.phase.plannedYearGroups.filter { places[$0] == nil }
      let first = rows(.places).first { $0.raw("planning_area_code") == area.code.text }
      list.add(
        .placesPartlyStated, at: first?.place("planning_area_code") ?? place(of: .places),
        what: "\(area.name) (\(area.code)) has no places of its own for "
          + missing.map(\.name).joined(separator: ", "),
        why:
          "theirs are made from its net capacity, those of its other year groups are stated: a row may be missing",
        fix: "give places for each year group, or none; if the net capacity is meant, leave it")
    }
  }

  /// Warns of net capacities that are two or more years older than the base year, where no change since then is given (W352).
  private func warnOfOldCapacity(
    _ spread: Set<PlanningAreaCode>, _ changes: [CapacityChange], _ list: inout DiagnosticList
  ) {
    guard let year = header.areaTotalsYear, header.baseYear - year > 1, !spread.isEmpty,
      !changes.contains(where: { spread.contains($0.area) && $0.from <= header.baseYear })
    else { return }
    list.add(
      .capacityOutOfDate, at: place(of: .planningAreas),
      what: "places of \(spread.count == 1 ? "an area" : "\(spread.count) areas") are made from net "
        + "capacities of \(year), and none of them is said to have changed by the base year, \(header.baseYear)",
      why: "places of schools that have opened, grown or closed since would be wrong in every year",
      fix: "give the changes since in capacity_changes, or places by year group as they are; if there were "
        + "none, leave it")
  }

  /// Refuses changes that take away more places than there are (E113): for each area the first year that falls below nought, at the last
  /// row that takes places in that year.
  private func checkNotNegative(
    _ plan: CapacityPlan, _ changes: [Placed<CapacityChange>], _ known: KnownAreas,
    _ list: inout DiagnosticList
  ) {
    let horizon = years(from: header.baseYear, to: header.lastYear)
    for code in Set(plan.changes.map(\.area)).sorted() {
      let groups = known.byCode[code]?.phase.plannedYearGroups ?? []
      for (year, group) in horizon.flatMap({ year in groups.map { (year, $0) } }) {
        guard let places = plan.places(code, group, year), places < 0 else { continue }
        let last = changes.last { $0.value.area == code && $0.value.places(in: group, year: year) < 0 }
        list.add(
          .outOfRange, at: last?.row.place("places") ?? place(of: .capacityChanges),
          what: "area \(code) has \(tenths(places)) places in \(group.name) in \(year)",
          why: "more places go than there are",
          fix: "correct this reduction or closure, or another that takes places there by then")
        break
      }
    }
  }

  /// Changes in the file's order, to places of `base`; `spread` are the areas whose places are made from a net capacity.
  private func readChanges(
    _ known: KnownAreas, _ base: [PlanningAreaCode: [YearGroup: Double]], spread: Set<PlanningAreaCode>,
    _ list: inout DiagnosticList
  ) throws -> [Placed<CapacityChange>] {
    var changes: [Placed<CapacityChange>] = []
    // By what tells one change from another, the line on which it stands first.
    var lines: [CapacityChange: Int] = [:]
    for row in rows(.capacityChanges) {
      guard let area = try known.area(row, "planning_area_code", &list),
        let change = try readChange(row, area, &list)
      else { continue }
      refuseTwice(change, row, area, &lines, &list)
      refuseClosure(change, row, area, &list)
      refuseIdle(change, row, &list)
      refuseGone(change, row, area, &list)
      if spread.contains(area.code) { refuseCounted(change, row, area, &list) }
      if let until = change.until, until <= change.from {
        list.add(
          .outOfRange, at: row.place("until"), what: "the places leave in \(until), before they come",
          why: "they are there from \(change.from)", fix: "correct one of the two years")
      }
      if let there = base[area.code]?[change.entryYearGroup] {
        warnOfManyPlaces(change, beside: there, row, area, &list)
      }
      changes.append(Placed(value: change, row: row))
    }
    return changes
  }

  /// A change as its row has it; nil with a fault that leaves none to go on with.
  private func readChange(
    _ row: DatasetRow, _ area: PlanningArea, _ list: inout DiagnosticList
  ) throws -> CapacityChange? {
    let yearGroup = try row.yearGroup("year_group")
    let kind = try row.word("kind", CapacityChange.Kind.self, &list)
    let mark = try row.word("mark", EvidenceMark.self, &list)
    let until = try row.ifAny("until", row.academicYear)
    guard let kind, mark != nil else { return nil }
    guard area.phase.plannedYearGroups.contains(yearGroup) else {
      list.add(wrongYearGroup(yearGroup, area, at: row.place("year_group")))
      return nil
    }
    if kind == .temporary, until == nil {
      list.add(
        .blankCell, at: row.place("until"), what: "temporary places have no 'until'",
        why: "without a date they would stay for ever", fix: "give the first year without them")
    }
    return CapacityChange(
      area: area.code, kind: kind, entryYearGroup: yearGroup,
      lastYearGroup: try readLastYearGroup(row, from: yearGroup, area, &list),
      placesPerYearGroup: try row.number("places"), from: try row.academicYear("from"), until: until)
  }

  /// Refuses a change of the same year groups from the same year as another, where one of the two leaves out its last year group (E114).
  /// `lines` gives the line on which each change stands first.
  private func refuseTwice(
    _ change: CapacityChange, _ row: DatasetRow, _ area: PlanningArea, _ lines: inout [CapacityChange: Int],
    _ list: inout DiagnosticList
  ) {
    let (yearGroup, end) = (change.entryYearGroup, change.end(in: area))
    let same = CapacityChange(
      area: area.code, kind: change.kind, entryYearGroup: yearGroup, lastYearGroup: end,
      placesPerYearGroup: 0, from: change.from, until: nil)
    guard let first = lines[same] else {
      lines[same] = row.place("planning_area_code").line ?? 0
      return
    }
    list.add(
      .repeatedKey, at: row.place("last_year_group"),
      what:
        "the \(change.kind.rawValue) in \(area.name) (\(area.code)) from \(change.from), of \(yearGroup.name) to \(end.name), stands twice; "
        + "the first is on line \(first)",
      why:
        "without a last_year_group it is of \(end.name) too, and it is not certain which of the two counts",
      fix: "remove one of them, or correct a last_year_group")
  }

  /// Refuses a closure without a last year group that starts above the year group in which children join the area (E113).
  private func refuseClosure(
    _ change: CapacityChange, _ row: DatasetRow, _ area: PlanningArea, _ list: inout DiagnosticList
  ) {
    let yearGroup = change.entryYearGroup
    guard change.kind == .closure, change.lastYearGroup == nil, yearGroup != area.phase.entryYearGroup else {
      return
    }
    list.add(
      .outOfRange, at: row.place("year_group"),
      what: "a closure in \(area.name) (\(area.code)) starts in \(yearGroup.name)",
      why:
        "a school that closes takes the places of all its year groups with it, and children join those of the area in "
        + area.phase.entryYearGroup.name,
      fix: fixOfFirstYearGroup(yearGroup, area))
  }

  /// Warns of a change by more places than a year group has, and than a large school has in one (W313).
  private func warnOfManyPlaces(
    _ change: CapacityChange, beside there: Double, _ row: DatasetRow, _ area: PlanningArea,
    _ list: inout DiagnosticList
  ) {
    let places = change.placesPerYearGroup
    guard there > 0, places > max(there, mostPlacesOfSchool(area.phase)) else { return }
    list.add(
      .placesOutOfProportion, at: row.place("places"),
      what:
        "\(change.entryYearGroup.name) of \(area.name) (\(area.code)) changes by \(grouped(places)) places; it has \(tenths(there))",
      why:
        "more than all there are, and than a large school has, is more often the places of all year groups, or a slip",
      fix: "give the places in one year group; if they are right, leave them")
  }

  /// Refuses a change that no projected year could show: it comes after the last of them, or has gone before the first (E113).
  private func refuseIdle(_ change: CapacityChange, _ row: DatasetRow, _ list: inout DiagnosticList) {
    let last = header.lastYear
    if change.from > last {
      list.add(
        .outOfRange, at: row.place("from"),
        what: "'from' is \(change.from), after the last projected year, \(last)",
        why: "no figure of the model would show it",
        fix: "correct the year, take the row out, or lengthen the model's horizon_years")
    }
    if let until = change.until, until <= header.baseYear, until > change.from {
      list.add(
        .outOfRange, at: row.place("until"),
        what: "'until' is \(until), and the base year is \(header.baseYear)",
        why: "the places have left before the first projected year, and no figure would show them",
        fix: "correct the year, or take the row out")
    }
  }

  /// Refuses an extra class whose children have moved on from its last year group by the base year (E113).
  private func refuseGone(
    _ change: CapacityChange, _ row: DatasetRow, _ area: PlanningArea, _ list: inout DiagnosticList
  ) {
    let (yearGroup, end) = (change.entryYearGroup, change.end(in: area))
    let gone = change.from + (end.number - yearGroup.number + 1)
    guard change.kind == .bulge, change.until == nil, end >= yearGroup, gone <= header.baseYear else {
      return
    }
    list.add(
      .outOfRange, at: row.place("from"),
      what:
        "the extra class of \(yearGroup.name) in \(change.from) has moved on by \(gone), and the base year is "
        + header.baseYear.label,
      why: "the places have left before the first projected year, and no figure would show them",
      fix: "correct the year or a year group, or take the row out")
  }

  /// Refuses a change that came in or before the year in which the net capacity was counted, which holds it already (E113).
  private func refuseCounted(
    _ change: CapacityChange, _ row: DatasetRow, _ area: PlanningArea, _ list: inout DiagnosticList
  ) {
    guard let year = header.areaTotalsYear, change.from <= year else { return }
    list.add(
      .outOfRange, at: row.place("from"),
      what:
        "'from' is \(change.from), and the net capacity of \(area.name) (\(area.code)) is that of \(year)",
      why: "what was there by then is in the net capacity, and would count twice",
      fix:
        "take the row out, or correct the year; for places that leave later, give a closure from then; if the net capacity lacks "
        + "them, give places by year group")
  }

  /// The last year group that places reach, where a row gives it: one of the area's that is not below `first`.
  func readLastYearGroup(
    _ row: DatasetRow, from first: YearGroup, _ area: PlanningArea, _ list: inout DiagnosticList
  ) throws -> YearGroup? {
    guard let last = try row.ifAny("last_year_group", row.yearGroup) else { return nil }
    let place = row.place("last_year_group")
    if !area.phase.plannedYearGroups.contains(last) {
      list.add(wrongYearGroup(last, area, at: place))
    } else if last < first {
      list.add(
        .outOfRange, at: place, what: "'last_year_group' is \(last.label), and 'year_group' \(first.label)",
        why: "the places would be in no year group", fix: "correct one of the two")
    }
    return last
  }

  func wrongYearGroup(
    _ yearGroup: YearGroup, _ area: PlanningArea, at place: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .unknownCode, at: place,
      what: "\(yearGroup.name) has no planned places in \(area.name), a \(area.phase.rawValue) area",
      why: "places are planned for R to 6 in primary areas and 7 to 11 in secondary ones",
      fix: fixOfYearGroup(yearGroup)
        + (area.phase == .secondary && yearGroup.phase == .sixthForm
          ? "; sixth forms have no planned places: those of a school up to Year 13 end with Year 11" : ""))
  }
}

extension CapacityChange {
  /// The last year group that it reaches.
  fileprivate func end(in area: PlanningArea) -> YearGroup {
    lastYearGroup ?? area.phase.plannedYearGroups.last ?? entryYearGroup
  }
}
