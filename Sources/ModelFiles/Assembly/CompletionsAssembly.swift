internal import Diagnostics
internal import PlacePlanning

// Homes by site and year, as `housing_completions` has them: they take the place of a first year and a rate.

/// How long before the base year a site that is given as a rate may begin. Assumed: whoever knows a longer past gives homes by year.
/// **Units** years.
private let mostYearsAtRate = 5

/// When the homes of a site are finished.
enum HomesTiming {
  case atRate(Double, from: AcademicYear)
  case byYear(YearlyCompletions)
}

extension ModelParts {
  /// Homes by year, by the site's key. A site that the model does not have is a fault (E201), and so are a year that is missing between
  /// two others (E204) and more homes than the site holds (E113).
  func readCompletions(_ list: inout DiagnosticList) throws -> [String: YearlyCompletions] {
    let rowsBySite = Dictionary(grouping: rows(.housingCompletions)) { $0.raw("site_key") }
    let sites = Dictionary(rows(.housingSites).map { ($0.raw("site_key"), $0) }) { _, last in last }
    var completions: [String: YearlyCompletions] = [:]
    for (key, rows) in rowsBySite.sorted(by: { $0.key < $1.key }) {
      guard let site = sites[key] else {
        list.add(
          .unknownCode, at: rows[0].place("site_key"), what: "there is no housing site '\(key)'",
          why: "its homes would bring no children",
          fix: didYouMean(
            key, among: sites.keys, else: "add the site to housing_sites, or take its rows out"))
        continue
      }
      let stated = try readYears(rows, of: key, &list)
      let homes = try site.number("dwellings")
      if stated.total > homes {
        list.add(
          .outOfRange, at: rows[0].place("dwellings"),
          what: "the years of '\(key)' add to \(plain(stated.total)) homes; housing_sites gives it "
            + plain(homes),
          why: "more homes would be finished than the site holds",
          fix: "correct the years, or the site's dwellings, which are those of all years")
      }
      completions[key] = stated
    }
    return completions
  }

  /// The years of one site, in order.
  private func readYears(
    _ rows: [DatasetRow], of key: String, _ list: inout DiagnosticList
  ) throws -> YearlyCompletions {
    var homes: [AcademicYear: Double] = [:]
    var places: [AcademicYear: SourceLocation] = [:]
    var marks: [EvidenceMark] = []
    for row in rows {
      if let mark = try row.word("mark", EvidenceMark.self, &list) { marks.append(mark) }
      let year = try row.academicYear("year")
      homes[year] = try row.number("dwellings")
      places[year] = row.place("year")
    }
    let found = homes.keys.sorted()
    guard let first = found.first, let last = found.last else {
      return YearlyCompletions([], from: FinancialYear(header.baseYear.start))
    }
    for (year, next) in zip(found, found.dropFirst()) where next > year + 1 {
      let missing = next == year + 2 ? "none for \(year + 1)" : "none for \(year + 1) to \(next - 1)"
      list.add(
        .cellMissing, at: places[next] ?? place(of: .housingCompletions),
        what: "'\(key)' has a row for \(year) and one for \(next), and \(missing)",
        why: "a year that is missing is not nought; the homes of a whole year would be left out",
        fix: "add the row, with 0 where no homes are built")
    }
    return YearlyCompletions(
      (first.start...last.start).map { homes[AcademicYear($0)] ?? 0 }, from: FinancialYear(first.start),
      mark: [.assumed, .derived].first(where: marks.contains) ?? .given)
  }

  /// Whether a site's years are more likely a slip than meant: none of its homes is still to come, or it is given as a rate and began
  /// long ago. To have begun is no sign of a slip by itself: most sites of a county have.
  func isLongBegun(_ site: HousingSite) -> Bool {
    let counted = site.finished(by: header.baseYear)
    let all = min(site.dwellings, site.yearly?.total ?? site.dwellings)
    let isOld = site.yearly == nil && header.baseYear - site.firstCompletions > mostYearsAtRate
    return counted > 0 && (counted >= all - 1e-6 || isOld)
  }

  /// Homes finished by the base year are in its rolls (W340): once for all `sites`, the first of which stands at `place`.
  func warnOfFinished(_ sites: [HousingSite], at place: SourceLocation, _ list: inout DiagnosticList) {
    let homes = sites.reduce(0) { $0 + $1.finished(by: header.baseYear) }
    list.add(
      .homesCountedAlready, at: place,
      what: "\(tenths(homes)) homes of \(firstEight(sites.map(\.key))) are finished by September "
        + "\(header.baseYear.start), in the base year's rolls",
      why: "they add no pupils; towards the trigger_homes of an agreement they do count",
      fix:
        "check base_year, and the first_completions or the years of these sites; if they are right, leave them"
    )
  }

  /// When a site's homes are finished: by its years where it has any, else by two assumptions. Nil, with a fault (E013), without either.
  func readTiming(
    _ row: DatasetRow, byYear stated: YearlyCompletions?, _ values: inout AssumptionValues,
    _ list: inout DiagnosticList
  ) throws -> HomesTiming? {
    let site = "housing.\(try row.text("site_key"))"
    let (firstKey, rateKey) = ("\(site).first_completions", "\(site).homes_per_year")
    if let stated {
      refuseRate(rateKey, &values, &list)
      return .byYear(moved(stated, by: firstKey, &values, &list))
    }
    let first = values.year(firstKey, &list)
    let rate = values.value(rateKey, .dwellingsAYear, in: 1...5_000, &list)
    try row.warnOfHaste(homesPerYear: rate, &list)
    guard let first, values.isDefined(rateKey) else { return nil }
    return .atRate(rate, from: first)
  }

  /// Refuses a rate beside homes by year, since one of the two would be ignored (E012).
  private func refuseRate(_ key: String, _ values: inout AssumptionValues, _ list: inout DiagnosticList) {
    guard values.isDefined(key) else { return }
    _ = values.value(key, .dwellingsAYear, in: 1...5_000, &list)
    list.add(
      .unknownKey, at: values.place(of: key),
      what: "nothing uses assumption '\(key)': housing_completions gives the site's homes by year",
      why: "it looks as if it counted, and changes nothing",
      fix: "remove it, or take the site's rows out of housing_completions")
  }

  /// A site's years, moved with its first year. As the model states it, the first year must be that of the site's first homes (E014); a
  /// scenario or a change that moves it moves them all.
  private func moved(
    _ stated: YearlyCompletions, by key: String, _ values: inout AssumptionValues,
    _ list: inout DiagnosticList
  ) -> YearlyCompletions {
    guard values.isDefined(key) else { return stated }
    let begins = stated.firstCompletions
    guard stated.total > 0, values.stated(key) == Double(begins.start) else {
      guard values.year(key, &list) != nil else { return stated }
      let found =
        stated.total > 0
        ? "by housing_completions the site's first homes are finished before September \(begins.start)"
        : "housing_completions gives the site no homes"
      list.add(
        .wrongValue, at: values.place(of: key),
        what: "'\(key)' is \(plain(values.stated(key) ?? 0)); \(found)",
        why: "the two contradict each other, and it is not certain which of them counts",
        fix: (stated.total > 0 ? "write \(begins.start), or " : "")
          + "remove the assumption; or correct the site's years")
      return stated
    }
    // Moved to or before the base year, homes to come would be taken for counted ones; homes that are counted would come again.
    let baseYear = header.baseYear
    let last = header.years.range().upperBound
    let first =
      begins > baseYear
      ? values.year(key, in: baseYear.start + 1...last, &list)
      : values.year(key, in: begins.start...begins.start, &list)
    return first.map { stated.moved(by: $0 - begins) } ?? stated
  }
}

extension HousingSite {
  /// A site of a row of `housing_sites`, its homes timed so.
  init(
    _ row: DatasetRow, _ timing: HomesTiming, primary: PlanningAreaCode, secondary: PlanningAreaCode
  ) throws {
    let (key, name, type) = (try row.text("site_key"), try row.text("site"), try row.text("dwelling_type"))
    let homes = try row.number("dwellings")
    switch timing {
    case .atRate(let rate, let first):
      self.init(
        key: key, name: name, dwellingType: type, dwellings: homes, primaryArea: primary,
        secondaryArea: secondary, firstCompletions: first, homesPerYear: rate)
    case .byYear(let yearly):
      self.init(
        key: key, name: name, dwellingType: type, dwellings: homes, primaryArea: primary,
        secondaryArea: secondary, yearly: yearly)
    }
  }
}
