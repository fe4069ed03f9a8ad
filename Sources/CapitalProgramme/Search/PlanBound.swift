internal import MixedInteger

/// The highest bound on unmet places that prices of money prove, found by a linear programme whose variables are the prices.
///
/// Each plan is a constraint: no block is worth more than its unmet places and the money that it takes. Plans enter as they are broken.
/// The linear programme is not taken at its word: `MoneyPrices` adds its bound up again from every plan.
final class PlanBound {
  struct Result {
    /// No choice among the plans that were allowed leaves fewer unmet places; infinite where it is above what was asked.
    var bound = -Double.infinity
    var prices: MoneyPrices
    /// Parts of plans that the linear programme mixes. **Shape** block.
    var mixture: [[(plan: Int32, part: Double)]] = []
  }

  private struct Row {
    let block: Int
    let plan: Int32
    let id: ConstraintID
    var isOpen = true
  }

  private let blocks: [PlanBlock]
  private let money: PlanMoney
  /// Prices to begin from; nil where none are known.
  private let near: MoneyPrices?
  private let resolver: Resolver
  /// **Shape** common pot, year.
  private let pots: [[VariableID]]
  private let borrowing: [VariableID]
  private let demand: [[VariableID]]
  private let worth: [VariableID]
  private var rows: [Row] = []
  private var known: [Set<[Double]>]

  /// Prices above this prove that money does not suffice, whatever they are exactly. **Units** places for a thousand pounds.
  private static let mostPrice = 1_000.0
  /// How many broken plans of a block enter at once.
  private static let mostEntering = 8
  private static let mostRounds = 200

  init(
    _ blocks: [PlanBlock], _ money: PlanMoney, near: MoneyPrices? = nil, _ options: SolveOptions
  ) throws(LinearModelFault) {
    (self.blocks, self.money, self.near) = (blocks, money, near)
    var model = LinearModel(name: "prices")
    let cap = VariableKind.continuous(0, Self.mostPrice)
    let years = 0..<money.years
    pots = money.common.map { pot in years.map { model.variable("pot\(pot).\($0)", cap) } }
    borrowing = years.map { model.variable("borrowing.\($0)", cap) }
    demand = money.kinds.indices.map { kind in years.map { model.variable("demand\(kind).\($0)", cap) } }
    worth = blocks.indices.map { model.variable("block\($0)", .free) }
    known = blocks.map { _ in [] }
    var objective = LinearExpression()
    for (index, pot) in money.common.enumerated() {
      for year in years {
        objective.add(pots[index][year], times: money.received(pot, year))
        if year + 1 < money.years, money.mayCarry(pot, into: year + 1) {
          let fall = LinearExpression().adding(pots[index][year]).adding(pots[index][year + 1], times: -1)
          model.constrain("carried\(pot).\(year)", fall, .atLeast, 0)
        }
      }
    }
    for year in years { objective.add(borrowing[year], times: money.limit[year]) }
    for (index, kind) in money.kinds.enumerated() {
      for year in years {
        let own = LinearExpression().adding(demand[index][year])
        for (position, pot) in money.common.enumerated()
        where kind.pots.contains(pot) && money.has(pot, in: year) {
          let rest = own.adding(pots[position][year], times: -1)
          model.constrain("met\(index).\(pot).\(year)", rest, .atMost, 0)
        }
        if kind.mayBorrow, money.limit[year] > 0 {
          model.constrain(
            "met\(index).borrowing.\(year)", own.adding(borrowing[year], times: -1), .atMost, 0)
        }
      }
    }
    for block in worth { objective.add(block, times: -1) }
    model.objective = objective
    var options = options
    (options.threads, options.start, options.progress) = (1, nil, nil)
    resolver = try Resolver(model, options)
  }

  /// The bound of the allowed plans; it stops early once that is above `cutoff`.
  func best(_ allowed: [[Int32]], cutoff: Double) throws(LinearModelFault) -> Result {
    open(allowed)
    var result = Result(prices: MoneyPrices(money))
    for round in 0..<Self.mostRounds {
      if round == 0,
        allowed.indices.contains(where: { block in !rows.contains { $0.block == block && $0.isOpen } })
      {
        // A plan of each block, or nothing would hold its worth.
        for (block, plans) in allowed.enumerated() {
          let least = plans.min { blocks[block].unmet[Int($0)] < blocks[block].unmet[Int($1)] }
          if let least { add(block, least, result.prices) }
          if let first = plans.first { add(block, first, result.prices) }
          guard let near else { continue }
          for plan in broken(plans, of: block, below: .infinity, near).plans { add(block, plan, near) }
        }
      }
      guard case .proven(let solution) = try resolver.solve() else { return result }
      var prices = MoneyPrices(money)
      prices.pots = pots.map { $0.map { solution[$0] } }
      prices.borrowing = borrowing.map { solution[$0] }
      prices.demand = demand.map { $0.map { solution[$0] } }
      prices.settle()
      var bound = -prices.worth
      var isSettled = true
      for (block, plans) in allowed.enumerated() {
        let claimed = solution[worth[block]]
        let level = claimed - 1e-7 * max(1, abs(claimed))
        let (least, broken) = broken(plans, of: block, below: level, prices)
        bound += least
        for plan in broken where add(block, plan, prices) { isSettled = false }
      }
      if bound > result.bound { (result.bound, result.prices) = (bound, prices) }
      if result.bound > cutoff { return result }
      if isSettled {
        result.mixture = mixture(solution)
        return result
      }
    }
    return result
  }

  /// The least sum of some plans of a block, and those whose sums lie below a level: the smallest first, a few at most.
  private func broken(
    _ plans: [Int32], of block: Int, below level: Double, _ prices: MoneyPrices
  ) -> (least: Double, plans: [Int32]) {
    var priced = PlanSums(blocks[block], prices)
    var least = Double.infinity
    var level = level
    var found: [(plan: Int32, sum: Double)] = []
    for plan in plans {
      let sum = priced.sum(Int(plan))
      least = min(least, sum)
      guard sum < level else { continue }
      found.insert((plan, sum), at: found.firstIndex { $0.sum > sum } ?? found.count)
      if found.count > Self.mostEntering { found.removeLast() }
      if found.count == Self.mostEntering, let last = found.last { level = min(level, last.sum) }
    }
    return (least, found.map(\.plan))
  }

  /// A plan with its own money used as it is best at some prices. False where it is there already.
  @discardableResult
  private func add(_ block: Int, _ plan: Int32, _ prices: MoneyPrices) -> Bool {
    let demand = blocks[block].demand(Int(plan), prices).sorted { $0.key < $1.key }
    guard known[block].insert([Double(plan)] + demand.flatMap(\.value)).inserted else { return false }
    var row = LinearExpression().adding(worth[block])
    for (kind, sums) in demand {
      for year in 0..<money.years where abs(sums[year]) > 1e-6 {
        row.add(self.demand[kind][year], times: -sums[year])
      }
    }
    let id = resolver.constrain("plan\(rows.count)", row, .atMost, blocks[block].unmet[Int(plan)])
    rows.append(Row(block: block, plan: plan, id: id))
    return true
  }

  /// Lets only allowed plans bind.
  private func open(_ allowed: [[Int32]]) {
    let allowed = allowed.map(Set.init)
    for index in rows.indices {
      let row = rows[index]
      let isOpen = allowed[row.block].contains(row.plan)
      guard isOpen != row.isOpen else { continue }
      rows[index].isOpen = isOpen
      resolver.setValue(row.id, isOpen ? blocks[row.block].unmet[Int(row.plan)] : Self.never)
    }
  }

  /// More than any block is worth.
  private static let never = 1e15

  private func mixture(_ solution: Solution) -> [[(plan: Int32, part: Double)]] {
    var parts = blocks.map { _ in [(plan: Int32, part: Double)]() }
    for row in rows where row.isOpen {
      let part = -(solution.shadowPrice(of: row.id) ?? 0)
      guard part > 1e-9 else { continue }
      if let known = parts[row.block].firstIndex(where: { $0.plan == row.plan }) {
        parts[row.block][known].part += part
      } else {
        parts[row.block].append((row.plan, part))
      }
    }
    return parts
  }
}
