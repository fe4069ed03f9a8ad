internal import PlacePlanning

extension BacktestOutcomes {
  var backtest: Backtest {
    let origins = rolling.origins.filter { origin in
      misses.contains { $0.origin == origin.position && $0.outcome > 0 }
    }
    let panel = rolling.history.panel
    let (compared, notCompared) = officialResults
    return Backtest(
      scores: scores, reliability: reliability, official: compared, notCompared: notCompared,
      unmeasured: unmeasured,
      choices: Dictionary(
        uniqueKeysWithValues: origins.map { origin in
          (panel.years[origin.position], origin.choices.mapValues { Array($0.prefix(request.furthest)) })
        }),
      disturbed: origins.reduce(into: [AcademicYear: Double]()) { weights, origin in
        weights.merge(rolling.disturbed(origin)) { _, later in later }
      })
  }

  private var reliability: [Backtest.Reliability] {
    Backtest.phases.compactMap { phase in
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
        for phase in Backtest.phases {
          for measure in Backtest.Measure.allCases {
            for forecaster in Backtest.Forecaster.all {
              let key = Key(
                origin: origin, horizon: horizon, phase: phase, measure: measure, forecaster: forecaster)
              guard let group = groups[key], group.contains(where: { $0.outcome > 0 }) else { continue }
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
  /// `misses` are of one horizon, phase, measure and forecaster; one of them at least has an outcome above nought.
  init(_ misses: [BacktestOutcomes.Miss], origin: AcademicYear?) {
    let first = misses[0]
    let counted = misses.filter { $0.outcome > 0 }
    let shares = counted.map { $0.absoluteError / $0.outcome }
    let outcomes = misses.reduce(0) { $0 + $1.outcome }
    self.origin = origin
    horizon = first.horizon
    phase = first.phase
    measure = first.measure
    forecaster = first.forecaster
    areas = counted.count
    meanAbsoluteError = mean(shares)
    medianAbsoluteError = median(shares) ?? .nan
    meanError = mean(counted.map { $0.error / $0.outcome })
    weightedAbsoluteError = misses.reduce(0) { $0 + $1.absoluteError } / outcomes
    let scored = misses.reduce(0) { $0 + $1.ranked.outcome }
    rankedProbabilityScore = scored > 0 ? misses.reduce(0) { $0 + $1.ranked.score } / scored : nil
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
    outcomes = places.count
    within50 = share(\.within50)
    within80 = share(\.within80)
    within95 = share(\.within95)
    below = Forecast.probabilities.indices.map { index in share { $0.below[index] } }
  }
}
