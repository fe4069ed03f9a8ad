public import PlacePlanning

/// Spending against budget in the year under way.
public struct ProgrammeMonitor: Sendable {
  public struct Line: Sendable {
    public let name: String
    /// **Units** whole pounds, cash.
    public let revised: Int
    public let spent: Int
    /// What the profile expects by now, to the nearest pound.
    public let expected: Int
    public let reason: String?

    /// Spent less expected: negative is slow.
    public var variance: Int { spent - expected }
    /// As a share of what was expected; nil when nothing was.
    public var varianceShare: Double? { expected == 0 ? nil : Double(variance) / Double(expected) }
    public var unspent: Int { revised - spent }
    /// Above 10% either way.
    public var needsReason: Bool { (varianceShare.map { abs($0) } ?? 0) > 0.1 }
  }

  public let financialYear: String
  public let monthsElapsed: Int
  /// The share of the year's spending that the profile expects by now.
  public let expectedShare: Double
  public let lines: [Line]
  public let slipping: [SpendingPosition.SlippingScheme]

  public var total: Line {
    Line(
      name: "Total", revised: lines.reduce(0) { $0 + $1.revised },
      spent: lines.reduce(0) { $0 + $1.spent }, expected: lines.reduce(0) { $0 + $1.expected },
      reason: nil)
  }

  /// The last month counted, by name.
  public var lastMonth: String {
    let months = [
      "April", "May", "June", "July", "August", "September", "October", "November", "December",
      "January", "February", "March",
    ]
    return months[(monthsElapsed - 1) % 12]
  }
}

/// Sets what was spent beside what the profile expects by now.
public func monitor(_ position: SpendingPosition) -> ProgrammeMonitor {
  let share =
    position.cumulativeProfile.indices.contains(position.monthsElapsed - 1)
    ? position.cumulativeProfile[position.monthsElapsed - 1] : 0
  return ProgrammeMonitor(
    financialYear: position.financialYear, monthsElapsed: position.monthsElapsed,
    expectedShare: share,
    lines: position.lines.map { line in
      .init(
        name: line.name, revised: line.revisedBudget.pounds, spent: line.spentToDate.pounds,
        expected: Int((Double(line.revisedBudget.pounds) * share).rounded()), reason: line.reason)
    },
    slipping: position.slipping)
}
