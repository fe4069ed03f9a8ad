internal import COpenBLAS

/// One side of a matrix: what it counts over, and a label for each row or column.
public struct Axis: Hashable, Sendable {
  public let name: String
  public let labels: [String]

  /// `name` is what is counted, such as `planning area`; labels come in the order of rows or columns.
  public init(_ name: String, _ labels: [String]) {
    self.name = name
    self.labels = labels
  }

  public var count: Int { labels.count }
}

/// Two matrices do not meet: their axes are named differently, or a label has no partner.
public struct LabelMismatch: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

/// A matrix whose rows and columns carry labels. Matrices join by label or refuse; size alone joins nothing.
///
/// **Shape** rows x columns, held row by row.
public struct LabelledMatrix: Hashable, Sendable {
  public let rows: Axis
  public let columns: Axis
  /// Row by row.
  public private(set) var values: [Double]

  /// A matrix of noughts.
  public init(rows: Axis, columns: Axis) {
    self.rows = rows
    self.columns = columns
    values = [Double](repeating: 0, count: rows.count * columns.count)
  }

  /// A matrix whose elements are worked out from the positions of row and column.
  public init(rows: Axis, columns: Axis, element: (Int, Int) -> Double) {
    self.init(rows: rows, columns: columns)
    for row in 0..<rows.count {
      for column in 0..<columns.count { self[row, column] = element(row, column) }
    }
  }

  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns.count + column] }
    set { values[row * columns.count + column] = newValue }
  }

  /// One row, by position.
  public func row(_ index: Int) -> [Double] {
    Array(values[index * columns.count..<(index + 1) * columns.count])
  }

  /// Rows as columns and columns as rows.
  public var transposed: LabelledMatrix {
    LabelledMatrix(rows: columns, columns: rows) { self[$1, $0] }
  }

  /// The sum of each row.
  public var rowSums: [Double] { (0..<rows.count).map { row($0).reduce(0, +) } }

  /// The sum of each column.
  public var columnSums: [Double] {
    (0..<columns.count).map { column in
      (0..<rows.count).reduce(0) { $0 + self[$1, column] }
    }
  }

  /// The product `self` x `other`, by BLAS.
  ///
  /// **Shape** (rows x inner) x (inner x columns). The inner axes must have one name and the same labels; where their order
  /// differs, `other` is reordered. **Throws** `LabelMismatch`.
  public func times(_ other: LabelledMatrix) throws(LabelMismatch) -> LabelledMatrix {
    let right = try other.withRows(columns)
    var product = LabelledMatrix(rows: rows, columns: other.columns)
    guard rows.count > 0, columns.count > 0, other.columns.count > 0 else { return product }
    BLAS.pinThreads()
    let (m, n, k) = (Int32(rows.count), Int32(other.columns.count), Int32(columns.count))
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, values, k, right.values, n, 0,
      &product.values, n)
    return product
  }

  /// The same matrix with its rows in the order of `axis`. **Throws** `LabelMismatch` unless name and labels agree.
  public func withRows(_ axis: Axis) throws(LabelMismatch) -> LabelledMatrix {
    guard rows.name == axis.name else {
      throw LabelMismatch(description: "'\(axis.name)' cannot be joined with '\(rows.name)'")
    }
    var position: [String: Int] = [:]
    for (index, label) in rows.labels.enumerated() {
      guard position.updateValue(index, forKey: label) == nil else {
        throw LabelMismatch(description: "label '\(label)' stands twice in '\(rows.name)'")
      }
    }
    if rows.labels == axis.labels { return self }
    guard rows.count == axis.count else {
      throw LabelMismatch(
        description: "'\(axis.name)' has \(axis.count) labels on one side, \(rows.count) on the other")
    }
    var reordered = LabelledMatrix(rows: axis, columns: columns)
    for (index, label) in axis.labels.enumerated() {
      guard let from = position.removeValue(forKey: label) else {
        throw LabelMismatch(description: "label '\(label)' of '\(axis.name)' has no partner")
      }
      for column in 0..<columns.count { reordered[index, column] = self[from, column] }
    }
    return reordered
  }
}

/// What the program asks of OpenBLAS.
enum BLAS {
  /// One thread: OpenBLAS splits sums differently for different thread counts, and then the last bits differ. The program
  /// uses both cores by working on separate blocks instead.
  static func pinThreads() { _ = pinned }

  private static let pinned: Void = openblas_set_num_threads(1)
}
