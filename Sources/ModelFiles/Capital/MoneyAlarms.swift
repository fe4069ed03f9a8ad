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

/// The least that is plausible of each cost that a scheme brings the revenue budget. Assumed: for Gloucestershire the growth fund gives
/// 1,925 and 2,683 pounds a place, a start 60,000 and 125,000 a school, a year group that is not there yet 20,000 and 60,000, and a class is
/// hired for 30,000.
private let leastRevenue: [(key: String, pounds: Double)] = [
  (key: "revenue.growth_fund.primary", pounds: 100), (key: "revenue.growth_fund.secondary", pounds: 100),
  (key: "revenue.start_up.primary", pounds: 1000), (key: "revenue.start_up.secondary", pounds: 1000),
  (key: "revenue.missing_year_group.primary", pounds: 1000),
  (key: "revenue.missing_year_group.secondary", pounds: 1000),
  (key: "revenue.temporary_hire", pounds: 1000),
]

/// How many times the cost of all the model's schemes a pot, or a year's limit of borrowing, may be. Assumed: whoever has five times as
/// much need not choose. What borrowing may cost in a year is no more than what all schemes cost.
private let mostTimesAllSchemes = 5.0

/// How many times the cost of all the schemes that it may pay for a deed may bring, and how much for each of its homes. Assumed: a home
/// brings half a pupil, whose place costs some 30,000 pounds at the most.
private let mostTimesOwnSchemes = 10.0
private let mostPoundsPerHome = 50_000.0
/// Assumed: those of Gloucestershire ask for 1,982 at the least, in one of several instalments.
private let leastPoundsPerHome = 50.0

extension ModelParts {
  /// Warns of grants, limits, ceilings and revenue that are next to nothing beside what schemes cost, and of pots, limits, ceilings and
  /// agreements that are far more (W333).
  func warnOfMoney(
    _ pots: [FundingPot], _ agreements: [Placed<Section106Agreement>], _ schemes: [Scheme],
    _ context: CapitalContext, _ values: AssumptionValues, _ list: inout DiagnosticList
  ) throws {
    warnOfLowRevenue(schemes, values, &list)
    guard let all = CostsToPay(schemes.map(\.cost.pounds))?.all else { return }
    for pot in pots { try warnOfReceipts(pot, schemes, all, &list) }
    try warnOfBorrowing(schemes, all, &list)
    for agreement in agreements { warnOfDeed(agreement, schemes, context, &list) }
  }

  /// Warns of too little in all of a grant, at its first row, and of too much in all of any pot, at its largest row (W333).
  private func warnOfReceipts(
    _ pot: FundingPot, _ schemes: [Scheme], _ all: Double, _ list: inout DiagnosticList
  ) throws {
    let received = pot.received.values.reduce(0, +)
    let own = rows(.potReceipts).filter { $0.raw("pot_key") == pot.key }
    let what = "pot '\(pot.key)' receives \(grouped(received)) in all"
    if pot.source == .grant, received > 0,
      let costs = CostsToPay(schemes.filter { pot.rule.allows($0) }.map(\.cost.pounds)),
      costs.isNextToNothing(received)
    {
      warnOfTooLittle(
        what + "; the cheapest scheme that it may pay for costs " + grouped(costs.cheapest),
        at: own.first?.place("pounds") ?? place(of: .potReceipts), &list)
    }
    if Double(received) > mostTimesAllSchemes * all {
      let largest = try own.max { try $0.whole("pounds") < $1.whole("pounds") }
      warnOfTooMuch(what, all, at: largest?.place("pounds") ?? place(of: .potReceipts), &list)
    }
  }

  /// What may be borrowed, and what that may cost: of each the first year with too little, and the first with too much.
  private func warnOfBorrowing(_ schemes: [Scheme], _ all: Double, _ list: inout DiagnosticList) throws {
    let kinds = header.borrowingPaysFor?.kinds ?? Set(SchemeKind.allCases)
    let costs = CostsToPay(schemes.filter { kinds.contains($0.kind) }.map(\.cost.pounds))
    for column in ["limit", "revenue_ceiling"] {
      let isLimit = column == "limit"
      let sums = try rows(.borrowing).filter { !$0.isBlank(column) }.map { row in
        (row: row, pounds: try row.whole(column))
      }
      func what(_ sum: (row: DatasetRow, pounds: Int)) throws -> String {
        "'\(column)' is \(grouped(sum.pounds)) in \(try sum.row.financialYear("financial_year"))"
      }
      if let costs,
        let low = sums.first(where: { sum in
          sum.pounds > 0
            && (isLimit ? costs.isNextToNothing(sum.pounds) : costs.isUnderAHundredth(sum.pounds))
        })
      {
        warnOfTooLittle(
          try what(low) + "; the cheapest scheme that may be borrowed for costs " + grouped(costs.cheapest),
          at: low.row.place(column), &list)
      }
      let most = isLimit ? mostTimesAllSchemes * all : all
      if let high = sums.first(where: { Double($0.pounds) > most }) {
        warnOfTooMuch(
          try what(high), all,
          fix: "write, in pounds, what is for these schemes in the year, and not for the whole authority",
          at: high.row.place(column), &list)
      }
    }
  }

  private func warnOfDeed(
    _ agreement: Placed<Section106Agreement>, _ schemes: [Scheme], _ context: CapitalContext,
    _ list: inout DiagnosticList
  ) {
    let (deed, pounds) = (agreement.value, Double(agreement.value.amount.pounds))
    let what: String
    if let site = context.sites.first(where: { $0.key == deed.site }) {
      let isLow = pounds > 0 && pounds < leastPoundsPerHome * site.dwellings
      guard isLow || pounds > mostPoundsPerHome * site.dwellings else { return }
      what = " for \(grouped(site.dwellings)) homes, \(grouped((pounds / site.dwellings).rounded())) a home"
      if isLow {
        list.add(
          .moneyOutOfProportion, at: agreement.row.place("amount"),
          what: "agreement '\(deed.key)' brings \(grouped(deed.amount.pounds))" + what,
          why: "so little is most often the sum for one home, or in thousands of pounds",
          fix: "write pounds for all homes; if it is so little, leave it")
        return
      }
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

  /// Warns of costs to revenue that are too low, and of a net revenue stream below what the middle scheme costs (W333).
  private func warnOfLowRevenue(_ schemes: [Scheme], _ values: AssumptionValues, _ list: inout DiagnosticList)
  {
    let costs = schemes.map { Double($0.cost.pounds) }.filter { $0 > 0 }.sorted()
    var least = leastRevenue
    // The middle one, which no single slip moves far.
    if !costs.isEmpty { least.append((key: "revenue.net_revenue_stream", pounds: costs[costs.count / 2])) }
    for (key, pounds) in least {
      guard let value = values.known(key), value > 0, value < pounds else { continue }
      warnOfTooLittle(
        "'\(key)' is \(grouped(value)); less than \(grouped(pounds)) is not plausible",
        at: values.place(of: key), &list)
    }
  }

  private func warnOfTooLittle(_ what: String, at place: SourceLocation, _ list: inout DiagnosticList) {
    list.add(
      .moneyOutOfProportion, at: place, what: what, why: "so little is most often in thousands of pounds",
      fix: "write pounds; if it is so little, leave it")
  }

  private func warnOfTooMuch(
    _ what: String, _ all: Double, fix: String = "write pounds; if it is so much, leave it",
    at place: SourceLocation, _ list: inout DiagnosticList
  ) {
    list.add(
      .moneyOutOfProportion, at: place, what: what + "; all schemes together cost \(grouped(all))",
      why: "so much more than could be spent is most often a slip", fix: fix)
  }
}
