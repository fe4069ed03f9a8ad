internal import PlacePlanning

/// Money as it is handed out scheme by scheme.
struct FundingLedger {
  private let problem: ProgrammeProblem
  /// What may still be taken from each pot by the end of each year, and from borrowing in it.
  private var cumulative: [[Int]]
  private var borrowing: [Int]
  private let order: [Int]
  private(set) var payments: [Programme.Payment] = []
  private var choices: [Programme.Choice] = []

  init(_ problem: ProgrammeProblem) {
    self.problem = problem
    let years = problem.years.indices
    cumulative = problem.pots.indices.map { pot in years.map { problem.mostHeld(pot, $0) } }
    borrowing = years.map(problem.borrowingLimit)
    let reach = problem.pots.indices.map { pot in
      problem.candidates.filter { $0.pots.contains(pot) }.count
    }
    order = problem.pots.indices.sorted { (reach[$0], $0) < (reach[$1], $1) }
  }

  /// Pays for a scheme whole, or changes nothing.
  mutating func pay(_ scheme: Int, start: Int) -> Bool {
    let before = self
    let isPaid = takeMoney(for: scheme, start: start) && keepsCeiling
    if !isPaid { self = before }
    return isPaid
  }

  /// False where the money does not suffice; some of it is taken even then.
  private mutating func takeMoney(for scheme: Int, start: Int) -> Bool {
    let candidate = problem.candidates[scheme]
    var shares: [Int: Int] = [:]
    var pooled: Set<String> = []
    for (year, cost) in candidate.starts[start].spending.enumerated() where cost > 0 {
      var rest = cost
      for pot in order where rest > 0 && candidate.pots.contains(pot) {
        let rule = problem.pots[pot]
        if let obligation = rule.pooledObligation, !pooled.contains(obligation),
          pooled.count == Section106Agreement.mostPooled
        {
          continue
        }
        var most = available(pot, year)
        if let share = rule.rule.mostShare {
          most = min(most, wholePounds(share, of: candidate.starts[start].cost) - (shares[pot] ?? 0))
        }
        let part = min(rest, most)
        guard part > 0 else { continue }
        take(part, from: pot, year)
        shares[pot, default: 0] += part
        if let obligation = rule.pooledObligation { pooled.insert(obligation) }
        rest -= part
        payments.append(.init(scheme: scheme, payer: .pot(pot), year: year, pounds: part))
      }
      if rest > 0, candidate.mayBorrow, rest <= borrowing[year] {
        borrowing[year] -= rest
        payments.append(.init(scheme: scheme, payer: .borrowing, year: year, pounds: rest))
        rest = 0
      }
      if rest > 0 { return false }
    }
    choices.append(.init(scheme: scheme, start: start))
    return true
  }

  private var keepsCeiling: Bool {
    guard !problem.borrowing.revenueCeiling.isEmpty, payments.contains(where: { $0.payer == .borrowing })
    else {
      return true
    }
    let flows = MoneyFlows(Programme(choices: choices, payments: payments, repayments: []), of: problem)
    let debts = choices.map { problem.debt($0.scheme, start: $0.start, flows) }
    return problem.years.indices.allSatisfy { year in
      guard let ceiling = problem.borrowing.revenueCeiling[problem.years[year]] else { return true }
      return debts.reduce(0) { $0 + $1[year].provision + $1[year].interest } <= Double(ceiling)
    }
  }

  /// Money taken in a year is missing in every later one that it would have been carried to.
  private func available(_ pot: Int, _ year: Int) -> Int {
    guard problem.pots[pot].carriesForward else { return cumulative[pot][year] }
    let last = problem.pots[pot].spendBy.map { min(problem.years.count - 1, max(-1, $0 - problem.years[0])) }
    let until = last ?? problem.years.count - 1
    guard year <= until else { return 0 }
    return cumulative[pot][year...until].min() ?? 0
  }

  private mutating func take(_ pounds: Int, from pot: Int, _ year: Int) {
    guard problem.pots[pot].carriesForward else {
      cumulative[pot][year] -= pounds
      return
    }
    for later in year..<problem.years.count { cumulative[pot][later] -= pounds }
  }
}
