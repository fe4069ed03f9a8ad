import Foundation
import Testing

@testable import Spreadsheets

@Suite struct WorkbookTests {
  private func sheet(_ name: String, _ rows: [[Sheet.Cell]]) -> Sheet {
    Sheet(name: name, rows: rows, columnWidths: [20, 10])
  }

  @Test func `the same content gives the same bytes`() throws {
    let workbook = Workbook(title: "T", sheets: [sheet("A", [[.text("a"), .number(1.5, format: "0.0")]])])
    let (first, second) = (try workbook.data(), try workbook.data())
    #expect(first == second)
    #expect(first.starts(with: [0x50, 0x4B]))
  }

  @Test func `a text is a text, whatever it begins with`() throws {
    let texts = [
      "=1+1", "+1", "-1", "@SUM(A1)", "http://example.org", "007", "\u{1}x", "🏫 <b>&",
      String(repeating: "x", count: 40_000),
    ]
    let workbook = Workbook(title: "T", sheets: [sheet("A", texts.map { [.text($0)] })])
    #expect(try !workbook.data().isEmpty)
  }

  @Test(
    arguments: [
      ("programme", [], "programme"), ("programme", ["Programme"], "programme 2"),
      ("a/b:c*d?e[f]g\\h'i", [], "a b c d e f g h i"), ("", [], "Sheet"),
      (String(repeating: "n", count: 40), [], String(repeating: "n", count: 31)),
      (
        String(repeating: "n", count: 40), [String(repeating: "n", count: 31)],
        String(repeating: "n", count: 29) + " 2"
      ),
    ] as [(String, [String], String)])
  func `names that Excel takes`(_ wish: String, _ taken: [String], _ name: String) {
    #expect(Workbook.sheetName(wish, taken: Set(taken)) == name)
  }

  @Test(
    arguments: [
      ("", 10, 1), ("one", 10, 1), ("one two three", 8, 2), ("two\nlines", 30, 2),
      (String(repeating: "n", count: 100), 30, 4),
    ] as [(String, Double, Int)])
  func `lines of a text in a column`(_ text: String, _ width: Double, _ lines: Int) {
    #expect(Sheet.lines(text, width: width) == lines)
  }

  @Test func `a row is as high as the most lines of its cells`() throws {
    let long = String(repeating: "word ", count: 20)
    let sheet = sheet(
      "A",
      [[.text("a"), .number(1, format: "0")], [.text(long, .wrapped), .text("b")], [.text(long), .empty]])
    #expect(sheet.height(ofRow: 0) == nil)
    #expect(try #require(sheet.height(ofRow: 1)) > 60)
    // What is not wrapped lies over empty cells.
    #expect(sheet.height(ofRow: 2) == nil)
    #expect(
      Sheet(name: "B", rows: [[.text(long + long + long, .wrapped)]], columnWidths: [1]).height(ofRow: 0)
        == 409)
  }

  @Test(
    arguments: [
      ([2186, 2614], 2100, 100), ([621, 736], 600, 20), ([30, 30], 29.8, 0.2), ([1, 1000], 0.5, 200),
    ] as [([Double], Double, Double)])
  func `an axis that does not begin at nought`(_ values: [Double], _ start: Double, _ step: Double) throws {
    let axis = try #require(ValueAxis(values))
    #expect(abs(axis.start - start) < 1e-9 && abs(axis.step - step) < 1e-9, "\(axis)")
  }

  @Test func `an axis of no values, or of nought, says nothing`() {
    #expect(ValueAxis([]) == nil && ValueAxis([0, 5]) == nil && ValueAxis([-3, 5]) == nil)
  }

  @Test func `a chart stands under its table, and both are printed`() throws {
    let rows: [[Sheet.Cell]] =
      [[.text("A title", .title)], [.text("Year", .heading), .text("Pupils", .numberHeading)]]
      + (0..<3).map { [.text("year \($0)"), $0 == 0 ? .empty : .number(Double(100 + $0), format: "0")] }
    let chart = Sheet.Chart(
      kind: .line, title: "Pupils", valueTitle: "", isFromNought: false, alternative: "Two years",
      series: [.init(column: 1, colour: 0, dash: .dots)])
    let place = Sheet.TablePlace(headingRow: 1, columns: 2, rows: 3, hasTotalRow: false, name: "A")
    let sheet = Sheet(name: "A", rows: rows, columnWidths: [20, 10], table: place, chart: chart)
    #expect(sheet.charted == [101, 102])
    #expect(
      sheet.chartPlace?.row == 6 && sheet.printedRows > 20 && sheet.printedColumns > 8 && sheet.isUpright)
    #expect(try !Workbook(title: "T", sheets: [sheet]).data().isEmpty)
  }

  @Test func `a sheet that Excel would not take is refused`() {
    let workbook = Workbook(title: "T", sheets: [sheet("a:b", [])])
    #expect(throws: WorkbookFailure.self) { try workbook.data() }
  }
}
