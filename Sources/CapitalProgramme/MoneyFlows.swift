internal import PlacePlanning

/// Who pays what, summed from the payments and repayments that name things that are there. **Units** whole pounds.
struct MoneyFlows {
  /// **Shape** candidate, year.
  var paid: [[Int]]
  /// **Shape** candidate, year.
  var borrowed: [[Int]]
  /// Debt of each candidate that section 106 money repays. **Shape** candidate, year.
  var repaidOf: [[Int]]
  /// **Shape** pot, year.
  var spent: [[Int]]
  /// Debt that each pot repays. **Shape** pot, year.
  var repaidBy: [[Int]]

  init(_ programme: Programme, of problem: ProgrammeProblem) {
    let none = [Int](repeating: 0, count: problem.years.count)
    paid = problem.candidates.map { _ in none }
    borrowed = paid
    repaidOf = paid
    spent = problem.pots.map { _ in none }
    repaidBy = spent
    for payment in programme.payments where problem.has(payment) {
      paid[payment.scheme][payment.year] += payment.pounds
      switch payment.payer {
      case .pot(let pot): spent[pot][payment.year] += payment.pounds
      case .borrowing: borrowed[payment.scheme][payment.year] += payment.pounds
      }
    }
    for repayment in programme.repayments where problem.has(repayment) {
      repaidOf[repayment.scheme][repayment.year] += repayment.pounds
      repaidBy[repayment.pot][repayment.year] += repayment.pounds
    }
  }
}

/// One scheme's debt in one year. **Units** pounds, unrounded.
struct DebtYear {
  let provision: Double
  let interest: Double
  let closing: Double
}

extension ProgrammeProblem {
  func has(_ payment: Programme.Payment) -> Bool {
    guard candidates.indices.contains(payment.scheme), years.indices.contains(payment.year) else {
      return false
    }
    guard case .pot(let pot) = payment.payer else { return true }
    return pots.indices.contains(pot)
  }

  func has(_ repayment: Programme.Repayment) -> Bool {
    candidates.indices.contains(repayment.scheme) && years.indices.contains(repayment.year)
      && pots.indices.contains(repayment.pot)
  }

  /// A pot year by year. What is left at a year's end is carried, unless the pot lapses every year or its deadline has
  /// come: then it is returned, as is money received after the deadline. What was spent beyond what was there stays a
  /// negative balance.
  func potYears(_ position: Int, _ flows: MoneyFlows) -> [ProgrammeAccounts.PotYear] {
    let pot = pots[position]
    var balance = 0
    return years.indices.map { index in
      let received = pot.received[years[index]] ?? 0
      let isTooLate = pot.spendBy.map { years[index] > $0 } ?? false
      let isLastChance = pot.spendBy.map { years[index] >= $0 } ?? false
      let (spent, repaid) = (flows.spent[position][index], flows.repaidBy[position][index])
      let left = balance + (isTooLate ? 0 : received) - spent - repaid
      let lapsed = !pot.carriesForward || isLastChance ? max(0, left) : 0
      balance = left - lapsed
      return .init(
        received: received, spent: spent, repaid: repaid,
        returned: lapsed + (isTooLate ? received : 0), balance: balance)
    }
  }

  /// A scheme's debt year by year; nothing without a start.
  ///
  /// MRP from the year after the asset opens, on the debt at the year's opening; interest on that debt and on half of what the
  /// year borrows.
  func debt(_ scheme: Int, start: Int?, _ flows: MoneyFlows) -> [DebtYear] {
    guard let start else { return years.map { _ in DebtYear(provision: 0, interest: 0, closing: 0) } }
    let candidate = candidates[scheme]
    let firstProvision = candidate.starts[start].opening + 1
    var debt = 0.0
    return years.indices.map { year in
      let remaining = max(1, candidate.scheme.assetLifeYears - (year - firstProvision))
      let share =
        year < firstProvision
        ? 0 : borrowing.method.share(remaining: remaining, interest: borrowing.interest)
      let borrowed = Double(flows.borrowed[scheme][year])
      let provision = share * debt
      let interest = borrowing.interest * (debt + borrowed / 2)
      debt += borrowed - provision - Double(flows.repaidOf[scheme][year])
      return DebtYear(provision: provision, interest: interest, closing: debt)
    }
  }
}
