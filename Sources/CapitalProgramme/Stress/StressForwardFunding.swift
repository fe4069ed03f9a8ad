internal import PlacePlanning

/// When the money of agreements comes, draw by draw, where homes bring it.
struct DrawnArrivals {
  private let byKey: [String: (agreement: Section106Agreement, arrivals: [FinancialYear?])]
  /// The programme's last year.
  private let last: FinancialYear

  /// `year` finds the September before which that many homes of a site are finished, draw by draw; nil where it is not projected.
  init(_ plan: CapitalPlan, year: (_ homes: Double, _ site: String) -> [AcademicYear?]?) {
    let keyed = plan.agreements.compactMap { agreement in
      agreement.site.flatMap { year(agreement.triggerHomes, $0) }.map { years in
        (agreement.key, (agreement: agreement, arrivals: years.map { $0.map { FinancialYear($0.start) } }))
      }
    }
    byKey = Dictionary(keyed) { first, _ in first }
    last = plan.financialYears.last ?? plan.firstYear
  }

  /// **Shape** draw; nil in a draw where it does not come. Nil for a pot that homes do not bring.
  subscript(pot: FundingPot) -> [FinancialYear?]? { byKey[pot.key]?.arrivals }

  /// The last year in which a pot's money may be spent when it comes in `arrival`; nil without a limit.
  private func deadline(_ pot: FundingPot, arrival: FinancialYear) -> FinancialYear? {
    guard let due = pot.received.keys.min(), arrival > due else { return pot.spendBy }
    return byKey[pot.key]?.agreement.deadline(arrival: arrival)
  }

  /// By when a pot's money must be spent and in which draws; nil where it comes after the year that the deed names, within the
  /// programme's years or later. Draws in which nothing limits it are left out.
  func deadlines(_ pot: FundingPot, draws: Int) -> [(deadline: FinancialYear?, draws: [Int])] {
    guard let arrivals = self[pot] else { return [(pot.spendBy, Array(0..<draws))] }
    return Dictionary(grouping: arrivals.indices) { arrivals[$0] }.compactMap { arrival, draws in
      guard let arrival else {
        let named = byKey[pot.key]?.agreement.spendBy
        return named.map { $0 <= last } ?? false ? (nil, draws) : nil
      }
      guard let deadline = deadline(pot, arrival: arrival) else { return nil }
      return (arrival > deadline ? nil : deadline, draws)
    }
  }
}

/// Money that is spent before the homes that bring it are finished: the authority funds it forward.
struct ForwardFundingCount {
  private(set) var agreements: [StressTest.ForwardFunding] = []
  /// Spent and not come at a year's end. **Shape** year, then draw. **Units** pounds.
  private(set) var outstanding: [[Double]] = []

  init(
    _ programme: Programme, _ problem: ProgrammeProblem, _ schemes: [DrawnScheme], _ arrivals: DrawnArrivals,
    draws: Int
  ) {
    let drawn = Dictionary(schemes.map { ($0.candidate, $0) }) { first, _ in first }
    for (position, pot) in problem.pots.enumerated() {
      let uses = programme.uses(of: position, problem).filter { $0.pounds > 0 }
      // Where the homes are finished in every draw, nothing is waited for.
      guard let first = problem.years.first, let last = problem.years.last, let arrivals = arrivals[pot],
        arrivals.contains(where: { $0.map { $0 >= first } ?? true }), let due = pot.received.keys.min(),
        draws > 0,
        let wanted = uses.map(\.planned).min()
      else { continue }
      if outstanding.isEmpty {
        outstanding = problem.years.map { _ in [Double](repeating: 0, count: draws) }
      }
      let moving = uses.compactMap { use in
        drawn[use.scheme].map { (scheme: $0, spent: use.spent(by: problem.years, $0)) }
      }
      var most = [Double](repeating: 0, count: draws)
      for draw in 0..<draws {
        for (year, label) in problem.years.enumerated() where arrivals[draw].map({ label < $0 }) ?? true {
          let spent = moving.reduce(0) { sum, use in
            let delivery = use.scheme.draws
            return sum + use.spent[Int(delivery.yearsLate[draw])][Int(delivery.yearsLonger[draw])][year]
          }
          outstanding[year][draw] += spent
          most[draw] = max(most[draw], spent)
        }
      }
      agreements.append(
        StressTest.ForwardFunding(
          agreement: pot.key, name: pot.name, planned: uses.reduce(0) { $0 + $1.pounds }, wanted: wanted,
          due: due, chance: chance(most, above: 0),
          chanceBeyond: Double(arrivals.count { $0.map { $0 > last } ?? true }) / Double(draws),
          expectedPounds: most.reduce(0, +) / Double(draws)))
    }
    agreements.sort { $0.agreement < $1.agreement }
  }
}

extension Programme.DatedUse {
  /// How much of it is spent by the end of each year. **Shape** years that the start is late, years that building takes longer, year.
  /// **Units** pounds.
  func spent(by years: [FinancialYear], _ scheme: DrawnScheme) -> [[[Double]]] {
    let late = years.map { tooLate(for: $0, scheme) }
    return (0...DeliveryDraws.mostYearsLate).map { start in
      (0...DeliveryDraws.mostYearsLonger).map { longer in
        late.map { Double(pounds) - $0[start][longer] }
      }
    }
  }
}
