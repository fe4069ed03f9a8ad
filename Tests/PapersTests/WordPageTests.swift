import Foundation
import PlacePlanning
import Runs
import Testing

@testable import Papers

/// What leads where in a Word document, and what stays together on its pages; how wide and how long a table is.
@Suite struct WordPageTests {
  private func table(
    _ id: String, rows: Int, columns: Int = 2, heading: String = "Column", numbers: [Int] = []
  )
    -> Table
  {
    Table(
      id: id, caption: "The table \(id)",
      columns: [.init("name", "Name", isNumber: false)]
        + (1...columns).map { .init("c\($0)", "\(heading) \($0)") },
      rows: (0..<rows).map { row in [.text("Row \(row)")] + (1...columns).map { .whole(row * 1_000_000 + $0) }
      },
      footnote: Footnote(sources: ["a source"], numbers: numbers, mark: .derived))
  }

  private func word(_ sections: [Section]) -> String {
    let paper = Paper(name: "paper", title: "A paper", header: [], notices: [], sections: sections)
    return xml(WordPage(pictures: ["chart": "chart.png"]).render(paper))
  }

  private func xml(_ page: String) -> String {
    page.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
  }

  @Test func `the list of contents stands after the section in brief and leads to the others`() throws {
    let sections = ["in-brief", "one", "two"].map { id in
      Section(id: id, heading: "About \(id)", blocks: [.paragraph("Text of \(id).")])
    }
    let page = word(sections)
    let list = try #require(page.range(of: "In this paper")).lowerBound
    #expect(try #require(page.range(of: "Text of in-brief.")).lowerBound < list)
    #expect(try #require(page.range(of: "Text of one.")).lowerBound > list)
    #expect(page.contains("<p><a href=\"#one\">About one</a></p>\n<p><a href=\"#two\">About two</a></p>"))
    #expect(!page.contains("href=\"#in-brief\""))
    #expect(word([sections[1]]).contains("<p><a href=\"#one\">About one</a></p>"))
  }

  @Test func `what is drawn has its table at the end, on paper and in Word`() throws {
    let figure = Figure(
      id: "chart", title: "A chart", alternative: "What it shows", specification: "{}",
      table: table("t", rows: 3))
    let paper = Paper(
      name: "paper", title: "A paper", header: [], notices: [],
      sections: [Section(id: "s", heading: "A section", blocks: [.figure(figure)])])
    #expect(paper.printedSections { _ in true }.map(\.id) == ["s", "figures-behind-the-charts"])
    #expect(paper.printedSections { _ in false }.map(\.id) == ["s"])
    #expect(
      try PrintPage(charts: ["chart": "<svg/>"]).render(paper).contains("href=\"#figures-behind-the-charts\"")
    )
    #expect(word(paper.sections).contains("<a href=\"#figures-behind-the-charts\">"))
  }

  @Test func `data sets that are named by number lead to their list`() {
    let page = word([
      Section(
        id: "s", heading: "A section",
        blocks: [.table(table("t", rows: 1, numbers: [1, 4])), .table(table("datasets", rows: 4))])
    ])
    #expect(page.ranges(of: "<w:hyperlink w:anchor=\"datasets-caption\"").count == 1)
    #expect(page.contains(">data sets 1 and 4</w:t></w:r></w:hyperlink>"))
    #expect(page.ranges(of: "w:name=\"datasets-caption\"").count == 1)
  }

  /// A screen reader says it before the table; the names of ten data sets would come before every figure.
  @Test func `what describes a table names its data sets by number, as the line below it does`() {
    let page = word([
      Section(id: "s", heading: "A section", blocks: [.table(table("t", rows: 1, numbers: [1, 2, 3, 7]))])
    ])
    #expect(
      page.contains("w:tblDescription w:val=\"Source: data sets 1 to 3 and 7. These figures are derived"))
    #expect(!page.contains("a source"))
  }

  /// A row of three cells keeps with the next in each of them.
  @Test(arguments: [(2, 3), (19, 20), (20, 4), (60, 4)])
  func `a short table stays together, a long one leaves no scrap`(rows: Int, keeping: Int) {
    let block = Block.table(table("t", rows: rows))
    let cells = xml(WordPage(pictures: [:]).block(block)).split(separator: "<w:tbl>")[1]
    #expect(cells.ranges(of: "<w:keepNext/>").count == keeping * 3)
  }

  @Test func `a paper that ends on wide pages ends with the mark of their end`() throws {
    let wide = table("wide", rows: 2, columns: 12)
    #expect(TableLayout(wide).isWide)
    let page = word([Section(id: "s", heading: "A section", blocks: [.table(wide)])])
    let end = try #require(page.range(of: "w:orient=\"landscape\"")).upperBound
    #expect(!page[end...].contains("<w:t "))
  }

  @Test func `a heading of a number takes some four lines where there is room`() {
    let long = "Missing places that it makes good, average of all years"
    let layout = TableLayout(table("t", rows: 9, columns: 3, heading: long))
    #expect(!layout.isWide)
    for width in layout.widths(layout.parts[0]).dropFirst() { #expect(width >= long.count / 4) }
    #expect(TableLayout(table("t", rows: 9, columns: 6, heading: long)).isWide)
    // A few rows may have a taller heading.
    #expect(!TableLayout(table("t", rows: 8, columns: 6, heading: long)).isWide)
  }

  @Test func `a few rows stand upright where their words fit`() throws {
    let county = try SharedRun.county.get().papers
    func isWide(_ id: String, _ paper: Int) throws -> Bool {
      TableLayout(try county[paper].table(id)).isWide
    }
    let upright = [try isWide("approved-changes", 0), try isWide("county", 1)]
    #expect(upright == [false, false])
    // Sums of nine columns fit no upright line, and long keys would break.
    let wide = [try isWide("rivals-table-1", 0), try isWide("assumptions", 0), try isWide("assumptions", 1)]
    #expect(wide == [true, true, true])
  }

  @Test func `a table of tall rows is long, as one of many rows is`() {
    func tall(_ letters: Int) -> Table {
      let text = String(repeating: "word ", count: letters / 5)
      return Table(
        id: "t", caption: "A caption", columns: ["a", "b"].map { .init($0, $0, isNumber: false) },
        rows: Array(repeating: [.text(text), .text(text)], count: 10),
        footnote: Footnote(sources: ["a source"], mark: .given))
    }
    #expect(!TableLayout(tall(60)).isLong)
    #expect(TableLayout(tall(400)).isLong)
  }
}
