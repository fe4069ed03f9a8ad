/// The pots that one block alone may spend on schemes of one kind.
struct OwnMoney {
  struct Scheme {
    /// Its position among the block's schemes.
    let position: Int
    /// The pots among these that may pay for it.
    let pots: [Int]
    /// Whether every plan has it.
    let isCommitted: Bool
    /// **Shape** start, year. **Units** pounds.
    let spending: [[Int]]
  }

  /// What the schemes spend, and what of it the pots can have met by each year's end less what they can by the year before. **Shape**
  /// year. **Units** pounds.
  struct Use: Hashable {
    var met: [Int]
    var demand: [Int]
  }

  let schemes: [Scheme]
  private let money: PlanMoney
  /// The money of the pots, the earliest deadline first.
  private let sums: [(pot: Int, first: Int, last: Int, pounds: Int)]

  init(pots: [Int], schemes: [Scheme], _ money: PlanMoney) {
    self.schemes = schemes
    self.money = money
    sums = pots.flatMap { pot in
      money.pots[pot].sums.map { (pot: pot, first: $0.first, last: $0.last, pounds: $0.pounds) }
    }.sorted { ($0.last, $0.first, $0.pot) < ($1.last, $1.first, $1.pot) }
  }

  /// A number for the starts of the schemes, the same for plans that are alike. A committed scheme has no digit for none: many of them
  /// would take the number beyond what an integer holds.
  func key(_ starts: ArraySlice<Int16>) -> Int {
    schemes.reduce(0) { key, scheme in
      let none = scheme.isCommitted ? 0 : 1
      return key * (scheme.spending.count + none) + Int(starts[starts.startIndex + scheme.position]) + none
    }
  }

  /// What the pots can have paid by each year at the most in a plan, whatever else is paid by whom: in each year all that is there, money
  /// with the earliest deadline first. That order meets as much by every year's end as any can.
  func use(_ starts: ArraySlice<Int16>) -> Use {
    let none = [Int](repeating: 0, count: money.years)
    var use = Use(met: none, demand: none)
    // By pot: what the plan's schemes cost, then what is left of the most that it may pay of that.
    var most = [Int](repeating: 0, count: money.pots.count)
    for scheme in schemes {
      let start = Int(starts[starts.startIndex + scheme.position])
      guard start >= 0 else { continue }
      let spending = scheme.spending[start]
      for (year, pounds) in spending.enumerated() { use.demand[year] += pounds }
      for pot in scheme.pots { most[pot] += spending.reduce(0, +) }
    }
    for pot in most.indices where most[pot] > 0 {
      // A pound more than its share, whichever way that is rounded.
      most[pot] = money.pots[pot].share.map { Int($0 * Double(most[pot])) + 1 } ?? .max
    }
    var left = sums.map { sum in
      let pounds = min(sum.pounds, most[sum.pot])
      // What is not carried may go unused, and its share with it.
      if money.pots[sum.pot].carriesForward { most[sum.pot] -= pounds }
      return pounds
    }
    for year in none.indices {
      for (index, sum) in sums.enumerated()
      where use.met[year] < use.demand[year] && sum.first <= year && year <= sum.last {
        let part = min(left[index], use.demand[year] - use.met[year])
        left[index] -= part
        use.met[year] += part
      }
    }
    return use
  }
}
