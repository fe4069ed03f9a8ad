/// Money for capital schemes, and what it may be spent on. Amounts are whole pounds of the day (cash).
public struct FundingPot: Hashable, Sendable {
  public var key: String
  public var name: String
  public var source: FundingSource
  public var rule: FundingRule
  /// Whole pounds by the year in which they are received.
  public var received: [FinancialYear: Int]
  /// What is left at a year's end may be spent in the next; otherwise it lapses.
  public var carriesForward: Bool
  /// What is left at the end of this year is returned.
  public var spendBy: FinancialYear?
  /// The obligation that counts among the five that one project may pool; nil where the money is not under that rule.
  public var pooledObligation: String?
  /// How sure it is that the money comes.
  public var mark: EvidenceMark

  /// Money whose mark is not said is taken to be assumed: nobody may count on it.
  public init(
    key: String, name: String, source: FundingSource, rule: FundingRule,
    received: [FinancialYear: Int], carriesForward: Bool, spendBy: FinancialYear? = nil,
    pooledObligation: String? = nil, mark: EvidenceMark = .assumed
  ) {
    self.key = key
    self.name = name
    self.source = source
    self.rule = rule
    self.received = received
    self.carriesForward = carriesForward
    self.spendBy = spendBy
    self.pooledObligation = pooledObligation
    self.mark = mark
  }
}

/// What a pot may pay for. A nil does not restrict.
public struct FundingRule: Hashable, Sendable {
  public var kinds: Set<SchemeKind>
  public var phase: AreaPhase?
  public var area: PlanningAreaCode?
  /// The key of the one scheme it is tied to.
  public var scheme: String?
  /// At most this share of what a scheme costs.
  public var mostShare: Double?

  /// Money that may pay for whatever is of these kinds, unless more is said.
  public init(
    kinds: Set<SchemeKind>, phase: AreaPhase? = nil, area: PlanningAreaCode? = nil,
    scheme: String? = nil, mostShare: Double? = nil
  ) {
    self.kinds = kinds
    self.phase = phase
    self.area = area
    self.scheme = scheme
    self.mostShare = mostShare
  }

  /// Whether the money may pay for a scheme at all; its share of the cost is another matter (`mostShare`).
  public func allows(_ candidate: Scheme) -> Bool {
    kinds.contains(candidate.kind) && (phase == nil || phase == candidate.phase)
      && (area == nil || area == candidate.area) && (scheme == nil || scheme == candidate.key)
  }
}

/// Money that a developer has promised under section 106 of the Town and Country Planning Act 1990.
public struct Section106Agreement: Hashable, Sendable {
  /// Of 6 April 2010 to 31 August 2019, at most so many obligations could be pooled for one project (regulation 123 of the
  /// Community Infrastructure Levy Regulations 2010).
  public static let mostPooled = 5

  public var key: String
  public var name: String
  /// The key of the deed that promises it, which other instalments may share; its own key where none is named.
  public var deed: String
  /// The housing site whose homes bring the money; nil where it is received already.
  public var site: String?
  /// How many of the site's homes must be finished.
  public var triggerHomes: Double
  /// In cash, or in prices of a quarter: then it is indexed to the year in which it arrives.
  public var amount: Money
  /// For money received already.
  public var receivedIn: FinancialYear?
  public var agreedOn: CalendarDate
  /// Years after the one of receipt within which it must be spent; nil without a limit.
  public var spendWithinYears: Int?
  /// The last year in which it may be spent, where the deed names one.
  public var spendBy: FinancialYear?
  public var rule: FundingRule
  public var mark: EvidenceMark

  /// Timed by `site` and `triggerHomes`, or by `receivedIn` and neither of these: files that give both or none are refused (E222).
  public init(
    key: String, name: String, deed: String? = nil, site: String?, triggerHomes: Double, amount: Money,
    receivedIn: FinancialYear?, agreedOn: CalendarDate, spendWithinYears: Int?, spendBy: FinancialYear?,
    rule: FundingRule, mark: EvidenceMark
  ) {
    self.key = key
    self.name = name
    self.deed = deed ?? key
    self.site = site
    self.triggerHomes = triggerHomes
    self.amount = amount
    self.receivedIn = receivedIn
    self.agreedOn = agreedOn
    self.spendWithinYears = spendWithinYears
    self.spendBy = spendBy
    self.rule = rule
    self.mark = mark
  }

  /// What counts among the obligations that are pooled for a project: the deed, with all its instalments. Nil where it was made
  /// when no such rule was in force.
  public var pooledObligation: String? {
    guard let from = CalendarDate(label: "2010-04-06"), let until = CalendarDate(label: "2019-09-01"),
      agreedOn >= from, agreedOn < until
    else { return nil }
    return deed
  }

  /// The year in which the money arrives: that of the September before which enough homes are finished. Nil when they are not
  /// by `last`. Homes are counted by years to 31 August: where the last of those needed is finished from September to March, the money
  /// comes in the financial year after that.
  public func arrival(from sites: [HousingSite], by last: FinancialYear) -> FinancialYear? {
    if let receivedIn { return receivedIn }
    guard let home = sites.first(where: { $0.key == site }) else { return nil }
    var year = home.firstCompletions
    while year.start <= last.start {
      // Sums of shares of a year may fall short of a whole home by rounding.
      if home.finished(by: year) >= triggerHomes - 1e-6 { return FinancialYear(year.start) }
      year = year + 1
    }
    return nil
  }

  /// The last year in which money that arrived in `arrival` may be spent.
  public func deadline(arrival: FinancialYear) -> FinancialYear? {
    [spendBy, spendWithinYears.map { arrival + $0 }].compactMap { $0 }.min()
  }
}

/// How borrowed money is set aside for repayment: the minimum revenue provision (MRP).
public enum MRPMethod: String, CaseIterable, Sendable, Codable {
  /// What is outstanding, spread evenly over what is left of the asset's life.
  case equalInstalment = "equal_instalment"
  /// Equal yearly sums of MRP and interest over what is left of the asset's life.
  case annuity

  /// The share of the outstanding debt set aside in a year with `remaining` years of life left, that year included.
  public func share(remaining: Int, interest: Double) -> Double {
    guard remaining > 1 else { return 1 }
    guard self == .annuity, interest > 0 else { return 1 / Double(remaining) }
    var growth = 1.0
    for _ in 0..<remaining { growth *= 1 + interest }
    return interest / (growth - 1)
  }
}

/// What the authority may borrow for schemes, and what that costs it.
public struct BorrowingPlan: Hashable, Sendable {
  /// Whole pounds by year; none in a year that is not there.
  public var limit: [FinancialYear: Int]
  /// Most MRP and interest by year, whole pounds; no ceiling in a year that is not there.
  public var revenueCeiling: [FinancialYear: Int]
  /// A year, on the debt at the year's opening and half of the year's new borrowing.
  public var interest: Double
  public var method: MRPMethod
  public var kinds: Set<SchemeKind>

  /// `limit` and `revenueCeiling` in whole pounds of each year.
  public init(
    limit: [FinancialYear: Int], revenueCeiling: [FinancialYear: Int], interest: Double,
    method: MRPMethod, kinds: Set<SchemeKind>
  ) {
    self.limit = limit
    self.revenueCeiling = revenueCeiling
    self.interest = interest
    self.method = method
    self.kinds = kinds
  }
}
