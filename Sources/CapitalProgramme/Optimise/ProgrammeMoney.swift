internal import MixedInteger
internal import PlacePlanning

// Money: who pays what, what is left in the pots, and what is owed.

extension ProgrammeModel {
  /// What the starts of a class spend in a year, in thousands; with `opening`, only those that open then.
  private func spending(_ funding: FundingClass, _ year: Int, opening: Int? = nil) -> LinearExpression {
    var sum = LinearExpression()
    for spender in spenders[funding.index] where opening == nil || spender.opening == opening {
      if spender.spending[year] != 0 {
        sum.add(spender.variable, times: Double(spender.spending[year]) / 1000)
      }
    }
    return sum
  }

  private func openings(_ funding: FundingClass) -> [Int] {
    Set(funding.schemes.flatMap { problem.candidates[$0].starts.map(\.opening) }).sorted()
  }

  mutating func addMoney(_ mayLeaveUnfunded: Bool) {
    flows = problem.pots.map { _ in [] }
    repayments = flows
    spenders = classes.map { funding in
      funding.schemes.flatMap { scheme in
        zip(starts[scheme], problem.candidates[scheme].starts).map {
          Spender(variable: $0, opening: $1.opening, spending: $1.spending, cost: $1.cost)
        }
      }
    }
    for funding in classes {
      let used = funding.isPooled ? addPooling(funding) : [:]
      if funding.mayBorrow {
        loans += openings(funding).map { Loan(funding: funding.index, opening: $0) }
      }
      for year in years {
        let spent = spending(funding, year)
        guard !spent.terms.isEmpty else { continue }
        var paid = addPayments(funding, year)
        paid += addBorrowing(funding, year)
        if mayLeaveUnfunded {
          let missing = model.variable("unfunded.\(funding.name).\(label(year))", .continuous(0, .infinity))
          unfunded.append((funding.index, year, missing))
          paid.add(missing)
        }
        model.constrain("spend.\(funding.name).\(label(year))", paid - spent, .equals, 0)
      }
      addRepayments(funding)
      addShares(funding)
      for pot in funding.pots {
        tie(pot, funding, to: problem.pots[pot].pooledObligation.flatMap { used[$0] })
      }
      for pot in funding.pots { addLinks([pot], funding) }
    }
    addBalances()
    addLimits()
    addJointLinks()
  }

  /// What each pot of a class pays for its schemes in a year.
  private mutating func addPayments(_ funding: FundingClass, _ year: Int) -> LinearExpression {
    var paid = LinearExpression()
    for pot in funding.pots where problem.mostHeld(pot, year) > 0 {
      let flow = model.variable(
        "pay.\(potNames[pot]).\(funding.name).\(label(year))", .continuous(0, .infinity))
      flows[pot].append(Flow(funding: funding.index, year: year, variable: flow))
      paid.add(flow)
    }
    return paid
  }

  /// What is borrowed for a class's schemes in a year, a loan for each year in which some of them open.
  private mutating func addBorrowing(_ funding: FundingClass, _ year: Int) -> LinearExpression {
    let limit = problem.borrowingLimit(year)
    var paid = LinearExpression()
    for loan in loans.indices where loans[loan].funding == funding.index && limit > 0 {
      let opening = loans[loan].opening
      guard !spending(funding, year, opening: opening).terms.isEmpty else { continue }
      let name = "\(funding.name).\(opening + problem.years[0].start).\(label(year))"
      let borrowed = model.variable("borrow.\(name)", .continuous(0, .infinity))
      let most = mostTaken(by: funding, of: limit, in: year...year, opening: opening)
      model.constrain("borrowed.\(name)", LinearExpression().adding(borrowed) - most.sum, .atMost, 0)
      loans[loan].borrowed[year] = borrowed
      paid.add(borrowed)
    }
    return paid
  }

  /// The most that each start of a class may take of so many pounds over some years, and whether one of them spends more than that.
  private func mostTaken(
    by funding: FundingClass, of pounds: Int, in span: ClosedRange<Int>, opening: Int? = nil
  ) -> (sum: LinearExpression, isLess: Bool) {
    var (sum, isLess) = (LinearExpression(), false)
    for spender in spenders[funding.index] where opening == nil || spender.opening == opening {
      let spent = spender.spending[span].reduce(0, +)
      if spent > pounds { isLess = true }
      if min(spent, pounds) > 0 { sum.add(spender.variable, times: Double(min(spent, pounds)) / 1000) }
    }
    return (sum, isLess)
  }

  /// By each year, no start of a class has taken more than its pots received by then: without this, a part of a dear scheme would
  /// use up the whole of a small pot. The pots all carry forward, or are one that does not.
  private mutating func addLinks(_ pots: [Int], _ funding: FundingClass) {
    let carries = problem.pots[pots[0]].carriesForward
    // One pot by its name; all the pots of the class alone by the class.
    let name = pots.count == 1 ? "link.\(potNames[pots[0]]).\(funding.name)" : "joint.\(funding.name)"
    var taken = LinearExpression()
    for year in years {
      let now = LinearExpression(sumOf: out(of: pots, by: funding, in: year))
      guard !now.terms.isEmpty else { continue }
      taken = carries ? taken + now : now
      let received = pots.flatMap { problem.pots[$0].received }.reduce(0) { sum, entry in
        let offset = entry.key - problem.years[0]
        return sum + ((carries ? offset <= year : offset == year) ? entry.value : 0)
      }
      // What is repaid was spent in any year before.
      let first = carries || !repaid(from: pots, by: funding, in: year).isEmpty ? 0 : year
      let most = mostTaken(by: funding, of: received, in: first...year)
      if most.isLess { model.constrain("\(name).\(label(year))", taken - most.sum, .atMost, 0) }
    }
  }

  /// The same for all the pots that only one class may spend.
  private mutating func addJointLinks() {
    let users = classes.flatMap(\.pots).reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
    for funding in classes {
      let own = funding.pots.filter { users[$0] == 1 && problem.pots[$0].carriesForward }
      if own.count > 1 { addLinks(own, funding) }
    }
  }

  /// Section 106 money may repay what was borrowed for a scheme that it could have paid for.
  private mutating func addRepayments(_ funding: FundingClass) {
    for loan in loans.indices where loans[loan].funding == funding.index {
      guard let first = loans[loan].borrowed.keys.min() else { continue }
      let opening = loans[loan].opening + problem.years[0].start
      for pot in funding.pots where problem.pots[pot].source.repaysBorrowing {
        for year in years where year >= first && problem.mostHeld(pot, year) > 0 {
          let repaid = model.variable(
            "repay.\(potNames[pot]).\(funding.name).\(opening).\(label(year))",
            .continuous(0, .infinity))
          loans[loan].repaid.append((pot, year, repaid))
          repayments[pot].append(Flow(funding: funding.index, year: year, variable: repaid))
        }
      }
    }
  }

  /// A pot that may pay only a part of what a scheme costs; the class is that scheme alone.
  private mutating func addShares(_ funding: FundingClass) {
    for pot in funding.pots {
      guard let most = problem.pots[pot].rule.mostShare else { continue }
      var share = LinearExpression(sumOf: flows[pot].filter { $0.funding == funding.index }.map(\.variable))
      for spender in spenders[funding.index] {
        // A share of a millionth of a pound is none, and too small for the solver.
        let thousands = most * Double(spender.cost) / 1000
        share.add(spender.variable, times: thousands < 1e-9 ? 0 : -thousands)
      }
      model.constrain("share.\(potNames[pot]).\(funding.name)", share, .atMost, 0)
    }
  }

  /// Whether an obligation under the pooling rule pays for the class's one scheme: at most five may. By obligation.
  private mutating func addPooling(_ funding: FundingClass) -> [String: VariableID] {
    var obligations: [String] = []
    for pot in funding.pots {
      guard let obligation = problem.pots[pot].pooledObligation, !obligations.contains(obligation) else {
        continue
      }
      obligations.append(obligation)
    }
    let used = zip(obligations, textNames(obligations.map(withoutDots))).map { obligation, name in
      (obligation, model.variable("pool.\(name).\(funding.name)", .binary))
    }
    model.constrain(
      "pooling.\(funding.name)", LinearExpression(sumOf: used.map(\.1)), .atMost,
      Double(Section106Agreement.mostPooled))
    return Dictionary(used) { first, _ in first }
  }

  /// No money from a pot whose obligation is not one of the pooled ones.
  private mutating func tie(_ pot: Int, _ funding: FundingClass, to used: VariableID?) {
    guard let used else { return }
    var sum = LinearExpression(sumOf: out(of: [pot], by: funding))
    let most = problem.pots[pot].received.values.reduce(0, +)
    sum.add(used, times: -Double(most) / 1000)
    model.constrain("pooled.\(potNames[pot]).\(funding.name)", sum, .atMost, 0)
  }

  /// Money out of pots: what they pay and what they repay, for a class and in a year where these are given.
  func out(of pots: [Int], by funding: FundingClass? = nil, in year: Int? = nil) -> [VariableID] {
    pick(flows, of: pots, funding, year) + repaid(from: pots, by: funding, in: year)
  }

  private func repaid(from pots: [Int], by funding: FundingClass?, in year: Int?) -> [VariableID] {
    pick(repayments, of: pots, funding, year)
  }

  private func pick(
    _ flows: [[Flow]], of pots: [Int], _ funding: FundingClass?, _ year: Int?
  ) -> [VariableID] {
    let index = funding?.index
    var found: [VariableID] = []
    for pot in pots {
      for flow in flows[pot] where index == nil || flow.funding == index {
        if year == nil || flow.year == year { found.append(flow.variable) }
      }
    }
    return found
  }

  /// The share of a loan's debt at a year's opening that the year provides for: none before the year after the places open.
  func provisionShare(_ loan: Loan, _ year: Int) -> Double {
    guard year > loan.opening else { return 0 }
    return problem.borrowing.method.share(
      remaining: classes[loan.funding].assetLife - (year - loan.opening - 1),
      interest: problem.borrowing.interest)
  }

  /// What is left in a pot at each year's end: carried forward, or returned.
  private mutating func addBalances() {
    for (index, pot) in problem.pots.enumerated() {
      var carried: VariableID?
      for year in years {
        let isLast = pot.spendBy.map { problem.years[year] >= $0 } ?? false
        var balance = LinearExpression(sumOf: out(of: [index], in: year))
        if let carried { balance.add(carried, times: -1) }
        let rest: VariableID
        if isLast || !pot.carriesForward {
          rest = model.variable("return.\(potNames[index]).\(label(year))", .continuous(0, .infinity))
          returned.append((index, year, rest))
          carried = nil
        } else {
          rest = model.variable("hold.\(potNames[index]).\(label(year))", .continuous(0, .infinity))
          carried = rest
        }
        balance.add(rest)
        model.constrain(
          "balance.\(potNames[index]).\(label(year))", balance, .equals,
          Double(pot.received[problem.years[year]] ?? 0) / 1000)
      }
    }
  }

  private mutating func addLimits() {
    for year in years {
      let borrowed = LinearExpression(sumOf: loans.compactMap { $0.borrowed[year] })
      guard !borrowed.terms.isEmpty else { continue }
      model.constrain(
        "limit.\(label(year))", borrowed, .atMost, Double(problem.borrowingLimit(year)) / 1000)
    }
  }

  /// What is owed at each year's end, the MRP that lowers it, and the yearly ceiling on MRP and interest.
  mutating func addDebt() {
    revenue = years.map { _ in LinearExpression() }
    let interest = problem.borrowing.interest
    for index in loans.indices {
      let loan = loans[index]
      guard let first = loan.borrowed.keys.min() else { continue }
      let funding = classes[loan.funding]
      let opening = loan.opening + problem.years[0].start
      for year in years where year >= first {
        let owed = model.variable("debt.\(funding.name).\(opening).\(label(year))", .continuous(0, .infinity))
        var change = LinearExpression().adding(owed)
        if let before = loans[index].debt[year - 1] {
          let share = provisionShare(loan, year)
          change.add(before, times: share - 1)
          revenue[year].add(before, times: share + interest)
        }
        if let borrowed = loan.borrowed[year] {
          change.add(borrowed, times: -1)
          revenue[year].add(borrowed, times: interest / 2)
        }
        for repaid in loan.repaid where repaid.year == year { change.add(repaid.variable) }
        model.constrain("owed.\(funding.name).\(opening).\(label(year))", change, .equals, 0)
        loans[index].debt[year] = owed
      }
    }
    for year in years {
      guard let ceiling = problem.borrowing.revenueCeiling[problem.years[year]], !revenue[year].terms.isEmpty
      else { continue }
      model.constrain("ceiling.\(label(year))", revenue[year], .atMost, Double(ceiling) / 1000)
    }
  }

  /// The present cost to the authority, in thousands: MRP, interest, revenue consequences, money returned, price rises, empty
  /// places, transport to neighbouring areas, and what is still owed at the end.
  var presentCost: LinearExpression {
    var cost = LinearExpression()
    for year in years { cost += problem.discount(year) * revenue[year] }
    for entry in returned { cost.add(entry.variable, times: problem.discount(entry.year)) }
    for (pot, flows) in flows.enumerated() {
      for flow in flows {
        let rise = problem.priceRise(pot, in: flow.year)
        if rise != 0 { cost.add(flow.variable, times: rise * problem.discount(flow.year)) }
      }
    }
    for loan in loans {
      if let owed = loan.debt[years.count - 1] { cost.add(owed, times: problem.discount(years.count - 1)) }
    }
    for (scheme, candidate) in problem.candidates.enumerated() {
      for (index, start) in candidate.starts.enumerated() {
        let pounds = problem.presentRevenue(start)
        if pounds != 0 { cost.add(starts[scheme][index], times: pounds / 1000) }
      }
    }
    for spare in spare.compactMap({ $0 }) { cost.add(spare) }
    return cost + neighbours.transport
  }

  /// How far a programme is from the approved one: years moved; for a scheme dropped or added, all the years. A fraction below
  /// one half puts schemes in order of their keys where all else is equal.
  var distance: LinearExpression {
    var sum = LinearExpression()
    let most = Double(years.count)
    let ranks = problem.candidates.indices.sorted {
      problem.candidates[$0].scheme.key < problem.candidates[$1].scheme.key
    }
    let all = Double(ranks.count * (ranks.count + 1)) * most / 2
    for (rank, scheme) in ranks.enumerated() {
      let candidate = problem.candidates[scheme]
      let approved = candidate.scheme.approvedStart.map { $0 - problem.years[0] }
      if approved != nil { sum.constant += most }
      for (index, start) in candidate.starts.enumerated() {
        let moved = approved.map { Double(abs(start.year - $0)) - most } ?? most
        let order = 0.4 * (Double(rank) * most + Double(start.year)) / all
        sum.add(starts[scheme][index], times: moved + order)
      }
    }
    return sum
  }
}
