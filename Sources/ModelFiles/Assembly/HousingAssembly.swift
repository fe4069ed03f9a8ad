internal import Diagnostics
internal import PlacePlanning

// Homes and what they bring: from rows and assumptions to the model's plan.

private let homesComeLater = "the rest would bring pupils after the years that are projected"

extension ModelParts {
  /// The sites, and the pupils that their homes bring.
  func readHousing(
    _ known: KnownAreas, _ conditions: AssemblyConditions, _ values: inout AssumptionValues,
    _ list: inout DiagnosticList
  ) throws -> HousingPlan {
    let yields = try readYields(&list)
    try warnOfYieldsOfPhases(&list)
    let completions = try readCompletions(&list)
    var sites: [HousingSite] = []
    var finished: [(site: HousingSite, place: SourceLocation)] = []
    var unfinished: [(site: HousingSite, place: SourceLocation)] = []
    // Homes that an area's sites finish in a year at the most, as stated.
    var fed: [PlanningAreaCode: Double] = [:]
    let delivery = HousingDelivery(
      baseYear: header.baseYear, hasSites: !rows(.housingSites).isEmpty, &values, &list)
    for row in rows(.housingSites) {
      let primary = try known.area(row, "primary_planning_area_code", phase: .primary, &list)
      let secondary = try known.area(row, "secondary_planning_area_code", phase: .secondary, &list)
      let type = try row.text("dwelling_type")
      let stated = completions[try row.text("site_key")]
      let timing = try readTiming(row, byYear: stated, &values, &list)
      if yields[type] == nil {
        list.add(
          .unknownCode, at: row.place("dwelling_type"), what: "there is no pupil yield for '\(type)'",
          why: "its homes would bring no children",
          fix: didYouMean(type, among: yields.keys, else: "add its rows to pupil_yields"))
      }
      for area in [primary, secondary].compactMap(\.self) { fed[area.code, default: 0] += 0 }
      guard let primary, let secondary, let timing else { continue }
      let asStated = try HousingSite(row, timing, primary: primary.code, secondary: secondary.code)
      for area in [primary, secondary] { fed[area.code, default: 0] += asStated.mostInAYear }
      let site = delivery.applied(to: asStated)
      if site.finished(by: header.lastYear) < site.dwellings {
        unfinished.append((site, row.place("dwellings")))
      }
      if isLongBegun(site) { finished.append((site, row.place("dwellings"))) }
      sites.append(site)
    }
    if conditions.homesAreAsStated {
      for (site, place) in unfinished { warnOfUnfinished(site, at: place, &list) }
    } else {
      warnOfUnfinished(unfinished, under: conditions.under, &list)
    }
    if let first = finished.first { warnOfFinished(finished.map(\.site), at: first.place, &list) }
    try warnOfSiteTwins(sites, &list)
    let background = readBackground(fed, &values, &list)
    let factors = Phase.allCases.reduce(into: [Phase: Double]()) { factors, phase in
      guard !rows(.housingSites).isEmpty else { return }
      factors[phase] = values.value("pupil_yield_factor.\(phase.rawValue)", .ratio, in: 0...5, &list)
    }
    return HousingPlan(
      sites: sites.sorted { $0.key < $1.key }, yields: yields.mapValues { $0.scaled(by: factors) },
      backgroundHomesPerYear: background)
  }

  /// Homes a year that only replace earlier building, by area; `most` are those that its sites finish in a year at the most. Warns of an
  /// area where they are all of these (W321).
  private func readBackground(
    _ most: [PlanningAreaCode: Double], _ values: inout AssumptionValues, _ list: inout DiagnosticList
  ) -> [PlanningAreaCode: Double] {
    var background: [PlanningAreaCode: Double] = [:]
    for (code, most) in most.sorted(by: { $0.key < $1.key }) {
      let key = "housing.background.\(code)"
      let homes = values.value(key, .dwellingsAYear, in: 0...10_000, &list)
      background[code] = homes
      guard most > 0, homes >= most else { continue }
      list.add(
        .housingOutOfProportion, at: values.place(of: key),
        what:
          "'\(key)' is \(grouped(homes)) homes a year; the area's sites finish \(grouped(most)) at the most",
        why: "so many are taken off each year's homes, as replacing earlier building, that none is left",
        fix: "check both; if the sites are no more than what was always built there, leave it")
    }
    return background
  }

  private func warnOfUnfinished(
    _ site: HousingSite, at place: SourceLocation, _ list: inout DiagnosticList
  ) {
    var (why, figures) = (homesComeLater, "when the first are finished and how many a year")
    if let yearly = site.yearly {
      figures = "and how many are given for each year"
      if yearly.total < site.dwellings {
        why =
          "its years add to \(grouped(yearly.total)): what they lack counts as built after \(header.lastYear); "
          + homesComeLater
      }
    }
    let built = site.finished(by: header.lastYear)
    list.add(
      .siteNotFinished, at: place,
      what: "\(site.name): \(grouped(built.rounded())) of \(grouped(site.dwellings)) homes are finished by "
        + header.lastYear.label,
      why: why, fix: "check how many homes it has, \(figures); if it is built so slowly, leave it")
  }

  /// Warns of all unfinished sites at once where a scenario or a change has moved homes: that is the cause, not a slip at each site.
  private func warnOfUnfinished(
    _ sites: [(site: HousingSite, place: SourceLocation)], under: String, _ list: inout DiagnosticList
  ) {
    guard let first = sites.first else { return }
    let built = sites.reduce(0) { $0 + $1.site.finished(by: header.lastYear) }
    let all = sites.reduce(0) { $0 + $1.site.dwellings }
    list.add(
      .siteNotFinished, at: first.place,
      what: "\(under)\(grouped(built.rounded())) of \(grouped(all)) homes of "
        + "\(firstEight(sites.map(\.site.name))) are finished by \(header.lastYear)",
      why: homesComeLater,
      fix:
        "nothing, if they are meant to come then; otherwise correct what is changed, or the sites' homes and years"
    )
  }

  private func readYields(_ list: inout DiagnosticList) throws -> [String: PupilYield] {
    var curves: [String: [YearGroup: [Int: Double]]] = [:]
    for row in rows(.pupilYields) {
      try row.warnOfYield(&list)
      curves[try row.text("dwelling_type"), default: [:]][
        try row.yearGroup("year_group"), default: [:]][try row.whole("dwelling_age")] =
        try row.number(
          "pupils_per_100_dwellings", in: 0...1_000,
          why: "a home has no fewer children of one year group than none, and no more than ten", &list) / 100
    }
    let place = place(of: .pupilYields)
    return curves.reduce(into: [:]) { yields, type in
      var byAge: [YearGroup: [Double]] = [:]
      for yearGroup in YearGroup.all {
        let ages = type.value[yearGroup] ?? [:]
        let curve = (0..<max(1, ages.count)).compactMap { ages[$0] }
        if ages.isEmpty || curve.count < ages.count {
          list.add(
            .cellMissing, at: place,
            what: "the yield of '\(type.key)' for \(yearGroup.name) does not run from age 0 without a gap",
            why: "homes pass through every age", fix: "add the missing ages")
        }
        byAge[yearGroup] = curve
      }
      checkAges(byAge.mapValues(\.count), of: type.key, place, &list)
      yields[type.key] = PupilYield(byAge: byAge)
    }
  }

  /// Refuses year groups whose yields end at an earlier age than others' (E204): beyond its last age a yield stays level, so that a lost
  /// last row would go unseen.
  private func checkAges(
    _ counts: [YearGroup: Int], of type: String, _ place: SourceLocation, _ list: inout DiagnosticList
  ) {
    let most = counts.values.max() ?? 0
    for yearGroup in YearGroup.all {
      guard let count = counts[yearGroup], count > 0, count < most else { continue }
      list.add(
        .cellMissing, at: place,
        what:
          "the yield of '\(type)' for \(yearGroup.name) ends at age \(count - 1), "
          + "for others at age \(most - 1)",
        why: "beyond the last age a yield stays as it is, so a row that was lost would not show",
        fix: "add the missing ages")
    }
  }
}
