internal import PlacePlanning
internal import Synchronization

/// Blocks of plans that were enumerated before, for problems made from one another: they share their cells and the positions of their
/// candidates, and a start spends the same in each, so a block is the same wherever its schemes may start in the same years and the money of
/// its own is the same.
final class PlanBlockMemo: Sendable {
  /// Plans that are kept, of all blocks together.
  private static let mostPlans = 500_000

  private let known = Mutex<(blocks: [[Int]: PlanBlock], plans: Int)>(([:], 0))

  /// The block of `schemes`, enumerated where it is not known; nil where it has more plans than are searched, or plainly none.
  func block(
    _ problem: ProgrammeProblem, _ schemes: [Int], _ groups: [SupplyGroup], _ money: PlanMoney, own: Set<Int>
  ) -> PlanBlock? {
    let key = Self.key(problem, schemes, money, own)
    if let block = known.withLock({ $0.blocks[key] }) { return block }
    let most = PlanSearch.mostPlans.block
    guard let block = PlanBlock(problem, schemes, groups, money, own: own, most: most) else { return nil }
    known.withLock {
      guard $0.plans + block.count <= Self.mostPlans, $0.blocks.updateValue(block, forKey: key) == nil else {
        return
      }
      $0.plans += block.count
    }
    return block
  }

  /// All that an enumeration looks at, but for the cells. Every list stands behind its length.
  private static func key(
    _ problem: ProgrammeProblem, _ schemes: [Int], _ money: PlanMoney, _ own: Set<Int>
  ) -> [Int] {
    var key: [Int] = []
    func add(_ list: [Int]) { key += [list.count] + list }
    add(schemes)
    for scheme in schemes {
      let candidate = problem.candidates[scheme]
      add([money.kindOfScheme[scheme], candidate.scheme.isCommitted ? 1 : 0])
      add(candidate.starts.map(\.year))
      add(candidate.pots.filter(own.contains))
    }
    for pot in own.sorted() {
      let money = money.pots[pot]
      add([pot, money.carriesForward ? 1 : 0, money.share.map { Int(bitPattern: UInt($0.bitPattern)) } ?? -1])
      add(money.sums.flatMap { [$0.first, $0.last, $0.pounds] })
    }
    return key
  }
}
