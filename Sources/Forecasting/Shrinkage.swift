internal import Foundation

/// Weights of years up to an origin: a power of age, times the year's quality.
struct YearWeights {
  let origin: Int
  let quality: [Double]

  func weight(_ year: Int, decay: Double) -> Double {
    pow(decay, Double(origin - year)) * quality[year]
  }

  /// Weighted mean of the years that have a value; nil where none has.
  func mean(_ values: [Double?], decay: Double) -> Double? {
    var (sum, total) = (0.0, 0.0)
    for (year, value) in values.enumerated() {
      guard let value else { continue }
      let weight = weight(year, decay: decay)
      sum += weight * value
      total += weight
    }
    return total > 0 ? sum / total : nil
  }

  /// The weighted mean and its variance, by the scatter of the years about it; nil where none has a value, and nought with one alone.
  func estimate(_ values: [Double?], decay: Double) -> (mean: Double, variance: Double)? {
    guard let mean = mean(values, decay: decay) else { return nil }
    var (total, squares, scatter) = (0.0, 0.0, 0.0)
    for (year, value) in values.enumerated() {
      guard let value else { continue }
      let weight = weight(year, decay: decay)
      total += weight
      squares += weight * weight
      scatter += weight * (value - mean) * (value - mean)
    }
    return (mean, scatter / total * squares / max(1e-9 * total * total, total * total - squares))
  }
}

/// One year of one area: what was counted, what the common rate expects, and the cohort behind it.
struct RatioTerm {
  let year: Int
  let pupils: Double
  let expected: Double
  let cohort: Double
}

/// Each area's factor on the common rate, drawn towards 1 by as much as its cohorts are small (empirical Bayes).
///
/// An area's own factor is `sum w N / sum w E`. A year's factor is taken to vary by `s / cohort + c`, found from the scatter of
/// years about each area's own factor, over ``varianceLeft(_:)``; the own factor then varies by that over its effective number of terms.
/// What the squares of the own log factors have beyond it is the variance between areas. All by medians, so that a few areas in
/// turmoil do not set the rule for the rest. Areas without pupils to measure by take the common rate.
///
/// Most areas are alike and a few are not, such as a district that half of its pupils leave after Year 6, year after year: a variance
/// by medians knows nothing of these, and would draw them in as it does the others. No factor is therefore drawn further than
/// ``mostDrawn`` standard errors from the area's own (limited translation: Efron and Morris 1972), by the law or, where that is more, by
/// the scatter of the area's own years.
func shrunkFactors(_ areas: [[RatioTerm]], _ weights: YearWeights, decay: Double) -> [Double] {
  struct Own {
    let area: Int
    let logFactor: Double
    let cohort: Double
    let effectiveYears: Double
    /// Variance of a year by the scatter of the area's own; nought with one year alone.
    let scatter: Double
  }
  var all: [Own] = []
  var scatter: [SamplingNoise.Deviation] = []
  for (area, terms) in areas.enumerated() {
    var (pupils, expected, total, squares, cohort) = (0.0, 0.0, 0.0, 0.0, 0.0)
    let byTerm = terms.map { weights.weight($0.year, decay: decay) }
    for (term, weight) in zip(terms, byTerm) {
      pupils += weight * term.pupils
      expected += weight * term.expected
      cohort += weight * term.cohort
      total += weight
      squares += weight * weight
    }
    guard pupils > 0 else { continue }
    let factor = pupils / expected
    let parts = varianceLeft(zip(terms, byTerm).map { term, weight in weight * term.expected / expected })
    let deviations = zip(terms, parts).compactMap { term, left -> SamplingNoise.Deviation? in
      guard terms.count > 1, left > leastVarianceLeft else { return nil }
      let deviation = term.pupils / (term.expected * factor) - 1
      return SamplingNoise.Deviation(square: deviation * deviation / left, cohort: term.cohort)
    }
    scatter += deviations
    let squared = deviations.reduce(0) { $0 + $1.square }
    all.append(
      Own(
        area: area, logFactor: log(factor), cohort: cohort / total, effectiveYears: total * total / squares,
        scatter: deviations.isEmpty ? 0 : squared / Double(deviations.count)))
  }
  let noise = SamplingNoise(scatter)
  let within = all.map { noise.variance($0.cohort) / $0.effectiveYears }
  let seen = (median(all.map { $0.logFactor * $0.logFactor }) ?? 0) / medianOfChiSquare
  let between = max(0, seen - (median(within) ?? 0))
  var factors = [Double](repeating: 1, count: areas.count)
  for (own, within) in zip(all, within) where between + within > 0 {
    let drawn = between / (between + within) * own.logFactor
    let most = mostDrawn * max(within, own.scatter / own.effectiveYears).squareRoot()
    factors[own.area] = exp(min(max(drawn, own.logFactor - most), own.logFactor + most))
  }
  return factors
}

/// What the mean square of a term's deviation from a weighted mean keeps of the term's variance: `1 - 2 p + sum p^2`, with `p` the term's
/// share of the mean, which moves along with it. Exact where terms are independent and vary alike; with equal shares it is `1 - 1 / n`.
///
/// Shares add up to 1.
func varianceLeft(_ shares: [Double]) -> [Double] {
  let squares = shares.reduce(0) { $0 + $1 * $1 }
  return shares.map { 1 - 2 * $0 + squares }
}

/// A term that keeps less than this is the mean itself: how it varies cannot be seen.
private let leastVarianceLeft = 1e-6

/// How far a factor may be drawn from the area's own, in standard errors of it: 19 times in 20 chance moves it no further.
private let mostDrawn = 2.0
