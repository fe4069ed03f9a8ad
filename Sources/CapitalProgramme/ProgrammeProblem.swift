public import PlacePlanning

/// A programme to be chosen, in whole pounds and places: what a solver, a checker and a ranking by points all start from.
public struct ProgrammeProblem: Sendable {
  /// A scheme and the ways it may be carried out.
  public struct Candidate: Sendable {
    public internal(set) var scheme: Scheme
    /// One a year of its window, earliest first.
    public internal(set) var starts: [Start]
    /// Positions of the pots that may pay for it.
    public let pots: [Int]
    public let mayBorrow: Bool
  }

  /// A scheme begun in one year.
  public struct Start: Sendable {
    /// Position among the problem's years.
    public let year: Int
    /// The position of the year in whose September its places open; may lie beyond the last year.
    public let opening: Int
    /// **Shape** year. **Units** whole pounds, money of each year.
    public let spending: [Int]
    /// What it spends after the last year: no pot of this problem pays for it. **Units** whole pounds.
    public let spendingBeyond: Int
    /// What it costs the revenue budget. **Shape** year. **Units** whole pounds.
    public let revenue: [Int]
    /// The part of its last academic year's cost that falls from April to August after the last year. **Units** whole pounds.
    public let revenueBeyond: Int
    public let change: CapacityChange?

    /// Within the problem's years. **Units** whole pounds.
    public var cost: Int { spending.reduce(0, +) }

    /// The share of its whole cost that falls in years after the one in which its places open; nought where they open after the last
    /// year, whose costs are not told apart by year.
    public var shareAfterOpening: Double {
      let whole = cost + spendingBeyond
      guard whole > 0, opening < spending.count else { return 0 }
      return Double(spending.dropFirst(opening + 1).reduce(0, +) + spendingBeyond) / Double(whole)
    }
  }

  /// One planning area, year group and year, and the need there before any scheme.
  public struct Cell: Sendable {
    public let area: PlanningAreaCode
    public let yearGroup: YearGroup
    /// Position among the problem's years.
    public let year: Int
    /// How much an unmet place counts.
    public let weight: Double
    public let curve: NeedCurve

    /// `year` is a position among the problem's years.
    public init(
      area: PlanningAreaCode, yearGroup: YearGroup, year: Int, weight: Double, curve: NeedCurve
    ) {
      self.area = area
      self.yearGroup = yearGroup
      self.year = year
      self.weight = weight
      self.curve = curve
    }
  }

  public let years: [FinancialYear]
  public internal(set) var candidates: [Candidate]
  /// Grants, contributions and the section 106 money that arrives; money received before the first year is in hand in it.
  public internal(set) var pots: [FundingPot]
  public internal(set) var borrowing: BorrowingPlan
  public let goals: ProgrammeGoals
  /// By how much building prices rise in a year. **Units** share.
  public let buildingInflation: Double
  public let cells: [Cell]
  /// Agreements whose homes are not finished in time.
  public let notArrived: [Section106Agreement]
  /// Plans that were enumerated for this problem, or for another made from it with the same cells.
  let planBlocks = PlanBlockMemo()
  /// The need of areas that may place each other's pupils; nil where all pupils stay in their areas.
  public private(set) var neighbours: NeighbourNeed?

  /// The problem of a plan. `cells` hold the need of every planned year group; `sites` time the section 106 money; with `neighbours`,
  /// pupils may be placed in areas that theirs is linked to.
  public init(
    _ plan: CapitalPlan, cells: [Cell], sites: [HousingSite], neighbours draws: NeighbourDraws? = nil
  ) {
    let years = plan.financialYears
    let last = years.last ?? plan.firstYear
    var pots = plan.pots.map { $0.inHand(from: plan.firstYear) }
    var notArrived: [Section106Agreement] = []
    for agreement in plan.agreements {
      if let arrival = agreement.arrival(from: sites, by: last) {
        pots.append(FundingPot(agreement, arrival: arrival, plan).inHand(from: plan.firstYear))
      } else {
        notArrived.append(agreement)
      }
    }
    self.years = years
    self.pots = pots
    self.notArrived = notArrived
    self.cells = cells
    borrowing = plan.borrowing
    goals = plan.goals
    buildingInflation = plan.buildingInflation
    candidates = plan.schemes.map { scheme in
      Candidate(
        scheme: scheme,
        starts: years.indices.filter { scheme.window.contains(years[$0]) }.map {
          Start(scheme, inYear: $0, of: years, plan)
        },
        pots: pots.indices.filter { pots[$0].rule.allows(scheme) },
        mayBorrow: plan.borrowing.kinds.contains(scheme.kind))
    }
    neighbours = draws.flatMap { NeighbourNeed($0, cells: cells, mostAdded: cells.map(mostAdded)) }
  }

  /// What may be borrowed in a year by its position. **Units** whole pounds.
  func borrowingLimit(_ year: Int) -> Int { borrowing.limit[years[year]] ?? 0 }
}

extension ProgrammeProblem.Start {
  /// What a plan makes of a scheme that begins in the year at a position.
  fileprivate init(_ scheme: Scheme, inYear index: Int, of years: [FinancialYear], _ plan: CapitalPlan) {
    var spending = [Int](repeating: 0, count: years.count)
    var beyond = 0
    for (offset, pounds) in plan.spending(scheme, startingIn: years[index]).enumerated() {
      if index + offset < years.count { spending[index + offset] = pounds } else { beyond += pounds }
    }
    let revenue = plan.revenue(scheme, startingIn: years[index], years: years)
    self.init(
      year: index, opening: index + scheme.buildYears, spending: spending, spendingBeyond: beyond,
      revenue: revenue.years.map(\.total), revenueBeyond: revenue.beyond.total,
      change: scheme.change(startingIn: years[index]))
  }
}

extension FundingPot {
  fileprivate init(_ agreement: Section106Agreement, arrival: FinancialYear, _ plan: CapitalPlan) {
    self.init(
      key: agreement.key, name: agreement.name, source: .section106, rule: agreement.rule,
      received: [arrival: plan.pounds(of: agreement, arrivingIn: arrival)], carriesForward: true,
      spendBy: agreement.deadline(arrival: arrival), pooledObligation: agreement.pooledObligation,
      mark: agreement.mark)
  }

  /// Money of earlier years counted in the first one.
  fileprivate func inHand(from first: FinancialYear) -> FundingPot {
    let early = received.filter { $0.key < first }.values.reduce(0, +)
    guard early > 0 else { return self }
    var pot = self
    pot.received = received.filter { $0.key >= first }
    pot.received[first, default: 0] += early
    return pot
  }
}
