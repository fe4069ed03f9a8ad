import PlacePlanning
import Synchronization
import TestSupport
import Testing

@testable import CapitalProgramme

@Suite struct NeighbourTests {
  private static let exact = ProgrammeOptions(gap: 1e-9, threads: 1)

  /// 70 and 50 pupils on 60 places of P, 40 and 58 on 50 of Q.
  private func twoAreas() -> LinkedPlan {
    var plan = LinkedPlan()
    plan.hand.years = 1
    plan.need("P", 0, [70, 50], places: 60)
    plan.need("Q", 0, [40, 58], places: 50)
    return plan
  }

  // MARK: By hand

  @Test func `two areas and two draws, one link`() {
    var plan = twoAreas()
    plan.link("P", "Q", 1_000)
    // Draw 1: P lacks 10, Q has 10. Draw 2: Q lacks 8, and may not send them.
    let placement = plan.placement()
    expectClose(placement?.unmetUnplaced, 9)
    expectClose(placement?.unmet.draws, 4)
    expectClose(placement?.unmet.scenarios, 4)
    expectClose(placement?.links.first?.pupils, 5)
    expectClose(placement?.transport.first, 5_000)
    expectClose(placement?.presentTransport.draws, 5_000)
    #expect(placement?.weightedUnmet.gap == 0)
  }

  @Test func `two areas and two draws, both ways`() {
    var plan = twoAreas()
    plan.link("P", "Q", 1_000)
    plan.link("Q", "P", 500)
    let placement = plan.placement()
    expectClose(placement?.unmet.draws, 0)
    #expect(placement?.links.map(\.pupils) == [5, 4])
    expectClose(placement?.transport.first, 7_000)
  }

  @Test func `one scenario for two draws, and what it leaves out`() {
    var plan = twoAreas()
    plan.link("P", "Q", 1_000)
    plan.mostScenarios = 1
    // A scheme that cannot be paid for, so that the need of P may change.
    plan.hand.schemes = [handScheme("p", build: 0, window: 0...0)]
    // The mean is 60 and 49: nobody is short.
    let placement = plan.placement()
    #expect(placement?.scenarios == 1)
    expectClose(placement?.weightedUnmet.scenarios, 0)
    expectClose(placement?.weightedUnmet.draws, 4)
    expectClose(placement?.weightedUnmet.gap, 4)
  }

  @Test func `a pupil takes the margin along`() {
    var plan = LinkedPlan()
    plan.hand.years = 1
    plan.need("P", 0, [100], places: 84, margin: 0.05)
    plan.need("Q", 0, [50], places: 100, margin: 0.05)
    plan.link("P", "Q", 100)
    // 105 places are wanted and 84 there: the 21 are those of 20 pupils.
    let placement = plan.placement()
    expectClose(placement?.unmetUnplaced, 21)
    expectClose(placement?.unmet.draws, 0)
    expectClose(placement?.links.first?.pupils, 20)
    expectClose(placement?.transport.first, 2_000)
  }

  @Test(arguments: [(40.0, 0.0, LeftOut.Reason.notNeeded), (45, 5, .money), (50, 10, .money)])
  func `places that neighbours have are not met again by a scheme left out`(
    _ pupils: Double, _ met: Double, _ reason: LeftOut.Reason
  ) throws {
    // P lacks 10, and Q has 10, 5 or no places free.
    var plan = LinkedPlan()
    plan.hand.years = 1
    plan.need("P", 0, [70], places: 60)
    plan.need("Q", 0, [pupils], places: 50)
    plan.link("P", "Q", 300)
    plan.hand.schemes = [handScheme("p", area: "P", build: 0, window: 0...0)]
    let left = try #require(prioritise(plan.problem, Self.exact).chosen).leftOut
    #expect(left.map(\.reason) == [reason])
    expectClose(left.first?.wouldMeet, met)
  }

  @Test func `where pupils may go decides where is built`() {
    // P lacks 10 and Q 12; the money is enough for one scheme of 30 places.
    var plan = LinkedPlan()
    plan.hand.years = 1
    plan.need("P", 0, [70], places: 60)
    plan.need("Q", 0, [62], places: 50)
    plan.hand.schemes = [
      handScheme("p", area: "P", build: 0, window: 0...0),
      handScheme("q", area: "Q", build: 0, window: 0...0),
    ]
    plan.hand.pots = [handPot("grant", [0: 1_000])]
    func chosen(_ problem: ProgrammeProblem) -> (keys: [String], unmet: Double?, cost: Double?) {
      let chosen = prioritise(problem, Self.exact).chosen
      let keys = chosen?.programme.choices.map { problem.candidates[$0.scheme].scheme.key }
      return (keys ?? [], chosen?.accounts.weightedUnmet, chosen?.accounts.presentCost)
    }
    #expect(chosen(plan.plain) == (["q"], 10, 0))
    plan.link("P", "Q", 300)
    #expect(chosen(plan.problem) == (["q"], 0, 3_000))
    plan.links = []
    plan.link("Q", "P", 300)
    #expect(chosen(plan.problem) == (["p"], 0, 3_600))
    // What the scheme keeps away is counted with the neighbours' pupils.
    let best = prioritise(plan.problem, Self.exact).chosen
    #expect(best?.placesOwed == [22])
  }

  @Test func `transport is weighed against building`() {
    // Ten pupils may go to Q for 300 pounds each, or a place costs a pound of growth fund.
    var plan = LinkedPlan()
    plan.hand.years = 1
    plan.need("P", 0, [70], places: 60)
    plan.need("Q", 0, [40], places: 50)
    plan.link("P", "Q", 300)
    plan.hand.schemes = [handScheme("p", area: "P", build: 0, window: 0...0)]
    plan.hand.pots = [handPot("grant", [0: 1_000])]
    for (rate, cost, schemes) in [(1.0, 30.0, 1), (200, 3_000, 0)] {
      plan.hand.revenue = RevenueRates(
        growthFundPerPlace: [.primary: rate], newSchoolStartUp: [:], missingYearGroup: [:], temporaryHire: 0,
        netRevenueStream: 0)
      let chosen = prioritise(plan.problem, Self.exact).chosen
      #expect(chosen?.accounts.weightedUnmet == 0)
      expectClose(chosen?.accounts.presentCost, cost, within: 1e-6)
      #expect(chosen?.programme.choices.count == schemes)
    }
  }

  @Test func `nobody is placed twice`() {
    // P's ten may go to Q, which has neither places nor pupils who might make room.
    var plan = LinkedPlan()
    plan.hand.years = 1
    plan.need("P", 0, [10], places: 0)
    plan.need("Q", 0, [0], places: 0)
    plan.need("R", 0, [0], places: 60)
    plan.link("P", "Q", 1)
    plan.link("Q", "R", 1)
    // Were it built, R would have more room still.
    plan.hand.schemes = [handScheme("r", area: "R", build: 0, window: 0...0)]
    plan.hand.pots = [handPot("grant", [0: 1_000])]
    let chosen = prioritise(plan.problem, Self.exact).chosen
    #expect(chosen?.accounts.weightedUnmet == 10)
    expectClose(chosen?.steps[0].objective, 10, within: 1e-6)
  }

  @Test func `the model names every flow`() {
    var plan = twoAreas()
    plan.link("P", "Q", 1_000)
    plan.hand.schemes = [handScheme("p", build: 0, window: 0...0)]
    plan.hand.pots = [handPot("grant", [0: 1_000])]
    var options = Self.exact
    let first = FirstText()
    options.writesText = { step, model in if step == 1 { first.text.withLock { $0 = model } } }
    _ = prioritise(plan.problem, options)
    let model = first.text.withLock { $0 }
    for name in [
      "placed.P.Q.R.2018.1", "unplaced.P.R.2018.2", "unplaced.Q.R.2018.1", "room.Q.R.2018.2",
      "pupils.P.R.2018.1",
    ] { #expect(model.contains(name), "\(name)") }
    #expect(!model.contains("need."))
  }

  // MARK: Against brute force

  @Test(arguments: 0..<40)
  func `the programme is the best that trying every choice and every draw finds`(_ seed: Int) {
    let plan = LinkedPlan(seed: UInt64(seed))
    let best = LinkedBruteForce(plan)
    guard let chosen = prioritise(plan.problem, Self.exact).chosenIfPossible() else {
      #expect(!best.isPossible)
      return
    }
    expectClose(chosen.accounts.weightedUnmet, best.unmet, within: 1e-5)
    expectClose(chosen.accounts.presentCost, best.cost, within: 3)
    expectClose(chosen.steps[0].objective, chosen.accounts.weightedUnmet, within: 1e-5)
    expectClose(chosen.steps[1].objective * 1_000, chosen.accounts.presentCost, within: 3)
    #expect(check(chosen.programme, of: plan.problem).breaches == [])
    let placement = chosen.neighbourPlacement
    #expect(plan.links.isEmpty || placement != nil)
    expectClose(placement?.weightedUnmet.gap ?? 0, 0, within: 1e-9)
    expectClose(placement?.presentTransport.gap ?? 0, 0, within: 1e-6)
  }

  @Test func `the random plans place pupils, and what is chosen depends on it`() {
    var (placing, other, possible) = (0, 0, 0)
    for seed in 0..<40 {
      let plan = LinkedPlan(seed: UInt64(seed))
      guard let chosen = prioritise(plan.problem, Self.exact).chosenIfPossible() else { continue }
      possible += 1
      if (chosen.neighbourPlacement?.presentTransport.draws ?? 0) > 0 { placing += 1 }
      if prioritise(plan.plain, Self.exact).chosen?.accounts.starts != chosen.accounts.starts { other += 1 }
    }
    #expect(possible > 25 && placing > 20 && other > 5, "\(possible), \(placing), \(other)")
  }

  // MARK: Laws

  @Test(arguments: 0..<30)
  func `placement never raises unmet places, and more links never hurt`(_ seed: Int) {
    var plan = LinkedPlan(seed: UInt64(seed), draws: 8)
    let all = plan.links
    let plain = prioritise(plan.plain, Self.exact).chosenIfPossible()?.accounts.weightedUnmet
    var last = plain
    for count in 0...all.count {
      plan.links = Array(all.prefix(count))
      let chosen = prioritise(plan.problem, Self.exact).chosenIfPossible()
      #expect((chosen == nil) == (plain == nil))
      guard let chosen, let before = last else { return }
      #expect(chosen.accounts.weightedUnmet <= before + 1e-6)
      if let placement = chosen.neighbourPlacement {
        #expect(placement.unmet.draws <= placement.unmetUnplaced + 1e-9)
      }
      last = chosen.accounts.weightedUnmet
    }
  }

  @Test(arguments: 0..<15)
  func `without links, or with links to where there is no room, the result is the plain one`(_ seed: Int) {
    var plan = LinkedPlan(seed: UInt64(seed), draws: 8)
    let plain = prioritise(plan.plain, Self.exact).chosenIfPossible()
    func expectPlain(_ problem: ProgrammeProblem, within tolerance: Double) {
      let chosen = prioritise(problem, Self.exact).chosenIfPossible()
      #expect(chosen?.programme.choices == plain?.programme.choices)
      #expect(chosen?.programme.payments == plain?.programme.payments)
      guard let chosen, let plain else { return }
      expectClose(chosen.accounts.weightedUnmet, plain.accounts.weightedUnmet, within: tolerance)
      expectClose(chosen.accounts.presentCost, plain.accounts.presentCost, within: tolerance)
    }
    plan.links = []
    #expect(plan.problem.neighbours == nil)
    expectPlain(plan.problem, within: 0)
    // Nobody can go to an area without places, and its own pupils may not leave.
    for year in 0..<3 { plan.need("X", year, [Double](repeating: 20, count: 8), places: 0) }
    let outcome = prioritise(plan.plain, Self.exact).chosen
    for area in ["P", "Q", "R"] { plan.link(area, "X", 0) }
    let linked = prioritise(plan.problem, Self.exact).chosen
    #expect(linked?.accounts.starts == outcome?.accounts.starts)
    guard let linked, let outcome else { return }
    expectClose(linked.accounts.weightedUnmet, outcome.accounts.weightedUnmet, within: 1e-9)
    expectClose(linked.accounts.presentCost, outcome.accounts.presentCost, within: 1e-6)
    #expect(linked.neighbourPlacement?.links.isEmpty == true)
  }

  @Test(arguments: 0..<15)
  func `the order of links and of cells is irrelevant`(_ seed: Int) {
    let plan = LinkedPlan(seed: UInt64(seed), draws: 8)
    var turned = plan
    turned.links.reverse()
    // Twice the same link, once dearer.
    turned.links += plan.links.map {
      NeighbourLink(from: $0.from, to: $0.to, transportCost: $0.transportCost + 1)
    }
    let one = prioritise(plan.problem, Self.exact).chosenIfPossible()
    let other = prioritise(turned.problem, Self.exact).chosenIfPossible()
    #expect(one?.programme.choices == other?.programme.choices)
    #expect(one?.programme.payments == other?.programme.payments)
    #expect(one?.accounts.unmet == other?.accounts.unmet)
    #expect(one?.accounts.presentCost == other?.accounts.presentCost)
  }
}

private final class FirstText: Sendable {
  let text = Mutex("")
}
