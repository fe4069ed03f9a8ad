internal import Diagnostics
internal import PlacePlanning

// Money that is more often given in thousands than meant (W333). It is used as it stands.

/// What the schemes cost that some money may pay for, as stated.
struct CostsToPay: Equatable {
  let cheapest: Double
  private let all: Double

  /// Nil where there are none that cost anything.
  init?(_ pounds: [Int]) {
    let costs = pounds.filter { $0 > 0 }.map { Double($0) }
    guard let cheapest = costs.min() else { return nil }
    self.cheapest = cheapest
    all = costs.reduce(0, +)
  }

  /// Assumed: nobody sets money aside for a hundredth of the cheapest scheme.
  func isUnderAHundredth(_ pounds: Int) -> Bool { Double(pounds) < cheapest / 100 }

  /// Assumed: nor for a tenth of it where that is a thousandth of all. A grant that is tied to one scheme may be a small part of it.
  func isNextToNothing(_ pounds: Int) -> Bool {
    isUnderAHundredth(pounds) || (Double(pounds) < cheapest / 10 && Double(pounds) < all / 1000)
  }
}

/// The least that is plausible of revenue that a scheme brings about. Assumed: for Gloucestershire the growth fund gives 1,925 and 2,683
/// pounds a place, and a start 60,000 and 125,000 a school.
private let leastRevenue: [(key: String, pounds: Double)] = [
  (key: "revenue.growth_fund.primary", pounds: 100), (key: "revenue.growth_fund.secondary", pounds: 100),
  (key: "revenue.start_up.primary", pounds: 1000), (key: "revenue.start_up.secondary", pounds: 1000),
]

extension ModelParts {
  /// Warns of grants, limits, ceilings and revenue that are next to nothing beside what schemes cost (W333).
  func warnOfThousands(
    _ pots: [FundingPot], _ schemes: [Scheme], _ values: AssumptionValues, _ list: inout DiagnosticList
  ) throws {
    for pot in pots where pot.source == .grant {
      let received = pot.received.values.reduce(0, +)
      guard received > 0, let costs = CostsToPay(schemes.filter { pot.rule.allows($0) }.map(\.cost.pounds)),
        costs.isNextToNothing(received)
      else { continue }
      let row = rows(.potReceipts).first { $0.raw("pot_key") == pot.key }
      warnOfThousands(
        "pot '\(pot.key)' receives \(received) in all; the cheapest scheme that it may pay for costs "
          + plain(costs.cheapest), at: row?.place("pounds") ?? place(of: .potReceipts), &list)
    }
    let kinds = header.borrowingPaysFor?.kinds ?? Set(SchemeKind.allCases)
    if let costs = CostsToPay(schemes.filter { kinds.contains($0.kind) }.map(\.cost.pounds)) {
      try warnOfBorrowing("limit", costs, isOdd: { costs.isNextToNothing($0) }, &list)
      try warnOfBorrowing("revenue_ceiling", costs, isOdd: { costs.isUnderAHundredth($0) }, &list)
    }
    warnOfLowRevenue(schemes, values, &list)
  }

  /// The first year of a column that is out of proportion speaks for all.
  private func warnOfBorrowing(
    _ column: String, _ costs: CostsToPay, isOdd: (Int) -> Bool, _ list: inout DiagnosticList
  ) throws {
    for row in rows(.borrowing) where !row.isBlank(column) {
      let pounds = try row.whole(column)
      guard pounds > 0, isOdd(pounds) else { continue }
      let year = try row.financialYear("financial_year")
      warnOfThousands(
        "'\(column)' is \(pounds) in \(year); the cheapest scheme that may be borrowed for costs "
          + plain(costs.cheapest), at: row.place(column), &list)
      return
    }
  }

  private func warnOfThousands(_ what: String, at place: SourceLocation, _ list: inout DiagnosticList) {
    list.add(
      .moneyOutOfProportion, at: place, what: what, why: "so little is most often in thousands of pounds",
      fix: "write pounds; if it is so little, leave it")
  }

  /// Financing costs are a part of the net revenue stream: it is hardly less than half of the schemes cost, each alone.
  private func warnOfLowRevenue(_ schemes: [Scheme], _ values: AssumptionValues, _ list: inout DiagnosticList)
  {
    let costs = schemes.map { Double($0.cost.pounds) }.filter { $0 > 0 }.sorted()
    var least = leastRevenue
    // The middle one, which no single slip moves far.
    if !costs.isEmpty { least.append((key: "revenue.net_revenue_stream", pounds: costs[costs.count / 2])) }
    for (key, pounds) in least {
      guard let value = values.known(key), value > 0, value < pounds else { continue }
      warnOfThousands(
        "'\(key)' is \(plain(value)); less than \(plain(pounds)) is not plausible", at: values.place(of: key),
        &list)
    }
  }
}
