/// A housing site and when its homes are finished.
public struct HousingSite: Hashable, Sendable {
  /// `nw_cheltenham`: the middle word of the site's assumption keys.
  public let key: String
  public let name: String
  public let dwellingType: String
  public let dwellings: Double
  public let primaryArea: PlanningAreaCode
  public let secondaryArea: PlanningAreaCode
  /// The academic year before whose September the first homes are finished.
  public private(set) var firstCompletions: AcademicYear
  /// Homes a year at the full rate, of which the first year reaches half; with `yearly` those of the year that has most.
  public private(set) var homesPerYear: Double
  /// The homes by year, where they are stated so; nil where they come at `homesPerYear` from `firstCompletions` on.
  public private(set) var yearly: YearlyCompletions?
  /// How the homes of a site that has begun go on, where they do not as stated.
  private var remainder: Remainder?

  private struct Remainder: Hashable, Sendable {
    /// Homes finished before its September come as stated.
    let base: AcademicYear
    let yearsLate: Int
    /// Planned years that pass in a year.
    let pace: Double
  }

  /// Homes at a rate from a year on.
  public init(
    key: String, name: String, dwellingType: String, dwellings: Double,
    primaryArea: PlanningAreaCode, secondaryArea: PlanningAreaCode,
    firstCompletions: AcademicYear, homesPerYear: Double
  ) {
    self.key = key
    self.name = name
    self.dwellingType = dwellingType
    self.dwellings = dwellings
    self.primaryArea = primaryArea
    self.secondaryArea = secondaryArea
    self.firstCompletions = firstCompletions
    self.homesPerYear = homesPerYear
  }

  /// Homes by year.
  public init(
    key: String, name: String, dwellingType: String, dwellings: Double,
    primaryArea: PlanningAreaCode, secondaryArea: PlanningAreaCode, yearly: YearlyCompletions
  ) {
    self.init(
      key: key, name: name, dwellingType: dwellingType, dwellings: dwellings, primaryArea: primaryArea,
      secondaryArea: secondaryArea, firstCompletions: yearly.firstCompletions,
      homesPerYear: yearly.mostInAYear)
    self.yearly = yearly
  }

  /// The same site, its first homes finished before the September of `first`, and `factor` times as many a year for as much shorter; none
  /// at 0.
  public func moved(to first: AcademicYear, paced factor: Double) -> HousingSite {
    var site = self
    site.yearly = yearly?.moved(by: first - firstCompletions).paced(by: factor)
    site.firstCompletions = first
    site.homesPerYear = site.yearly?.mostInAYear ?? homesPerYear * factor
    return site
  }

  /// The same site, of which the homes that are not finished by `base` come so many years later, and `factor` times as many a year for as
  /// much shorter; none of them at 0. Those that are finished by then stay so.
  public func remaining(after base: AcademicYear, late years: Int, paced factor: Double) -> HousingSite {
    guard finished(by: base) < min(dwellings, yearly?.total ?? dwellings) else { return self }
    var site = self
    site.remainder = Remainder(base: base, yearsLate: years, pace: factor)
    return site
  }

  /// Homes that are finished in a year at the most: those at the full rate, but no more than the site holds; with `yearly` those of the
  /// year that has most. Where what remains of a site comes otherwise than stated, that alone counts. **Units** dwellings a year.
  public var mostInAYear: Double {
    guard let remainder else { return min(homesPerYear, dwellings) }
    // Longer than any projection.
    let years = 60
    return (1...years).map { completions(before: remainder.base + $0) }.max() ?? 0
  }

  /// Homes finished in the year to 31 August before `year` begins: as stated by year; else nothing before the first year, half the
  /// rate in it and the full rate after it. Never more than the site holds.
  public func completions(before year: AcademicYear) -> Double {
    finished(by: year) - finished(by: year - 1)
  }

  /// Homes finished by the 31 August before `year` begins, all years together.
  public func finished(by year: AcademicYear) -> Double {
    guard let remainder, year > remainder.base else { return stated(by: Double(year.start)) }
    let passed = remainder.pace * Double(year - remainder.base - remainder.yearsLate)
    return stated(by: Double(remainder.base.start) + max(0, passed))
  }

  /// Homes finished by a moment between two Septembers, as stated: 2017.5 is half a year after that of 2017.
  private func stated(by moment: Double) -> Double {
    if let yearly { return min(dwellings, yearly.finished(by: moment)) }
    let years = moment - Double(firstCompletions.start)
    return years < 0 ? 0 : min(dwellings, homesPerYear * (years + 0.5))
  }
}

/// Pupils per home by year group and by the age of the home.
public struct PupilYield: Hashable, Sendable {
  /// Year group, then the home's age in years since completion (0, 1, …): pupils per dwelling. Beyond the last age the
  /// yield stays level.
  private let byAge: [YearGroup: [Double]]

  /// **Shape** year group, then the home's age in years from 0 on. **Units** pupils per dwelling.
  public init(byAge: [YearGroup: [Double]]) {
    self.byAge = byAge
  }

  /// **Units** pupils per dwelling.
  public func pupilsPerDwelling(_ yearGroup: YearGroup, age: Int) -> Double {
    guard age >= 0, let yields = byAge[yearGroup], let last = yields.last else { return 0 }
    return age < yields.count ? yields[age] : last
  }

  /// The same yields times a factor for each phase; a phase without one keeps its own. **Units** ratio.
  public func scaled(by factor: [Phase: Double]) -> PupilYield {
    PupilYield(
      byAge: byAge.reduce(into: [:]) { result, entry in
        let scale = factor[entry.key.phase] ?? 1
        result[entry.key] = entry.value.map { $0 * scale }
      })
  }
}

/// The homes to come, what they yield, and what the survival ratios hold already.
public struct HousingPlan: Sendable {
  public let sites: [HousingSite]
  /// By dwelling type.
  public let yields: [String: PupilYield]
  /// Homes a year that were being finished in the area while the survival ratios were measured: only homes beyond that rate
  /// add pupils.
  public let backgroundHomesPerYear: [PlanningAreaCode: Double]

  /// `yields` by dwelling type, `backgroundHomesPerYear` by area. **Units** dwellings a year; an area that is absent has none.
  public init(
    sites: [HousingSite], yields: [String: PupilYield],
    backgroundHomesPerYear: [PlanningAreaCode: Double]
  ) {
    self.sites = sites
    self.yields = yields
    self.backgroundHomesPerYear = backgroundHomesPerYear
  }

  /// Homes a year on all large sites that an area serves, each in its year with most.
  public func fullRate(servedBy area: PlanningAreaCode) -> Double {
    sites.filter { $0.primaryArea == area || $0.secondaryArea == area }.reduce(0) { $0 + $1.mostInAYear }
  }
}
