import Papers
import Runs
import Testing

/// Births per woman and held totals in the demographic paper, on Sampleford, whose README works them by hand.
@Suite struct FertilityTests {
  private func paper(_ changes: [Change] = []) throws -> Paper {
    try #require(try changedRun(changes, of: "sampleford").papers.last)
  }

  private func sentence(_ changes: [Change]) throws -> String? {
    words(of: try paper(changes)).first {
      $0.contains("for every 1,000 women") && $0.hasPrefix("In the year")
    }
  }

  /// 40 of 400 and 20 of 200 in each of 2015, 2016 and 2017.
  @Test func `rates by district and in all`() throws {
    let table = try paper().table("fertility-table")
    #expect(
      table.rows.map { $0.map(\.shown) }
        == ["2015", "2016", "2017"].map { [$0, "600", "100.0", "100.0", "100.0"] })
  }

  private let births = "Datasets/sampleford-births/data.csv"

  @Test func `a rate that stays, falls or rises`() throws {
    #expect(
      try sentence([])
        == "In the year to June 2017 there were 100.0 births for every 1,000 women aged 15 to 44, as many as in the year "
        + "to June 2015.")
    // 34 of 40: 54 births of 600 women.
    #expect(
      try sentence([(births, "Easton,2017,40", "Easton,2017,34")])
        == "In the year to June 2017 there were 90.0 births for every 1,000 women aged 15 to 44, fewer than the 100.0 in "
        + "the year to June 2015.")
    #expect(
      try sentence([(births, "Easton,2017,40", "Easton,2017,46")])?.contains(
        "110.0 births for every 1,000 women aged 15 to 44, more than the 100.0") == true)
  }

  /// The town's Reception of 2018/19 is held to a published 60 in every draw.
  @Test func `a figure that a published total fixes has no range`() throws {
    let table = try paper().table("intake-table-0")
    let row = try #require(table.rows.first { $0[0].shown == "2018/19" })
    #expect(row.map(\.shown) == ["2018/19", "60"] + [String](repeating: "no range", count: 4))
    let next = try #require(table.rows.first { $0[0].shown == "2019/20" })
    #expect(!next.map(\.shown).contains("no range"))
  }

  @Test func `a model without women says so`() throws {
    let paper = try #require(try SharedRun.town.get().papers.last)
    #expect(paper.tables.allSatisfy { $0.id != "fertility-table" })
    #expect(words(of: paper).contains { $0.hasPrefix("The model does not hold how many women") })
  }
}
