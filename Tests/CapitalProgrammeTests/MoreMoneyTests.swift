import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// What one more million in a pot would change, by hand: what no scheme can use of it may lapse, go back or stay.
@Suite struct MoreMoneyTests {
  private static let exact = ProgrammeOptions(gap: 1e-9, threads: 1)

  /// A further million in each pot that a programme empties, and in borrowing.
  private func more(_ chosen: ChosenProgramme) -> [Explanations.More] {
    chosen.ask(chosen.more(1_000_000), Self.exact)
  }

  /// 60 pupils for 30 places. The hall for 500,000 pounds is paid for; the wing for 300,000 more would make the other 10 places.
  private func more(_ pot: FundingPot) throws -> Alternative {
    var hand = HandPlan()
    hand.schemes = [
      handScheme("hall", places: 20, cost: cash(500_000), build: 0, window: 0...0),
      handScheme("wing", places: 10, cost: cash(300_000), build: 0, window: 0...0),
    ]
    hand.pots = [pot]
    hand.cells = [handCell(0, pupils: [60], places: 30)]
    let chosen = try #require(prioritise(hand.problem, Self.exact).chosen)
    #expect(chosen.programme.choices.map(\.scheme) == [0] && chosen.accounts.returned == 0)
    let rows = more(chosen)
    #expect(rows.map(\.pot?.key) == ["grant", nil])
    let alternative = try #require(rows.first?.comparison.alternative)
    #expect(alternative.added == ["wing"] && alternative.moreUnmet == -10)
    // A million more may be borrowed as well: nothing is left over of that.
    #expect(rows.last?.comparison.alternative?.moreReturned == 0)
    return alternative
  }

  @Test func `of a pot that lapses, 700,000 pounds lapse and cost as much`() throws {
    let alternative = try more(handPot("grant", [0: 500_000], carries: false))
    #expect(alternative.moreReturned == 700_000)
    expectClose(alternative.moreCost, 700_000, within: 1)
  }

  @Test func `of a pot with a deadline they go back`() throws {
    let alternative = try more(handPot("grant", [0: 500_000], spendBy: 2))
    #expect(alternative.moreReturned == 700_000)
    expectClose(alternative.moreCost, 700_000, within: 1)
  }

  /// The same two schemes, a year or two later.
  private func later(_ pot: FundingPot?, limit: [Int: Int] = [:], in year: Int) throws -> ChosenProgramme {
    var hand = HandPlan()
    hand.schemes = [
      handScheme("hall", places: 20, cost: cash(500_000), build: 0, window: year...year),
      handScheme("wing", places: 10, cost: cash(300_000), build: 0, window: year...year),
    ]
    hand.pots = pot.map { [$0] } ?? []
    hand.limit = limit
    hand.cells = [handCell(year, pupils: [60], places: 30)]
    let chosen = try #require(prioritise(hand.problem, Self.exact).chosen)
    #expect(chosen.programme.choices.map(\.scheme) == [0])
    return chosen
  }

  @Test func `the million comes in the year in which the pot is emptied`() throws {
    let grant = handPot("grant", [0: 200_000, 1: 500_000], carries: false)
    let rows = try more(later(grant, in: 1))
    #expect(rows.map(\.pot?.key) == ["grant", nil])
    #expect(rows.map(\.year.label) == ["2019/20", "2018/19"])
    let alternative = try #require(rows.first?.comparison.alternative)
    // In the first year it would have lapsed.
    #expect(alternative.added == ["wing"] && alternative.moreReturned == 700_000)
  }

  @Test func `more borrowing comes in the first year that borrows all it may`() throws {
    let rows = try more(later(nil, limit: [1: 600_000, 2: 500_000], in: 2))
    #expect(rows.map(\.year.label) == ["2020/21"])
    #expect(rows.first?.comparison.alternative?.added == ["wing"])
  }

  @Test func `a pot whose last pounds lapse or go back is not emptied`() throws {
    for pot in [
      handPot("grant", [1: 600_000], carries: false), handPot("grant", [1: 600_000], spendBy: 1),
    ] {
      #expect(try more(later(pot, in: 1)).map(\.pot?.key) == [nil])
    }
  }

  @Test func `of a pot that is carried forward they stay`() throws {
    let alternative = try more(handPot("grant", [0: 500_000]))
    #expect(alternative.moreReturned == 0)
    expectClose(alternative.moreCost, 0, within: 1)
  }
}
