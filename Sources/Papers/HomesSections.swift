internal import PlacePlanning
internal import Projection

// New homes: where they come, how many only replace what was built before, and what they add.

extension PaperWriter {
  var homes: Section {
    let sites = model.housing.sites
    guard !sites.isEmpty, let last = pupils.years.last else {
      return Section(
        id: "homes", heading: "New homes", blocks: [.paragraph("No new housing site is in the model.")])
    }
    let all = sites.reduce(0) { $0 + $1.dwellings }
    return Section(
      id: "homes", heading: "New homes",
      blocks: [
        .paragraph(
          "\(counted(sites.count, "large site").capitalisedFirst) with \(grouped(Int(all))) homes "
            + "\(sites.count == 1 ? "is" : "are") in the model; \(homesFinished). Some only replace building that went on before, whose children are in the rolls "
            + "already; those are taken off. Every figure is worked out with and without these homes."),
        .table(sitesTable(last)), .table(backgroundTable), .table(homesTable),
      ])
  }

  /// `6,420 of these are expected to be finished by 2027/28`.
  var homesFinished: String {
    let last = pupils.years.last ?? model.baseYear
    let finished = model.housing.sites.reduce(0) { $0 + $1.finished(by: last) }
    return "\(grouped(Int(finished.rounded()))) of these are expected to be finished by \(last)"
  }

  private func sitesTable(_ last: AcademicYear) -> Table {
    Table(
      id: "sites", caption: "Large housing sites",
      columns: [
        .init("site", "Site", isNumber: false), .init("homes", "Homes"),
        .init("first_homes", "First homes finished before", isNumber: false),
        .init("homes_a_year", "Homes a year"),
        .init("finished", "Finished by \(last)"), .init("primary_area", "Primary area", isNumber: false),
        .init("secondary_area", "Secondary area", isNumber: false),
      ],
      rows: model.housing.sites.map { site in
        [
          .text(site.name), .number(site.dwellings), .text("September \(site.firstCompletions.start)"),
          .number(site.homesPerYear), .number(site.finished(by: last)),
          .text(areaName(site.primaryArea)), .text(areaName(site.secondaryArea)),
        ]
      },
      footnote: footnote(
        ["housing_sites"], .derived, note: "When homes are finished, and which areas serve them, is assumed.")
    )
  }

  /// What each area that serves a large site counts of its homes: those beyond the homes a year that were built before anyway.
  private var backgroundTable: Table {
    let areas = model.areas.filter { area in
      model.housing.sites.contains { $0.primaryArea == area.code || $0.secondaryArea == area.code }
    }
    return Table(
      id: "homes-background", caption: "Homes a year by area, and how many of them are taken off",
      columns: [
        .init("area", "Area", isNumber: false), .init("phase", "Phase", isNumber: false),
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
        ["housing_sites"], .derived,
        note:
          "How many are taken off is assumed. Only homes beyond that number add pupils; sites need not reach full pace "
          + "in the same years."))
  }

  private var homesTable: Table {
    let phases: [(name: String, heading: String, groups: [YearGroup])] = [
      ("primary", "Reception to Year 6", Phase.primary.yearGroups),
      ("secondary", "Years 7 to 11", Phase.secondary.yearGroups),
    ]
    return Table(
      id: "homes-table", caption: "Pupils with and without new homes",
      columns: [.init("academic_year", "Academic year", isNumber: false)]
        + phases.flatMap {
          [
            Table.Column("\($0.name)_without", "\($0.heading), without new homes"),
            Table.Column("\($0.name)_in_homes", "\($0.heading), in new homes"),
          ]
        },
      rows: pupils.years.map { year in
        [.text(year.label)]
          + phases.flatMap { phase -> [Table.Cell] in
            let without = pupils.centralWithoutHousing.total(phase.groups, year)
            return [.number(without), .number(pupils.central.total(phase.groups, year) - without)]
          }
      },
      footnote: footnote(
        Self.rollRoles + ["housing_sites", "pupil_yields"], .derived,
        note: "Building rates and pupils per home are assumed."))
  }
}
