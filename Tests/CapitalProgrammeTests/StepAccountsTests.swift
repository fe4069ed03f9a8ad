import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// Steps beside the accounts of the programme that they end with, and what is known of a problem before it is solved.
@Suite struct StepAccountsTests {
  private static let exact = ProgrammeOptions(gap: 1e-9, threads: 1)

  /// 40 pupils too many for 30 places more: 10 stay unmet. 100 pounds of the grant lapse.
  private func chosen() throws -> ChosenProgramme {
    var hand = HandPlan()
    hand.years = 1
    hand.schemes = [handScheme("a", cost: cash(900), build: 0, window: 0...0, approved: 0)]
    hand.pots = [handPot("grant", [0: 1_000], carries: false)]
    hand.cells = [handCell(0, pupils: [70], places: 30)]
    let chosen = try #require(prioritise(hand.problem, Self.exact).chosen)
    #expect(chosen.accounts.weightedUnmet == 10 && chosen.accounts.presentCost == 100)
    return chosen
  }

  private func step(
    _ aim: HeldStep.Aim, _ objective: Double, bound: Double, isProven: Bool
  ) -> HeldStep {
    HeldStep(aim: aim, objective: objective, bound: bound, isProven: isProven, nodes: 3)
  }

  private func finished(_ step: HeldStep) throws -> HeldStep {
    let chosen = try chosen()
    return try step.asFinished(chosen.programme, chosen.accounts, of: chosen.problem)
  }

  @Test func `a step that was stopped says what the finished programme has`() throws {
    let unmet = try finished(step(.unmetPlaces, 12, bound: 8, isProven: false))
    #expect(unmet == step(.unmetPlaces, 10, bound: 8, isProven: false))
    // In thousands of pounds. The bound is never above what the programme has.
    let cost = try finished(step(.presentCost, 0.3, bound: 0.1004, isProven: false))
    expectClose(cost.objective, 0.1)
    #expect(cost.bound == cost.objective && cost.gap == 0 && !cost.isProven)
    // It may be worse where curves were not exact when the step was stopped.
    expectClose(try finished(step(.unmetPlaces, 9, bound: 8, isProven: false)).objective, 10)
  }

  @Test func `a proven step stands where the accounts say the same, and else there is no programme`() throws {
    for proven in [
      step(.unmetPlaces, 10.0005, bound: 10, isProven: true),
      step(.presentCost, 0.1001, bound: 0.0999, isProven: true),
      step(.distance, 0.3, bound: 0.3, isProven: true),
    ] { #expect(try finished(proven) == proven) }
    // Within a wide gap the programme may still have become better.
    #expect(try finished(step(.unmetPlaces, 11, bound: 9, isProven: true)).objective == 10)
    for wrong in [
      step(.unmetPlaces, 9, bound: 9, isProven: true), step(.unmetPlaces, 12, bound: 11, isProven: true),
      step(.unmetPlaces, 12, bound: 11, isProven: false),
      step(.presentCost, 0.05, bound: 0.05, isProven: true),
      step(.presentCost, 0.3, bound: 0.2, isProven: true), step(.distance, 1.3, bound: 0, isProven: false),
    ] { #expect(throws: UnlikeAccounts.self, "\(wrong)") { try finished(wrong) } }
  }

  @Test func `what is known without solving, by hand`() {
    // 40 too many: the larger of two options adds 30, another scheme 5, and there is no money at all.
    var hand = HandPlan()
    hand.years = 2
    hand.discountRate = 0.25
    hand.revenue = RevenueRates(
      growthFundPerPlace: [.primary: 1_000], newSchoolStartUp: [:], missingYearGroup: [:], temporaryHire: 0,
      netRevenueStream: 0)
    hand.schemes = [
      handScheme("a", build: 0, window: 0...0, group: "g"),
      handScheme("b", places: 15, build: 0, window: 0...0, group: "g"),
      handScheme("c", places: 5, build: 0, window: 1...1, committed: true),
    ]
    hand.cells = [
      handCell(0, pupils: [70], places: 30, weight: 2), handCell(1, pupils: [70], places: 30, weight: 1),
    ]
    // 10 in the first year, before c may open, and 5 in the second.
    expectClose(hand.problem.leastPossible(.unmetPlaces), 2 * 10 + 5)
    // c must be built: for each of its places a thousand pounds in the second year, for each year group that gains them then.
    let revenue = hand.problem.candidates[2].starts[0].revenue
    #expect(revenue[0] == 0 && revenue[1] > 0)
    expectClose(hand.problem.leastPossible(.presentCost), Double(revenue[1]) / 1.25 / 1_000)
    #expect(hand.problem.leastPossible(.distance) == 0)
  }

  @Test(arguments: 0..<80)
  func `no programme lies below what is known without solving`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let optimum = BruteForce(problem).optimum else { return }
    #expect(problem.leastPossible(.unmetPlaces) <= optimum.weightedUnmet + 1e-9)
    #expect(problem.leastPossible(.presentCost) <= optimum.presentCost / 1_000 + 1e-6)
    guard let chosen = prioritise(problem, Self.exact).chosenIfPossible() else { return }
    for step in chosen.steps { #expect(problem.leastPossible(step.aim) <= step.objective + 1e-6) }
  }

  @Test(arguments: UInt64(0)..<40)
  func `also where neighbours place pupils`(_ seed: UInt64) {
    let problem = LinkedPlan(seed: seed).problem
    guard let chosen = prioritise(problem, Self.exact).chosenIfPossible() else { return }
    #expect(problem.leastPossible(.unmetPlaces) <= chosen.accounts.weightedUnmet + 1e-9)
    #expect(problem.leastPossible(.presentCost) <= chosen.accounts.presentCost / 1_000 + 1e-6)
  }

  /// Stopped at once, with a choice to begin from: every step states its gap, and what the programme has.
  @Test(arguments: UInt64(0)..<30)
  func `without time each step still says what the programme has, and a gap`(_ seed: UInt64) {
    let problem = RandomProgramme(seed: seed).problem
    let ranking = rank(
      problem, PointsWeights(committed: 100, need: 5, urgency: 2, condition: 1, value: 3))
    guard ranking.report.isFeasible else { return }
    let options = ProgrammeOptions(timeLimit: .zero, threads: 1)
    let outcome = prioritise(problem, options, start: ranking.programme.choices)
    guard let chosen = outcome.chosen else {
      Issue.record("\(seed): \(outcome)")
      return
    }
    let accounts = chosen.accounts
    for step in chosen.steps {
      #expect(step.bound.isFinite && step.bound <= step.objective + 1e-6, "\(seed): \(step)")
      #expect(step.gap.isFinite || step.objective == 0, "\(seed): \(step)")
      switch step.aim {
      case .unmetPlaces:
        expectClose(step.objective, accounts.weightedUnmet, within: 1e-4 * max(1, accounts.weightedUnmet))
      case .presentCost:
        let pounds = 10 + 1e-4 * abs(accounts.presentCost)
        expectClose(1_000 * step.objective, accounts.presentCost, within: pounds, "\(seed)")
      case .distance:
        #expect(Int((step.objective + 1e-6).rounded(.down)) == accounts.distanceFromApproved, "\(seed)")
      }
    }
  }
}
