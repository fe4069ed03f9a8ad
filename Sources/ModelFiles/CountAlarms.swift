internal import Diagnostics
internal import PlacePlanning

/// Whether a count is more than four times, or less than a quarter of, each of those that it should be near. Counts below 50 may wander
/// so.
///
/// Source of the four: of 85,128 counts of English authorities and of districts in Connecticut and New Hampshire, none is; of 4,743
/// counts of births in English authorities, none lies further than 1.5 times from those beside it.
func isUnlike(_ count: Double, _ near: ClosedRange<Double>) -> Bool {
  let (least, most) = (near.lowerBound, near.upperBound)
  return (count > 4 * most && count >= 50) || (4 * count < least && least >= 50)
}

/// How far births of 200 and more may lie from all those beside them. Source: of 4,403 counts of births in English authorities, none
/// of 200 and more is more than 1.2 times as many, or as few, as the mean of the two years before.
private let mostChangeOfBirths = 1.25

/// Whether a count is unlike two at least of those beside it, and all of them.
private func standsAlone(_ count: Double, beside near: [Double]) -> Bool {
  guard near.count > 1, let least = near.min(), let most = near.max() else { return false }
  return isUnlike(count, least...most)
}

extension ModelParts {
  /// Warns of rolls after the year that the projection starts from, which nothing reads (W328): once for a file.
  func warnOfLaterRolls(_ role: DatasetRole, _ list: inout DiagnosticList) throws {
    let later = try rows(role).map { ($0, try $0.academicYear("academic_year")) }.filter {
      $0.1 > header.baseYear
    }
    guard let first = later.first, let last = later.map(\.1).max() else { return }
    list.add(
      .laterRollsNotUsed, at: first.0.place("academic_year"),
      what: "the rolls go on to \(last), and the model starts from \(header.baseYear)",
      why: "the projection begins there, so that nothing is taken from the counts of later years",
      fix: "write 'base_year: \(last)' to start from them; if they are meant to be left aside, leave it")
  }

  /// Warns of disturbed years that the rolls do not count (W316), but for the pandemic's, which stands there by default.
  func warnOfUncountedDisturbance(_ county: RollTable, _ list: inout DiagnosticList) {
    let counted = Set(county.years + [.pandemic])
    for (year, place) in header.disturbedPlaces.sorted(by: { $0.key < $1.key })
    where !counted.contains(year) {
      list.add(
        .disturbedYearNotCounted, at: place,
        what: "\(year) is named as disturbed and has no count in the rolls",
        why: "nothing changes by naming it; if another year was meant, its rates count in full",
        fix: "name a year that is counted, or leave it out")
    }
  }
}

extension DatasetRow {
  /// Warns of a number on roll unlike its year group's in the years beside it and its children's a year younger and older (W314).
  func warnOfRollAlone(in table: RollTable, _ who: String, _ list: inout DiagnosticList) throws(InternalFault)
  {
    let (year, group) = (try academicYear("academic_year"), try yearGroup("year_group"))
    let count = try number("number_on_roll")
    let near = [
      table[year - 1, group], table[year + 1, group], group.previous.flatMap { table[year - 1, $0] },
      YearGroup(number: group.number + 1).flatMap { table[year + 1, $0] },
    ]
    guard standsAlone(count, beside: near.compactMap { $0 }) else { return }
    list.add(
      .countStandsAlone, at: place("number_on_roll"),
      what: "\(grouped(count)) in \(group.name) of \(who) in \(year) is unlike every count beside it",
      why:
        "the same year group a year before and after, and the same children, are all more than four times "
        + "as many or as few",
      fix: "check the count; if it is right, leave it")
  }

  /// Warns of births unlike those of the two years before and of the two years after, as far as they are counted (W314).
  func warnOfBirthsAlone(
    in births: [Int: Double], _ who: String, _ list: inout DiagnosticList
  ) throws(InternalFault) {
    let year = try whole("year_to_30_june")
    let count = try number("births")
    let near = [-2, -1, 1, 2].compactMap { births[year + $0] }
    guard let least = near.min(), let most = near.max(), near.count > 1 else { return }
    let isFar =
      least >= 200 && (count > mostChangeOfBirths * most || count * mostChangeOfBirths < least)
    guard isFar || standsAlone(count, beside: near) else { return }
    list.add(
      .countStandsAlone, at: place("births"),
      what: "\(grouped(count)) births in \(who) in the year to 30 June \(year) are unlike those beside them",
      why: "the years beside it have \(near.map { grouped($0) }.joined(separator: ", "))",
      fix: "check the count; if it is right, leave it")
  }
}
