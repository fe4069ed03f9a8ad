internal import MixedInteger

/// The fewest unmet places, searched for over whole plans of blocks rather than single starts, and every start that a programme which
/// reaches them may have.
///
/// Branch and bound: at each node some plans of each block are left; prices of money bound what these can reach; plans that lie further
/// above the best of their block than the bound lies below what is known are left out, as no choice with them can be as good.
struct PlanSearch {
  struct Found {
    /// The start of each candidate, nil without. **Shape** candidate.
    let starts: [Int?]
    /// Weighted unmet places in the blocks' cells.
    let unmet: Double
    /// Below this there is no choice that can be paid for.
    let bound: Double
    /// Whether no better choice is left, but for the gap.
    let isProven: Bool
    /// Starts of every choice within the slack of `unmet`; nil where they are not known. **Shape** candidate.
    let kept: [Set<Int>]?
    let nodes: Int
  }

  /// More plans than this in one block, or in all of them, are not searched.
  static let mostPlans = (block: 200_000, all: 250_000)
  static let mostNodes = 400

  private let problem: ProgrammeProblem
  private let blocks: [PlanBlock]
  private let money: PlanMoney
  private let options: SolveOptions
  /// When its time is over; enumerating the plans counts.
  private let deadline: ContinuousClock.Instant?

  /// Nil where plans are too many, or where places of one block serve another.
  init?(_ problem: ProgrammeProblem, _ groups: [SupplyGroup], _ options: SolveOptions) {
    guard problem.neighbours == nil, !problem.candidates.isEmpty else { return nil }
    deadline = options.timeLimit.map { ContinuousClock.now + $0 }
    let schemes = problem.blocks()
    let money = PlanMoney(problem, schemes)
    var blocks: [PlanBlock] = []
    var left = Self.mostPlans.all
    for (index, schemes) in schemes.enumerated() {
      guard
        let block = problem.planBlocks.block(problem, schemes, groups, money, own: money.own[index]),
        block.count > 0, block.count <= left
      else { return nil }
      left -= block.count
      blocks.append(block)
    }
    (self.problem, self.blocks, self.money, self.options) = (problem, blocks, money, options)
  }

  /// Nil where the search gave up, or found nothing that can be paid for; it ends where `isAffordable` does not know (nil). `known` is
  /// what some choice reaches. With a `gap` above nought the search ends when nothing is better by more than that share of all unmet
  /// places, of which `elsewhere` are not the blocks'.
  func fewest(
    known: Double?, elsewhere: Double, gap: Double, mostWidth: Double = PlanSearch.mostWidth,
    isAffordable: ([Int?]) throws -> Bool?
  ) throws -> Found? {
    let root = try PlanBound(blocks, money, options).best(
      blocks.map { (0..<Int32($0.count)).map { $0 } }, cutoff: .infinity)
    let most = blocks.reduce(0) { $0 + ($1.unmet.max() ?? 0) }
    guard root.bound.isFinite, root.bound <= most else { return nil }
    let scale = max(1, abs(root.bound + elsewhere))
    var width = Self.firstWidth * scale
    var nodes = 0
    while true {
      let cutoff = min(root.bound + width, Self.withSlack(known ?? .infinity))
      let isLast = cutoff < root.bound + width || cutoff >= most
      var tree = try PlanTree(
        blocks, money, root, cutoff: cutoff, elsewhere: elsewhere, gap: gap, options: options,
        deadline: deadline, nodes: nodes)
      let left = tree.blocks
      try tree.search { plans in try isAffordable(starts(plans, of: left)) }
      nodes = tree.nodes
      if let best = tree.best {
        return Found(
          starts: starts(best.plans, of: tree.blocks), unmet: best.unmet, bound: tree.bound,
          isProven: tree.isComplete, kept: tree.isComplete && gap == 0 ? kept(tree) : nil, nodes: nodes)
      }
      guard tree.isComplete, !isLast, width < mostWidth * scale else { return nil }
      width *= 3
    }
  }

  /// How far above the root's bound it looks first, and at the most: where the best lies further, prices of money say little, and
  /// nodes are lost. Shares of all unmet places.
  private static let firstWidth = 0.004
  static let mostWidth = 0.03

  /// What the next steps allow beyond a value, and rounding.
  static func withSlack(_ unmet: Double) -> Double { unmet + 1.01e-6 * max(1, abs(unmet)) }

  private func starts(_ plans: [Int32], of blocks: [PlanBlock]) -> [Int?] {
    var starts = [Int?](repeating: nil, count: problem.candidates.count)
    for (block, plan) in zip(blocks, plans) {
      for (scheme, start) in zip(block.schemes, block.starts(Int(plan))) where start >= 0 {
        starts[scheme] = Int(start)
      }
    }
    return starts
  }

  private func kept(_ tree: PlanTree) -> [Set<Int>] {
    var kept = problem.candidates.map { _ in Set<Int>() }
    for box in tree.boxes {
      for (block, plans) in zip(tree.blocks, box) {
        for plan in plans {
          for (scheme, start) in zip(block.schemes, block.starts(Int(plan))) where start >= 0 {
            kept[scheme].insert(Int(start))
          }
        }
      }
    }
    return kept
  }
}

/// The tree below one cutoff.
struct PlanTree {
  let blocks: [PlanBlock]
  private let bounds: PlanBound
  private let elsewhere: Double
  private let gap: Double
  private let options: SolveOptions
  private var cutoff: Double
  private var open: [(allowed: [[Int32]], bound: Double)]
  private var tried: Set<[Int32]> = []
  private let deadline: ContinuousClock.Instant?
  private(set) var best: (plans: [Int32], unmet: Double)?
  /// Plans whose every combination is as good as the best.
  private(set) var boxes: [[[Int32]]] = []
  private(set) var nodes: Int
  /// Whether nothing is left to search.
  private(set) var isComplete = false

  /// The plans that lie no further above the best of their block than the cutoff above the root's bound.
  init(
    _ blocks: [PlanBlock], _ money: PlanMoney, _ root: PlanBound.Result, cutoff: Double, elsewhere: Double,
    gap: Double, options: SolveOptions, deadline: ContinuousClock.Instant?, nodes: Int
  ) throws {
    let left = zip(blocks, root.sums).map { block, sums in
      let least = sums.min() ?? 0
      return block.keeping(sums.indices.filter { sums[$0] - least <= cutoff - root.bound })
    }
    self.blocks = left
    bounds = try PlanBound(left, money, options)
    open = [(left.map { (0..<Int32($0.count)).map { $0 } }, root.bound)]
    self.deadline = deadline
    (self.cutoff, self.elsewhere, self.gap, self.options, self.nodes) = (
      cutoff, elsewhere, gap, options, nodes
    )
  }

  /// Below this there is no choice.
  var bound: Double { min(best?.unmet ?? .infinity, cutoff, open.map(\.bound).min() ?? .infinity) }

  /// Until nothing is left, a limit is reached, or it is not known (nil) whether a choice can be paid for.
  mutating func search(_ isAffordable: ([Int32]) throws -> Bool?) throws {
    while let node = open.popLast() {
      if node.bound > cutoff { continue }
      let isLate = deadline.map { ContinuousClock.now > $0 } ?? false
      if nodes >= PlanSearch.mostNodes || isLate || options.isCancelled?() == true {
        open.append(node)
        return
      }
      nodes += 1
      options.progress?(
        SolveProgress(
          primalBound: (best?.unmet ?? .infinity) + elsewhere, dualBound: bound + elsewhere, nodes: nodes))
      guard try look(node.allowed, node.bound, isAffordable) else {
        open.append(node)
        return
      }
    }
    isComplete = true
  }

  /// False where it is not known whether a choice can be paid for.
  private mutating func look(
    _ allowed: [[Int32]], _ above: Double, _ isAffordable: ([Int32]) throws -> Bool?
  ) throws -> Bool {
    let result = try bounds.best(allowed, cutoff: cutoff)
    let bound = max(above, result.bound)
    guard bound <= cutoff else { return true }
    var allowed = allowed
    if result.bound.isFinite {
      for (block, sums) in result.sums.enumerated() {
        let least = sums.min() ?? 0
        allowed[block] = zip(allowed[block], sums).filter { $0.1 - least <= cutoff - result.bound }.map(\.0)
      }
    }
    // A mixture of one plan each is a choice; without a mixture, the first plans are as good as any.
    let plans = allowed.indices.map { block -> Int32 in
      let mixed = result.mixture.isEmpty ? nil : result.mixture[block].max { $0.part < $1.part }
      return mixed.flatMap { allowed[block].contains($0.plan) ? $0.plan : nil } ?? allowed[block][0]
    }
    let isWhole = result.mixture.allSatisfy { parts in
      parts.allSatisfy { $0.part < 1e-6 || $0.part > 1 - 1e-6 }
    }
    if isWhole, tried.insert(plans).inserted {
      let unmet = zip(blocks, plans).reduce(0) { $0 + $1.0.unmet[Int($1.1)] }
      if unmet < best?.unmet ?? .infinity, unmet <= cutoff {
        guard let canBePaid = try isAffordable(plans) else { return false }
        if canBePaid {
          best = (plans, unmet)
          cutoff = min(
            cutoff, gap > 0 ? unmet - gap * abs(unmet + elsewhere) : PlanSearch.withSlack(unmet))
          boxes = boxes.filter { value($0, min) <= cutoff }
        }
      }
    }
    guard bound <= cutoff else { return true }
    if let best, value(allowed, max) <= cutoff,
      value(allowed, min) >= best.unmet - 1e-9 * max(1, abs(best.unmet))
    {
      boxes.append(allowed)
      return true
    }
    branch(allowed, bound, result.mixture, plans)
    return true
  }

  private func value(_ allowed: [[Int32]], _ of: (Double, Double) -> Double) -> Double {
    zip(blocks, allowed).reduce(0) { sum, entry in
      let unmet = entry.1.map { entry.0.unmet[Int($0)] }
      return sum + unmet.dropFirst().reduce(unmet.first ?? 0, of)
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
