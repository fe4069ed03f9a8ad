internal import PlacePlanning

/// The money that more than one block of schemes may spend, and what it is worth by year.
///
/// It asks for less than the rules do: debt, its ceiling, pooling and the shares of common pots are left out. So no programme is
/// lost by it, and a bound on what it allows is one on programmes.
struct PlanMoney {
  /// Money of a pot as it may be spent: from the first to the last year.
  struct Pot {
    let sums: [(first: Int, last: Int, pounds: Int)]
    /// The most of a scheme's cost.
    let share: Double?
    let carriesForward: Bool
  }

  /// Schemes alike in the common money that may pay for them.
  struct Kind: Hashable {
    /// Positions of common pots.
    let pots: [Int]
    let mayBorrow: Bool
  }

  let years: Int
  /// **Shape** pot.
  let pots: [Pot]
  /// Pots that several blocks may spend.
  let common: [Int]
  /// **Shape** year. **Units** thousands of pounds.
  let limit: [Double]
  let kinds: [Kind]
  /// **Shape** candidate.
  let kindOfScheme: [Int]
  /// The blocks' own pots. **Shape** block.
  let own: [Set<Int>]
  /// What each start spends. **Shape** candidate, start, year. **Units** thousands of pounds.
  let spending: [[[Double]]]

  init(_ problem: ProgrammeProblem, _ blocks: [[Int]]) {
    let years = problem.years.count
    self.years = years
    pots = problem.pots.map { pot in
      let last = pot.spendBy.map { $0 - problem.years[0] } ?? years - 1
      return Pot(
        sums: problem.years.indices.compactMap { year in
          let pounds = pot.received[problem.years[year]] ?? 0
          let last = pot.carriesForward ? min(last, years - 1) : min(year, last)
          return pounds > 0 && year <= last ? (year, last, pounds) : nil
        }, share: pot.rule.mostShare, carriesForward: pot.carriesForward)
    }
    let users = blocks.map { block in
      Set(block.map { problem.candidates[$0] }.filter { !$0.starts.isEmpty }.flatMap(\.pots))
    }
    let common = problem.pots.indices.filter { pot in users.filter { $0.contains(pot) }.count > 1 }
    self.common = common
    own = users.map { $0.subtracting(common) }
    limit = problem.years.indices.map { Double(max(0, problem.borrowingLimit($0))) / 1000 }
    var kinds: [Kind] = []
    kindOfScheme = problem.candidates.map { candidate in
      let kind = Kind(pots: candidate.pots.filter(common.contains).sorted(), mayBorrow: candidate.mayBorrow)
      if let known = kinds.firstIndex(of: kind) { return known }
      kinds.append(kind)
      return kinds.count - 1
    }
    self.kinds = kinds
    spending = problem.candidates.map { $0.starts.map { $0.spending.map { Double($0) / 1000 } } }
  }

  /// Whether a common pot's money of earlier years may be spent in this one.
  func mayCarry(_ pot: Int, into year: Int) -> Bool {
    pots[pot].sums.contains { $0.last >= year && $0.first < year }
  }

  /// Whether a common pot has money that may be spent in a year.
  func has(_ pot: Int, in year: Int) -> Bool {
    pots[pot].sums.contains { $0.first <= year && year <= $0.last }
  }

  /// What a common pot receives and may still spend. **Units** thousands of pounds.
  func received(_ pot: Int, _ year: Int) -> Double {
    pots[pot].sums.reduce(0) { $0 + ($1.first == year ? Double($1.pounds) / 1000 : 0) }
  }
}

/// What a thousand pounds of each year are worth in unmet places: any prices prove a bound, and good ones a high one.
struct MoneyPrices {
  let money: PlanMoney
  /// **Shape** common pot, year.
  var pots: [[Double]]
  /// **Shape** year.
  var borrowing: [Double]
  /// The price of each kind's demand. **Shape** kind, year.
  var demand: [[Double]]

  /// Nought everywhere.
  init(_ money: PlanMoney) {
    self.money = money
    let none = [Double](repeating: 0, count: money.years)
    pots = money.common.map { _ in none }
    borrowing = none
    demand = money.kinds.map { _ in none }
  }

  /// The highest prices of demand that these prices of money allow: no more than that of any money that could meet it, and money that
  /// is carried forward is worth no less than later. No price is below nought.
  mutating func settle() {
    for (index, pot) in money.common.enumerated() {
      for year in stride(from: money.years - 1, through: 0, by: -1) {
        pots[index][year] = max(0, pots[index][year])
        if year + 1 < money.years, money.mayCarry(pot, into: year + 1) {
          pots[index][year] = max(pots[index][year], pots[index][year + 1])
        }
      }
    }
    borrowing = borrowing.map { max(0, $0) }
    for (index, kind) in money.kinds.enumerated() {
      for year in 0..<money.years {
        var price = Double.infinity
        for (position, pot) in money.common.enumerated()
        where kind.pots.contains(pot) && money.has(pot, in: year) {
          price = min(price, pots[position][year])
        }
        if kind.mayBorrow, money.limit[year] > 0 { price = min(price, borrowing[year]) }
        demand[index][year] = price.isFinite ? price : max(0, demand[index][year])
      }
    }
  }

  /// What all the common money is worth.
  var worth: Double {
    var sum = 0.0
    for (index, pot) in money.common.enumerated() {
      for year in 0..<money.years { sum += pots[index][year] * money.received(pot, year) }
    }
    for year in 0..<money.years { sum += borrowing[year] * money.limit[year] }
    return sum
  }
}

/// Prices of one problem's money, to begin from in a problem made from it, where other pots may be common.
struct KnownPrices: Sendable {
  /// By position of the pot. **Shape** year.
  let pots: [Int: [Double]]
  /// **Shape** year.
  let borrowing: [Double]
}

extension MoneyPrices {
  /// Nought for money that has no known price.
  init(_ known: KnownPrices, _ money: PlanMoney) {
    self.init(money)
    pots = zip(money.common, pots).map { known.pots[$0] ?? $1 }
    borrowing = known.borrowing
    settle()
  }

  var known: KnownPrices {
    KnownPrices(pots: Dictionary(uniqueKeysWithValues: zip(money.common, pots)), borrowing: borrowing)
  }
}
