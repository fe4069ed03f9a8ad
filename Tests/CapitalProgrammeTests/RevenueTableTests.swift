import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// What schemes cost the revenue budget, by hand. Rates are those of `SmallTown`: 1,500 for a place that opens, 70,000 to start a
/// primary school and 10,000 for each year group missing, 12,000 for a temporary class.
@Suite struct RevenueTableTests {
  private func table(_ scheme: Scheme, years: Int = 5) -> RevenueTable {
    var town = SmallTown(schemes: [scheme])
    town.years = years
    let none = (0..<years).map { _ in (mrp: 0.0, interest: 0.0) }
    return RevenueTable(town.programme(), of: town.problem, town.plan, financing: none)
  }

  @Test func `an expansion of 30 gains one year group a year, seven in all`() {
    let table = table(SmallTown.scheme("a"), years: 10)
    // Started in 2018, open in 2019: 30 x 1,500 in each of the years 2019 to 2025.
    #expect(table.rows.map(\.costs.growthFund) == [0] + [Int](repeating: 45_000, count: 7) + [0, 0])
    #expect(table.rows.allSatisfy { $0.costs.startUp == 0 && $0.costs.temporaryHire == 0 })
  }

  @Test func `a new school starts up, and misses year groups that it does not have yet`() {
    let table = table(SmallTown.scheme("n", .newSchool))
    // 2019: 70,000 and seven twelfths of six year groups missing; then five, four, three, each after five twelfths of those before.
    #expect(table.rows.map(\.costs.startUp) == [0, 105_000, 54_167, 44_166, 34_167])
    #expect(table.beyond.startUp == 12_500)
    #expect(table.rows.reduce(table.beyond.startUp) { $0 + $1.costs.startUp } == 70_000 + 18 * 10_000)
  }

  @Test func `a temporary block is hired by the class`() {
    let table = table(SmallTown.scheme("t", .temporary, places: 60, yearsOfUse: 2, build: 0))
    // Two classes in Reception in 2018, four in Reception and Year 1 in 2019, gone in September 2020: 24,000 and 48,000.
    #expect(table.rows.map(\.costs.temporaryHire) == [14_000, 38_000, 20_000, 0, 0])
    #expect(table.beyond.total == 0)
    #expect(table.rows.map(\.costs.growthFund) == [90_000, 90_000, 0, 0, 0])
  }

  @Test func `financing beside the schemes, as a share of the net revenue stream`() {
    var town = SmallTown(schemes: [SmallTown.scheme("a"), SmallTown.scheme("t", .temporary, yearsOfUse: 1)])
    town.years = 3
    let table = RevenueTable(
      town.programme(), of: town.problem, town.plan,
      financing: [(0, 5_000), (10_000, 15_000), (20_000, 12_000)])
    // 2019: 45,000 for each of the two in growth fund, one class hired, 7,000 of it until March.
    #expect(table.rows.map(\.costs.total) == [0, 97_000, 50_000])
    #expect(table.rows.map(\.costs.borneBySchools) == [0, 90_000, 45_000])
    #expect(table.rows.map(\.financing) == [5_000, 25_000, 32_000])
    #expect(table.rows.map(\.financingShare) == [0.005, 0.025, 0.032])
    #expect(table.rows.map(\.year.label) == ["2018/19", "2019/20", "2020/21"])
  }

  @Test func `hire after the last year is stated, and counts with its costs`() throws {
    var hand = HandPlan()
    hand.years = 2
    hand.discountRate = 0.25
    hand.schemes = [handScheme("t", kind: .temporary, yearsOfUse: 3, window: 0...0, committed: true)]
    hand.pots = [handPot("grant", [0: 1_000])]
    hand.revenue = RevenueRates(
      growthFundPerPlace: [:], newSchoolStartUp: [:], missingYearGroup: [:], temporaryHire: 1_200,
      netRevenueStream: 0)
    hand.cells = [handCell(1, pupils: [110], places: 60)]
    let chosen = try #require(prioritise(hand.problem).chosen)
    // One class in the last September: 700 until March and 500 after it.
    let table = chosen.revenueTable(hand.plan)
    #expect(table.rows.map(\.costs.temporaryHire) == [0, 700])
    #expect(table.beyond.temporaryHire == 500)
    #expect(chosen.accounts.years.map(\.revenue) == [0, 700])
    #expect(chosen.accounts.revenueBeyond == 500)
    // 1,200 a year on, at 25%.
    expectClose(chosen.accounts.presentCost, 960)
    expectClose(chosen.steps.first { $0.aim == .presentCost }?.objective, 0.96, within: 1e-6)
    expectClose(hand.problem.leastPossible(.presentCost), 0.96)
    #expect(chosen.figures(in: PlanningAreaCode("P")).revenue == 1_200)
  }

  @Test func `growth fund and start of a school are told from the council's own cost`() throws {
    var hand = HandPlan()
    hand.years = 2
    hand.discountRate = 0.25
    hand.schemes = [
      handScheme("n", kind: .newSchool, window: 0...0, committed: true),
      handScheme("t", kind: .temporary, yearsOfUse: 3, window: 0...0, committed: true),
    ]
    hand.pots = [handPot("grant", [0: 2_000])]
    hand.revenue = RevenueRates(
      growthFundPerPlace: [.primary: 2], newSchoolStartUp: [.primary: 70], missingYearGroup: [.primary: 120],
      temporaryHire: 900, netRevenueStream: 0)
    hand.cells = [handCell(1, pupils: [200], places: 60)]
    let chosen = try #require(prioritise(hand.problem).chosen)
    // Both open a year on with 30 places: 60 each of growth fund; the school 70, and 720 for six year groups, 300 of it after March.
    expectClose(chosen.presentCostToSchools(hand.plan), 0.8 * (60 + 60 + 70 + 720))
    // The class is hired for 900.
    expectClose(chosen.accounts.presentCost, 0.8 * (60 + 60 + 70 + 720 + 900))
  }

  @Test func `a chosen programme's own accounts are its financing`() throws {
    var hand = HandPlan()
    hand.schemes = [handScheme("a", kind: .newSchool, cost: cash(3_000), window: 0...0, life: 3)]
    hand.limit = [0: 3_000]
    hand.interest = 0.1
    hand.revenue = RevenueRates(
      growthFundPerPlace: [:], newSchoolStartUp: [.primary: 70], missingYearGroup: [:], temporaryHire: 0,
      netRevenueStream: 1_000)
    hand.cells = [handCell(3, pupils: [110], places: 60)]
    let table = try #require(prioritise(hand.problem).chosen).revenueTable(hand.plan)
    // Opens in the second year; MRP from the third, of a third of what is owed.
    #expect(table.rows.map(\.costs.startUp) == [0, 70, 0, 0])
    for (row, wanted) in zip(table.rows, [(0.0, 150.0), (0, 300), (1_000, 300), (1_000, 200)]) {
      expectClose(row.mrp, wanted.0, within: 1e-6)
      expectClose(row.interest, wanted.1, within: 1e-6)
      expectClose(row.financingShare, (wanted.0 + wanted.1) / 1_000, within: 1e-9)
    }
  }
}
