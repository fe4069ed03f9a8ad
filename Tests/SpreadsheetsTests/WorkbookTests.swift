import Foundation
import Spreadsheets
import Testing

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

  @Test func `a sheet that Excel would not take is refused`() {
    let workbook = Workbook(title: "T", sheets: [sheet("a:b", [])])
    #expect(throws: WorkbookFailure.self) { try workbook.data() }
  }
}
