public import PlacePlanning

/// What one scheme costs the revenue budget in one year. **Units** whole pounds.
public struct RevenueConsequence: Hashable, Sendable {
  /// Places that opened in the year, until lagged funding follows the pupils.
  public let growthFund: Int
  /// A new school's costs as it opens, and for year groups that it does not have yet.
  public let startUp: Int
  public let temporaryHire: Int

  public var total: Int { growthFund + startUp + temporaryHire }
}

extension CapitalPlan {
  /// What a scheme costs the revenue budget by year, were it started in `start`.
  ///
  /// Growth fund: for each year group that gains its places in a year. Start-up: once, in the year of opening; and in every
  /// year for each year group that will come and is not there yet. Hire: for each class of 30 of a temporary block that is
  /// in use; a bulge class has none.
  public func revenue(
    _ scheme: Scheme, startingIn start: FinancialYear, years: [FinancialYear]
  ) -> [RevenueConsequence] {
    let none = RevenueConsequence(growthFund: 0, startUp: 0, temporaryHire: 0)
    guard let change = scheme.change(startingIn: start), let phase = scheme.phase else {
      return years.map { _ in none }
    }
    let groups = phase.plannedYearGroups.filter { $0 >= change.entryYearGroup }
    func places(_ year: FinancialYear) -> Double {
      groups.reduce(0) { $0 + change.places(in: $1, year: year.academicYear) }
    }
    return years.map { year in
      let inUse = groups.filter { change.places(in: $0, year: year.academicYear) > 0 }.count
      let gained =
        scheme.kind == .bulge
        ? (year.academicYear == change.from ? change.placesPerYearGroup : 0)
        : max(0, places(year) - places(year + -1))
      let isNew = scheme.kind == .newSchool && inUse > 0
      let startUp =
        isNew
        ? (year.academicYear == change.from ? revenue.newSchoolStartUp[phase] ?? 0 : 0)
          + Double(groups.count - inUse) * (revenue.missingYearGroup[phase] ?? 0) : 0
      let hire =
        scheme.kind == .temporary ? places(year) / FormsOfEntry.placesPerForm * revenue.temporaryHire : 0
      return RevenueConsequence(
        growthFund: Int((gained * (revenue.growthFundPerPlace[phase] ?? 0)).rounded()),
        startUp: Int(startUp.rounded()), temporaryHire: Int(hire.rounded()))
    }
  }
}
