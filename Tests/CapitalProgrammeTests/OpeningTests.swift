import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// When places come and go, and how much of their cost is still to come then.
@Suite struct OpeningTests {
  private func start(_ scheme: Scheme, years: Int = 4) throws -> ProgrammeProblem.Start {
    var hand = HandPlan()
    hand.years = years
    hand.schemes = [scheme]
    hand.pots = [handPot("grant", [0: 1_000])]
    return try #require(hand.problem.candidates[0].starts.first)
  }

  @Test func `the share of the cost after the opening`() throws {
    let profile = [0.15, 0.35, 0.35, 0.15]
    expectClose(try start(handScheme("a", build: 1, profile: profile)).shareAfterOpening, 0.5)
    expectClose(try start(handScheme("a", build: 3, profile: profile)).shareAfterOpening, 0)
    expectClose(try start(handScheme("a", build: 0)).shareAfterOpening, 0)
    // What is spent after the last year counts; but not where the places open after it as well.
    expectClose(try start(handScheme("a", build: 1, profile: profile), years: 2).shareAfterOpening, 0.5)
    expectClose(try start(handScheme("a", build: 3, profile: profile), years: 2).shareAfterOpening, 0)
  }

  @Test func `when places go again`() {
    let first = HandPlan.first
    #expect(handScheme("a").closing(startingIn: first) == nil)
    #expect(handScheme("a", kind: .condition).closing(startingIn: first) == nil)
    #expect(
      handScheme("a", kind: .temporary, yearsOfUse: 3, build: 1).closing(startingIn: first)
        == AcademicYear(2022))
    // Reception to Year 6 are seven years, Years 7 to 11 five; a class that starts in Year 9 has three.
    #expect(handScheme("a", kind: .bulge, build: 0).closing(startingIn: first) == AcademicYear(2025))
    #expect(
      handScheme("a", kind: .bulge, entry: .year7, build: 0).closing(startingIn: first) == AcademicYear(2023))
    #expect(
      handScheme("a", kind: .bulge, entry: YearGroup.all[9], build: 0).closing(startingIn: first)
        == AcademicYear(2021))
  }

  @Test func `places count from their opening to the last year`() throws {
    var hand = HandPlan()
    hand.schemes = [
      handScheme("a", build: 0, window: 0...0), handScheme("b", build: 3, window: 0...0, committed: true),
      handScheme("c", build: 5, window: 0...0, committed: true),
    ]
    hand.pots = [handPot("grant", [0: 3_000])]
    hand.cells = [handCell(1, pupils: [110], places: 60)]
    let chosen = try #require(prioritise(hand.problem).chosen)
    let last = try #require(chosen.lastToOpen)
    #expect(last.opening == AcademicYear(2023) && last.yearsCounted == 0 && last.schemes == 1)
  }
}
