internal import Foundation

/// How far forecasts of one target at one horizon miss: what all areas have in common, and each area's own part.
///
/// Relative to the forecast, an area's error is `common + own`. The own part varies by `perPupil / forecast + floor`; `shape`
/// holds what 50, 80 and 95 in a hundred of own errors stayed within, in those standard deviations. The common part has one
/// value an origin, so that the past says little of it: it is a Student t number of few degrees of freedom, which allows for a
/// pandemic, its scale pooled from the origins seen and a prior.
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
  }

  private var noise: SamplingNoise
  private let shape: [Double]
  private var commonScale: Double

  private static let levels = [0.5, 0.8, 0.95]
  /// What errors keep of their weight for each year of age.
  private static let recency = 0.8
  /// From this many years of rates on, an origin's errors have their full weight.
  private static let fullHistory = 5.0
  /// The prior of the common scale: this share of the middle area's own deviation, with the weight of so many origins.
  private static let priorShare = 0.3
  private static let priorWeight = 2.0
  static let commonDegreesOfFreedom = 2.5
  /// Half the width that holds 80 in a hundred of a t number of so many degrees of freedom.
  private static let common80 = 1.731
  /// By what power of the horizon errors grow beyond the horizons seen: cohorts in school; with children still to come.
  private static let growth = 0.75
  private static let intakeGrowth = 1.2

  /// Nil without any miss.
  init?(_ origins: [OriginMisses]) {
    var own: [SamplingNoise.Deviation] = []
    var sizes: [(size: Double, forecast: Double, weight: Double)] = []
    var (squares, total) = (0.0, 0.0)
    for origin in origins {
      guard let common = median(origin.misses.map(\.error)) else { continue }
      squares += origin.weight * common * common
      total += origin.weight
      guard origin.misses.count > 1 else { continue }
      let spare = Double(origin.misses.count) / Double(origin.misses.count - 1)
      for miss in origin.misses {
        let square = (miss.error - common) * (miss.error - common) * spare
        own.append(.init(square: square, cohort: miss.forecast))
        sizes.append((square.squareRoot(), miss.forecast, origin.weight))
      }
    }
    guard total > 0 else { return nil }
    let noise = SamplingNoise(own)
    shape = Self.levels.map { level in
      weightedQuantile(
        sizes.map { ($0.size / max(1e-9, noise.variance($0.forecast).squareRoot()), $0.weight) }, level)
    }
    if let middle = median(own.map(\.cohort)) {
      let prior = Self.priorShare * Self.priorShare * noise.variance(middle)
      commonScale = ((Self.priorWeight * prior + squares) / (Self.priorWeight + total)).squareRoot()
    } else {
      // One area alone: all of its error is common.
      commonScale = (squares / total).squareRoot()
    }
    self.noise = noise
  }

  /// The same for a horizon that no earlier forecast has reached yet.
  func stretched(from seen: Int, to horizon: Int, holdsIntake: Bool) -> ErrorLaw {
    scaled(by: pow(Double(horizon) / Double(seen), holdsIntake ? Self.intakeGrowth : Self.growth))
  }

  func scaled(by factor: Double) -> ErrorLaw {
    var law = self
    law.noise = noise.scaled(by: factor * factor)
    law.commonScale *= factor
    return law
  }

  /// By how much to widen or narrow the law so that 80 in a hundred of past misses would have stayed within what was said at the time.
  ///
  /// `past` holds each origin's misses with the law as it stood then. With few origins only part of the correction is made.
  static func calibration(_ past: [(law: ErrorLaw, misses: OriginMisses)]) -> Double? {
    let scores = past.flatMap { then in
      then.misses.misses.map { (abs($0.error) / then.law.halfWidth80($0.forecast), then.misses.weight) }
    }
    guard !scores.isEmpty else { return nil }
    let factor = weightedQuantile(scores, 0.8)
    let trust = Double(past.count) / Double(past.count + 1)
    return min(1.6, max(0.6, pow(factor, trust)))
  }

  /// Of the whole error, taking common and own part as independent.
  private func halfWidth80(_ forecast: Double) -> Double {
    let common = Self.common80 * commonScale
    return max(1e-9, (common * common + shape[1] * shape[1] * noise.variance(forecast)).squareRoot())
  }

  /// One draw: the forecast with a common and an own error; never below nought.
  ///
  /// `common` is a Student t number of ``commonDegreesOfFreedom``, `own` uniform between 0 and 1.
  func draw(_ forecast: Double, common: Double, own: Double) -> Double {
    forecast <= 0
      ? 0
      : max(0, forecast * (1 + commonScale * common + noise.variance(forecast).squareRoot() * ownError(own)))
  }

  /// The own error, in its standard deviations: straight between the levels of `shape`; beyond the last, a normal number's tail
  /// scaled to meet it.
  private func ownError(_ uniform: Double) -> Double {
    let level = abs(2 * uniform - 1)
    let sign = uniform < 0.5 ? -1.0 : 1
    var (lowLevel, low) = (0.0, 0.0)
    for (upper, value) in zip(Self.levels, shape) {
      if level <= upper { return sign * (low + (value - low) * (level - lowLevel) / (upper - lowLevel)) }
      (lowLevel, low) = (upper, value)
    }
    return sign * low * Self.normalTail(level) / Self.normalTail(lowLevel)
  }

  /// What a standard normal number stays within with this probability, for 0.95 and more, to 5e-4.
  ///
  /// Source: Abramowitz and Stegun, 26.2.23.
  private static func normalTail(_ level: Double) -> Double {
    let t = (-2 * log((1 - level) / 2)).squareRoot()
    return t - (2.515517 + t * (0.802853 + t * 0.010328))
      / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  }
}

extension RollingForecast {
  /// The laws of every target in the order of `ForecastTarget.all`, by origin and horizon. A year group that no forecast has
  /// reached yet, in a school that grows from below, has that of the year group below it.
  func errorLaws() -> [[[ErrorLaw?]]] {
    var laws = ForecastTarget.all.map(errorLaws)
    for group in 1..<CohortHistory.groups {
      for origin in laws[group].indices {
        for index in laws[group][origin].indices where laws[group][origin][index] == nil {
          laws[group][origin][index] = laws[group - 1][origin][index]
        }
      }
    }
    return laws
  }

  /// The laws of a target's errors by origin and horizon (index 0 is horizon 1), each from outcomes known by that origin.
  func errorLaws(_ target: ForecastTarget) -> [[ErrorLaw?]] {
    var plain: [[ErrorLaw?]] = []
    var calibrated: [[ErrorLaw?]] = []
    let misses = origins.map { past in (1...max(1, horizon)).map { errors(target, past, $0) } }
    for now in origins {
      func seen(_ ahead: Int) -> [(index: Int, misses: ErrorLaw.OriginMisses)] {
        origins.indices.filter {
          origins[$0].position + ahead <= now.position && !misses[$0][ahead - 1].isEmpty
        }
        .map { index in
          let past = origins[index].position
          return (
            index, .init(age: now.position - ahead - past, years: past, misses: misses[index][ahead - 1])
          )
        }
      }
      var last: (law: ErrorLaw, horizon: Int)?
      let laws = (1...max(1, horizon)).map { ahead -> ErrorLaw? in
        if let law = ErrorLaw(seen(ahead).map(\.misses)) {
          last = (law, ahead)
          return law
        }
        return last.map {
          $0.law.stretched(from: $0.horizon, to: ahead, holdsIntake: target.holdsIntake(ahead))
        }
      }
      // A horizon that no earlier forecast has reached is widened as the last one that was.
      var factor = 1.0
      calibrated.append(
        laws.enumerated().map { index, law in
          let past = seen(index + 1).compactMap { past in plain[past.index][index].map { ($0, past.misses) } }
          factor = ErrorLaw.calibration(past) ?? factor
          return law?.scaled(by: factor)
        })
      plain.append(laws)
    }
    return calibrated
  }
}
