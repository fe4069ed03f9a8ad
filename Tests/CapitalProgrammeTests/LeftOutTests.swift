import CapitalProgramme
import PlacePlanning
import TestSupport
import Testing

/// Money for one of several schemes. In the third year from the first, area P lacks 50 places of 110 and area Q none.
@Suite struct LeftOutTests {
  private func leftOut() throws -> [LeftOut] {
    var hand = HandPlan()
    hand.schemes = [
      handScheme("a"), handScheme("b", cost: cash(1_100)), handScheme("c", area: "Q"),
      handScheme("d", kind: .condition), handScheme("e", requires: ["b"]),
      handScheme("f", group: "g"), handScheme("g", places: 15, group: "g"),
    ]
    hand.pots = [handPot("grant", [0: 1_000])]
    hand.cells = [handCell(3, pupils: [110], places: 60), handCell(3, pupils: [20], places: 60, area: "Q")]
    let chosen = try #require(prioritise(hand.problem).chosen)
    #expect(chosen.lines.map(\.scheme.places?.perYearGroup) == [30])
    return chosen.leftOut
  }

  @Test func `each scheme says why`() throws {
    let reasons = Dictionary(uniqueKeysWithValues: try leftOut().map { ($0.scheme.key, $0.reason) })
    #expect(reasons["b"] == .money)
    #expect(reasons["c"] == .notNeeded)
    #expect(reasons["d"] == .addsNoPlaces)
    #expect(reasons["e"] == .waitsFor("b"))
    #expect(reasons["a"] == nil, "of schemes alike, the first is chosen")
    // "f" and "g" are options, but neither is chosen.
    #expect(reasons["f"] == .money && reasons["g"] == .money)
  }

  /// 30 of the 50 are met, so 20 are left for one scheme more, or 15 for a smaller one.
  @Test func `what each would still meet`() throws {
    let wouldMeet = Dictionary(uniqueKeysWithValues: try leftOut().map { ($0.scheme.key, $0.wouldMeet) })
    for (key, places) in ["b": 20.0, "c": 0, "d": 0, "e": 20, "f": 20, "g": 15] {
      expectClose(wouldMeet[key] ?? .nan, places)
    }
  }

  @Test func `those that would meet most come first, ties by key`() throws {
    #expect(try leftOut().map(\.scheme.key) == ["b", "e", "f", "g", "c", "d"])
  }
}
