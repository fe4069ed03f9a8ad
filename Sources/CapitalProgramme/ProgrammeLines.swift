public import PlacePlanning

// A chosen programme as a reader sees it: scheme by scheme, source by source, year by year.

/// One chosen scheme.
public struct ProgrammeLine: Sendable {
  public let scheme: Scheme
  /// The scheme's position among the candidates.
  public let candidate: Int
  public let start: FinancialYear
  /// The September in which its places open; nil where it adds none.
  public let opening: AcademicYear?
  /// The first September without any of its places; nil where they stay, or there are none.
  public let closing: AcademicYear?
  /// The share of its whole cost that falls in financial years after the one in which its places open; nought without places.
  public let shareAfterOpening: Double
  /// Within the programme's years. **Units** whole pounds, money of each year.
  public let cost: Int
  /// By source. **Units** whole pounds.
  public let funding: [FundingSource: Int]
  /// Weighted unmet places that would come back without it.
  public let unmetWithoutIt: Double
}

/// What becomes of a source's money over all years. **Units** whole pounds, money of the day.
public struct SourceSums: Hashable, Sendable {
  public let received: Int
  /// Paid for schemes.
  public let paid: Int
  /// Repaid of debt.
  public let repaid: Int
  /// Clawed back or lapsed.
  public let returned: Int

  /// Paid for schemes or repaid of debt.
  public var used: Int { paid + repaid }
  /// In hand after the last year.
  public var left: Int { received - used - returned }
}

extension ChosenProgramme {
  /// Committed schemes first, then by the unmet places that each keeps away; ties by key.
  public var lines: [ProgrammeLine] {
    zip(programme.choices, placesOwed).map { choice, owed in
      let candidate = problem.candidates[choice.scheme]
      let start = candidate.starts[choice.start]
      return ProgrammeLine(
        scheme: candidate.scheme, candidate: choice.scheme, start: problem.years[start.year],
        opening: candidate.scheme.places.map { _ in problem.years[0].academicYear + start.opening },
        closing: candidate.scheme.closing(startingIn: problem.years[start.year]),
        shareAfterOpening: candidate.scheme.places == nil ? 0 : start.shareAfterOpening,
        cost: start.cost,
        funding: Dictionary(
          FundingSource.allCases.map { ($0, paid($0, for: choice.scheme)) }, uniquingKeysWith: +),
        unmetWithoutIt: owed)
    }.sorted { one, other in
      if one.scheme.isCommitted != other.scheme.isCommitted { return one.scheme.isCommitted }
      return one.unmetWithoutIt == other.unmetWithoutIt
        ? one.scheme.key < other.scheme.key : one.unmetWithoutIt > other.unmetWithoutIt
    }
  }

  /// Candidates that are not chosen, in their order.
  public var notChosen: [Scheme] {
    let chosen = Set(programme.choices.map(\.scheme))
    return problem.candidates.indices.filter { !chosen.contains($0) }.map { problem.candidates[$0].scheme }
  }

  /// What all schemes cost within the programme's years. **Units** whole pounds.
  public var cost: Int { programme.payments.reduce(0) { $0 + $1.pounds } }

  /// What a source pays, for one scheme or all, in one year or all. **Units** whole pounds.
  public func paid(_ source: FundingSource, for scheme: Int? = nil, in year: Int? = nil) -> Int {
    programme.payments.reduce(0) { sum, payment in
      let counts =
        (scheme == nil || payment.scheme == scheme) && (year == nil || payment.year == year)
        && self.source(of: payment.payer) == source
      return counts ? sum + payment.pounds : sum
    }
  }

  /// Where a payment comes from.
  public func source(of payer: Programme.Payer) -> FundingSource {
    switch payer {
    case .borrowing: .internalBorrowing
    case .pot(let pot): problem.pots[pot].source
    }
  }

  /// What becomes of the money in one source's pots, those that bear one of the marks; nought for borrowing, which has no pots.
  public func sums(
    _ source: FundingSource, marked marks: Set<EvidenceMark> = Set(EvidenceMark.allCases)
  ) -> SourceSums {
    let pots = problem.pots.indices.filter {
      problem.pots[$0].source == source && marks.contains(problem.pots[$0].mark)
    }
    func sum(_ part: KeyPath<ProgrammeAccounts.PotYear, Int>) -> Int {
      pots.reduce(0) { total, pot in accounts.pots[pot].reduce(total) { $0 + $1[keyPath: part] } }
    }
    return SourceSums(
      received: sum(\.received), paid: sum(\.spent), repaid: sum(\.repaid), returned: sum(\.returned))
  }

  /// The chosen schemes that open last, when they open, what they cost, and in how many of the problem's years their places count.
  /// Nil where none adds places.
  public var lastToOpen: (opening: AcademicYear, schemes: Int, cost: Int, yearsCounted: Int)? {
    let lines = lines
    guard let opening = lines.compactMap(\.opening).max(), let end = problem.years.last else { return nil }
    let last = lines.filter { $0.opening == opening }
    return (
      opening, last.count, last.reduce(0) { $0 + $1.cost }, max(0, end.academicYear - opening + 1)
    )
  }

  /// Unmet places of a phase by year, with and without the programme. **Shape** year. **Units** places.
  public func unmetByYear(_ phase: AreaPhase) -> [(with: Double, without: Double)] {
    let bare = problem.unmetWithoutSchemes
    var sums = problem.years.map { _ in (with: 0.0, without: 0.0) }
    for (index, cell) in problem.cells.enumerated() where phase.plannedYearGroups.contains(cell.yearGroup) {
      sums[cell.year].with += accounts.unmet[index]
      sums[cell.year].without += bare[index]
    }
    return sums
  }

  /// Unmet places with and without the programme, all cells together, each place of each year counted as one.
  /// **Units** places and years.
  public var unmetPlaceYears: (with: Double, without: Double) {
    (accounts.unmet.reduce(0, +), problem.unmetWithoutSchemes.reduce(0, +))
  }
}
