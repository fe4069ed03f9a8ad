internal import Diagnostics
internal import Foundation
internal import PlacePlanning

/// With fewer births a cohort, on average, or fewer changes from cohort to cohort, births of the year beside may fit by chance.
private let fewestBirths = 200.0
private let fewestChanges = 8
/// The changes, times the logarithm of how many times nearer births of another year are when squared, are hardly ever more by chance. Source: of
/// 151 English authorities over five spans of 4 to 12 years from 2011/12 to 2022/23 one is, Camden over 7 years; with births filed a year early
/// or late 57 in a hundred are over 4 years, 72 over 7 and 82 over 12.
private let mostByChance = 12.0

/// How the sizes of cohorts change from each to the next in the rolls of one area, to be held against births.
///
/// Reception alone shows as many cohorts as there are years; older year groups show those of up to eleven years before them.
struct CohortChanges {
  /// By the year in which the younger of two cohorts reaches Reception, in order: logarithm of how many times the older one it is, the mean over
  /// the year groups to Year 11 in which both were counted.
  private let steps: [(start: Int, size: Double)]

  /// Nothing after `last` is looked at.
  init(_ rolls: RollTable, to last: AcademicYear? = nil) {
    let groups = YearGroup.all.filter { $0.phase != .sixthForm }
    var sizes: [Int: [Double]] = [:]
    for year in rolls.years where last.map({ year <= $0 }) ?? true {
      for group in groups {
        guard let now = rolls[year, group], let before = rolls[year - 1, group], now > 0, before > 0
        else { continue }
        sizes[year.start - group.number, default: []].append(log(now / before))
      }
    }
    steps = sizes.sorted { $0.key < $1.key }
      .map { (start: $0.key, size: $0.value.reduce(0, +) / Double($0.value.count)) }
  }

  /// Whether births, by the year to 30 June, fit far better a year later or earlier in their file than where the cohorts' own stand, and by how
  /// many times nearer changes are then. Nil where they do not, and where there is too little to say.
  func fitOfAnotherYear(_ births: [Int: Double]) -> (isLater: Bool, nearer: Double)? {
    var rests = [0.0, 0, 0]
    var (changes, born) = (0, 0.0)
    for step in steps {
      let cohorts = (-2...1).compactMap { Self.cohort(AcademicYear(step.start + $0), births) }
      guard cohorts.count == 4 else { continue }
      changes += 1
      born += cohorts[2]
      for index in rests.indices {
        let rest = step.size - log(cohorts[index + 1] / cohorts[index])
        rests[index] += rest * rest
      }
    }
    guard changes >= fewestChanges, born >= fewestBirths * Double(changes) else { return nil }
    let (best, own) = (min(rests[0], rests[2]), rests[1])
    guard best * exp(mostByChance / Double(changes)) < own else { return nil }
    return (rests[2] < rests[0], (best / own).squareRoot())
  }

  /// Nil where a year is not known, or nobody was born.
  private static func cohort(_ year: AcademicYear, _ births: [Int: Double]) -> Double? {
    var sum = 0.0
    for part in BirthAlignment.weights(reachingReceptionIn: year) {
      guard let count = births[part.year] else { return nil }
      sum += part.weight * count
    }
    return sum > 0 ? sum : nil
  }
}

private let fixOfBirthYears =
  "name each year to 30 June by the year in which it ends; if both are right, leave them"

extension PanelAlarms {
  /// Warns of areas whose year groups follow the births of the year before or after their own (W348).
  func warnOfBirthYearsOfAreas(_ place: SourceLocation, _ list: inout DiagnosticList) {
    let odd = rolls.keys.sorted().compactMap { code -> String? in
      guard let table = rolls[code], let own = births[code],
        let fit = CohortChanges(table).fitOfAnotherYear(own)
      else { return nil }
      return "\(name(code)) \(fit.isLater ? "later" : "earlier"), \(thousandths(fit.nearer))"
    }
    guard !odd.isEmpty else { return }
    list.add(
      .birthsOfAnotherYear, at: place,
      what: "cohorts follow the births that stand a year later or earlier in the file than their own, in "
        + "\(odd.count) of \(rolls.count) areas: " + firstFive(odd, separator: "; "),
      why:
        "from one to the next, Reception to Year 11, pupils and births differ so many times as much with those; "
        + "most often births, or the area's rolls, stand a year early or late",
      fix: fixOfBirthYears)
  }
}

extension ModelParts {
  /// Warns of an authority whose year groups follow the births of the year before or after their own (W348).
  func warnOfBirthYears(
    _ county: RollTable, _ births: BirthTable, of districts: Set<String>, _ list: inout DiagnosticList
  ) {
    let tables = districts.map { births.districts[$0] ?? [:] }
    let years = Set(tables.flatMap(\.keys)).filter { year in tables.allSatisfy { $0[year] != nil } }
    let all = years.reduce(into: [Int: Double]()) { all, year in
      all[year] = tables.reduce(0) { $0 + ($1[year] ?? 0) }
    }
    guard let fit = CohortChanges(county, to: header.baseYear).fitOfAnotherYear(all) else { return }
    list.add(
      .birthsOfAnotherYear, at: place(of: .births),
      what: "cohorts follow the births that stand a year \(fit.isLater ? "later" : "earlier") in the file "
        + "than their own",
      why: "from one to the next, Reception to Year 11, the authority's pupils and births differ "
        + "\(thousandths(fit.nearer)) times as much with those; most often the years of births are one too "
        + (fit.isLater ? "late, or those of rolls early" : "early, or those of rolls late"),
      fix: fixOfBirthYears)
  }
}
