internal import Foundation
public import PlacePlanning

/// The rates of the central projection, by area.
public struct ProjectionRates: Sendable {
  /// Reception pupils per birth of the cohort, by primary area.
  public let intake: [PlanningAreaCode: ShrunkRatio]
  /// Pupils in a year group per pupil in the year group below a year before, by area; not for Reception or Year 7.
  public let survival: [PlanningAreaCode: [YearGroup: ShrunkRatio]]
  public let transfer: TransferFlow
}

/// An area's ratio, drawn towards the authority's by as much as its small cohorts warrant.
public struct ShrunkRatio: Sendable {
  /// The value to use.
  public let value: Double
  /// The weight of the area's own ratio, on the log scale: 0 uses the authority's, 1 the area's.
  public let weight: Double
}

/// The 3:2:1 mean, on the log scale, of the last three years' ratios; nil where one of them has no logarithm.
///
/// `terms` gives numerator and denominator of a year; disturbed years weigh a tenth.
func weightedRatio(
  base: AcademicYear, disturbed: Set<AcademicYear> = [], _ terms: (AcademicYear) -> (Double, Double)
) -> Double? {
  var sum = 0.0
  for (weight, age) in zip(RatioWindow(base: base, disturbed: disturbed).weights, 0...) {
    let (numerator, denominator) = terms(base - age)
    guard numerator > 0, denominator > 0 else { return nil }
    sum += weight * log(numerator / denominator)
  }
  return exp(sum)
}

/// Empirical-Bayes ratios for a set of areas.
///
/// With `l` an area's 3:2:1 mean log ratio and `c` the authority's, the answer is `exp(c + w (l - c))`, where
/// `w = V_between / (V_between + V_within)`. A year's log ratio is taken to vary by `s2 / cohort`; `s2` is pooled over areas
/// from the years' scatter about each area's own mean, so `V_within = s2 x sum of (weight squared / cohort)`. `V_between`
/// is the cohort-weighted scatter of `l` about `c` less the within part, each area's share counted with 1 less its part of all
/// cohorts, since the areas make up the centre themselves; it is floored at nought. Areas whose window holds an empty cohort
/// take the authority's ratio; an area that has never had the year group (no pupils from a cohort that was there, in all three
/// years, such as an area without a sixth form) keeps nought, and is no part of the authority's ratio. A disturbed year counts as
/// a tenth of one throughout.
///
/// Source: method of moments after DerSimonian and Laird (1986).
func shrunkRatios(
  _ areas: [PlanningAreaCode], base: AcademicYear, disturbed: Set<AcademicYear> = [],
  _ terms: (PlanningAreaCode, AcademicYear) -> (numerator: Double, denominator: Double)
) -> [PlanningAreaCode: ShrunkRatio] {
  let window = RatioWindow(base: base, disturbed: disturbed)
  let absent = Set(
    areas.filter { area in
      recencyWeights.indices.map { terms(area, base - $0) }
        .allSatisfy { $0.numerator == 0 && $0.denominator > 0 }
    })
  let authority =
    weightedRatio(base: base, disturbed: disturbed) { year in
      areas.filter { !absent.contains($0) }.reduce((0.0, 0.0)) { sum, area in
        let term = terms(area, year)
        return (sum.0 + term.numerator, sum.1 + term.denominator)
      }
    } ?? 0
  var locals: [PlanningAreaCode: OwnRatio] = [:]
  for area in areas {
    locals[area] = OwnRatio(recencyWeights.indices.map { terms(area, base - $0) }, window)
  }
  // Sums run over areas in their given order, so that the answer has the same bits every time.
  let known = areas.compactMap { locals[$0] }
  let freedom = Double(known.count) * (window.trust.reduce(0, +) - 1)
  let variance = ratio(known.reduce(0) { $0 + $1.scatter }, freedom)
  let centre = authority > 0 ? log(authority) : 0
  let cohorts = known.reduce(0) { $0 + $1.cohort }
  var (excess, freely) = (0.0, 0.0)
  for local in known {
    let distance = local.logRatio - centre
    let rest = 1 - local.cohort / cohorts
    excess += local.cohort * (distance * distance - rest * variance * local.withinPerVariance)
    freely += local.cohort * rest
  }
  let between = max(0, ratio(excess, freely))
  return areas.reduce(into: [:]) { result, area in
    guard let local = locals[area] else {
      result[area] =
        absent.contains(area) ? ShrunkRatio(value: 0, weight: 1) : ShrunkRatio(value: authority, weight: 0)
      return
    }
    let weight = ratio(between, between + variance * local.withinPerVariance)
    result[area] = ShrunkRatio(value: exp(centre + weight * (local.logRatio - centre)), weight: weight)
  }
}

/// What an area's own years say of its ratio.
private struct OwnRatio {
  /// The 3:2:1 mean, on the log scale.
  let logRatio: Double
  /// The years' squared distances from their mean log ratio, each times its cohort.
  let scatter: Double
  /// The variance of `logRatio` is this times `s2`.
  let withinPerVariance: Double
  /// The cohorts of all years, as far as each year is trusted.
  let cohort: Double

  /// `years` are the latest first; nil where one of them has no logarithm.
  init?(_ years: [(numerator: Double, denominator: Double)], _ window: RatioWindow) {
    guard years.allSatisfy({ $0.numerator > 0 && $0.denominator > 0 }) else { return nil }
    let logs = years.map { log($0.numerator / $0.denominator) }
    let cohorts = zip(years, window.trust).map { $0.denominator * $1 }
    let cohort = cohorts.reduce(0, +)
    let mean = zip(logs, cohorts).reduce(0) { $0 + $1.0 * $1.1 } / cohort
    logRatio = zip(window.weights, logs).reduce(0) { $0 + $1.0 * $1.1 }
    scatter = zip(logs, cohorts).reduce(0) { sum, year in
      let deviation = year.0 - mean
      return sum + year.1 * deviation * deviation
    }
    withinPerVariance = zip(window.weights, years).reduce(0) { $0 + $1.0 * $1.0 / $1.1.denominator }
    self.cohort = cohort
  }
}

/// Pupils of a year group with nobody behind them, so that no rate carries any on: they would vanish.
struct MissingCohort: Error, CustomStringConvertible {
  let description: String

  /// `empty` are the years in which nobody is behind them, oldest first; `whose` is an area or the authority.
  init(
    _ yearGroup: YearGroup, of whose: String, pupils: Double, in base: AcademicYear, empty: [AcademicYear]
  ) {
    let behind =
      yearGroup.previous.map { "nobody was in \($0.name) a year before it" }
      ?? "there were no births behind it"
    description =
      "\(yearGroup.name) of \(whose) has \(Int(pupils.rounded())) pupils in \(base), and nothing tells how many come "
      + "after them: \(behind) in \(empty.map(\.label).joined(separator: ", "))"
  }
}

/// The ratios of a year group's pupils to those whom they come from. See `shrunkRatios`.
///
/// **Throws** `MissingCohort` where a year group that has pupils in the base year would take a ratio of nought, since the authority
/// has none, or never had anybody to take it of: in all three years it has pupils, and nobody behind them.
private func sourcedRatios(
  _ model: PlanningModel, _ areas: [PlanningArea], of yearGroup: YearGroup,
  _ terms: (PlanningAreaCode, AcademicYear) -> (numerator: Double, denominator: Double)
) throws(MissingCohort) -> [PlanningAreaCode: ShrunkRatio] {
  let ratios = shrunkRatios(
    areas.map(\.code), base: model.baseYear, disturbed: model.disturbedYears, terms)
  let years = recencyWeights.indices.reversed().map { model.baseYear - $0 }
  for area in areas {
    let counts = years.map { terms(area.code, $0) }
    let empty = zip(years, counts).filter { $0.1.denominator == 0 }.map(\.0)
    let isAlone = empty.count == years.count && counts.allSatisfy { $0.numerator > 0 }
    if let pupils = counts.last?.numerator, pupils > 0, !empty.isEmpty,
      isAlone || ratios[area.code]?.value == 0
    {
      throw MissingCohort(
        yearGroup, of: "\(area.name) (\(area.code))", pupils: pupils, in: model.baseYear, empty: empty)
    }
  }
  return ratios
}

extension ProjectionRates {
  init(_ model: PlanningModel, history: RollHistory, births: BirthOutlook) throws {
    switch model.areaRolls {
    case .counted: try self.init(counted: model, history, births)
    case .totals: try self.init(derived: model, history, births)
    }
  }

  /// From counted rolls: each area's own ratios, shrunk.
  private init(
    counted model: PlanningModel, _ history: RollHistory, _ births: BirthOutlook
  ) throws {
    intake = try sourcedRatios(model, model.areas(.primary), of: .reception) {
      (history.roll($0, .reception, $1), births.births($0, $1))
    }
    var survival: [PlanningAreaCode: [YearGroup: ShrunkRatio]] = [:]
    for phase in AreaPhase.allCases {
      for yearGroup in phase.yearGroups.dropFirst() {
        guard let previous = yearGroup.previous else { continue }
        let ratios = try sourcedRatios(model, model.areas(phase), of: yearGroup) {
          (history.roll($0, yearGroup, $1), history.roll($0, previous, $1 - 1))
        }
        for (code, value) in ratios { survival[code, default: [:]][yearGroup] = value }
      }
    }
    self.survival = survival
    if model.transfer.basis == .observed {
      transfer = try TransferFlow(observed: model, history: history)
    } else {
      transfer = try TransferFlow(
        model, year6: history.rolls(model.areas(.primary), .year6, model.baseYear - 1),
        year7: history.rolls(model.areas(.secondary), .year7, model.baseYear), in: model.baseYear,
        progression: countyProgression(model))
    }
  }

  /// From rolls derived by raking, which hold nothing of an area's own survival: the authority's ratios for all areas, and
  /// its intake ratio moved by each area's own intake in the base year.
  private init(
    derived model: PlanningModel, _ history: RollHistory, _ births: BirthOutlook
  ) throws {
    let primary = model.areas(.primary).map(\.code)
    func countyBirths(_ year: AcademicYear) -> Double {
      primary.reduce(0) { $0 + births.births($1, year) }
    }
    let unborn = recencyWeights.indices.reversed().map { model.baseYear - $0 }
      .filter { countyBirths($0) == 0 }
    guard unborn.isEmpty else {
      throw MissingCohort(
        .reception, of: "the authority", pupils: model.countyRolls[model.baseYear, .reception] ?? 0,
        in: model.baseYear, empty: unborn)
    }
    let countyIntake =
      weightedRatio(base: model.baseYear, disturbed: model.disturbedYears) {
        (model.countyRolls[$0, .reception] ?? 0, countyBirths($0))
      } ?? 0
    let baseIntake = ratio(
      model.countyRolls[model.baseYear, .reception] ?? 0, countyBirths(model.baseYear))
    intake = primary.reduce(into: [:]) { result, area in
      let own = ratio(
        history.roll(area, .reception, model.baseYear), births.births(area, model.baseYear))
      result[area] = ShrunkRatio(value: countyIntake * ratio(own, baseIntake), weight: 1)
    }
    let county = YearGroup.all.reduce(into: [YearGroup: ShrunkRatio]()) { result, yearGroup in
      guard let previous = yearGroup.previous, yearGroup != .year7 else { return }
      let value =
        weightedRatio(base: model.baseYear, disturbed: model.disturbedYears) {
          (model.countyRolls[$0, yearGroup] ?? 0, model.countyRolls[$0 - 1, previous] ?? 0)
        } ?? 0
      result[yearGroup] = ShrunkRatio(value: value, weight: 0)
    }
    survival = model.areas.reduce(into: [:]) { result, area in
      result[area.code] = county.filter { area.phase.yearGroups.contains($0.key) }
    }
    transfer = try history.transfer ?? TransferFlow(observed: model, history: history)
  }
}
