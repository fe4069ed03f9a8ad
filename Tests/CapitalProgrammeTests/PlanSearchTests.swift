import MixedInteger
import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// What the search over whole plans leaves out must not be needed: its bounds are held against the trial of every choice.
@Suite struct PlanSearchTests {
  private struct Parts {
    let money: PlanMoney
    let blocks: [PlanBlock]
    let elsewhere: Double

    init(_ problem: ProgrammeProblem) throws {
      let schemes = problem.blocks()
      let money = PlanMoney(problem, schemes)
      let groups = problem.supplyGroups()
      self.money = money
      blocks = try schemes.enumerated().map { index, schemes in
        try #require(PlanBlock(problem, schemes, groups, money, own: money.own[index], most: 100_000))
      }
      elsewhere = ProgrammeModel(problem).unmetElsewhere
    }

    func bound(_ prices: MoneyPrices) -> Double {
      blocks.indices.reduce(elsewhere - prices.worth) { $0 + (sums($1, prices).min() ?? .infinity) }
    }

    func sums(_ block: Int, _ prices: MoneyPrices) -> [Double] {
      PlanSums.all(blocks[block], prices)
    }

    /// Prices at random, up to a size.
    func prices(_ size: Double, _ random: inout SeededGenerator) -> MoneyPrices {
      var prices = MoneyPrices(money)
      func any() -> Double { size * max(0, Double.random(in: -0.5...1, using: &random)) }
      prices.pots = prices.pots.map { $0.map { _ in any() } }
      prices.borrowing = prices.borrowing.map { _ in any() }
      prices.demand = prices.demand.map { $0.map { _ in any() } }
      prices.settle()
      return prices
    }
  }

  @Test(arguments: 0..<60)
  func `plans are the choices that keep the rules, and nothing else`(_ seed: Int) throws {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let parts = try Parts(problem)
    #expect(parts.blocks.reduce(1) { $0 * $1.count } == BruteForce.choices(problem).count)
    #expect(parts.blocks.flatMap(\.schemes).sorted() == Array(problem.candidates.indices))
  }

  @Test(arguments: 0..<150)
  func `whatever money is worth, no affordable choice lies below the bound`(_ seed: Int) throws {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let optimum = BruteForce(problem).optimum else { return }
    let parts = try Parts(problem)
    var random = SeededGenerator(seed: UInt64(seed))
    for size in [0, 0.001, 0.01, 0.03, 0.1, 1] {
      let prices = parts.prices(size, &random)
      #expect(parts.bound(prices) <= optimum.weightedUnmet + 1e-6, "\(size)")
    }
  }

  @Test(arguments: 0..<60)
  func `the best prices prove no more than there is, and more than none`(_ seed: Int) throws {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let optimum = BruteForce(problem).optimum else { return }
    let parts = try Parts(problem)
    let best = try PlanBound(parts.blocks, parts.money, SolveOptions()).best(
      parts.blocks.map { Array(0..<Int32($0.count)) }, cutoff: .infinity)
    #expect(best.bound + parts.elsewhere <= optimum.weightedUnmet + 1e-6)
    #expect(best.bound + parts.elsewhere >= parts.bound(MoneyPrices(parts.money)) - 1e-6)
    #expect(abs(parts.bound(best.prices) - best.bound - parts.elsewhere) < 1e-6)
  }

  @Test(arguments: 0..<80)
  func `every start of every best choice is kept`(_ seed: Int) throws {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let optimum = BruteForce(problem).optimum else { return }
    let model = ProgrammeModel(problem)
    let search = try #require(PlanSearch(problem, model.groups, SolveOptions()))
    let found = try #require(
      try search.fewest(known: nil, elsewhere: model.unmetElsewhere, gap: 0, mostWidth: .infinity) { starts in
        CheapestFunding(problem, starts: starts) != nil
      })
    #expect(found.isProven)
    expectClose(found.unmet + model.unmetElsewhere, optimum.weightedUnmet, within: 1e-6)
    #expect(CheapestFunding(problem, starts: found.starts) != nil)
    let kept = try #require(found.kept)
    var table = PlacesTable(problem)
    for starts in BruteForce.choices(problem)
    where table.unmet(starts) <= optimum.weightedUnmet + 1e-9
      && CheapestFunding(problem, starts: starts) != nil
    {
      for (scheme, start) in starts.enumerated() {
        if let start { #expect(kept[scheme].contains(start), "scheme \(scheme) at \(start)") }
      }
    }
  }

  @Test(arguments: 0..<80)
  func `hints change what is looked at, and not what is found`(_ seed: Int) throws {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let optimum = BruteForce(problem).optimum else { return }
    let parts = try Parts(problem)
    var random = SeededGenerator(seed: UInt64(seed))
    let search = try #require(PlanSearch(problem, problem.supplyGroups(), SolveOptions()))
    // Any choice that can be paid for may be known, and any starts may be looked at first.
    let known = BruteForce.choices(problem).filter { CheapestFunding(problem, starts: $0) != nil }
      .randomElement(using: &random)
    var table = PlacesTable(problem)
    let few = problem.candidates.map { Set($0.starts.indices.filter { _ in Bool.random(using: &random) }) }
    for hints in [
      SearchHints(prices: [parts.prices(0.02, &random).known]), SearchHints(few: few),
      SearchHints(
        prices: [0.02, 0.01, 0.03].map { parts.prices($0, &random).known }, few: few),
    ] {
      let found = try #require(
        try search.fewest(
          known: known.map { .init(starts: $0, unmet: table.unmet($0) - parts.elsewhere) }, hints: hints,
          elsewhere: parts.elsewhere, gap: 1e-9, mostWidth: .infinity
        ) { CheapestFunding(problem, starts: $0) != nil })
      #expect(found.isProven && found.bound <= found.unmet)
      expectClose(found.unmet + parts.elsewhere, optimum.weightedUnmet, within: 1e-6)
      #expect(CheapestFunding(problem, starts: found.starts) != nil)
      // With a gap the bound is one on every choice, also on those that were left out for being too little better.
      let near = try #require(
        try search.fewest(
          known: .init(starts: found.starts, unmet: 1.005 * found.unmet), hints: hints,
          elsewhere: parts.elsewhere, gap: 0.01, mostWidth: .infinity
        ) { CheapestFunding(problem, starts: $0) != nil })
      #expect(near.bound + parts.elsewhere <= optimum.weightedUnmet + 1e-6)
    }
  }

  @Test(arguments: 200..<215)
  func `with the search and without it the same three values are reached`(_ seed: Int) throws {
    let problem = RandomProgramme(seed: UInt64(seed), schemes: 8...12, size: .medium).problem
    var options = ProgrammeOptions(gap: 1e-9, threads: 1)
    let one = prioritise(problem, options).chosenIfPossible()
    options.searchesPlans = false
    let other = prioritise(problem, options).chosenIfPossible()
    #expect((one == nil) == (other == nil))
    guard let one, let other else { return }
    for (step, reference) in zip(one.steps, other.steps) {
      expectClose(step.objective, reference.objective, within: 1e-5 * max(1, reference.objective))
      #expect(step.bound <= reference.objective + 1e-5 * max(1, reference.objective))
    }
  }

  @Test(arguments: 200..<206)
  func `a comparison without time has a finite bound or none`(_ seed: Int) throws {
    let problem = RandomProgramme(seed: UInt64(seed), schemes: 8...12, size: .medium).problem
    let exact = ProgrammeOptions(gap: 1e-9, threads: 1)
    guard let chosen = prioritise(problem, exact).chosenIfPossible() else { return }
    let late = ProgrammeOptions(timeLimit: .zero, threads: 1)
    let found =
      chosen.ask(chosen.withoutEach, late).map(\.comparison)
      + chosen.ask(chosen.more(1_000_000), late).map(\.comparison)
    #expect(found.allSatisfy { $0.alternative?.leastMoreUnmet?.isFinite ?? true })
  }

  @Test func `a committed scheme without starts leaves no plan`() {
    var hand = HandPlan()
    hand.schemes = [handScheme("a"), handScheme("b", window: 7...8, committed: true, requires: ["a"])]
    let problem = hand.problem
    let schemes = problem.blocks()
    let money = PlanMoney(problem, schemes)
    #expect(problem.candidates[1].starts.isEmpty && schemes == [[0, 1]])
    #expect(
      PlanBlock(problem, [0, 1], problem.supplyGroups(), money, own: money.own[0], most: 100_000) == nil)
    guard case .incompatible = prioritise(problem) else {
      Issue.record("it was started")
      return
    }
  }

  @Test func `seventy committed schemes that one grant alone may pay for are one plan`() throws {
    var hand = HandPlan()
    hand.schemes = (0..<70).map { handScheme("s\($0)", window: 0...0, committed: true) }
    hand.pots = [handPot("grant", [0: 69_000, 1: 2_000])]
    let parts = try Parts(hand.problem)
    #expect(parts.blocks.map(\.count) == [1])
    #expect(
      parts.blocks[0].ownUses == [[OwnMoney.Use(met: [69_000, 0, 0, 0], demand: [70_000, 0, 0, 0])]])
  }

  @Test func `not to know whether money suffices is no proof that it does not`() throws {
    let problem = RandomProgramme(seed: 200, schemes: 8...12, size: .medium).problem
    let model = ProgrammeModel(problem)
    let search = try #require(PlanSearch(problem, model.groups, SolveOptions()))
    var asked = 0
    let found = try search.fewest(known: nil, elsewhere: model.unmetElsewhere, gap: 0) { _ in
      asked += 1
      return nil
    }
    #expect(found == nil && asked == 1)
  }

  @Test func `a block's own money waits for a dearer year, by hand`() throws {
    // 1,000 pounds in each of two years, 1,000 of its own from the first: they are worth most in the second, where common money is dear.
    var hand = HandPlan()
    hand.schemes = [
      handScheme("a", cost: cash(2_000), profile: [0.5, 0.5], window: 0...0, committed: true),
      handScheme("b", area: "Q", window: 0...0),
    ]
    hand.pots = [
      handPot("grant", [0: 3_000]),
      handPot("own", [0: 1_000], rule: FundingRule(kinds: [.expansion], scheme: "a")),
    ]
    let parts = try Parts(hand.problem)
    var prices = MoneyPrices(parts.money)
    prices.demand[parts.money.kindOfScheme[0]] = [0, 5, 0, 0]
    expectClose(parts.sums(0, prices)[0], 0, within: 1e-9)
    // Were all of it used at once, the second year's 1,000 would cost 5.
    prices.demand[parts.money.kindOfScheme[0]] = [2, 5, 0, 0]
    expectClose(parts.sums(0, prices)[0], 2, within: 1e-9)
  }
}
