internal import MixedInteger
internal import PlacePlanning

/// Spending on committed schemes that no money pays for.
public struct Unfunded: Hashable, Sendable {
  /// Keys of the schemes that it is shared by.
  public let schemes: [String]
  /// Position among the problem's years.
  public let year: Int
  /// **Units** whole pounds, rounded up.
  public let pounds: Int
}

/// What is missing where the committed schemes cannot all be paid for.
func unaffordable(
  _ problem: ProgrammeProblem, _ options: ProgrammeOptions, until deadline: ContinuousClock.Instant?
) throws -> ProgrammeOutcome {
  let programme = ProgrammeModel(problem, mayLeaveUnfunded: true)
  var model = programme.model
  let missing = LinearExpression(sumOf: programme.unfunded.map(\.variable))
  model.objective = missing
  // To a part of a penny, however much is missing.
  func solved() throws -> SolveOutcome {
    try solve(model, options.sideOptions(relativeGap: 0, until: deadline))
  }
  let least: Solution
  switch try solved() {
  case .proven(let solution): least = solution
  case .stopped(_, let reason) where reason != .gapNotReached, .withoutSolution(let reason):
    return .withoutProgramme("\(reason)")
  case .infeasible: return .incompatible
  case let other: return .failed("what is missing could not be worked out: \(other)")
  }
  // Money that carries forward may be missing in one year or another: it is spent as it comes, and missing when it has run out.
  model.constrain("missing", missing, .atMost, least.objective + 1e-6)
  model.objective = programme.unfunded.reduce(into: LinearExpression()) {
    $0.add($1.variable, times: Double(problem.years.count - $1.year))
  }
  let solution = try solved().solution ?? least
  return .unaffordable(
    programme.unfunded.compactMap { entry in
      let pounds = Int((1000 * solution[entry.variable] - 0.01).rounded(.up))
      guard pounds > 0 else { return nil }
      let funding = programme.classes[entry.funding]
      let spending = funding.schemes.filter { scheme in
        programme.starts[scheme].indices.contains {
          solution[programme.starts[scheme][$0]] > 0.5
            && problem.candidates[scheme].starts[$0].spending[entry.year] > 0
        }
      }
      return Unfunded(
        schemes: spending.map { problem.candidates[$0].scheme.key }, year: entry.year, pounds: pounds)
    }.sorted { ($0.year, $0.schemes.first ?? "") < ($1.year, $1.schemes.first ?? "") })
}
