import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// What holds of the chosen programme whatever the problem.
@Suite struct ProgrammeLaws {
  static let exact = ProgrammeOptions(gap: 1e-9, threads: 1)
  static let near = 1e-5

  private func unmet(_ problem: ProgrammeProblem) -> Double? {
    prioritise(problem, Self.exact).chosenIfPossible()?.accounts.weightedUnmet
  }

  /// Nothing is worse: what could be chosen still can, and leaves no more unmet.
  private func expectNoWorse(_ changed: ProgrammeProblem, than base: ProgrammeProblem, _ what: String) {
    guard let before = unmet(base) else { return }
    guard let after = unmet(changed) else {
      Issue.record("\(what): no programme is left")
      return
    }
    #expect(after <= before + Self.near * max(1, before), "\(what)")
  }

  private func changing(
    _ problem: ProgrammeProblem, _ change: (inout ProgrammeProblem) -> Void
  ) -> ProgrammeProblem {
    var changed = problem
    change(&changed)
    return changed
  }

  @Test(arguments: 0..<25)
  func `more funding never leaves more unmet`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    var random = SeededGenerator(seed: UInt64(seed))
    let pot = Int.random(in: problem.pots.indices, using: &random)
    let year = Int.random(in: problem.years.indices, using: &random)
    let pounds = Int.random(in: 1...3_000_000, using: &random)
    let label = problem.years[year]
    let more = changing(problem) { $0.pots[pot].received[label, default: 0] += pounds }
    expectNoWorse(more, than: problem, "\(seed): \(pounds) in pot \(pot), year \(year)")

    let higher = changing(problem) { $0.borrowing.limit[label, default: 0] += pounds }
    expectNoWorse(higher, than: problem, "\(seed): \(pounds) of borrowing in year \(year)")

    let ceiling = problem.borrowing.revenueCeiling.mapValues { $0 + pounds / 20 }
    let looser = changing(problem) { $0.borrowing.revenueCeiling = ceiling }
    expectNoWorse(looser, than: problem, "\(seed): a higher revenue ceiling")
  }

  @Test(arguments: 0..<25)
  func `a scheme more that nobody must build never hurts`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    for (index, candidate) in problem.candidates.enumerated() where !candidate.scheme.isCommitted {
      expectNoWorse(problem, than: problem.without(index), "\(seed): with \(candidate.scheme.key)")
    }
  }

  @Test(arguments: 0..<25)
  func `money that comes later, or must be spent sooner, never helps`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    for (pot, rule) in problem.pots.enumerated() {
      // A pot that lapses every year may be of more use in a later one.
      if rule.carriesForward, let first = rule.received.filter({ $0.value > 0 }).keys.min() {
        let late = changing(problem) { problem in
          var received = rule.received
          received[first + 1, default: 0] += received.removeValue(forKey: first) ?? 0
          problem.pots[pot].received = received
        }
        expectNoWorse(problem, than: late, "\(seed): pot \(pot) in time")
      }
      let sooner = rule.spendBy.map { $0 + -1 } ?? problem.years[1]
      let hurried = changing(problem) { $0.pots[pot].spendBy = sooner }
      expectNoWorse(problem, than: hurried, "\(seed): pot \(pot) with its deadline")
    }
  }

  @Test(arguments: 0..<25)
  func `a scheme that may start only a year later never helps`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    for (index, candidate) in problem.candidates.enumerated() where candidate.starts.count > 1 {
      // Its window begins a year later: its first start is gone, and the others are what they were.
      let late = changing(problem) { $0.candidates[index].starts = Array(candidate.starts.dropFirst()) }
      expectNoWorse(problem, than: late, "\(seed): \(candidate.scheme.key) in time")
    }
  }

  @Test(arguments: 0..<40)
  func `names and order change neither unmet places nor cost`(_ seed: Int) {
    let random = RandomProgramme(seed: UInt64(seed))
    let here = prioritise(random.problem, Self.exact).chosenIfPossible()
    let there = prioritise(Relabelling(random, seed: UInt64(seed)).problem, Self.exact).chosenIfPossible()
    #expect((here == nil) == (there == nil))
    guard let here, let there else { return }
    expectClose(there.accounts.weightedUnmet, here.accounts.weightedUnmet, within: Self.near)
    expectClose(there.accounts.presentCost, here.accounts.presentCost, within: 5)
    #expect(there.accounts.distanceFromApproved == here.accounts.distanceFromApproved)
  }

  @Test(arguments: 0..<25)
  func `places that are there already never leave more unmet`(_ seed: Int) {
    let random = RandomProgramme(seed: UInt64(seed))
    for more in [1.0, 25] {
      let cells = random.needs.map { $0.adding(more).cell($0.measure) }
      let roomier = ProgrammeProblem(random.plan, cells: cells, sites: random.sites)
      expectNoWorse(roomier, than: random.problem, "\(seed): \(more) places more in every cell")
    }
  }

  @Test(arguments: 0..<12)
  func `more may be borrowed, fewer places stay unmet`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let chosen = prioritise(problem, Self.exact).chosenIfPossible() else { return }
    let points = chosen.ask(chosen.frontier, Self.exact)
    var last = Double.infinity
    for point in points {
      #expect(point.borrowed <= point.limit)
      guard let alternative = point.comparison.alternative, let unmet = point.unmet else {
        // Once there is a programme, there is one for every larger share.
        #expect(last == .infinity && point.unmet == nil, "\(seed) at \(point.share)")
        continue
      }
      #expect(unmet <= last + Self.near * max(1, unmet), "\(seed) at \(point.share)")
      last = unmet
      if point.share == 1 { expectClose(alternative.moreUnmet, 0, within: Self.near) }
    }
  }

  @Test(arguments: 0..<25)
  func `the tail of a programme is no better than its mean`(_ seed: Int) {
    let random = RandomProgramme(seed: UInt64(seed))
    func problem(_ measure: UnmetMeasure) -> ProgrammeProblem {
      ProgrammeProblem(random.plan, cells: random.needs.map { $0.cell(measure) }, sites: random.sites)
    }
    guard let chosen = prioritise(problem(.expected), Self.exact).chosenIfPossible() else { return }
    for share in [0.05, 0.2, 0.5] {
      let tail = ProgrammeAccounts(chosen.programme, of: problem(.worst(share: share)))
      #expect(tail.weightedUnmet >= chosen.accounts.weightedUnmet - 1e-9)
      for (worst, mean) in zip(tail.unmet, chosen.accounts.unmet) { #expect(worst >= mean - 1e-9) }
    }
  }

  @Test(arguments: 0..<60)
  func `each step holds those before it, and the accounts say the same`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let chosen = prioritise(problem, Self.exact).chosenIfPossible() else { return }
    #expect(chosen.steps.map(\.aim) == HeldStep.Aim.allCases)
    for step in chosen.steps {
      #expect(step.bound <= step.objective + 1e-6 * max(1, abs(step.objective)))
    }
    let accounts = chosen.accounts
    // The first step's own unmet places are those of the programme that the last one left.
    let slack = 2e-6 * max(1, accounts.weightedUnmet)
    expectClose(chosen.steps[0].objective, accounts.weightedUnmet, within: slack, "\(seed) unmet")
    expectClose(
      1_000 * chosen.steps[1].objective, accounts.presentCost, within: 5, "\(seed) present cost")
    let order = chosen.steps[2].objective - Double(accounts.distanceFromApproved)
    #expect((-1e-6..<0.4).contains(order), "\(seed): the order of keys counts less than a year")
  }

  @Test(arguments: 0..<60)
  func `a ranking by points spends what is there, and is never better`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let weights = PointsWeights(committed: 100, need: 5, urgency: 2, condition: 1, value: 3)
    let ranking = rank(problem, weights)
    // Where it falls short it says so: a committed scheme that no money was left for.
    #expect(ranking.report.breaches.allSatisfy { $0.rule == .committed }, "\(seed)")
    #expect(ranking.lines.count == problem.candidates.count)
    for pot in ranking.report.accounts.pots { #expect(pot.allSatisfy { $0.balance >= 0 }) }
    guard ranking.report.isFeasible else { return }
    guard let chosen = prioritise(problem, Self.exact, start: ranking.programme.choices).chosen else {
      Issue.record("\(seed): the ranking found a programme and the optimiser none")
      return
    }
    let unmet = ranking.report.accounts.weightedUnmet
    #expect(chosen.accounts.weightedUnmet <= unmet + Self.near * max(1, unmet), "\(seed)")
    if abs(chosen.accounts.weightedUnmet - unmet) < 1e-9 {
      #expect(chosen.accounts.presentCost <= ranking.report.accounts.presentCost + 5, "\(seed)")
    }
  }

  @Test(arguments: 0..<20)
  func `without a scheme no fewer places stay unmet`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let chosen = prioritise(problem, Self.exact).chosenIfPossible() else { return }
    for (scheme, comparison) in chosen.ask(chosen.withoutEach, Self.exact) {
      guard let alternative = comparison.alternative else {
        // Only where something that must be done requires it.
        #expect(problem.candidates.contains { $0.scheme.isCommitted }, "\(seed): \(scheme.key)")
        continue
      }
      #expect(alternative.moreUnmet >= -Self.near, "\(seed): \(scheme.key)")
      #expect(!alternative.added.contains(scheme.key) && alternative.dropped.contains(scheme.key))
      if alternative.moreUnmet < 1e-9 { #expect(alternative.moreCost >= -5, "\(seed): \(scheme.key)") }
    }
  }

  /// A comparison begins from what is known of the chosen programme, and solves for places and for cost apart.
  @Test(arguments: 6..<18)
  func `without a scheme the best is that of the problem without it`(_ seed: Int) throws {
    let problem = RandomProgramme(seed: UInt64(seed), schemes: 5...8).problem
    guard let chosen = prioritise(problem).chosenIfPossible() else { return }
    for (scheme, comparison) in chosen.ask(chosen.withoutEach, ProgrammeOptions()) {
      let index = try #require(problem.candidates.firstIndex { $0.scheme.key == scheme.key })
      guard let alternative = comparison.alternative else { continue }
      let alone = try #require(prioritise(problem.without(index), Self.exact).chosen)
      let place = "\(seed): \(scheme.key)"
      let (unmet, cost) = (
        alone.accounts.weightedUnmet - chosen.accounts.weightedUnmet,
        alone.accounts.presentCost - chosen.accounts.presentCost
      )
      #expect(abs(alternative.moreUnmet - unmet) <= 1e-5 * max(1, alone.accounts.weightedUnmet), "\(place)")
      #expect(abs(alternative.moreCost - cost) <= 5, "\(place)")
    }
  }

  /// By the search over plans, and by the solver alone: the search asks the solver only who can be paid for.
  @Test(arguments: 0..<30, [true, false])
  func `two seeds of the solver agree`(_ seed: Int, _ searchesPlans: Bool) {
    let problem = RandomProgramme(seed: UInt64(seed), schemes: 6...8).problem
    let found = [3, 11].map { seed in
      var options = ProgrammeOptions(gap: 1e-9, seed: seed, threads: 1)
      options.searchesPlans = searchesPlans
      return prioritise(problem, options).chosenIfPossible()
    }
    guard let one = found[0], let other = found[1] else {
      #expect(found[0] == nil && found[1] == nil)
      return
    }
    expectClose(one.accounts.weightedUnmet, other.accounts.weightedUnmet, within: Self.near)
    expectClose(one.accounts.presentCost, other.accounts.presentCost, within: 5)
    #expect(one.accounts.distanceFromApproved == other.accounts.distanceFromApproved)
  }

  @Test(arguments: 0..<30)
  func `one thread and two give the same bits`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed), schemes: 4...8).problem
    let found = [1, 2].map { prioritise(problem, ProgrammeOptions(threads: $0)) }
    guard let one = found[0].chosen, let two = found[1].chosen else {
      #expect("\(found[0])" == "\(found[1])")
      return
    }
    #expect(one.programme.choices == two.programme.choices)
    #expect(one.programme.payments == two.programme.payments)
    #expect(one.programme.repayments == two.programme.repayments)
    #expect(one.steps == two.steps)
    #expect(one.accounts.presentCost.bitPattern == two.accounts.presentCost.bitPattern)
    #expect(one.accounts.unmet.map(\.bitPattern) == two.accounts.unmet.map(\.bitPattern))
  }
}

extension ProgrammeLaws {
  @Test func `a scheme that a committed one requires cannot be left out`() {
    // 60 pupils for 30 places: the wing would do more for them than the hall, which must be built, and the land under it.
    var hand = HandPlan()
    hand.schemes = [
      handScheme(
        "hall", places: 15, cost: cash(500), build: 0, window: 0...0, committed: true, requires: ["land"]),
      handScheme("land", kind: .condition, cost: cash(500), window: 0...0),
      handScheme("wing", cost: cash(1_000), build: 0, window: 0...0),
    ]
    hand.pots = [handPot("grant", [0: 1_000])]
    hand.cells = [handCell(0, pupils: [60], places: 30)]
    guard let chosen = prioritise(hand.problem, Self.exact).chosen else {
      Issue.record("no programme")
      return
    }
    #expect(chosen.accounts.weightedUnmet == 15)
    let without = chosen.ask(chosen.withoutEach, Self.exact)
    #expect(without.map(\.scheme.key) == ["land"])
    #expect(without.allSatisfy { $0.comparison.alternative == nil })
  }
}

/// Problems that have no programme, and solves that are not let finish.
@Suite struct ProgrammeBadEnds {
  @Test func `what is missing for committed schemes is stated to the pound`() {
    var hand = HandPlan()
    hand.schemes = [
      handScheme("school", cost: cash(1_000_001), profile: [0.5, 0.5], window: 0...0, committed: true),
      handScheme("wing", cost: cash(1_000), window: 0...3),
    ]
    hand.pots = [handPot("grant", [0: 300_000, 1: 400_000])]
    // 500,001 to pay in 2018/19 (the half pound is rounded up) with 300,000 there; 500,000 in 2019/20 with 400,000.
    guard case .unaffordable(let missing) = prioritise(hand.problem) else {
      Issue.record("the school cannot be paid for")
      return
    }
    #expect(
      missing == [
        Unfunded(schemes: ["school"], year: 0, pounds: 200_001),
        Unfunded(schemes: ["school"], year: 1, pounds: 100_000),
      ])
    // 200,001 borrowed in the first year, and 99,999 in the next: one pound is missing.
    hand.limit = [0: 200_001, 1: 99_999]
    guard case .unaffordable(let pound) = prioritise(hand.problem) else {
      Issue.record("a pound is missing")
      return
    }
    #expect(pound == [Unfunded(schemes: ["school"], year: 1, pounds: 1)])
    hand.limit = [0: 200_001, 1: 100_000]
    #expect(prioritise(hand.problem).chosen?.programme.choices == [.init(scheme: 0, start: 0)])
  }

  @Test func `committed schemes that exclude each other are named as such`() {
    var hand = HandPlan()
    hand.pots = [handPot("grant", [0: 1_000_000])]
    let plans = [
      [handScheme("a", committed: true, group: "g"), handScheme("b", committed: true, group: "g")],
      [handScheme("a", window: 2...3), handScheme("b", window: 0...1, committed: true, requires: ["a"])],
      [handScheme("a", committed: true, requires: ["nobody"])],
      [handScheme("a", window: 7...8, committed: true)],
    ]
    for schemes in plans {
      hand.schemes = schemes
      guard case .incompatible = prioritise(hand.problem) else {
        Issue.record("\(schemes.map(\.key)) were combined")
        continue
      }
    }
  }

  /// Either no programme, or one that keeps every rule and does not pass for proven.
  private func expectHonest(_ outcome: ProgrammeOutcome, of problem: ProgrammeProblem, _ seed: UInt64) {
    switch outcome {
    case .proven(let chosen):
      #expect(chosen.steps.allSatisfy { $0.isProven && $0.gap <= 1e-4 }, "\(seed)")
    case .stopped(let chosen):
      #expect(!chosen.isProven)
      #expect(check(chosen.programme, of: problem).isFeasible, "\(seed)")
      for step in chosen.steps { #expect(step.isProven || step.bound <= step.objective + 1e-6) }
    case .unaffordable:
      #expect(BruteForce(problem).optimum == nil, "\(seed): it can be paid for")
    case .incompatible: #expect(BruteForce(problem).optimum == nil, "\(seed): they can be combined")
    case .withoutProgramme: break
    case .failed(let words): Issue.record("\(seed): \(words)")
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func `without time, or cancelled, nothing passes for proven`(_ seed: UInt64) {
    let problem = RandomProgramme(seed: seed).problem
    expectHonest(prioritise(problem, ProgrammeOptions(timeLimit: .zero, threads: 1)), of: problem, seed)
    expectHonest(prioritise(problem, ProgrammeOptions(threads: 1, isCancelled: { true })), of: problem, seed)
    let asked = Steps()
    let soon = ProgrammeOptions(
      threads: 1,
      isCancelled: {
        asked.add("")
        return asked.texts.count > 3
      })
    expectHonest(prioritise(problem, soon), of: problem, seed)
    let ranking = rank(
      problem, PointsWeights(committed: 100, need: 5, urgency: 2, condition: 1, value: 3))
    guard ranking.report.isFeasible else { return }
    let outcome = prioritise(
      problem, ProgrammeOptions(timeLimit: .zero, threads: 1), start: ranking.programme.choices)
    expectHonest(outcome, of: problem, seed)
    if let chosen = outcome.chosen {
      #expect(chosen.accounts.weightedUnmet <= ranking.report.accounts.weightedUnmet + 1e-6, "\(seed)")
    }
  }
}
