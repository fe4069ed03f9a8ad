internal import PlacePlanning

/// What came of each forecast, area by area, and the scores that it adds up to.
struct BacktestOutcomes {
  /// One area's forecasts of one phase from one origin, by one forecaster.
  struct Miss {
    let area: Int
    let origin: Int
    let horizon: Int
    let phase: Phase
    let measure: Backtest.Measure
    let forecaster: Backtest.Forecaster
    /// Signed and absolute errors and outcomes, added over the year groups of the measure. The outcome may be nought: of a school that has
    /// closed and is counted all the same. **Units** pupils.
    var error = 0.0
    var absoluteError = 0.0
    var outcome = 0.0
    /// What the draws of its targets score, or without draws the forecasts themselves; and of places where their outcomes lay.
    var ranked = RankedScore()
    var places: [RangePlace] = []
  }

  /// Scores, added over targets, with the outcomes of these; noughts where nothing was scored. **Units** pupils.
  struct RankedScore {
    var score = 0.0
    var outcome = 0.0

    mutating func add(_ score: Double, _ outcome: Double) {
      self.score += score
      self.outcome += outcome
    }
  }

  let rolling: RollingForecast
  let request: BacktestRequest
  private(set) var misses: [Miss] = []
  private(set) var unmeasured: [Backtest.UnmeasuredRanges] = []

  init(_ rolling: RollingForecast, _ request: BacktestRequest) {
    self.rolling = rolling
    self.request = request
    let laws = rolling.errorLaws()
    let scales = rolling.areaScales(laws)
    let wanted = Set(request.origins.compactMap(rolling.history.panel.position(of:)))
    for (index, origin) in rolling.origins.enumerated() where wanted.contains(origin.position) {
      let forecast = Forecast(
        rolling, origin, laws.map { $0[index] }, scales: scales[index],
        horizon: request.furthest, draws: request.draws, seed: request.seed,
        outcomes: rolling.history)
      let first = misses.count
      for area in rolling.history.areaRows(forecast) {
        for horizon in request.horizons where origin.position + horizon < rolling.history.years {
          for phase in Backtest.phases {
            add(origin, area.position, horizon, phase, area.rows.filter { $0.horizon == horizon })
          }
        }
      }
      let scored = Set(misses[first...].filter { $0.outcome > 0 }.map(\.horizon))
      if let ranges = Backtest.UnmeasuredRanges(forecast, scored: scored) { unmeasured.append(ranges) }
    }
  }

  private mutating func add(
    _ origin: RollingForecast.Origin, _ area: Int, _ horizon: Int, _ phase: Phase, _ rows: [Forecast.Row]
  ) {
    // Where the forecast refuses a phase's total, there is none to score.
    let hasTotal = rolling.history.panel.missing(phase, area, at: origin.position).isEmpty
    for measure in Backtest.Measure.allCases where hasTotal || measure != .total {
      let targets: [ForecastTarget] =
        measure == .total ? [.total(phase)] : phase.yearGroups.map { .yearGroup($0) }
      for forecaster in Backtest.Forecaster.all {
        var miss = Miss(
          area: area, origin: origin.position, horizon: horizon, phase: phase, measure: measure,
          forecaster: forecaster)
        for target in targets {
          guard
            let outcome = rolling.history.outcome(target, area, origin: origin.position, ahead: horizon),
            let path = forecaster.path(origin),
            let forecast = rolling.history.sum(
              target, area, countedIn: origin.position, { path[area, $0, horizon] })
          else { continue }
          miss.error += forecast - outcome
          miss.absoluteError += abs(forecast - outcome)
          miss.outcome += outcome
          guard forecaster == .places else {
            // The ranked score of a point is its distance from the outcome.
            miss.ranked.add(abs(forecast - outcome), outcome)
            continue
          }
          if let row = rows.first(where: { $0.target == target }), let score = row.score {
            miss.ranked.add(score, outcome)
            // A forecast of nobody has no range to lie in.
            if row.central > 0 { miss.places.append(RangePlace(outcome, row.quantiles)) }
          }
        }
        // Nobody forecast and nobody came: not taught.
        if miss.outcome > 0 || miss.absoluteError > 0 || !miss.places.isEmpty { misses.append(miss) }
      }
    }
  }
}

/// Where an outcome lay among the quantiles of `Forecast.probabilities`.
struct RangePlace {
  let within50: Bool
  let within80: Bool
  let within95: Bool
  /// By quantile: whether the outcome is at or below it.
  let below: [Bool]

  init(_ outcome: Double, _ quantiles: [Double]) {
    func lies(from low: Int, to high: Int) -> Bool { outcome >= quantiles[low] && outcome <= quantiles[high] }
    (within50, within80, within95) = (lies(from: 2, to: 4), lies(from: 1, to: 5), lies(from: 0, to: 6))
    below = quantiles.map { outcome <= $0 }
  }
}

extension Backtest.Forecaster {
  func path(_ origin: RollingForecast.Origin) -> Path? {
    switch self {
    case .places: origin.path
    case .method(let method): origin.paths[method]
    }
  }
}

extension CohortHistory {
  /// A forecast's rows by position of the area.
  func areaRows(_ forecast: Forecast) -> [(position: Int, rows: [Forecast.Row])] {
    let byCode = Dictionary(grouping: forecast.rows) { $0.area.code }
    return panel.areas.indices.compactMap { index in byCode[panel.areas[index].code].map { (index, $0) } }
  }
}
