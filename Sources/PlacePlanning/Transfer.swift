/// Where the Year 6 pupils of each primary area go for Year 7.
public struct TransferPlan: Sendable {
  /// Primary area, then secondary area: a share of Year 6.
  public let shares: [PlanningAreaCode: [PlanningAreaCode: Double]]
  public let basis: Basis
  /// The share of Year 6 that leaves the county's state schools. Not used when the shares are observed: they then add to
  /// less than 1 by that much.
  public let leavers: Double

  /// What the shares are.
  public enum Basis: Sendable {
    /// The shares are counted flows and are used as they are.
    case observed
    /// The shares are a starting pattern, to be raked until they meet the rolls of both ends.
    case pattern
  }

  /// **Shape** `shares` by primary area, then secondary area. **Units** shares of Year 6, `leavers` too.
  public init(
    shares: [PlanningAreaCode: [PlanningAreaCode: Double]], basis: Basis, leavers: Double
  ) {
    self.shares = shares
    self.basis = basis
    self.leavers = leavers
  }
}
