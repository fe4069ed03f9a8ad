/// Unmet places of a block's plans and what the common money that they take is worth, at some prices.
struct PlanSums {
  private let block: PlanBlock
  private let width: Int
  /// What the common money of each start is worth, after a nought for none. **Shape** scheme, start.
  private let byStart: [Double]
  /// Where each scheme begins in `byStart`.
  private let first: [Int]
  /// **Shape** own kind.
  private var own: [OwnUse]
  /// `low` of every plan. **Shape** plan.
  private lazy var lows: [Double] = (0..<block.count).map { low($0) }

  init(_ block: PlanBlock, _ prices: MoneyPrices, _ money: PlanMoney) {
    self.block = block
    width = block.schemes.count
    var byStart: [Double] = []
    first = zip(block.schemes, block.kinds).map { scheme, kind in
      defer {
        byStart.append(0)
        for spending in money.spending[scheme] {
          byStart.append(zip(spending, prices.demand[kind]).reduce(0) { $0 + $1.0 * $1.1 })
        }
      }
      return byStart.count
    }
    self.byStart = byStart
    own = block.ownKinds.map { OwnUse(prices.demand[$0]) }
  }

  /// Of one plan.
  mutating func sum(_ plan: Int) -> Double {
    var sum = withoutOwnMoney(plan)
    for index in own.indices { sum -= own[index].worth(block, plan, index) / 1000 }
    return sum
  }

  /// No more than the sum of a plan, and sooner known: all own money counts at its highest price, and a little more, for rounding.
  func low(_ plan: Int) -> Double {
    var low = withoutOwnMoney(plan)
    for index in own.indices { low -= own[index].highest * block.mostOwnMoney(plan, index) * (1 + 1e-9) }
    return low
  }

  /// The least of all plans.
  mutating func least() -> Double {
    guard let lowest = lows.indices.min(by: { lows[$0] < lows[$1] }) else { return .infinity }
    var least = sum(lowest)
    for (plan, low) in lows.enumerated() where low < least { least = min(least, sum(plan)) }
    return least
  }

  /// The plans whose sums are no more than a number.
  mutating func plans(upTo most: Double) -> [Int] {
    lows.indices.filter { lows[$0] <= most && sum($0) <= most }
  }

  private func withoutOwnMoney(_ plan: Int) -> Double {
    var sum = block.unmet[plan]
    for position in 0..<width {
      sum += byStart[first[position] + 1 + Int(block.starts[plan * width + position])]
    }
    return sum
  }
}

extension PlanBlock {
  /// What a plan asks of common money at some prices, by kind. **Shape** year. **Units** thousands of pounds.
  func demand(_ plan: Int, _ prices: MoneyPrices, _ money: PlanMoney) -> [Int: [Double]] {
    var net: [Int: [Double]] = [:]
    for (position, start) in starts(plan).enumerated() where start >= 0 {
      let spent = money.spending[schemes[position]][Int(start)]
      net[kinds[position]] = net[kinds[position]].map { zip($0, spent).map { $0.0 + $0.1 } } ?? spent
    }
    for (index, kind) in ownKinds.enumerated() {
      guard let spent = net[kind] else { continue }
      var own = OwnUse(prices.demand[kind])
      _ = own.worth(self, plan, index)
      net[kind] = zip(spent, own.used).map { $0 - Double($1) / 1000 }
    }
    return net
  }
}

/// When a block's own money is best used at some prices: where common money is dearest first, as far as there is demand for it then and
/// no year's end sees more used than could be by then.
private struct OwnUse {
  private let price: [Double]
  /// Years, the dearest first.
  private let order: [Int]
  private var left: [Int]
  /// **Shape** year. **Units** pounds.
  private(set) var used: [Int]
  /// **Units** places for a thousand pounds.
  let highest: Double

  init(_ price: [Double]) {
    self.price = price
    highest = price.max() ?? 0
    order = price.indices.sorted { (price[$1], $0) < (price[$0], $1) }
    left = price.map { _ in 0 }
    used = left
  }

  /// Of one plan and own kind. **Units** pounds times the price.
  mutating func worth(_ block: PlanBlock, _ plan: Int, _ index: Int) -> Double {
    let years = price.count
    let first = (plan * block.ownKinds.count + index) * years
    var sum = 0
    for year in 0..<years {
      sum += block.ownMoney[first + year]
      (left[year], used[year]) = (sum, 0)
    }
    guard sum > 0 else { return 0 }
    var worth = 0.0
    for year in order {
      var part = block.ownDemand[first + year]
      for later in year..<years { part = min(part, left[later]) }
      guard part > 0 else { continue }
      for later in year..<years { left[later] -= part }
      used[year] = part
      worth += price[year] * Double(part)
    }
    return worth
  }
}
