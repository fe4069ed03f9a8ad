public import PlacePlanning

/// Money that is not spent by the end of the last year in which it may be.
public struct DatedSpending: Hashable, Sendable {
  /// The name of the budget line.
  public let line: String
  public let payer: String
  /// The last year in which the money may be spent.
  public let deadline: FinancialYear
  /// The later year in which it is now to be spent. Nil where none is named: what is saved, what has moved out of the year's
  /// budget, and what is left of a line whose variance is not split.
  public let expectedSpending: FinancialYear?
  /// Whole pounds.
  public let pounds: Int
}

extension ProgrammeMonitor {
  /// Dated money that is not spent by its date: by deadline, who pays, name and year of spending, what has no such year last.
  ///
  /// A line's dated money is the larger of the year's two budgets, as first approved and as revised: what was moved out of the year
  /// keeps its date. Where the date is this year's end, what the year leaves of that money is at risk, saved or late. Where it is
  /// past, so is what the year spends. Where it is a later year's, nothing is yet.
  public var datesAtRisk: [DatedSpending] {
    guard let year = FinancialYear(label: financialYear) else { return [] }
    return lines.flatMap { Self.notSpentInTime($0, year) }.sorted {
      ($0.deadline, $0.payer, $0.line, $0.expectedSpending?.start ?? Int.max)
        < ($1.deadline, $1.payer, $1.line, $1.expectedSpending?.start ?? Int.max)
    }
  }

  /// All of ``datesAtRisk``. **Units** whole pounds.
  public var poundsAtRisk: Int { datesAtRisk.reduce(0) { $0 + $1.pounds } }

  /// Lines, by name, whose money must be spent by the end of this year and which do not say what the year is to end with.
  public var datesWithoutForecast: [String] {
    lines.filter { $0.outturn == nil && $0.spendBy?.label == financialYear }.map(\.name)
  }

  private static func notSpentInTime(_ line: Line, _ year: FinancialYear) -> [DatedSpending] {
    guard let deadline = line.spendBy, deadline <= year else { return [] }
    let isPast = deadline < year
    guard let outturn = line.outturn ?? (isPast ? line.spent : nil) else { return [] }
    let left = max(0, max(line.approved ?? 0, line.revised) - outturn)
    let carried = line.carryForward ?? 0
    let parts: [(year: FinancialYear?, pounds: Int)] = [
      (year, isPast ? outturn : 0), (year + 1, carried), (nil, left - carried),
    ]
    return parts.filter { $0.pounds > 0 }.map { part in
      DatedSpending(
        line: line.name, payer: line.fundedBy?.name ?? "Source not published", deadline: deadline,
        expectedSpending: part.year, pounds: part.pounds)
    }
  }
}
