internal import Diagnostics
internal import PlacePlanning

// The approved programme and published needs. Totals were reconciled to the pound with the data set (E205, E206).

extension ModelParts {
  /// Schemes in the file's order. A budget that is not the sum of its sources is refused (E205), whatever the schema says.
  func readProgramme(_ list: inout DiagnosticList) throws -> [ApprovedScheme] {
    try rows(.programme).map { row -> ApprovedScheme in
      let scheme = ApprovedScheme(
        name: try row.text("scheme"), budget: try row.cash("budget"),
        funding: try FundingSource.allCases.reduce(into: [:]) { $0[$1] = try row.cash($1.rawValue) })
      let sum = scheme.funding.values.reduce(0) { $0 + $1.pounds }
      if sum != scheme.budget.pounds {
        list.add(
          .rowDoesNotAdd, at: row.place("budget"),
          what: "the budget of '\(scheme.name)' is \(scheme.budget.pounds), its sources add to \(sum)",
          why: "a scheme is paid for exactly", fix: "correct the budget or a source")
      }
      return scheme
    }
  }

  func readPublishedNeeds(
    _ known: KnownAreas, _ values: inout AssumptionValues, _ list: inout DiagnosticList
  ) throws -> [PublishedNeed] {
    let schemes = try rows(.schemes).map { try PlannedPlaces($0) }
    let keys = Set(schemes.map(\.scheme))
    return try rows(.publishedNeed).compactMap { row -> PublishedNeed? in
      guard let area = try known.area(row, "planning_area_code", &list) else { return nil }
      let yearGroup = try row.yearGroup("year_group")
      if !area.phase.plannedYearGroups.contains(yearGroup) {
        list.add(wrongYearGroup(yearGroup, area, at: row.place("year_group")))
      } else if yearGroup != area.phase.entryYearGroup {
        list.add(
          .outOfRange, at: row.place("year_group"),
          what:
            "the published need is of \(yearGroup.name), and children join \(area.name) in \(area.phase.entryYearGroup.name)",
          why: "need is compared with places in the joining year group only, so the row would say nothing",
          fix: "write '\(area.phase.entryYearGroup.label)', or take the row out")
      }
      let (lowest, highest) = (try row.number("lowest_fe"), try row.number("highest_fe"))
      if lowest > highest {
        list.add(
          .outOfRange, at: row.place("lowest_fe"), what: "the lowest need is above the highest",
          why: "the two are the ends of a range", fix: "correct one of them")
      }
      let scheme = try row.ifAny("planned_scheme", row.text).flatMap {
        row.reference(
          $0, "planned_scheme", to: "scheme", in: "schemes", among: keys,
          why: "it could be neither switched off nor late with the scheme", &list)
      }
      let switches = scheme.map { SchemeSwitches($0, &values, &list) }
      let planned = try row.number("planned_places_per_year_group")
      schemes.first { $0.scheme == scheme }?
        .check(planned, in: yearGroup, at: row.place("planned_places_per_year_group"), &list)
      let plannedFrom = try row.academicYear("planned_from")
      if planned > 0, plannedFrom <= header.baseYear {
        list.add(
          .outOfRange, at: row.place("planned_from"),
          what:
            "'planned_from' is \(plannedFrom), and the places are those of the base year, \(header.baseYear)",
          why: "what had opened by then is among them already, and would be counted twice",
          fix: "correct the year; if it has opened, write 0 as planned_places_per_year_group")
      }
      let (isAvailable, yearsLate) = (switches?.isAvailable ?? true, switches?.yearsLate ?? 0)
      let need = PublishedNeed(
        area: area.code, yearGroup: yearGroup, lowest: FormsOfEntry(lowest),
        highest: FormsOfEntry(highest), places: try row.number("places"),
        lowestBy: try row.ifAny("lowest_fe_by", row.academicYear),
        plannedPlacesPerYearGroup: isAvailable ? planned : 0,
        plannedFrom: plannedFrom + yearsLate,
        plannedName: try row.text("planned_name"), plannedScheme: scheme, yearsLate: yearsLate)
      warnOfUnlikeForms(need, area, at: row.place("places"), &list)
      return need
    }
  }

  /// Warns of a published need of fewer places than its forms of entry have in one year group, or of more than they have in all (W313).
  private func warnOfUnlikeForms(
    _ need: PublishedNeed, _ area: PlanningArea, at place: SourceLocation, _ list: inout DiagnosticList
  ) {
    let (lowest, highest) = (need.lowest.forms, need.highest.forms)
    // A school's places may be published with those of its sixth form.
    let all = Double(area.phase.yearGroups.count)
    guard need.places < need.lowest.places || need.places > need.highest.places * all else { return }
    list.add(
      .placesOutOfProportion, at: place,
      what:
        "the published need is of \(plain(lowest)) to \(plain(highest)) forms of entry and \(grouped(need.places)) places",
      why: "a form of entry is 30 places in a year group, and \(area.name) has \(plain(all)) year groups"
        + (area.phase == .secondary ? ", Years 12 and 13 among them" : ""),
      fix: "check both; if they are right, leave them")
  }
}

/// What a scheme of the model adds, to be held against what a published plan says of it.
private struct PlannedPlaces {
  let scheme: String
  /// In a year group; nil without places.
  let places: Double?
  let first: YearGroup?

  init(_ row: DatasetRow) throws {
    scheme = try row.text("scheme_key")
    places = try row.ifAny("places_per_year_group", row.number)
    first = try row.ifAny("year_group", row.yearGroup)
  }

  /// Warns of a published plan that adds other places (W326).
  func check(
    _ planned: Double, in yearGroup: YearGroup, at place: SourceLocation, _ list: inout DiagnosticList
  ) {
    guard let places, places != planned || first != yearGroup else { return }
    list.add(
      .plannedPlacesDiffer, at: place,
      what:
        "the published plan adds \(grouped(planned)) places in a year group; its scheme '\(scheme)' adds "
        + (first == yearGroup ? grouped(places) : "none in \(yearGroup.name)"),
      why: "the paper compares need with the one, and the programme builds the other",
      fix: "correct one of the two; if the scheme is meant to differ, leave it")
  }
}
