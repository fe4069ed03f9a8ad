internal import Foundation
public import PlacePlanning
internal import Synchronization

// What is solved again beside a programme, and how.

/// A problem beside that of a chosen programme.
struct Variant {
  let problem: ProgrammeProblem
  /// Whether the chosen programme's own problem allows all that this one allows. Then nothing can be better than the chosen programme
  /// where that is still allowed.
  let isTighter: Bool
  /// Asked where the problem allows nothing.
  var wider: ProgrammeProblem?
}

extension ChosenProgramme {
  /// The best programme of each variant, two solved at a time, in the order of the variants: fewest unmet places to the gap of a
  /// comparison, and of what reaches them the least present cost that money and schemes without places can still make.
  ///
  /// Where no programme has fewer unmet places than this one's schemes by more than that gap, it is these at their least cost, so that
  /// no difference stands for the search's own slack.
  func bestOfEach(_ variants: [Variant], _ options: ProgrammeOptions) -> [ProgrammeOutcome] {
    let found = Mutex([ProgrammeOutcome](repeating: .withoutProgramme("not asked"), count: variants.count))
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: min(2, variants.count)) { _ in
      while true {
        let index = next.withLock { position in
          position += 1
          return position - 1
        }
        guard index < variants.count else { return }
        let outcome = best(of: variants[index], options)
        found.withLock { $0[index] = outcome }
      }
    }
    return found.withLock { $0 }
  }

  /// The best programme of one variant.
  func best(of variant: Variant, _ options: ProgrammeOptions) -> ProgrammeOutcome {
    // Its schemes leave as many places unmet as before, whatever pays for them.
    func same() -> ProgrammeOutcome? {
      variant.problem.keepingPlaces(placeStarts).map { prioritise($0, options.forLeastCost) }
    }
    if variant.isTighter, isProven, case .proven(let same)? = same() { return .proven(same) }
    var outcome = prioritise(variant.problem, options.forComparison, start: starts(in: variant.problem))
    var problem = variant.problem
    if let wider = variant.wider, !outcome.mayExist {
      problem = wider
      outcome = prioritise(wider, options.forComparison)
    }
    guard case .proven(let other) = outcome else { return outcome }
    let least = other.accounts.weightedUnmet
    if accounts.weightedUnmet <= least + ProgrammeOptions.comparisonGap * abs(least), !variant.isTighter,
      case .proven(let same)? = same(),
      same.accounts.weightedUnmet <= least + ProgrammeOptions.comparisonGap * abs(least)
    {
      return .proven(same)
    }
    // Where every scheme stands, its money is the cheapest already.
    guard
      problem.candidates.contains(where: { $0.scheme.kind.capacityChange == nil && !$0.scheme.isCommitted })
    else { return outcome }
    let cheapest = problem.keepingPlaces(other.placeStarts).map { prioritise($0, options.forLeastCost) }
    if case .proven(let cheapest)? = cheapest { return .proven(cheapest) }
    return outcome
  }

  /// The starts of the schemes that add places, by key. **Units** positions among the years.
  private var placeStarts: [String: Int] {
    let keys = Set(problem.candidates.map(\.scheme).filter { $0.kind.capacityChange != nil }.map(\.key))
    return startYears.filter { keys.contains($0.key) }
  }

  /// What of this programme's choices is left in a problem.
  private func starts(in problem: ProgrammeProblem) -> [Programme.Choice] {
    let years = startYears
    return problem.candidates.indices.compactMap { scheme in
      let candidate = problem.candidates[scheme]
      return candidate.starts.firstIndex { $0.year == years[candidate.scheme.key] }.map {
        Programme.Choice(scheme: scheme, start: $0)
      }
    }
  }
}

extension ProgrammeOutcome {
  /// False where it is known that there is no programme.
  fileprivate var mayExist: Bool {
    switch self {
    case .unaffordable, .incompatible: false
    case .proven, .stopped, .withoutProgramme, .failed: true
    }
  }
}

extension ProgrammeOptions {
  /// Few schemes are left to choose from, so that the cost may be as good as exact.
  private static let leastCostGap = 1e-6

  /// For schemes with places that stand: what is left is to pay for them, and for others, at the least cost.
  var forLeastCost: ProgrammeOptions {
    var options = forComparison
    options.aims = [.unmetPlaces, .presentCost]
    options.gap = Self.leastCostGap
    options.searchesPlans = false
    return options
  }
}

/// Each rival plan of an area with the best programme around it: schemes of other areas keep the years that `beside` gives
/// them, come one or two years later or drop out; where no programme is possible so, they may start whenever they can.
public func compareRivals(
  _ rivals: [RivalPlan], _ problem: ProgrammeProblem, beside chosen: ChosenProgramme,
  _ options: ProgrammeOptions
) -> [RivalOutcome] {
  let years = chosen.startYears
  let variants = rivals.map { rival in
    let elsewhere = years.filter { key, _ in
      problem.candidates.contains { $0.scheme.key == key && $0.scheme.area != rival.area }
    }
    let held = problem.holding(to: rival)
    // In another scenario the chosen programme is no measure of what is best.
    return Variant(
      problem: held.moving(0...2, from: elsewhere), isTighter: false, wider: held)
  }
  return zip(rivals, chosen.bestOfEach(variants, options)).map { rival, outcome in
    switch Comparison(outcome, beside: chosen) {
    case .notSettled: RivalOutcome(rival: rival, figures: nil, isSettled: false)
    case .impossible: RivalOutcome(rival: rival, figures: nil, isSettled: true)
    case .found:
      RivalOutcome(
        rival: rival, figures: outcome.chosen?.figures(in: rival.area) { rival.schemes.contains($0.key) },
        isSettled: true)
    }
  }
}
