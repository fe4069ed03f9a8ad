internal import NumericCore
internal import PlacePlanning

// The problems that are solved to compare a programme with, and how.

/// A problem to compare with that of a chosen programme.
struct Variant {
  let problem: ProgrammeProblem
  /// The same with few of its starts: a good programme is looked for among these first.
  let narrowed: ProgrammeProblem
  /// Whether the chosen programme's own problem allows everything that this one allows. Then nothing here can be better than the chosen
  /// programme, if that is still allowed.
  let isTighter: Bool
}

/// The best programme that was found for a variant.
struct Best: Sendable {
  var outcome: ProgrammeOutcome
  let reach: SearchReach
  /// No programme of the variant leaves fewer weighted unmet places; nil where only some of its starts were tried.
  var bound: Double?

  /// The programme; nil where there is none, or where the search did not settle it.
  var programme: ChosenProgramme? { outcome.provenProgramme }
}

/// How far programmes were searched for one to compare with.
public enum SearchReach: String, Sendable, Codable {
  /// Over all starts, and proven: exactly, or to the gap of a comparison where the search ended before that.
  case proven
  /// Over all starts, and proven to a wider gap or none: a bound says how far the best may be. Where that is not far, another choice that
  /// is as good for pupils may cost less.
  case bounded
  /// Over few starts alone.
  case fewStarts = "few_starts"
}

extension ChosenProgramme {
  /// The best programme of each variant that was found, two solved at a time, in the order of the variants: fewest unmet places, and of
  /// what reaches them the least present cost.
  ///
  /// Where no programme is known to have fewer unmet places than this one's schemes, it is these at their least cost, or what is as good
  /// for pupils in their place, so that no difference is merely the search's own slack.
  func bestOfEach(_ variants: [Variant], _ options: ProgrammeOptions) -> [Best] {
    inParallel(variants.count) { best(of: variants[$0], options) }
  }

  /// The best programme of one variant.
  func best(of variant: Variant, _ options: ProgrammeOptions) -> Best {
    let own = steps.first?.bound
    if variant.isTighter, isProven, let same = cheapest(like: self, in: variant, options),
      same.programme.accounts.weightedUnmet <= PlanSearch.withSlack(accounts.weightedUnmet)
    {
      // Nothing that is allowed here costs less than the chosen programme.
      let most = accounts.presentCost + ProgrammeOptions.comparisonGap * abs(accounts.presentCost)
      let isLeast = same.isLeast || same.programme.accounts.presentCost <= most
      return Best(outcome: .proven(same.programme), reach: isLeast ? .proven : .bounded, bound: own)
    }
    var found = fewest(in: variant, options)
    if variant.isTighter, let own { found.bound = found.bound.map { max(own, $0) } }
    guard let other = found.programme else { return found }
    let least = other.accounts.weightedUnmet
    let open = least - (found.bound ?? least)
    let most =
      found.reach == .proven
      ? PlanSearch.withSlack(least + open) : least + ProgrammeOptions.fewStartsGap * abs(least)
    if accounts.weightedUnmet <= most, !variant.isTighter,
      let same = cheapest(like: self, in: variant, options), same.programme.accounts.weightedUnmet <= most
    {
      found.outcome = .proven(same.programme)
      return found
    }
    if let cheaper = cheapest(like: other, in: variant, options) {
      found.outcome = .proven(cheaper.programme)
    }
    return found
  }

  /// The schemes of a programme, or others in their place that leave as many places unmet, at the least cost in a variant. Where a block
  /// has too many plans to try what could stand in their place, or neighbours place pupils, few starts are tried and `isLeast` is false.
  /// Nil where its schemes are not all there, or nothing can be paid for.
  private func cheapest(
    like programme: ChosenProgramme, in variant: Variant, _ options: ProgrammeOptions
  ) -> (programme: ChosenProgramme, isLeast: Bool)? {
    let unmet = programme.accounts.weightedUnmet
    guard let kept = variant.problem.keepingUnmet(of: programme.placeStarts) else { return nil }
    let least = options.forLeastCost(leaving: unmet)
    let held = prioritise(kept.problem, least).provenProgramme
    if kept.isWhole { return held.map { (programme: $0, isLeast: true) } }
    var wider = least
    wider.gap = max(options.gap, ProgrammeOptions.comparisonGap)
    guard let other = prioritise(variant.narrowed, wider).provenProgramme,
      other.accounts.weightedUnmet <= PlanSearch.withSlack(unmet)
    else { return held.map { (programme: $0, isLeast: false) } }
    // What is saved must not be the gap's.
    if let held,
      held.accounts.presentCost - other.accounts.presentCost <= wider.gap * abs(held.accounts.presentCost)
    {
      return (programme: held, isLeast: false)
    }
    return (programme: other, isLeast: false)
  }

  /// The fewest unmet places in a variant: over all its starts where the search over plans settles that, else the better of what the
  /// search has found and the best of few starts. What is not proven over all of them has its bound beside it.
  private func fewest(in variant: Variant, _ options: ProgrammeOptions) -> Best {
    func few() -> ProgrammeOutcome {
      prioritise(variant.narrowed, options.forComparison, start: starts(in: variant.narrowed))
    }
    var search = options.forSearch
    search.hints = SearchHints(prices: prices, few: variant.problem.starts(of: variant.narrowed))
    let all = prioritise(variant.problem, search)
    switch all {
    case .proven(let chosen): return Best(outcome: all, reach: .proven, bound: chosen.steps.first?.bound)
    case .stopped(let chosen) where chosen.steps.allSatisfy { $0.gap <= ProgrammeOptions.comparisonGap }:
      return Best(outcome: .proven(chosen), reach: .proven, bound: chosen.steps.first?.bound)
    case .stopped(let chosen):
      let other = few().chosen ?? chosen
      let isFewer = other.accounts.weightedUnmet < chosen.accounts.weightedUnmet
      return Best(
        outcome: .proven(isFewer ? other : chosen), reach: .bounded, bound: chosen.steps.first?.bound)
    case .unaffordable, .incompatible, .withoutProgramme, .failed: break
    }
    let few = few()
    if few.mayExist { return Best(outcome: few, reach: .fewStarts) }
    let solved = prioritise(variant.problem, options.forComparison)
    return Best(outcome: solved, reach: .bounded, bound: solved.chosen?.steps.first?.bound)
  }

  /// The starts of the schemes that add places, by key. **Units** positions among the years.
  private var placeStarts: [String: Int] {
    let keys = Set(problem.candidates.map(\.scheme).filter { $0.kind.addsPlaces }.map(\.key))
    return startYears.filter { keys.contains($0.key) }
  }

  /// Those of this programme's choices that a problem still allows.
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
  /// The programme, where it is proven.
  fileprivate var provenProgramme: ChosenProgramme? {
    if case .proven(let chosen) = self { chosen } else { nil }
  }

  /// False where it is known that there is no programme.
  fileprivate var mayExist: Bool {
    switch self {
    case .unaffordable, .incompatible: false
    case .proven, .stopped, .withoutProgramme, .failed: true
    }
  }
}
