public import PlacePlanning

/// The programme beside the one that starts every approved scheme as it was approved.
public struct ApprovedStarts: Sendable {
  /// Approved schemes that the programme starts in another year or leaves out, though they could start as approved.
  public let schemes: [Scheme]
  /// The best programme in which these start as approved; nil where there is none, or none is settled.
  public let programme: ChosenProgramme?
  public let comparison: Comparison
  /// Where the approved schemes cannot all be paid for as approved: the least sums that are missing, in order of year.
  public let missing: [Unfunded]
}

extension ChosenProgramme {
  /// What it would mean to start the approved schemes as approved, all others chosen anew. Approved schemes that the programme does
  /// start as approved stay there. Nil where every approved scheme starts as approved.
  public func keepingApprovedStarts(_ options: ProgrammeOptions) -> ApprovedStarts? {
    approvedStarts(options).map { ask($0, options) }
  }

  func approvedStarts(_ options: ProgrammeOptions) -> Question<ApprovedStarts>? {
    let chosen = startYears
    var held: [String: Int] = [:]
    for candidate in problem.candidates {
      guard let start = candidate.scheme.approvedStart, let year = problem.years.firstIndex(of: start),
        candidate.starts.contains(where: { $0.year == year })
      else { continue }
      held[candidate.scheme.key] = year
    }
    let moved = held.filter { chosen[$0.key] != $0.value }
    if moved.isEmpty { return nil }
    let tried = problem.starting(held)
    let few = tried.moving(0...2, from: chosen.filter { held[$0.key] == nil })
    return Question(variants: [Variant(problem: tried, narrowed: few, isTighter: true)]) { best in
      ApprovedStarts(
        schemes: self.problem.candidates.map(\.scheme).filter { moved[$0.key] != nil },
        programme: best[0].programme, comparison: Comparison(best[0], beside: self),
        missing: self.missing(best[0].outcome, in: tried, options))
    }
  }

  /// The money that is missing where a problem is unaffordable: comparisons do not work it out.
  private func missing(
    _ outcome: ProgrammeOutcome, in problem: ProgrammeProblem, _ options: ProgrammeOptions
  ) -> [Unfunded] {
    let deadline = options.timeLimit.map { ContinuousClock.now + $0 }
    guard case .unaffordable = outcome,
      case .unaffordable(let missing)? = try? unaffordable(problem, options, until: deadline)
    else { return [] }
    return missing
  }
}
