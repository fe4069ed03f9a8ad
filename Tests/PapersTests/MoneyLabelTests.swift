import Runs
import Testing

@testable import Papers

/// What a sum of money is, where a reader could take it for another: of the day or at one price, before or after repayment, of which
/// months.
@Suite struct MoneyLabelTests {
  private func note(_ table: String, of run: PlanningRun) throws -> String {
    try #require(try run.papers[0].table(table).footnote.note)
  }

  /// The growth fund of the town is £1,000 a place in every year: 15 places in 2019/20, then 30 of them.
  @Test func `running costs are not taken for money of the day`() throws {
    let town = try SharedRun.town.get()
    let growthFund = try town.papers[0].table("revenue-table").rows.map { $0[1].shown }
    #expect(
      growthFund == ["£0", "£15,000", "£30,000", "£30,000", "£30,000", "£30,000", "£135,000"])
    #expect(
      try note("revenue-table", of: town).contains(
        "Growth fund, start-up and hire are at the same rates in every year: later years are not raised for inflation."
      ))
    let borrowing = try note("borrowing", of: town)
    #expect(borrowing.contains("Money of the day, of these schemes alone."))
    #expect(borrowing.hasSuffix("Net revenue is taken to be the same in every year."))
  }

  /// With late homes £200,000 are borrowed for North Primary in 2019/20. A fortieth of it is set aside in 2020/21, and the rest comes
  /// back from the section 106 money of that year: section 14 of the town's README.
  @Test func `borrowing that section 106 money repays is told from what stays`() throws {
    let late = try changedRun(scenario: "late-homes")
    for table in ["funding-table", "chosen-payers"] {
      #expect(
        try note(table, of: late).contains(
          "Internal borrowing is before repayment: section 106 money repays £195,000 of it within these years, which is not counted "
            + "here."))
      #expect(try !note(table, of: SharedRun.town.get()).contains("before repayment"))
    }
  }

  @Test func `what rival plans cost is told from what the years of the plan hold`() throws {
    #expect(
      try note("rivals-table-1", of: SharedRun.town.get()).contains(
        "The cost of its schemes is money of the day. The cost to the revenue budget is that of its schemes, up to August after the last "
          + "year, without MRP and interest."))
  }
}
