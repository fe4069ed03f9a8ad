internal import Diagnostics
internal import PlacePlanning

// Homes and pupils that are more often mistyped than meant (W321). They are used as they stand.

/// A site of more homes than this is hardly finished within a year, and one of twice as many hardly within two, as a rate of all homes has
/// it, whose first year is half of it. Assumed: 50 homes a year for each builder, and a few builders a site.
private let mostHomesInAYear = 100.0

/// Assumed: no kind of home has a child in every home in one year group; the data set `pupil-yields` has 5 at the most. **Units** pupils
/// per 100 homes.
private let mostPupilsPerYearGroup = 100.0

/// Assumed: no kind of home has a child of one phase in every home; published tables have 20 to 50. **Units** pupils per 100 homes.
private let mostPupilsPerPhase = 100.0

/// Fewer pupils of a whole phase than these are more often given for each home. Assumed: a tenth of the 20 primary and 15 secondary pupils
/// that are the least in published tables. **Units** pupils per 100 homes.
private let fewestPupilsPerPhase = 2.0

/// Adds W321: what is odd, and why it matters.
private func warn(_ what: String, why: String, at place: SourceLocation, _ list: inout DiagnosticList) {
  list.add(
    .housingOutOfProportion, at: place, what: what, why: why,
    fix: "check the figures; if they are right, leave them")
}

extension DatasetRow {
  /// Warns of a yield of more than a child a home in one year group.
  func warnOfYield(_ list: inout DiagnosticList) throws(InternalFault) {
    let pupils = try number("pupils_per_100_dwellings")
    guard pupils > mostPupilsPerYearGroup else { return }
    warn(
      "\(grouped(pupils)) pupils of \(try yearGroup("year_group").name) are given for 100 homes",
      why: "that is more than a child of one year group in every home",
      at: place("pupils_per_100_dwellings"), &list)
  }

  /// Warns of a large site where as many homes are finished in a year as it has, or more.
  func warnOfHaste(homesPerYear: Double, _ list: inout DiagnosticList) throws(InternalFault) {
    let homes = try number("dwellings")
    let isAbove = homesPerYear > homes && homes > mostHomesInAYear
    guard isAbove || (homesPerYear == homes && homes > 2 * mostHomesInAYear) else { return }
    warn(
      "\(try text("site")) has \(grouped(homes)) homes, and \(grouped(homesPerYear)) a year are finished",
      why: "a rate \(isAbove ? "above" : "of") the whole site is more often mistyped than meant",
      at: place("dwellings"), &list)
  }
}

extension ModelParts {
  /// Warns of a kind of home that brings next to no pupils of a phase, or more than one to each home, at the age at which it brings most.
  func warnOfYieldsOfPhases(_ list: inout DiagnosticList) throws {
    let types = Dictionary(grouping: rows(.pupilYields)) { $0.raw("dwelling_type") }
    for (type, rows) in types.sorted(by: { $0.key < $1.key }) {
      for phase in AreaPhase.allCases {
        var byAge: [Int: Double] = [:]
        var most = 0.0
        var first: DatasetRow?
        for row in rows {
          let group = try row.yearGroup("year_group")
          guard phase.plannedYearGroups.contains(group) else { continue }
          let (age, pupils) = (try row.whole("dwelling_age"), try row.number("pupils_per_100_dwellings"))
          byAge[age, default: 0] += pupils
          most = max(most, pupils)
          first = first ?? row
        }
        let pupils = byAge.values.max() ?? 0
        // A year group that is odd by itself has been named.
        let isHigh = pupils > mostPupilsPerPhase && most <= mostPupilsPerYearGroup
        guard let first, isHigh || (pupils > 0 && pupils < fewestPupilsPerPhase) else { continue }
        warn(
          "100 homes of '\(type)' bring \(plain((pupils * 1000).rounded() / 1000)) \(phase.rawValue) pupils at the most",
          why: isHigh
            ? "more than one a home are more often pupils of the whole phase, given for each of its year groups"
            : "fewer than \(plain(fewestPupilsPerPhase)) are more often pupils of a single home than of 100",
          at: first.place("pupils_per_100_dwellings"), &list)
      }
    }
  }

  /// Warns of a site whose name, homes, areas and years are those of another (W319), whatever the case and spaces of the name.
  func warnOfSiteTwins(_ sites: [HousingSite], _ list: inout DiagnosticList) throws {
    let known = Dictionary(sites.map { ($0.key, $0) }) { first, _ in first }
    try warnOfTwins(
      .housingSites, key: "site_key",
      alike: { row in
        guard let site = known[try row.text("site_key")] else { return nil }
        let alike = [
          "dwelling_type", "dwellings", "primary_planning_area_code", "secondary_planning_area_code",
        ]
        return [folded(row.raw("site"))] + alike.map(row.raw)
          + [site.firstCompletions.label, plain(site.homesPerYear)]
          + (site.yearly?.homes ?? []).map(plain)
      }, says: { "has the name, the homes, the areas and the years of '\($0)'" },
      why: "if it is one site, its homes count twice", &list)
  }
}
