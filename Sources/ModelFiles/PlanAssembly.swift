internal import Diagnostics
internal import PlacePlanning

// Places, flows and homes: from rows and assumptions to the model's plans.

/// Assumed: an area that sends more than half of its Year 6 out of the authority's schools is most often one that has lost a row; in the
/// patterns at hand 0.9 and more stay. **Units** share of Year 6.
private let leastShareThatStays = 0.5

extension ModelParts {
  func readCapacity(
    _ known: KnownAreas, _ county: RollTable, _ values: inout AssumptionValues, _ list: inout DiagnosticList
  ) throws -> CapacityPlan {
    var base: [PlanningAreaCode: [YearGroup: Double]] = [:]
    // Areas with places that are made from a net capacity.
    var spread: Set<PlanningAreaCode> = []
    for row in rows(.places) {
      guard let area = try known.area(row, "planning_area_code", &list) else { continue }
      let yearGroup = try row.yearGroup("year_group")
      guard area.phase.plannedYearGroups.contains(yearGroup) else {
        list.add(wrongYearGroup(yearGroup, area, at: row.place("year_group")))
        continue
      }
      base[area.code, default: [:]][yearGroup] = try row.number("places")
    }
    let hasNet = datasets[.planningAreas]?.has("net_capacity") ?? false
    let sixthForm =
      hasNet ? values.value("capacity.sixth_form_share", .share, in: 0...0.9, &list) : 0
    for row in rows(.planningAreas) {
      guard let area = known.byCode[try row.area("planning_area_code")] else { continue }
      if !row.isBlank("net_capacity") {
        let net = try row.number("net_capacity")
        let share = area.phase == .secondary ? 1 - sixthForm : 1
        let planned = area.phase.plannedYearGroups
        for yearGroup in planned where base[area.code]?[yearGroup] == nil {
          base[area.code, default: [:]][yearGroup] = net * share / Double(planned.count)
          spread.insert(area.code)
        }
      }
      let missing = area.phase.plannedYearGroups.filter { base[area.code]?[$0] == nil }
      if !missing.isEmpty {
        list.add(
          .areaWithoutCapacity, at: row.place("planning_area_code"),
          what: "area \(area.code) (\(area.name)) has no places for "
            + missing.map(\.name).joined(separator: ", "),
          why: "every pupil there would count as unplaced",
          fix: "give its net_capacity, or its places by year group")
      }
    }
    if spread.contains(where: { known.byCode[$0]?.phase == .secondary }) {
      warnOfSixthForms(sixthForm, county, at: values.place(of: "capacity.sixth_form_share"), &list)
    }
    let plan = CapacityPlan(base: base, changes: try readChanges(known, spread: spread, &list))
    checkNotNegative(plan, known, &list)
    return plan
  }

  /// No more places may go than there are (E113): the first year of each area that falls below nought.
  private func checkNotNegative(_ plan: CapacityPlan, _ known: KnownAreas, _ list: inout DiagnosticList) {
    let place = place(of: .capacityChanges)
    let horizon = years(from: header.baseYear, to: header.baseYear + header.horizonYears)
    for code in Set(plan.changes.map(\.area)).sorted() {
      let groups = known.byCode[code]?.phase.plannedYearGroups ?? []
      for (year, group) in horizon.flatMap({ year in groups.map { (year, $0) } }) {
        guard let places = plan.places(code, group, year), places < 0 else { continue }
        list.add(
          .outOfRange, at: place,
          what: "area \(code) has \(tenths(places)) places in \(group.name) in \(year)",
          why: "more places go than there are", fix: "correct the reduction or closure")
        break
      }
    }
  }

  /// Changes in the file's order; `spread` are the areas whose places are made from a net capacity.
  private func readChanges(
    _ known: KnownAreas, spread: Set<PlanningAreaCode>, _ list: inout DiagnosticList
  ) throws -> [CapacityChange] {
    var changes: [CapacityChange] = []
    for row in rows(.capacityChanges) {
      guard let area = try known.area(row, "planning_area_code", &list) else { continue }
      let yearGroup = try row.yearGroup("year_group")
      let kind = try row.word("kind", CapacityChange.Kind.self, &list)
      let mark = try row.word("mark", EvidenceMark.self, &list)
      let from = try row.academicYear("from")
      let until = row.isBlank("until") ? nil : try row.academicYear("until")
      guard let kind, mark != nil else { continue }
      guard area.phase.plannedYearGroups.contains(yearGroup) else {
        list.add(wrongYearGroup(yearGroup, area, at: row.place("year_group")))
        continue
      }
      if kind == .temporary, until == nil {
        list.add(
          .blankCell, at: row.place("until"), what: "temporary places have no 'until'",
          why: "without a date they would stay for ever", fix: "give the first year without them")
      }
      if kind == .closure, yearGroup != area.phase.entryYearGroup {
        list.add(
          .outOfRange, at: row.place("year_group"),
          what: "a closure in \(area.name) (\(area.code)) starts in \(yearGroup.name)",
          why: "a closure takes its places from every year group of the area at once, those below as well",
          fix:
            "write \(area.phase.entryYearGroup.label), if that is meant; places of some year groups alone can only go by a reduction, "
            + "one year group a year")
      }
      refuseIdle(row, from: from, until: until, &list)
      if spread.contains(area.code) { refuseCounted(row, area, from: from, &list) }
      if let until, until <= from {
        list.add(
          .outOfRange, at: row.place("until"), what: "the places leave in \(until), before they come",
          why: "they are there from \(from)", fix: "correct one of the two years")
      }
      changes.append(
        CapacityChange(
          area: area.code, kind: kind, entryYearGroup: yearGroup,
          placesPerYearGroup: try row.number("places"), from: from, until: until))
    }
    return changes
  }

  /// A change that no projected year could show, since it comes after the last or has gone before the first (E113).
  private func refuseIdle(
    _ row: DatasetRow, from: AcademicYear, until: AcademicYear?, _ list: inout DiagnosticList
  ) {
    let last = header.baseYear + header.horizonYears
    if from > last {
      list.add(
        .outOfRange, at: row.place("from"), what: "'from' is \(from), after the last projected year, \(last)",
        why: "no figure of the model would show it",
        fix: "correct the year, take the row out, or lengthen the model's horizon_years")
    }
    if let until, until <= header.baseYear, until > from {
      list.add(
        .outOfRange, at: row.place("until"),
        what: "'until' is \(until), and the base year is \(header.baseYear)",
        why: "the places have left before the first projected year, and no figure would show them",
        fix: "correct the year, or take the row out")
    }
  }

  /// A change that came before the net capacity was counted, or in its year, and would be added to it again (E113).
  private func refuseCounted(
    _ row: DatasetRow, _ area: PlanningArea, from: AcademicYear, _ list: inout DiagnosticList
  ) {
    guard let year = header.areaTotalsYear, from <= year else { return }
    list.add(
      .outOfRange, at: row.place("from"),
      what: "'from' is \(from), and the net capacity of \(area.name) (\(area.code)) is that of \(year)",
      why: "what was there by then is in the net capacity, and would count twice",
      fix:
        "take the row out, or correct the year; for places that leave later, give a closure from then; if the net capacity lacks "
        + "them, give places by year group")
  }

  func wrongYearGroup(
    _ yearGroup: YearGroup, _ area: PlanningArea, at place: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .unknownCode, at: place,
      what: "\(yearGroup.name) has no planned places in \(area.name), a \(area.phase.rawValue) area",
      why: "places are planned for R to 6 in primary areas and 7 to 11 in secondary ones",
      fix: "correct the area or the year group")
  }

  func readTransfer(
    _ known: KnownAreas, _ values: inout AssumptionValues, _ list: inout DiagnosticList
  ) throws -> TransferPlan {
    var shares: [PlanningAreaCode: [PlanningAreaCode: Double]] = [:]
    var places: [PlanningAreaCode: SourceLocation] = [:]
    for row in rows(.transferShares) {
      let from = try known.area(row, "primary_planning_area_code", phase: .primary, &list)
      let to = try known.area(row, "secondary_planning_area_code", phase: .secondary, &list)
      guard let from, let to else { continue }
      shares[from.code, default: [:]][to.code] = try row.number(
        "share", in: 0...1, why: "it is a part of Year 6", &list)
      places[from.code] = places[from.code] ?? row.place("share")
    }
    let file = place(of: .transferShares)
    for area in known.byCode.values.sorted(by: { $0.code < $1.code }) where area.phase == .primary {
      let sum = (shares[area.code] ?? [:]).sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
      if sum > 1 + 1e-9 {
        list.add(
          .sharesExceedOne, at: places[area.code] ?? file,
          what:
            "the shares of Year 6 leaving \(area.name) (\(area.code)) add to \(plain((sum * 1e6).rounded() / 1e6))",
          why: "more pupils would arrive than set out", fix: "correct the shares; they add to 1 at most")
      } else if sum <= 0 {
        list.add(
          .noDestination, at: file,
          what: "no secondary area takes pupils from \(area.name) (\(area.code))",
          why: "its Year 6 would vanish", fix: "add a row for it")
      } else if sum < leastShareThatStays {
        list.add(
          .survivalOutsideAlarm, at: places[area.code] ?? file,
          what:
            "the shares of Year 6 leaving \(area.name) (\(area.code)) add to \(plain((sum * 1e6).rounded() / 1e6))",
          why: "the rest leaves the authority's schools, and more than half of a Year 6 hardly ever does",
          fix: "check that no row is missing; if so many leave, leave it")
      }
    }
    let fed = Set(shares.values.flatMap { $0.filter { $0.value > 0 }.keys })
    for area in known.byCode.values.sorted(by: { $0.code < $1.code })
    where area.phase == .secondary && !fed.contains(area.code) {
      list.add(
        .noDestination, at: file, what: "no primary area feeds \(area.name) (\(area.code))",
        why: "its Year 7 would have nobody but newcomers", fix: "add a row for it")
    }
    if header.transferIsObserved, datasets[.areaRolls] == nil {
      list.add(
        .wrongValue, at: header.place, what: "'transfer' is observed, but there are no 'area_rolls'",
        why: "rolls derived from totals are made with a raked flow, so observed shares would not be used",
        fix: "give area_rolls, or write 'transfer: pattern'")
    }
    let leavers =
      header.transferIsObserved ? 0 : values.value("transfer.leavers", .share, in: 0...0.5, &list)
    return TransferPlan(
      shares: shares, basis: header.transferIsObserved ? .observed : .pattern, leavers: leavers)
  }

  func readHousing(
    _ known: KnownAreas, _ values: inout AssumptionValues, _ list: inout DiagnosticList
  ) throws -> HousingPlan {
    let yields = try readYields(&list)
    try warnOfLowYields(&list)
    let completions = try readCompletions(&list)
    var sites: [HousingSite] = []
    var finished: [(key: String, homes: Double, place: SourceLocation)] = []
    var fed: Set<PlanningAreaCode> = []
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
      fed.formUnion([primary, secondary].compactMap { $0?.code })
      guard let primary, let secondary, let timing else { continue }
      let site = try HousingSite(
        row, delivery.applied(to: timing), primary: primary.code, secondary: secondary.code)
      warnOfUnfinished(site, at: row.place("dwellings"), &list)
      if stated == nil {
        finished.append((site.key, site.finished(by: header.baseYear), row.place("dwellings")))
      }
      sites.append(site)
    }
    warnOfFinished(finished, check: "first_completions of these sites", &list)
    try warnOfSiteTwins(sites, &list)
    var background: [PlanningAreaCode: Double] = [:]
    for code in fed.sorted() {
      background[code] = values.value("housing.background.\(code)", .dwellingsAYear, in: 0...10_000, &list)
    }
    let factors = Phase.allCases.reduce(into: [Phase: Double]()) { factors, phase in
      guard !rows(.housingSites).isEmpty else { return }
      factors[phase] = values.value("pupil_yield_factor.\(phase.rawValue)", .ratio, in: 0...5, &list)
    }
    return HousingPlan(
      sites: sites.sorted { $0.key < $1.key }, yields: yields.mapValues { $0.scaled(by: factors) },
      backgroundHomesPerYear: background)
  }

  private func warnOfUnfinished(
    _ site: HousingSite, at place: SourceLocation, _ list: inout DiagnosticList
  ) {
    let last = header.baseYear + header.horizonYears
    let built = site.finished(by: last)
    guard built < site.dwellings else { return }
    let rest = "the rest would bring pupils after the years that are projected"
    var (why, keys) = (rest, "dwellings, first_completions and homes_per_year")
    if let yearly = site.yearly {
      keys = "dwellings and its years in housing_completions"
      if yearly.total < site.dwellings {
        why = "its years add to \(plain(yearly.total)): what they lack counts as built after \(last); " + rest
      }
    }
    list.add(
      .siteNotFinished, at: place,
      what: "\(site.name): \(plain(built.rounded())) of \(plain(site.dwellings)) homes are finished by "
        + last.label,
      why: why, fix: "check its \(keys); if it is built so slowly, leave it")
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

  /// Beyond its last age a yield stays level, so a last row that was lost would change it unseen (E204).
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

/// What the model says of uncertainty: all of it or nothing, and nil for nothing.
func readUncertainty(_ values: inout AssumptionValues, _ list: inout DiagnosticList) -> UncertaintyPlan? {
  // Where none of it is stated, none of it is missing.
  var (reading, faults, isStated) = (values, list, false)
  func value(_ key: String, _ range: ClosedRange<Double>, _ unit: UnitKind = .logSpread) -> Double {
    isStated = isStated || reading.isDefined("uncertainty.\(key)")
    return reading.value("uncertainty.\(key)", unit, in: range, &faults)
  }
  let plan = UncertaintyPlan(
    births: value("births", 0...0.5), intakeArea: value("intake_area", 0...0.5),
    intakeCounty: value("intake_county", 0...0.5),
    survivalSampling: value("survival_sampling", 0...5, .samplingVariance),
    survivalFloor: value("survival_floor", 0...0.05, .logVariance),
    survivalCounty: value("survival_county", 0...0.2),
    transfer: value("transfer", 0...0.5), yield: value("yield", 0...1),
    areaCorrelation: value("area_correlation", 0...0.95, .correlation),
    siteDelay: value("site_delay", 0...0.9, .probability),
    slowBuild: value("slow_build", 0...0.9, .probability))
  guard isStated else { return nil }
  (values, list) = (reading, faults)
  return plan
}
