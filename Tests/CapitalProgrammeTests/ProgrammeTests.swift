import CapitalProgramme
import PlacePlanning
import Testing

@Suite struct MonitorTests {
  private func position(spent: [Int], months: Int) -> SpendingPosition {
    SpendingPosition(
      financialYear: "2017/18", monthsElapsed: months,
      lines: spent.enumerated().map {
        .init(
          name: "Line \($0)", revisedBudget: Money(pounds: 1_200_000, priceBase: .cash),
          spentToDate: Money(pounds: $1, priceBase: .cash), reason: nil)
      }, slipping: [], cumulativeProfile: (1...12).map { Double($0) / 12 })
  }

  @Test func `expected by now, variance and what is left, by hand`() {
    // Five twelfths of 1.2m is 500,000 a line.
    let result = monitor(position(spent: [400_000, 560_000], months: 5))
    #expect(result.lastMonth == "August")
    #expect(result.lines.map(\.expected) == [500_000, 500_000])
    #expect(result.lines.map(\.variance) == [-100_000, 60_000])
    #expect(result.lines.map(\.unspent) == [800_000, 640_000])
    #expect(result.lines.map(\.needsReason) == [true, true])
    #expect(result.total.expected == 1_000_000)
    #expect(result.total.variance == -40_000)
    #expect(!result.total.needsReason)
    #expect(result.total.varianceShare == -0.04)
  }

  @Test func `exactly ten per cent needs no reason`() {
    #expect(monitor(position(spent: [450_000], months: 5)).lines.map(\.needsReason) == [false])
    #expect(monitor(position(spent: [449_999], months: 5)).lines.map(\.needsReason) == [true])
  }

  @Test(arguments: [(1, "April"), (10, "January"), (12, "March"), (0, "month 0"), (13, "month 13")])
  func `the financial year starts in April`(_ months: Int, _ name: String) {
    #expect(monitor(position(spent: [0], months: months)).lastMonth == name)
  }
}
