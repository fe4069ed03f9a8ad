import CapitalProgramme
import Foundation
import Papers
import PlacePlanning
import Runs

// What a ranking by points would have chosen, beside the programme.

/// Nil where nothing is ranked.
func rankingText(_ run: ProgrammeRun, _ chosen: ChosenProgramme, _ ranking: PointsRanking) -> String? {
  let lines = ranking.lines
  if lines.isEmpty { return nil }
  let problem = chosen.problem
  let inProgramme = Dictionary(
    chosen.lines.map { ($0.candidate, $0.start.label) }, uniquingKeysWith: { first, _ in first })
  let rows = lines.enumerated().map { rank, line -> [String] in
    let candidate = problem.candidates[line.scheme]
    return [
      "\(rank + 1). \(candidate.scheme.name)\(candidate.scheme.isCommitted ? " *" : "")",
      fixed(line.points, places: 1),
      line.start.map { problem.years[candidate.starts[$0].year].label } ?? "does not start",
      inProgramme[line.scheme] ?? "left out",
    ]
  }
  return """
    \(rankingSentence(ranking, chosen))
    \(run.plan.points.inWords)

    \(aligned(["Rank and scheme (* committed)", "points", "by points starts", "in the programme starts"], rows))
    """
}

private func rankingSentence(_ ranking: PointsRanking, _ chosen: ChosenProgramme) -> String {
  let (ours, theirs) = (chosen.accounts, ranking.report.accounts)
  let breaches = ranking.report.breaches
  let started = ranking.lines.filter { $0.start != nil }.count
  let unmet = theirs.weightedUnmet - ours.weightedUnmet
  let cost = theirs.presentCost - ours.presentCost
  return "A ranking by points would have chosen \(counted(started, "scheme")): "
    + moreInWords(unmet, "weighted unmet place")
    + (ranking.isAtLeastCost
      ? ", at \(presentCostInWords(cost))." : "; what it would cost at the least is not known.")
    + (breaches.isEmpty ? "" : " It breaks a rule: " + breaches.map(\.what).joined(separator: "; ") + ".")
}

extension PointsWeights {
  /// What the points are for.
  fileprivate var inWords: String {
    func points(_ value: Double) -> String { decimal(value, places: 4) }
    return
      "Committed schemes come first, whatever their points. Points: \(points(committed)) for a committed scheme; "
      + "\(points(need)) for each form of entry of its area's largest gap that it fills; \(points(urgency)) for each year that "
      + "this gap opens before the last year; \(points(condition)) for each step of its condition score; \(points(value)) where "
      + "a place costs half of one in the dearest scheme, in proportion more or less for others."
  }
}

/// `12 more weighted unmet places`, `1 fewer weighted unmet place`, `as many weighted unmet places`.
func moreInWords(_ value: Double, _ noun: String) -> String {
  let count = Int(value.rounded())
  if count == 0 { return "as many \(noun)s" }
  return "\(grouped(abs(count))) \(count > 0 ? "more" : "fewer") \(noun)\(abs(count) == 1 ? "" : "s")"
}

/// `a present cost £12,000 higher`, `the same present cost`.
func presentCostInWords(_ more: Double) -> String {
  let pounds = Int(more.rounded())
  if pounds == 0 { return "the same present cost" }
  return "a present cost \(poundsExact(abs(pounds))) \(pounds > 0 ? "higher" : "lower")"
}
