import Foundation
import OpenData
import PlacePlanning
import Runs
import TestSupport
import Testing

@testable import Papers

/// What each kind of block becomes in each format that is text.
@Suite struct PaperGoldens {
  private static let kinds = ["heading", "paragraph", "bullets", "definitions", "table", "figure", "annex"]

  /// The first block of a kind in the awkward paper.
  private func block(_ kind: String) throws -> Block {
    let blocks = AwkwardPaper.paper.sections.flatMap(\.blocks)
    return try #require(
      blocks.first { block in
        switch (block, kind) {
        case (.heading, "heading"), (.paragraph, "paragraph"), (.bullets, "bullets"),
          (.definitions, "definitions"),
          (.figure, "figure"), (.annex, "annex"):
          true
        case (.table(let table), "table"): table.id == "one-area-table"
        default: false
        }
      })
  }

  @Test(arguments: kinds)
  func `a block on a screen, on paper and in Word`(_ kind: String) throws {
    let block = try block(kind)
    let charts = ["awkward-line": "<svg/>"]
    try expectGolden(HTMLRenderer(charts: charts).block(block) + "\n", "papers/\(kind).html")
    try expectGolden(PrintPage(charts: charts).block(block) + "\n", "papers/\(kind).print.html")
    let word = WordPage(pictures: ["awkward-line": "chart.png"]).block(block)
    // One element a line, to be read.
    let xml = word.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("><w:", with: ">\n<w:")
    try expectGolden(xml + "\n", "papers/\(kind).docx.html")
  }

  @Test func `a figure without its chart is its table`() throws {
    let block = try block("figure")
    let text = HTMLRenderer(charts: [:]).block(block)
    #expect(text.contains("<table>") && !text.contains("<img") && !text.contains("<details"))
    #expect(!PrintPage(charts: [:]).block(block).contains("<img"))
    #expect(!WordPage(pictures: [:]).block(block).contains("<img"))
  }

  /// The fixture from which the tests of documents make the awkward paper in every format.
  @Test func `the awkward paper as content`() throws {
    let json = String(decoding: try AwkwardPaper.paper.json(), as: UTF8.self)
    try expectGolden(json, "papers/awkward-paper.json", in: "Tests/Fixtures/awkward-run")
  }

  @Test func `what is written as JSON is read back`() throws {
    let data = try AwkwardPaper.paper.json()
    #expect(try Paper(json: data).json() == data)
    let other = String(decoding: data, as: UTF8.self).replacing("places-paper/1", with: "places-paper/9")
    #expect(throws: PaperFormatError.self) { try Paper(json: Data(other.utf8)) }
    #expect(throws: DecodingError.self) { try Paper(json: Data("{}".utf8)) }
  }

  @Test func `open data of the invented town`() throws {
    let copy = try ModelCopy()
    let run = try PlanningRun(copy.request())
    let codes = try #require(run.input.model.identity.openData)
    let files = try openDataFiles(
      run.input.model, codes, run.pupils, run.balance, suppressBelow: codes.suppressBelow)
    for file in files {
      #expect(file.faults.isEmpty, "\(file.name): \(file.faults)")
      try expectGolden(file.metaCSV, "open-data/\(file.name).meta.csv")
    }
    try expectGolden(files[0].csv, "open-data/pupil-forecast.csv")
    // The town has counts below 30; with that threshold none of them may be there.
    let hidden = try openDataFiles(run.input.model, codes, run.pupils, run.balance, suppressBelow: 30)
    for file in hidden where file.name.hasPrefix("pupil-forecast") {
      #expect(file.faults.isEmpty)
      let counts = file.rows.flatMap { $0.suffix(2) }
      #expect(counts.contains("c"))
      #expect(counts.compactMap { Int($0) }.allSatisfy { $0 == 0 || $0 >= 30 })
    }
    for (shown, hidden) in zip(files, hidden) { #expect(shown.rows.count == hidden.rows.count) }
  }
}

@Suite struct TableLayouts {
  private func tables() -> [String: Table] {
    Dictionary(AwkwardPaper.paper.tables.map { ($0.id, $0) }) { first, _ in first }
  }

  @Test func `a narrow table is upright, a wide one is on a wide page, and the widest in parts`() throws {
    let tables = tables()
    let narrow = TableLayout(try #require(tables["hidden"]))
    #expect(!narrow.isWide && narrow.parts.count == 1)
    let wide = TableLayout(try #require(tables["wide-only"]))
    #expect(wide.isWide && wide.parts.count == 1)
    let widest = TableLayout(try #require(tables["thirty-columns"]))
    #expect(widest.isWide && widest.parts.count > 1)
    #expect(widest.parts.allSatisfy { $0.columns[0].heading == "Name" && $0.rows.count == 3 })
    let columns = widest.parts.flatMap { $0.columns.dropFirst().map(\.name) }
    #expect(columns == (2018...2046).map { "year_\($0)" })
  }

  @Test func `no column is narrower than its longest number`() throws {
    for table in tables().values {
      let layout = TableLayout(table)
      for part in layout.parts {
        for (index, width) in layout.widths(part).enumerated() where part.columns[index].isNumber {
          #expect(width > part.rows.map { $0[index].shown.count }.max() ?? 0)
        }
      }
    }
  }

  @Test func `headings and a little text go with the wide table under them, and wide tables stand together`()
    throws
  {
    let section = try #require(AwkwardPaper.paper.sections.first { $0.id == "wide" })
    func runs(_ blocks: [Block]) -> [PageRun] {
      PageRun.runs(Section(id: "w", heading: "Wide", blocks: blocks)) {
        if case .table(let table) = $0 { TableLayout(table).isWide } else { false }
      }
    }
    #expect(runs(section.blocks).map(\.isWide) == [true])
    #expect(runs(section.blocks).map(\.items.count) == [4])
    let long = [Block.paragraph(String(repeating: "Wide. ", count: 151))] + section.blocks.dropFirst()
    #expect(runs(long).map(\.isWide) == [false, true])
    #expect(runs(long).map(\.items.count) == [2, 2])
    let between = runs(
      section.blocks + [.heading("Then"), .paragraph("Short.")] + section.blocks.dropFirst())
    #expect(between.map(\.isWide) == [true])
    #expect(between.map(\.items.count) == [8])
    #expect(runs(section.blocks + [.paragraph("Short.")]).map(\.isWide) == [true, false])
    let empty = PageRun.runs(Section(id: "e", heading: "Empty", blocks: [])) { _ in true }
    #expect(empty.map(\.isWide) == [false])
  }
}
