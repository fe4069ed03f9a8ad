import Papers
import Runs
import Testing

/// What an authority reads whose places are spare: the town, and the same with room for all.
@Suite struct SpareTests {
  private static let primary = ["R", "1", "2", "3", "4", "5", "6"]
  private static let secondary = ["7", "8", "9", "10", "11"]

  /// The town with other places in every year group of its areas, in the order P1, P2, S1, S2.
  private func town(_ places: [Int]) throws -> [Paper] {
    let areas = [
      ("P1", Self.primary, 60), ("P2", Self.primary, 45), ("S1", Self.secondary, 60),
      ("S2", Self.secondary, 45),
    ]
    var changes: [(file: String, text: String, new: String)] = []
    for (area, now) in zip(areas, places) {
      for group in area.1 {
        let row = "\(area.0),\(group),"
        changes.append(
          (file: "Datasets/exampleton-places/data.csv", text: row + "\(area.2),", new: row + "\(now),"))
      }
    }
    return try papers(changes)
  }

  private func brief(_ paper: Paper) throws -> [String] {
    try #require(paper.sections.first { $0.id == "in-brief" }).blocks.flatMap(words(of:))
  }

  /// Section 10 of the town's README: 37 of 735 places, then 15 of 750; 25 of 525, then 27 of 530.
  @Test func `both papers say in brief how many places are spare`() throws {
    for paper in try SharedRun.town.get().papers {
      #expect(
        try brief(paper).contains(
          "Before any new scheme, 5.0% of primary places are spare in 2018/19 and 2.0% (15 places) in 2023/24; of secondary places it is "
            + "4.8% and 5.1% (27 places)."))
      let table = try #require(paper.tables.first { $0.id == "sufficiency" })
      #expect(table.rows.first?.map(\.shown) == ["2018/19", "20", "37", "5.0%", "0", "25", "4.8%"])
      #expect(table.rows.last?.map(\.shown) == ["2023/24", "100", "15", "2.0%", "10", "27", "5.1%"])
    }
  }

  /// Sections 7 and 8: South has 315 places, of which 37 are spare, then 300 and 30, 285 and 25, 270 and 20, 255 and 15; Castle has 330
  /// and 29.8 in 2019/20, 340 and 38, 350 and 43.4, 330 and 27.
  @Test func `spare places by area`() throws {
    let papers = try SharedRun.town.get().papers
    let table = try #require(papers[1].tables.first { $0.id == "spare-by-area" })
    #expect(table.columns.last?.heading == "Places spare in 2023/24")
    #expect(
      table.rows.map { $0.map(\.shown) } == [
        ["North", "primary", "0.0%", "0.1%", "0.0%", "0.0%", "0.0%", "0.0%", "0"],
        ["South", "primary", "11.7%", "11.7%", "10.0%", "8.8%", "7.4%", "5.9%", "15"],
        ["Castle", "secondary", "0.0%", "9.0%", "11.2%", "12.4%", "8.2%", "8.2%", "27"],
        ["Riverside", "secondary", "11.1%", "11.1%", "11.1%", "0.0%", "0.0%", "0.0%", "0"],
      ])
    // No area is short of a class, so that the capital paper says where places are spare.
    let section = try #require(papers[0].sections.first { $0.id == "areas" })
    #expect(section.heading == "Where places are spare")
    #expect(papers[0].tables.contains { $0.id == "spare-by-area" })
    let county = try SharedRun.county.get().papers[0]
    #expect(county.sections.first { $0.id == "areas" }?.heading == "Where places run short")
    #expect(!county.tables.contains { $0.id == "spare-by-area" })
  }

  /// With 30 places more in every year group of P1 and S1 and 15 in those of P2 and S2 nobody is without one; North is built since it is
  /// committed.
  @Test func `a plan that nobody needs is said to be one`() throws {
    let capital = try town([90, 60, 90, 60])[0]
    let brief = try brief(capital)
    #expect(
      brief.contains(
        "North Primary expansion (committed) makes no difference to missing places up to 2023/24."))
    #expect(
      brief.contains {
        $0.hasPrefix(
          "Before any new scheme, 33.3% of primary places are spare in 2018/19 and 25.2% (268 places)")
      })
    let said = prose(of: capital)
    #expect(!said.contains { $0.contains("missing primary places") })
    #expect(!said.contains { $0.contains("are missing in any year") })
    #expect(said.contains { $0.hasPrefix("In no area does the plan change how many places are missing") })
    #expect(!capital.tables.contains { $0.id == "missing-by-area" })
    #expect(said.contains("With none of these 3 rival plans is a place missing in South."))
    #expect(!said.contains { $0.contains("fewest places are missing in South") })
  }

  /// South alone is short: of 38 x 1.05 - 35 = 4.9 places in Reception from 2020/21, and of 7 in each year group above it that has 35:
  /// 25.9 in 2023/24 at the most.
  @Test func `fewer missing places than a class have no course`() throws {
    let capital = try town([90, 50, 90, 60])[0]
    #expect(
      try brief(capital).contains(
        "From 2018/19 to 2023/24 fewer than 30 places are missing in any year, all areas and year groups together, with the plan or without "
          + "it."))
    #expect(!prose(of: capital).contains { $0.contains("missing primary places") })
    #expect(try SharedRun.town.get().papers[0].tables.contains { $0.id == "missing-by-area" })
  }

  /// Births of 62 from 2015 on: 0.8 x 62 + 38 + 3.5 in new homes are 91.1, and no year has more than the 98 of the base year.
  @Test func `a middle path that only falls is not said to be highest in the year that was counted`() throws {
    let births = "Datasets/exampleton-births/data.csv"
    let paper = try papers(
      (2015...2017).map { (file: births, text: "Northgate,\($0),93", new: "Northgate,\($0),62") })[1]
    let said = prose(of: paper)
    #expect(
      said.contains("The middle path never goes above the 98 counted in 2017/18, and is 91 in 2023/24."))
    #expect(!said.contains { $0.contains("highest in 2017/18") })
  }
}
