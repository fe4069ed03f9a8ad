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

/// How far births, or a number on roll of Reception to Year 11, may lie from all those beside them where these are 200 and more. Source: of
/// 4,403 counts of births in English authorities, none of 200 and more is more than 1.2 times as many, or as few, as the mean of the
/// two years before. Of 21,400 numbers on roll there none is 1.11 times as many, or as few, as all those beside it; of 9,284 in districts
/// of Connecticut and New Hampshire 4 are more than 1.25 times.
private let mostChange = 1.25
/// The same of Year 12 and Year 13, beside those of two years on either side. Source: of 4,061 counts there and in England none is so far away.
private let mostSixthFormChange = 1.5
private let leastBeside = 200.0

/// Whether a count is unlike all of those beside it, two at the least, and whether it is further than `change` times from them.
private func compare(
  _ count: Double, with near: [Double], change: Double = mostChange
) -> (isAlone: Bool, isFar: Bool) {
  guard near.count > 1, let least = near.min(), let most = near.max() else { return (false, false) }
  let isFar = least >= leastBeside && (count > change * most || count * change < least)
  return (isUnlike(count, least...most), isFar)
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

  /// Warns of births of years to 30 June that end after the paper's meeting (W349): once for a file.
  func warnOfBirthsToCome(_ list: inout DiagnosticList) throws {
    let meeting = header.identity.meeting
    let lastOver = meeting.month > 6 ? meeting.year : meeting.year - 1
    let later = try rows(.births).map { ($0, try $0.whole("year_to_30_june")) }.filter { $0.1 > lastOver }
    guard let first = later.first, let last = later.map(\.1).max() else { return }
    list.add(
      .birthsNotOver, at: first.0.place("year_to_30_june"),
      what: "births are given up to the year to 30 June \(last), and the meeting is on \(meeting.longLabel)",
      why:
        "they count as births that are known, without a range; most often the years are those in which the children start school",
      fix:
        "write the year in which the children were born, to 30 June; take out what is not counted yet, for future_births to give; "
        + "if another's forecast is meant, leave it")
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
  /// Warns of a number on roll unlike its year group's in the years beside it and its children's a year younger and older (W314). Reception
  /// has no younger children, and few or many of Year 11 stay on; both ends are held against two years on either side.
  ///
  /// In `jumping` years, which another warning names as a whole, only counts that are four times as many or as few are named.
  func warnOfRollAlone(
    in table: RollTable, _ who: String, jumping: Set<AcademicYear> = [], _ list: inout DiagnosticList
  ) throws(InternalFault) {
    let (year, group) = (try academicYear("academic_year"), try yearGroup("year_group"))
    let count = try number("number_on_roll")
    var beside = [
      table[year - 1, group], table[year + 1, group], group.previous.flatMap { table[year - 1, $0] },
      YearGroup(number: group.number + 1).flatMap { table[year + 1, $0] },
    ]
    if group == .reception { beside += [table[year - 2, group], table[year + 2, group]] }
    var near = beside.compactMap { $0 }
    var (isAlone, isFar) = compare(count, with: near)
    if group.phase == .sixthForm {
      let years = [-2, -1, 1, 2].compactMap { table[year + $0, group] }
      isFar = compare(count, with: years, change: mostSixthFormChange).isFar
      if !isAlone { near = years }
    }
    guard isAlone || (!jumping.contains(year) && isFar) else { return }
    list.add(
      .countStandsAlone, at: place("number_on_roll"),
      what: "\(grouped(count)) in \(group.name) of \(who) in \(year) is unlike every count beside it",
      why: isAlone
        ? "the same year group a year before and after, and the same children, are all more than four times "
          + "as many or as few"
        : "the same year group in the years beside it"
          + (group.phase == .sixthForm ? "" : ", and the same children,") + " number "
          + near.map { grouped($0) }.joined(separator: ", "),
      fix: "check the count; if it is right, leave it")
  }

  /// Warns of births unlike those of the two years before and of the two years after, as far as they are counted (W314).
  func warnOfBirthsAlone(
    in births: [Int: Double], _ who: String, _ list: inout DiagnosticList
  ) throws(InternalFault) {
    let year = try whole("year_to_30_june")
    let count = try number("births")
    let near = [-2, -1, 1, 2].compactMap { births[year + $0] }
    let (isAlone, isFar) = compare(count, with: near)
    guard isAlone || isFar else { return }
    list.add(
      .countStandsAlone, at: place("births"),
      what: "\(grouped(count)) births in \(who) in the year to 30 June \(year) are unlike those beside them",
      why: "the years beside it have \(near.map { grouped($0) }.joined(separator: ", "))",
      fix: "check the count; if it is right, leave it")
  }
}
