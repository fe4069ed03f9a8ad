internal import PlacePlanning

/// Schemes that bear on one another by more than money: in the same areas, of one option group, or one requiring another. A plan
/// is a start, or none, for each of them that keeps the rules on what is chosen; the block holds them all.
struct PlanBlock {
  /// Positions of candidates.
  let schemes: [Int]
  /// For each scheme the kind of its demand for money: a position in `PlanMoney.kinds`.
  let kinds: [Int]
  /// The position of the start of each scheme, -1 for none. **Shape** plan x scheme.
  private(set) var starts: [Int16] = []
  /// Weighted unmet places in the cells of the block, from the curves. **Shape** plan.
  private(set) var unmet: [Double] = []
  /// The kinds of demand that money of this block alone may meet.
  let ownKinds: [Int]
  /// How money of this block alone can be used: alike for all plans with the same starts of the schemes that it may pay for. **Shape** own
  /// kind, use.
  private(set) var ownUses: [[OwnMoney.Use]] = []
  /// The use of each plan, a position in `ownUses`. **Shape** plan x own kind.
  private var usedBy: [Int32] = []
  private var priced = PricedPlans()

  var count: Int { unmet.count }

  func starts(_ plan: Int) -> ArraySlice<Int16> {
    starts[plan * schemes.count..<(plan + 1) * schemes.count]
  }

  /// The start of the scheme at a position in a plan, -1 for none.
  func start(_ plan: Int32, _ position: Int) -> Int16 { starts[Int(plan) * schemes.count + position] }

  /// How a plan can use money of this block alone, of one own kind: a position in `ownUses`.
  func use(_ plan: Int, _ index: Int) -> Int { Int(usedBy[plan * ownKinds.count + index]) }

  /// The sum of every plan at some prices (`PlanSums`). **Shape** plan.
  func sums(at prices: MoneyPrices) -> [Double] { priced.sums(self, prices) }

  /// Only the plans whose schemes all start as `few` allows. **Shape** candidate.
  func keeping(_ few: [Set<Int>]) -> PlanBlock {
    let most = max(0, Int(starts.max() ?? 0))
    // Whether a scheme may have a start, none first. **Shape** scheme x start.
    let mayStart = schemes.flatMap { scheme in [true] + (0...most).map(few[scheme].contains) }
    let (width, row) = (schemes.count, most + 2)
    return keeping(
      (0..<count).filter { plan in
        (0..<width).allSatisfy { mayStart[$0 * row + Int(starts[plan * width + $0]) + 1] }
      })
  }

  /// Only these plans, in their order.
  func keeping(_ plans: [Int]) -> PlanBlock {
    func rows<T>(_ table: [T]) -> [T] {
      let width = count == 0 ? 0 : table.count / count
      var rows: [T] = []
      rows.reserveCapacity(plans.count * width)
      for plan in plans { rows += table[plan * width..<(plan + 1) * width] }
      return rows
    }
    var kept = self
    kept.starts = rows(starts)
    kept.unmet = rows(unmet)
    kept.usedBy = rows(usedBy)
    kept.priced = PricedPlans()
    return kept
  }
}

extension PlanBlock {
  /// Nil where there are more than `most` plans, or plainly none. `own` are the pots that this block alone may spend.
  init?(
    _ problem: ProgrammeProblem, _ schemes: [Int], _ groups: [SupplyGroup], _ money: PlanMoney, own: Set<Int>,
    most: Int
  ) {
    self.schemes = schemes
    kinds = schemes.map { money.kindOfScheme[$0] }
    let ownPots = schemes.map { problem.candidates[$0].pots.filter(own.contains) }
    ownKinds = Set(schemes.indices.filter { !ownPots[$0].isEmpty }.map { money.kindOfScheme[schemes[$0]] })
      .sorted()
    var size = 1
    for scheme in schemes {
      let candidate = problem.candidates[scheme]
      size *= candidate.starts.count + (candidate.scheme.isCommitted ? 0 : 1)
      // Option groups and prerequisites leave fewer, but not by orders of magnitude; a committed scheme without starts leaves none.
      if size > 16 * most || size == 0 { return nil }
    }
    var work = PlanEnumeration(problem, schemes, groups)
    guard enumerate(0, &work, most) else { return nil }
    addOwnMoney(problem, ownPots, money)
  }

  /// False when there are too many.
  private mutating func enumerate(_ position: Int, _ work: inout PlanEnumeration, _ most: Int) -> Bool {
    guard position < schemes.count else {
      guard work.keepsPrerequisites else { return true }
      starts += work.choice
      unmet.append(work.unmet())
      return count <= most
    }
    work.choice[position] = -1
    if !work.isCommitted[position], !enumerate(position + 1, &work, most) { return false }
    let option = work.options[position]
    if option >= 0 {
      if work.isTaken[option] { return true }
      work.isTaken[option] = true
    }
    for start in 0..<work.starts[position] {
      work.choice[position] = Int16(start)
      work.add(position, start, times: 1)
      let isComplete = enumerate(position + 1, &work, most)
      work.add(position, start, times: -1)
      guard isComplete else { return false }
    }
    work.choice[position] = -1
    if option >= 0 { work.isTaken[option] = false }
    return true
  }

  /// Adds what the block's own pots can pay in each plan. Plans with the same starts of the schemes that they may pay for are alike.
  private mutating func addOwnMoney(_ problem: ProgrammeProblem, _ ownPots: [[Int]], _ money: PlanMoney) {
    let uses = ownKinds.map { kind in
      OwnMoney(
        pots: Set(zip(kinds, ownPots).flatMap { $0 == kind ? $1 : [] }).sorted(),
        schemes: schemes.indices.filter { kinds[$0] == kind && !ownPots[$0].isEmpty }.map { position in
          OwnMoney.Scheme(
            position: position, pots: ownPots[position],
            isCommitted: problem.candidates[schemes[position]].scheme.isCommitted,
            spending: problem.candidates[schemes[position]].starts.map(\.spending))
        }, money)
    }
    var known = ownKinds.map { _ in [Int: Int32]() }
    ownUses = ownKinds.map { _ in [] }
    usedBy.reserveCapacity(count * ownKinds.count)
    for plan in 0..<count {
      let starts = starts(plan)
      for (index, own) in uses.enumerated() {
        let key = own.key(starts)
        if let use = known[index][key] {
          usedBy.append(use)
          continue
        }
        let use = Int32(ownUses[index].count)
        known[index][key] = use
        ownUses[index].append(own.use(starts))
        usedBy.append(use)
      }
    }
  }
}

extension ProgrammeProblem {
  /// Candidates that bear on one another by more than money, in order of their first.
  func blocks() -> [[Int]] {
    var root = Array(candidates.indices)
    func find(_ scheme: Int) -> Int {
      var scheme = scheme
      while root[scheme] != scheme { scheme = root[scheme] }
      return scheme
    }
    func join(_ one: Int, _ other: Int) {
      let (one, other) = (find(one), find(other))
      root[max(one, other)] = min(one, other)
    }
    var byArea: [PlanningAreaCode: Int] = [:]
    var byGroup: [String: Int] = [:]
    var byKey: [String: Int] = [:]
    for (index, candidate) in candidates.enumerated() {
      for area in Set(candidate.starts.compactMap(\.change?.area)) {
        if let other = byArea[area] { join(other, index) } else { byArea[area] = index }
      }
      if let group = candidate.scheme.optionGroup {
        if let other = byGroup[group] { join(other, index) } else { byGroup[group] = index }
      }
      if byKey[candidate.scheme.key] == nil { byKey[candidate.scheme.key] = index }
    }
    for (index, candidate) in candidates.enumerated() {
      for key in candidate.scheme.prerequisites {
        if let other = byKey[key] { join(other, index) }
      }
    }
    return Dictionary(grouping: candidates.indices, by: find).sorted { $0.key < $1.key }.map {
      $0.value.sorted()
    }
  }
}
