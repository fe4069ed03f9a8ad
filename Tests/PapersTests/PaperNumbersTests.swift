import PlacePlanning
import Runs
import Spreadsheets
import Testing

@testable import Papers

/// What readers of every format call a table or a figure.
@Suite struct PaperNumbersTests {
  private func table(_ id: String, _ caption: String, rows: String? = nil) -> Table {
    Table(
      id: id, caption: caption,
      columns: [.init("name", "Name", isNumber: false), .init("pupils", "Pupils")],
      rows: ["first", "last"].enumerated().map { [.text("\(rows ?? id) \($1)"), .whole(30 + 30 * $0)] },
      footnote: Footnote(sources: ["a source"], mark: .derived))
  }

  private func figure(_ id: String, _ title: String) -> Figure {
    Figure(
      id: id, title: title, alternative: "What it shows", specification: "{}",
      table: table("\(id)-table", "Of \(title)"))
  }

  private var paper: Paper {
    Paper(
      name: "paper", title: "A paper", header: [], notices: [],
      sections: [
        Section(
          id: "one", heading: "One",
          blocks: [.table(table("a", "Need")), .paragraph("Text."), .figure(figure("f", "Births"))]),
        Section(
          id: "two", heading: "Two",
          blocks: [
            .annex(table("b", "Table 1. Budgets")), .figure(figure("g", "Costs")),
            .table(table("c", "Homes")),
          ]),
      ])
  }

  private let charts = ["f": "<svg/>", "g": "<svg/>"]

  private func captions(_ page: String) -> [String] {
    page.matches(of: /<(?:caption id="[^"]+"><span|figcaption[^>]*)>([^<]+)</).map { String($0.1) }
  }

  @Test func `tables and figures are counted through the paper, each kind by itself`() {
    #expect(paper.numbered.figures.map(\.title) == ["Figure 1. Births", "Figure 2. Costs"])
    #expect(
      paper.numbered.tables.map(\.caption) == [
        "Table 1. Need", "Figure 1 as a table. Of Births", "Table 2. Budgets",
        "Figure 2 as a table. Of Costs",
        "Table 3. Homes",
      ])
    #expect(paper.numbered.numbered.tables.map(\.caption) == paper.numbered.tables.map(\.caption))
    #expect(paper.numbered.numbered.figures.map(\.title) == paper.numbered.figures.map(\.title))
    #expect(paper.numbered.tables.map(\.id) == paper.tables.map(\.id))
  }

  @Test func `a page on a screen, a printed one and a Word document say the same numbers`() throws {
    #expect(
      try captions(HTMLRenderer(charts: charts).render(paper)) == [
        "Table 1. Need", "Figure 1. Births", "Figure 1 as a table. Of Births", "Table 2. Budgets",
        "Figure 2. Costs", "Figure 2 as a table. Of Costs", "Table 3. Homes",
      ])
    let atTheEnd = [
      "Table 1. Need", "Figure 1. Births", "Figure 2. Costs", "Table 3. Homes",
      "Figure 1 as a table. Of Births", "Figure 2 as a table. Of Costs",
    ]
    let left =
      "<p>Table 2. Budgets: this table is on the web page of this paper, and in the workbook.</p>"
    let printed = try PrintPage(charts: charts).render(paper)
    #expect(captions(printed) == atTheEnd)
    #expect(printed.contains(left))
    let word = WordPage(pictures: ["f": "f.png", "g": "g.png"]).render(paper)
    let said = word.matches(of: /TableCaption.*?preserve&quot;&gt;(.*?)&lt;\/w:t/).map { String($0.1) }
    #expect(said == atTheEnd)
    #expect(word.contains(left))
  }

  @Test func `a chart that is not drawn keeps its number`() throws {
    let inPlace = [
      "Table 1. Need", "Figure 1. Births", "Figure 2 as a table. Of Costs", "Table 3. Homes",
      "Figure 1 as a table. Of Births",
    ]
    #expect(try captions(PrintPage(charts: ["f": "<svg/>"]).render(paper)) == inPlace)
  }

  @Test func `links and the foot of a chart name the table by its number`() throws {
    let paper = Paper(
      name: "paper", title: "A paper", header: [], notices: [],
      sections: [
        Section(
          id: "one", heading: "One",
          blocks: [.figure(figure("f", "Births")), .table(table("t", "Need", rows: "f-table"))])
      ])
    let page = try HTMLRenderer(charts: charts).render(paper)
    #expect(page.contains("<a href=\"#t-caption\">The figures behind this chart: Table 1. Need</a>"))
    let printed = try PrintPage(charts: charts).render(paper)
    #expect(printed.contains("<a href=\"#t-place\">The figures behind this chart: Table 1. Need</a>"))
  }

  @Test func `the workbook calls tables by their numbers, and sheets by their names`() throws {
    let book = PaperWorkbook([paper], tables: [table("data", "A data file")]).workbook
    #expect(
      book.sheets.map(\.name) == [
        "Cover", "Contents", "Notes", "Need", "Of Births", "Table 1. Budgets", "Of Costs", "Homes", "data",
      ])
    func text(_ cell: Sheet.Cell?) -> String? {
      if case .text(let text, _)? = cell { text } else { nil }
    }
    #expect(
      book.sheets[1].rows.dropFirst(3).map { text($0[1]) } == [
        "Table 1. Need", "Figure 1 as a table. Of Births", "Table 2. Budgets",
        "Figure 2 as a table. Of Costs",
        "Table 3. Homes", "A data file",
      ])
    #expect(text(book.sheets[3].rows[0].first) == "Table 1. Need")
  }

  @Test func `the numbers of both papers of the county run from 1 without a gap`() throws {
    for paper in try SharedRun.county.get().papers {
      let charts = Dictionary(uniqueKeysWithValues: paper.figures.map { ($0.id, "<svg/>") })
      let found = try captions(HTMLRenderer(charts: charts).render(paper))
      for kind in ["Table", "Figure"] {
        let numbers: [Int] = found.compactMap { caption in
          let words = caption.prefix { $0 != "." }.split(separator: " ")
          return words.count == 2 && words[0] == kind ? Int(words[1]) : nil
        }
        #expect(numbers.count > 3)
        #expect(numbers == numbers.indices.map { $0 + 1 })
      }
    }
  }
}
