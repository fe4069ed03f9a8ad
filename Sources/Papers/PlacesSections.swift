internal import PlacePlanning
internal import Projection
internal import Sufficiency

// Pupil place planning: the county, and the areas that run short.

extension PaperWriter {
  /// The last year whose Reception comes of births that are known; nil for none.
  var lastKnownBirths: AcademicYear? {
    pupils.years.last { pupils.births.isKnown(reachingReceptionIn: $0) }
  }

  /// ` For later years the projection holds births at the recent level.`; empty where no year is later.
  var laterBirths: String {
    lastKnownBirths == pupils.years.last ? "" : " For later years the projection \(birthsAhead)."
  }

  /// What the projection does with births beyond the known ones.
  private var birthsAhead: String {
    let way =
      switch model.futureBirths {
      case .latest: "holds births at those of the last known year"
      case .level: "holds births at the recent level"
      case .trend: "carries births on by their recent trend, which fades"
      case .fixedRate: "takes births from women aged 15 to 44, at a fertility rate that is held"
      case .cohortComponent: "takes births from women by age, carried forward year by year"
      }
    let factor = model.futureBirthsFactor
    return factor == 1 ? way : way + ", times \(fixed(factor, places: 2))"
  }

  /// What published totals do to the projection; empty where there are none.
  private var heldToTotals: String {
    let years = model.control.totals.keys.sorted()
    guard let first = years.first, let last = years.last else { return "" }
    return " Rolls are brought to published totals in "
      + (first == last ? "\(first)" : "\(years.count) years from \(first) to \(last)") + "."
  }

  static let howPupilsAreProjected =
    "Children already born are followed through school. Reception is births times the share who come to a state "
    + "school. Each older year group is the one below it a year before, times a rate from the last three years. "
    + "Year 7 follows where Year 6 pupils go, with newcomers from outside."

  static let howPlacesAreCompared =
    "Places and pupils are compared in each planning area and year group. A spare place in one area does not help a "
    + "child in another, so spare places are never set against missing ones."

  var pupilPlaces: Section {
    let births =
      lastKnownBirths.map {
        "Births are known for every child reaching Reception up to \($0)." + laterBirths
      } ?? "No Reception year rests on known births alone."
    let homes = model.housing.sites.reduce(0) { $0 + $1.dwellings }
    let housing =
      model.housing.sites.isEmpty
      ? "No new housing site is in the model."
      : "\(counted(model.housing.sites.count, "housing site")) with \(counted(Int(homes), "home")) "
        + "\(model.housing.sites.count == 1 ? "is" : "are") included; \(homesFinished). Every figure is also worked "
        + "out without them, so that what they add can be seen."
    return Section(
      id: "places", heading: "Pupil place planning",
      blocks: [
        .paragraph(Self.howPupilsAreProjected), .paragraph(births + " " + housing + heldToTotals),
        .figure(countyFigure),
        .paragraph(
          Self.howPlacesAreCompared + " What the tables and charts call short is before any new scheme."),
        .table(sufficiencyTable),
      ])
  }

  var countyTable: Table {
    let groups: [(name: String, heading: String, yearGroups: [YearGroup])] = [
      ("reception", "Reception", [.reception]), ("r_to_6", "Reception to Year 6", Phase.primary.yearGroups),
      ("year_7", "Year 7", [.year7]), ("years_7_to_11", "Years 7 to 11", Phase.secondary.yearGroups),
      ("sixth_form", "Sixth form", Phase.sixthForm.yearGroups),
    ]
    // Without homes in the model the two would say the same twice.
    let entries = !hasHomes ? [] : groups.filter { $0.yearGroups.count == 1 }
    return Table(
      id: "county", caption: "Pupils in state schools, January, by academic year",
      columns: [.words("academic_year", "Academic year")] + groups.map { .init($0.name, $0.heading) }
        + (hasHomes ? [.init("in_new_homes", "All pupils in new homes")] : [])
        + entries.map { .init("\($0.name)_without", "\($0.heading) without new homes") },
      rows: pupils.years.map { year in
        let homes =
          pupils.central.total(YearGroup.all, year)
          - pupils.centralWithoutHousing.total(YearGroup.all, year)
        return [.text(year.label + (year == model.baseYear ? " (counted)" : ""))]
          + groups.map { .number(pupils.central.total($0.yearGroups, year)) }
          + (hasHomes ? [.number(homes)] : [])
          + entries.map { .number(pupils.centralWithoutHousing.total($0.yearGroups, year)) }
      },
      footnote: forecastFootnote())
  }

  var countyFigure: Figure {
    let years = model.countyRolls.years.filter { $0 < model.baseYear }
    func line(_ yearGroup: YearGroup) -> [YearPoint] {
      (countedRolls(yearGroup).filter { $0.year < model.baseYear } + projected(yearGroup)).map {
        ($0.year.label, $0.value)
      }
    }
    let (reception, year7) = (line(.reception), line(.year7))
    func dots(_ yearGroup: YearGroup) -> Int {
      countedRolls(yearGroup).count { $0.year < model.baseYear }
        + projected(yearGroup).count { $0.year == model.baseYear }
    }
    func cell(_ line: [YearPoint], _ year: String) -> Table.Cell {
      line.first { $0.year == year }.map { .number($0.value) } ?? .text("not counted")
    }
    let entries: [(yearGroup: YearGroup, name: String)] =
      hasHomes ? [(.reception, "reception"), (.year7, "year_7")] : []
    let rows = (years + pupils.years).map { year -> [Table.Cell] in
      let without = entries.map { entry -> Table.Cell in
        year < model.baseYear
          ? .text("counted") : .number(pupils.centralWithoutHousing.total([entry.yearGroup], year))
      }
      return [.text(year.label), cell(reception, year.label), cell(year7, year.label)] + without
    }
    let last = pupils.years.last ?? model.baseYear
    func words(_ yearGroup: YearGroup) -> String { "\(yearGroup.name) " + course(projected(yearGroup)) }
    return Figure(
      id: "county-chart",
      title:
        "Reception and Year 7: counted to \(model.baseYear) (dots), projected to \(last) (scale does not start at 0)",
      alternative: "Line chart."
        + countedInWords([("Reception", countedRolls(.reception)), ("Year 7", countedRolls(.year7))])
        + " From \(pupils.years.first ?? model.baseYear) to \(last) "
        + "\(words(.reception)); \(words(.year7)). "
        + whichIsAbove(("Reception", reception), ("Year 7", year7)) + ".",
      specification: LineChart(
        valueTitle: "Pupils",
        series: [
          .init(name: "Reception", points: reception, style: .second, counted: dots(.reception)),
          .init(name: "Year 7", points: year7, style: .main, counted: dots(.year7)),
        ]
      ).specification,
      table: Table(
        id: "county-chart-table", caption: "Reception and Year 7 by academic year",
        columns: [
          .words("academic_year", "Academic year"), .init("reception", "Reception"),
          .init("year_7", "Year 7"),
        ] + entries.map { .init("\($0.name)_without", "\($0.yearGroup.name) without new homes") },
        rows: rows,
        footnote: forecastFootnote()),
      charted: ["reception", "year_7"])
  }

  var sufficiencyTable: Table {
    Table(
      id: "sufficiency", caption: "Places short and places spare, all areas together",
      columns: [
        .words("academic_year", "Academic year"), .init("primary_need", "Primary places short"),
        .init("primary_spare_places", "Primary places spare"), .init("primary_spare", "Primary spare, share"),
        .init("secondary_need", "Secondary places short"),
        .init("secondary_spare_places", "Secondary places spare"),
        .init("secondary_spare", "Secondary spare, share"),
      ],
      rows: balance.years.map { year in
        [.text(year.label)]
          + AreaPhase.allCases.flatMap { phase -> [Table.Cell] in
            let summary = balance.summary(phase, year)
            return [
              .whole(summary.needToNearestTen), .number(summary.spare), .percent(summary.spareShare),
            ]
          }
      },
      footnote: footnote(
        pupilRoles() + Self.placeRoles, .derived,
        note:
          "The middle path, all year groups. Places short are rounded to the nearest ten. The share is that of all places."
          + (chosen == nil ? "" : " Places that the plan has yet to build are not counted.")))
  }

  var areasShort: Section {
    let short = shortByClass
    return Section(
      id: "areas", heading: short.isEmpty ? "Where places are spare" : "Where places run short",
      blocks: areasShortBlocks(short))
  }

  private func areasShortBlocks(_ short: [AreaPressure]) -> [Block] {
    let all = grouped(balance.areas.count)
    if short.isEmpty {
      return [
        .paragraph(
          "No planning area is short of a whole form of entry in the first year group (Reception or Year 7) in any year. "
            + (balance.areas.count == 2
              ? "Both areas have been compared." : "All \(all) areas have been compared.")
        ), .table(spareTable),
      ]
    }
    return [
      .paragraph(
        "\(counted(short.count, "planning area")) of \(all) \(short.count == 1 ? "is" : "are") short of at least one form of entry in "
          + "the first year group (Reception or Year 7) at some time in the next "
          + "\(counted(balance.years.count, "year")), before any new scheme."),
      .table(areasTable(short)),
    ]
  }

  func areasTable(_ pressures: [AreaPressure]) -> Table {
    Table(
      id: "areas-table", caption: "Areas short of at least one form of entry, largest first",
      columns: [
        .words("planning_area", "Planning area"), .words("phase", "Phase"),
        .words("first_year_short", "First year short by a whole class (30)"),
        .words("peak_year", "Worst year"), .init("peak_places", "Places short in worst year"),
        .init("peak_fe", "Short in worst year (FE)"),
        .init("all_year_groups_fe", "Average of all year groups that year (FE)"),
      ],
      rows: pressures.map { pressure in
        let peak = pressure.peak
        let all = pressure.allYearGroupsNeed.first { $0.year == peak?.year }?.forms.forms ?? 0
        return [
          .text(pressure.area.name), .text(pressure.area.phase.rawValue),
          .text(pressure.firstYearShort()?.label ?? "never"), .text(peak?.year.label ?? "never"),
          .number(peak?.forms.places ?? 0), .number(peak?.forms.forms ?? 0, places: 1),
          .number(all, places: 1),
        ]
      },
      footnote: footnote(
        pupilRoles() + Self.placeRoles, .derived,
        note: hasHomes ? "The middle path, with new homes." : "The middle path."))
  }
}
