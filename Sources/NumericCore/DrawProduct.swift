internal import COpenBLAS

extension LabelledMatrix {
  /// The product of this matrix, or of its transpose, with a column for each draw.
  ///
  /// **Shape** `columns` and `product` hold the draws of a label side by side; buffers of another size are left as they are.
  public func apply(
    to columns: UnsafeMutableBufferPointer<Double>, into product: UnsafeMutableBufferPointer<Double>,
    draws: Int, transposed: Bool = false
  ) {
    let (inner, outer) = transposed ? (rows.count, self.columns.count) : (self.columns.count, rows.count)
    guard let right = columns.baseAddress, let answer = product.baseAddress, columns.count == inner * draws,
      product.count == outer * draws, inner > 0, !product.isEmpty
    else { return }
    BLAS.pinThreads()
    cblas_dgemm(
      CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CblasNoTrans, Int32(outer), Int32(draws),
      Int32(inner), 1, values, Int32(self.columns.count), right, Int32(draws), 0, answer, Int32(draws))
  }
}
