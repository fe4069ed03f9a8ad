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
  /// The most that money of this block alone can have met by each year's end, less what it can by the year before. **Shape** plan x
  /// own kind x year. **Units** pounds.
  private(set) var ownMoney: [Int] = []
  /// What the schemes spend that money of this block alone may pay for. Shaped like `ownMoney`.
  private(set) var ownDemand: [Int] = []
  /// `ownMoney` of all years. **Shape** plan x own kind. **Units** thousands of pounds.
  private var allOwnMoney: [Double] = []
  private var priced = PricedPlans()

  var count: Int { unmet.count }

  func starts(_ plan: Int) -> ArraySlice<Int16> {
    starts[plan * schemes.count..<(plan + 1) * schemes.count]
  }

  /// The start of the scheme at a position in a plan, -1 for none.
  func start(_ plan: Int32, _ position: Int) -> Int16 { starts[Int(plan) * schemes.count + position] }

  /// All that money of this block alone can have met in a plan, of one own kind. **Units** thousands of pounds.
  func mostOwnMoney(_ plan: Int, _ index: Int) -> Double { allOwnMoney[plan * ownKinds.count + index] }

  /// The sum of every plan at some prices (`PlanSums`). **Shape** plan.
  func sums(at prices: MoneyPrices, _ money: PlanMoney) -> [Double] { priced.sums(self, prices, money) }

  /// With the plans alone whose schemes start only as `few` has it. **Shape** candidate.
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

  /// With these plans alone, in their order.
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
    kept.ownMoney = rows(ownMoney)
    kept.allOwnMoney = rows(allOwnMoney)
    kept.ownDemand = rows(ownDemand)
    kept.priced = PricedPlans()
    return kept
  }
}

/// A block's plans while they are enumerated: what does not change, and the choice so far.
private struct PlanEnumeration {
  let problem: ProgrammeProblem
  /// The year of each start. **Shape** scheme, start. **Units** position among the problem's years.
  let years: [[Int]]
  /// **Shape** scheme.
  let isCommitted: [Bool]
  /// The option group of each scheme by number; nil of none.
  let options: [Int?]
  /// Positions in `schemes` of what each requires; nil where that is no candidate.
  let required: [[Int?]]
  /// What each start adds to the groups. **Shape** scheme, start.
  let places: [[[(group: Int, places: Int)]]]
  /// Weighted unmet places by group and places added, worked out when first asked for.
  var values: [[Double]]
  let groups: [SupplyGroup]
  /// Places that the choice adds. **Shape** group.
  var added: [Int]
  /// The start of each scheme, -1 for none.
  var choice: [Int16]
  /// Whether a scheme of each option group is chosen.
  var isTaken: [Bool]
}

extension PlanBlock {
  /// Nil where there are more than `most` plans, or plainly none. `own` are the pots that this block alone may spend.
  init?(
    _ problem: ProgrammeProblem, _ schemes: [Int], _ groups: [SupplyGroup], _ money: PlanMoney, own: Set<Int>,
    most: Int
  ) {
    self.schemes = schemes
    kinds = schemes.map { money.kindOfScheme[$0] }
    let positions = Dictionary(uniqueKeysWithValues: schemes.enumerated().map { ($1, $0) })
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
    var places = schemes.map { problem.candidates[$0].starts.map { _ in [(group: Int, places: Int)]() } }
    let here = groups.filter { group in group.parts.contains { positions[$0.scheme] != nil } }
    for (index, group) in here.enumerated() {
      for part in group.parts {
        guard let position = positions[part.scheme] else { continue }
        places[position][part.start].append((index, part.places))
      }
    }
    let groupKeys = schemes.map { problem.candidates[$0].scheme.optionGroup }
    var work = PlanEnumeration(
      problem: problem, years: schemes.map { problem.candidates[$0].starts.map(\.year) },
      isCommitted: schemes.map { problem.candidates[$0].scheme.isCommitted },
      options: groupKeys.map { key in key.flatMap { groupKeys.firstIndex(of: $0) } },
      required: schemes.map { scheme in
        problem.candidates[scheme].scheme.prerequisites.map { key in
          schemes.firstIndex { problem.candidates[$0].scheme.key == key }
        }
      },
      places: places,
      values: here.map { [Double](repeating: .nan, count: $0.most + 1) }, groups: here,
      added: here.map { _ in 0 }, choice: schemes.map { _ in -1 }, isTaken: schemes.map { _ in false })
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
    if let option, work.isTaken[option] { return true }
    if let option { work.isTaken[option] = true }
    for start in work.years[position].indices {
      work.choice[position] = Int16(start)
      for part in work.places[position][start] { work.added[part.group] += part.places }
      let isComplete = enumerate(position + 1, &work, most)
      for part in work.places[position][start] { work.added[part.group] -= part.places }
      guard isComplete else { return false }
    }
    work.choice[position] = -1
    if let option { work.isTaken[option] = false }
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
    var known = ownKinds.map { _ in [Int: OwnMoney.Use]() }
    ownMoney.reserveCapacity(count * ownKinds.count * money.years)
    ownDemand.reserveCapacity(count * ownKinds.count * money.years)
    for plan in 0..<count {
      for (index, own) in uses.enumerated() {
        let key = own.key(starts(plan))
        let use: OwnMoney.Use
        if let found = known[index][key] {
          use = found
        } else {
          use = own.use(starts(plan))
          known[index][key] = use
        }
        ownMoney += use.met
        ownDemand += use.demand
        allOwnMoney.append(Double(use.met.reduce(0, +)) / 1000)
      }
    }
  }
}

extension PlanEnumeration {
  /// What a scheme requires is chosen and starts no later.
  var keepsPrerequisites: Bool {
    for position in required.indices where choice[position] >= 0 {
      let year = years[position][Int(choice[position])]
      for other in required[position] {
        guard let other, choice[other] >= 0, years[other][Int(choice[other])] <= year else { return false }
      }
    }
    return true
  }

  mutating func unmet() -> Double {
    var sum = 0.0
    for group in groups.indices {
      let level = added[group]
      if values[group][level].isNaN {
        values[group][level] = problem.unmetLine(groups[group], at: Double(level)).value
      }
      sum += values[group][level]
    }
    return sum
  }
}

extension SupplyGroup {
  /// No fewer places than any choice adds: each scheme's most.
  fileprivate var most: Int {
    Dictionary(grouping: parts, by: \.scheme).values.reduce(0) { sum, parts in
      sum + (parts.map(\.places).max() ?? 0)
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
