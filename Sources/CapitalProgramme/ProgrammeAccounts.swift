internal import PlacePlanning

/// What a programme amounts to, worked out from the problem and the programme alone: every pot, the debt, the places and the
/// costs. A report prints these; nothing of a solver enters them.
///
/// Choices, payments and repayments that name a scheme, start, pot or year that is not there are left out, as is every choice of
/// a scheme after its first: `check` reports them. Money is in pounds of the day unless discounted; revenue of
/// schemes, empty places and transport are at the same rates in every year.
public struct ProgrammeAccounts: Sendable {
  /// One pot in one year. **Units** whole pounds.
  public struct PotYear: Hashable, Sendable {
    public let received: Int
    /// Paid for schemes.
    public let spent: Int
    /// Repaid of debt.
    public let repaid: Int
    /// Clawed back at a deadline, or lapsed.
    public let returned: Int
    /// What the next year opens with; negative when more was spent than was there.
    public let balance: Int
  }

  /// All schemes together in one year.
  public struct Year: Hashable, Sendable {
    /// **Units** whole pounds.
    public let borrowed: Int
    /// Debt repaid by section 106 money. **Units** whole pounds.
    public let repaid: Int
    /// Set aside for repayment (MRP). **Units** pounds, unrounded.
    public let minimumRevenueProvision: Double
    /// **Units** pounds, unrounded.
    public let interest: Double
    /// The debt of these schemes at the year's end: their capital financing requirement. **Units** pounds, unrounded.
    public let debt: Double
    /// Growth fund, start-up and hire of the chosen schemes. **Units** whole pounds.
    public let revenue: Int
    /// Money of all pots that was clawed back or lapsed. **Units** whole pounds.
    public let returned: Int
    /// The rise in prices since the first year in what is paid out of money that may lapse or go back; below nought where prices have
    /// fallen. **Units** pounds.
    public let priceRise: Double
    /// What the places cost that stay empty because of the programme. **Units** pounds.
    public let surplusCost: Double
    /// What it costs to take pupils to places in neighbouring areas. **Units** pounds.
    public let transport: Double

    /// What borrowing costs the revenue budget: MRP and interest. **Units** pounds.
    public var financing: Double { minimumRevenueProvision + interest }
    /// Everything that counts as a cost of the year. **Units** pounds, not discounted.
    public var cost: Double { financing + Double(revenue + returned) + priceRise + surplusCost + transport }
  }

  /// The start of each candidate, as a position among its starts; nil where it is not chosen. **Shape** candidate.
  public let starts: [Int?]
  /// **Shape** pot, year.
  public let pots: [[PotYear]]
  /// **Shape** year.
  public let years: [Year]
  /// Debt at the end of each year. **Shape** candidate, year. **Units** pounds, unrounded.
  public let debts: [[Double]]
  /// Hire and year groups missing from April to August after the last year: they belong to the academic year that begins in it, and
  /// count with its costs. **Units** whole pounds.
  public let revenueBeyond: Int
  /// **Shape** cell. **Units** whole places.
  public let placesAdded: [Int]
  /// Unmet places by the measure of the cell's curve; where neighbours may place pupils, the mean over the scenarios of those whom
  /// they do not place. **Shape** cell. **Units** places.
  public let unmet: [Double]
  /// The sum of unmet places, each times its cell's weight: the first aim of a programme.
  public let weightedUnmet: Double
  /// Costs of all years, the debt left at the end and `revenueBeyond`, discounted to the first year: the second aim. **Units** pounds.
  public let presentCost: Double
  /// Money of all pots and years that was clawed back or lapsed. **Units** whole pounds.
  public var returned: Int { years.reduce(0) { $0 + $1.returned } }
  /// Years between this programme and the approved one: the third aim. See `distanceFromApproved(starts:)`.
  public let distanceFromApproved: Int

  /// The accounts of a programme.
  public init(_ programme: Programme, of problem: ProgrammeProblem) {
    let starts = problem.chosenStarts(programme)
    let chosen = problem.candidates.indices.compactMap { scheme in
      starts[scheme].map { problem.candidates[scheme].starts[$0] }
    }
    let flows = MoneyFlows(programme, of: problem)
    let pots = problem.pots.indices.map { problem.potYears($0, flows) }
    let debts = problem.candidates.indices.map { problem.debt($0, start: starts[$0], flows) }
    let added = problem.placesAdded(by: chosen)
    let placed = problem.neighbours?.expected(adding: added, over: \.scenarios)
    let unmet = problem.unmet(adding: added, placed)
    let transport = problem.neighbours?.transport(placed, years: problem.years.count)
    let priceOfSurplus = problem.goals.surplusPlaceCost
    let surplus = priceOfSurplus == 0 ? [] : problem.surplusPlaces(adding: added)

    self.starts = starts
    self.pots = pots
    self.debts = debts.map { $0.map(\.closing) }
    self.unmet = unmet
    revenueBeyond = chosen.reduce(0) { $0 + $1.revenueBeyond }
    placesAdded = added
    weightedUnmet = problem.weighted(unmet)
    years = problem.years.indices.map { year in
      Year(
        borrowed: flows.borrowed.reduce(0) { $0 + $1[year] },
        repaid: flows.repaidOf.reduce(0) { $0 + $1[year] },
        minimumRevenueProvision: debts.reduce(0) { $0 + $1[year].provision },
        interest: debts.reduce(0) { $0 + $1[year].interest },
        debt: debts.reduce(0) { $0 + $1[year].closing },
        revenue: chosen.reduce(0) { $0 + $1.revenue[year] },
        returned: pots.reduce(0) { $0 + $1[year].returned },
        priceRise: pots.indices.reduce(0) {
          $0 + problem.priceRise($1, in: year) * Double(pots[$1][year].spent)
        },
        surplusCost: surplus.isEmpty ? 0 : priceOfSurplus * surplus[year],
        transport: transport?[year] ?? 0)
    }
    presentCost = problem.presentCost(years, revenueBeyond: revenueBeyond)
    distanceFromApproved = problem.distanceFromApproved(starts: starts)
  }
}

extension ProgrammeProblem {
  /// How far chosen starts lie from the approved programme: for an approved scheme the years between its start and the approved
  /// one, or all years of the problem when it is not chosen; all years for a chosen scheme that is not approved.
  ///
  /// `starts` are positions among each candidate's starts. **Shape** candidate. **Units** years.
  public func distanceFromApproved(starts: [Int?]) -> Int {
    zip(candidates, starts).reduce(0) { sum, entry in
      let (candidate, position) = entry
      guard let position else { return sum + (candidate.scheme.approvedStart == nil ? 0 : years.count) }
      guard let approved = candidate.scheme.approvedStart else { return sum + years.count }
      return sum + abs(years[candidate.starts[position].year] - approved)
    }
  }

  /// The first valid choice of each candidate. **Shape** candidate.
  func chosenStarts(_ programme: Programme) -> [Int?] {
    var starts = [Int?](repeating: nil, count: candidates.count)
    for choice in programme.choices where has(choice) && starts[choice.scheme] == nil {
      starts[choice.scheme] = choice.start
    }
    return starts
  }

  func has(_ choice: Programme.Choice) -> Bool {
    candidates.indices.contains(choice.scheme)
      && candidates[choice.scheme].starts.indices.contains(choice.start)
  }
}
