public import PlacePlanning

/// A scheme of the approved programme beside what another programme makes of it.
public struct ApprovedChange: Sendable {
  public let scheme: Scheme
  public let approvedStart: FinancialYear
  /// As approved, by source; nil where the approved programme has no line of that name. **Units** whole pounds.
  public let approvedFunding: [FundingSource: Int]?
  /// What the other programme makes of it; nil where it does not start it.
  public let line: ProgrammeLine?

  /// **Units** whole pounds.
  public var approvedCost: Int? { approvedFunding?.values.reduce(0, +) }

  /// It starts another year, or not at all.
  public var startChanges: Bool { line?.start != approvedStart }

  /// It costs another sum, or other sources pay for it; false where the approved programme does not say.
  public var moneyChanges: Bool {
    guard let approvedFunding else { return false }
    return FundingSource.allCases.contains { approvedFunding[$0] ?? 0 != line?.funding[$0] ?? 0 }
  }

  public var isUnchanged: Bool { !startChanges && !moneyChanges }
}

extension ChosenProgramme {
  /// The schemes that stand in the approved programme, in its order; those that it does not name follow, in order of key.
  public func approvedSchemes(in approved: ApprovedProgramme) -> [ApprovedChange] {
    let lines = lines
    let order = approved.lines.map(\.scheme.name)
    func place(_ change: ApprovedChange) -> Int { order.firstIndex(of: change.scheme.name) ?? order.count }
    return problem.candidates.compactMap { candidate -> ApprovedChange? in
      guard let start = candidate.scheme.approvedStart else { return nil }
      let line = approved.lines.first { $0.scheme.name == candidate.scheme.name }
      return ApprovedChange(
        scheme: candidate.scheme, approvedStart: start,
        approvedFunding: line.map { line in
          Dictionary(uniqueKeysWithValues: FundingSource.allCases.map { ($0, line.pounds($0)) })
        },
        line: lines.first { $0.scheme.key == candidate.scheme.key })
    }.sorted { one, other in
      (place(one), one.scheme.key) < (place(other), other.scheme.key)
    }
  }
}
