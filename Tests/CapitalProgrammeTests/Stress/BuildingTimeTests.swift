import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// Building that takes longer once it has begun: worked by hand, and what holds whatever the plan.
@Suite struct BuildingTimeTests {
  private static let certain = DeliveryRisk(
    chanceOfYearLate: 0, chanceOfYearLonger: 1, meanOverrun: 0, overrunSpread: 0)

  /// 60 places; Reception has 100 pupils in both draws. The expansion of 30 for 1,000,000 pounds starts in 2018/19, spends 40% and
  /// 60%, and opens in September 2019.
  private func town(_ risk: DeliveryRisk) -> SmallTown {
    SmallTown(risks: ["building": risk], schemes: [SmallTown.scheme("a")]) { _, yearGroup, _ in
      yearGroup == .reception ? [100, 100] : [0, 0]
    }
  }

  @Test func `three years longer costs the same, and opens three years later`() throws {
    var town = town(Self.certain)
    // What building costs is agreed when it begins: prices that rise change nothing.
    town.inflation = 0.1
    let test = town.stress()
    #expect(test.outturn.mean == 1_000_000 && test.chanceOverspend == 0)
    // 40 short until it opens, then 10: in 2019 as planned, in 2022 as delivered.
    for (year, planned, late) in [(2018, 40.0, 40.0), (2019, 10, 40), (2021, 10, 40), (2022, 10, 10)] {
      let cell = try #require(test.cell("P1", .reception, year))
      #expect(cell.expectedUnmet == .init(asPlanned: planned, delivered: late))
    }
    #expect(town.delays() == ["a": [3, 3]])
  }

  @Test func `a late start and longer building add up, and only the start moves prices`() throws {
    var town = town(
      DeliveryRisk(chanceOfYearLate: 1, chanceOfYearLonger: 1, meanOverrun: 0, overrunSpread: 0))
    town.inflation = 0.1
    let test = town.stress()
    expectClose(test.outturn.mean, 1_000_000 * 1.1 * 1.1 * 1.1, within: 1e-6)
    // Opens in 2025 instead of 2019, after the programme's years.
    #expect(try #require(test.cell("P1", .reception, 2022)).expectedUnmet.delivered == 40)
    #expect(town.delays() == ["a": [6, 6]])
  }

  @Test func `money with a deadline is drawn out with the building`() throws {
    var town = town(Self.certain)
    town.pots = [("one", 1), ("two", 2), ("three", 4), ("four", 3)].map { SmallTown.deed($0, by: $1) }
    let programme = town.programme(
      [
        .init(scheme: 0, payer: .pot(0), year: 0, pounds: 100_000),
        .init(scheme: 0, payer: .pot(1), year: 1, pounds: 200_000),
        .init(scheme: 0, payer: .pot(2), year: 1, pounds: 300_000),
        .init(scheme: 0, payer: .borrowing, year: 0, pounds: 50_000),
      ], repayments: [.init(scheme: 0, pot: 3, year: 1, pounds: 50_000)])
    let test = town.stress(programme)
    // The first year's money is spent from 2018 to the middle of 2020, the second year's from there to the end of 2022: of the first
    // pot a fifth is too late, of the second four fifths, of the third nothing. What is borrowed to the middle of 2020 can be repaid in it.
    #expect(test.datedMoney.map(\.pot) == ["one", "two", "four", "three"])
    for (money, wanted) in zip(test.datedMoney, [20_000.0, 160_000, 0, 0]) {
      expectClose(money.expectedPounds, wanted, within: 1e-6)
    }
    #expect(test.datedMoney.map(\.chance) == [1, 1, 0, 0])
  }

  @Test(arguments: [(1, 0.3), (2, 0.09), (3, 0.027), (4, 0)])
  func `each further year has the same chance, up to three`(_ years: Int, _ chance: Double) {
    let draws = DeliveryDraws(
      DeliveryRisk(chanceOfYearLate: 0.2, chanceOfYearLonger: 0.3, meanOverrun: 0, overrunSpread: 0),
      scheme: "school", draws: 40_000, seed: 5)
    let share = Double(draws.yearsLonger.count { Int($0) >= years }) / 40_000
    expectClose(share, chance, within: 4 * (chance * (1 - chance) / 40_000).squareRoot())
    // Independent of the start's delay.
    let both = Double((0..<40_000).count { draws.yearsLonger[$0] >= years && draws.yearsLate[$0] > 0 })
    expectClose(both / 40_000, 0.2 * chance, within: 4 * (0.2 * chance / 40_000).squareRoot())
  }

  @Test func `how long building takes moves neither delays nor costs`() {
    func draws(_ longer: Double) -> DeliveryDraws {
      DeliveryDraws(
        DeliveryRisk(
          chanceOfYearLate: 0.3, chanceOfYearLonger: longer, meanOverrun: 0.2, overrunSpread: 0.25),
        scheme: "school", draws: 500, seed: 5)
    }
    let (none, some, more) = (draws(0), draws(0.2), draws(0.5))
    #expect(none.yearsLate == some.yearsLate && none.costFactor == some.costFactor)
    #expect(none.yearsLonger.allSatisfy { $0 == 0 } && some.yearsLonger.contains { $0 > 0 })
    #expect(zip(some.yearsLonger, more.yearsLonger).allSatisfy { $0 <= $1 })
  }

  @Test(arguments: 1...8, 0...3)
  func `a year that is drawn out keeps every pound, and none is spent sooner`(_ years: Int, _ longer: Int) {
    let stretch = BuildingStretch(planned: years, longer: longer)
    for offset in 0..<years {
      let left = (0...years + longer).map { stretch.share(of: offset, from: $0) }
      #expect(left[...offset].allSatisfy { $0 == 1 } && left.last == 0)
      #expect(zip(left, left.dropFirst()).allSatisfy { $0 >= $1 })
      #expect(left.lastIndex { $0 > 0 } == stretch.last(of: offset))
      if longer == 0 { #expect(left[offset + 1] == 0) }
    }
  }

  @Test(arguments: UInt64(1)...4)
  func `longer building never opens earlier and changes no total`(_ seed: UInt64) throws {
    var town = town(Self.certain)
    town.schemes = (0..<4).map {
      SmallTown.scheme("\($0)", places: 10, pounds: 300_001 + 7 * $0, build: $0 % 3)
    }
    town.draws = 200
    town.inflation = 0.04
    town.pupils = { _, _, _ in (0..<200).map { 60 + Double($0 % 40) } }
    var before: (test: StressTest, delays: [String: [Int]], outturns: [String: [Double]])?
    for chance in [0, 0.2, 0.5, 0.9] {
      town.risks["building"] = DeliveryRisk(
        chanceOfYearLate: 0.3, chanceOfYearLonger: chance, meanOverrun: 0.1, overrunSpread: 0.2)
      let (test, delays) = (town.stress(seed: seed), town.delays(seed: seed))
      let outturns = town.outturns(seed: seed)
      if let before {
        #expect(test.outturn == before.test.outturn && outturns == before.outturns)
        for (scheme, then) in before.delays {
          #expect(
            zip(delays[scheme] ?? [], then).allSatisfy { $0 >= $1 } && delays[scheme]?.count == then.count)
        }
        for (now, then) in zip(test.cells, before.test.cells) {
          #expect(now.expectedUnmet.delivered >= then.expectedUnmet.delivered - 1e-9)
        }
      }
      before = (test, delays, outturns)
    }
  }
}
