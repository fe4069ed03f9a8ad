public import PlacePlanning

/// How a programme fares when pupils, delays and costs turn out differently from the plan.
///
/// Every chance is a share of the draws. *As planned* means the same demand draws with every scheme on time and on budget, so
/// what is above it is due to delivery.
public struct StressTest: Sendable {
  /// A figure as planned and as delivered.
  public struct Pair: Hashable, Sendable {
    public let asPlanned: Double
    public let delivered: Double

    /// The part that late schemes add.
    public var dueToDelivery: Double { delivered - asPlanned }
  }

  /// One year group of one area in one year.
  public struct Cell: Sendable {
    public let area: PlanningAreaCode
    public let yearGroup: YearGroup
    public let year: AcademicYear
    /// The chance that more pupils come than there are places; the operating margin is not counted.
    public let chanceWithoutPlace: Pair
    /// The chance that a form of entry, 30 places, or more are short, with the margin.
    public let chanceShortByForm: Pair
    /// Unmet places on average, with the margin. **Units** places.
    public let expectedUnmet: Pair
  }

  /// One planning area over all years.
  public struct Area: Sendable {
    public let area: PlanningAreaCode
    public let phase: AreaPhase
    /// The chance that in some year a pupil of the entry year group (Reception or Year 7) is without a place; no margin.
    public let chanceWithoutPlace: Pair
    /// Unmet places on average, over all planned year groups and years, with the margin. **Units** place-years.
    public let expectedUnmet: Pair
    /// What a temporary block would do. Nil where none was tried: the chance is not above its threshold.
    public let block: BlockValue?
  }

  /// What 30 temporary places a year group would do for an area.
  public struct BlockValue: Hashable, Sendable {
    public let from: AcademicYear
    public let until: AcademicYear
    /// For each intake, one a year. **Units** places.
    public let placesPerYearGroup: Double
    /// The most places it holds at once.
    public let places: Double
    /// The places that it holds in each of its years, added up. **Units** place-years.
    public let placeYears: Double
    /// Nil where the trial has no price for places of the area's phase. **Units** pounds.
    public let cost: Double?
    /// As the area's own figures, without the block and with it.
    public let chanceBefore: Double
    public let chanceAfter: Double
    /// **Units** place-years.
    public let unmetBefore: Double
    public let unmetAfter: Double

    public var avoided: Double { unmetBefore - unmetAfter }
    /// **Units** pounds a place-year. Nil where it avoids nothing or has no price.
    public var costPerAvoided: Double? { cost.flatMap { avoided > 0 ? $0 / avoided : nil } }
  }

  /// The spread of an amount. **Units** pounds, money of each year.
  public struct Spread: Hashable, Sendable, Encodable {
    public let mean: Double
    public let p50: Double
    public let p80: Double
    public let p90: Double
  }

  /// All schemes of one reference class together.
  public struct ClassRisk: Sendable {
    public let referenceClass: String
    /// Keys of its schemes, in order.
    public let schemes: [String]
    /// Whole pounds of the planned years.
    public let budget: Int
    public let outturn: Spread
    /// What the draws were made from; nil where the plan says nothing of the class, whose schemes are then delivered as planned.
    public let input: DeliveryRisk?

    /// Outturn over budget, less one: what optimism the budget holds at that chance. Nil without a budget.
    public var biasAtP80: Double? { budget > 0 ? outturn.p80 / Double(budget) - 1 : nil }
    public var biasAtMean: Double? { budget > 0 ? outturn.mean / Double(budget) - 1 : nil }
  }

  /// Money with a deadline that a delay may overrun.
  public struct DatedMoney: Sendable {
    /// The key of the agreement or the pot.
    public let pot: String
    public let name: String
    public let deadline: FinancialYear
    /// What the programme spends from it, whole pounds.
    public let planned: Int
    /// The chance that some of it is spent too late.
    public let chance: Double
    /// What is spent too late, on average over the draws. **Units** pounds.
    public let expectedPounds: Double
  }

  /// Money of an agreement that homes bring, spent by the programme, and how likely it is to come too late for that.
  public struct ForwardFunding: Sendable {
    /// The key of the agreement.
    public let agreement: String
    public let name: String
    /// What the programme spends from it, whole pounds.
    public let planned: Int
    /// The first year in which the programme spends from it.
    public let wanted: FinancialYear
    /// The year in which it comes when the homes are on time.
    public let due: FinancialYear
    /// The chance that some of it is spent in a year before it comes.
    public let chance: Double
    /// The chance that it does not come in the programme's years.
    public let chanceBeyond: Double
    /// The most that is spent and has not come at the end of any year, on average over the draws. **Units** pounds.
    public let expectedPounds: Double
  }

  /// What is spent of agreements' money and has not come at the end of a year.
  public struct ForwardFundingYear: Sendable {
    public let year: FinancialYear
    /// The chance that there is any.
    public let chance: Double
    public let spread: Spread
  }

  public let draws: Int
  public let seed: UInt64
  /// By area, year group and year, each rising.
  public let cells: [Cell]
  /// In order of their codes.
  public let areas: [Area]
  /// In order of their names.
  public let classes: [ClassRisk]
  /// What the chosen schemes are to cost, whole pounds, years beyond the programme's last included.
  public let approved: Int
  public let outturn: Spread
  /// The chance of an outturn above the approved total.
  public let chanceOverspend: Double
  /// The chance of one that is more than a tenth above it.
  public let chanceOverspendByTenth: Double
  /// By deadline, then key. Only what the programme spends from.
  public let datedMoney: [DatedMoney]
  /// By key. Only agreements that homes bring and the programme spends from.
  public let forwardFunding: [ForwardFunding]
  /// The programme's years; empty where no such agreement is spent from.
  public let forwardFundingYears: [ForwardFundingYear]
  /// What the forward funding costs at the authority's rate of interest, on average over the draws. **Units** pounds.
  public let expectedForwardInterest: Double
}

/// A temporary block to be tried in areas that are likely to be short.
public struct BlockTrial: Hashable, Sendable {
  /// It is tried where the area's chance of pupils without a place is above this.
  public static let threshold = 0.1
  public static let placesPerYearGroup = FormsOfEntry.placesPerForm
  /// How long it stands.
  public static let years = 3

  /// Pounds for each place that it holds at its fullest.
  public let costPerPlace: [AreaPhase: Double]

  /// A block of a phase that `costPerPlace` does not name is tried without a price.
  public init(costPerPlace: [AreaPhase: Double]) {
    self.costPerPlace = costPerPlace
  }
}
