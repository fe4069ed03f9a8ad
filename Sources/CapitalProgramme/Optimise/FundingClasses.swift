internal import PlacePlanning

/// Schemes that the same money may pay for: within a class it does not matter which pound goes to which scheme, so the
/// optimiser divides money between classes, and whole pounds between schemes afterwards.
///
/// A scheme stands alone when a rule looks at it alone: a share that a pot may not exceed, or more obligations than may be pooled.
struct FundingClass {
  /// Its position among the classes.
  let index: Int
  let name: String
  let schemes: [Int]
  let pots: [Int]
  let mayBorrow: Bool
  /// Years over which its borrowing is repaid.
  let assetLife: Int
  /// It has more obligations under the pooling rule than may be pooled.
  let isPooled: Bool
}

extension ProgrammeProblem {
  /// The classes in order of their first schemes. `schemeNames` are names for LP text, by candidate.
  func fundingClasses(_ schemeNames: [String]) -> [FundingClass] {
    struct Key: Hashable {
      let pots: [Int]
      let mayBorrow: Bool
      let assetLife: Int
      let alone: Int?
    }
    var positions: [Key: Int] = [:]
    var found: [(schemes: [Int], key: Key, isPooled: Bool)] = []
    for (index, candidate) in candidates.enumerated() {
      let isPooled =
        Set(candidate.pots.compactMap { pots[$0].pooledObligation }).count > Section106Agreement.mostPooled
      let hasShare = candidate.pots.contains { pots[$0].rule.mostShare != nil }
      let key = Key(
        pots: candidate.pots, mayBorrow: candidate.mayBorrow,
        assetLife: candidate.mayBorrow ? candidate.scheme.assetLifeYears : 0,
        alone: isPooled || hasShare ? index : nil)
      if let position = positions[key] {
        found[position].schemes.append(index)
      } else {
        positions[key] = found.count
        found.append(([index], key, isPooled))
      }
    }
    return found.enumerated().map { index, entry in
      FundingClass(
        index: index, name: entry.schemes.count == 1 ? schemeNames[entry.schemes[0]] : "class..\(index + 1)",
        schemes: entry.schemes, pots: entry.key.pots, mayBorrow: entry.key.mayBorrow,
        assetLife: entry.key.assetLife, isPooled: entry.isPooled)
    }
  }

  /// What a pot holds in a year at the most: everything received by then, while it may still be spent.
  func mostHeld(_ pot: Int, _ year: Int) -> Int {
    let pot = pots[pot]
    if let last = pot.spendBy, years[year] > last { return 0 }
    if !pot.carriesForward { return pot.received[years[year]] ?? 0 }
    return pot.received.filter { $0.key <= years[year] }.values.reduce(0, +)
  }
}
