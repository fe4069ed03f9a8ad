import Runs
import Testing

@testable import Papers

/// Where rounding makes a figure another than what the reader of a table would work out, the paper says so.
@Suite struct RoundedTotalsTests {
  private func remaining(_ run: PlanningRun) throws -> String {
    let writer = PaperWriter(run.content)
    let chosen = try #require(writer.chosen)
    return try #require(writer.remaining(chosen))
  }

  /// 1,658.2 and 597.3 are 2,255.6 together; in the town 132.45 / 6 and 32.2 / 6, which add up as they are.
  @Test func `missing places by phase that are rounded to their sum are said to be`() throws {
    #expect(
      try remaining(SharedRun.county.get()).hasPrefix(
        "Of the places still missing with the plan, about 1,658 are primary and 598 secondary, rounded so that they add up. "
      ))
    #expect(
      try remaining(SharedRun.town.get()).hasPrefix(
        "Of the places still missing with the plan, about 22 are primary and 5 secondary."))
  }

  /// 854.57 pupils: with 79.91 and 111.31 they are 1,045.78, with 240.25 and 57.62 they are 1,152.44.
  @Test func `a figure that two tables of moves round apart is said to be the same`() throws {
    let paper = try SharedRun.county.get().papers[1]
    let (arrivals, departures) = (try paper.table("arrivals"), try paper.table("departures"))
    #expect(arrivals.rows.first { $0[0].shown == "Cheltenham secondary" }?[1].shown == "855")
    #expect(departures.rows.first { $0[0].shown == "Cheltenham" }?[1].shown == "854")
    for table in [arrivals, departures] {
      #expect(
        table.footnote.note?.contains(
          "Rounded so that each row adds up: a figure may differ by 1 from the same one in the other table.")
          == true)
    }
  }

  @Test func `a total of the pounds shown is told from that with the pence`() throws {
    let county = try SharedRun.county.get().papers[0].table("revenue-table")
    let total = try #require(county.rows.last?.last)
    #expect(total.shown == "£32,148,237" && total.stored.hasPrefix("32148239."))
    #expect(
      county.footnote.note?.hasSuffix(
        "Totals add up the whole pounds shown; with the pence of MRP and interest, as in the data files and the workbook, all together "
          + "is £32,148,239.") == true)
    // Whole pounds in every year.
    let town = try SharedRun.town.get().papers[0].table("revenue-table")
    #expect(town.footnote.note?.contains("Totals add up") == false)
  }
}
