internal import Diagnostics
internal import PlacePlanning

// Homes and pupils that are more often mistyped than meant (W321). They are used as they stand.

/// A site of more homes than this is hardly finished within a year. Assumed: 50 homes a year for each builder, and a few builders a site.
private let mostHomesInAYear = 100.0

/// Assumed: no kind of home has a child in every home in one year group; the data set `pupil-yields` has 5 at the most. **Units** pupils
/// per 100 homes.
private let mostPupilsPerYearGroup = 100.0

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
      "\(plain(pupils)) pupils of \(try yearGroup("year_group").name) are given for 100 homes",
      why: "that is more than a child of one year group in every home",
      at: place("pupils_per_100_dwellings"), &list)
  }

  /// Warns of a large site where more homes are finished in a year than it has.
  func warnOfHaste(homesPerYear: Double, _ list: inout DiagnosticList) throws(InternalFault) {
    let homes = try number("dwellings")
    guard homes > mostHomesInAYear, homesPerYear > homes else { return }
    warn(
      "\(try text("site")) has \(plain(homes)) homes, and \(plain(homesPerYear)) a year are finished",
      why: "a rate above the whole site is more often mistyped than meant",
      at: place("dwellings"),
      &list)
  }
}
