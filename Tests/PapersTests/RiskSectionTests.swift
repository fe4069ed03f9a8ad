import CapitalProgramme
import Papers
import PlacePlanning
import Runs
import TestSupport
import Testing

/// What may go wrong with the plan, in words and tables.
@Suite struct RiskSectionTests {
  private func table(_ id: String) throws -> Table {
    try #require(try SharedRun.county.get().papers[0].tables.first { $0.id == id })
  }

  @Test func `a temporary block says what it holds and at which prices`() throws {
    let blocks = try table("blocks")
    #expect(blocks.rows.allSatisfy { $0[2].shown == "30 places for each of 3 intakes, 90 at its fullest" })
    #expect(blocks.footnote.sentence.contains("(2018/19); later years are not raised for inflation."))
  }

  /// Three intakes of a class are 1 + 2 + 3 classes for a year each, at £30,000; 90 places are added, at £2,683.33 or £1,925.
  @Test func `a temporary block says what hire and growth fund come to beside its cost`() throws {
    let blocks = try table("blocks")
    #expect(
      blocks.columns.suffix(3).map(\.heading) == ["Cost to set up", "Hire", "Growth fund"])
    for (area, growthFund) in [("Gloucester secondary", "£241,500"), ("Hucclecote / Barnwood", "£173,250")] {
      let row = try #require(blocks.rows.first { $0[0].shown == area })
      #expect(row.suffix(2).map(\.shown) == ["£180,000", growthFund])
    }
    #expect(
      blocks.footnote.sentence.hasSuffix(
        "Hire and growth fund come on top, out of revenue, at the rates in the assumptions log: hire for each class of 30 in each year "
          + "in which it is in use, growth fund for each place added."))
  }
}
