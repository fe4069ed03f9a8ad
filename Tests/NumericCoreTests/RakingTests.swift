import NumericCore
import TestSupport
import Testing

struct RakingTests {
  private func table(_ rows: [[Double]]) -> LabelledMatrix {
    LabelledMatrix(
      rows: Axis("row", rows.indices.map { "r\($0)" }),
      columns: Axis("column", rows[0].indices.map { "c\($0)" })
    ) { rows[$0][$1] }
  }

  /// A table of ones becomes rows x columns / total.
  @Test("no pattern: independence")
  func independence() throws {
    let raked = try table([[1, 1], [1, 1]]).raked(rowTotals: [3, 7], columnTotals: [4, 6])
    for (found, wanted) in zip(raked.values, [1.2, 1.8, 2.8, 4.2]) { expectClose(found, wanted) }
  }

  /// The odds ratio 4 stays: x squared = 4 (3 - x) squared has x = 2.
  @Test("a pattern with an odds ratio of 4")
  func oddsRatio() throws {
    let raked = try table([[4, 1], [1, 1]]).raked(rowTotals: [3, 3], columnTotals: [3, 3])
    for (found, wanted) in zip(raked.values, [2.0, 1, 1, 2]) { expectClose(found, wanted, within: 1e-8) }
  }

  @Test("noughts of the pattern stay; a margin of nought empties its row")
  func noughts() throws {
    let raked = try table([[5, 0], [1, 1], [1, 1]]).raked(rowTotals: [2, 0, 4], columnTotals: [3, 3])
    for (found, wanted) in zip(raked.values, [2.0, 0, 0, 0, 1, 3]) {
      expectClose(found, wanted, within: 1e-8)
    }
    #expect(raked[0, 1] == 0 && raked.row(1) == [0, 0])
  }

  @Test("one margin: rows are scaled, or refused")
  func oneMargin() throws {
    let given = table([[1, 3], [0, 0], [2, 2]])
    #expect(try given.scaled(rowTotals: [8, 0, 4]).values == [2, 6, 0, 0, 2, 2])
    for (totals, why) in [
      ([8.0, 1, 4], "'r1' must reach 1.0 but its cells are all nought"),
      ([8], "the margin does not have the table's size"),
    ] {
      let refusal = #expect(throws: RakingFailure.self) { try given.scaled(rowTotals: totals) }
      #expect(refusal?.description == why)
    }
  }

  @Test("margins of nought")
  func empty() throws {
    #expect(try table([[1, 2]]).raked(rowTotals: [0], columnTotals: [0, 0]).values == [0, 0])
  }

  @Test(
    "margins that cannot be met are refused, and the refusal says why",
    arguments: [
      ([[1.0, 1], [1, 1]], [3.0], [1.0, 2], "the margins do not have the table's size"),
      ([[1, 1], [1, 1]], [3, -1], [1, 1], "a margin or a cell is negative or not a number"),
      ([[1, -1], [1, 1]], [1, 1], [1, 1], "a margin or a cell is negative or not a number"),
      ([[1, .nan], [1, 1]], [1, 1], [1, 1], "a margin or a cell is negative or not a number"),
      ([[1, 1], [1, 1]], [3, 3], [3, 4], "the rows add to 6.0, the columns to 7.0"),
      ([[0, 0], [1, 1]], [1, 1], [1, 1], "'r0' must reach 1.0 but its cells are all nought"),
      ([[1, 0], [1, 0]], [1, 1], [1, 1], "'c1' must reach 1.0 but its cells are all nought"),
      // The first row may only use the first column, which is too small for it.
      ([[1, 0], [1, 1]], [2, 1], [1, 2], "the margins cannot be met from this pattern: 'r"),
    ] as [([[Double]], [Double], [Double], String)])
  func refusals(pattern: [[Double]], rows: [Double], columns: [Double], why: String) {
    let refusal = #expect(throws: RakingFailure.self) {
      try table(pattern).raked(rowTotals: rows, columnTotals: columns)
    }
    #expect(refusal?.description.hasPrefix(why) == true)
  }

  /// Columns 0 and 1 send 3 each to rows 0 and 1 alone, which may have 2 each; column 2 is left with 1 for three rows of 1.
  @Test("rows that have too much between them are named together")
  func together() {
    let refusal = #expect(throws: RakingFailure.self) {
      try table([[1, 1, 1], [1, 1, 0], [0, 0, 1], [0, 0, 1], [0, 0, 1]])
        .raked(rowTotals: [2, 2, 1, 1, 1], columnTotals: [3, 3, 1])
    }
    #expect(refusal?.rows.map(\.label) == ["r0", "r1"])
    #expect(refusal?.rows.map(\.margin) == [2, 2])
    expectClose(refusal?.rows.map(\.sum).reduce(0, +), 6, within: 1e-6)
  }
}
