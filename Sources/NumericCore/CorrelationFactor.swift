internal import COpenBLAS

/// A matrix that no shocks can have as their correlations.
public struct CorrelationRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

/// The Cholesky factor L of a correlation matrix: L z has the correlations of L L' where z are independent standard normals.
///
/// A row of L uses the labels up to its own, so that a label added at the end moves no other label's shock.
public struct CorrelationFactor: Hashable, Sendable {
  /// Lower triangle, noughts above. **Shape** label x label.
  public let lower: LabelledMatrix

  /// **Throws** `CorrelationRefusal` unless the matrix has the same labels on both sides, ones on its diagonal, equal halves
  /// and is positive definite. **Units** none: correlations.
  public init(_ correlation: LabelledMatrix) throws(CorrelationRefusal) {
    let labels = correlation.rows.labels
    guard labels == correlation.columns.labels else {
      throw CorrelationRefusal(description: "rows and columns have different labels")
    }
    for row in labels.indices {
      guard abs(correlation[row, row] - 1) <= 1e-12 else {
        throw CorrelationRefusal(
          description: "'\(labels[row])' has correlation \(correlation[row, row]) with itself, not 1")
      }
      for column in 0..<row {
        let (one, other) = (correlation[row, column], correlation[column, row])
        guard one.isFinite, abs(one - other) <= 1e-12 else {
          throw CorrelationRefusal(
            description:
              "'\(labels[row])' and '\(labels[column])' have correlation \(one) one way round, \(other) the other"
          )
        }
      }
    }
    // Column by column, LAPACK's upper triangle is our lower one, row by row.
    var factor = correlation.values
    var (size, failed) = (Int32(labels.count), Int32(0))
    var leading = max(1, size)
    BLAS.pinThreads()
    dpotrf_("U", &size, &factor, &leading, &failed, 1)
    guard failed == 0 else {
      let label = labels.indices.contains(Int(failed) - 1) ? labels[Int(failed) - 1] : ""
      throw CorrelationRefusal(
        description: "no shocks can have these correlations: not positive definite from '\(label)' on")
    }
    lower = LabelledMatrix(rows: correlation.rows, columns: correlation.columns) { row, column in
      column <= row ? factor[row * labels.count + column] : 0
    }
  }

  /// Turns independent standard normals into correlated ones, in place. **Shape** label x draw, the draws of a label side by
  /// side; a buffer of another size is left as it is.
  public func correlate(_ shocks: UnsafeMutableBufferPointer<Double>, draws: Int) {
    let count = lower.rows.count
    guard let start = shocks.baseAddress, shocks.count == count * draws, !shocks.isEmpty else { return }
    BLAS.pinThreads()
    cblas_dtrmm(
      CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(count), Int32(draws), 1,
      lower.values, Int32(count), start, Int32(draws))
  }
}
