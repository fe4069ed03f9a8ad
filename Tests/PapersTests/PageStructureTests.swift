import CapitalProgramme
import Foundation
import Papers
import Runs
import Testing

/// The page as a screen reader walks it, whatever the browser tests see.
@Suite struct PageStructureTests {
  private func pages() throws -> [String] {
    let paper = try changedRun().papers[0]
    let charts = Dictionary(uniqueKeysWithValues: paper.figures.map { ($0.id, "<svg/>") })
    return try [HTMLRenderer(charts: [:]), HTMLRenderer(charts: charts)].map { try $0.render(paper) }
  }

  @Test func `headings go down one step at a time`() throws {
    for page in try pages() {
      let levels = page.matches(of: /<h([1-6])[ >]/).compactMap { Int($0.1) }
      #expect(levels.first == 1)
      #expect(levels.count { $0 == 1 } == 1)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    }
  }

  @Test func `every table has its caption, column headings and row headings`() throws {
    for page in try pages() {
      let tables = page.split(separator: "<table").dropFirst().map {
        $0.prefix(upTo: end(of: "</table>", in: $0))
      }
      #expect(tables.count > 8)
      for table in tables {
        #expect(table.contains(/<caption id="[^"]+"><span>[^<]+<\/span><\/caption>/))
        #expect(
          !table.contains(/<th(?=[ >])(?! scope="(col|row)")/),
          "a heading without a scope: \(table.prefix(200))")
        let rows = table.split(separator: "<tr").dropFirst(2)
        #expect(!rows.isEmpty)
        for row in rows { #expect(row.ranges(of: "<th scope=\"row\"").count == 1) }
        let widths = Set(
          rows.map { row in
            row.matches(of: /<t[hd](?: scope="row")?(?: colspan="(\d+)")?/).reduce(0) {
              $0 + ($1.1.flatMap { Int($0) } ?? 1)
            }
          })
        #expect(
          widths == [table.ranges(of: "scope=\"col\"").count],
          "rows as wide as the headings: \(table.prefix(300))")
      }
    }
  }

  /// A screen reader says the heading of a cell without the headings beside it.
  @Test func `no heading of a column leans on the one before it`() throws {
    for shared in [SharedRun.town, SharedRun.county] {
      for table in try shared.get().papers.flatMap(\.tables) {
        for column in table.columns {
          #expect(
            !column.heading.hasPrefix("The same") && column.heading.first?.isLowercase != true,
            "\(table.id): \(column.heading)")
        }
      }
    }
    let yearEnd = try SharedRun.town.get().papers[0].table("year-end")
    #expect(
      yearEnd.columns.suffix(4).map(\.heading)
        == ["Because late", "Because early", "Because dearer or cheaper", "Because of more or less work"])
  }

  private func end(of mark: String, in text: Substring) -> Substring.Index {
    text.range(of: mark)?.lowerBound ?? text.endIndex
  }

  @Test func `every picture has words, and every link and label a target`() throws {
    for page in try pages() {
      for image in page.split(separator: "<img").dropFirst() {
        let words = image.firstMatch(of: /^[^>]* alt="([^"]*)"/)?.1 ?? ""
        #expect(words.count > 40)
      }
      let ids = page.matches(of: #/ id="([^"]+)"/#).map { String($0.1) }
      #expect(Set(ids).count == ids.count)
      for target in page.matches(of: /(?:href="#|aria-labelledby=")([^"]+)"/) {
        #expect(ids.contains(String(target.1)), "nothing is called \(target.1)")
      }
    }
  }

  @Test func `text from the files is text on the page`() throws {
    let hostile = "<script>alert(1)</script> & \"\"Co\"\""
    let run = try changedRun([
      ("Datasets/exampleton-programme/data.csv", "North Primary expansion", "\"\(hostile)\""),
      ("Datasets/exampleton-slippage/data.csv", "Asbestos found", "<img src=x onerror=alert(1)>"),
      ("Datasets/exampleton-planning-areas/data.csv", "South", "<b>South</b>"),
      ("Models/exampleton/model.yaml", "name: Exampleton", "name: Exampleton <i>&amp;</i>"),
    ])
    let charts = Dictionary(uniqueKeysWithValues: run.papers[0].figures.map { ($0.id, "<svg/>") })
    for page in try [HTMLRenderer(charts: [:]), HTMLRenderer(charts: charts)].map({
      try $0.render(run.papers[0])
    }
    ) {
      for slip in ["<script", "<img src=x", "<b>", "<i>"] {
        #expect(!page.contains(slip), "\(slip) got through")
      }
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Co&quot;"))
    }
    #expect(run.tables.programme.csv.contains("\"<script>alert(1)</script> & \"\"Co\"\"\""))
  }

  /// 98 pupils in Reception at the start. With 93 births a year 74.4 + 3.5 + 38 = 115.9; with 52, 41.6 + 3.5 + 38 = 83.1.
  @Test func `Reception rises and falls`() throws {
    #expect(
      try brief(changedRun()).contains(
        "Reception rises from 98 to 116 pupils (18.4%) between 2017/18 and 2023/24."))
    let births = "Datasets/exampleton-births/data.csv"
    let fewer = try changedRun([
      (births, "Northgate,2015,93", "Northgate,2015,52"), (births, "Northgate,2016,93", "Northgate,2016,52"),
      (births, "Northgate,2017,93", "Northgate,2017,52"),
    ])
    #expect(
      try brief(fewer).contains("Reception falls from 98 to 83 pupils (15.3%) between 2017/18 and 2023/24."))
  }

  /// New homes bring nobody of secondary age, so Year 7 is 100 in every year.
  @Test func `Year 7 rises and stays`() throws {
    #expect(
      try brief(changedRun()).contains(
        "Year 7 rises from 100 to 103 pupils (3.0%) between 2017/18 and 2023/24."))
    let none = try changedRun([
      (
        "Models/exampleton/assumptions/all.yaml",
        "title: Secondary pupils in new homes, against the yield table\n  unit: ratio\n  value: 1",
        "title: Secondary pupils in new homes, against the yield table\n  unit: ratio\n  value: 0"
      )
    ])
    #expect(try brief(none).contains("Year 7 stays at 100 pupils between 2017/18 and 2023/24."))
  }

  private func brief(_ run: PlanningRun) throws -> String {
    let section = try #require(run.papers[0].sections.first { $0.id == "in-brief" })
    return section.blocks.map { block in
      switch block {
      case .bullets(let points): points.joined(separator: "\n")
      case .paragraph(let text): text
      default: ""
      }
    }.joined(separator: "\n")
  }

  /// The table of the page, the data file and the stage say the same.
  @Test func `totals agree wherever they stand`() throws {
    let run = try changedRun()
    let table = try #require(
      run.papers[0].sections.flatMap(\.blocks).compactMap { block -> Table? in
        if case .table(let table) = block, table.id == "programme-table" { return table }
        return nil
      }.first)
    let total = try #require(table.rows.last)
    #expect(
      total.map(\.shown) == ["Total", "£1,060,000", "£200,000", "£40,000", "£0", "£1,300,000"])
    #expect(total.last.flatMap { Int($0.stored) } == run.programme.budget)
    for column in 1..<total.count {
      let sum = run.tables.programme.rows.compactMap { Int($0[column].stored) }.reduce(0, +)
      #expect(Int(total[column].stored) == sum)
    }
  }
}
