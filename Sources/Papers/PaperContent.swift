public import CapitalProgramme
public import Diagnostics
public import Forecasting
public import PlacePlanning
public import Projection
public import Sufficiency

/// Everything that the papers speak of. It holds values; the papers only word and round them.
public struct PaperContent: Sendable {
  public let model: PlanningModel
  public let pupils: TrajectorySet
  public let balance: PlacesBalance
  public let programme: ApprovedProgramme
  public let monitor: ProgrammeMonitor?
  public let warnings: [Diagnostic]
  /// Nil where the model does not say how uncertain it is.
  public let ranges: PupilRanges?
  public let risk: ShortfallRisk?
  /// Moves into the Year 7 of the first projected year.
  public let movement: Movement?
  /// How forecasts of the authority's rolls from earlier years would have turned out; nil where there are too few years.
  public let pastForecasts: Backtest?
  /// Nil for a model without schemes to choose from, and until a programme has been chosen.
  public var findings: ProgrammeFindings?
  /// What has changed since an earlier run; nil where none is named.
  public var changes: RunComparison?

  /// Everything that a paper is written from, as a run has it before it chooses a programme.
  public init(
    model: PlanningModel, pupils: TrajectorySet, balance: PlacesBalance, programme: ApprovedProgramme,
    monitor: ProgrammeMonitor?, warnings: [Diagnostic], ranges: PupilRanges? = nil,
    risk: ShortfallRisk? = nil, movement: Movement? = nil, pastForecasts: Backtest? = nil,
    changes: RunComparison? = nil
  ) {
    self.model = model
    self.pupils = pupils
    self.balance = balance
    self.programme = programme
    self.monitor = monitor
    self.warnings = warnings
    self.ranges = ranges
    self.risk = risk
    self.movement = movement
    self.pastForecasts = pastForecasts
    self.changes = changes
  }
}

/// The outcome of choosing a programme, and what is reported beside it.
public struct ProgrammeFindings: Sendable {
  public let plan: CapitalPlan
  public let outcome: ProgrammeOutcome
  public let ranking: PointsRanking
  /// Nil without a programme or without draws.
  public let stress: StressTest?
  public let revenue: RevenueTable?
  /// Empty without a programme or without rival plans.
  public let rivals: [RivalOutcome]
  /// Nil without a programme, or where every approved scheme starts as approved.
  public let approvedStarts: ApprovedStarts?

  /// What was found around a programme, chosen or not.
  public init(
    plan: CapitalPlan, outcome: ProgrammeOutcome, ranking: PointsRanking, stress: StressTest?,
    revenue: RevenueTable?, rivals: [RivalOutcome], approvedStarts: ApprovedStarts?
  ) {
    self.plan = plan
    self.outcome = outcome
    self.ranking = ranking
    self.stress = stress
    self.revenue = revenue
    self.rivals = rivals
    self.approvedStarts = approvedStarts
  }
}
