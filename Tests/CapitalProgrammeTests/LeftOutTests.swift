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

  /// One option of 15 places for 500 and one of 30 for 1,000; 50 places are missing in the third year from the first.
  private func large(
    _ received: [Int: Int], smallIsCommitted: Bool = false, isNeeded: Bool = false, requires: [String] = []
  ) throws -> LeftOut.Reason? {
    var hand = HandPlan()
    hand.schemes = [
      handScheme("large", group: "g", requires: requires),
      handScheme("small", places: 15, cost: cash(500), committed: smallIsCommitted, group: "g"),
    ]
    if isNeeded { hand.schemes.append(handScheme("after", cost: cash(1), requires: ["small"])) }
    if !requires.isEmpty { hand.schemes.append(handScheme(requires[0], places: 1, cost: cash(2_000))) }
    hand.pots = [handPot("grant", received)]
    hand.cells = [handCell(3, pupils: [110], places: 60)]
    let chosen = try #require(prioritise(hand.problem).chosen)
    #expect(chosen.lines.contains { $0.scheme.key == "small" })
    return chosen.leftOut.first { $0.scheme.key == "large" }?.reason
  }

  @Test func `an option that would do more but cannot be paid for says so`() throws {
    #expect(try large([0: 600]) == .optionTooDear("small"))
    // The money for it comes, but too late for the need.
    #expect(try large([0: 600, 3: 5_000]) == .optionTooDear("small"))
  }

  /// 50 places are missing where one option of 15 for 500 pounds is chosen: the other, of 30, costs 1,000.
  @Test func `an area says the same as the option that it lacks`() throws {
    for (pounds, isCommitted, reason) in [(600, false, UnmetReason.money), (1_000, true, .allChosen)] {
      var hand = HandPlan()
      hand.schemes = [
        handScheme("large", group: "g"),
        handScheme("small", places: 15, cost: cash(500), committed: isCommitted, group: "g"),
      ]
      hand.pots = [handPot("grant", [0: pounds])]
      hand.cells = [handCell(3, pupils: [110], places: 60)]
      let areas = try #require(prioritise(hand.problem).chosen).unmetByArea
      #expect(areas.map(\.unmet) == [35] && areas.map(\.reason) == [reason], "\(pounds)")
    }
  }

  /// Its one scheme of 30 places opens in the second year. What is missing from then on is added up over the years: 0.3 a year, as
  /// the mean of many draws often is, is no lack before a scheme could open.
  @Test(
    arguments: [
      ([2: 90, 3: 90], .met, 0), ([0: 110, 3: 90], .tooEarly, 50), ([2: 90.3, 3: 90.3], .allChosen, 0.6),
      ([0: 110, 2: 90.3, 3: 90.3], .allChosen, 50.6),
    ] as [([Int: Double], UnmetReason, Double)])
  func `too early is only what no scheme could meet`(
    pupils: [Int: Double], reason: UnmetReason, unmet: Double
  ) throws {
    var hand = HandPlan()
    hand.schemes = [handScheme("a", committed: true)]
    hand.pots = [handPot("grant", [0: 1_000])]
    hand.cells = pupils.sorted { $0.key < $1.key }.map { handCell($0.key, pupils: [$0.value], places: 60) }
    let areas = try #require(prioritise(hand.problem).chosen).unmetByArea
    #expect(areas.map(\.reason) == [reason])
    expectClose(areas.first?.unmet, unmet)
  }

  /// 50 places are missing in Year 6 from the first year on; the schemes fill from Reception and reach no Year 6 in these years. There
  /// is money for both, of which "b" is committed and in another area.
  @Test func `an area whose schemes would stand empty does not lack money`() throws {
    var hand = HandPlan()
    hand.schemes = [handScheme("a"), handScheme("b", area: "Q", committed: true)]
    hand.pots = [handPot("grant", [0: 5_000])]
    hand.cells =
      (0...3).map { handCell($0, pupils: [110], places: 60, entry: .year6) }
      + [handCell(3, pupils: [20], places: 60, area: "Q")]
    let chosen = try #require(prioritise(hand.problem).chosen)
    #expect(chosen.leftOut.map(\.reason) == [.notNeeded])
    #expect(chosen.unmetByArea.map(\.reason) == [.noHelp])
  }

  /// 50 places are missing in the third year from the first, and "a" would hold 30; a missing place there counts nothing.
  @Test func `places without a weight are no empty places`() throws {
    var hand = HandPlan()
    hand.schemes = [handScheme("a"), handScheme("b", area: "Q", committed: true)]
    hand.pots = [handPot("grant", [0: 1_000])]
    hand.cells = [
      handCell(3, pupils: [110], places: 60, weight: 0), handCell(3, pupils: [20], places: 60, area: "Q"),
    ]
    let chosen = try #require(prioritise(hand.problem).chosen)
    #expect(chosen.leftOut.map(\.reason) == [.money])
    #expect(chosen.unmetByArea.map(\.reason) == [.noWeight])
  }

  @Test func `other rules than that of the money do not count as money`() throws {
    #expect(try large([0: 1_000], smallIsCommitted: true) == .otherOption("small"))
    #expect(try large([0: 600], isNeeded: true) == .otherOption("small"))
    #expect(try large([0: 600], requires: ["first"]) == .otherOption("small"))
  }

  @Test func `an option that would do no more is only another option`() throws {
    var hand = HandPlan()
    hand.schemes = [handScheme("a", group: "g"), handScheme("b", cost: cash(2_000), group: "g")]
    hand.pots = [handPot("grant", [0: 1_500])]
    hand.cells = [handCell(3, pupils: [110], places: 60)]
    #expect(try #require(prioritise(hand.problem).chosen).leftOut.map(\.reason) == [.otherOption("a")])
  }

  @Test func `those that would meet most come first, ties by key`() throws {
    #expect(try leftOut().map(\.scheme.key) == ["b", "e", "f", "g", "c", "d"])
  }
}
