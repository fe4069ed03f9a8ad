/// Unmet places of a block's plans and what the common money that they take is worth, at some prices.
struct PlanSums {
  private let block: PlanBlock
  private let width: Int
  /// What the common money of each start is worth, after a nought for none. **Shape** scheme, start.
  private let byStart: [Double]
  /// Where each scheme begins in `byStart`.
  private let first: [Int]
  /// **Shape** own kind.
  private var best: [BestUse]
  /// What the block's own money saves of common money by its use; not a number until it is asked for. **Shape** own kind, use.
  private var saved: [[Double]]

  init(_ block: PlanBlock, _ prices: MoneyPrices) {
    self.block = block
    width = block.schemes.count
    var byStart: [Double] = []
    first = zip(block.schemes, block.kinds).map { scheme, kind in
      defer {
        byStart.append(0)
        for spending in prices.money.spending[scheme] {
          byStart.append(zip(spending, prices.demand[kind]).reduce(0) { $0 + $1.0 * $1.1 })
        }
      }
      return byStart.count
    }
    self.byStart = byStart
    best = block.ownKinds.map { BestUse(prices.demand[$0]) }
    saved = block.ownUses.map { $0.map { _ in .nan } }
  }

  /// The sum of one plan.
  mutating func sum(_ plan: Int) -> Double {
    var sum = block.unmet[plan]
    for position in 0..<width {
      sum += byStart[first[position] + 1 + Int(block.starts[plan * width + position])]
    }
    for index in best.indices {
      let use = block.use(plan, index)
      if saved[index][use].isNaN { saved[index][use] = best[index].worth(block.ownUses[index][use]) / 1000 }
      sum -= saved[index][use]
    }
    return sum
  }

  /// The sum of every plan of a block. **Shape** plan.
  static func all(_ block: PlanBlock, _ prices: MoneyPrices) -> [Double] {
    var sums = PlanSums(block, prices)
    return (0..<block.count).map { sums.sum($0) }
  }
}

extension PlanBlock {
  /// What a plan asks of common money at some prices, by kind. **Shape** year. **Units** thousands of pounds.
  func demand(_ plan: Int, _ prices: MoneyPrices) -> [Int: [Double]] {
    var net: [Int: [Double]] = [:]
    for (position, start) in starts(plan).enumerated() where start >= 0 {
      let spent = prices.money.spending[schemes[position]][Int(start)]
      net[kinds[position]] = net[kinds[position]].map { zip($0, spent).map { $0.0 + $0.1 } } ?? spent
    }
    for (index, kind) in ownKinds.enumerated() {
      guard let spent = net[kind] else { continue }
      var best = BestUse(prices.demand[kind])
      _ = best.worth(ownUses[index][use(plan, index)])
      net[kind] = zip(spent, best.used).map { $0 - Double($1) / 1000 }
    }
    return net
  }
}

/// When a block's own money is best used at some prices: where common money is dearest first, as far as there is demand for it then and
/// no year's end sees more used than could be by then.
private struct BestUse {
  private let price: [Double]
  /// Years, the dearest first.
  private let order: [Int]
  private var left: [Int]
  /// **Shape** year. **Units** pounds.
  private(set) var used: [Int]

  init(_ price: [Double]) {
    self.price = price
    order = price.indices.sorted { (price[$1], $0) < (price[$0], $1) }
    left = price.map { _ in 0 }
    used = left
  }

  /// **Units** pounds times the price.
  mutating func worth(_ use: OwnMoney.Use) -> Double {
    let years = price.count
    var sum = 0
    for year in 0..<years {
      sum += use.met[year]
      (left[year], used[year]) = (sum, 0)
    }
    guard sum > 0 else { return 0 }
    var worth = 0.0
    for year in order {
      var part = use.demand[year]
      for later in year..<years { part = min(part, left[later]) }
      guard part > 0 else { continue }
      for later in year..<years { left[later] -= part }
      used[year] = part
      worth += price[year] * Double(part)
    }
    return worth
  }
}
