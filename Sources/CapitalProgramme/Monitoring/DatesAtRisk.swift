public import PlacePlanning

/// Money that would be spent after the last year in which it may be.
public struct DatedSpending: Hashable, Sendable {
  /// The name of the budget line.
  public let line: String
  public let payer: String
  /// The last year in which the money may be spent.
  public let deadline: FinancialYear
  /// The last year in which it will now be spent.
  public let expectedSpending: FinancialYear
  /// Whole pounds.
  public let pounds: Int
}

extension ProgrammeMonitor {
  /// Lines whose carry-forward would be spent after the last year in which its money may be: by deadline, then who pays and name.
  public var datesAtRisk: [DatedSpending] {
    guard let year = FinancialYear(label: financialYear) else { return [] }
    return lines.compactMap { line -> DatedSpending? in
      guard let deadline = line.spendBy, let carried = line.carryForward, carried > 0, year + 1 > deadline
      else { return nil }
      return DatedSpending(
        line: line.name, payer: line.fundedBy?.name ?? "Source not published", deadline: deadline,
        expectedSpending: year + 1, pounds: carried)
    }.sorted { ($0.deadline, $0.payer, $0.line) < ($1.deadline, $1.payer, $1.line) }
  }
}
