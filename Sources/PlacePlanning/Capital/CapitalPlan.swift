internal import Foundation

/// Everything that a programme is chosen from: schemes, money, and what the choice is judged by.
public struct CapitalPlan: Sendable {
  /// The first year of the programme; it runs as long as pupils are projected.
  public var firstYear: FinancialYear
  public var years: Int
  public var schemes: [Scheme]
  /// Grants and contributions; section 106 money comes from the agreements.
  public var pots: [FundingPot]
  public var agreements: [Section106Agreement]
  public var borrowing: BorrowingPlan
  /// How building costs rise, a year.
  public var buildingInflation: Double
  public var goals: ProgrammeGoals
  public var points: PointsWeights
  public var delivery: [String: DeliveryRisk]
  public var revenue: RevenueRates
  public var rivals: [RivalPlan]
  public var neighbours: [NeighbourLink]

  /// Takes parts that fit together: keys, areas and years are held against each other where a model's files are read.
  public init(
    firstYear: FinancialYear, years: Int, schemes: [Scheme], pots: [FundingPot],
    agreements: [Section106Agreement], borrowing: BorrowingPlan, buildingInflation: Double,
    goals: ProgrammeGoals, points: PointsWeights, delivery: [String: DeliveryRisk],
    revenue: RevenueRates, rivals: [RivalPlan], neighbours: [NeighbourLink]
  ) {
    self.firstYear = firstYear
    self.years = years
    self.schemes = schemes
    self.pots = pots
    self.agreements = agreements
    self.borrowing = borrowing
    self.buildingInflation = buildingInflation
    self.goals = goals
    self.points = points
    self.delivery = delivery
    self.revenue = revenue
    self.rivals = rivals
    self.neighbours = neighbours
  }

  public var financialYears: [FinancialYear] { (0..<years).map { firstYear + $0 } }

  /// An amount in the money of a year: cash as it stands, prices of a quarter raised from that quarter to the middle of the
  /// year (30 September) at the rate of building inflation. **Units** pounds, unrounded.
  public func cash(_ amount: Money, in year: FinancialYear) -> Double {
    guard case .quarter(let baseYear, let quarter) = amount.priceBase else { return Double(amount.pounds) }
    // A quarter is priced at its middle; the middle of the year from April is 0.75 into its calendar year.
    let base = Double(baseYear) + (Double(quarter) - 0.5) / 4
    return Double(amount.pounds) * pow(1 + buildingInflation, Double(year.start) + 0.75 - base)
  }

  /// What a scheme costs by year from its start, in whole pounds: each year's share of the cost in that year's money. A cost in
  /// cash is that of its approved start, or of the first one it may have; building inflation raises it for a later start and lowers
  /// it for an earlier one. Pounds are rounded on the running total, so that nothing is lost.
  public func spending(_ scheme: Scheme, startingIn start: FinancialYear) -> [Int] {
    let stated = scheme.approvedStart ?? scheme.window.lowerBound
    let raised = scheme.cost.priceBase == .cash ? pow(1 + buildingInflation, Double(start - stated)) : 1
    var (running, counted) = (0.0, 0)
    return scheme.profile.enumerated().map { offset, share in
      running += share * raised * cash(scheme.cost, in: start + offset)
      let pounds = nearestPound(running) - counted
      counted += pounds
      return pounds
    }
  }

  /// What a scheme costs in all, by the years of the plan in which it may start. **Units** whole pounds.
  public func costs(of scheme: Scheme) -> [(start: FinancialYear, pounds: Int)] {
    financialYears.filter { scheme.window.contains($0) }.map {
      ($0, spending(scheme, startingIn: $0).reduce(0, +))
    }
  }

  /// What an agreement brings if its money arrives in `year`. **Units** whole pounds, rounded down.
  public func pounds(of agreement: Section106Agreement, arrivingIn year: FinancialYear) -> Int {
    Int(cash(agreement.amount, in: year).rounded(.down))
  }
}

/// What a programme is to achieve.
public struct ProgrammeGoals: Hashable, Sendable {
  /// How much an unmet place counts, by phase.
  public let unmetWeight: [AreaPhase: Double]
  /// How much a year counts beside the one before it: 1 or less.
  public let yearWeight: Double
  /// For money, a year.
  public let discountRate: Double
  /// What a place that stays empty costs a year, pounds.
  public let surplusPlaceCost: Double

  /// A phase that `unmetWeight` does not name counts as 1.
  public init(
    unmetWeight: [AreaPhase: Double], yearWeight: Double, discountRate: Double, surplusPlaceCost: Double
  ) {
    self.unmetWeight = unmetWeight
    self.yearWeight = yearWeight
    self.discountRate = discountRate
    self.surplusPlaceCost = surplusPlaceCost
  }
}

/// The weights of a plain points ranking, which a programme is set beside.
public struct PointsWeights: Hashable, Sendable {
  /// For a committed scheme.
  public let committed: Double
  /// For each form of entry of the largest gap that its area has, up to what it adds.
  public let need: Double
  /// For each year that its area's gap opens before the last one.
  public let urgency: Double
  /// For each step of the condition score, 0 to 4.
  public let condition: Double
  /// For a cost per place at half of the dearest scheme's; in proportion between.
  public let value: Double

  /// Weights of nought leave their question out.
  public init(committed: Double, need: Double, urgency: Double, condition: Double, value: Double) {
    self.committed = committed
    self.need = need
    self.urgency = urgency
    self.condition = condition
    self.value = value
  }
}

/// How past projects of one reference class were late and dear.
public struct DeliveryRisk: Hashable, Sendable {
  /// The chance of each further year's delay of the start, up to three.
  public let chanceOfYearLate: Double
  /// The chance of each further year that building takes once it has begun, up to three.
  public let chanceOfYearLonger: Double
  /// Mean outturn above budget, as a share of it.
  public let meanOverrun: Double
  /// Standard deviation of the logarithm of outturn over budget.
  public let overrunSpread: Double

  /// Without `chanceOfYearLonger` building takes as long as planned.
  public init(
    chanceOfYearLate: Double, chanceOfYearLonger: Double = 0, meanOverrun: Double, overrunSpread: Double
  ) {
    self.chanceOfYearLate = chanceOfYearLate
    self.chanceOfYearLonger = chanceOfYearLonger
    self.meanOverrun = meanOverrun
    self.overrunSpread = overrunSpread
  }
}

/// What schemes cost the revenue budget. **Units** pounds.
public struct RevenueRates: Hashable, Sendable {
  /// Growth fund for one place added to a year group: what it pays from September to March, before lagged funding follows the pupils.
  public let growthFundPerPlace: [AreaPhase: Double]
  /// A new school before and as it opens.
  public let newSchoolStartUp: [AreaPhase: Double]
  /// A new school, for each year group that it does not have yet, an academic year.
  public let missingYearGroup: [AreaPhase: Double]
  /// One temporary class of 30, an academic year.
  public let temporaryHire: Double
  /// The authority's net revenue stream a year, for the ratio of financing costs.
  public let netRevenueStream: Double

  /// **Units** pounds, for each place, school, year group, class of 30 and year as the properties say; a phase that is not named costs
  /// nothing.
  public init(
    growthFundPerPlace: [AreaPhase: Double], newSchoolStartUp: [AreaPhase: Double],
    missingYearGroup: [AreaPhase: Double], temporaryHire: Double, netRevenueStream: Double
  ) {
    self.growthFundPerPlace = growthFundPerPlace
    self.newSchoolStartUp = newSchoolStartUp
    self.missingYearGroup = missingYearGroup
    self.temporaryHire = temporaryHire
    self.netRevenueStream = netRevenueStream
  }
}

/// One of several answers to the need of an area: schemes that it starts, when they serve best or as they were approved.
public struct RivalPlan: Hashable, Sendable {
  public let key: String
  public let name: String
  public let area: PlanningAreaCode
  public let schemes: [String]
  /// Whether each starts in the year in which it was approved to.
  public let startsAsApproved: Bool

  /// `schemes` are keys of the plan's schemes; an empty list stands for waiting.
  public init(
    key: String, name: String, area: PlanningAreaCode, schemes: [String], startsAsApproved: Bool = false
  ) {
    self.key = key
    self.name = name
    self.area = area
    self.schemes = schemes
    self.startsAsApproved = startsAsApproved
  }
}

/// Pupils without a place in one area may go to another.
public struct NeighbourLink: Hashable, Sendable {
  public let from: PlanningAreaCode
  public let to: PlanningAreaCode
  /// Pounds a pupil and year.
  public let transportCost: Double

  /// Pupils of `from` may be placed in `to`, not the other way.
  public init(from: PlanningAreaCode, to: PlanningAreaCode, transportCost: Double) {
    self.from = from
    self.to = to
    self.transportCost = transportCost
  }
}
