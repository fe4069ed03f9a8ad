/// The margins cannot be met from this starting table.
public struct RakingFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// A row that stays away from its margin.
  public struct Row: Hashable, Sendable {
    public let label: String
    /// What its cells come to, and what they should.
    public let sum: Double
    public let margin: Double
  }

  public let description: String
  /// The row furthest from its margin, where the margins alone are sound.
  public let row: Row?

  /// `description` says which totals cannot be met.
  public init(description: String, row: Row? = nil) {
    self.description = description
    self.row = row
  }
}

extension LabelledMatrix {
  /// The table nearest to this one, in relative entropy, whose rows and columns add to given margins (iterative
  /// proportional fitting; Deming and Stephan 1940).
  ///
  /// A nought in the starting table stays nought. **Throws** `RakingFailure` when the margins are negative, do not add to
  /// one total, or cannot be met to `tolerance` (the largest absolute difference from a row's margin; columns are exact to
  /// rounding).
  public func raked(
    rowTotals: [Double], columnTotals: [Double], tolerance: Double = 1e-9
  ) throws(RakingFailure) -> LabelledMatrix {
    guard rowTotals.count == rows.count, columnTotals.count == columns.count else {
      throw RakingFailure(description: "the margins do not have the table's size")
    }
    guard (rowTotals + columnTotals + values).allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw RakingFailure(description: "a margin or a cell is negative or not a number")
    }
    let total = rowTotals.reduce(0, +)
    guard abs(total - columnTotals.reduce(0, +)) <= 1e-9 * max(1, total) else {
      throw RakingFailure(
        description: "the rows add to \(total), the columns to \(columnTotals.reduce(0, +))")
    }
    var table = self
    for _ in 0..<20_000 {
      try table.scaleRows(to: rowTotals)
      try table.scaleColumns(to: columnTotals)
      let worst = zip(table.rowSums, rowTotals).map { abs($0 - $1) }.max() ?? 0
      if worst <= tolerance { return table }
    }
    // The row that stays furthest from its margin says where to look.
    func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
    let sums = table.rowSums
    let worst = sums.indices.max { abs(sums[$0] - rowTotals[$0]) < abs(sums[$1] - rowTotals[$1]) } ?? 0
    throw RakingFailure(
      description: "the margins cannot be met from this pattern: '\(rows.labels[worst])' comes to "
        + "\(tenths(sums[worst])), not to \(tenths(rowTotals[worst]))",
      row: RakingFailure.Row(label: rows.labels[worst], sum: sums[worst], margin: rowTotals[worst]))
  }

  /// The table with each row scaled to its total; a nought stays nought.
  ///
  /// **Throws** `RakingFailure` when the totals do not have the table's size, or when a row of noughts is to reach more.
  public func scaled(rowTotals: [Double]) throws(RakingFailure) -> LabelledMatrix {
    guard rowTotals.count == rows.count else {
      throw RakingFailure(description: "the margin does not have the table's size")
    }
    var table = self
    try table.scaleRows(to: rowTotals)
    return table
  }

  private mutating func scaleRows(to totals: [Double]) throws(RakingFailure) {
    for (row, sum) in rowSums.enumerated() {
      let factor = try Self.factor(totals[row], sum, rows.labels[row])
      for column in 0..<columns.count { self[row, column] *= factor }
    }
  }

  private mutating func scaleColumns(to totals: [Double]) throws(RakingFailure) {
    for (column, sum) in columnSums.enumerated() {
      let factor = try Self.factor(totals[column], sum, columns.labels[column])
      for row in 0..<rows.count { self[row, column] *= factor }
    }
  }

  private static func factor(
    _ wanted: Double, _ sum: Double, _ label: String
  ) throws(RakingFailure) -> Double {
    if wanted == 0 { return 0 }
    guard sum > 0 else {
      throw RakingFailure(description: "'\(label)' must reach \(wanted) but its cells are all nought")
    }
    return wanted / sum
  }
}
