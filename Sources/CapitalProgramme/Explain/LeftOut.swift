public import PlacePlanning

/// A scheme that the programme does not start, and why.
public struct LeftOut: Sendable {
  /// Why it is left out.
  public enum Reason: Hashable, Sendable {
    /// Another option of its group is chosen; its name.
    case otherOption(String)
    /// Another option of its group is chosen; its name. In its place this one would leave fewer places missing, and no rule but that
    /// of the money forbids it: it cannot be paid for in time.
    case optionTooDear(String)
    /// It needs a scheme that is left out too; its name.
    case waitsFor(String)
    /// It adds no places, and nothing else obliges the authority to it.
    case addsNoPlaces
    /// Its places would stay empty: with the programme, its area lacks none that it could meet.
    case notNeeded
    /// Its places would be filled, but the money is not there, comes too late or does more elsewhere; or they are given no weight.
    case money
  }

  public let scheme: Scheme
  public let reason: Reason
  /// Weighted unmet places that it would meet beside the programme, at its best start, if money were no matter.
  public let wouldMeet: Double
}

extension ChosenProgramme {
  /// Below this many places and years, a scheme counts as not needed.
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
          wouldMeetMore(index, insteadOf: other)
            ? .optionTooDear(problem.candidates[other].scheme.name)
            : .otherOption(problem.candidates[other].scheme.name)
        } else if let missing = scheme.prerequisites.first(where: { !keys.contains($0) }) {
          .waitsFor(names[missing] ?? missing)
        } else if !scheme.kind.addsPlaces {
          .addsNoPlaces
        } else {
          candidate.starts.contains { fillsPlaces($0) } ? .money : .notNeeded
        }
      return LeftOut(scheme: scheme, reason: reason, wouldMeet: wouldMeet)
    }.sorted { ($1.wouldMeet, $0.scheme.key) < ($0.wouldMeet, $1.scheme.key) }
  }

  /// Whether an option left out, at some start that the other schemes allow, would leave fewer weighted places unmet than the chosen
  /// one of its group: by more than the gap to which the programme is proven. False where it is not proven.
  private func wouldMeetMore(_ option: Int, insteadOf other: Int) -> Bool {
    guard isProven, let gap = steps.first?.gap else { return false }
    let (own, held) = (problem.candidates[option].scheme, problem.candidates[other].scheme)
    let starts = startYears
    let isNeeded = problem.candidates.contains {
      starts[$0.scheme.key] != nil && $0.scheme.prerequisites.contains(held.key)
    }
    guard !held.isCommitted, !isNeeded,
      let choice = programme.choices.first(where: { $0.scheme == other })
    else { return false }
    let removed = problem.candidates[other].starts[choice.start]
    let most = accounts.weightedUnmet - max(Self.leastWorthwhile, gap * accounts.weightedUnmet)
    return problem.candidates[option].starts.contains { start in
      guard own.prerequisites.allSatisfy({ key in starts[key].map { $0 <= start.year } ?? false }) else {
        return false
      }
      let added = problem.cells.indices.map { index in
        accounts.placesAdded[index] - (problem.places(of: removed, in: problem.cells[index]) ?? 0)
          + (problem.places(of: start, in: problem.cells[index]) ?? 0)
      }
      return problem.weighted(problem.unmet(adding: added)) < most
    }
  }

  /// Weighted unmet places that a start would meet if it came on top of the programme.
  private func unmetMet(by start: ProgrammeProblem.Start) -> Double {
    metAlone(by: start) { $0.weight } + metAmongNeighbours(by: start)
  }

  /// Whether a start on top of the programme would fill places, with or without a weight; where neighbours may place the pupils, only
  /// those with one count.
  func fillsPlaces(_ start: ProgrammeProblem.Start) -> Bool {
    metAlone(by: start) { _ in 1 } + metAmongNeighbours(by: start) >= Self.leastWorthwhile
  }

  /// Unmet places that a start would meet in cells whose pupils no neighbour may place, each times a weight.
  private func metAlone(
    by start: ProgrammeProblem.Start, weight: (ProgrammeProblem.Cell) -> Double
  ) -> Double {
    let linked = problem.linkedCells
    return problem.cells.indices.reduce(0) { sum, index in
      let cell = problem.cells[index]
      guard !linked.contains(index), let added = problem.places(of: start, in: cell), added > 0 else {
        return sum
      }
      let supply = Double(accounts.placesAdded[index])
      let saved = cell.curve.unmet(adding: supply) - cell.curve.unmet(adding: supply + Double(added))
      return sum + weight(cell) * saved
    }
  }

  /// The same in cells whose pupils neighbours may place: what would come back if the start were taken away again.
  private func metAmongNeighbours(by start: ProgrammeProblem.Start) -> Double {
    guard let neighbours = problem.neighbours else { return 0 }
    let own = problem.cells.map { problem.places(of: start, in: $0) ?? 0 }
    return neighbours.moreUnmet(adding: zip(accounts.placesAdded, own).map { $0 + $1 }) { own[$0] }
  }
}
