internal import Foundation
internal import PlacePlanning

// Ratios of a year's pupils to those whom they come from: what is taken of the last three years, and of an area and the authority.

/// a / b, nought where b is.
func ratio(_ a: Double, _ b: Double) -> Double { b == 0 ? 0 : a / b }

/// 3:2:1 on the last three years, newest first.
///
/// Source: over 139 local authorities and origins 2011 to 2022 these weights are best or level with the best at every
/// horizon for Reception and for Years 1 to 11.
let recencyWeights = [3.0 / 6, 2.0 / 6, 1.0 / 6]

/// The last three years as a ratio is taken from them, newest first.
struct RatioWindow {
  /// A tenth for a disturbed year, 1 for others; where all three are disturbed, 1 for all.
  ///
  /// Source of the tenth: the weight that forecasts from rolls alone give such a year (Forecasting).
  let trust: [Double]
  /// 3:2:1 times the trust, to a sum of 1.
  let weights: [Double]

  init(base: AcademicYear, disturbed: Set<AcademicYear>) {
    let isDisturbed = recencyWeights.indices.map { disturbed.contains(base - $0) }
    trust = isDisturbed.contains(false) ? isDisturbed.map { $0 ? 0.1 : 1 } : isDisturbed.map { _ in 1 }
    let products = zip(recencyWeights, trust).map { $0 * $1 }
    let sum = products.reduce(0, +)
    weights = isDisturbed.contains(true) ? products.map { $0 / sum } : products
  }
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
  base: AcademicYear, disturbed: Set<AcademicYear>, _ terms: (AcademicYear) -> (Double, Double)
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
  _ areas: [PlanningAreaCode], base: AcademicYear, disturbed: Set<AcademicYear>,
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
