import NumericCore
import TestSupport
import Testing

struct LabelledMatrixTests {
  private let a = LabelledMatrix(rows: Axis("area", ["p", "q"]), columns: Axis("year", ["1", "2"])) {
    [[1, 2], [3, 4]][$0][$1]
  }
  private let b = LabelledMatrix(rows: Axis("year", ["1", "2"]), columns: Axis("path", ["x", "y", "z"])) {
    [[5, 6, 7], [8, 9, 10]][$0][$1]
  }

  @Test("a product by hand: 2 x 2 times 2 x 3")
  func product() throws {
    let product = try a.times(b)
    #expect(product.rows == Axis("area", ["p", "q"]))
    #expect(product.columns == Axis("path", ["x", "y", "z"]))
    #expect(product.values == [21, 24, 27, 47, 54, 61])
  }

  @Test("rows, columns and their sums")
  func sums() {
    #expect(b[1, 2] == 10)
    #expect(b.row(1) == [8, 9, 10])
    #expect(b.rowSums == [18, 27])
    #expect(b.columnSums == [13, 15, 17])
    var changed = b
    changed[0, 1] = -6
    #expect(changed.columnSums == [13, 3, 17] && b.columnSums == [13, 15, 17])
  }

  @Test("a matrix starts as noughts; an empty inner axis gives noughts")
  func noughts() throws {
    let none = Axis("none", [])
    let left = LabelledMatrix(rows: a.rows, columns: none)
    let right = LabelledMatrix(rows: none, columns: b.columns)
    #expect(try left.times(right).values == [0, 0, 0, 0, 0, 0])
    #expect(LabelledMatrix(rows: a.rows, columns: a.columns).values == [0, 0, 0, 0])
  }

  @Test("the same labels in another order are put in order before the product")
  func joinsByLabel() throws {
    let turned = LabelledMatrix(rows: Axis("year", ["2", "1"]), columns: b.columns) { b[1 - $0, $1] }
    #expect(turned != b)
    #expect(try a.times(turned) == a.times(b))
    #expect(try turned.withRows(b.rows) == b)
  }

  @Test(
    "matrices of fitting size but other labels are refused, and the refusal says why",
    arguments: [
      (Axis("month", ["1", "2"]), "'year' cannot be joined with 'month'"),
      (Axis("year", ["1"]), "'year' has 2 labels on one side, 1 on the other"),
      (Axis("year", ["1", "3"]), "label '2' of 'year' has no partner"),
      (Axis("year", ["2", "2"]), "label '2' stands twice in 'year'"),
    ])
  func refusals(axis: Axis, why: String) {
    let other = LabelledMatrix(rows: axis, columns: b.columns)
    let refusal = #expect(throws: LabelMismatch.self) { try a.times(other) }
    #expect(refusal?.description == why)
  }

  @Test("rows as columns, and back")
  func transposed() {
    #expect(b.transposed.values == [5, 8, 6, 9, 7, 10])
    #expect(b.transposed.rows == b.columns && b.transposed.columns == b.rows)
    #expect(b.transposed.transposed == b)
  }
}

struct LabelledBlocksTests {
  private let blocks = LabelledBlocks(
    blocks: Axis("district", ["p", "q"]), rows: Axis("row", ["x", "y", "z"]),
    columns: Axis("age", ["0", "1"])
  ) { [[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [0, 1]]][$0][$1][$2] }
  private let columns = LabelledMatrix(rows: Axis("age", ["0", "1"]), columns: Axis("district", ["p", "q"])) {
    [[1, 10], [2, 20]][$0][$1]
  }

  @Test("each block meets its own column")
  func product() throws {
    let product = try blocks.timesColumns(columns)
    #expect(product.rows == blocks.rows && product.columns == blocks.blocks)
    #expect(product.values == [5, 230, 11, 290, 17, 20])
  }

  @Test("rows and columns in another order join by label; strange ones are refused")
  func joins() throws {
    let turned = LabelledMatrix(rows: Axis("age", ["1", "0"]), columns: Axis("district", ["q", "p"])) {
      columns[1 - $0, 1 - $1]
    }
    #expect(try blocks.timesColumns(turned) == blocks.timesColumns(columns))
    for axis in [Axis("district", ["p", "r"]), Axis("area", ["p", "q"]), Axis("district", ["p"])] {
      #expect(throws: LabelMismatch.self) {
        try blocks.timesColumns(LabelledMatrix(rows: columns.rows, columns: axis))
      }
    }
  }

  @Test("no columns: noughts")
  func empty() throws {
    let none = Axis("age", [])
    let blocks = LabelledBlocks(blocks: columns.columns, rows: blocks.rows, columns: none) { _, _, _ in 1 }
    let product = try blocks.timesColumns(LabelledMatrix(rows: none, columns: columns.columns))
    #expect(product.values == [0, 0, 0, 0, 0, 0])
  }
}
