internal import Diagnostics
internal import PlacePlanning

// Money that is more often given in thousands, or with noughts too many, than meant (W333). It is used as it stands.

/// What the schemes cost that some money may pay for, as stated.
struct CostsToPay: Equatable {
  let cheapest: Double
  let all: Double

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
/// pounds a place, a start 60,000 and 125,000 a school, a year group that is not there yet 20,000 and 60,000, and a class is hired for 30,000.
private let leastRevenue: [(key: String, pounds: Double)] = [
  (key: "revenue.growth_fund.primary", pounds: 100), (key: "revenue.growth_fund.secondary", pounds: 100),
  (key: "revenue.start_up.primary", pounds: 1000), (key: "revenue.start_up.secondary", pounds: 1000),
  (key: "revenue.missing_year_group.primary", pounds: 1000),
  (key: "revenue.missing_year_group.secondary", pounds: 1000),
  (key: "revenue.temporary_hire", pounds: 1000),
]

/// How many times what all the schemes of the model cost a pot or a year's limit of borrowing is at the most. Assumed: whoever has five
/// times as much need not choose.
private let mostTimesAllSchemes = 5.0

/// How many times what all schemes cost that it may pay for a deed brings at the most, and how much for each of its homes. Assumed: a home
/// brings half a pupil, whose place costs some 30,000 pounds at the most.
private let mostTimesOwnSchemes = 10.0
private let mostPoundsPerHome = 50_000.0

extension ModelParts {
  /// Warns of grants, limits, ceilings and revenue that are next to nothing beside what schemes cost, or far more (W333).
  func warnOfMoney(
    _ pots: [FundingPot], _ agreements: [Placed<Section106Agreement>], _ schemes: [Scheme],
    _ context: CapitalContext, _ values: AssumptionValues, _ list: inout DiagnosticList
  ) throws {
    try warnOfThousands(pots, schemes, values, &list)
    guard let costs = CostsToPay(schemes.map(\.cost.pounds)) else { return }
    try warnOfTooMuch(pots, costs, &list)
    for agreement in agreements { warnOfTooMuch(agreement, schemes, context, &list) }
  }

  /// Of each pot the largest sum speaks for all; of borrowing the first year that is out of proportion.
  private func warnOfTooMuch(
    _ pots: [FundingPot], _ costs: CostsToPay, _ list: inout DiagnosticList
  ) throws {
    func warn(_ what: String, at place: SourceLocation) {
      list.add(
        .moneyOutOfProportion, at: place, what: what + "; all schemes together cost \(grouped(costs.all))",
        why: "so much more than could be spent is most often a slip",
        fix: "write pounds; if it is so much, leave it")
    }
    for pot in pots {
      let received = pot.received.values.reduce(0, +)
      guard Double(received) > mostTimesAllSchemes * costs.all else { continue }
      let own = rows(.potReceipts).filter { $0.raw("pot_key") == pot.key }
      let largest = try own.max { try $0.whole("pounds") < $1.whole("pounds") }
      warn(
        "pot '\(pot.key)' receives \(grouped(received)) in all",
        at: largest?.place("pounds") ?? place(of: .potReceipts))
    }
    for (column, most) in [("limit", mostTimesAllSchemes * costs.all), ("revenue_ceiling", costs.all)] {
      for row in rows(.borrowing) where !row.isBlank(column) {
        let pounds = try row.whole(column)
        guard Double(pounds) > most else { continue }
        warn(
          "'\(column)' is \(grouped(pounds)) in \(try row.financialYear("financial_year"))",
          at: row.place(column))
        break
      }
    }
  }

  private func warnOfTooMuch(
    _ agreement: Placed<Section106Agreement>, _ schemes: [Scheme], _ context: CapitalContext,
    _ list: inout DiagnosticList
  ) {
    let (deed, pounds) = (agreement.value, Double(agreement.value.amount.pounds))
    let what: String
    if let site = context.sites.first(where: { $0.key == deed.site }) {
      guard pounds > mostPoundsPerHome * site.dwellings else { return }
      what = " for \(grouped(site.dwellings)) homes, \(grouped((pounds / site.dwellings).rounded())) a home"
    } else {
      guard let costs = CostsToPay(schemes.filter { deed.rule.allows($0) }.map(\.cost.pounds)),
        pounds > mostTimesOwnSchemes * costs.all
      else { return }
      what = "; all schemes that it may pay for together cost \(grouped(costs.all))"
    }
    list.add(
      .moneyOutOfProportion, at: agreement.row.place("amount"),
      what: "agreement '\(deed.key)' brings \(grouped(deed.amount.pounds))" + what,
      why: "so much is most often a slip", fix: "write pounds; if it is so much, leave it")
  }

  private func warnOfThousands(
    _ pots: [FundingPot], _ schemes: [Scheme], _ values: AssumptionValues, _ list: inout DiagnosticList
  ) throws {
    for pot in pots where pot.source == .grant {
      let received = pot.received.values.reduce(0, +)
      guard received > 0, let costs = CostsToPay(schemes.filter { pot.rule.allows($0) }.map(\.cost.pounds)),
        costs.isNextToNothing(received)
      else { continue }
      let row = rows(.potReceipts).first { $0.raw("pot_key") == pot.key }
      warnOfThousands(
        "pot '\(pot.key)' receives \(grouped(received)) in all; the cheapest scheme that it may pay for costs "
          + grouped(costs.cheapest), at: row?.place("pounds") ?? place(of: .potReceipts), &list)
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
        "'\(column)' is \(grouped(pounds)) in \(year); the cheapest scheme that may be borrowed for costs "
          + grouped(costs.cheapest), at: row.place(column), &list)
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
        "'\(key)' is \(grouped(value)); less than \(grouped(pounds)) is not plausible",
        at: values.place(of: key),
        &list)
    }
  }
}
