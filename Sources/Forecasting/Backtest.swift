public import PlacePlanning

/// What to backtest.
public struct BacktestRequest: Sendable {
  public let origins: [AcademicYear]
  public let horizons: [Int]
  public let draws: Int
  public let seed: UInt64
  public let disturbed: Set<AcademicYear>
  /// The councils' own forecasts, where there are any; those of other origins and horizons are not compared.
  public var official: [OfficialForecast]

  var furthest: Int { horizons.max() ?? 1 }

  /// Every origin with every horizon; `draws` stand behind each range.
  public init(
    origins: [AcademicYear], horizons: [Int], draws: Int = 1000, seed: UInt64 = 1,
    disturbed: Set<AcademicYear> = [.pandemic], official: [OfficialForecast] = []
  ) {
    self.origins = origins
    self.horizons = horizons
    self.draws = draws
    self.seed = seed
    self.disturbed = disturbed
    self.official = official
  }
}

/// How forecasts from past origins turned out, each made from what was known then.
public struct Backtest: Sendable {
  /// Who made a forecast: the methods chosen at the time, or one method throughout.
  public enum Forecaster: Hashable, Sendable {
    case places
    case method(ForecastMethod)

    public var name: String {
      switch self {
      case .places: "places"
      case .method(let method): method.rawValue
      }
    }

    /// The form of the papers, in which “places” are those of schools: `Ours`, `No change`.
    public var title: String {
      switch self {
      case .places: "Ours"
      case .method(let method): method.title
      }
    }

    public static let all: [Forecaster] = [.places] + ForecastMethod.allCases.map { .method($0) }
  }

  /// What is scored: each area's phase total, where one is forecast (``Forecast/PartialPhase``), or its year groups of the phase.
  public enum Measure: String, CaseIterable, Sendable {
    case total
    case yearGroups = "year_groups"
  }

  /// One forecaster's score over the areas of an origin and horizon, or over several origins.
  public struct Score: Sendable {
    /// Nil over all origins.
    public let origin: AcademicYear?
    public let horizon: Int
    public let phase: Phase
    public let measure: Measure
    public let forecaster: Forecaster
    /// Areas that pupils came to, each counted once an origin.
    public let areas: Int
    /// Over these areas, of the absolute error as a share of the outcome; for year groups the errors of an area are added first.
    public let meanAbsoluteError: Double
    public let medianAbsoluteError: Double
    /// Signed: above nought when the forecast was too high.
    public let meanError: Double
    /// Absolute errors added over areas, as a share of the outcomes added. Here, in the ranked score and in the coverage, areas count too
    /// that pupils were forecast in and none came to.
    public let weightedAbsoluteError: Double
    /// Continuous ranked probability score as a share of the outcomes, added as the errors are: of the draws for ``Forecaster/places``. The
    /// others forecast a point, whose score is its absolute error, so that it is their ``weightedAbsoluteError``.
    public let rankedProbabilityScore: Double?
    /// For ``Forecaster/places`` only.
    public let coverage: Coverage?
  }

  /// How often the outcome lay in a range, as a share; and how often below each quantile of `Forecast.probabilities`.
  public struct Coverage: Sendable {
    /// How many outcomes it rests on: of single year groups where it is of these, and noughts where a school has closed.
    public let outcomes: Int
    public let within50: Double
    public let within80: Double
    public let within95: Double
    public let below: [Double]
  }

  /// Ours beside the official forecasts of one target year, horizon and phase, over the areas that have both.
  public struct OfficialComparison: Sendable {
    public let targetYear: AcademicYear
    public let horizon: Int
    public let phase: Phase
    public let areas: Int
    public let ours: Double
    public let official: Double
    public let plain321: Double
    public let noChange: Double
    /// The share of areas in which ours missed by less, with a 95% interval over resampled areas.
    public let shareBetter: Interval
    /// Ours over official, of the mean absolute errors, with a 95% interval over resampled areas that the councils did not all
    /// foretell exactly. Nil where they missed by nothing anywhere.
    public let ratio: Interval?
  }

  /// Official forecasts of one target year, horizon and phase that ours were not held against.
  public struct NotCompared: Hashable, Sendable {
    /// What kept them out.
    public enum Reason: CaseIterable, Sendable {
      /// Nothing can be forecast from the rolls of that year.
      case originTooEarlyOrNotCounted
      case originNotAskedFor
      case horizonNotAskedFor
      /// The area has no forecast of ours from that origin, or no count to hold it against.
      case noForecastOrOutcome
    }

    public let targetYear: AcademicYear
    public let horizon: Int
    public let phase: Phase
    public let reason: Reason
    /// How many areas'.
    public let forecasts: Int
  }

  /// A figure with the ends of its 95% interval.
  public struct Interval: Sendable {
    public let value: Double
    public let low: Double
    public let high: Double
  }

  /// Ranges of one origin that do not rest on how far earlier forecasts of their targets had missed that far ahead. They are scored with
  /// the others.
  public struct UnmeasuredRanges: Sendable {
    public let origin: AcademicYear
    /// Of the phases and years ahead that are scored.
    public let bases: [Forecast.RangeBasis]
    /// Years ahead that are scored, rising, at which every target's ranges are stretched from shorter ones.
    public let stretchedHorizons: [Int]
  }

  /// How the ranges of phase totals held over all origins and horizons.
  public struct Reliability: Sendable {
    public let phase: Phase
    public let forecasts: Int
    public let coverage: Coverage
  }

  /// The phases that are scored.
  public static let phases: [Phase] = [.primary, .secondary]

  public let scores: [Score]
  public let reliability: [Reliability]
  public let official: [OfficialComparison]
  /// In the same order; those of areas without any rolls are not among them.
  public let notCompared: [NotCompared]
  /// By origin, rising; none of an origin whose ranges are all measured.
  public let unmeasured: [UnmeasuredRanges]
  /// How methods were chosen at each origin, by phase and horizon (index 0 is horizon 1).
  public let choices: [AcademicYear: [Phase: [MethodChoice]]]
  /// Years that weighed less than others at an origin or more, each with its weight as the last of these saw it.
  public let disturbed: [AcademicYear: Double]
}

/// Forecasts from each origin and scores what came of it. Origins and horizons without any outcome give no score.
///
/// The forecast of an origin is that of ``forecast(_:_:)`` to the bit. Official forecasts of the same origins and horizons stand beside
/// ours; all others are listed as not compared. **Throws** ``ForecastRefusal``: for origins that are
/// not counted, all of them at once, for one that has too few years before it, a horizon out of range, or no outcome at all.
public func backtest(_ panel: RollPanel, _ request: BacktestRequest) throws(ForecastRefusal) -> Backtest {
  let possible = 1...Forecast.mostYearsAhead
  guard !request.horizons.isEmpty, request.horizons.allSatisfy(possible.contains) else {
    throw .horizonOutOfRange
  }
  guard request.draws >= 2 else { throw .tooFewDraws }
  let holes = Set(panel.yearsNotCounted)
  let missing = request.origins.filter { panel.position(of: $0) == nil || holes.contains($0) }
  guard missing.isEmpty else { throw .originNotCounted(missing) }
  for origin in request.origins { _ = try panel.known(atOrigin: origin) }
  let rolling = RollingForecast(panel, declared: panel.positions(of: request.disturbed))
  let outcomes = BacktestOutcomes(rolling, request)
  guard outcomes.misses.contains(where: { $0.outcome > 0 }) else { throw .nothingToScore }
  return outcomes.backtest
}
