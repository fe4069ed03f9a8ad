public import PlacePlanning

/// Spending against budget in the year under way.
public struct ProgrammeMonitor: Sendable {
  /// One budget line or scheme. What was not published is nil, and so is what would be worked out from it.
  public struct Line: Sendable {
    public let name: String
    /// The year's budget before any revision. **Units** whole pounds, cash, here and below.
    public let approved: Int?
    public let revised: Int
    public let spent: Int
    /// What the profile expects by now, to the nearest pound.
    public let expected: Int
    /// What the year is forecast to end with.
    public let outturn: Int?
    /// The scheme's whole life, as approved and as now forecast.
    public let approvedTotal: Int?
    public let forecastTotal: Int?
    /// Declared; nil where none was.
    public let scopeChange: Int?
    public let fundedBy: FundingSource?
    public let spendBy: FinancialYear?
    public let reason: String?

    /// Spent less expected: negative is slow.
    public var variance: Int { spent - expected }
    /// As a share of what was expected; nil when nothing was.
    public var varianceShare: Double? { expected == 0 ? nil : Double(variance) / Double(expected) }
    public var unspent: Int { revised - spent }
    /// More than 10% either way, by now, by the year's end or over the scheme's whole life, or more spent than the year's budget.
    public var needsReason: Bool {
      ReasonNeeded(
        spent: spent, expected: expected, revised: revised, outturn: outturn, approvedTotal: approvedTotal,
        forecastTotal: forecastTotal) != nil
    }

    /// The year's forecast outturn less its revised budget.
    public var yearVariance: Int? { outturn.map { $0 - revised } }
    /// The forecast of the scheme's whole cost less what was approved: a figure of the scheme, of which only a part may be this
    /// year's. Nil without both totals.
    public var totalVariance: Int? {
      guard let approvedTotal, let forecastTotal else { return nil }
      return forecastTotal - approvedTotal
    }
    /// What the year's variance is made of. Nil without an outturn and both totals.
    public var split: VarianceSplit? {
      guard let yearVariance, let totalVariance else { return nil }
      return VarianceSplit(year: yearVariance, wholeLife: totalVariance, scope: scopeChange ?? 0)
    }
    /// Slippage, which moves to the next year with its money: what the year leaves of its revised budget and the scheme still
    /// needs. Never more than ``mostCarriedForward``, and so nought where nothing is left. Nil where something is and the totals are
    /// not known that say whether it is saved.
    public var carryForward: Int? { mostCarriedForward == 0 ? 0 : split.map { -$0.slippage } }
    /// Revised budget less outturn, and nought where the year spends all of it or more; nil without an outturn.
    public var mostCarriedForward: Int? { outturn.map { max(0, revised - $0) } }
    /// Whether part of the year's work is known to move to a later year.
    public var isSlipping: Bool { split.map { $0.slippage < 0 } ?? false }
  }

  /// `2017/18`, April to March.
  public let financialYear: String
  public let monthsElapsed: Int
  public let lines: [Line]
  /// Schemes that are reported to be late, whether the lines show it or not.
  public let slipping: [SpendingPosition.SlippingScheme]

  /// How many lines are known to slip.
  public var slippingLines: Int { lines.count(where: \.isSlipping) }

  /// The sums of all lines; of what some line does not publish, nil.
  public var total: Line {
    func sum(_ figure: (Line) -> Int?) -> Int? {
      let figures = lines.map(figure)
      return lines.isEmpty || figures.contains(nil) ? nil : figures.reduce(0) { $0 + ($1 ?? 0) }
    }
    return Line(
      name: "Total", approved: sum(\.approved), revised: lines.reduce(0) { $0 + $1.revised },
      spent: lines.reduce(0) { $0 + $1.spent }, expected: lines.reduce(0) { $0 + $1.expected },
      outturn: sum(\.outturn), approvedTotal: sum(\.approvedTotal), forecastTotal: sum(\.forecastTotal),
      scopeChange: lines.contains { $0.scopeChange != nil }
        ? lines.reduce(0) { $0 + ($1.scopeChange ?? 0) } : nil,
      fundedBy: nil, spendBy: nil, reason: nil)
  }

  /// The name of the last month counted. A number that is no month of the year, which no checked model has, is shown as `month 13`.
  public var lastMonth: String {
    let months = [
      "April", "May", "June", "July", "August", "September", "October", "November", "December",
      "January", "February", "March",
    ]
    return (1...12).contains(monthsElapsed) ? months[monthsElapsed - 1] : "month \(monthsElapsed)"
  }
}

/// Sets what was spent beside what the profile expects by now.
public func monitor(_ position: SpendingPosition) -> ProgrammeMonitor {
  ProgrammeMonitor(
    financialYear: position.financialYear, monthsElapsed: position.monthsElapsed,
    lines: position.lines.map { line in
      .init(
        name: line.name, approved: line.approvedBudget?.pounds, revised: line.revisedBudget.pounds,
        spent: line.spentToDate.pounds,
        expected: position.expected(line),
        outturn: line.forecastOutturn?.pounds, approvedTotal: line.approvedTotal?.pounds,
        forecastTotal: line.forecastTotal?.pounds, scopeChange: line.scopeChange?.pounds,
        fundedBy: line.fundedBy, spendBy: line.spendBy, reason: line.reason)
    },
    slipping: position.slipping)
}
