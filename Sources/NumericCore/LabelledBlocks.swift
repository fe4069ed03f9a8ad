internal import COpenBLAS

/// One matrix for each label of an axis, all with the same rows and columns.
///
/// **Shape** blocks x rows x columns.
public struct LabelledBlocks: Hashable, Sendable {
  /// One label a block.
  public let blocks: Axis
  public let rows: Axis
  public let columns: Axis
  /// Block by block, each row by row.
  private let values: [[Double]]

  /// `element` gives a value by the positions of its block, row and column.
  public init(blocks: Axis, rows: Axis, columns: Axis, element: (Int, Int, Int) -> Double) {
    self.blocks = blocks
    self.rows = rows
    self.columns = columns
    values = (0..<blocks.count).map { block in
      LabelledMatrix(rows: rows, columns: columns) { element(block, $0, $1) }.values
    }
  }

  /// Each block times its own column of `other`: column `b` of the answer is block `b` x column `b`.
  ///
  /// **Shape** `other` is columns x blocks, the answer rows x blocks; both axes of `other` join by label and may stand in
  /// another order. The batch is one `dgemv` a block: a block meets one column only, so there is no wider product to be had.
  /// **Throws** `LabelMismatch`.
  public func timesColumns(_ other: LabelledMatrix) throws(LabelMismatch) -> LabelledMatrix {
    let vectors = try other.withRows(columns).transposed.withRows(blocks)
    var product = LabelledMatrix(rows: blocks, columns: rows)
    guard rows.count > 0, columns.count > 0 else { return product.transposed }
    BLAS.pinThreads()
    for block in values.indices {
      var answer = [Double](repeating: 0, count: rows.count)
      cblas_dgemv(
        CblasRowMajor, CblasNoTrans, Int32(rows.count), Int32(columns.count), 1, values[block],
        Int32(columns.count), vectors.row(block), 1, 0, &answer, 1)
      for (row, value) in answer.enumerated() { product[block, row] = value }
    }
    return product.transposed
  }
}
