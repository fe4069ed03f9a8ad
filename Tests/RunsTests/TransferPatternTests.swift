import Foundation
import TestSupport
import Testing

struct TransferPatternTests {
  /// All of Year 6 but Tidenham's can go to two secondary areas alone, which have 17,564 of the county's 37,868 secondary pupils, and so of
  /// 0.95 x 6,052 in Year 7: 2,666.7.
  @Test func `secondary areas that a pattern brings too much to between them are named together`() throws {
    let copy = try ModelCopy("gloucestershire")
    let path = "Datasets/gloucestershire-transfer-pattern/data.csv"
    let text = try String(contentsOf: copy.root.appendingPathComponent(path), encoding: .utf8)
    let cells = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let secondary = Set(cells.dropFirst().map { $0[1] })
    let rows = Set(cells.dropFirst().map { $0[0] }).sorted().flatMap { area in
      area == "9161100"
        ? secondary.sorted().map { "\(area),\($0),0.1" } : ["\(area),9162500,0.5", "\(area),9162600,0.5"]
    }
    let table = [cells[0].joined(separator: ",")] + rows
    try copy.write(path, (table.joined(separator: "\n") + "\n").utf8)
    let answer = try places("validate", copy.root.appendingPathComponent("Models/gloucestershire").path)
    #expect(answer.status == 65)
    #expect(
      answer.talk.contains(
        "to Cheltenham secondary (9162500) and Gloucester secondary (9162600) together, and their Year 7 of 2014/15 has "
          + "2666.7 without newcomers"), "\(answer.talk)")
  }
}
