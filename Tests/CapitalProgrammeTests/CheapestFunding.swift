import CapitalProgramme
import Foundation
import PlacePlanning

/// The cheapest way to pay for chosen schemes, as a linear programme of its own: in units of 100,000 pounds, without rounding to
/// whole pounds.
struct CheapestFunding {
  static let unit = 100_000.0

  /// Interest, MRP, the debt left, returned money and price rises, discounted. **Units** pounds.
  let cost: Double
  private let payments: [(payment: Programme.Payment, pounds: Double)]
  private let repayments: [(repayment: Programme.Repayment, pounds: Double)]

  /// Nil when the schemes cannot be paid for.
  init?(_ problem: ProgrammeProblem, starts: [Int?]) {
    self.init(problem, starts, without: [])
  }

  /// Where more than five pooled obligations go to a scheme, each of them is left out in turn, with all its pots: one must be.
  private init?(_ problem: ProgrammeProblem, _ starts: [Int?], without: Set<Pair>) {
    guard let first = Self(relaxed: problem, starts, without: without) else { return nil }
    guard let pooled = first.tooManyPooled(problem) else {
      self = first
      return
    }
    let branches = pooled.compactMap { Self(problem, starts, without: without.union($0)) }
    guard let best = branches.min(by: { $0.cost < $1.cost }) else { return nil }
    self = best
  }

  /// A scheme and a pot.
  private struct Pair: Hashable {
    let scheme: Int
    let pot: Int
  }

  /// The pots of each obligation that a scheme pools, where they are too many.
  private func tooManyPooled(_ problem: ProgrammeProblem) -> [[Pair]]? {
    let used =
      payments.compactMap { entry -> Pair? in
        guard entry.pounds > 1e-3, case .pot(let pot) = entry.payment.payer else { return nil }
        return Pair(scheme: entry.payment.scheme, pot: pot)
      }
      + repayments.filter { $0.pounds > 1e-3 }.map {
        Pair(scheme: $0.repayment.scheme, pot: $0.repayment.pot)
      }
    for (scheme, pairs) in Dictionary(grouping: used, by: \.scheme) {
      let obligations = Set(pairs.compactMap { problem.pots[$0.pot].pooledObligation })
      guard obligations.count > 5 else { continue }
      return obligations.sorted().map { obligation in
        problem.pots.indices.filter { problem.pots[$0].pooledObligation == obligation }.map {
          Pair(scheme: scheme, pot: $0)
        }
      }
    }
    return nil
  }

  /// Without the pooling rule, but without some pairs.
  private init?(relaxed problem: ProgrammeProblem, _ starts: [Int?], without: Set<Pair>) {
    var model = FundingModel(problem, starts) { !without.contains(Pair(scheme: $0, pot: $1)) }
    model.build()
    guard case .optimal(let cost, let point) = model.programme.minimum() else { return nil }
    self.cost = (cost + model.constant) * Self.unit
    payments = model.payments.map { ($0.0, point[$0.1] * Self.unit) }
    repayments = model.repayments.map { ($0.0, point[$0.1] * Self.unit) }
  }

  /// The programme, when every amount is a whole number of pounds to a thousandth.
  func programme(_ starts: [Int?]) -> Programme? {
    let all = payments.map(\.pounds) + repayments.map(\.pounds)
    guard all.allSatisfy({ abs($0 - $0.rounded()) < 1e-3 }) else { return nil }
    return Programme(
      choices: starts.enumerated().compactMap { scheme, start in
        start.map { .init(scheme: scheme, start: $0) }
      },
      payments: payments.map {
        .init(
          scheme: $0.payment.scheme, payer: $0.payment.payer, year: $0.payment.year,
          pounds: Int($0.pounds.rounded()))
      }.filter { $0.pounds != 0 },
      repayments: repayments.map {
        .init(
          scheme: $0.repayment.scheme, pot: $0.repayment.pot, year: $0.repayment.year,
          pounds: Int($0.pounds.rounded()))
      }.filter { $0.pounds != 0 })
  }
}

/// The rows of the linear programme.
private struct FundingModel {
  let problem: ProgrammeProblem
  let mayUse: (Int, Int) -> Bool
  let schemes: [(scheme: Int, start: ProgrammeProblem.Start)]
  let discount: [Double]
  var programme = LinearProgramme()
  /// Costs that no choice of money changes, in units.
  var constant = 0.0
  /// With the position of the variable; pounds are nought.
  var payments: [(Programme.Payment, Int)] = []
  var repayments: [(Programme.Repayment, Int)] = []

  init(_ problem: ProgrammeProblem, _ starts: [Int?], mayUse: @escaping (Int, Int) -> Bool) {
    self.problem = problem
    self.mayUse = mayUse
    schemes = starts.enumerated().compactMap { scheme, start in
      start.map { (scheme, problem.candidates[scheme].starts[$0]) }
    }
    var factor = 1.0
    discount = problem.years.map { _ in
      defer { factor /= 1 + problem.goals.discountRate }
      return factor
    }
  }

  private var years: Range<Int> { problem.years.indices }
  private func units(_ pounds: Int) -> Double { Double(pounds) / CheapestFunding.unit }

  mutating func build() {
    addPayments()
    addDebt()
    addPots()
    addShares()
  }

  private func allows(_ pot: Int, _ scheme: Int) -> Bool {
    problem.pots[pot].rule.allows(problem.candidates[scheme].scheme) && mayUse(scheme, pot)
  }

  private func isOver(_ pot: Int, _ year: Int) -> Bool {
    problem.pots[pot].spendBy.map { problem.years[year] > $0 } ?? false
  }

  /// What of a pound of money that may lapse or go back buys nothing more than a smaller sum did in the first year.
  private func priceRise(_ pot: Int, _ year: Int) -> Double {
    let pot = problem.pots[pot]
    let lasts = pot.spendBy.map { deadline in problem.years.allSatisfy { $0 < deadline } } ?? true
    return pot.carriesForward && lasts ? 0 : 1 - 1 / pow(1 + problem.buildingInflation, Double(year))
  }

  private mutating func addPayments() {
    for (scheme, start) in schemes {
      let mayBorrow = problem.borrowing.kinds.contains(problem.candidates[scheme].scheme.kind)
      for year in years where start.spending[year] != 0 {
        var terms: [(Int, Double)] = []
        for pot in problem.pots.indices where allows(pot, scheme) && !isOver(pot, year) {
          let variable = programme.variable(cost: discount[year] * priceRise(pot, year))
          payments.append((.init(scheme: scheme, payer: .pot(pot), year: year, pounds: 0), variable))
          terms.append((variable, 1))
        }
        if mayBorrow, (problem.borrowing.limit[problem.years[year]] ?? 0) > 0 {
          let variable = programme.variable()
          payments.append((.init(scheme: scheme, payer: .borrowing, year: year, pounds: 0), variable))
          terms.append((variable, 1))
        }
        programme.require(terms, .equal, units(start.spending[year]))
      }
    }
  }

  private mutating func addDebt() {
    let (rate, method) = (problem.borrowing.interest, problem.borrowing.method)
    var financing = years.map { _ in [(Int, Double)]() }
    var borrowed = financing
    for (scheme, start) in schemes {
      let loans = payments.filter { $0.0.scheme == scheme && $0.0.payer == .borrowing }
      guard !loans.isEmpty else { continue }
      let life = problem.candidates[scheme].scheme.assetLifeYears
      var before: Int?
      for year in years {
        let age = year - start.opening
        let provision = age < 1 ? 0 : method.share(remaining: max(1, life - age + 1), interest: rate)
        let debt = programme.variable(cost: year == years.last ? discount[year] : 0)
        var terms = [(debt, 1.0)]
        if let before {
          terms.append((before, provision - 1))
          financing[year].append((before, provision + rate))
        }
        for (_, loan) in loans.filter({ $0.0.year == year }) {
          terms.append((loan, -1))
          financing[year].append((loan, rate / 2))
          borrowed[year].append((loan, 1))
        }
        for pot in problem.pots.indices
        where problem.pots[pot].source == .section106 && allows(pot, scheme) && !isOver(pot, year) {
          let variable = programme.variable()
          repayments.append((.init(scheme: scheme, pot: pot, year: year, pounds: 0), variable))
          terms.append((variable, 1))
        }
        programme.require(terms, .equal, 0)
        before = debt
      }
    }
    for year in years {
      let costs = programme.variable(cost: discount[year])
      programme.require(financing[year] + [(costs, -1)], .equal, 0)
      programme.require(borrowed[year], .most, units(problem.borrowing.limit[problem.years[year]] ?? 0))
      if let ceiling = problem.borrowing.revenueCeiling[problem.years[year]] {
        programme.require(financing[year], .most, units(ceiling))
      }
    }
  }

  private mutating func addPots() {
    for (index, pot) in problem.pots.enumerated() {
      var carried: Int?
      for year in years {
        let received = units(pot.received[problem.years[year]] ?? 0)
        guard !isOver(index, year) else {
          constant += discount[year] * received
          continue
        }
        let isLast = pot.spendBy.map { problem.years[year] == $0 } ?? false
        let isReturned = !pot.carriesForward || isLast
        let left = programme.variable(cost: isReturned ? discount[year] : 0)
        var terms = [(left, 1.0)]
        if let carried { terms.append((carried, -1)) }
        terms += payments.filter { $0.0.payer == .pot(index) && $0.0.year == year }.map { ($0.1, 1) }
        terms += repayments.filter { $0.0.pot == index && $0.0.year == year }.map { ($0.1, 1) }
        programme.require(terms, .equal, received)
        carried = isReturned ? nil : left
      }
    }
  }

  private mutating func addShares() {
    for (scheme, start) in schemes {
      for (index, pot) in problem.pots.enumerated() {
        guard let share = pot.rule.mostShare else { continue }
        let paid = payments.filter { $0.0.scheme == scheme && $0.0.payer == .pot(index) }
        programme.require(paid.map { ($0.1, 1) }, .most, share * units(start.cost))
      }
    }
  }
}
