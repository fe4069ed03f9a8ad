import Papers
import Runs
import Testing

private let assumptions = "Models/exampleton/assumptions/programme.yaml"

/// What a plan does not do is not said of it.
@Suite struct EmptyPlanTests {
  /// The town with a pound at a time, nothing from developers, nothing to borrow, and nothing committed.
  private func withoutMoney() throws -> Paper {
    let (schemes, receipts) =
      ("Datasets/exampleton-schemes/data.csv", "Datasets/exampleton-pot-receipts/data.csv")
    let factor =
      "borrowing.limit_factor:\n  title: What may be borrowed in each year, as a multiple of the limits\n  unit: ratio\n  value: 1\n"
      + "  source: places-project\n  mark: assumed\n  quality: red\n  impact: amber\n"
    return try papers([
      (schemes, "yes,,,20,small", "no,,,20,small"), (schemes, "yes,,,40,building", "no,,,40,building"),
      (receipts, "castle,2018/19,40000", "castle,2018/19,1"),
      (receipts, "general,2018/19,60000", "general,2018/19,1"),
      (receipts, "general,2020/21,300000", "general,2020/21,1"),
      (receipts, "north_grant,2018/19,300000", "north_grant,2018/19,1"),
      (receipts, "north_grant,2019/20,700000", "north_grant,2019/20,1"),
      (
        "Models/exampleton/model.yaml",
        "  section_106: exampleton-section-106\n  borrowing: exampleton-borrowing\n", ""
      ),
      (assumptions, factor, ""),
    ])[0]
  }

  @Test func `a plan that starts nothing costs nothing and moves nothing`() throws {
    let said = prose(of: try withoutMoney())
    #expect(
      said.contains(
        "It starts no scheme. About 61 places would be missing in an average year, counted in each area and year group by itself."
      ))
    #expect(
      said.contains {
        $0.hasPrefix("Were every approved scheme to start as approved, the money known of would not pay for")
          && $0.hasSuffix(" The plan leaves Castle School boiler and North Primary expansion out.")
      })
  }

  /// £300,000 are borrowed all the same.
  @Test func `where places cost no revenue, debt alone does`() throws {
    let fund = "title: Growth fund, primary\n  unit: GBP/place\n  value: "
    #expect(
      prose(of: try papers([(assumptions, fund + "1000", fund + "0")])[0]).contains(
        "Borrowing costs revenue too. Over the years of the plan that is £76,000 for debt (repayment, called MRP, and interest), "
          + "which the authority bears."))
  }

  @Test func `homes are taken off only where some are`() throws {
    func isSaid(_ paper: Paper) -> Bool { prose(of: paper).contains { $0.contains("those are taken off") } }
    let north = "title: Homes a year that the ratios already hold, North\n  unit: dwellings/year\n  value: "
    let none = try papers([("Models/exampleton/assumptions/all.yaml", north + "10", north + "0")])[1]
    #expect(try isSaid(SharedRun.town.get().papers[1]) && !isSaid(none))
  }
}
