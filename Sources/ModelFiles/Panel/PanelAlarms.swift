internal import Diagnostics
internal import PlacePlanning

/// Alarms of a panel's files as a whole: each is one warning, however many areas or years it names.
struct PanelAlarms {
  /// By area code.
  let names: [String: String]
  let rolls: [String: RollTable]
  /// By area code: births in the year to 30 June of the key.
  let births: [String: [Int: Double]]

  /// By how much the count of all areas may change from one year to the next, where it is of 200 pupils and more. Source: over the areas
  /// counted in both of two years, in English authorities and districts of Connecticut and New Hampshire, 34 changes of a year lie
  /// between -4% and +1.5%.
  private static let mostChange = 1.25
  private static let leastPupils = 200.0

  /// By how much what becomes of an area's children within a year may differ from its middle year, from 2,000 children on. Source: of 2,828
  /// years of English authorities, as files to that year or to the last show them, none differs by more than 1.04; of 1,438 of districts
  /// in Connecticut and New Hampshire two by more than 1.06.
  ///
  /// In one phase, from 1,500 children on, by 1.2: of 4,312 years of a phase in these areas none does by more than 1.14.
  private static let parts: [Part] = [
    Part(words: "", phases: [.primary, .secondary], mostBreak: 1.06, leastChildren: 2000),
    Part(words: " in primary", phases: [.primary], mostBreak: 1.2, leastChildren: 1500),
    Part(words: " in secondary", phases: [.secondary], mostBreak: 1.2, leastChildren: 1500),
  ]

  /// Year groups whose counts are looked at together.
  private struct Part {
    let words: String
    let phases: [Phase]
    let mostBreak: Double
    let leastChildren: Double
  }

  /// With fewer years, or year groups, there is no middle one.
  private static let leastYears = 3
  private static let leastYearGroups = 4

  /// How many times the middle area's share of births an area's Reception may be, and as many times less. Source: among 153 English
  /// authorities these shares lie between 0.38 and 1.26 of the middle one's.
  private static let mostShares = 3.0
  /// The same from 2,000 births on, which no migration of some schools' pupils moves so far.
  private static let mostLargeShares = 1.75
  private static let largeBirths = 2000.0
  /// With fewer areas there is no middle one.
  private static let leastAreas = 3

  /// Every year in which some area is counted, in order.
  private var countedYears: [AcademicYear] { Set(rolls.values.flatMap(\.years)).sorted() }

  /// The code of an area of whose counts each is the sum of all others': a total among its parts. Nil with fewer than three others, and
  /// fewer than three counts, which might add up by chance.
  private var areaOfTotals: String? {
    guard rolls.count > 3 else { return nil }
    var sums = RollTable()
    for table in rolls.values {
      for own in counts(table) { sums[own.year, own.group] = (sums[own.year, own.group] ?? 0) + own.pupils }
    }
    return rolls.keys.sorted().first { code in
      let own = rolls[code].map(counts) ?? []
      return own.count { $0.pupils > 0 } > 2
        && own.allSatisfy { sums[$0.year, $0.group] == 2 * $0.pupils }
    }
  }

  func counts(
    _ table: RollTable
  ) -> [(year: AcademicYear, group: YearGroup, pupils: Double)] {
    table.years.flatMap { year in
      YearGroup.all.compactMap { group in
        table[year, group].map { (year: year, group: group, pupils: $0) }
      }
    }
  }

  /// Warns of years between others without rolls (W308), of a year in which all counts jump, or those of an area (W314), of year groups that
  /// no area counts and that must have pupils (W323), of year groups out of proportion to the same children in all years (W301), of years and
  /// areas that are copies of others (W347), and of an area that is the sum of all others (W342).
  func checkRolls(at place: SourceLocation, _ list: inout DiagnosticList) {
    let years = countedYears
    let gaps = missing(from: Set(years.map(\.start))).map { AcademicYear($0).label }
    if !gaps.isEmpty {
      list.add(
        .birthsUnmatched, at: place, what: "no rolls in " + firstFive(gaps),
        why: "no cohort can be followed into those years or out of them",
        fix: "add the rolls of those years; if there was no census, leave it")
    }
    let jumps = jumps
    if !jumps.isEmpty {
      list.add(
        .countStandsAlone, at: place,
        what: "rolls of all areas jump: " + firstFive(jumps.map(\.words), separator: "; "),
        why: "over the areas counted in both years they are more than a quarter more, or a fifth fewer",
        fix: "check whether a year was counted twice, or in another unit; if it is right, leave it")
    }
    let breaks = breaks
    if !breaks.isEmpty {
      list.add(
        .countStandsAlone, at: place,
        what: "rolls of whole areas jump, in \(Set(breaks.map(\.code)).count) of \(rolls.count): "
          + firstFive(breaks.map { "\(name($0.code)) \(thousandths($0.size)) in \($0.year)\($0.words)" }),
        why: "the middle year group is so many times the same children a year before, beside the area's "
          + "other years; that far off, a year is most often another area's, or counted twice or in part",
        fix: "check that year and the one before; if they are right, leave them")
    }
    warnOfYearGroups(place, &list)
    warnOfCopies(place, &list)
    if let area = areaOfTotals {
      list.add(
        .sumOfOthers, at: place,
        what: "each count of \(name(area)) is the sum of all other areas' in its year "
          + "and year group",
        why: "as a total among its parts its pupils count twice, and the rates of all areas lean on it",
        fix: "take its rows out; if it is an area beside the others, leave them")
    }
    let most = YearGroup.all.map { group in
      rolls.values.flatMap { table in years.compactMap { table[$0, group] } }.max() ?? .nan
    }
    let absent = YearGroup.missing(among: most, yearBefore: most)
    if !absent.isEmpty {
      list.add(
        .phaseWithoutTotal, at: place,
        what: "no count in any year and area of year groups that must have pupils: "
          + absent.map(\.name).joined(separator: ", "),
        why:
          "a total of the other year groups would look like one of the phase, so that none is forecast or scored",
        fix: "add the counts; nought, if a year group is no longer taught")
    }
  }

  /// By area: years before and after a jump of all its counts, which is named as a whole. Of a year that was counted twice they are that
  /// year and those beside it.
  var jumpingYears: [String: Set<AcademicYear>] {
    let all = Set(jumps.flatMap { [$0.before, $0.year] })
    let own = Dictionary(grouping: breaks, by: \.code)
    return Dictionary(
      uniqueKeysWithValues: rolls.keys.map { code in
        (code, all.union((own[code] ?? []).flatMap { [$0.year - 1, $0.year] }))
      })
  }

  /// A year whose counts are out of proportion to the same children's a year before; `size` is how many times the area's middle year.
  private typealias Break = (code: String, year: AcademicYear, size: Double, words: String)

  /// By area, each year once: all its year groups to Year 11, or else those of a phase. Years in which the counts of all areas jump are not
  /// among them.
  private var breaks: [Break] {
    let jumping = Set(jumps.map(\.year))
    return rolls.keys.sorted().flatMap { code -> [Break] in
      guard let table = rolls[code] else { return [] }
      var found: [Break] = []
      for part in Self.parts {
        let years = table.years.compactMap { continued(table, to: $0, part.phases) }
        guard years.count >= Self.leastYears else { continue }
        let usual = years.map(\.share).sorted()[years.count / 2]
        for year in years where !jumping.contains(year.year) && year.children >= part.leastChildren {
          let (least, most) = (min(year.share, usual), max(year.share, usual))
          guard usual > 0, most > part.mostBreak * least, !found.contains(where: { $0.year == year.year })
          else { continue }
          found.append((code, year.year, year.share / usual, part.words))
        }
      }
      return found.sorted { $0.year < $1.year }
    }
  }

  /// Children of the year before who reach year groups of some phases, and what share of its own the middle one still has there. **Units**
  /// pupils, share.
  private func continued(
    _ table: RollTable, to year: AcademicYear, _ phases: [Phase]
  ) -> (year: AcademicYear, children: Double, share: Double)? {
    let pairs = phases.flatMap(\.yearGroups).compactMap { group -> (now: Double, before: Double)? in
      guard let below = group.previous, let now = table[year, group],
        let before = table[year - 1, below], before > 0
      else { return nil }
      return (now, before)
    }
    guard pairs.count >= Self.leastYearGroups else { return nil }
    let shares = pairs.map { $0.now / $0.before }.sorted()
    return (year, pairs.reduce(0) { $0 + $1.before }, shares[pairs.count / 2])
  }

  /// Pairs of counted years, two years apart at most, between which all counts jump: `2.000 times those of 2018/19 in 2019/20`.
  private var jumps: [(before: AcademicYear, year: AcademicYear, words: String)] {
    let years = countedYears
    return zip(years, years.dropFirst()).compactMap { before, year in
      guard year.start - before.start <= 2 else { return nil }
      var (early, late) = (0.0, 0.0)
      for table in rolls.values {
        for group in YearGroup.all {
          guard let old = table[before, group], let new = table[year, group] else { continue }
          early += old
          late += new
        }
      }
      let (least, most) = (min(early, late), max(early, late))
      guard least >= Self.leastPupils, most > Self.mostChange * least else { return nil }
      return (before, year, "\(thousandths(late / early)) times those of \(before) in \(year)")
    }
  }

  /// Warns of years between others without births, of areas that lack years which others have (W308), of births out of proportion to
  /// Reception in all areas or in one (W302), and of those of another year (W348).
  func checkBirths(at place: SourceLocation, _ list: inout DiagnosticList) {
    let years = Set(births.values.flatMap(\.keys))
    let gaps = missing(from: years)
    if !gaps.isEmpty {
      list.add(
        .birthsUnmatched, at: place,
        what: "no births in years to 30 June " + gaps.map(String.init).joined(separator: ", ")
          + (births.count == 1 ? births.keys.map { " of \(name($0))" }.joined() : " in any area"),
        why: consequence(gaps.map { years.contains($0 - 1) && years.contains($0 + 1) }),
        fix: "add the births of those years")
    }
    warnOfAreasWithoutYears(years, place, &list)
    warnOfIntake(place, &list)
    warnOfAreasWithoutBirths(place, &list)
    warnOfShares(place, &list)
    warnOfBirthYears(place, &list)
  }

  /// Of the years that cohorts of an area's counted years draw on, those which other areas' births have and its own lack.
  private func warnOfAreasWithoutYears(
    _ years: Set<Int>, _ place: SourceLocation, _ list: inout DiagnosticList
  ) {
    var areBridged: [Bool] = []
    let parts = births.keys.sorted().compactMap { code -> String? in
      let counted = rolls[code]?.years ?? []
      guard let first = counted.first, let last = counted.last, let own = births[code] else { return nil }
      let wanted = years.filter { $0 >= first.start - 4 && $0 <= last.start }
      let missing = wanted.filter { own[$0] == nil }.sorted()
      areBridged += missing.map { BirthAlignment.bridge($0) { own[$0] } != nil }
      return missing.isEmpty ? nil : "\(name(code)): " + firstFive(missing.map(String.init))
    }
    guard !parts.isEmpty else { return }
    list.add(
      .birthsUnmatched, at: place,
      what:
        "no births in years to 30 June that other areas have, in \(parts.count) of \(births.count) areas: "
        + firstFive(parts, separator: "; "),
      why: consequence(areBridged),
      fix: "add the births of those years")
  }

  /// What becomes of the cohorts of missing years, each of which is bridged by its neighbours or is not.
  private func consequence(_ areBridged: [Bool]) -> String {
    if areBridged.allSatisfy({ $0 }) {
      return "cohorts born then that are still to come are forecast with the mean of the years before and "
        + "after, and no rate is measured on the others"
    }
    guard areBridged.contains(true) else {
      return "their Reception of cohorts born then is forecast by another method, or not measured"
    }
    return "where one year alone is missing, cohorts still to come are forecast with the mean of the years "
      + "before and after; else their Reception is forecast by another method, or not measured"
  }

  /// Births out of proportion to Reception, over all areas in the newest year that has both (W302).
  private func warnOfIntake(_ place: SourceLocation, _ list: inout DiagnosticList) {
    for year in countedYears.reversed() {
      let cohorts = rolls.compactMap { code, table in intake(code, table, year) }
      let (pupils, born) = cohorts.reduce((0.0, 0.0)) { ($0.0 + $1.pupils, $0.1 + $1.births) }
      guard born > 0 else {
        if pupils == 0 { continue }
        list.add(
          .intakeOutsideAlarm, at: place,
          what: "Reception in \(year) has \(grouped(pupils)) pupils, and the births of its children are 0",
          why: "births of nought most often stand for births that are not known",
          fix: "take out the rows of births that are not known; else correct them")
        return
      }
      if !alarmLimits(.reception).contains(pupils / born) {
        list.add(intakeOutsideAlarm(pupils / born, in: year, at: place))
      }
      return
    }
  }

  /// Areas whose births are nought in all years that have both, where others have births (W302).
  private func warnOfAreasWithoutBirths(_ place: SourceLocation, _ list: inout DiagnosticList) {
    let sums = receptionAndBirths
    let odd = sums.filter { $0.births == 0 && $0.pupils > 0 }
    guard !odd.isEmpty, sums.contains(where: { $0.births > 0 }) else { return }
    list.add(
      .intakeOutsideAlarm, at: place,
      what:
        "Reception has pupils, and the births of its children are 0 in all years, in \(odd.count) of \(sums.count) areas: "
        + firstFive(odd.map { "\(name($0.code)) \(grouped($0.pupils))" }),
      why: "births of nought most often stand for births that are not known",
      fix: "take out the rows of births that are not known; else correct them")
  }

  /// Of each area that has both in some year: Reception over those years, and the births of its cohorts.
  private var receptionAndBirths: [(code: String, pupils: Double, births: Double)] {
    rolls.keys.sorted().compactMap { code -> (code: String, pupils: Double, births: Double)? in
      guard let table = rolls[code] else { return nil }
      let cohorts = table.years.compactMap { intake(code, table, $0) }
      let (pupils, born) = cohorts.reduce((0.0, 0.0)) { ($0.0 + $1.pupils, $0.1 + $1.births) }
      return cohorts.isEmpty ? nil : (code, pupils, born)
    }
  }

  /// An area whose Reception, over all years that have both, is another share of its births than the middle area's (W302).
  private func warnOfShares(_ place: SourceLocation, _ list: inout DiagnosticList) {
    // Counts below 50 may wander so.
    let shares = receptionAndBirths.filter { $0.births > 0 && max($0.pupils, $0.births) >= 50 }
      .map { (code: $0.code, births: $0.births, share: $0.pupils / $0.births) }
    guard shares.count >= Self.leastAreas else { return }
    let middle = shares.map(\.share).sorted()[shares.count / 2]
    let odd = shares.filter {
      let most = $0.births >= Self.largeBirths ? Self.mostLargeShares : Self.mostShares
      return $0.share > most * middle || $0.share * Self.mostShares < middle
    }
    guard !odd.isEmpty else { return }
    list.add(
      .intakeOutsideAlarm, at: place,
      what:
        "Reception is another share of births than elsewhere, in \(odd.count) of \(shares.count) areas: "
        + firstFive(odd.map { "\(name($0.code)) \(thousandths($0.share))" }),
      why: "in the middle area it is \(thousandths(middle)) over all years; that far off, births and rolls "
        + "are most often in different units",
      fix: "check the unit of both; if they are right, leave them")
  }

  /// Reception of an area in a year, and the births of its cohort, or of that so many years `later`; nil where either is not known.
  func intake(
    _ code: String, _ table: RollTable, _ year: AcademicYear, later: Int = 0
  ) -> (pupils: Double, births: Double)? {
    let cohort = BirthAlignment.weights(reachingReceptionIn: year).reduce(0.0) { sum, part in
      sum + part.weight * (births[code]?[part.year + later] ?? .nan)
    }
    return table[year, .reception].flatMap { cohort.isNaN ? nil : ($0, cohort) }
  }

  func name(_ code: String) -> String { "\(names[code] ?? code) (\(code))" }

  /// The years between the first and the last that are not there.
  private func missing(from years: Set<Int>) -> [Int] {
    guard let first = years.min(), let last = years.max() else { return [] }
    return (first...last).filter { !years.contains($0) }
  }
}
