import Foundation
import Papers
import Runs
import Testing

@testable import Papers

/// What comes first, what is printed once, and what charts tell without colour.
@Suite struct ReadingOrderTests {
  private func position(_ text: String, in page: String) throws -> String.Index {
    try #require(page.range(of: text), "\(text) is not there").lowerBound
  }

  @Test func `the paper in brief stands before the list of contents`() throws {
    for paper in try SharedRun.county.get().papers {
      let page = try HTMLRenderer(charts: [:]).render(paper)
      let printed = try PrintPage(charts: [:]).render(paper)
      for page in [page, printed] {
        #expect(try position("<h2 id=\"in-brief\">", in: page) < position("contents-heading", in: page))
        #expect(!page.contains("href=\"#in-brief\""))
        #expect(page.ranges(of: "<h2 id=\"in-brief\">").count == 1)
      }
    }
    let other = Paper(
      name: "n", title: "t", header: [], notices: [],
      sections: [Section(id: "first", heading: "First", blocks: [])])
    let page = try HTMLRenderer(charts: [:]).render(other)
    #expect(try position("contents-heading", in: page) < position("<h2 id=\"first\">", in: page))
  }

  @Test func `no table is printed twice`() throws {
    for paper in try SharedRun.county.get().papers {
      let charts = Dictionary(uniqueKeysWithValues: paper.figures.map { ($0.id, "<svg/>") })
      let page = try PrintPage(charts: charts).render(paper)
      let ids = page.matches(of: #/ id="([^"]+)"/#).map { String($0.1) }
      #expect(Set(ids).count == ids.count)
      for target in page.matches(of: /href="#([^"]+)"/) {
        #expect(ids.contains(String(target.1)), "nothing is called \(target.1)")
      }
      for figure in paper.numbered.figures {
        let isPrinted = paper.openTable(behind: figure) != nil
        #expect(
          page.contains("id=\"\(figure.table.id)-place\"") == (!isPrinted && figure.isTablePrinted))
        let word = WordPage(pictures: charts).render(paper)
        if let open = paper.numbered.openTable(behind: figure) {
          #expect(word.contains(escaped(escaped("The figures behind this chart: \(open.caption)."))))
        }
        if isPrinted { #expect(!word.contains(escaped(escaped(figure.table.caption)) + "&lt;/w:t")) }
      }
    }
    let demographic = try SharedRun.county.get().papers[1]
    let births = try #require(demographic.figures.first { $0.id == "births-chart" })
    #expect(demographic.openTable(behind: births)?.id == "births-table")
    let areas = try #require(demographic.figures.first { $0.id == "areas-chart-primary-1" })
    #expect(demographic.openTable(behind: areas) == nil)
  }

  @Test(arguments: [(0, []), (1, [1]), (24, [24]), (25, [12, 13]), (44, [22, 22]), (73, [18, 18, 18, 19])])
  func `small charts come two dozen at most to a figure`(count: Int, sizes: [Int]) {
    let parts = SmallMultiples.parts(Array(0..<count))
    #expect(parts.map(\.count) == sizes)
    #expect(parts.flatMap { $0 } == Array(0..<count))
  }

  @Test func `areas of the county stand in figures of two dozen at most`() throws {
    let figures = try SharedRun.county.get().papers[1].figures.filter { $0.id.hasPrefix("areas-chart") }
    #expect(figures.map(\.table.rows.count) == [22, 22, 10])
    #expect(figures.map(\.id).last == "areas-chart-secondary")
    #expect(Set(figures.map(\.table.caption)).count == 3, "regions of a page need names of their own")
  }

  @Test func `bars stand out from white, from each other in grey, and so do their numbers`() throws {
    let fills = try StackedBars.fills.map { try luminance($0.fill) }
    let inks = try StackedBars.fills.map { try luminance($0.ink) }
    #expect(fills.allSatisfy { contrast($0, 1) >= 3 })
    for (fill, ink) in zip(fills, inks) { #expect(contrast(fill, ink) >= 4.5) }
    let grey = fills.sorted()
    for (darker, lighter) in zip(grey, grey.dropFirst()) { #expect(contrast(darker, lighter) >= 1.4) }
  }

  @Test func `parts of bars bear the number that the key names, where there is room`() throws {
    let bars = StackedBars(
      valueTitle: "£ million",
      parts: [("Grant", [("2018/19", 10), ("2019/20", 0)]), ("Loan", [("2018/19", 0.1), ("2019/20", 5)])])
    let chart = try JSONSerialization.jsonObject(with: Data(bars.specification.utf8))
    let layers = try #require((chart as? [String: Any])?["layer"] as? [[String: Any]])
    #expect(layers.count == 3)
    let numbers = layers.dropFirst().compactMap {
      (($0["data"] as? [String: Any])?["values"] as? [[String: Any]])
    }
    #expect(numbers.map { $0.map { $0["number"] as? String } } == [["1"], ["2"]])
    #expect(numbers.map { $0.map { $0["year"] as? String } } == [["2018/19"], ["2019/20"]])
    #expect(bars.specification.contains("1 Grant") && bars.specification.contains("2 Loan"))
    let nothing = StackedBars(valueTitle: "", parts: [("Grant", [("2018/19", 0)])])
    #expect(!nothing.specification.contains("number"))
  }

  @Test func `headings of ranges and year groups are whole`() throws {
    let paper = try SharedRun.county.get().papers[1]
    for table in paper.tables {
      let headings = table.columns.map(\.heading)
      #expect(Set(headings).count == headings.count, "two columns of \(table.id) have one heading")
      #expect(!headings.contains("to") && !headings.contains("R to 6"))
    }
  }
}
