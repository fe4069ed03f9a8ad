internal import Diagnostics
internal import PlacePlanning

/// Limits outside which a ratio most often betrays a slip of data entry.
///
/// Source: 139 local authorities, 2011/12 to 2022/23, 5th to 95th percentile of progression ratios; for Years 1 to 6 and 8 to
/// 11 the band outside which a ratio is unusual.
func alarmLimits(_ yearGroup: YearGroup) -> ClosedRange<Double> {
  switch yearGroup.number {
  case 0: 0.618...1.085
  case 7: 0.824...1.149
  case 12: 0.06...0.79
  case 13: 0.70...0.94
  default: 0.97...1.03
  }
}

/// Limits outside which the Reception of a district hardly comes from its own births, and from how many births on. Assumed: across a
/// district's boundary go more children than across an authority's, and still not half of them.
private let districtLimits = 0.4...1.6
private let leastBirths = 50.0

/// Assumed: Year 7 so near to its usual share of Year 6 is no slip, however many pupils cross the authority's boundary, nor Year 12 of
/// Year 11, wherever colleges teach most; and how many years tell what is usual. Within an authority the standard deviation of Year 7's
/// share is 0.014 as a rule.
private let mostFromUsual = 0.05
private let leastYears = 5
/// Beyond these no share is usual: the counts are wrong in every year. Source: of 152 English authorities, 2011/12 to 2022/23, the middle
/// share of Year 7 lies within for all but the City of London, which has no secondary school, and that of Year 12 for all.
private let usualTransfers = 0.6...1.5
private let usualSixthForms = 0...1.0
/// Below it a cohort of a whole authority wanders like an area's: in a year group of 20 one pupil more is a ratio of 1.05.
private let smallCohort = 50.0
/// How many times the square root of its cohort a small one may wander unsaid.
private let smallSlack = 3.0

/// How far the sixth forms' share of net capacity may lie from their share of the pupils, relative to the latter, and how far it may
/// always lie, however few they are. Assumed: in Cheltenham the first was 0.215 in 2017, and the second 0.167 in the county, 0.29 of it apart.
private let mostSixthFormGap = 0.5
private let leastSixthFormGap = 0.05

/// Whether sixth forms that are `rolls` of the pupils hardly use `share` of the places.
func isUnlikeRolls(sixthForms share: Double, _ rolls: Double) -> Bool {
  abs(share - rolls) > max(leastSixthFormGap, mostSixthFormGap * rolls)
}

extension ModelParts {
  /// Warns of sixth forms whose part of net capacity is far from their part of the base year's pupils (W332).
  func warnOfSixthForms(
    _ share: Double, _ county: RollTable, at place: SourceLocation, _ list: inout DiagnosticList
  ) {
    let secondary = AreaPhase.secondary
    guard let all = county.total(header.baseYear, secondary.yearGroups), all > 0,
      let planned = county.total(header.baseYear, secondary.plannedYearGroups)
    else { return }
    let rolls = (all - planned) / all
    guard isUnlikeRolls(sixthForms: share, rolls) else { return }
    list.add(
      .sixthFormsUnlikeRolls, at: place,
      what: "sixth forms are taken to use \(plain(share)) of net capacity; they are \(thousandths(rolls)) of "
        + "the pupils of Years 7 to 13 in \(header.baseYear)",
      why: "it is taken off every secondary area with a net capacity, whose places would be too "
        + (share > rolls ? "few" : "many"),
      fix: "check that it is this authority's own; if its sixth forms are so "
        + (share > rolls ? "roomy" : "full") + ", leave it")
  }

  /// Warns of ratios outside the alarm limits (W301, W302), up to the base year, since nothing reads later counts. Small cohorts
  /// wander, so of an area's, and of an authority's below 50, only a jump of more than three times the square root of the cohort counts.
  func warnOfRatios(
    _ county: RollTable, _ rolls: AreaRolls, _ births: BirthTable, _ areas: [PlanningArea],
    _ list: inout DiagnosticList
  ) {
    let place = place(of: .countyRolls, .areaRolls)
    warn(county, "the authority", place, slack: 0, &list)
    if case .counted(let tables) = rolls, let file = datasets[.areaRolls]?.file {
      for area in areas {
        if let table = tables[area.code] {
          warn(table, "\(area.name) (\(area.code))", file.wholeFile, slack: smallSlack, &list)
        }
      }
    }
    let districts = Set(areas.filter { $0.phase == .primary }.map(\.district))
    var isOddAsAWhole = false
    for year in county.years where year <= header.baseYear {
      let cohorts = districts.map { births.cohort($0, reachingReceptionIn: year) }
      guard let roll = county[year, .reception], !cohorts.contains(nil) else { continue }
      let cohort = cohorts.compactMap { $0 }.reduce(0, +)
      let allowance = cohort < smallCohort ? smallSlack * cohort.squareRoot() : 0
      guard cohort > 0, isOutside(roll, alarmLimits(.reception), of: cohort, allowance) else { continue }
      list.add(intakeOutsideAlarm(roll / cohort, in: year, at: place))
      isOddAsAWhole = isOddAsAWhole || year == header.baseYear
    }
    warnOfBirthYears(county, births, of: districts, &list)
    if case .counted(let tables) = rolls, !isOddAsAWhole {
      warnOfDistricts(tables, births, areas, &list)
    }
  }

  /// Warns of districts whose Reception in the base year is out of proportion to their births (W302).
  private func warnOfDistricts(
    _ tables: [PlanningAreaCode: RollTable], _ births: BirthTable, _ areas: [PlanningArea],
    _ list: inout DiagnosticList
  ) {
    let primary = Dictionary(grouping: areas.filter { $0.phase == .primary }, by: \.district)
    for (district, own) in primary.sorted(by: { $0.key < $1.key }) {
      guard let cohort = births.cohort(district, reachingReceptionIn: header.baseYear), cohort >= leastBirths
      else { continue }
      let roll = own.reduce(0) { $0 + (tables[$1.code]?[header.baseYear, .reception] ?? 0) }
      guard !districtLimits.contains(roll / cohort) else { continue }
      list.add(
        .intakeOutsideAlarm, at: place(of: .births),
        what:
          "Reception of \(district) in \(header.baseYear) is \(thousandths(roll / cohort)) of its births four years before",
        why:
          "outside \(plain(districtLimits.lowerBound)) to \(plain(districtLimits.upperBound)), births most often stand under another "
          + "district, or an area is in the wrong one",
        fix: "check the district's births, and which areas are in it; if both are right, leave them")
    }
  }

  private func warn(
    _ table: RollTable, _ who: String, _ place: SourceLocation, slack: Double,
    _ list: inout DiagnosticList
  ) {
    let entries = [YearGroup.year7, Phase.sixthForm.entryYearGroup]
    let usual = entries.reduce(into: [YearGroup: Double]()) { $0[$1] = usualShare($1, table) }
    for year in table.years where year <= header.baseYear {
      for yearGroup in YearGroup.all {
        guard let previous = yearGroup.previous, let now = table[year, yearGroup],
          let before = table[year - 1, previous], before > 0
        else { continue }
        // Where nobody is in Year 12 in any year, the base year alone says it: the counts may be missing.
        if let usual = usual[yearGroup], abs(now / before - usual) <= mostFromUsual,
          now > 0 || year < header.baseYear
        {
          continue
        }
        let limits = alarmLimits(yearGroup)
        let allowance = max(slack, before < smallCohort ? smallSlack : 0) * before.squareRoot()
        guard isOutside(now, limits, of: before, allowance) else { continue }
        list.add(
          .survivalOutsideAlarm, at: place,
          what: "\(yearGroup.name) of \(who) in \(year) is \(grouped(now)), \(thousandths(now / before)) of "
            + "the \(grouped(before)) in \(previous.name) a year before",
          why: "a ratio outside \(limits.lowerBound) to \(limits.upperBound) is unusual",
          fix: "check both counts; if they are right, leave them")
      }
    }
  }
}

private func isOutside(
  _ pupils: Double, _ limits: ClosedRange<Double>, of cohort: Double, _ allowance: Double
) -> Bool {
  pupils < limits.lowerBound * cohort - allowance || pupils > limits.upperBound * cohort + allowance
}

/// The middle one of the shares that Year 7 or Year 12 is of the year group below a year before; nil where too few years have one, or
/// where it can hardly be.
private func usualShare(_ yearGroup: YearGroup, _ table: RollTable) -> Double? {
  let shares = table.years.compactMap { year -> Double? in
    guard let previous = yearGroup.previous, let now = table[year, yearGroup],
      let before = table[year - 1, previous], before > 0
    else { return nil }
    return now / before
  }.sorted()
  let limits = yearGroup == .year7 ? usualTransfers : usualSixthForms
  guard shares.count >= leastYears, limits.contains(shares[shares.count / 2]) else { return nil }
  return shares[shares.count / 2]
}

/// The warning of a share of births that Reception nearly never is (W302).
func intakeOutsideAlarm(_ share: Double, in year: AcademicYear, at place: SourceLocation) -> Diagnostic {
  let limits = alarmLimits(.reception)
  return Diagnostic(
    .intakeOutsideAlarm, at: place,
    what: "Reception in \(year) is \(thousandths(share)) of the births four years before",
    why: "among 139 authorities it is nearly always from \(limits.lowerBound) to \(limits.upperBound)",
    fix: "check the count and the births; if both are right, leave them")
}
