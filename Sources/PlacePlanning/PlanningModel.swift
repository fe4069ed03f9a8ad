/// A checked model of one authority: what every later stage may trust.
///
/// It is made by `ModelFiles.validate`; whatever it holds has passed every check there. Areas are in order of their codes.
public struct PlanningModel: Sendable {
  /// Whose model it is, and what the head of its papers says.
  public struct Identity: Sendable {
    public let key: String
    public let authority: String
    public let authorityCode: String
    /// An invented authority: every paper says so.
    public let isSynthetic: Bool
    public let forum: String
    public let meeting: CalendarDate
    public let decision: String
    public let purpose: String
    public let recommendation: String
    public let resources: String
    /// What a reader should know of the data that no figure says: a paragraph each.
    public let dataNotes: [String]
    /// The same of the capital programme alone.
    public let programmeNotes: [String]
    /// What stands above all else on each paper, such as that it is an example; nil for nothing.
    public let notice: String?
    /// The codes that published files name the authority by; nil where the model does not give them.
    public let openData: OpenDataCodes?

    /// The words of `model.yaml`, as they are.
    public init(
      key: String, authority: String, authorityCode: String, isSynthetic: Bool, forum: String,
      meeting: CalendarDate, decision: String, purpose: String, recommendation: String,
      resources: String, dataNotes: [String], programmeNotes: [String] = [],
      notice: String? = nil, openData: OpenDataCodes? = nil
    ) {
      self.key = key
      self.authority = authority
      self.authorityCode = authorityCode
      self.isSynthetic = isSynthetic
      self.forum = forum
      self.meeting = meeting
      self.decision = decision
      self.purpose = purpose
      self.recommendation = recommendation
      self.resources = resources
      self.dataNotes = dataNotes
      self.programmeNotes = programmeNotes
      self.notice = notice
      self.openData = openData
    }
  }

  public let identity: Identity
  /// The scenario that the assumptions are those of; `central` without one.
  public let scenario: String
  public let baseYear: AcademicYear
  public let horizonYears: Int
  public let areas: [PlanningArea]
  public let countyRolls: RollTable
  public let areaRolls: AreaRolls
  public let births: BirthTable
  /// Share of its district's births, by primary area.
  public let birthShares: [PlanningAreaCode: Double]
  /// Scales births that are not yet known; 1 in the central scenario.
  public let futureBirthsFactor: Double
  public let transfer: TransferPlan
  public let capacity: CapacityPlan
  public let housing: HousingPlan
  /// Added to demand before it meets places, as a share.
  public let operatingMargin: [AreaPhase: Double]
  /// The lines of the approved programme, from the role `programme`. Schemes that may be chosen, from the role `schemes`, are in `capital`.
  public let schemes: [ApprovedScheme]
  /// Nil where the model gives no spending of the year under way.
  public let spending: SpendingPosition?
  public internal(set) var publishedNeeds: [PublishedNeed]
  public let assumptions: [Assumption]
  public let appliedOverrides: [AppliedOverride]
  /// By role.
  public let datasets: [String: DatasetNote]
  public let sources: [Source]
  /// Nil where the model says nothing of it; there are no ranges then.
  public let uncertainty: UncertaintyPlan?
  /// How births beyond the known ones are carried on.
  public let futureBirths: FutureBirths
  /// Nil where no births are taken from women.
  public let fertility: FertilityPlan?
  /// Totals that the projection is held to; empty where there are none.
  public let control: ControlPlan
  /// Schemes that may be chosen, and the money for them; nil where the model has none.
  public let capital: CapitalPlan?
  /// Years whose rates tell little of others: they weigh a tenth in the ratios.
  public let disturbedYears: Set<AcademicYear>

  /// The parts of a model, which are taken as checked: `ModelFiles` is what checks them. `operatingMargin` is a share of the pupils,
  /// `futureBirthsFactor` a ratio, `horizonYears` whole years; `birthShares` are shares of the births of an area's district.
  public init(
    identity: Identity, scenario: String, baseYear: AcademicYear, horizonYears: Int,
    areas: [PlanningArea], countyRolls: RollTable, areaRolls: AreaRolls, births: BirthTable,
    birthShares: [PlanningAreaCode: Double], futureBirthsFactor: Double, transfer: TransferPlan,
    capacity: CapacityPlan, housing: HousingPlan, operatingMargin: [AreaPhase: Double],
    schemes: [ApprovedScheme], spending: SpendingPosition?, publishedNeeds: [PublishedNeed],
    assumptions: [Assumption], appliedOverrides: [AppliedOverride],
    datasets: [String: DatasetNote], sources: [Source], uncertainty: UncertaintyPlan? = nil,
    futureBirths: FutureBirths = .latest, fertility: FertilityPlan? = nil,
    control: ControlPlan = ControlPlan(), capital: CapitalPlan? = nil,
    disturbedYears: Set<AcademicYear> = [.pandemic]
  ) {
    self.identity = identity
    self.scenario = scenario
    self.baseYear = baseYear
    self.horizonYears = horizonYears
    self.areas = areas
    self.countyRolls = countyRolls
    self.areaRolls = areaRolls
    self.births = births
    self.birthShares = birthShares
    self.futureBirthsFactor = futureBirthsFactor
    self.transfer = transfer
    self.capacity = capacity
    self.housing = housing
    self.operatingMargin = operatingMargin
    self.schemes = schemes
    self.spending = spending
    self.publishedNeeds = publishedNeeds
    self.assumptions = assumptions
    self.appliedOverrides = appliedOverrides
    self.datasets = datasets
    self.sources = sources
    self.uncertainty = uncertainty
    self.futureBirths = futureBirths
    self.fertility = fertility
    self.control = control
    self.capital = capital
    self.disturbedYears = disturbedYears
  }

  /// The areas of a phase, in order of their codes.
  public func areas(_ phase: AreaPhase) -> [PlanningArea] { areas.filter { $0.phase == phase } }

  /// The name of an area, or the code of one that the model does not hold.
  public func areaName(_ code: PlanningAreaCode) -> String {
    areas.first { $0.code == code }?.name ?? code.text
  }

  /// The years projected: the year after the base year, and on to the horizon.
  public var projectedYears: [AcademicYear] { (1...horizonYears).map { baseYear + $0 } }
}

/// The codes that published files name an authority by, and how small a count they may show.
public struct OpenDataCodes: Hashable, Sendable {
  /// Below it a count is suppressed, unless the model or the run says otherwise.
  public static let usualThreshold = 5

  /// `E10000013`.
  public let authorityCode: String
  /// `E12000009`.
  public let regionCode: String
  public let regionName: String
  /// Counts from 1 up to, not including, this one are suppressed; 0 suppresses none.
  public let suppressBelow: Int

  /// `suppressBelow` is a count of pupils, 0 for no suppression.
  public init(authorityCode: String, regionCode: String, regionName: String, suppressBelow: Int) {
    self.authorityCode = authorityCode
    self.regionCode = regionCode
    self.regionName = regionName
    self.suppressBelow = suppressBelow
  }
}
