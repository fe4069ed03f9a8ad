internal import Diagnostics
internal import Forecasting
internal import ModelFiles
internal import Papers
internal import PlacePlanning

/// Areas that are counted at an origin of a backtest and in no year before (W307): one warning for all origins together.
func warnOfAreasWithoutHistory(
  _ origins: [AcademicYear], _ input: PanelInput, _ warnings: inout DiagnosticList
) {
  let new = origins.sorted().flatMap { origin in
    input.panel.areasNew(at: origin).map { "\($0.named), first in \(origin)" }
  }
  guard !new.isEmpty else { return }
  warnings.add(
    .areaWithoutHistory, at: input.rolls,
    what: "\(counted(new.count, "area")) counted at an origin and in no year before: "
      + firstFive(new, separator: "; "),
    why: "nothing tells how their cohorts carry on, so nothing is forecast for them from there or scored",
    fix: "add their earlier years, or those of the areas that they were made from, under their codes")
}

/// Areas that are counted only after the origin of a forecast (W307): one warning for all.
func warnOfAreasToCome(_ origin: AcademicYear, _ input: PanelInput, _ warnings: inout DiagnosticList) {
  let later = input.panel.areasToCome(after: origin).map { "\($0.area.named), first in \($0.first)" }
  guard !later.isEmpty else { return }
  warnings.add(
    .areaWithoutHistory, at: input.rolls,
    what: "\(counted(later.count, "area")) counted only after \(origin): "
      + firstFive(later, separator: "; "),
    why: "a forecast starts from the rolls of its origin, so nothing is forecast for them",
    fix: "choose a later origin, or add rolls of the areas that they were made from, under their codes")
}

/// What a panel lacks at the origins of a forecast or backtest: areas, and year groups of areas (W322), year groups that phases need for a
/// total (W323), births, and neighbouring years to measure rates on (W308). One warning of each, for all origins together; an area is named
/// with the first of them that it is missing from.
func warnOfGaps(_ origins: [AcademicYear], _ input: PanelInput, _ warnings: inout DiagnosticList) {
  let origins = origins.sorted()
  guard let last = origins.last else { return }
  let which = origins.count == 1 ? last.label : "an origin"

  // Each gap once, with the first origin that has it.
  func firsts(_ found: (AcademicYear) -> [(key: String, words: String)]) -> [String] {
    var keys: Set<String> = []
    return origins.flatMap(found).filter { keys.insert($0.key).inserted }.map(\.words)
  }
  func words(_ area: RollPanel.Area, _ yearGroups: [YearGroup], _ origin: AcademicYear) -> String {
    "\(area.named): " + listed(yearGroups.map(\.name)) + (origins.count == 1 ? "" : " in \(origin)")
  }
  func warnOfRolls(_ gaps: [String], _ what: String, unless: String) {
    if gaps.isEmpty { return }
    warnings.add(
      .areaNotCounted, at: input.rolls, what: what + firstFive(gaps, separator: "; "),
      why: "a forecast starts from the rolls of its origin, so nothing is forecast for them from there",
      fix: "add their rolls of \(origins.count == 1 ? which : "every origin"), unless they \(unless)")
  }

  let gone = firsts { origin in
    input.panel.areasGone(at: origin).map {
      (key: $0.area.code, words: "\($0.area.named), last in \($0.last)")
    }
  }
  warnOfRolls(
    gone, "\(counted(gone.count, "area")) counted before \(which) and not at it: ", unless: "have closed")

  let lost = firsts { origin in
    input.panel.yearGroupsGone(at: origin).map {
      (key: $0.area.code, words: words($0.area, $0.yearGroups, origin))
    }
  }
  warnOfRolls(
    lost,
    "no count in \(which) of year groups that had pupils before it, in \(counted(lost.count, "area")): ",
    unless: "are not taught")

  let partial = firsts { origin in
    input.panel.phasesWithoutTotal(at: origin).map {
      (key: "\($0.area.code) \($0.phase.rawValue)", words: words($0.area, $0.yearGroups, origin))
    }
  }
  if !partial.isEmpty {
    warnings.add(
      .phaseWithoutTotal, at: input.rolls,
      what: "no count in \(which) of year groups that must have pupils, in "
        + "\(counted(partial.count, "phase of an area", "phases of areas")): "
        + firstFive(partial, separator: "; "),
      why:
        "a total of the other year groups would look like one of the phase, so that none is forecast or scored",
      fix: "add the counts; nought, if a year group is no longer taught")
  }

  warnOfEarlyBirths(at: last, input, &warnings)
  // The first has the fewest years to measure on.
  warnOfBirthsUnused(at: origins[0], input, &warnings)
  warnOfMissingRates(at: origins[0], input, &warnings)
}

extension RollPanel.Area {
  /// `Castle (9160001)`.
  fileprivate var named: String { "\(name) (\(code))" }
}

/// Warns of year groups that nobody has attended yet and for which pupils are forecast from the year below (W341): one warning an area, or
/// one for all of more than five, those with most pupils first.
func warnOfNeverAttended(_ forecast: Forecast, _ input: PanelInput, _ warnings: inout DiagnosticList) {
  let why =
    "their cohorts are carried on from the year below, as in a school that grows by a year group a year; if it "
    + "ends there, they go elsewhere"
  let fix =
    "leave the rows of year groups that will not be taught out of the file: nothing is then forecast for them"
  func pupils(_ found: Forecast.NeverAttended) -> String {
    "\(counted(Int(found.pupils.rounded()), "pupil")) there in \(found.year)"
  }
  let found = forecast.neverAttended
  guard found.count > 5 else {
    for area in found {
      warnings.add(
        .yearGroupNeverAttended, at: input.rolls,
        what: "nobody has yet attended \(named(area.yearGroups)) of \(area.area.named), "
          + "and the forecast has \(pupils(area))",
        why: why, fix: fix)
    }
    return
  }
  let most = found.sorted { ($0.pupils, $1.area.code) > ($1.pupils, $0.area.code) }
  warnings.add(
    .yearGroupNeverAttended, at: input.rolls,
    what: "nobody has yet attended year groups that the forecast has pupils in, in \(found.count) areas: "
      + firstFive(
        most.map { "\($0.area.named): \(named($0.yearGroups)), \(pupils($0))" },
        separator: "; "),
    why: why, fix: fix)
}

/// Warns of phases that every year counted by the origin has at least five pupils in, and that are forecast to have none (W353): one warning for all.
func warnOfEmptyPhases(_ forecast: Forecast, _ input: PanelInput, _ warnings: inout DiagnosticList) {
  let panel = input.panel
  guard let last = panel.position(of: forecast.origin) else { return }
  let positions = Dictionary(uniqueKeysWithValues: panel.areas.indices.map { (panel.areas[$0].code, $0) })
  // Of the phase's year groups that were counted, in the year that had fewest.
  func fewest(_ phase: Phase, of area: RollPanel.Area) -> Double? {
    guard let area = positions[area.code] else { return nil }
    return (0...last).compactMap { year -> Double? in
      let counts = phase.yearGroups.map { panel[area, $0.number, year] }.filter { !$0.isNaN }
      return counts.isEmpty ? nil : counts.reduce(0, +)
    }.min()
  }
  // By phase and area, in the first year that has fewer than half a pupil.
  var named: Set<String> = []
  let empty = forecast.rows.compactMap { row -> String? in
    guard case .total(let phase) = row.target, row.central < 0.5,
      let pupils = fewest(phase, of: row.area), pupils >= 5,
      named.insert("\(row.area.code) \(phase.rawValue)").inserted
    else { return nil }
    return "\(row.area.named), \(phase.rawValue) from \(row.year): never fewer than \(Int(pupils)) so far"
  }
  guard !empty.isEmpty else { return }
  warnings.add(
    .phaseForecastEmpty, at: input.rolls,
    what: "nobody is forecast where there always were pupils, in "
      + "\(counted(empty.count, "phase of an area", "phases of areas")): "
      + firstFive(empty, separator: "; "),
    why:
      "the year groups below are empty, and nobody moves up from them; pupils who come from other schools later are "
      + "not in the forecast, nor in its range, which is nought too",
    fix:
      "unless the school closes from below, leave the rows of the year groups that it does not teach out of the "
      + "file, noughts too: its lowest one is then forecast from its own past")
}

/// `Year 7`, `Years 7 to 11`: year groups from Year 1 on, rising.
private func named(_ yearGroups: [YearGroup]) -> String {
  (yearGroups.count == 1 ? "Year " : "Years ") + numbersInWords(yearGroups.map(\.number))
}

/// Warns of births that end before the 30 June up to which the last origin may know them (W308).
private func warnOfEarlyBirths(at origin: AcademicYear, _ input: PanelInput, _ warnings: inout DiagnosticList)
{
  let panel = input.panel
  guard let births = input.births else { return }
  let newest = panel.areas.indices.compactMap { panel.lastBirths($0, upTo: origin.start) }.max()
  guard let newest, newest < origin.start else { return }
  let cohorts = (AcademicYear(newest + 4), origin + 3)
  warnings.add(
    .birthsUnmatched, at: births,
    what: "births end with the year to 30 June \(newest), and \(origin) could know those to \(origin.start)",
    why: "Reception of "
      + (cohorts.0 == cohorts.1 ? cohorts.0.label : "\(cohorts.0) to \(cohorts.1)")
      + " is forecast, or its rate measured, without the births of its cohorts",
    fix: "add the births of the later years if they are known")
}

/// Warns of births that are all of other cohorts than those counted in Reception by an origin, so that none of them is used (W308).
private func warnOfBirthsUnused(
  at origin: AcademicYear, _ input: PanelInput, _ warnings: inout DiagnosticList
) {
  let panel = input.panel
  guard let births = input.births, let last = panel.position(of: origin) else { return }
  let counted = panel.areas.indices.flatMap { area in
    (0...last).filter { !panel[area, 0, $0].isNaN }.map { (area: area, year: panel.years[$0]) }
  }
  let withBirths = counted.filter { panel.lastBirths($0.area, upTo: .max) != nil }
  let isMeasured = withBirths.contains { cell in
    BirthAlignment.weights(reachingReceptionIn: cell.year).allSatisfy {
      panel.births(cell.area, yearToJune: $0.year) != nil
    }
  }
  guard !withBirths.isEmpty, !isMeasured else { return }
  let years = BirthAlignment.years(reachingReceptionIn: [origin])
  warnings.add(
    .birthsUnmatched, at: births, what: "no births of a cohort that was counted in Reception by \(origin)",
    why:
      "nothing tells what share of the children born comes to school, so that none of these births is used: "
      + "Reception is forecast from its own past counts",
    fix:
      "add births of earlier years: those to 30 June \(numbersInWords(years)) are of Reception in \(origin)")
}

/// Warns of year groups for which no area has counts of two neighbouring years by an origin, as in a census of every second year (W308).
private func warnOfMissingRates(
  at origin: AcademicYear, _ input: PanelInput, _ warnings: inout DiagnosticList
) {
  let panel = input.panel
  guard let last = panel.position(of: origin) else { return }
  let unmeasured = YearGroup.all.dropFirst().filter { yearGroup in
    let group = yearGroup.number
    return panel.areas.indices.contains { panel[$0, group, last] > 0 && panel[$0, group - 1, last] > 0 }
      && !panel.areas.indices.contains { area in
        (0..<last).contains { panel[area, group - 1, $0] > 0 && panel[area, group, $0 + 1] > 0 }
      }
  }
  guard !unmeasured.isEmpty else { return }
  warnings.add(
    .birthsUnmatched, at: input.rolls,
    what: "no area has counts by \(origin) that follow a cohort from one year into the next, into "
      + named(Array(unmeasured)),
    why: "nothing tells how many stay or come, and cohorts are carried there as they are, as if nobody did",
    fix: "add rolls of years that follow one another; until then do not rely on these year groups")
}
