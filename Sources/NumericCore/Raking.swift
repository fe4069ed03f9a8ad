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
  /// The row furthest from its margin and those that stay off theirs on the same side by as large a share or a larger one: together they
  /// have more than their margins, or less, whatever the cells are. Empty where the margins themselves are unsound.
  public let rows: [Row]

  /// `description` says which totals cannot be met.
  public init(description: String, rows: [Row] = []) {
    self.description = description
    self.rows = rows
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
    throw table.unmet(rowTotals)
  }

  /// What a table that stays off its rows' margins says of where to look. Rows that fail together end at one share of their margins.
  private func unmet(_ totals: [Double]) -> RakingFailure {
    func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
    let sums = rowSums
    let worst = sums.indices.max { abs(sums[$0] - totals[$0]) < abs(sums[$1] - totals[$1]) } ?? 0
    func share(_ row: Int) -> Double { totals[row] > 0 ? sums[row] / totals[row] - 1 : 0 }
    let together = sums.indices.filter { $0 == worst || share($0) / share(worst) >= 0.99 }
    return RakingFailure(
      description: "the margins cannot be met from this pattern: '\(rows.labels[worst])' comes to "
        + "\(tenths(sums[worst])), not to \(tenths(totals[worst]))",
      rows: together.map { RakingFailure.Row(label: rows.labels[$0], sum: sums[$0], margin: totals[$0]) })
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
