internal import Synchronization

/// The sums of a block's plans at the prices that were asked for last: problems made from one another share blocks, and begin from the
/// same prices.
final class PricedPlans: Sendable {
  private static let most = 4

  /// `demand` holds the prices of each scheme's demand for money.
  private let known = Mutex<[(demand: [[Double]], sums: [Double])]>([])

  /// **Shape** plan.
  func sums(_ block: PlanBlock, _ prices: MoneyPrices) -> [Double] {
    let demand = block.kinds.map { prices.demand[$0] }
    if let found = known.withLock({ known in known.first { $0.demand == demand }?.sums }) { return found }
    let sums = PlanSums.all(block, prices)
    known.withLock {
      if $0.count == Self.most { $0.removeFirst() }
      $0.append((demand, sums))
    }
    return sums
  }
}
