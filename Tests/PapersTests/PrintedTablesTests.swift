import PlacePlanning
import Runs
import Testing

@testable import Papers

/// What is said once where it would stand many times, and what is left to the web page and the workbook.
@Suite struct PrintedTablesTests {
  private func table(_ cells: [Table.Cell], rows: Int = 1, numbers: Bool = true) -> Table {
    Table(
      id: "t", caption: "A caption",
      columns: [.init("year", "Year", isNumber: false)]
        + cells.indices.map { .init("c\($0)", "Column \($0)", isNumber: numbers) },
      rows: Array(repeating: [.text("2017/18")] + cells, count: rows),
      footnote: Footnote(sources: ["a source"], mark: .derived))
  }

  private let counted = Table.Cell.text("counted")

  @Test func `a word in several columns of numbers is said once, across them`() {
    let table = table([.whole(5), counted, counted, counted, .whole(5), .whole(5)])
    #expect(table.spans(table.rows[0]).map(\.column) == [0, 1, 2, 5, 6])
    #expect(table.spans(table.rows[0]).map(\.count) == [1, 1, 3, 1, 1])
    let page = HTMLRenderer(charts: [:]).block(.table(table))
    #expect(page.ranges(of: "counted").count == 1)
    #expect(page.contains("<td colspan=\"3\" class=\"across\">counted</td>"))
    let word = WordPage(pictures: [:]).block(.table(table))
    #expect(word.ranges(of: "counted").count == 1)
    #expect(word.contains("w:gridSpan w:val=&quot;3&quot;"))
    #expect(table.csv.ranges(of: "counted").count == 3)
  }

  @Test func `words in columns of text, blanks and other shades stay apart`() {
    let blank = Table.Cell.text("")
    #expect(table([counted, counted], numbers: false).spans([counted, counted, counted]).count == 3)
    let cells = [blank, blank, counted, counted.shaded(.slight)]
    let table = table(cells)
    #expect(table.spans(table.rows[0]).count == 5)
  }

  @Test func `columns that are alike are held only by as many columns`() {
    let (three, two) = (table([.whole(60), .whole(60), .whole(60)]), table([.whole(60), .whole(60)]))
    #expect(three.holds(two) && three.holds(three))
    #expect(!two.holds(three))
    #expect(table([.whole(1), .whole(2)]).holds(table([.whole(2), .whole(1)])))
  }

  @Test func `a table without rows says that there are none`() {
    let page = HTMLRenderer(charts: [:]).block(.table(table([.whole(1), .whole(2)], rows: 0)))
    #expect(page.contains("<tbody>\n<tr><th scope=\"row\" colspan=\"3\">There are none.</th></tr>\n</tbody>"))
  }

  private func paper(rows: Int) -> Paper {
    let figure = Figure(
      id: "chart", title: "A chart", alternative: "What it shows", specification: "{}",
      table: table((0..<9).map { .whole($0) }, rows: rows))
    return Paper(
      name: "paper", title: "A paper", header: [], notices: [],
      sections: [Section(id: "s", heading: "A section", blocks: [.figure(figure)])])
  }

  @Test(arguments: [(6, true), (7, false)])
  func `a table of more than 60 cells behind a chart is not printed, and the chart says where it is`(
    _ rows: Int, _ isPrinted: Bool
  ) throws {
    let paper = paper(rows: rows)
    let lead =
      "on the web page of this paper, below the same chart, and in the workbook: “Figure 1 as a table. A caption”."
    let printed = try PrintPage(charts: ["chart": "<svg/>"]).render(paper)
    #expect(printed.contains("<caption id=\"t-caption\">") == isPrinted)
    #expect(printed.contains("href=\"#t-place\"") == isPrinted)
    #expect(printed.contains(lead) != isPrinted)
    let word = WordPage(pictures: ["chart": "chart.png"]).render(paper)
    #expect(word.contains("w:tblCaption w:val=&quot;Figure 1 as a table. A caption&quot;") == isPrinted)
    #expect(word.contains(lead) != isPrinted)
    #expect(
      try HTMLRenderer(charts: ["chart": "<svg/>"]).render(paper).contains("<caption id=\"t-caption\">"))
  }

  /// Four rows of nine numbers would have room on a page: what most readers may skip is not printed, however small.
  @Test func `of a table that most readers may skip paper and Word say where it is`() throws {
    let skipped = Block.annex(table((0..<9).map { .whole($0) }, rows: 4))
    let place = "<p>A caption: this table is on the web page of this paper, and in the workbook.</p>"
    #expect(PrintPage(charts: [:]).block(skipped) == place)
    #expect(WordPage(pictures: [:]).block(skipped) == place)
    #expect(HTMLRenderer(charts: [:]).block(skipped).contains("<details>\n<summary>A caption</summary>"))
    #expect(!skipped.isWide { _ in true })
  }

  @Test func `without its chart even a large table is printed`() throws {
    #expect(try PrintPage(charts: [:]).render(paper(rows: 50)).contains("<caption id=\"t-caption\">"))
    #expect(WordPage(pictures: [:]).render(paper(rows: 50)).contains("w:tblCaption"))
  }

  @Test func `each row of every table has a cell for each column`() throws {
    for run in [SharedRun.town, SharedRun.county, SharedRun.island] {
      let run = try run.get()
      for table in run.papers.flatMap(\.tables) + run.tables.all {
        #expect(table.rows.allSatisfy { $0.count == table.columns.count }, "\(table.id)")
      }
    }
  }

  @Test func `each assumption is in the log of one paper, which is printed`() throws {
    let run = try SharedRun.county.get()
    let logs = run.papers.map { paper in
      paper.tables.filter { $0.id == "assumptions" }.flatMap(\.rows).compactMap { $0.last?.stored }
    }
    #expect(logs.allSatisfy { !$0.isEmpty })
    #expect(logs.flatMap(\.self).sorted() == run.input.model.assumptions.map(\.key).sorted())
    for paper in run.papers {
      #expect(try PrintPage(charts: [:]).render(paper).contains("<caption id=\"assumptions-caption\">"))
    }
    #expect(logs[0].contains("programme.discount_rate") && logs[1].contains("uncertainty.births"))
  }
}
