internal import Diagnostics
internal import PlacePlanning

/// What every capital file is read beside.
struct CapitalContext {
  let known: KnownAreas
  let firstYear: FinancialYear
  let years: Int
  let sites: [HousingSite]
  let conditions: AssemblyConditions
  /// Keys of all rows, those with faults of their own as well, so that one fault is not reported as many.
  let siteKeys: Set<String>
  let schemeKeys: Set<String>
  let potKeys: Set<String>
  let schoolCodes: Set<String>
  /// By their codes.
  let schools: [String: School]

  var lastYear: FinancialYear { firstYear + (years - 1) }

  /// The area of a cell that may be blank; `isGood` is false when its code is unknown (E201).
  func areaIfAny(
    _ row: DatasetRow, _ list: inout DiagnosticList
  ) throws -> (area: PlanningArea?, isGood: Bool) {
    if row.isBlank("planning_area_code") { return (nil, true) }
    let area = try known.area(row, "planning_area_code", &list)
    return (area, area != nil)
  }
}

extension ModelParts {
  /// Shares of the cost by year from the start, by profile. Years that do not run from 1, or shares that do not add to 1, are
  /// faults (E213).
  func readSchemeProfiles(_ list: inout DiagnosticList) throws -> [String: [Double]] {
    var shares: [String: [Int: Double]] = [:]
    var places: [String: SourceLocation] = [:]
    for row in rows(.schemeProfiles) {
      let (profile, year) = (try row.text("profile"), try row.whole("year"))
      shares[profile, default: [:]][year] = try row.number(
        "share", in: 0...1, why: "it is a part of what a scheme costs", &list)
      places[profile] = places[profile] ?? row.place("profile")
    }
    return shares.reduce(into: [:]) { profiles, entry in
      let profile = (0..<entry.value.count).compactMap { entry.value[$0 + 1] }
      let place = places[entry.key] ?? header.dataPlace
      if profile.count < entry.value.count {
        let years = entry.value.keys.sorted().map(String.init).joined(separator: ", ")
        list.add(
          .spendProfileNotWhole, at: place, what: "profile '\(entry.key)' has the years \(years)",
          why: "years count from 1, the one in which work starts, without a gap",
          fix: "number them 1 to \(entry.value.count)")
      } else if abs(profile.reduce(0, +) - 1) > 1e-9 {
        let sum = (profile.reduce(0, +) * 1e9).rounded() / 1e9
        list.add(
          .spendProfileNotWhole, at: place, what: "the shares of profile '\(entry.key)' add to \(plain(sum))",
          why: "a scheme is paid for exactly", fix: "correct the shares so that they add to 1")
      }
      // A share that is no share has its fault already; what it makes of a cost need not be a number of pounds.
      profiles[entry.key] = profile.map { min(max($0, 0), 1) }
    }
  }

  /// Schemes in order of their keys; those with a fault that leaves nothing to go on with are left out.
  func readSchemes(
    _ context: CapitalContext, _ profiles: [String: [Double]], _ list: inout DiagnosticList
  ) throws -> [Placed<Scheme>] {
    try rows(.schemes).compactMap { row in
      try readScheme(row, context, profiles, &list).map { Placed(value: $0, row: row) }
    }.sorted { $0.value.key < $1.value.key }
  }

  private func readScheme(
    _ row: DatasetRow, _ context: CapitalContext, _ profiles: [String: [Double]],
    _ list: inout DiagnosticList
  ) throws -> Scheme? {
    let kind = try row.word("kind", SchemeKind.self, &list)
    let mark = try row.word("mark", EvidenceMark.self, &list)
    let base = try row.priceBase(context, &list)
    let isCommitted = try row.flag("committed", &list)
    let (area, isAreaGood) = try context.areaIfAny(row, &list)
    let (school, isSchoolGood) = try context.schoolIfAny(row, area, &list)
    let profile = row.reference(
      try row.text("profile"), "profile", to: "profile", in: "scheme_profiles", among: Set(profiles.keys),
      why: "it is not known when the scheme's money is spent", &list)
    let cost = try row.poundsFromNought(
      "cost", upTo: 1_000_000_000, why: "a scheme that costs less than nothing is a receipt", &list)
    let prerequisites = try row.items("requires", &list).compactMap {
      row.reference(
        $0, "requires", to: "scheme", in: "schemes", among: context.schemeKeys,
        why: "a scheme that does not exist can never start first", &list)
    }
    let buildYears = try row.whole("build_years", in: 0...6, &list)
    let life = try row.whole("asset_life_years", in: 1...50, &list)
    let condition = try row.wholeIfAny("condition_score", in: 0...4, &list) ?? 0
    let (first, last) = (try row.financialYear("first_start"), try row.financialYear("last_start"))
    if last < first {
      list.add(
        .outOfRange, at: row.place("last_start"),
        what: "the last start, \(last), is before the first, \(first)",
        why: "the scheme could never start", fix: "correct one of the two years")
    }
    let faults = list.errors.count
    let places = try kind.flatMap { try readPlaces(row, kind: $0, area: area, &list) }
    guard let kind, let mark, let base, let cost, let isCommitted, isAreaGood, isSchoolGood, let profile,
      first <= last, list.errors.count == faults
    else { return nil }
    return Scheme(
      key: try row.text("scheme_key"), name: try row.text("scheme"), kind: kind, area: area?.code,
      places: places, cost: Money(pounds: cost, priceBase: base), buildYears: buildYears,
      profile: profiles[profile] ?? [], window: first...last, isCommitted: isCommitted,
      optionGroup: try row.ifAny("option_group", row.text), prerequisites: prerequisites,
      assetLifeYears: life,
      referenceClass: try row.text("reference_class"), conditionScore: condition,
      approvedStart: try row.ifAny("approved_start", row.financialYear), mark: mark, school: school)
  }

  /// Places go with the kinds that add some, and with no other (E112, E221).
  private func readPlaces(
    _ row: DatasetRow, kind: SchemeKind, area: PlanningArea?, _ list: inout DiagnosticList
  ) throws -> Scheme.Places? {
    let columns = ["year_group", "places_per_year_group"]
    guard kind.addsPlaces else {
      for column in columns + ["years_of_use", "last_year_group"] where !row.isBlank(column) {
        list.add(
          .schemePlacesDisagree, at: row.place(column),
          what: "'\(column)' is given, but \(kind.name) adds no places to mainstream year groups",
          why: "it would be silently ignored", fix: "leave it blank, or correct the kind")
      }
      return nil
    }
    for column in ["planning_area_code"] + columns where row.isBlank(column) {
      list.add(
        .blankCell, at: row.place(column), what: "'\(column)' is blank for \(aOrAn(kind.name))",
        why: "its places would be in no year group of any area", fix: "fill it in, or correct the kind")
    }
    if kind.capacityChange == .temporary, row.isBlank("years_of_use") {
      list.add(
        .blankCell, at: row.place("years_of_use"), what: "'years_of_use' is blank for \(aOrAn(kind.name))",
        why: "without it the places would stay for ever", fix: "give the number of years that they stay")
    }
    if kind.capacityChange != .temporary, !row.isBlank("years_of_use") {
      list.add(
        .schemePlacesDisagree, at: row.place("years_of_use"),
        what: "'years_of_use' is given for \(aOrAn(kind.name))",
        why: "only temporary places leave on a date", fix: "leave it blank, or correct the kind")
    }
    let perYearGroup = try row.wholeIfAny("places_per_year_group", in: 1...2_000, &list)
    let yearsOfUse = try row.wholeIfAny("years_of_use", in: 1...50, &list)
    guard !row.isBlank("year_group"), let area else { return nil }
    let yearGroup = try row.yearGroup("year_group")
    let last = try readLastYearGroup(row, from: yearGroup, area, &list)
    if !area.phase.plannedYearGroups.contains(yearGroup) {
      list.add(wrongYearGroup(yearGroup, area, at: row.place("year_group")))
    } else if kind.capacityChange != .bulge, yearGroup != area.phase.entryYearGroup, last == nil {
      list.add(
        .schemePlacesDisagree, at: row.place("year_group"),
        what: "\(aOrAn(kind.name)) in \(area.name) starts in \(yearGroup.name)",
        why:
          "children join the schools of the area in \(area.phase.entryYearGroup.name), and its places would have none below",
        fix: fixOfFirstYearGroup(yearGroup, area))
    }
    guard let perYearGroup else { return nil }
    return Scheme.Places(
      entryYearGroup: yearGroup, lastYearGroup: last, perYearGroup: perYearGroup, yearsOfUse: yearsOfUse)
  }
}

func aOrAn(_ noun: String) -> String { ("aeiou".contains(noun.prefix(1)) ? "an " : "a ") + noun }
