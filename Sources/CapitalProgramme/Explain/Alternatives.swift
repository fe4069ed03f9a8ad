internal import PlacePlanning

/// Another programme beside the chosen one: the best under one change.
public struct Alternative: Sendable {
  /// Weighted unmet places beyond the chosen programme's.
  public let moreUnmet: Double
  /// Pounds of present cost beyond the chosen programme's.
  public let moreCost: Double
  /// Pounds that lapse or go back beyond those of the chosen programme, all pots and years together: they count as a cost. **Units**
  /// whole pounds, money of the day.
  public let moreReturned: Int
  /// Keys of schemes that come in, go out, or start in another year.
  public let added: [String]
  public let dropped: [String]
  public let moved: [String]
  /// What ``moreUnmet`` is at the least for any programme under the change; nil where only some of the starts were tried.
  public let leastMoreUnmet: Double?
  public let reach: SearchReach

  init(_ other: ChosenProgramme, _ reach: SearchReach, bound: Double?, beside chosen: ChosenProgramme) {
    self.reach = reach
    moreUnmet = other.accounts.weightedUnmet - chosen.accounts.weightedUnmet
    moreCost = other.accounts.presentCost - chosen.accounts.presentCost
    moreReturned = other.accounts.returned - chosen.accounts.returned
    leastMoreUnmet = bound.map {
      min($0, other.accounts.weightedUnmet) - chosen.accounts.weightedUnmet
    }
    let (here, there) = (chosen.startYears, other.startYears)
    added = there.keys.filter { here[$0] == nil }.sorted()
    dropped = here.keys.filter { there[$0] == nil }.sorted()
    moved = there.filter { here[$0.key] != nil && here[$0.key] != $0.value }.keys.sorted()
  }
}

/// The outcome of a search for another programme.
public enum Comparison: Sendable {
  case found(Alternative)
  /// Proven that there is none.
  case impossible
  /// Stopped too soon to say.
  case notSettled

  init(_ best: Best, beside chosen: ChosenProgramme) {
    switch best.outcome {
    case .proven(let other): self = .found(Alternative(other, best.reach, bound: best.bound, beside: chosen))
    case .unaffordable, .incompatible: self = .impossible
    case .stopped, .withoutProgramme, .failed: self = .notSettled
    }
  }

  /// Nil where there is none, or none is settled.
  public var alternative: Alternative? {
    if case .found(let alternative) = self { alternative } else { nil }
  }
}

extension ChosenProgramme {
  /// By key of the scheme, the position of the year in which it starts.
  var startYears: [String: Int] {
    Dictionary(
      programme.choices.map { choice in
        let candidate = problem.candidates[choice.scheme]
        return (candidate.scheme.key, candidate.starts[choice.start].year)
      }
    ) { first, _ in first }
  }

  /// What happens without each chosen scheme that may be left out, in order of candidates: the best of what is left.
  var withoutEach: Question<[Explanations.Without]> {
    let free = programme.choices.map(\.scheme).filter { !problem.candidates[$0].scheme.isCommitted }
    let variants = free.map { index in
      let without = problem.without(index)
      let area = problem.candidates[index].scheme.area
      return Variant(
        problem: without, narrowed: without.moving(-1...1, from: startYears, freeing: area), isTighter: true)
    }
    return Question(variants: variants) { best in
      zip(free, best).map { (self.problem.candidates[$0].scheme, Comparison($1, beside: self)) }
    }
  }

  /// What one more sum in each pot that the programme empties, and last in borrowing, would change; nil names borrowing. It comes in
  /// the first year in which the programme empties the pot, or borrows all that it may; where it never does, borrowing is asked in the
  /// first year, and the pot is not. What no scheme can use of the sum may lapse or go back (``Alternative/moreReturned``), and is then
  /// among the costs.
  func more(_ pounds: Int) -> Question<[Explanations.More]> {
    let used = problem.pots.indices.compactMap { pot in emptied(pot).map { (pot: pot, year: $0) } }
    let limit = fullyBorrowed ?? 0
    let changed =
      used.map { problem.adding(pounds, to: $0.pot, in: $0.year) }
      + [problem.borrowing(more: pounds, in: limit)]
    let variants = changed.map {
      Variant(problem: $0, narrowed: $0.moving(-1...0, from: startYears), isTighter: false)
    }
    let pots = used.map { problem.pots[$0.pot] } + [nil]
    let years = (used.map(\.year) + [limit]).map { problem.years[$0] }
    return Question(variants: variants) { best in
      zip(zip(pots, years), best).map { ($0.0, Comparison($1, beside: self), $0.1) }
    }
  }

  /// The first year in which a pot is spent to the last pound; not where the last of it lapsed or went back.
  private func emptied(_ pot: Int) -> Int? {
    accounts.pots[pot].firstIndex { $0.balance == 0 && $0.returned == 0 && $0.spent + $0.repaid > 0 }
  }

  /// The first year that borrows up to its limit.
  private var fullyBorrowed: Int? {
    problem.years.indices.first { year in
      let borrowed = accounts.years[year].borrowed
      return borrowed > 0 && borrowed == problem.borrowingLimit(year)
    }
  }

  /// Weighted unmet places against shares of the yearly borrowing limits: none, a half, three quarters, all and half as much again.
  var frontier: Question<[Explanations.Point]> {
    let shares = [0, 0.5, 0.75, 1, 1.5]
    let variants = shares.map { share in
      let limited = problem.borrowing(share: share)
      return Variant(
        problem: limited, narrowed: limited.moving(-1...(share < 1 ? 2 : 1), from: startYears),
        isTighter: share <= 1)
    }
    return Question(variants: variants) { best in
      zip(shares, zip(variants, best)).map { share, entry in
        let (limited, best) = (entry.0.problem, entry.1)
        return (
          share, limited.borrowing.limit.values.reduce(0, +),
          best.programme?.accounts.years.reduce(0) { $0 + $1.borrowed } ?? 0,
          Comparison(best, beside: self), best.programme?.accounts.weightedUnmet
        )
      }
    }
  }
}
