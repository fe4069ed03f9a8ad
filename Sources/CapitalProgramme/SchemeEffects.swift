internal import PlacePlanning

/// What one chosen scheme changes: the programme's accounts beside those without it, while nothing else changes. Money meant for it is
/// then not spent, so that it may lapse or go back.
public struct SchemeEffect: Sendable {
  public let line: ProgrammeLine
  /// Unmet places that it keeps away, without weights, on average over the programme's years in which its places are there; nought
  /// where there are none. **Units** places.
  public let keptAwayAYear: Double
  /// By how much it raises the present cost to the authority; negative where it lowers it. **Units** pounds.
  public let presentCost: Double
  /// By how much it lowers what lapses or goes back of money that no other chosen scheme may be paid with, all such pots and years
  /// together. Other money could pay for one of those instead. **Units** whole pounds, money of the day.
  public let savedFromReturn: Int
  /// ``presentCost`` where money that other chosen schemes may be paid with is not lost without it. **Units** pounds.
  let presentCostBesideSharedMoney: Double
  /// The name of the first chosen scheme that requires it; nil where none does.
  public let neededBy: String?

  /// What it is judged by: what is paid for it, or, where that is more, by how much it raises the present cost to the authority: a school
  /// that others pay for may cost the revenue budget a great deal. **Units** pounds.
  public var cost: Double { max(Double(line.cost), presentCost) }

  /// Whether no more places would be missing without it, with or without a weight.
  public var keepsNone: Bool { line.unmetWithoutIt <= 1e-9 && keptAwayAYear <= 1e-9 }

  /// Whether it costs more than ``ChosenProgramme/dearPlace`` for each place that it keeps away in an average year.
  public var isDear: Bool { cost > ChosenProgramme.dearPlace * max(0, keptAwayAYear) }

  /// Why a scheme is in the programme that keeps no place from being missing.
  public enum Reason: Hashable, Sendable {
    case committed
    /// A chosen scheme requires it; that scheme's name.
    case needed(by: String)
    /// Without it this much more would lapse or go back, in whole pounds, of money that no other chosen scheme may be paid with: a loss
    /// to the authority that is larger than the scheme's own cost.
    case moneyWouldGoBack(Int)
    /// The accounts show none of these.
    case notShown
  }

  /// As far as the accounts show it; nil for a scheme that keeps some places from being missing.
  public var reasonWithoutNeed: Reason? {
    guard keepsNone else { return nil }
    if line.scheme.isCommitted { return .committed }
    if let neededBy { return .needed(by: neededBy) }
    return savedFromReturn > 0 && presentCostBesideSharedMoney < 0
      ? .moneyWouldGoBack(savedFromReturn) : .notShown
  }
}

extension ChosenProgramme {
  /// A scheme is dear that costs more than this for each place that it keeps from being missing, in an average year in which its
  /// places are there. Assumed: some twenty times what a permanent place costs. **Units** pounds.
  public static var dearPlace: Double { 500_000 }

  /// The chosen schemes that add places in mainstream year groups, in the order of ``lines``.
  public var schemeEffects: [SchemeEffect] {
    let all = lines
    return all.filter { $0.opening != nil && $0.scheme.kind.addsPlaces }.map { line in
      let bare = accountsWithout(line.candidate)
      let start = accounts.starts[line.candidate].map { problem.candidates[line.candidate].starts[$0] }
      let years = Set(
        problem.cells.filter { cell in
          (start.flatMap { problem.places(of: $0, in: cell) } ?? 0) > 0
        }.map(\.year)
      ).count
      let kept = zip(bare.unmet, accounts.unmet).reduce(0) { $0 + $1.0 - $1.1 }
      let (own, shared) = savedFromReturn(line.candidate, beside: bare)
      let presentCost = accounts.presentCost - bare.presentCost
      return SchemeEffect(
        line: line, keptAwayAYear: years == 0 ? 0 : kept / Double(years), presentCost: presentCost,
        savedFromReturn: own, presentCostBesideSharedMoney: presentCost + shared,
        neededBy: all.first { $0.scheme.prerequisites.contains(line.scheme.key) }?.scheme.name)
    }
  }

  /// What more lapses or goes back without a candidate: of pots that no other chosen scheme may be paid from, in whole pounds of the day;
  /// and of the others, discounted to the first year.
  private func savedFromReturn(
    _ scheme: Int, beside bare: ProgrammeAccounts
  ) -> (own: Int, sharedAtPresent: Double) {
    let others = Set(
      programme.choices.map(\.scheme).filter { $0 != scheme }.flatMap { problem.candidates[$0].pots })
    var (own, shared) = (0, 0.0)
    for pot in problem.pots.indices {
      for year in problem.years.indices {
        let more = bare.pots[pot][year].returned - accounts.pots[pot][year].returned
        if others.contains(pot) {
          shared += problem.discount(year) * Double(more)
        } else {
          own += more
        }
      }
    }
    return (own, shared)
  }

  /// The accounts of the same programme without a candidate and all that is paid for it.
  private func accountsWithout(_ scheme: Int) -> ProgrammeAccounts {
    ProgrammeAccounts(
      Programme(
        choices: programme.choices.filter { $0.scheme != scheme },
        payments: programme.payments.filter { $0.scheme != scheme },
        repayments: programme.repayments.filter { $0.scheme != scheme }),
      of: problem)
  }

  /// By position among the programme's choices, the weighted unmet places that would come back if that scheme alone were taken out.
  public var placesOwed: [Double] {
    programme.choices.map { choice in
      let start = problem.candidates[choice.scheme].starts[choice.start]
      let owedToNeighbours =
        problem.neighbours?.moreUnmet(adding: accounts.placesAdded) {
          problem.places(of: start, in: problem.cells[$0]) ?? 0
        } ?? 0
      return owedToNeighbours + owedAlone(start)
    }
  }

  /// The same of one start in its own area; cells that are linked to neighbours are left out.
  private func owedAlone(_ start: ProgrammeProblem.Start) -> Double {
    guard let change = start.change else { return 0 }
    let linked = problem.linkedCells
    return problem.cells.indices.reduce(0) { sum, index in
      let cell = problem.cells[index]
      guard cell.area == change.area, !linked.contains(index) else { return sum }
      let own = change.places(in: cell.yearGroup, year: problem.years[cell.year].academicYear)
      guard own > 0 else { return sum }
      let supply = Double(accounts.placesAdded[index])
      return sum + cell.weight * (cell.curve.unmet(adding: supply - own) - accounts.unmet[index])
    }
  }
}
