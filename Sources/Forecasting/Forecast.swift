internal import NumericCore
public import PlacePlanning

/// What to forecast from a panel.
public struct ForecastRequest: Sendable {
  /// The last year whose rolls may be used.
  public let origin: AcademicYear
  /// Years ahead, from 1 to this.
  public let horizon: Int
  public let draws: Int
  public let seed: UInt64
  /// Years whose rates tell little of others, such as the pandemic's; with few years around it, the year after it too.
  public let disturbed: Set<AcademicYear>

  /// 2020/21 counts as disturbed unless said otherwise.
  public init(
    origin: AcademicYear, horizon: Int, draws: Int = 2000, seed: UInt64 = 1,
    disturbed: Set<AcademicYear> = [.pandemic]
  ) {
    self.origin = origin
    self.horizon = horizon
    self.draws = draws
    self.seed = seed
    self.disturbed = disturbed
  }
}

/// Why a panel cannot be forecast as asked.
public enum ForecastRefusal: Error, Hashable, Sendable {
  /// The panel has no count in these years, of those named as origins.
  case originNotCounted([AcademicYear])
  /// Fewer than ``Forecast/leastYears`` years with counts up to the origin; the number found.
  case tooFewYears(Int)
  /// Further ahead than ``Forecast/mostYearsAhead``, or not at all.
  case horizonOutOfRange
  /// Fewer than two draws.
  case tooFewDraws
  /// No area was counted both at the origin and before it.
  case noAreaWithHistory
  /// No forecast of earlier years that found any pupils has an outcome, so that no range can be measured.
  case noErrorsToMeasure
  /// No origin and horizon of a backtest has an outcome.
  case nothingToScore
}

/// Forecast rolls of many areas from one origin, with ranges measured on the errors of earlier origins.
public struct Forecast: Sendable {
  /// A range needs errors of the past, and those need rates before them.
  public static let leastYears = 3
  public static let mostYearsAhead = 10
  /// The quantiles of a row, as shares.
  public static let probabilities = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]

  /// One target of one area at one horizon. **Units** pupils, unrounded.
  public struct Row: Sendable {
    public let area: RollPanel.Area
    public let target: ForecastTarget
    public let horizon: Int
    public let year: AcademicYear
    public let central: Double
    /// Of the draws.
    public let mean: Double
    /// In the order of ``Forecast/probabilities``.
    public let quantiles: [Double]
    /// Continuous ranked probability score of the draws against a count, were it the outcome; nil unless asked for.
    let score: Double?
  }

  public let origin: AcademicYear
  public let rows: [Row]
  /// How the method was chosen for each phase, by horizon (index 0 is horizon 1).
  public let choices: [Phase: [MethodChoice]]
  /// Years that weigh less than others, declared or found, with their weight.
  public let disturbed: [AcademicYear: Double]
  /// Areas counted at the origin and never before: nothing is forecast for them.
  public let withoutHistory: [RollPanel.Area]
  /// Year groups that nobody has attended yet and that pupils are forecast for, by area, in their order.
  public let neverAttended: [NeverAttended]
  /// Targets and horizons with pupils whose ranges do not rest on their own past errors that far ahead, or that have none.
  public let rangeBases: [RangeBasis]

  /// The method chosen for each phase, by horizon.
  public var chosen: [Phase: [ForecastMethod]] { choices.mapValues { $0.map(\.method) } }
}

/// Forecasts every area that was counted at the origin and before it.
///
/// Only what was known at the origin is used: rolls up to it, births up to the 30 June before it. Each year group and each
/// phase total (R to 6, 7 to 11, as far as the area teaches them) has a range of its own; ``Forecast/rangeBases`` names those that
/// could not be measured. The result does not depend on the order of the areas, nor does one area's luck on which others are there.
/// **Throws** ``ForecastRefusal``.
public func forecast(_ panel: RollPanel, _ request: ForecastRequest) throws(ForecastRefusal) -> Forecast {
  guard (1...Forecast.mostYearsAhead).contains(request.horizon) else { throw .horizonOutOfRange }
  guard request.draws >= 2 else { throw .tooFewDraws }
  let known = try panel.known(atOrigin: request.origin)
  let last = known.years.count - 1
  let rolling = RollingForecast(known, declared: known.positions(of: request.disturbed))
  guard let origin = rolling.origins.last,
    known.areas.indices.contains(where: { known.isForecast($0, from: last) })
  else { throw .noAreaWithHistory }
  let laws = rolling.errorLaws()
  let forecast = Forecast(
    rolling, origin, laws.map { $0.last ?? [] }, scales: rolling.areaScales(laws).last ?? [:],
    horizon: request.horizon, draws: request.draws, seed: request.seed, outcomes: nil)
  guard !forecast.rows.isEmpty else { throw .noErrorsToMeasure }
  return forecast
}

extension RollPanel {
  /// The years that forecasts can be made from: counted, and with enough years counted up to them.
  public var origins: [AcademicYear] { years.filter { (try? known(atOrigin: $0)) != nil } }

  /// What is known in a year that forecasts can be made from. **Throws** ``ForecastRefusal`` for any other.
  func known(atOrigin origin: AcademicYear) throws(ForecastRefusal) -> RollPanel {
    guard let known = known(in: origin), !known.yearsNotCounted.contains(origin) else {
      throw .originNotCounted([origin])
    }
    let counted = known.years.count - known.yearsNotCounted.count
    guard counted >= Forecast.leastYears else { throw .tooFewYears(counted) }
    return known
  }

  func positions(of years: Set<AcademicYear>) -> Set<Int> { Set(years.compactMap(position(of:))) }
}

extension Forecast {
  /// `laws` by target in the order of `ForecastTarget.all`, then horizon. Targets without an error law are left out and named. `scales`
  /// widen areas' own errors, by phase and area; where there are none they stay as they are. With `outcomes`, a panel that goes on beyond the
  /// origin, each row that has an outcome is scored.
  init(
    _ rolling: RollingForecast, _ origin: RollingForecast.Origin, _ laws: [[ErrorLaw?]],
    scales: [Phase: [Double]], horizon: Int, draws: Int, seed: UInt64, outcomes: CohortHistory?
  ) {
    let history = rolling.history
    let panel = history.panel
    self.origin = panel.years[origin.position]
    choices = origin.choices.mapValues { Array($0.prefix(horizon)) }
    disturbed = rolling.disturbed(origin)
    withoutHistory = panel.areasNew(at: self.origin)
    let areas = panel.areas.indices.filter { panel.isForecast($0, from: origin.position) }
    neverAttended = areas.compactMap { NeverAttended(history, origin, area: $0, horizon: horizon) }
    let luck = ForecastLuck(seed: seed, draws: draws, cells: ForecastTarget.all.count * Self.mostYearsAhead)
    let areaRows = AreaRows(
      rolling: rolling, origin: origin, laws: laws, scales: scales, horizon: horizon, luck: luck,
      outcomes: outcomes)
    var rows: [Row] = []
    var bases = RangeBases()
    for found in inParallel(areas.count, { areaRows.rows(of: areas[$0]) }) {
      rows += found.rows
      bases.add(contentsOf: found.bases)
    }
    self.rows = rows
    rangeBases = bases.list
  }
}

/// What the rows of every area are worked out from.
private struct AreaRows {
  let rolling: RollingForecast
  let origin: RollingForecast.Origin
  /// By target in the order of `ForecastTarget.all`, then horizon.
  let laws: [[ErrorLaw?]]
  let scales: [Phase: [Double]]
  let horizon: Int
  let luck: ForecastLuck
  let outcomes: CohortHistory?

  func rows(of area: Int) -> (rows: [Forecast.Row], bases: RangeBases) {
    let (history, panel) = (rolling.history, rolling.history.panel)
    var summary = QuantileFinder(probabilities: Forecast.probabilities)
    var rows: [Forecast.Row] = []
    var bases = RangeBases()
    for (position, target) in ForecastTarget.all.enumerated() {
      if case .total(let phase) = target, !panel.missing(phase, area, at: origin.position).isEmpty {
        continue
      }
      for ahead in 1...horizon {
        guard
          let central = history.sum(
            target, area, countedIn: origin.position, { origin.path[area, $0, ahead] })
        else { continue }
        let measured = laws[position][ahead - 1]
        if central > 0 { bases.note(measured, target: position, area: area, ahead: ahead) }
        guard let law = measured else { continue }
        let cell = position * Forecast.mostYearsAhead + ahead - 1
        var values = law.scaled(own: scales[target.phase]?[area] ?? 1, common: 1).draws(
          central, common: luck.common[cell], own: luck.own(panel.areas[area].code, cell))
        let (mean, quantiles) = values.withUnsafeBufferPointer { summary.summarise($0) }
        let score = outcomes?.outcome(target, area, origin: origin.position, ahead: ahead)
          .map { rankedProbabilityScore(&values, $0) }
        rows.append(
          Forecast.Row(
            area: panel.areas[area], target: target, horizon: ahead,
            year: panel.years[origin.position] + ahead, central: central, mean: mean, quantiles: quantiles,
            score: score))
      }
    }
    return (rows, bases)
  }
}
