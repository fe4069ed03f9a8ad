import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// What is chosen where less or more may be borrowed, and without each scheme, by hand.
@Suite struct ExplanationTests {
  private static let exact = ProgrammeOptions(gap: 1e-9, threads: 1)

  /// 80 pupils for 60 places, and nothing but 1,000 pounds of borrowing: `a` adds 4 places for 400, `b` 6 for 600, `c` 5 for 500.
  private func chosen() throws -> ChosenProgramme {
    var hand = HandPlan()
    hand.years = 1
    hand.schemes = [("a", 4, 400), ("b", 6, 600), ("c", 5, 500)].map { key, places, pounds in
      handScheme(key, places: places, cost: cash(pounds), build: 0, window: 0...0)
    }
    hand.limit = [0: 1_000]
    hand.cells = [handCell(0, pupils: [80], places: 60)]
    let chosen = try #require(prioritise(hand.problem, Self.exact).chosen)
    #expect(chosen.startYears == ["a": 0, "b": 0] && chosen.accounts.weightedUnmet == 10)
    return chosen
  }

  /// Nothing; `c`, of 500; `b`, of 750; `a` and `b`, of 1,000; all three, of 1,500.
  @Test func `unmet places against shares of the borrowing limit`() throws {
    let chosen = try chosen()
    let points = chosen.ask(chosen.frontier, Self.exact)
    #expect(points.map(\.share) == [0, 0.5, 0.75, 1, 1.5])
    #expect(points.map(\.limit) == [0, 500, 750, 1_000, 1_500])
    #expect(points.map(\.borrowed) == [0, 500, 600, 1_000, 1_500])
    #expect(points.map(\.unmet) == [20, 15, 14, 10, 5])
    let alternatives = try points.map { try #require($0.comparison.alternative) }
    #expect(alternatives.map(\.moreUnmet) == [10, 5, 4, 0, -5])
    #expect(alternatives.map(\.added) == [[], ["c"], [], [], ["c"]])
    #expect(alternatives.map(\.dropped) == [["a", "b"], ["a", "b"], ["a"], [], []])
  }

  /// Beside `b` there is no money for `c`, beside `a` there is.
  @Test func `what happens without each scheme`() throws {
    let chosen = try chosen()
    let rows = chosen.ask(chosen.withoutEach, Self.exact)
    #expect(rows.map(\.scheme.key) == ["a", "b"])
    let alternatives = try rows.map { try #require($0.comparison.alternative) }
    #expect(alternatives.map(\.moreUnmet) == [4, 1])
    #expect(alternatives.map(\.added) == [[], ["c"]])
    #expect(alternatives.map(\.dropped) == [["a"], ["b"]])
  }

  /// 100 pupils for 60 places in `P`, and a grant for `a` or `b` there; nobody misses places in `Q`, whose 500 pounds lapse if `q` is not
  /// built. So `q` is built with `a`, and with `b` where there is no `a`: that costs no more.
  @Test func `another programme is no dearer for a scheme that nobody needs`() throws {
    var hand = HandPlan()
    hand.schemes = [
      handScheme("a"), handScheme("b", places: 20),
      handScheme("q", area: "Q", cost: cash(500), window: 0...0),
    ]
    let rules = ["P", "Q"].map { FundingRule(kinds: [.expansion], area: PlanningAreaCode($0)) }
    hand.pots = [
      handPot("grant", [0: 1_000], rule: rules[0]),
      handPot("lapses", [0: 500], carries: false, rule: rules[1]),
    ]
    hand.cells = [handCell(3, pupils: [100], places: 60), handCell(3, pupils: [20], places: 60, area: "Q")]
    let chosen = try #require(prioritise(hand.problem, Self.exact).chosen)
    #expect(chosen.startYears.keys.sorted() == ["a", "q"])
    expectClose(chosen.accounts.presentCost, 0, within: 1e-6)
    let rows = chosen.ask(chosen.withoutEach, Self.exact)
    #expect(rows.map(\.scheme.key) == ["a", "q"])
    let alternatives = try rows.map { try #require($0.comparison.alternative) }
    #expect(alternatives.map(\.moreUnmet) == [10, 0])
    #expect(alternatives.map(\.added) == [["b"], []])
    #expect(alternatives.map(\.dropped) == [["a"], ["q"]])
    expectClose(alternatives[0].moreCost, 0, within: 1e-6)
    expectClose(alternatives[1].moreCost, 500, within: 1e-6)
  }

  /// 100 pupils for 60 places. Of `a`'s 30 places, or the 20 of `b` or `c`, only one can be borrowed for; `c` is the cheapest.
  @Test func `of two schemes that do the same the cheaper stands in for a third`() throws {
    var hand = HandPlan()
    hand.schemes = [
      handScheme("a", group: "g"), handScheme("b", places: 20, cost: cash(900), group: "g"),
      handScheme("c", places: 20, cost: cash(700), group: "g"),
    ]
    hand.limit = [0: 1_000]
    hand.cells = [handCell(3, pupils: [100], places: 60)]
    let chosen = try #require(prioritise(hand.problem, Self.exact).chosen)
    #expect(chosen.startYears.keys.sorted() == ["a"])
    let alternative = try #require(chosen.ask(chosen.withoutEach, Self.exact).first?.comparison.alternative)
    #expect(alternative.moreUnmet == 10 && alternative.added == ["c"])
    expectClose(alternative.moreCost, -300, within: 1e-6)
  }
}
