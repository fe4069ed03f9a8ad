import MixedInteger
import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// What makes large programmes quicker to solve must not change which is the best.
@Suite struct FormulationTests {
  private func relaxed(_ hand: HandPlan) throws -> Solution? {
    let programme = ProgrammeModel(hand.problem)
    var model = programme.model.relaxingIntegers()
    model.objective = programme.unmetPlaces
    return try solve(model).solution
  }

  @Test func `a pot that cannot pay for a scheme pays for no part of it, by hand`() throws {
    // 60 pupils, 30 places, and 10,000 of the 40,000 pounds that 30 more cost: without links a quarter would be built.
    var hand = HandPlan()
    hand.schemes = [handScheme("a", cost: cash(40_000), build: 0, window: 0...0)]
    hand.pots = [handPot("home", [0: 10_000], source: .section106)]
    hand.cells = [handCell(0, pupils: [60], places: 30)]
    expectClose(try relaxed(hand)?.objective, 30, within: 1e-6)
    // 15,000 of borrowing are not enough either; 30,000 are.
    hand.limit = [0: 15_000]
    expectClose(try relaxed(hand)?.objective, 30, within: 1e-6)
    hand.limit = [0: 30_000]
    expectClose(try relaxed(hand)?.objective, 0, within: 1e-6)
  }

  @Test func `two pots of one class are linked together, by hand`() throws {
    // Each could pay for its part of the 40,000; the two together cannot.
    var hand = HandPlan()
    hand.schemes = [handScheme("a", cost: cash(40_000), build: 0, window: 0...0)]
    hand.pots = [handPot("one", [0: 15_000]), handPot("two", [0: 15_000])]
    hand.cells = [handCell(0, pupils: [60], places: 30)]
    expectClose(try relaxed(hand)?.objective, 30, within: 1e-6)
    hand.pots = [handPot("one", [0: 15_000]), handPot("two", [0: 25_000])]
    expectClose(try relaxed(hand)?.objective, 0, within: 1e-6)
  }

  @Test(arguments: 0..<60)
  func `a search among few starts finds what the whole model allows`(_ seed: Int) throws {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let programme = ProgrammeModel(problem)
    var model = programme.model
    model.objective = programme.unmetPlaces
    let search = NarrowSearch(programme, model, SolveOptions(relativeGap: 1e-9))
    #expect(!NarrowSearch.isWorthwhile(programme), "so small a model is solved whole")
    guard let values = try search.values() else { return }
    let report = model.feasibility(of: values)
    #expect(report.isFeasible)
    let optimum = try #require(BruteForce(problem).optimum)
    #expect(report.objective + programme.unmetElsewhere >= optimum.weightedUnmet - 1e-5)
  }
}
