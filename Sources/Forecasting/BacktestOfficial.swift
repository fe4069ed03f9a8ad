internal import NumericCore
internal import PlacePlanning

extension BacktestOutcomes {
  /// The official forecasts of the origins and horizons asked for beside ours, by target year, horizon and phase; and how many could
  /// not be compared, but for those of areas without rolls.
  var officialResults: (compared: [Backtest.OfficialComparison], notCompared: [Backtest.NotCompared]) {
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
    let asked = Set(request.origins)
    var compared: [Backtest.OfficialComparison] = []
    var notCompared: [Backtest.NotCompared] = []
    let groups = Dictionary(grouping: request.official) {
      Key(year: $0.targetYear, horizon: $0.horizon, phase: $0.phase)
    }.sorted { a, b in
      (a.key.phase.rawValue, a.key.year, a.key.horizon) < (b.key.phase.rawValue, b.key.year, b.key.horizon)
    }
    for (key, forecasts) in groups {
      func leave(_ forecasts: Int, _ reason: Backtest.NotCompared.Reason) {
        guard forecasts > 0 else { return }
        notCompared.append(
          Backtest.NotCompared(
            targetYear: key.year, horizon: key.horizon, phase: key.phase, reason: reason,
            forecasts: forecasts))
      }
      let known = forecasts.filter { position[$0.areaCode] != nil }
      let start = key.year - key.horizon
      guard forecastable.contains(start), let origin = origins[start] else {
        leave(known.count, .originTooEarlyOrNotCounted)
        continue
      }
      guard asked.contains(start) else {
        leave(known.count, .originNotAskedFor)
        continue
      }
      guard request.horizons.contains(key.horizon) else {
        leave(known.count, .horizonNotAskedFor)
        continue
      }
      // In order of areas: what is added up and drawn again does not hang on the order of the file.
      let pairs = known.compactMap { forecast -> PairedErrors? in
        guard let area = position[forecast.areaCode] else { return nil }
        return PairedErrors(forecast, history, origin, area: area)
      }.sorted { ($0.area, $0.official) < ($1.area, $1.official) }
      leave(known.count - pairs.count, .noForecastOrOutcome)
      if let comparison = Backtest.OfficialComparison(
        key.year, key.horizon, key.phase, pairs, seed: request.seed)
      {
        compared.append(comparison)
      }
    }
    return (compared, notCompared)
  }
}

extension Backtest.OfficialComparison {
  /// Nil without pairs.
  init?(_ year: AcademicYear, _ horizon: Int, _ phase: Phase, _ pairs: [PairedErrors], seed: UInt64) {
    guard !pairs.isEmpty else { return nil }
    let luck = Resampling(count: pairs.count, seed: seed)
    func share(_ chosen: [Int]) -> Double {
      mean(chosen.map { pairs[$0].ours < pairs[$0].official ? 1 : 0 })
    }
    guard let shareBetter = luck.interval(share) else { return nil }
    self.init(
      targetYear: year, horizon: horizon, phase: phase, areas: pairs.count,
      ours: mean(pairs.map(\.ours)), official: mean(pairs.map(\.official)),
      plain321: mean(pairs.map(\.plain321)), noChange: mean(pairs.map(\.noChange)),
      shareBetter: shareBetter,
      ratio: luck.interval { chosen in
        let official = mean(chosen.map { pairs[$0].official })
        return official > 0 ? mean(chosen.map { pairs[$0].ours }) / official : nil
      })
  }
}

/// Absolute errors of one area's phase total as shares of the outcome.
struct PairedErrors {
  let area: Int
  let ours: Double
  let official: Double
  let plain321: Double
  let noChange: Double
}

extension PairedErrors {
  /// Nil where the area has no forecast of ours, or no outcome; nor one of the whole phase, which the council's is of: a total of Years 1
  /// to 6, say, misses without Reception's births and is not what the council foretold.
  init?(
    _ forecast: OfficialForecast, _ history: CohortHistory, _ origin: RollingForecast.Origin, area: Int
  ) {
    let (target, horizon) = (ForecastTarget.total(forecast.phase), forecast.horizon)
    guard target.groups.allSatisfy({ !history.panel[area, $0, origin.position].isNaN }) else { return nil }
    func error(_ path: Path?) -> Double? {
      guard history.panel.isForecast(area, from: origin.position), let path,
        let outcome = history.outcome(target, area, origin: origin.position, ahead: horizon), outcome > 0,
        let pupils = history.sum(target, area, countedIn: origin.position, { path[area, $0, horizon] })
      else { return nil }
      return abs(pupils / outcome - 1)
    }
    guard let ours = error(origin.path), let plain = error(origin.paths[.weighted321]),
      let noChange = error(origin.paths[.noChange])
    else { return nil }
    self.init(
      area: area, ours: ours, official: abs(forecast.error), plain321: plain, noChange: noChange)
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
