internal import Diagnostics
internal import Foundation
internal import PlacePlanning

/// Year groups that most children reach from the year below without changing school.
private let groupsWithinSchools = [1, 2, 3, 4, 8, 11]
/// How many times the same children a year before a year group has in its middle year. Source: in English authorities each of 912 such shares
/// lies between 0.96 and 1.03; in districts of Connecticut and New Hampshire one of 483 lies outside.
private let usualShares = 0.75...4.0 / 3
/// With fewer years there is no middle one; fewer children, a year on average, may wander.
private let fewestYears = 3
private let fewestChildren = 200.0

/// How many year groups and pupils a year must have to count as a copy of the year before, and how many of its counts must not be those of the
/// same children carried on. Source: of 5,873 years of areas in England, Connecticut and New Hampshire none is such a copy.
private let fewestYearGroups = 7
private let fewestPupils = 100.0
private let fewestNotCarriedOn = 4
/// How many different counts two areas must share to count as copies of each other: a few steady counts may be alike.
private let fewestDifferent = 10

/// Births count as those of another year where Reception's share of that year's births changes less than half as much, squared, over at least
/// so many areas and changes. Source: in English authorities the share changes three times as much with the births of the year before or
/// after; in 600 samples of 5, 10 and 30 authorities never less than 1.26 times.
private let mostOfChange = 0.5
private let fewestAreas = 5
private let fewestChanges = 20

/// Alarms of counts that stand under another label than their own, a year, a year group or an area: each is one warning, however many it
/// names.
extension PanelAlarms {
  /// Warns of year groups out of proportion to the same children a year before in the area's middle year (W301), as where all counts stand
  /// one year group too low, two have changed places, or one counts twice.
  func warnOfYearGroups(_ place: SourceLocation, _ list: inout DiagnosticList) {
    let groups = groupsWithinSchools.compactMap { YearGroup(number: $0) }
    var odd: [(code: String, words: String)] = []
    for code in rolls.keys.sorted() {
      guard let table = rolls[code] else { continue }
      for group in groups {
        guard let share = middleShare(of: group, table), !usualShares.contains(share) else { continue }
        odd.append((code, "\(name(code)) \(group.name) \(thousandths(share))"))
      }
    }
    guard !odd.isEmpty else { return }
    list.add(
      .survivalOutsideAlarm, at: place,
      what: "year groups are out of proportion to the same children a year before, in "
        + "\(Set(odd.map(\.code)).count) of \(rolls.count) areas: " + firstFive(odd.map(\.words)),
      why: "in the area's middle year they are so many times the year below; few children change school "
        + "there, and most often counts stand under another year group, or count twice or in part",
      fix: "check which year group each count is of; if they are right, leave them")
  }

  private func middleShare(of group: YearGroup, _ table: RollTable) -> Double? {
    guard let below = group.previous else { return nil }
    let pairs = table.years.compactMap { year -> (now: Double, before: Double)? in
      guard let now = table[year, group], let before = table[year - 1, below], before > 0 else { return nil }
      return (now, before)
    }
    let children = pairs.reduce(0) { $0 + $1.before }
    guard pairs.count >= fewestYears, children >= fewestChildren * Double(pairs.count) else { return nil }
    return pairs.map { $0.now / $0.before }.sorted()[pairs.count / 2]
  }

  /// Warns of years that are the year before, count for count, and of areas that have the same counts throughout (W347).
  func warnOfCopies(_ place: SourceLocation, _ list: inout DiagnosticList) {
    let copied = rolls.keys.sorted().flatMap { code in
      (rolls[code].map(copiedYears) ?? []).map { (code: code, year: $0) }
    }
    if !copied.isEmpty {
      list.add(
        .countsRepeated, at: place,
        what: "a year's counts are those of the year before, in \(Set(copied.map(\.code)).count) of "
          + "\(rolls.count) areas: " + firstFive(copied.map { "\(name($0.code)) \($0.year)" }),
        why: "children move up a year group each year; most often the year was filled in with the last one's",
        fix: "enter that year's own counts, or take its rows out; if they are right, leave them")
    }
    let twins = Dictionary(grouping: rolls.keys.sorted()) { rolls[$0] }.filter { table, codes in
      guard let table, codes.count > 1 else { return false }
      return Set(counts(table).map(\.pupils)).count >= fewestDifferent
    }.values.map { codes in codes.map { name($0) }.joined(separator: " and ") }.sorted()
    if !twins.isEmpty {
      list.add(
        .countsRepeated, at: place,
        what: "areas have the same counts throughout: " + firstFive(twins, separator: "; "),
        why: "as one area under two codes its pupils count twice, and the rates of all areas lean on it",
        fix: "keep one of them, with all its years; if they are two areas, give each its own counts")
    }
  }

  private func copiedYears(_ table: RollTable) -> [AcademicYear] {
    table.years.filter { year in
      let both = YearGroup.all.compactMap { group -> (now: Double, before: Double, below: Double)? in
        guard let now = table[year, group], let before = table[year - 1, group] else { return nil }
        // Without a year below nobody is carried on.
        return (now, before, group.previous.flatMap { table[year - 1, $0] } ?? now)
      }
      let pupils = both.reduce(0) { $0 + $1.now }
      let notCarriedOn = both.filter { $0.now != $0.below }.count
      return both.count >= fewestYearGroups && pupils >= fewestPupils && notCarriedOn >= fewestNotCarriedOn
        && both.allSatisfy { $0.now == $0.before }
    }
  }

  /// Warns of births of which Reception follows those of the year before or after its children's own (W348); where not in all areas together,
  /// of single areas.
  func warnOfBirthYears(_ place: SourceLocation, _ list: inout DiagnosticList) {
    let shifts = [-1, 0, 1]
    func shares(_ code: String, _ table: RollTable, _ year: AcademicYear) -> [Double]? {
      let found = shifts.compactMap { shift -> Double? in
        guard let cohort = intake(code, table, year, later: shift), cohort.pupils > 0, cohort.births > 0
        else { return nil }
        return cohort.pupils / cohort.births
      }
      return found.count == shifts.count ? found : nil
    }
    var change = [0.0, 0, 0]
    var (areas, changes) = (0, 0)
    for code in rolls.keys.sorted() {
      guard let table = rolls[code] else { continue }
      let before = changes
      for year in table.years {
        guard let now = shares(code, table, year), let last = shares(code, table, year - 1),
          let pupils = table[year, .reception]
        else { continue }
        changes += 1
        for index in shifts.indices {
          let step = log(now[index] / last[index])
          change[index] += pupils * step * step
        }
      }
      if changes > before { areas += 1 }
    }
    let isLate = change[2] < change[0]
    let best = isLate ? 2 : 0
    guard areas >= fewestAreas, changes >= fewestChanges, change[best] < mostOfChange * change[1]
    else {
      warnOfBirthYearsOfAreas(place, &list)
      return
    }
    list.add(
      .birthsOfAnotherYear, at: place,
      what: "Reception follows the births that stand a year \(isLate ? "later" : "earlier") in the file than "
        + "its children's, over \(areas) areas",
      why: "its share of those changes \(thousandths((change[best] / change[1]).squareRoot())) times as much "
        + "from year to year; most often the years of births are one too \(isLate ? "late" : "early"), or those of rolls "
        + (isLate ? "early" : "late"),
      fix: "name each year to 30 June by the year in which it ends; if both are right, leave them")
  }
}
