public import PlacePlanning

/// The programme beside the one that starts every approved scheme as it was approved.
public struct ApprovedStarts: Sendable {
  /// Approved schemes that the programme starts in another year or leaves out, though they could start as approved.
  public let schemes: [Scheme]
  /// The best programme in which these start as approved; nil where there is none among the starts that were tried, or none is proven.
  public let programme: ChosenProgramme?
  public let comparison: Comparison
}

extension ChosenProgramme {
  /// What it would mean to start the approved schemes as approved: all others keep their years, come one or two years later or drop
  /// out, and schemes that were left out may come in. Nil where every approved scheme starts as approved.
  public func keepingApprovedStarts(_ options: ProgrammeOptions) -> ApprovedStarts? {
    let chosen = startYears
    var held: [String: Int] = [:]
    for candidate in problem.candidates {
      guard let start = candidate.scheme.approvedStart,
        let year = problem.years.firstIndex(of: start), year != chosen[candidate.scheme.key],
        candidate.starts.contains(where: { $0.year == year })
      else { continue }
      held[candidate.scheme.key] = year
    }
    if held.isEmpty { return nil }
    let others = chosen.filter { held[$0.key] == nil }
    let outcome = best(
      of: Variant(problem: problem.starting(held).moving(0...2, from: others), isTighter: true), options)
    let comparison = Comparison(outcome, beside: self)
    return ApprovedStarts(
      schemes: problem.candidates.map(\.scheme).filter { held[$0.key] != nil },
      programme: comparison.alternative == nil ? nil : outcome.chosen, comparison: comparison)
  }
}
