/// What is published of capital spending in the year before the programme.
public struct SpendingPosition: Sendable {
  /// One budget line or scheme. What was not published is nil.
  public struct Line: Hashable, Sendable {
    public let name: String
    /// For the year.
    public let revisedBudget: Money
    public let spentToDate: Money
    /// Nil when none was given.
    public let reason: String?
    /// For the year, before any revision.
    public let approvedBudget: Money?
    /// What the year is expected to end with.
    public let forecastOutturn: Money?
    /// The scheme over its whole life, as approved and as now expected.
    public let approvedTotal: Money?
    public let forecastTotal: Money?
    /// What a declared change of scope adds to the total; negative where it takes away.
    public let scopeChange: Money?
    public let fundedBy: FundingSource?
    /// The last year in which its money may be spent.
    public let spendBy: FinancialYear?

    /// Whatever is left out was not published.
    public init(
      name: String, revisedBudget: Money, spentToDate: Money, reason: String?, approvedBudget: Money? = nil,
      forecastOutturn: Money? = nil, approvedTotal: Money? = nil, forecastTotal: Money? = nil,
      scopeChange: Money? = nil, fundedBy: FundingSource? = nil, spendBy: FinancialYear? = nil
    ) {
      self.name = name
      self.revisedBudget = revisedBudget
      self.spentToDate = spentToDate
      self.reason = reason
      self.approvedBudget = approvedBudget
      self.forecastOutturn = forecastOutturn
      self.approvedTotal = approvedTotal
      self.forecastTotal = forecastTotal
      self.scopeChange = scopeChange
      self.fundedBy = fundedBy
      self.spendBy = spendBy
    }
  }

  /// A scheme named as slipping. Its amounts are not published.
  public struct SlippingScheme: Hashable, Sendable {
    public let name: String
    public let reason: String

    /// By its name, and why it is late in the words of whoever reported it.
    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// `2017/18`, April to March.
  public let financialYear: String
  /// The month to whose end spending is counted, April = 1 … March = 12.
  public let monthsElapsed: Int
  public let lines: [Line]
  public let slipping: [SlippingScheme]
  /// The share of a year's spending expected by the end of month 1 … 12 of the financial year; the last is 1.
  public let cumulativeProfile: [Double]

  /// Lines and late schemes in the order in which they were published.
  public init(
    financialYear: String, monthsElapsed: Int, lines: [Line], slipping: [SlippingScheme],
    cumulativeProfile: [Double]
  ) {
    self.financialYear = financialYear
    self.monthsElapsed = monthsElapsed
    self.lines = lines
    self.slipping = slipping
    self.cumulativeProfile = cumulativeProfile
  }
}

/// Why a line of spending asks for a reason, by the forum's rule of 10%.
public enum ReasonNeeded: Sendable {
  /// Spent more than 10% over or under what was expected by now.
  case awayFromExpected
  /// Spent more than the year's budget.
  case aboveBudget
  /// Forecast to end the year more than 10% away from its budget.
  case awayAtYearEnd
  /// Forecast to cost more than 10% over or under what was approved, over its whole life.
  case awayInAll

  /// Nil where none is needed: the first that applies, the year's before the scheme's. Where nothing was expected, anything spent is
  /// away from it. Nil figures ask for nothing. **Units** whole pounds.
  public init?(
    spent: Int, expected: Int, revised: Int, outturn: Int?, approvedTotal: Int?, forecastTotal: Int?
  ) {
    if 10 * abs(spent - expected) > expected {
      self = .awayFromExpected
    } else if spent > revised {
      self = .aboveBudget
    } else if let outturn, 10 * abs(outturn - revised) > revised {
      self = .awayAtYearEnd
    } else if let approvedTotal, let forecastTotal, 10 * abs(forecastTotal - approvedTotal) > approvedTotal {
      self = .awayInAll
    } else {
      return nil
    }
  }
}

extension SpendingPosition {
  /// The share of the year's spending that the profile expects by now; nought outside the year.
  public var expectedShare: Double {
    cumulativeProfile.indices.contains(monthsElapsed - 1) ? cumulativeProfile[monthsElapsed - 1] : 0
  }

  /// What the profile expects of a line by now, to the nearest pound.
  public func expected(_ line: Line) -> Int {
    nearestPound(Double(line.revisedBudget.pounds) * expectedShare)
  }
}
