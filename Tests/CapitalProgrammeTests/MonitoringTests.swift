import CapitalProgramme
import PlacePlanning
import TestSupport
import Testing

/// Why a year ends otherwise than budgeted, by hand.
@Suite struct MonitoringTests {
  private func money(_ pounds: Int?) -> Money? { pounds.map { Money(pounds: $0, priceBase: .cash) } }

  private func line(
    _ name: String = "a", approved: Int? = nil, revised: Int = 100_000, spent: Int = 50_000,
    outturn: Int? = nil, approvedTotal: Int? = nil, forecastTotal: Int? = nil, scope: Int? = nil,
    source: FundingSource? = nil, spendBy: Int? = nil, reason: String? = nil
  ) -> SpendingPosition.Line {
    .init(
      name: name, revisedBudget: Money(pounds: revised, priceBase: .cash),
      spentToDate: Money(pounds: spent, priceBase: .cash), reason: reason,
      approvedBudget: money(approved), forecastOutturn: money(outturn),
      approvedTotal: money(approvedTotal), forecastTotal: money(forecastTotal), scopeChange: money(scope),
      fundedBy: source, spendBy: spendBy.map { FinancialYear($0) })
  }

  private func monitored(_ lines: SpendingPosition.Line...) -> ProgrammeMonitor {
    monitor(
      SpendingPosition(
        financialYear: "2017/18", monthsElapsed: 6, lines: lines, slipping: [],
        cumulativeProfile: (1...12).map { Double($0) / 12 }))
  }

  @Test func `half a pound expected is rounded as it is written`() {
    // 0.7 of 45 is 31.50.
    let position = SpendingPosition(
      financialYear: "2017/18", monthsElapsed: 1, lines: [line(revised: 45, spent: 0)], slipping: [],
      cumulativeProfile: [Double](repeating: 0.7, count: 12))
    #expect(monitor(position).lines.map(\.expected) == [32])
  }

  /// Year's variance, variance of the whole cost, declared scope; then slippage, acceleration, cost and scope of the year.
  @Test(
    arguments: [
      ([-30, 0, 0], [-30, 0, 0, 0]),  // only late
      ([40, 0, 0], [0, 40, 0, 0]),  // only ahead
      ([25, 25, 0], [0, 0, 25, 0]),  // only dearer
      ([25, 25, 25], [0, 0, 0, 25]),  // only more work
      ([0, 20, 0], [0, 0, 0, 0]),  // dearer in later years
      ([0, -20, 0], [0, 0, 0, 0]),  // cheaper in later years
      ([-90, -90, 0], [0, 0, -90, 0]),  // a saving
      ([-90, -200, 0], [0, 0, -90, 0]),  // a saving, most of it of later years
      ([-200, -90, 0], [-110, 0, -90, 0]),  // a saving, and late
      ([-30, 20, 0], [-30, 0, 0, 0]),  // late, and dearer later
      ([30, -20, 0], [0, 30, 0, 0]),  // ahead, and cheaper later
      ([50, 20, 0], [0, 30, 20, 0]),  // dearer, and ahead
      ([20, 30, 10], [0, 0, 13, 7]),  // two thirds of 10 is 6.67
      ([-20, -30, -10], [0, 0, -13, -7]),
      ([15, 30, 40], [0, 0, 0, 15]),  // more work, each part cheaper: half of 40 is more than the year's 15
      ([15, 30, -40], [0, 0, 15, 0]),  // less work, and so much dearer
      ([30, 30, 40], [0, 0, 0, 30]),
      ([-10, 30, 40], [-10, 0, 0, 0]),  // late; more work later
    ])
  func `time is what cost and scope leave over`(_ given: [Int], _ wanted: [Int]) {
    let split = VarianceSplit(year: given[0], wholeLife: given[1], scope: given[2])
    #expect([split.slippage, split.acceleration, split.cost, split.scope] == wanted)
    #expect(wanted.reduce(0, +) == given[0])
  }

  /// Revised budget, outturn and the two totals; what is carried forward. Never more than the first two leave.
  @Test(
    arguments: [
      (500_000, 500_000, 2_000_000, 3_000_000, 0),  // on budget, and a million dearer in later years
      (500_000, 500_000, 3_000_000, 2_000_000, 0),
      (100_000, 120_000, 100_000, 130_000, 0),  // Exampleton's boiler
      (100_000, 109_000, 100_000, 130_000, 0),
      (600_000, 450_000, 1_200_000, 1_200_000, 150_000),
      (600_000, 450_000, 1_200_000, 1_500_000, 150_000),
      (600_000, 450_000, 1_200_000, 1_140_000, 90_000),  // 60,000 of the 150,000 are saved
      (1_000_000, 910_000, 1_000_000, 910_000, 0),
    ])
  func `money that was spent or saved is not carried forward`(
    _ revised: Int, _ outturn: Int, _ approved: Int, _ forecast: Int, _ carried: Int
  ) {
    let result = monitored(
      line(
        revised: revised, outturn: outturn, approvedTotal: approved, forecastTotal: forecast, source: .grant))
    #expect(result.lines.map(\.carryForward) == [carried])
    #expect(result.lines.map(\.totalVariance) == [forecast - approved])
    #expect(result.carryForward.map(\.pounds) == (carried == 0 ? [] : [carried]))
  }

  /// Outturn of a budget of 100,000 without totals; what is carried forward, and the most that can be.
  @Test(
    arguments: [(100_000, 0, 0), (120_000, 0, 0), (91_000, nil, 9_000), (nil, nil, nil)]
      as [(Int?, Int?, Int?)])
  func `a line that spends its year's budget carries nothing forward`(
    _ outturn: Int?, _ carried: Int?, _ most: Int?
  ) {
    let result = monitored(line(outturn: outturn, source: .grant))
    #expect(result.lines.map(\.carryForward) == [carried])
    #expect(result.lines.map(\.mostCarriedForward) == [most])
    #expect(result.carryForward.isEmpty)
  }

  /// Late by 30,000; saved; on budget; not told.
  @Test func `lines slip by their figures, whoever is reported late`() {
    let result = monitored(
      line("late", outturn: 70_000, approvedTotal: 500_000, forecastTotal: 500_000),
      line("saved", outturn: 70_000, approvedTotal: 500_000, forecastTotal: 470_000),
      line("level", outturn: 100_000, approvedTotal: 500_000, forecastTotal: 500_000),
      line("untold", outturn: 70_000))
    #expect(result.lines.map(\.isSlipping) == [true, false, false, false])
    #expect(result.slippingLines == 1 && result.slipping.isEmpty)
  }

  @Test func `the parts add to the year's variance, whatever they are`() {
    var generator = SeededGenerator(seed: 3)
    var sum = VarianceSplit(year: 0, wholeLife: 0, scope: 0)
    var years = 0
    for _ in 0..<200 {
      func any() -> Int { Int.random(in: -900_000...900_000, using: &generator) }
      let year = any()
      let split = VarianceSplit(year: year, wholeLife: any(), scope: any())
      #expect(split.slippage <= 0 && split.acceleration >= 0)
      let parts = [split.slippage, split.acceleration, split.cost, split.scope]
      #expect(parts.reduce(0, +) == year)
      #expect(parts.allSatisfy { $0 == 0 || ($0 < 0) == (year < 0) && abs($0) <= abs(year) })
      #expect(split.slippage == 0 || split.acceleration == 0)
      sum = sum + split
      years += year
    }
    #expect(sum.slippage + sum.acceleration + sum.cost + sum.scope == years)
  }

  @Test func `one scheme's acceleration does not hide another's slippage`() throws {
    let result = monitored(
      line("late", outturn: 70_000, approvedTotal: 500_000, forecastTotal: 500_000, source: .grant),
      line("ahead", outturn: 130_000, approvedTotal: 500_000, forecastTotal: 500_000, source: .grant),
      line("later", outturn: 80_000, approvedTotal: 500_000, forecastTotal: 500_000))
    let split = try #require(result.split)
    #expect(split.slippage == -50_000 && split.acceleration == 30_000 && split.cost == 0 && split.scope == 0)
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

  /// 100,000 of the year, 70,000 of it spent in the year and 30,000 late.
  @Test(
    arguments: [
      (2016, ["70000 2017/18", "30000 2018/19"]), (2017, ["30000 2018/19"]), (2018, []), (2019, []),
    ] as [(Int, [String])])
  func `dated money is at risk by its date and by the year that spends it`(
    _ spendBy: Int, _ wanted: [String]
  ) {
    let result = monitored(
      line(
        outturn: 70_000, approvedTotal: 500_000, forecastTotal: 500_000, source: .section106, spendBy: spendBy
      ))
    #expect(risks(result) == wanted)
    #expect(result.datesAtRisk.allSatisfy { $0.payer == "Section 106" && $0.deadline.start == spendBy })
  }

  private func risks(_ monitor: ProgrammeMonitor) -> [String] {
    monitor.datesAtRisk.map { "\($0.pounds) \($0.expectedSpending?.label ?? "no year")" }
  }

  /// Approved and revised budget, outturn, the two totals; of money that must be spent by the end of 2017/18, the year under way.
  @Test(
    arguments: [
      // 90,000 are saved.
      ([1_000_000, 1_000_000, 910_000, 1_000_000, 910_000], ["90000 no year"]),
      // 600,000 were moved out of the year's budget.
      ([1_000_000, 400_000, 400_000, 2_000_000, 2_000_000], ["600000 no year"]),
      // The same, 50,000 of the rest late and 30,000 saved: 1,000,000 - 320,000 = 680,000 in all.
      ([1_000_000, 400_000, 320_000, 2_000_000, 1_970_000], ["50000 2018/19", "630000 no year"]),
      // More given than approved: all of the larger budget is dated.
      ([500_000, 600_000, 450_000, 1_200_000, 1_200_000], ["150000 2018/19"]),
      // On budget, and dearer in later years.
      ([500_000, 500_000, 500_000, 2_000_000, 3_000_000], []),
      // Above the revised budget, below the approved one.
      ([500_000, 400_000, 420_000, 900_000, 900_000], ["80000 no year"]),
    ] as [([Int], [String])])
  func `dated money that the year leaves is at risk, whatever the cause`(
    _ given: [Int], _ wanted: [String]
  ) {
    let result = monitored(
      line(
        approved: given[0], revised: given[1], outturn: given[2], approvedTotal: given[3],
        forecastTotal: given[4], source: .section106, spendBy: 2017))
    #expect(risks(result) == wanted)
    #expect(result.poundsAtRisk == max(0, max(given[0], given[1]) - given[2]))
  }

  @Test func `dated money at risk without totals, and without a forecast`() {
    let told = monitored(line(outturn: 91_000, source: .section106, spendBy: 2017))
    #expect(risks(told) == ["9000 no year"] && told.datesWithoutForecast.isEmpty)
    let untold = monitored(
      line("this year's", source: .section106, spendBy: 2017), line("next year's", spendBy: 2018))
    #expect(risks(untold).isEmpty && untold.datesWithoutForecast == ["this year's"])
    // Past its date: 50,000 spent already, 50,000 that cannot be spent in time.
    let past = monitored(line(source: .section106, spendBy: 2015))
    #expect(risks(past) == ["50000 2017/18", "50000 no year"] && past.datesWithoutForecast.isEmpty)
    #expect(monitored(line(outturn: 0, spendBy: 2015), line(outturn: 100_000)).poundsAtRisk == 100_000)
  }

  /// Spent, expected, revised budget, outturn, approved and forecast total.
  @Test(
    arguments: [
      ([110, 100, 200, nil, nil, nil], nil), ([111, 100, 200, nil, nil, nil], .awayFromExpected),
      ([89, 100, 200, nil, nil, nil], .awayFromExpected), ([1, 0, 200, nil, nil, nil], .awayFromExpected),
      ([0, 0, 200, nil, nil, nil], nil), ([105, 100, 100, nil, nil, nil], .aboveBudget),
      ([100, 100, 200, 221, nil, nil], .awayAtYearEnd), ([100, 100, 200, 220, nil, nil], nil),
      ([100, 100, 200, 200, 2_000, 3_000], .awayInAll), ([100, 100, 200, 200, 2_000, 2_200], nil),
      ([100, 100, 200, nil, 2_000, 2_201], .awayInAll), ([100, 100, 200, 200, 2_000, 1_800], nil),
      ([100, 100, 200, 200, 2_000, 1_799], .awayInAll), ([100, 100, 200, 200, 0, 1], .awayInAll),
      ([100, 100, 200, 221, 2_000, 3_000], .awayAtYearEnd),
    ] as [([Int?], ReasonNeeded?)])
  func `when a reason is needed`(_ given: [Int?], _ wanted: ReasonNeeded?) throws {
    let needed = ReasonNeeded(
      spent: try #require(given[0]), expected: try #require(given[1]), revised: try #require(given[2]),
      outturn: given[3], approvedTotal: given[4], forecastTotal: given[5])
    #expect(needed == wanted)
  }

  @Test func `a line on budget needs a reason where its whole cost has risen by half`() {
    let result = monitored(
      line(
        revised: 500_000, spent: 250_000, outturn: 500_000, approvedTotal: 2_000_000,
        forecastTotal: 3_000_000))
    #expect(result.lines.map(\.variance) == [0] && result.lines.map(\.yearVariance) == [0])
    #expect(result.lines.map(\.needsReason) == [true])
  }
}
