/// One line of the approved capital programme, in cash.
public struct ApprovedScheme: Hashable, Sendable {
  public let name: String
  public let budget: Money
  public let funding: [FundingSource: Money]

  /// `funding` adds up to `budget` in a model that was checked.
  public init(name: String, budget: Money, funding: [FundingSource: Money]) {
    self.name = name
    self.budget = budget
    self.funding = funding
  }
}
