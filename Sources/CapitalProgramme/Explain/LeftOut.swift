public import PlacePlanning

/// A scheme that the programme does not start, and why.
public struct LeftOut: Sendable {
  /// Why it is left out.
  public enum Reason: Hashable, Sendable {
    /// Another option of its group is chosen; its name.
    case otherOption(String)
    /// It needs a scheme that is left out too; its name.
    case waitsFor(String)
    /// It adds no places, and nothing else obliges the authority to it.
    case addsNoPlaces
    /// Its places would stay empty: with the programme, its area lacks none that it could meet.
    case notNeeded
    /// Its places would be filled, but the money does more elsewhere.
    case money
  }

  public let scheme: Scheme
  public let reason: Reason
  /// Weighted unmet places that it would meet beside the programme, at its best start, if money were no matter.
  public let wouldMeet: Double
}

extension ChosenProgramme {
  /// Below this many weighted places and years, a scheme counts as not needed.
  private static var leastWorthwhile: Double { 0.5 }

  /// The schemes left out: those that would meet most first, ties by key.
  public var leftOut: [LeftOut] {
    let chosen = Set(programme.choices.map(\.scheme))
    let names = Dictionary(problem.candidates.map { ($0.scheme.key, $0.scheme.name) }) { first, _ in first }
    let keys = Set(chosen.map { problem.candidates[$0].scheme.key })
    return problem.candidates.indices.filter { !chosen.contains($0) }.map { index in
      let candidate = problem.candidates[index]
      let scheme = candidate.scheme
      let wouldMeet = candidate.starts.map(unmetMet).max() ?? 0
      let other = chosen.first {
        scheme.optionGroup != nil && problem.candidates[$0].scheme.optionGroup == scheme.optionGroup
      }
      let reason: LeftOut.Reason =
        if let other {
          .otherOption(problem.candidates[other].scheme.name)
        } else if let missing = scheme.prerequisites.first(where: { !keys.contains($0) }) {
          .waitsFor(names[missing] ?? missing)
        } else if scheme.kind.capacityChange == nil {
          .addsNoPlaces
        } else {
          wouldMeet < Self.leastWorthwhile ? .notNeeded : .money
        }
      return LeftOut(scheme: scheme, reason: reason, wouldMeet: wouldMeet)
    }.sorted { ($1.wouldMeet, $0.scheme.key) < ($0.wouldMeet, $1.scheme.key) }
  }

  /// Weighted unmet places that a start would meet if it came on top of the programme.
  private func unmetMet(by start: ProgrammeProblem.Start) -> Double {
    problem.cells.indices.reduce(0) { sum, index in
      let cell = problem.cells[index]
      guard let added = problem.places(of: start, in: cell), added > 0 else { return sum }
      let supply = Double(accounts.placesAdded[index])
      let saved = cell.curve.unmet(adding: supply) - cell.curve.unmet(adding: supply + Double(added))
      return sum + cell.weight * saved
    }
  }
}
