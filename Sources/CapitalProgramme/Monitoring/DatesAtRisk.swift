public import PlacePlanning

/// Spending of dated money, and how late the scheme runs.
public struct DatedSpending: Hashable, Sendable {
  public let scheme: String
  /// The agreement or the pot.
  public let pot: String
  /// The last year in which the money may be spent.
  public let deadline: FinancialYear
  /// The last year in which the plan spends it.
  public let lastSpending: FinancialYear
  public let slipYears: Int
  /// Whole pounds; nil where only the date is asked about.
  public let pounds: Int?

  /// `slipYears` is how many years late the scheme runs; `pounds` whole pounds.
  public init(
    scheme: String, pot: String, deadline: FinancialYear, lastSpending: FinancialYear, slipYears: Int,
    pounds: Int? = nil
  ) {
    self.scheme = scheme
    self.pot = pot
    self.deadline = deadline
    self.lastSpending = lastSpending
    self.slipYears = slipYears
    self.pounds = pounds
  }

  /// The last year in which it will now be spent.
  public var expectedSpending: FinancialYear { lastSpending + slipYears }
  /// Years beyond the deadline; nought or less is in time.
  public var yearsTooLate: Int { expectedSpending - deadline }
  public var isAtRisk: Bool { yearsTooLate > 0 }
  /// It would have been too late without any delay.
  public var wasTooLateAsPlanned: Bool { lastSpending > deadline }
}

/// The spending that its delay moves beyond its deadline: by deadline, then pot and scheme.
public func datesAtRisk(_ spending: [DatedSpending]) -> [DatedSpending] {
  spending.filter(\.isAtRisk).sorted {
    ($0.deadline, $0.pot, $0.scheme) < ($1.deadline, $1.pot, $1.scheme)
  }
}

extension Programme {
  /// Every scheme's spending of money with a deadline, with the years that each scheme runs late by its key.
  ///
  /// Repayments of borrowing are left out: they need not wait for the scheme.
  public func datedSpending(_ problem: ProgrammeProblem, yearsLate: [String: Int]) -> [DatedSpending] {
    struct Use: Hashable {
      let scheme: Int
      let pot: Int
    }
    var uses: [Use: (last: Int, pounds: Int)] = [:]
    for payment in payments {
      guard case .pot(let pot) = payment.payer, payment.pounds > 0, problem.pots.indices.contains(pot),
        problem.candidates.indices.contains(payment.scheme), problem.years.indices.contains(payment.year)
      else { continue }
      let before = uses[Use(scheme: payment.scheme, pot: pot)] ?? (payment.year, 0)
      uses[Use(scheme: payment.scheme, pot: pot)] = (
        max(before.last, payment.year), before.pounds + payment.pounds
      )
    }
    return uses.compactMap { use, spent -> DatedSpending? in
      guard let deadline = problem.pots[use.pot].spendBy else { return nil }
      let scheme = problem.candidates[use.scheme].scheme.key
      return DatedSpending(
        scheme: scheme, pot: problem.pots[use.pot].key, deadline: deadline,
        lastSpending: problem.years[spent.last], slipYears: yearsLate[scheme] ?? 0, pounds: spent.pounds)
    }.sorted { ($0.deadline, $0.pot, $0.scheme) < ($1.deadline, $1.pot, $1.scheme) }
  }
}

extension ProgrammeMonitor {
  /// Lines whose carry-forward would be spent after the last year in which its money may be.
  public var datesAtRisk: [DatedSpending] {
    guard let year = FinancialYear(label: financialYear) else { return [] }
    return CapitalProgramme.datesAtRisk(
      lines.compactMap { line -> DatedSpending? in
        guard let deadline = line.spendBy, let carried = line.carryForward, carried > 0 else { return nil }
        return DatedSpending(
          scheme: line.name, pot: line.fundedBy?.name ?? "Source not published", deadline: deadline,
          lastSpending: year, slipYears: 1, pounds: carried)
      })
  }
}
