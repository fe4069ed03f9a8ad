internal import NumericCore
internal import PlacePlanning

/// Forecasts from each origin of a panel in turn, each from what was known by then: its own rates, and how far the forecasts
/// of earlier origins had missed.
///
/// An origin's forecast uses rolls up to it, births up to the 30 June before it, and outcomes of earlier forecasts up to it;
/// so it is the same whether the panel goes on after it or ends there.
struct RollingForecast {
  /// What was forecast from one origin.
  struct Origin {
    let position: Int
    let model: PooledModel
    /// Every method's central path.
    let paths: [ForecastMethod: Path]
    /// How the method was chosen, by phase and horizon (index 0 is horizon 1).
    let choices: [Phase: [MethodChoice]]
    /// The chosen methods' path.
    let path: Path
  }

  let history: CohortHistory
  /// Years ahead: one at the least.
  let horizon: Int
  private(set) var origins: [Origin] = []
  /// How far earlier forecasts missed whose outcome is known, oldest first.
  private var known: [Known: [[ForecastMethod: Miss]]] = [:]

  private struct Known: Hashable {
    let phase: Phase
    let ahead: Int
  }

  /// `declared` are positions of disturbed years. Origins start with the second year of the panel. Whatever is asked for, every horizon
  /// is forecast: the ranges of one lean on those of its neighbours.
  init(_ panel: RollPanel, declared: Set<Int>, horizon: Int = Forecast.mostYearsAhead) {
    let history = CohortHistory(panel)
    self.history = history
    self.horizon = horizon
    let positions = Array((0..<history.years).dropFirst())
    // All that does not hang on how earlier forecasts missed.
    let models = inParallel(positions.count) {
      PooledModel(history, origin: positions[$0], declared: declared)
    }
    let undamped = inParallel(positions.count) { index in
      let model = models[index]
      let share = LevelShare(
        Array(models.prefix(index)), entryGroups: model.entryGroups, quality: model.quality)
      return (origin: positions[index], path: model.path(share, horizon: horizon))
    }
    let paths = inParallel(positions.count) { index in
      let origin = positions[index]
      let damping = TotalDamping(
        Array(undamped.prefix(index)), history, at: origin, horizon: horizon)
      var paths = [ForecastMethod.pooled: damping.applied(to: undamped[index].path, history, origin)]
      for method in ForecastMethod.allCases where method != .pooled {
        paths[method] = history.path(method, from: origin, horizon: horizon)
      }
      return paths
    }
    for (index, origin) in positions.enumerated() {
      noteMisses(knownFirstAt: origin)
      let choices = choices(at: origin)
      origins.append(
        Origin(
          position: origin, model: models[index], paths: paths[index], choices: choices,
          path: Path(joining: paths[index], choices)))
    }
  }

  private func choices(at origin: Int) -> [Phase: [MethodChoice]] {
    Dictionary(
      uniqueKeysWithValues: Phase.allCases.map { phase in
        (phase, (1...horizon).map { choice(phase, $0, at: origin) })
      })
  }

  /// A rival replaces the pooled method in a phase and at a horizon where it missed no more, in totals and in year groups alike, at any
  /// of the earlier origins whose outcome is known, and less by a twentieth over all of them. Outcomes that overlap say little more than
  /// one: there must be four times as many origins as the horizon has years.
  private func choice(_ phase: Phase, _ ahead: Int, at origin: Int) -> MethodChoice {
    let wanted = MethodChoice.originsPerYear * ahead
    let earlier = origins.count { $0.position + ahead <= origin }
    guard earlier >= wanted else { return MethodChoice(tooFew: earlier, of: wanted) }
    let misses = known[Known(phase: phase, ahead: ahead)] ?? []
    guard misses.count >= wanted else { return MethodChoice(tooFew: misses.count, of: wanted) }
    let better = ForecastMethod.allCases.filter { rival in
      rival != .pooled
        && [\Miss.total, \Miss.yearGroups].allSatisfy { measure in
          let pairs = misses.map {
            ($0[rival]?[keyPath: measure] ?? .nan, $0[.pooled]?[keyPath: measure] ?? .nan)
          }
          return pairs.allSatisfy { $0 <= $1 * (1 + 1e-9) }
            && pairs.reduce(0) { $0 + $1.0 } < 0.95 * pairs.reduce(0) { $0 + $1.1 }
        }
    }
    func all(_ method: ForecastMethod) -> Double { misses.reduce(0) { $0 + ($1[method]?.total ?? 0) } }
    return MethodChoice(
      method: better.min { all($0) < all($1) } ?? .pooled, origins: misses.count, originsWanted: wanted,
      records: records(misses))
  }

  /// Adds the misses of forecasts whose outcome was counted in a year, of horizons at which a choice may ever be made.
  private mutating func noteMisses(knownFirstAt year: Int) {
    for past in origins {
      let ahead = year - past.position
      guard ahead <= horizon, MethodChoice.originsPerYear * ahead < history.years else { continue }
      for phase in Phase.allCases {
        guard let misses = misses(phase, past, ahead) else { continue }
        known[Known(phase: phase, ahead: ahead), default: []].append(misses)
      }
    }
  }

  /// By method, its misses averaged over origins; without those that lack one.
  private func records(_ misses: [[ForecastMethod: Miss]]) -> [ForecastMethod: MethodChoice.Record] {
    var records: [ForecastMethod: MethodChoice.Record] = [:]
    for method in ForecastMethod.allCases {
      let totals = mean(misses.map { $0[method]?.total ?? .nan })
      let yearGroups = mean(misses.map { $0[method]?.yearGroups ?? .nan })
      guard totals.isFinite, yearGroups.isFinite else { continue }
      records[method] = MethodChoice.Record(totals: totals, yearGroups: yearGroups)
    }
    return records
  }

  /// Absolute errors over all areas, as a share of the outcomes.
  private struct Miss {
    var total = 0.0
    var yearGroups = 0.0
  }

  /// By method, how far an origin's forecasts of a phase missed; nil where nothing came of them.
  private func misses(_ phase: Phase, _ past: Origin, _ ahead: Int) -> [ForecastMethod: Miss]? {
    var actual = Miss()
    var misses: [ForecastMethod: Miss] = [:]
    for area in 0..<history.areas where history.panel.isForecast(area, from: past.position) {
      func add(_ target: ForecastTarget, _ measure: WritableKeyPath<Miss, Double>) {
        guard let outcome = history.outcome(target, area, origin: past.position, ahead: ahead) else { return }
        actual[keyPath: measure] += outcome
        for (method, path) in past.paths {
          let forecast = history.sum(target, area, countedIn: past.position) { path[area, $0, ahead] }
          misses[method, default: Miss()][keyPath: measure] += abs((forecast ?? .nan) - outcome)
        }
      }
      add(.total(phase), \.total)
      for group in phase.yearGroups { add(.yearGroup(group), \.yearGroups) }
    }
    guard actual.total > 0 else { return nil }
    return misses.mapValues {
      Miss(total: $0.total / actual.total, yearGroups: $0.yearGroups / actual.yearGroups)
    }
  }

  /// Years that weigh less than others, as an origin saw them.
  func disturbed(_ origin: Origin) -> [AcademicYear: Double] {
    Dictionary(
      uniqueKeysWithValues: origin.model.quality.enumerated().filter { $0.element < 1 }
        .map { (history.panel.years[$0.offset], $0.element) })
  }

  /// An origin's forecasts of a target one year ahead, of areas that have any pupils then.
  func forecasts(_ target: ForecastTarget, _ origin: Origin) -> [Double] {
    (0..<history.areas).compactMap { area in
      guard history.panel.isForecast(area, from: origin.position),
        let forecast = history.sum(target, area, countedIn: origin.position, { origin.path[area, $0, 1] }),
        forecast > 0
      else { return nil }
      return forecast
    }
  }

  /// An origin's relative errors of a target, each with its forecast and the area's position.
  func areaMisses(
    _ target: ForecastTarget, _ past: Origin, _ ahead: Int
  ) -> [(area: Int, miss: ErrorLaw.Miss)] {
    (0..<history.areas).compactMap { area in
      guard history.panel.isForecast(area, from: past.position),
        let forecast = history.sum(target, area, countedIn: past.position, { past.path[area, $0, ahead] }),
        let actual = history.outcome(target, area, origin: past.position, ahead: ahead), forecast > 0
      else { return nil }
      return (area: area, miss: ErrorLaw.Miss(error: actual / forecast - 1, forecast: forecast))
    }
  }
}

extension Path {
  /// Each phase and horizon from the method chosen for it.
  init(joining paths: [ForecastMethod: Path], _ choices: [Phase: [MethodChoice]]) {
    self = paths[.pooled] ?? Path(areas: 0, horizon: 0)
    for yearGroup in YearGroup.all {
      for (index, choice) in (choices[yearGroup.phase] ?? []).enumerated() where choice.method != .pooled {
        guard let other = paths[choice.method] else { continue }
        for area in 0..<areas {
          self[area, yearGroup.number, index + 1] = other[area, yearGroup.number, index + 1]
        }
      }
    }
  }
}
