/// A chosen programme: schemes with their starts, and who pays what in which year. All money is whole pounds of the day.
///
/// One that `prioritise` returns has passed the independent check.
public struct Programme: Sendable {
  /// Positions of a scheme among the problem's candidates and of its start among the scheme's.
  public struct Choice: Hashable, Sendable {
    public let scheme: Int
    public let start: Int

    /// By position; whether they are there is for the check to say.
    public init(scheme: Int, start: Int) {
      self.scheme = scheme
      self.start = start
    }
  }

  /// Who pays.
  public enum Payer: Hashable, Sendable {
    /// The position of a pot.
    case pot(Int)
    case borrowing
  }

  /// Money for one scheme in one year.
  public struct Payment: Hashable, Sendable {
    public let scheme: Int
    public let payer: Payer
    /// Position among the problem's years.
    public let year: Int
    public let pounds: Int

    /// `pounds` whole pounds from one payer in one year.
    public init(scheme: Int, payer: Payer, year: Int, pounds: Int) {
      self.scheme = scheme
      self.payer = payer
      self.year = year
      self.pounds = pounds
    }
  }

  /// Section 106 money that arrived after the scheme was paid for with borrowing, and repays some of that.
  public struct Repayment: Hashable, Sendable {
    public let scheme: Int
    public let pot: Int
    public let year: Int
    public let pounds: Int

    /// `pounds` whole pounds of debt repaid in one year.
    public init(scheme: Int, pot: Int, year: Int, pounds: Int) {
      self.scheme = scheme
      self.pot = pot
      self.year = year
      self.pounds = pounds
    }
  }

  /// In order of candidates; one at most for each.
  public let choices: [Choice]
  public let payments: [Payment]
  public let repayments: [Repayment]

  /// Any programme at all: `check(_:of:)` says whether it keeps the rules of a problem.
  public init(choices: [Choice], payments: [Payment], repayments: [Repayment]) {
    self.choices = choices
    self.payments = payments
    self.repayments = repayments
  }
}
