import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// Situations small enough for a sheet of paper.
@Suite struct StressByHandTests {
  private static let certain = DeliveryRisk(chanceOfYearLate: 1, meanOverrun: 0, overrunSpread: 0)
  private static let none = DeliveryRisk(chanceOfYearLate: 0, meanOverrun: 0, overrunSpread: 0)

  /// 60 places; Reception has 55 pupils in one draw and 100 in the other, in every year. The expansion of 30 starts in
  /// 2018/19 and opens in September 2019; three years late it opens in 2022.
  private func town(_ risk: DeliveryRisk) -> SmallTown {
    SmallTown(risks: ["building": risk], schemes: [SmallTown.scheme("a")]) { _, yearGroup, _ in
      yearGroup == .reception ? [55, 100] : [0, 0]
    }
  }

  @Test func `one cell, two draws, on time and three years late`() throws {
    let test = town(Self.certain).stress()
    // 2018: 40 short of 60 in one draw of two. 2019 to 2021: planned 90, so 10 short; late, still 40. 2022: 10 both.
    for (year, planned, late) in [(2018, 20.0, 20.0), (2019, 5, 20), (2021, 5, 20), (2022, 5, 5)] {
      let cell = try #require(test.cell("P1", .reception, year))
      #expect(cell.expectedUnmet == .init(asPlanned: planned, delivered: late))
      #expect(
        cell.chanceShortByForm == .init(asPlanned: planned == 20 ? 0.5 : 0, delivered: late == 20 ? 0.5 : 0))
      #expect(cell.expectedUnmet.dueToDelivery == late - planned)
    }
    let area = try #require(test.areas.first)
    #expect(area.expectedUnmet == .init(asPlanned: 40, delivered: 85))
    #expect(area.chanceWithoutPlace == .init(asPlanned: 0.5, delivered: 0.5))
    #expect(town(Self.certain).delays() == ["a": [3, 3]])
  }

  @Test func `the margin counts as unmet, not as a pupil without a place`() throws {
    var town = town(Self.none)
    town.schemes = []
    town.margin = 0.1
    town.pupils = { _, _, _ in [57, 50] }
    let cell = try #require(town.stress().cell("P1", .reception, 2018))
    #expect(cell.chanceWithoutPlace.delivered == 0)
    // 57 x 1.1 - 60 = 2.7 in one draw of two.
    expectClose(cell.expectedUnmet.delivered, 1.35)
  }

  /// 90 pupils for 60 places are 30 short: a form of entry, as in the risk of places running short.
  @Test(arguments: [(89.0, 0.0), (90, 0.5), (91, 0.5)])
  func `short by a form is 30 or more, not more than 30`(_ pupils: Double, _ wanted: Double) throws {
    var town = town(Self.none)
    town.schemes = []
    town.margin = 0
    town.pupils = { _, _, _ in [pupils, 50] }
    let cell = try #require(town.stress().cell("P1", .reception, 2018))
    #expect(cell.chanceShortByForm == .init(asPlanned: wanted, delivered: wanted))
  }

  @Test func `a temporary block that is late leaves later`() throws {
    var town = town(Self.certain)
    town.years = 8
    town.schemes = [SmallTown.scheme("t", .temporary, yearsOfUse: 2, build: 0)]
    let test = town.stress()
    // Planned 2018 and 2019; delivered 2021 and 2022.
    let unmet = try (2018...2025).map { try #require(test.cell("P1", .reception, $0)).expectedUnmet }
    #expect(unmet.map(\.asPlanned) == [5, 5, 20, 20, 20, 20, 20, 20])
    #expect(unmet.map(\.delivered) == [20, 20, 20, 5, 5, 20, 20, 20])
  }

  @Test func `a late scheme spends at later prices`() throws {
    var town = town(Self.certain)
    town.inflation = 0.1
    let test = town.stress()
    #expect(test.approved == 1_000_000)
    expectClose(test.outturn.p50, 1_331_000, within: 1e-6)
    #expect(test.chanceOverspend == 1 && test.chanceOverspendByTenth == 1)
    expectClose(try #require(test.classes.first).biasAtP80, 0.331)
  }

  @Test func `moving a start agrees with the plan's own prices`() throws {
    var town = town(Self.certain)
    town.inflation = 0.05
    town.schemes = [SmallTown.scheme("q", priceBase: .quarter(year: 2018, quarter: 1))]
    let plan = town.plan
    let later = plan.spending(town.schemes[0], startingIn: SmallTown.first + 3).reduce(0, +)
    // Whole pounds before and after.
    expectClose(town.stress().outturn.mean, Double(later), within: 2)
  }

  @Test func `spending beyond the programme's last year is not lost`() {
    var town = town(Self.certain)
    town.years = 2
    #expect(town.stress().outturn.mean == 1_000_000)
  }

  @Test func `without risk the outturn is the approved total in every draw`() {
    let test = town(Self.none).stress()
    #expect(test.outturn == .init(mean: 1e6, p50: 1e6, p80: 1e6, p90: 1e6))
    #expect(test.chanceOverspend == 0 && test.chanceOverspendByTenth == 0)
    #expect(test.classes.map(\.biasAtP80) == [0])
  }

  @Test func `an unknown reference class is said, not guessed`() {
    var town = town(Self.certain)
    town.risks = [:]
    let test = town.stress()
    #expect(test.classes.count == 1 && test.classes.first?.input == nil)
    #expect(test.outturn.mean == 1_000_000)
  }

  @Test func `money with a deadline, moved beyond it`() throws {
    var town = town(Self.certain)
    town.pots = [
      SmallTown.deed("early", by: 1), SmallTown.deed("late", by: 4), SmallTown.deed("free", by: nil),
      SmallTown.deed("idle", by: 0),
    ]
    let programme = town.programme([
      .init(scheme: 0, payer: .pot(0), year: 0, pounds: 100_000),
      .init(scheme: 0, payer: .pot(1), year: 1, pounds: 200_000),
      .init(scheme: 0, payer: .pot(2), year: 1, pounds: 300_000),
    ])
    let test = town.stress(programme)
    // 2018 and three years is after 2019; 2019 and three years is 2022 itself.
    #expect(test.datedMoney.map(\.pot) == ["early", "late"])
    #expect(test.datedMoney.map(\.planned) == [100_000, 200_000])
    #expect(test.datedMoney.map(\.chance) == [1, 0])
    #expect(test.datedMoney.map(\.expectedPounds) == [100_000, 0])
  }

  @Test func `a repayment waits only for the borrowing that it repays`() {
    var town = town(Self.certain)
    town.pots = [SmallTown.deed("deed", in: 4, by: 4)]
    let borrowed: [Programme.Payment] = [.init(scheme: 0, payer: .borrowing, year: 0, pounds: 100_000)]
    let repaid: [Programme.Repayment] = [.init(scheme: 0, pot: 0, year: 4, pounds: 100_000)]
    // Borrowed in 2018, in fact 2021: still before the repayment of 2022.
    #expect(town.stress(town.programme(borrowed, repayments: repaid)).datedMoney.map(\.chance) == [0])
    let later: [Programme.Payment] = [.init(scheme: 0, payer: .borrowing, year: 2, pounds: 100_000)]
    #expect(town.stress(town.programme(later, repayments: repaid)).datedMoney.map(\.chance) == [1])
  }

  @Test func `a temporary block from the worst year`() throws {
    var town = town(Self.none)
    town.schemes = []
    // Reception 70, 80, 100, 100, 60 in both draws: worst first in 2020. 10, 20, 40, 40, 0 short of 60.
    town.pupils = { _, yearGroup, year in
      let pupils = [70.0, 80, 100, 100, 60][year.start - 2018]
      return yearGroup == .reception ? [pupils, pupils] : [0, 0]
    }
    let trial = BlockTrial(costPerPlace: [.primary: 8_000])
    let value = try #require(town.stress(block: trial).areas.first?.block)
    #expect(value.from == AcademicYear(2020) && value.until == AcademicYear(2023))
    // Reception in 2020, Reception and Year 1 in 2021, Reception to Year 2 in 2022: 30 + 60 + 90.
    #expect(value.places == 90 && value.placeYears == 180 && value.cost == 720_000)
    #expect(value.unmetBefore == 110 && value.unmetAfter == 50 && value.avoided == 60)
    #expect(value.costPerAvoided == 12_000)
    #expect(value.chanceBefore == 1 && value.chanceAfter == 1)
    town.pupils = { _, _, _ in [60, 60] }
    #expect(try #require(town.stress(block: trial).areas.first).block == nil)
  }

  @Test func `a block stands its time within the programme's years`() throws {
    var town = town(Self.none)
    town.schemes = []
    // Shortest in 2022, the last year: three years begin in 2020. 0, 0, 10, 20, 90 - 60 = 30 short, all of them met.
    town.pupils = { _, yearGroup, year in
      let pupils = [60.0, 60, 70, 80, 90][year.start - 2018]
      return yearGroup == .reception ? [pupils, pupils] : [0, 0]
    }
    let value = try #require(town.stress(block: BlockTrial(costPerPlace: [.primary: 10])).areas.first?.block)
    #expect(value.from == AcademicYear(2020) && value.until == AcademicYear(2023))
    #expect(value.avoided == 60 && value.places == 90 && value.costPerAvoided == 15)
  }

  @Test func `a block that is enough leaves nobody without a place`() throws {
    var town = town(Self.none)
    town.schemes = []
    town.years = 2
    town.pupils = { _, yearGroup, _ in yearGroup == .reception ? [80, 50] : [0, 0] }
    let value = try #require(town.stress(block: BlockTrial(costPerPlace: [:])).areas.first?.block)
    #expect(value.chanceBefore == 0.5 && value.chanceAfter == 0)
    #expect(value.unmetBefore == 20 && value.unmetAfter == 0)
    // The trial has no price for primary places, which is not a price of nought.
    #expect(value.cost == nil && value.costPerAvoided == nil)
  }
}
