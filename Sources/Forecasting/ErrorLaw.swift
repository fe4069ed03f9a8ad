internal import Foundation
internal import PlacePlanning

/// How far forecasts of one target at one horizon miss: what all areas have in common, and each area's own part.
///
/// Relative to the forecast, an area's error is `common + own`. The own part varies by `perPupil / forecast + floor`; `shape`
/// holds what 50, 80 and 95 in a hundred of own errors stayed within, in those standard deviations. The common part has one
/// value an origin, so that the past says little of it: it is a Student t number of few degrees of freedom, which allows for a
/// pandemic, its scale pooled from the origins seen and a prior. Of one area alone both parts look alike: most of the variance of its errors
/// is taken for a normal number's, and a tenth, with what births may do, for the common one's.
///
/// Of fewer than ``manyAreas`` areas, what all have in common is by how much their sum missed: the middle of two or three errors is half a
/// hamlet's. Their own part is drawn towards what areas of their size usually have, and its shape is a normal one's. So is that of more areas
/// where most own errors are nought, which medians take for certainty.
struct ErrorLaw {
  /// One area's relative error and the forecast that it is relative to.
  struct Miss {
    let error: Double
    let forecast: Double
  }

  /// The misses of one origin: its age, in years, and how many years of the panel lay before it.
  struct OriginMisses {
    let age: Int
    let years: Int
    let misses: [Miss]

    var weight: Double { pow(ErrorLaw.recency, Double(age)) * min(1, Double(years) / ErrorLaw.fullHistory) }

    /// All forecasts of the origin together.
    var pupils: Double { misses.reduce(0) { $0 + $1.forecast } }

    /// By how much a square is too small for the miss being part of what it is measured from (`commonPart`); of two misses at least.
    func spare(_ miss: Miss) -> Double {
      guard misses.count < manyAreas else { return Double(misses.count) / Double(misses.count - 1) }
      return pupils / max(1e-9 * pupils, pupils - miss.forecast)
    }
  }

  private var noise: SamplingNoise
  private let shape: [Double]
  /// The power by which the widths of the common and of the own part add up.
  private let sumPower: Double
  private var commonScale: Double
  /// By what power of the horizon errors grow beyond what was measured.
  private let growth: Double
  /// The shorter horizon that the law was measured at, where no earlier forecast this far ahead has an outcome.
  private(set) var stretchedFrom: Int?
  /// The year group whose errors these are, where the target has none of its own.
  private(set) var lender: YearGroup?

  private static let levels = [0.5, 0.8, 0.95]
  /// Smaller errors are rounding.
  private static let leastDeviation = 1e-9
  /// What errors keep of their weight for each year of age.
  private static let recency = 0.8
  /// From this many years of rates on, an origin's errors have their full weight.
  private static let fullHistory = 5.0
  /// The prior of the common scale: this share of the middle area's own deviation, with the weight of so many origins.
  private static let priorShare = 0.3
  private static let priorWeight = 2.0
  /// The prior's variance for one area alone, or a few, times the forecast, a year ahead, for one year group.
  private static let samplingVariance = 0.3
  /// How far the errors of two year groups of an area are correlated. Year groups that missed each by itself would make totals too sure.
  private static let together = 0.4
  /// Of the variance of one area alone, the part that has the common number's long tails.
  private static let loneCommon = 0.1
  static let commonDegreesOfFreedom = 2.5
  /// Half the width that holds 80 in a hundred of a t number of so many degrees of freedom.
  private static let common80 = 1.731
  /// By what power of the horizon errors grow where few areas tell: midway between luck, which adds up by its square root, and drift.
  private static let usualGrowth = 0.75

  /// From the misses of forecasts so many years ahead, of a target of so many year groups; nil without any. `births` is how far births that
  /// nobody counted may have moved the forecast in all areas alike (`UnseenBirths`): the prior's deviation is that at the least.
  init?(_ origins: [OriginMisses], ahead horizon: Int, groups: Int = 1, births: Double = 0) {
    var own: [SamplingNoise.Deviation] = []
    var sizes: [(size: Double, forecast: Double, weight: Double)] = []
    var (squares, total, ownWeight) = (0.0, 0.0, 0.0)
    for origin in origins {
      guard let common = commonPart(origin.misses.map { ($0.error, $0.forecast) }) else { continue }
      squares += origin.weight * common * common
      total += origin.weight
      guard origin.misses.count > 1 else { continue }
      ownWeight += origin.weight * Double(origin.misses.count - 1)
      for miss in origin.misses {
        let square = (miss.error - common) * (miss.error - common) * origin.spare(miss)
        own.append(.init(square: square, cohort: miss.forecast))
        sizes.append((square.squareRoot(), miss.forecast, origin.weight))
      }
    }
    guard total > 0 else { return nil }
    let usual =
      Self.samplingVariance * (1 + Self.together * Double(groups - 1))
      * pow(Double(horizon), 2 * Self.usualGrowth)
    let pupils = median(origins.map(\.pupils).filter { $0 > 0 }) ?? 1
    func variance(_ prior: Double) -> Double {
      (Self.priorWeight * max(prior, births * births) + squares) / (Self.priorWeight + total)
    }
    let most = origins.map(\.misses.count).max() ?? 0
    let many = SamplingNoise(most >= manyAreas ? own : [])
    if let middle = median(own.map(\.cohort)), many.variance(middle).squareRoot() > Self.leastDeviation {
      noise = many
      func standard(_ size: Double, _ forecast: Double) -> Double {
        size / max(Self.leastDeviation, many.variance(forecast).squareRoot())
      }
      shape = weightedQuantiles(sizes.map { (standard($0.size, $0.forecast), $0.weight) }, Self.levels)
      growth = Self.growth(of: many.variance(middle).squareRoot(), ahead: horizon, groups: groups)
      commonScale = variance(Self.priorShare * Self.priorShare * many.variance(middle)).squareRoot()
    } else if own.isEmpty {
      let prior = usual / pupils
      let luck = (1 - Self.loneCommon) * prior / max(prior, births * births)
      noise = SamplingNoise(perPupil: luck * variance(prior) * pupils)
      shape = Self.normalPoints
      growth = Self.usualGrowth
      commonScale = ((1 - luck) * variance(prior)).squareRoot()
    } else {
      noise = SamplingNoise(ofFew: own, usual: usual, usualWeight: Self.priorWeight, weight: ownWeight)
      shape = Self.normalPoints
      growth = Self.usualGrowth
      commonScale = variance(usual / pupils).squareRoot()
    }
    sumPower = Self.sumPower(shape)
  }

  /// By what power of the horizon errors grow that have this deviation so many years ahead: less the larger they are.
  ///
  /// Errors of small cohorts are luck, some of which the next year makes good; those of large ones are drift. What is wrong with a total
  /// stays in it for as long as the cohorts do.
  ///
  /// With the deviation d one year ahead the power is `a + b log10(0.01 / d)`. From h years ahead, d is that deviation over h to this
  /// power, which gives the division.
  private static func growth(of deviation: Double, ahead horizon: Int, groups: Int) -> Double {
    let first = groups > 1 ? 0.84 : 0.67
    let tenth = 0.28
    let power = first + tenth * log10(0.01 / max(leastDeviation, deviation))
    return min(1, max(0.35, power / (1 - tenth * log10(Double(horizon)))))
  }

  /// The same for a horizon that no earlier forecast has reached yet. `weight` is that of the origins it rests on, beside which a larger
  /// deviation by `births` at that horizon weighs as the prior does.
  func stretched(from seen: Int, to horizon: Int, births: Double = 0, weight: Double = 0) -> ErrorLaw {
    let years = Double(horizon) / Double(seen)
    var law = scaled(own: pow(years, growth), common: pow(years, growth))
    let square = law.commonScale * law.commonScale
    let excess = max(0, births * births - square)
    law.commonScale = (square + Self.priorWeight / (Self.priorWeight + weight) * excess).squareRoot()
    law.stretchedFrom = seen
    return law
  }

  /// The same for a target that has no errors of its own, from those of a year group, or of the one that it has them from.
  func lent(by yearGroup: YearGroup) -> ErrorLaw {
    var law = self
    law.lender = lender ?? yearGroup
    return law
  }

  func scaled(own: Double, common: Double) -> ErrorLaw {
    var law = self
    law.noise = noise.scaled(by: own * own)
    law.commonScale *= common
    return law
  }

  /// By how much to widen or narrow the law so that 80 in a hundred of past misses would have stayed within what was said at the time.
  ///
  /// `past` holds each origin's misses with the law as it stood then. With few origins only part of the correction is made, and less with few
  /// areas, whose misses say little of what 80 in a hundred stay within: of one area alone, none.
  static func calibration(_ past: [(law: ErrorLaw, misses: OriginMisses)]) -> Double? {
    let scores = past.flatMap { then in
      then.misses.misses.map { (abs($0.error) / then.law.halfWidth80($0.forecast), then.misses.weight) }
    }
    guard !scores.isEmpty else { return nil }
    let factor = weightedQuantiles(scores, [0.8])[0]
    let areas = past.map(\.misses.misses.count).max() ?? 0
    let trust =
      Double(past.count) / Double(past.count + 1) * (areas < manyAreas ? 1 - 1 / Double(areas) : 1)
    return min(1.6, max(0.6, pow(factor, trust)))
  }

  /// Laws of one target by horizon, made so that what 80 in a hundred stay within, of a forecast of this size, does not fall with the
  /// horizon. **Units** `forecast` pupils.
  ///
  /// Neighbouring horizons whose widths fall are pooled: each of them gets their mean on the log scale, where each weighs as many as the
  /// `origins` that it rests on (pool adjacent violators: of all widths that do not fall, the nearest by weighted squares). Laws that break no order stay
  /// as they are; a stretched one rests on no origin and yields to the others.
  static func notFalling(_ laws: [ErrorLaw?], origins: [Int], at forecast: Double) -> [ErrorLaw?] {
    var pools: [(sum: Double, weight: Double, members: [Int])] = []
    let widths = laws.map { law -> Double in law.map { log($0.halfWidth80(forecast)) } ?? .nan }
    for (index, width) in widths.enumerated() where !width.isNaN {
      let weight = max(1e-6, Double(origins[index]))
      pools.append((weight * width, weight, [index]))
      while let last = pools.last, let before = pools.dropLast().last,
        before.sum / before.weight > last.sum / last.weight
      {
        pools.removeLast(2)
        pools.append((before.sum + last.sum, before.weight + last.weight, before.members + last.members))
      }
    }
    var pooled = laws
    for pool in pools where pool.members.count > 1 {
      for index in pool.members {
        let factor = exp(pool.sum / pool.weight - widths[index])
        pooled[index] = laws[index]?.scaled(own: factor, common: factor)
      }
    }
    return pooled
  }

  /// Of the whole error, taking common and own part as independent: where 80 in a hundred of them stay within `a` and `b`, those of
  /// their sum stay within `(a^p + b^p)^(1 / p)`.
  private func halfWidth80(_ forecast: Double) -> Double {
    let common = Self.common80 * commonScale
    let own = shape[1] * noise.variance(forecast).squareRoot()
    let (less, more) = (min(common, own), max(common, own))
    guard more > Self.leastDeviation else { return Self.leastDeviation }
    return more * pow(1 + pow(less / more, sumPower), 1 / sumPower)
  }

  /// An own error beside what half of own errors stay within, of forecasts of that size.
  func size(of own: Double, forecast: Double) -> Double {
    abs(own) / max(Self.leastDeviation, shape[0] * noise.variance(forecast).squareRoot())
  }

  /// Draws: the forecast with a common and an own error each; never below nought, and where that would lift their mean, brought back
  /// to it (`holdingMean`).
  ///
  /// `common` are Student t numbers of ``commonDegreesOfFreedom``, `own` standard normal ones.
  func draws(_ forecast: Double, common: [Double], own: [Double]) -> [Double] {
    let deviation = forecast > 0 ? noise.variance(forecast).squareRoot() : 0
    var lift = 0.0
    let draws = zip(common, own).map { shared, normal -> Double in
      let pupils = forecast * (1 + commonScale * shared + deviation * ownError(normal))
      lift -= min(0, pupils)
      return max(0, pupils)
    }
    return lift > Self.mostLift * forecast * Double(draws.count) ? holdingMean(draws, at: forecast) : draws
  }

  /// The share of the forecast by which the draws that were set to nought may lift the mean before it is brought back.
  private static let mostLift = 0.005

  /// The own error, in its standard deviations, of a standard normal number: straight from one level of `shape` to the next,
  /// and in proportion beyond the last.
  private func ownError(_ normal: Double) -> Double {
    let size = abs(normal)
    let sign = normal < 0 ? -1.0 : 1
    var (lowPoint, low) = (0.0, 0.0)
    for (point, value) in zip(Self.normalPoints, shape) {
      if size <= point { return sign * (low + (value - low) * (size - lowPoint) / (point - lowPoint)) }
      (lowPoint, low) = (point, value)
    }
    return sign * low * size / lowPoint
  }

  /// What a standard normal number stays within at each of `levels`.
  private static let normalPoints = [0.674489750196082, 1.281551565544600, 1.959963984540054]
}

extension ErrorLaw {
  /// The power by which widths of the common part and of an own part of this shape add up. It is found where both are as wide, and holds to
  /// about 2 in a hundred where the own part is wider, to 5 where the common one is.
  ///
  /// Widths of normal numbers add up by the power 2. Both parts have longer tails, and their sum is up to a fifth wider than that. The
  /// power is 1 at the least: widths then add up as they are.
  private static func sumPower(_ shape: [Double]) -> Double {
    guard shape[1] > 0 else { return 2 }
    var (low, high) = (1.0, 2.0)
    for _ in 0..<16 {
      let middle = (low + high) / 2
      if shareWithin(middle * shape[1], shape) < 0.8 { low = middle } else { high = middle }
    }
    return log(2) / log(high)
  }

  /// The share of errors that stay within a width, of an own part of this shape and a common one as wide as it.
  private static func shareWithin(_ width: Double, _ shape: [Double]) -> Double {
    let scale = shape[1] / common80
    var share = 0.0
    for point in commonPoints {
      let common = scale * point.value
      share += point.weight * (shareBelow(width - common, shape) - shareBelow(-width - common, shape))
    }
    return share
  }

  /// Points of the common number above nought, each with the share of these that it stands for: a Student t number of n degrees of freedom
  /// is `sqrt(n) tan(angle)`, with angles as dense as `cos(angle)^(n - 1)`.
  private static let commonPoints: [(value: Double, weight: Double)] = {
    let count = 24
    let angles = (0..<count).map { (Double($0) + 0.5) * Double.pi / Double(2 * count) }
    let densities = angles.map { pow(cos($0), ErrorLaw.commonDegreesOfFreedom - 1) }
    let total = densities.reduce(0, +)
    return zip(angles, densities).map { angle, density in
      (value: ErrorLaw.commonDegreesOfFreedom.squareRoot() * tan(angle), weight: density / total)
    }
  }()

  /// The share of own errors below this many of their standard deviations: `ownError` turned round.
  private static func shareBelow(_ own: Double, _ shape: [Double]) -> Double {
    let size = normalSize(abs(own), shape)
    return 0.5 * erfc((own < 0 ? size : -size) / 2.0.squareRoot())
  }

  /// The size of the normal number that an own error of this size is drawn from; of sizes that many come to, the largest.
  private static func normalSize(_ size: Double, _ shape: [Double]) -> Double {
    var (lowPoint, low) = (0.0, 0.0)
    for (point, value) in zip(normalPoints, shape) {
      if size < value { return lowPoint + (point - lowPoint) * (size - low) / (value - low) }
      (lowPoint, low) = (point, value)
    }
    return low > 0 ? lowPoint * size / low : .infinity
  }
}
