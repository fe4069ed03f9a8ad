import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// What steps do with little time; `StepAccountsTests` has those that are stopped at once.
@Suite struct HeldStepTests {
  @Test func `the search over plans leaves the solver half of the step's time`() throws {
    let end = ContinuousClock.now + .seconds(100)
    let search = try #require(HeldSteps.searchDeadline(until: end))
    let left = search.duration(to: end)
    #expect(left > .seconds(49) && left < .seconds(51))
    #expect(HeldSteps.searchDeadline(until: nil) == nil)
    // A step whose time is over searches no further, and not backwards either.
    let over = ContinuousClock.now - .seconds(10)
    #expect(try #require(HeldSteps.searchDeadline(until: over)) >= over)
  }

  @Test func `a choice of what is not there is left out of the beginning`() throws {
    var hand = HandPlan()
    hand.schemes = [handScheme("a")]
    hand.pots = [handPot("grant", [0: 1_000])]
    hand.cells = [handCell(3, pupils: [110], places: 60)]
    for (scheme, start) in [(7, 0), (-1, 0), (0, 9), (0, -1)] {
      let choices = [Programme.Choice(scheme: scheme, start: start), .init(scheme: 0, start: 0)]
      let chosen = try #require(prioritise(hand.problem, start: choices).chosen)
      #expect(chosen.isProven && chosen.accounts.weightedUnmet == 20)
    }
  }

  @Test func `what is missing is worked out when it is asked for`() {
    var hand = HandPlan()
    hand.schemes = [handScheme("a", window: 0...0, committed: true)]
    guard case .unaffordable(let missing) = prioritise(hand.problem),
      case .unaffordable(let unasked) = prioritise(hand.problem, ProgrammeOptions().forComparison)
    else {
      Issue.record("it was paid for")
      return
    }
    #expect(missing.map(\.pounds) == [1_000] && unasked.isEmpty)
  }
}
