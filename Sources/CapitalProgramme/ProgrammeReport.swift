/// What an independent reading of a programme found: every rule that it breaks, and its accounts.
public struct ProgrammeReport: Sendable {
  /// In the order of the rules, then of schemes, pots and years.
  public let breaches: [Breach]
  public let accounts: ProgrammeAccounts

  public var isFeasible: Bool { breaches.isEmpty }
}

/// A rule that a programme breaks.
public struct Breach: Hashable, Sendable {
  /// The rules, a case for each family.
  public enum Rule: String, CaseIterable, Sendable {
    /// Choices, payments and repayments name schemes, starts, pots and years that are there.
    case existing
    /// At most one start for each scheme.
    case oneStart
    /// Committed schemes start.
    case committed
    /// Of an option group at most one scheme starts.
    case optionGroup
    /// What a scheme requires is chosen and starts no later.
    case prerequisite
    /// No payment and no repayment is negative.
    case notNegative
    /// Payments in a year are what a scheme spends in it, to the pound.
    case fullyPaid
    /// Money goes to chosen schemes alone.
    case onlyChosen
    /// A pot pays for what its rule allows.
    case potEligibility
    /// Borrowing pays for the kinds of scheme that may borrow.
    case borrowingEligibility
    /// Debt is repaid from section 106 money that may pay for the scheme.
    case repaymentEligibility
    /// A pot spends what it has.
    case potBalance
    /// A pot pays at most its share of what a scheme costs.
    case mostShare
    /// At most five obligations under the pooling rule go to one scheme.
    case pooling
    /// A year's borrowing stays within its limit.
    case borrowingLimit
    /// No more is repaid than is owed.
    case debt
    /// MRP and interest stay within what revenue bears.
    case revenueCeiling
  }

  public let rule: Rule
  /// In words, with the names of schemes, pots and years.
  public let what: String
  /// By how much, always positive: pounds, but years for a prerequisite, and a number for other rules on what is chosen and for pooling.
  public let amount: Double

  init(_ rule: Rule, by amount: Double, _ what: String) {
    self.rule = rule
    self.what = what
    self.amount = amount
  }
}
