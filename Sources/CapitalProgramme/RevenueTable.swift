public import PlacePlanning

/// What a chosen programme costs the revenue budget, by financial year.
public struct RevenueTable: Sendable {
  /// One year of all schemes. **Units** pounds; from the schemes whole.
  public struct Row: Hashable, Sendable {
    public let year: FinancialYear
    public let growthFund: Int
    public let startUp: Int
    public let temporaryHire: Int
    /// Set aside for the repayment of debt: the minimum revenue provision.
    public let mrp: Double
    public let interest: Double
    /// MRP and interest as a share of the net revenue stream; nil where the plan gives none.
    public let financingShare: Double?

    /// Growth fund, start-up and hire.
    public var schemes: Int { growthFund + startUp + temporaryHire }
    public var financing: Double { mrp + interest }
    public var total: Double { Double(schemes) + financing }
  }

  /// One scheme's part. **Shape** year.
  public struct SchemeRow: Sendable {
    public let key: String
    public let name: String
    public let years: [RevenueConsequence]
  }

  public let rows: [Row]
  /// Chosen schemes in the programme's order.
  public let schemes: [SchemeRow]
}

/// The revenue consequences of a programme. Nil unless `mrp` and `interest` have one number for each year of the problem:
/// a year left out would read as a year that costs nothing.
///
/// **Shape** `mrp`, `interest`: year. **Units** pounds.
public func revenue(
  of programme: Programme, _ problem: ProgrammeProblem, plan: CapitalPlan, mrp: [Double], interest: [Double]
) -> RevenueTable? {
  let years = problem.years
  guard mrp.count == years.count, interest.count == years.count else { return nil }
  let schemes = programme.choices.compactMap { choice -> RevenueTable.SchemeRow? in
    guard problem.candidates.indices.contains(choice.scheme) else { return nil }
    let candidate = problem.candidates[choice.scheme]
    guard candidate.starts.indices.contains(choice.start),
      years.indices.contains(candidate.starts[choice.start].year)
    else { return nil }
    let start = years[candidate.starts[choice.start].year]
    return RevenueTable.SchemeRow(
      key: candidate.scheme.key, name: candidate.scheme.name,
      years: plan.revenue(candidate.scheme, startingIn: start, years: years))
  }
  let stream = plan.revenue.netRevenueStream
  return RevenueTable(
    rows: years.indices.map { index in
      func sum(_ part: (RevenueConsequence) -> Int) -> Int {
        schemes.reduce(0) { $0 + part($1.years[index]) }
      }
      return RevenueTable.Row(
        year: years[index], growthFund: sum(\.growthFund), startUp: sum(\.startUp),
        temporaryHire: sum(\.temporaryHire), mrp: mrp[index], interest: interest[index],
        financingShare: stream > 0 ? (mrp[index] + interest[index]) / stream : nil)
    }, schemes: schemes)
}
