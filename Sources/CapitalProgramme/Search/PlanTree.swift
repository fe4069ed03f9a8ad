internal import MixedInteger

/// Branch and bound below one cutoff.
struct PlanTree {
  let blocks: [PlanBlock]
  private let bounds: PlanBound
  private let aim: PlanSearch.Aim
  private let options: SolveOptions
  private var cutoff: Double
  private var open: [(allowed: [[Int32]], bound: Double)]
  /// Choices that were tried already: whether they can be paid for is known.
  private var asked: Set<[Int32]> = []
  /// The prices of the last nodes: what they prove of another costs no linear programme.
  private var tried: [TriedPrices] = []
  private static let mostTried = 48
  /// Whether the last node has left children.
  private var isDiving = false
  private let deadline: ContinuousClock.Instant?
  private(set) var best: (plans: [Int32], unmet: Double)?
  /// Plans whose every combination is as good as the best.
  private(set) var boxes: [[[Int32]]] = []
  private(set) var nodes: Int
  /// Whether nothing is left to search.
  private(set) var isComplete = false

  /// The plans that lie no further above the best of their block than the cutoff above the root's bound. `near` are prices that may leave
  /// out more of them.
  init(
    _ blocks: [PlanBlock], _ root: PlanBound.Result, near: [MoneyPrices], cutoff: Double,
    _ aim: PlanSearch.Aim, options: SolveOptions, deadline: ContinuousClock.Instant?, nodes: Int
  ) throws {
    let left = blocks.map { block in
      let sums = PlanSums.all(block, root.prices)
      let most = (sums.min() ?? .infinity) + cutoff - root.bound
      return block.keeping(sums.indices.filter { sums[$0] <= most })
    }
    self.blocks = left
    bounds = try PlanBound(left, root.prices.money, near: root.prices, options)
    open = [(left.map { (0..<Int32($0.count)).map { $0 } }, root.bound)]
    tried = near.map { TriedPrices(left, $0) }
    self.deadline = deadline
    (self.cutoff, self.aim, self.options, self.nodes) = (cutoff, aim, options, nodes)
  }

  /// What the last nodes found money to be worth.
  var prices: [MoneyPrices] { tried.map(\.prices) }

  /// Below this there is no choice.
  var bound: Double { min(best?.unmet ?? .infinity, cutoff, open.map(\.bound).min() ?? .infinity) }

  /// Until nothing is left, a limit is reached, or it is not known (nil) whether a choice can be paid for.
  mutating func search(_ isAffordable: ([Int32]) throws -> Bool?) throws {
    while let node = next() {
      let isLate = deadline.map { ContinuousClock.now > $0 } ?? false
      if nodes >= PlanSearch.mostNodes || isLate || options.isCancelled?() == true {
        open.append(node)
        return
      }
      nodes += 1
      options.progress?(
        SolveProgress(
          primalBound: (best?.unmet ?? .infinity) + aim.elsewhere, dualBound: bound + aim.elsewhere,
          nodes: nodes))
      let others = open.count
      guard try look(node.allowed, node.bound, isAffordable) else {
        open.append(node)
        return
      }
      isDiving = open.count > others
    }
    isComplete = true
  }

  /// A child of the last node while there is one, else the node of the lowest bound; of these the latest.
  private mutating func next() -> (allowed: [[Int32]], bound: Double)? {
    if isDiving, let last = open.last, last.bound <= cutoff { return open.removeLast() }
    open.removeAll { $0.bound > cutoff }
    let lowest = open.indices.reversed().min { open[$0].bound < open[$1].bound }
    return lowest.map { open.remove(at: $0) }
  }

  /// False where it is not known whether a choice can be paid for.
  private mutating func look(
    _ allowed: [[Int32]], _ parent: Double, _ isAffordable: ([Int32]) throws -> Bool?
  ) throws -> Bool {
    var allowed = allowed
    for prices in tried {
      guard prices.leave(&allowed, below: cutoff) else { return true }
    }
    let result = try bounds.best(allowed, cutoff: cutoff)
    let bound = max(parent, result.bound)
    if result.bound.isFinite {
      let prices = TriedPrices(blocks, result.prices)
      tried.append(prices)
      if tried.count > Self.mostTried { tried.removeFirst() }
      guard bound <= cutoff, prices.leave(&allowed, below: cutoff) else { return true }
    }
    // A mixture of one plan each is a choice; without a mixture, the first plans are as good as any.
    let plans = allowed.indices.map { block -> Int32 in
      let mixed = result.mixture.isEmpty ? nil : result.mixture[block].max { $0.part < $1.part }
      return mixed.flatMap { allowed[block].contains($0.plan) ? $0.plan : nil } ?? allowed[block][0]
    }
    let isWhole = result.mixture.allSatisfy { parts in
      parts.allSatisfy { $0.part < 1e-6 || $0.part > 1 - 1e-6 }
    }
    if isWhole, asked.insert(plans).inserted {
      let unmet = zip(blocks, plans).reduce(0) { $0 + $1.0.unmet[Int($1.1)] }
      if unmet < best?.unmet ?? .infinity, unmet <= cutoff {
        guard let canBePaid = try isAffordable(plans) else { return false }
        if canBePaid {
          best = (plans, unmet)
          cutoff = min(cutoff, aim.wanted(beside: unmet))
          boxes = boxes.filter { unmetLimit($0, min) <= cutoff }
        }
      }
    }
    guard bound <= cutoff else { return true }
    if let best, unmetLimit(allowed, max) <= cutoff,
      unmetLimit(allowed, min) >= best.unmet - 1e-9 * max(1, abs(best.unmet))
    {
      boxes.append(allowed)
      return true
    }
    branch(allowed, bound, result.mixture, plans)
    return true
  }

  /// The fewest or the most unmet places that a choice of allowed plans leaves: `limit` is `min` or `max`.
  private func unmetLimit(_ allowed: [[Int32]], _ limit: (Double, Double) -> Double) -> Double {
    zip(blocks, allowed).reduce(0) { sum, entry in
      let unmet = entry.1.map { entry.0.unmet[Int($0)] }
      return sum + unmet.dropFirst().reduce(unmet.first ?? 0, limit)
    }
  }

  /// Two nodes: a scheme has begun by some year, or has not; where nothing is mixed, the block of most different plans has its present
  /// one, or another.
  private mutating func branch(
    _ allowed: [[Int32]], _ bound: Double, _ mixture: [[(plan: Int32, part: Double)]], _ plans: [Int32]
  ) {
    var choice: (block: Int, position: Int, start: Int16, part: Double)?
    for (block, parts) in mixture.enumerated() where parts.count > 1 {
      for position in blocks[block].schemes.indices {
        var begun: [Int16: Double] = [:]
        for entry in parts {
          let start = blocks[block].start(entry.plan, position)
          if start >= 0 { begun[start, default: 0] += entry.part }
        }
        var sum = 0.0
        for (start, part) in begun.sorted(by: { $0.key < $1.key }) {
          sum += part
          let distance = abs(sum - 0.5)
          if sum > 1e-6, sum < 1 - 1e-6, distance < choice.map({ abs($0.part - 0.5) }) ?? .infinity {
            choice = (block, position, start, sum)
          }
        }
      }
    }
    func push(_ block: Int, _ isFirst: (Int32) -> Bool, prefersFirst: Bool) {
      var (first, second) = (allowed, allowed)
      first[block] = allowed[block].filter(isFirst)
      second[block] = allowed[block].filter { !isFirst($0) }
      for child in prefersFirst ? [second, first] : [first, second] where !child[block].isEmpty {
        open.append((child, bound))
      }
    }
    if let choice {
      let block = blocks[choice.block]
      push(
        choice.block, { (0...choice.start).contains(block.start($0, choice.position)) },
        prefersFirst: choice.part > 0.5)
      return
    }
    let spreads = allowed.indices.map { block -> Double in
      let unmet = allowed[block].map { blocks[block].unmet[Int($0)] }
      return allowed[block].count < 2 ? -1 : (unmet.max() ?? 0) - (unmet.min() ?? 0)
    }
    guard let widest = spreads.indices.max(by: { spreads[$0] < spreads[$1] }), spreads[widest] >= 0 else {
      return
    }
    push(widest, { $0 == plans[widest] }, prefersFirst: true)
  }
}

/// What some prices say of every plan of a tree.
private struct TriedPrices {
  let prices: MoneyPrices
  private let worth: Double
  /// **Shape** block, plan.
  private let sums: [[Double]]

  init(_ blocks: [PlanBlock], _ prices: MoneyPrices) {
    self.prices = prices
    worth = prices.worth
    sums = blocks.map { PlanSums.all($0, prices) }
  }

  /// Leaves the plans that may be part of a choice below a cutoff. False where there is none.
  func leave(_ allowed: inout [[Int32]], below cutoff: Double) -> Bool {
    var bound = -worth
    let least = zip(sums, allowed).map { sums, plans in
      plans.reduce(Double.infinity) { min($0, sums[Int($1)]) }
    }
    for least in least { bound += least }
    guard bound <= cutoff else { return false }
    for block in allowed.indices {
      let most = least[block] + (cutoff - bound)
      let sums = sums[block]
      if allowed[block].contains(where: { sums[Int($0)] > most }) {
        allowed[block].removeAll { sums[Int($0)] > most }
      }
    }
    return true
  }
}
