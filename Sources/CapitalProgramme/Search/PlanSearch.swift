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
    /// Nodes of the search over all starts.
    let nodes: Int
    /// The prices that proved the first bound, then those of the last nodes; empty where none were needed.
    let prices: [KnownPrices]
  }

  /// A choice that can be paid for.
  struct Known {
    /// **Shape** candidate.
    let starts: [Int?]
    /// Weighted unmet places in the blocks' cells.
    let unmet: Double
  }

  /// More plans than this in one block, or in all of them, are not searched.
  static let mostPlans = (block: 200_000, all: 250_000)
  static let mostNodes = 800

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

  /// The best choice, or the known one where none better is found. Nil where the search gave up, or found nothing that can be paid for,
  /// and none is known; it ends where `isAffordable` does not know (nil). With a `gap` above nought the search ends when nothing is
  /// better by more than that share of all unmet places, of which `elsewhere` are not the blocks'. `hints` spare it plans.
  func fewest(
    known: Known?, hints: SearchHints = SearchHints(), elsewhere: Double, gap: Double,
    mostWidth: Double = PlanSearch.mostWidth, isAffordable: ([Int?]) throws -> Bool?
  ) throws -> Found? {
    var known = known
    var aim = Aim(elsewhere: elsewhere, gap: gap, firstWidth: Self.firstWidth, mostWidth: mostWidth)
    if let few = hints.few {
      aim.gap = max(gap, Self.fewGap)
      let near = keeping(below: known.map { aim.wanted(beside: $0.unmet) }, hints.prices.first)
      let found = try fewest(near.map { $0.keeping(few) }, known, hints.prices, aim, isAffordable)
      known = found.map { Known(starts: $0.starts, unmet: $0.unmet) } ?? known
      (aim.gap, aim.firstWidth) = (gap, known == nil ? Self.firstWidth : 3 * Self.firstWidth)
    }
    let near = keeping(below: known.map { aim.wanted(beside: $0.unmet) }, hints.prices.first)
    return try fewest(near, known, hints.prices, aim, isAffordable)
  }

  /// What a search is to find, and how far above the root's bound it looks first and at the most.
  struct Aim {
    /// Unmet places that are not the blocks'.
    let elsewhere: Double
    var gap: Double
    var firstWidth: Double
    let mostWidth: Double

    /// What is better than a known choice by more than the gap; without one, all that is as good, for the next steps.
    func wanted(beside known: Double) -> Double {
      gap > 0 ? known - gap * abs(known + elsewhere) : PlanSearch.withSlack(known)
    }
  }

  private func fewest(
    _ blocks: [PlanBlock], _ known: Known?, _ prices: [KnownPrices], _ aim: Aim,
    _ isAffordable: ([Int?]) throws -> Bool?
  ) throws -> Found? {
    let wanted = known.map { aim.wanted(beside: $0.unmet) } ?? .infinity
    func foundNothing(
      above bound: Double, isProven: Bool, _ nodes: Int = 0, _ prices: [KnownPrices] = []
    ) -> Found? {
      known.map {
        Found(
          starts: $0.starts, unmet: $0.unmet, bound: min($0.unmet, bound), isProven: isProven, kept: nil,
          nodes: nodes, prices: prices)
      }
    }
    if blocks.contains(where: { $0.count == 0 }) {
      return foundNothing(above: wanted, isProven: true)
    }
    let near = prices.map { MoneyPrices($0, money) }
    let root = try PlanBound(blocks, money, near: near.first, options).best(
      blocks.map { (0..<Int32($0.count)).map { $0 } }, cutoff: .infinity)
    let most = blocks.reduce(0) { $0 + ($1.unmet.max() ?? 0) }
    guard root.bound.isFinite, root.bound <= most else {
      // What is left cannot be paid for, or nothing is known of it.
      return foundNothing(above: min(root.bound, wanted), isProven: root.bound > most)
    }
    let scale = max(1, abs(root.bound + aim.elsewhere))
    var width = aim.firstWidth * scale
    var nodes = 0
    // Plans that are part of no choice below `wanted` may be gone, so that nothing is known above it.
    var proven = min(root.bound, wanted)
    while true {
      let cutoff = min(root.bound + width, wanted)
      let isLast = cutoff == wanted || cutoff >= most
      var tree = try PlanTree(
        blocks, root, near: Array(near.dropFirst()), cutoff: cutoff, aim, options: options,
        deadline: deadline, nodes: nodes)
      let left = tree.blocks
      try tree.search { plans in try isAffordable(starts(plans, of: left)) }
      nodes = tree.nodes
      proven = max(proven, tree.bound)
      if let best = tree.best {
        return Found(
          starts: starts(best.plans, of: tree.blocks), unmet: best.unmet, bound: min(best.unmet, proven),
          isProven: tree.isComplete, kept: tree.isComplete && aim.gap == 0 ? kept(tree) : nil, nodes: nodes,
          prices: ([root.prices] + tree.prices).map(\.known))
      }
      guard tree.isComplete, !isLast, width < aim.mostWidth * scale || nodes < Self.fewNodes else {
        return foundNothing(
          above: proven, isProven: tree.isComplete && cutoff == wanted, nodes,
          ([root.prices] + tree.prices).map(\.known))
      }
      width *= 3
    }
  }

  /// How far above the root's bound it looks first, and at the most once it took more than few nodes: where the best lies further, prices of
  /// money say little, and nodes are lost. Shares of all unmet places.
  private static let firstWidth = 0.004
  /// How good the best of few starts need be to begin from.
  private static let fewGap = 3e-3
  static let mostWidth = 0.03
  /// A search of fewer nodes than this is not stopped for looking too far.
  private static let fewNodes = 100

  /// What the next steps allow beyond a value, and rounding.
  static func withSlack(_ unmet: Double) -> Double { unmet + 1.01e-6 * max(1, abs(unmet)) }

  /// The blocks with the plans that may be part of a choice below a cutoff, as any prices prove; with all where either is not known.
  private func keeping(below cutoff: Double?, _ known: KnownPrices?) -> [PlanBlock] {
    guard let cutoff, let known else { return blocks }
    let prices = MoneyPrices(known, money)
    let sums = blocks.map { $0.sums(at: prices) }
    let least = sums.map { $0.min() ?? .infinity }
    let room = cutoff - least.reduce(-prices.worth, +)
    return blocks.indices.map { block in
      let (sums, most) = (sums[block], least[block] + room)
      return blocks[block].keeping(sums.indices.filter { sums[$0] <= most })
    }
  }

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

/// What is known of a problem from the one that it was made from.
struct SearchHints: Sendable {
  /// Prices of the other problem's money, the best first.
  var prices: [KnownPrices] = []
  /// Starts among which a good choice is looked for first. **Shape** candidate.
  var few: [Set<Int>]?
}
