public import PlacePlanning

/// What a scheme, or all of a programme, costs the revenue budget in one year. **Units** whole pounds.
public struct RevenueConsequence: Hashable, Sendable {
  /// Places that opened in the year, from September to March: then lagged funding follows the pupils.
  public let growthFund: Int
  /// A new school's costs as it opens, and for year groups that it does not have yet.
  public let startUp: Int
  public let temporaryHire: Int

  static let zero = RevenueConsequence(growthFund: 0, startUp: 0, temporaryHire: 0)

  public var total: Int { growthFund + startUp + temporaryHire }
  /// The part that comes out of the schools' budget, not the council's own.
  public var borneBySchools: Int { growthFund + startUp }

  static func + (one: RevenueConsequence, other: RevenueConsequence) -> RevenueConsequence {
    RevenueConsequence(
      growthFund: one.growthFund + other.growthFund, startUp: one.startUp + other.startUp,
      temporaryHire: one.temporaryHire + other.temporaryHire)
  }
}

/// What one scheme costs the revenue budget by financial year.
public struct RevenueByYear: Hashable, Sendable {
  /// **Shape** year.
  public let years: [RevenueConsequence]
  /// What falls from April to August after the last year, for the academic year that begins in it.
  public let beyond: RevenueConsequence
}

extension CapitalPlan {
  /// What a scheme costs the revenue budget by year, were it started in `start`. `years` follow one another.
  ///
  /// Growth fund: for each year group that gains its places in a year, whole in that year, since it pays for September to March.
  /// Start-up: once, in the year of opening. For each year group that will come and is not there yet, and for each class of 30 of a
  /// temporary block that is in use: by academic year, seven twelfths in the financial year in which it begins and the rest in the next.
  /// A bulge class has no hire.
  public func revenue(
    _ scheme: Scheme, startingIn start: FinancialYear, years: [FinancialYear]
  ) -> RevenueByYear {
    guard let change = scheme.change(startingIn: start), let phase = scheme.phase else {
      return RevenueByYear(years: years.map { _ in .zero }, beyond: .zero)
    }
    let groups = scheme.yearGroups
    let septembers = years.map(\.academicYear)
    func places(_ year: AcademicYear) -> Double {
      groups.reduce(0) { $0 + change.places(in: $1, year: year) }
    }
    let missing = AcademicYearCosts(
      septembers.map { year in
        let inUse = groups.filter { change.places(in: $0, year: year) > 0 }.count
        return scheme.kind == .newSchool && inUse > 0
          ? Double(groups.count - inUse) * (revenue.missingYearGroup[phase] ?? 0) : 0
      })
    let hire = AcademicYearCosts(
      septembers.map { year in
        scheme.kind == .temporary ? places(year) / FormsOfEntry.placesPerForm * revenue.temporaryHire : 0
      })
    let booked = septembers.enumerated().map { index, year in
      let opens = year == change.from
      let gained =
        change.kind == .bulge
        ? (opens ? change.placesPerYearGroup : 0)
        : max(0, places(year) - places(year - 1))
      let opening = scheme.kind == .newSchool && opens ? revenue.newSchoolStartUp[phase] ?? 0 : 0
      return RevenueConsequence(
        growthFund: nearestPound(gained * (revenue.growthFundPerPlace[phase] ?? 0)),
        startUp: nearestPound(opening) + missing.years[index], temporaryHire: hire.years[index])
    }
    return RevenueByYear(
      years: booked,
      beyond: RevenueConsequence(growthFund: 0, startUp: missing.beyond, temporaryHire: hire.beyond))
  }
}

/// Costs of academic years by financial year: September to March in the one in which an academic year begins, April to August in the
/// next. Every pound of an academic year falls in one of the two. **Units** whole pounds.
private struct AcademicYearCosts {
  /// **Shape** financial year.
  private(set) var years: [Int] = []
  /// April to August after the last financial year.
  private(set) var beyond = 0

  /// What each academic year costs. **Shape** year. **Units** pounds.
  init(_ costs: [Double]) {
    for cost in costs {
      let pounds = nearestPound(cost)
      let untilMarch = nearestPound(Double(pounds) * 7 / 12)
      years.append(beyond + untilMarch)
      beyond = pounds - untilMarch
    }
  }
}
