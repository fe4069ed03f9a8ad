public import PlacePlanning

/// What a chosen programme costs the revenue budget, by financial year.
public struct RevenueTable: Sendable {
  /// One year of all schemes. **Units** pounds; from the schemes whole.
  public struct Row: Hashable, Sendable {
    public let year: FinancialYear
    /// Growth fund, start-up and hire.
    public let costs: RevenueConsequence
    /// Set aside for the repayment of debt: the minimum revenue provision.
    public let mrp: Double
    public let interest: Double
    /// MRP and interest as a share of the net revenue stream; nil where the plan gives none.
    public let financingShare: Double?

    public var financing: Double { mrp + interest }
  }

  public let rows: [Row]
  /// What falls from April to August after the last year, for the academic year that begins in it; in no row.
  public let beyond: RevenueConsequence
}

extension ChosenProgramme {
  /// The revenue consequences of the programme, with the MRP and the interest of its own accounts.
  public func revenueTable(_ plan: CapitalPlan) -> RevenueTable {
    RevenueTable(
      programme, of: problem, plan,
      financing: accounts.years.map { ($0.minimumRevenueProvision, $0.interest) })
  }

  /// The part of the present cost that the Schools Forum's growth fund bears, out of the schools' budget: places that open, and new
  /// schools as they start and fill; discounted to the first year. **Units** pounds.
  public func presentCostToSchools(_ plan: CapitalPlan) -> Double {
    let table = revenueTable(plan)
    var sum = problem.discount(max(0, table.rows.count - 1)) * Double(table.beyond.borneBySchools)
    for (year, row) in table.rows.enumerated() {
      sum += problem.discount(year) * Double(row.costs.borneBySchools)
    }
    return sum
  }
}

extension RevenueTable {
  /// **Shape** `financing`: year. **Units** pounds.
  init(
    _ programme: Programme, of problem: ProgrammeProblem, _ plan: CapitalPlan,
    financing: [(mrp: Double, interest: Double)]
  ) {
    let years = problem.years
    let schemes = programme.choices.filter(problem.has).map { choice in
      let candidate = problem.candidates[choice.scheme]
      return plan.revenue(
        candidate.scheme, startingIn: years[candidate.starts[choice.start].year], years: years)
    }
    let stream = plan.revenue.netRevenueStream
    beyond = schemes.reduce(RevenueConsequence.zero) { $0 + $1.beyond }
    rows = zip(years.indices, financing).map { index, financing in
      let (mrp, interest) = financing
      return Row(
        year: years[index], costs: schemes.reduce(RevenueConsequence.zero) { $0 + $1.years[index] },
        mrp: mrp, interest: interest, financingShare: stream > 0 ? (mrp + interest) / stream : nil)
    }
  }
}
