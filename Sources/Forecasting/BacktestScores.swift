internal import NumericCore
internal import PlacePlanning

extension BacktestOutcomes {
  var backtest: Backtest {
    let origins = rolling.origins.filter { origin in misses.contains { $0.origin == origin.position } }
    let panel = rolling.history.panel
    return Backtest(
      scores: scores, reliability: reliability, official: officialComparisons,
      chosen: Dictionary(uniqueKeysWithValues: origins.map { (panel.years[$0.position], $0.chosen) }),
      disturbed: origins.last.map(rolling.disturbed) ?? [:])
  }

  private var reliability: [Backtest.Reliability] {
    [Phase.primary, .secondary].compactMap { phase in
      let places = misses.filter { $0.phase == phase && $0.measure == .total }.flatMap(\.places)
      return Backtest.Coverage(places).map {
        Backtest.Reliability(phase: phase, forecasts: places.count, coverage: $0)
      }
    }
  }

  /// By origin and over all of them, in order of origin, horizon, phase, measure and forecaster.
  private var scores: [Backtest.Score] {
    struct Key: Hashable {
      let origin: Int?
      let horizon: Int
      let phase: Phase
      let measure: Backtest.Measure
      let forecaster: Backtest.Forecaster
    }
    var groups: [Key: [Miss]] = [:]
    for miss in misses {
      for origin in [miss.origin, nil] {
        groups[
          Key(
            origin: origin, horizon: miss.horizon, phase: miss.phase, measure: miss.measure,
            forecaster: miss.forecaster), default: []
        ].append(miss)
      }
    }
    var scores: [Backtest.Score] = []
    for origin in Set(misses.map(\.origin)).sorted().map(Int?.some) + [nil] {
      for horizon in Set(misses.map(\.horizon)).sorted() {
        for phase in [Phase.primary, .secondary] {
          for measure in Backtest.Measure.allCases {
            for forecaster in Backtest.Forecaster.all {
              let key = Key(
                origin: origin, horizon: horizon, phase: phase, measure: measure, forecaster: forecaster)
              guard let group = groups[key] else { continue }
              scores.append(Backtest.Score(group, origin: origin.map { rolling.history.panel.years[$0] }))
            }
          }
        }
      }
    }
    return scores
  }
}

extension Backtest.Score {
  /// `misses` are of one horizon, phase, measure and forecaster, and not empty.
  init(_ misses: [BacktestOutcomes.Miss], origin: AcademicYear?) {
    let first = misses[0]
    let shares = misses.map { $0.absoluteError / $0.outcome }
    let outcomes = misses.reduce(0) { $0 + $1.outcome }
    self.origin = origin
    horizon = first.horizon
    phase = first.phase
    measure = first.measure
    forecaster = first.forecaster
    areas = misses.count
    meanAbsoluteError = mean(shares)
    medianAbsoluteError = median(shares) ?? .nan
    meanError = mean(misses.map { $0.error / $0.outcome })
    weightedAbsoluteError = misses.reduce(0) { $0 + $1.absoluteError } / outcomes
    let ranked = misses.compactMap(\.ranked)
    let scored = ranked.reduce(0) { $0 + $1.outcome }
    rankedProbabilityScore = scored > 0 ? ranked.reduce(0) { $0 + $1.score } / scored : nil
    coverage = Backtest.Coverage(misses.flatMap(\.places))
  }
}

extension Backtest.Coverage {
  /// Nil without any.
  init?(_ places: [RangePlace]) {
    guard !places.isEmpty else { return nil }
    func share(_ isIn: (RangePlace) -> Bool) -> Double {
      Double(places.count(where: isIn)) / Double(places.count)
    }
    within50 = share(\.within50)
    within80 = share(\.within80)
    within95 = share(\.within95)
    below = Forecast.probabilities.indices.map { index in share { $0.below[index] } }
  }
}

extension BacktestOutcomes {
  /// For every target year, horizon and phase of the official forecasts whose origin can be forecast, whether or not it is one
  /// of the origins asked for.
  fileprivate var officialComparisons: [Backtest.OfficialComparison] {
    struct Key: Hashable {
      let year: AcademicYear
      let horizon: Int
      let phase: Phase
    }
    let history = rolling.history
    let position = Dictionary(
      uniqueKeysWithValues: history.panel.areas.enumerated().map { ($0.element.code, $0.offset) })
    let origins = Dictionary(
      uniqueKeysWithValues: rolling.origins.map { (history.panel.years[$0.position], $0) })
    let forecastable = Set(history.panel.origins)
    return Dictionary(grouping: request.official) {
      Key(year: $0.targetYear, horizon: $0.horizon, phase: $0.phase)
    }.sorted { a, b in
      (a.key.phase.rawValue, a.key.year, a.key.horizon) < (b.key.phase.rawValue, b.key.year, b.key.horizon)
    }.compactMap { key, forecasts in
      let start = key.year - key.horizon
      guard forecastable.contains(start), let origin = origins[start] else { return nil }
      // In order of areas: what is added up and drawn again does not hang on the order of the file.
      let pairs = forecasts.compactMap { forecast -> PairedErrors? in
        guard let area = position[forecast.areaCode] else { return nil }
        return PairedErrors(
          forecast, history, origin, area: area, target: .total(key.phase), horizon: key.horizon)
      }.sorted { ($0.area, $0.official) < ($1.area, $1.official) }
      guard !pairs.isEmpty else { return nil }
      let luck = Resampling(count: pairs.count, seed: request.seed)
      func share(_ chosen: [Int]) -> Double {
        mean(chosen.map { pairs[$0].ours < pairs[$0].official ? 1 : 0 })
      }
      guard let shareBetter = luck.interval(share) else { return nil }
      return Backtest.OfficialComparison(
        targetYear: key.year, horizon: key.horizon, phase: key.phase, areas: pairs.count,
        ours: mean(pairs.map(\.ours)), official: mean(pairs.map(\.official)),
        plain321: mean(pairs.map(\.plain321)), noChange: mean(pairs.map(\.noChange)),
        shareBetter: shareBetter,
        ratio: luck.interval { chosen in
          let official = mean(chosen.map { pairs[$0].official })
          return official > 0 ? mean(chosen.map { pairs[$0].ours }) / official : nil
        })
    }
  }
}

/// Absolute errors of one area's phase total as shares of the outcome.
private struct PairedErrors {
  let area: Int
  let ours: Double
  let official: Double
  let plain321: Double
  let noChange: Double

  /// Nil where the area has no forecast of ours, or no outcome.
  init?(
    _ forecast: OfficialForecast, _ history: CohortHistory, _ origin: RollingForecast.Origin, area: Int,
    target: ForecastTarget, horizon: Int
  ) {
    func error(_ path: Path?) -> Double? {
      guard history.isForecast(area, from: origin.position), let path,
        let outcome = history.outcome(target, area, origin: origin.position, ahead: horizon), outcome > 0,
        let pupils = history.sum(target, area, countedIn: origin.position, { path[area, $0, horizon] })
      else { return nil }
      return abs(pupils / outcome - 1)
    }
    guard let ours = error(origin.path), let plain = error(origin.paths[.weighted321]),
      let noChange = error(origin.paths[.noChange])
    else { return nil }
    self.area = area
    self.ours = ours
    official = abs(forecast.error)
    plain321 = plain
    self.noChange = noChange
  }
}

/// Areas drawn again with replacement, 2,000 times.
private struct Resampling {
  private let samples: [[Int]]
  private let count: Int

  init(count: Int, seed: UInt64) {
    self.count = count
    let stream = RandomStream(seed: seed, source: .forecastCommon, area: "areas drawn again")
    samples = (1...2000).map { draw in
      (0..<count).map { Int(stream.uniform(cell: $0, draw: draw) * Double(count)) }
    }
  }

  /// Of the samples that have the statistic; nil where all areas together have none.
  func interval(_ statistic: ([Int]) -> Double?) -> Backtest.Interval? {
    let values = samples.compactMap(statistic).sorted()
    guard let value = statistic(Array(0..<count)), !values.isEmpty else { return nil }
    return Backtest.Interval(
      value: value, low: values[Int(0.025 * Double(values.count))],
      high: values[Int(0.975 * Double(values.count))])
  }
}

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
