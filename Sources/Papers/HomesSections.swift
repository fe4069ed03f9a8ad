internal import Diagnostics
internal import PlacePlanning
internal import Projection
internal import Sufficiency

// New homes: where they come, how many only replace what was built before, and what they add.

extension PaperWriter {
  /// Whether the model has sites for new homes. Without them the papers say so once, and speak of homes no more.
  var hasHomes: Bool { !model.housing.sites.isEmpty }

  /// Whether an area serves one of the sites. Of any other there is nothing to compare with and without homes.
  func hasSites(in area: PlanningArea) -> Bool {
    model.housing.sites.contains { $0.primaryArea == area.code || $0.secondaryArea == area.code }
  }

  /// Whether the sites that an area serves bring pupils to its entry year group, on the middle path. In a scenario in which none of their
  /// homes is built they do not.
  func homesCount(in outlook: AreaOutlook) -> Bool {
    hasSites(in: outlook.area) && outlook.rows.contains { $0.pupils != $0.pupilsWithoutHomes }
  }

  /// ` Without new homes the largest gap would be 0.6 FE, in 2020/21.`; empty for an area to which homes bring nobody.
  func gapWithoutHomes(_ outlook: AreaOutlook) -> String {
    guard homesCount(in: outlook), let peak = outlook.peakWithoutHomes else { return "" }
    return peak.needWithoutHomes == 0
      ? " Without new homes there would be no gap."
      : " Without new homes the largest gap would be \(forms(peak.formsWithoutHomes)), in \(peak.year)."
  }

  var homes: Section { Section(id: "homes", heading: "New homes", blocks: homesBlocks) }

  private var homesBlocks: [Block] {
    let sites = model.housing.sites
    guard hasHomes, let last = pupils.years.last else {
      return [.paragraph("No new housing site is in the model.")]
    }
    let all = sites.reduce(0) { $0 + $1.dwellings }
    return [
      .paragraph(
        "\(counted(sites.count, "large site").capitalisedFirst) with \(counted(Int(all), "home")) "
          + "\(sites.count == 1 ? "is" : "are") in the model; \(homesFinished).\(homesReplaced)\(homesCounted) Every figure is worked "
          + "out with and without these homes."),
      .table(sitesTable(last)), .table(backgroundTable), .table(homesTable),
    ]
  }

  /// `6,420 of these are expected to be finished by 2027/28`; `none of these is`; `all of these are`.
  var homesFinished: String {
    let last = pupils.years.last ?? model.baseYear
    let finished = Int(model.housing.sites.reduce(0) { $0 + $1.finished(by: last) }.rounded())
    let all = Int(model.housing.sites.reduce(0) { $0 + $1.dwellings })
    let count = finished == 0 ? "none" : finished == all && all > 1 ? "all" : grouped(finished)
    return "\(count) of these \(finished < 2 ? "is" : "are") expected to be finished by \(last)"
  }

  /// What is taken off for homes that were built before anyway; empty where nothing is.
  private var homesReplaced: String {
    model.housing.backgroundHomesPerYear.values.contains { $0 > 0 }
      ? " Some only replace building that went on before, whose children are in the rolls already; those are taken off."
      : ""
  }

  /// ` Of all these homes 120 were finished by September 2017: …`; empty where none were.
  private var homesCounted: String {
    let homes = model.housing.sites.reduce(0) { $0 + $1.finished(by: model.baseYear) }.rounded()
    guard homes > 0 else { return "" }
    return " Of all these homes \(grouped(Int(homes))) \(homes == 1 ? "was" : "were") finished by September "
      + "\(model.baseYear.start): their children are in the rolls already."
  }

  /// Names of the sites whose homes are planned by year, and not assumed by year.
  private var plannedByYear: [String] {
    model.housing.sites.filter { site in site.yearly.map { $0.mark != .assumed } ?? false }.map(\.name)
  }

  /// What new homes rest on: `assumed building rates and pupil yields`.
  var homesBasis: String {
    switch plannedByYear.count {
    case 0: "assumed building rates and pupil yields"
    case model.housing.sites.count: "homes planned by year and assumed pupil yields"
    default: "homes planned by year, elsewhere on assumed building rates, and on assumed pupil yields"
    }
  }

  /// How it is known when homes are built: `assumed`, `planned` or, of sites of both kinds, `planned or assumed`.
  var homesTiming: String {
    switch plannedByYear.count {
    case 0: "assumed"
    case model.housing.sites.count: "planned"
    default: "planned or assumed"
    }
  }

  private var sitesNote: String {
    let (planned, sites) = (plannedByYear, model.housing.sites.count)
    if planned.isEmpty {
      return "When homes are finished, and which areas serve them, is assumed."
        + (model.housing.sites.contains { $0.yearly != nil }
          ? " Where they are given by year, homes a year are those of the year with most." : "")
    }
    return (planned.count == sites ? "Homes" : "Homes of \(firstFive(planned))")
      + " are planned by year from April to March, spread evenly over it; homes a year are those of the year with most. "
      + (planned.count == sites
        ? "Which areas serve them is assumed."
        : "When others are finished, and which areas serve them, is assumed.")
  }

  private func sitesTable(_ last: AcademicYear) -> Table {
    let sites = model.housing.sites
    let blank = Table.Cell.text("")
    let total: [Table.Cell] = [
      .text("Total"), .number(sites.reduce(0) { $0 + $1.dwellings }), blank, blank,
      .number(sites.reduce(0) { $0 + $1.finished(by: last) }), blank, blank,
    ]
    return Table(
      id: "sites", caption: "Large housing sites",
      columns: [
        .words("site", "Site"), .init("homes", "Homes"), .words("first_homes", "First homes finished before"),
        .init("homes_a_year", "Homes a year"), .init("finished", "Finished by \(last)"),
        .words("primary_area", "Primary area"), .words("secondary_area", "Secondary area"),
      ],
      rows: sites.map { site -> [Table.Cell] in
        [
          .text(site.name), .number(site.dwellings),
          .text(site.homesPerYear > 0 ? "September \(site.firstCompletions.start)" : "none"),
          .number(site.mostInAYear), .number(site.finished(by: last)),
          .text(model.areaName(site.primaryArea)), .text(model.areaName(site.secondaryArea)),
        ]
      } + (sites.count > 1 ? [total] : []),
      hasTotalRow: sites.count > 1,
      footnote: footnote(
        Self.homesRoles, .derived, note: sitesNote))
  }

  /// What each area that serves a large site counts of its homes: those beyond the homes a year that were built before anyway.
  private var backgroundTable: Table {
    let areas = model.areas.filter { hasSites(in: $0) }
    return Table(
      id: "homes-background", caption: "Homes a year by area, and how many of them are taken off",
      columns: [
        .words("area", "Area"), .words("phase", "Phase"),
        .init("homes_a_year", "Homes a year on its large sites, at full pace"),
        .init("background", "Taken off: homes a year that were built before anyway"),
      ],
      rows: areas.map { area in
        [
          .text(area.name), .text(area.phase.rawValue),
          .number(model.housing.fullRate(servedBy: area.code)),
          .number(model.housing.backgroundHomesPerYear[area.code] ?? 0),
        ]
      },
      footnote: footnote(
        Self.homesRoles, .derived,
        note:
          "How many are taken off is assumed. Only homes beyond that number add pupils; sites need not reach full pace "
          + "in the same years."))
  }

  private var homesTable: Table {
    let phases = [Phase.primary, .secondary]
    return Table(
      id: "homes-table", caption: "Pupils with and without new homes",
      columns: [.words("academic_year", "Academic year")]
        + phases.flatMap {
          [
            Table.Column("\($0.rawValue)_without", "\($0.yearGroupsInWords) without new homes"),
            Table.Column("\($0.rawValue)_in_homes", "\($0.yearGroupsInWords) in new homes"),
          ]
        },
      rows: pupils.years.map { year in
        [.text(year.label)]
          + phases.flatMap { phase -> [Table.Cell] in
            let without = pupils.centralWithoutHousing.total(phase.yearGroups, year)
            return [.number(without), .number(pupils.central.total(phase.yearGroups, year) - without)]
          }
      },
      footnote: footnote(
        pupilRoles(), .derived,
        note: "Sixth forms are not in this table. "
          + (plannedByYear.isEmpty ? "Building rates and pupils per home are assumed." : homesNote ?? "")))
  }
}

extension Phase {
  /// `Reception to Year 6` of primary schools, `Years 7 to 11` of secondary ones.
  var yearGroupsInWords: String { self == .primary ? "Reception to Year 6" : "Years 7 to 11" }
}
