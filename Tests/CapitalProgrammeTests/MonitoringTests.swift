import CapitalProgramme
import PlacePlanning
import TestSupport
import Testing

/// Why a year ends otherwise than budgeted, by hand.
@Suite struct MonitoringTests {
  private func money(_ pounds: Int?) -> Money? { pounds.map { Money(pounds: $0, priceBase: .cash) } }

  private func line(
    _ name: String = "a", revised: Int = 100_000, spent: Int = 50_000, outturn: Int? = nil,
    approvedTotal: Int? = nil, forecastTotal: Int? = nil, scope: Int? = nil, source: FundingSource? = nil,
    spendBy: Int? = nil, reason: String? = nil
  ) -> SpendingPosition.Line {
    .init(
      name: name, revisedBudget: Money(pounds: revised, priceBase: .cash),
      spentToDate: Money(pounds: spent, priceBase: .cash), reason: reason, forecastOutturn: money(outturn),
      approvedTotal: money(approvedTotal), forecastTotal: money(forecastTotal), scopeChange: money(scope),
      fundedBy: source, spendBy: spendBy.map { FinancialYear($0) })
  }

  private func monitored(_ lines: SpendingPosition.Line...) -> ProgrammeMonitor {
    monitor(
      SpendingPosition(
        financialYear: "2017/18", monthsElapsed: 6, lines: lines, slipping: [],
        cumulativeProfile: (1...12).map { Double($0) / 12 }))
  }

  /// Year's variance, rise of the whole cost, declared scope, then slippage, acceleration, cost.
  @Test(
    arguments: [
      (-30, 0, 0, -30, 0, 0),  // only late
      (40, 0, 0, 0, 40, 0),  // only ahead
      (25, 25, 0, 0, 0, 25),  // only dearer
      (25, 25, 25, 0, 0, 0),  // only more work
      (0, 20, 0, -20, 0, 20),  // dearer, hidden by being late
      (0, -20, 0, 0, 20, -20),  // cheaper, hidden by being ahead
      (-10, 30, 40, -40, 0, -10),  // more work, each part cheaper, late
    ])
  func `time is what cost and scope leave over`(
    _ year: Int, _ whole: Int, _ scope: Int, _ slippage: Int, _ acceleration: Int, _ cost: Int
  ) {
    let split = VarianceSplit(year: year, wholeLife: whole, scope: scope)
    #expect(split.slippage == slippage && split.acceleration == acceleration)
    #expect(split.cost == cost && split.scope == scope)
    #expect(split.year == year)
  }

  @Test func `the parts add to the year's variance, whatever they are`() {
    var generator = SeededGenerator(seed: 3)
    var sum = VarianceSplit(year: 0, wholeLife: 0, scope: 0)
    var years = 0
    for _ in 0..<200 {
      func any() -> Int { Int.random(in: -900_000...900_000, using: &generator) }
      let year = any()
      let split = VarianceSplit(year: year, wholeLife: any(), scope: any())
      #expect(split.year == year && split.slippage <= 0 && split.acceleration >= 0)
      #expect(split.slippage == 0 || split.acceleration == 0)
      sum = sum + split
      years += year
    }
    #expect(sum.year == years)
  }

  @Test func `one scheme's acceleration does not hide another's slippage`() throws {
    let result = monitored(
      line("late", outturn: 70_000, approvedTotal: 500_000, forecastTotal: 500_000, source: .grant),
      line("ahead", outturn: 130_000, approvedTotal: 500_000, forecastTotal: 500_000, source: .grant),
      line("later", outturn: 80_000, approvedTotal: 500_000, forecastTotal: 500_000))
    let split = try #require(result.split)
    #expect(split.slippage == -50_000 && split.acceleration == 30_000 && split.year == -20_000)
    #expect(result.carryForward.map(\.fundedBy) == [.grant, nil])
    #expect(result.carryForward.map(\.pounds) == [30_000, 20_000])
    #expect(result.total.yearVariance == -20_000)
  }

  @Test func `what is not published is not worked out`() {
    let result = monitored(line("told", outturn: 90_000), line("untold"))
    #expect(result.lines.map(\.yearVariance) == [-10_000, nil])
    #expect(result.lines.map { $0.split } == [nil, nil])
    #expect(result.split == nil && result.carryForward.isEmpty && result.datesAtRisk.isEmpty)
    #expect(result.total.outturn == nil && result.total.yearVariance == nil)
    #expect(result.notPublished.first { $0.figure == "forecast outturn" }?.lines == ["untold"])
    #expect(result.notPublished.first { $0.figure == "total cost" }?.lines == ["told", "untold"])
  }

  @Test(arguments: [
    (50_000, Int?.none, false), (50_000, 110_000, false), (50_000, 110_001, true), (50_000, 89_999, true),
    (55_001, nil, true),
  ])
  func `a reason is wanted above ten per cent, by now or at the year's end`(
    _ spent: Int, _ outturn: Int?, _ wanted: Bool
  ) {
    #expect(monitored(line(spent: spent, outturn: outturn)).lines.map(\.needsReason) == [wanted])
  }

  @Test(arguments: [(2016, 1), (2017, 1), (2018, 0), (2019, 0)])
  func `dated money at risk by what is carried forward`(_ spendBy: Int, _ count: Int) {
    let result = monitored(
      line(outturn: 70_000, approvedTotal: 9, forecastTotal: 9, source: .section106, spendBy: spendBy))
    #expect(result.datesAtRisk.count == count)
    for risk in result.datesAtRisk {
      #expect(risk.pounds == 30_000 && risk.expectedSpending == FinancialYear(2018))
    }
  }

  /// Spent, expected, revised budget, outturn.
  @Test(
    arguments: [
      (110, 100, 200, nil, nil), (111, 100, 200, nil, .awayFromExpected),
      (89, 100, 200, nil, .awayFromExpected),
      (1, 0, 200, nil, .awayFromExpected), (0, 0, 200, nil, nil), (105, 100, 100, nil, .aboveBudget),
      (100, 100, 200, 221, .awayAtYearEnd), (100, 100, 200, 220, nil),
    ] as [(Int, Int, Int, Int?, ReasonNeeded?)])
  func `when a reason is needed`(
    _ spent: Int, _ expected: Int, _ revised: Int, _ outturn: Int?, _ wanted: ReasonNeeded?
  ) {
    #expect(ReasonNeeded(spent: spent, expected: expected, revised: revised, outturn: outturn) == wanted)
  }
}
