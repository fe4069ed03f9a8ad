public import PlacePlanning

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
  /// No programme under the change has fewer weighted unmet places beyond the chosen programme's; nil where only some of the starts
  /// were tried.
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

/// What asking for another programme came to.
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

/// One rival answer to the need of an area, with everything else chosen best around it.
public struct RivalOutcome: Sendable {
  public let rival: RivalPlan
  /// Nil where there is no programme with it, or none is settled.
  public let figures: Figures?
  /// False where it was stopped too soon to say.
  public let isSettled: Bool
  /// How far the best programme with it was searched for; nil without figures.
  public let reach: SearchReach?

  /// False where the best programme with it may be another.
  public var isBest: Bool { reach.map { $0 == .proven } ?? true }

  /// A rival in numbers.
  public struct Figures: Sendable {
    /// The Septembers in which its schemes open, earliest first, each once.
    public let openings: [AcademicYear]
    /// Expected unmet places in the area, summed over year groups and years. **Units** places and years.
    public let unmet: Double
    /// The same in all areas.
    public let unmetInAllAreas: Double
    /// In the area in the last year alone. **Units** places.
    public let unmetInLastYear: Double
    /// Expected empty places in the area in the last year. **Units** places.
    public let surplusInLastYear: Double
    /// What its schemes cost. **Units** whole pounds, money of the day.
    public let cost: Int
    /// What its schemes cost the revenue budget over the years, and from April to August after them for the last academic year; MRP and
    /// interest aside. **Units** whole pounds.
    public let revenue: Int
    /// MRP and interest of the whole programme over the years. **Units** pounds.
    public let financing: Double
    /// The present cost of the whole programme to the authority. **Units** pounds.
    public let presentCost: Double
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
  public func withoutEach(_ options: ProgrammeOptions) -> [(scheme: Scheme, comparison: Comparison)] {
    let schemes = programme.choices.map { problem.candidates[$0.scheme].scheme }.filter { !$0.isCommitted }
    let changed = schemes.map { scheme in
      let index = problem.candidates.firstIndex { $0.scheme.key == scheme.key }
      let without = index.map(problem.without) ?? problem
      return Variant(
        problem: without, narrowed: without.moving(-1...1, from: startYears, freeing: scheme.area),
        isTighter: true)
    }
    return zip(schemes, bestOfEach(changed, options)).map { ($0, Comparison($1, beside: self)) }
  }

  /// What one more sum in each pot that the programme empties, and last in borrowing, would change; nil names borrowing. It comes in
  /// the first year in which the programme empties the pot, or borrows all that it may; where it never does, borrowing is asked in the
  /// first year, and the pot is not. What no scheme can use of the sum may lapse or go back (``Alternative/moreReturned``), and is then
  /// among the costs.
  public func more(
    _ pounds: Int, _ options: ProgrammeOptions
  ) -> [(pot: FundingPot?, comparison: Comparison, year: FinancialYear)] {
    let used = problem.pots.indices.compactMap { pot in emptied(pot).map { (pot: pot, year: $0) } }
    let limit = fullyBorrowed ?? 0
    let changed =
      used.map { problem.adding(pounds, to: $0.pot, in: $0.year) }
      + [problem.borrowing(more: pounds, in: limit)]
    let richer = changed.map {
      Variant(
        problem: $0, narrowed: $0.moving(-1...0, from: startYears), isTighter: false)
    }
    let pots = used.map { problem.pots[$0.pot] } + [nil]
    let years = (used.map(\.year) + [limit]).map { problem.years[$0] }
    return zip(zip(pots, years), bestOfEach(richer, options)).map { row, best in
      (row.0, Comparison(best, beside: self), row.1)
    }
  }

  /// The first year in which a pot is spent to the last pound; not where the last of it lapsed or went back.
  private func emptied(_ pot: Int) -> Int? {
    accounts.pots[pot].firstIndex { $0.balance == 0 && $0.returned == 0 && $0.spent + $0.repaid > 0 }
  }

  /// The first year in which all is borrowed that may be.
  private var fullyBorrowed: Int? {
    problem.years.indices.first { year in
      let borrowed = accounts.years[year].borrowed
      return borrowed > 0 && borrowed == problem.borrowingLimit(year)
    }
  }

  /// Weighted unmet places against shares of the yearly borrowing limits: none, a half, three quarters, all and half as much again.
  ///
  /// `limit` and `borrowed` are sums over the years, in whole pounds; where no programme is settled `borrowed` is nought and `unmet`
  /// is not a number.
  public func frontier(
    _ options: ProgrammeOptions
  ) -> [(share: Double, limit: Int, borrowed: Int, comparison: Comparison, unmet: Double)] {
    let shares = [0, 0.5, 0.75, 1, 1.5]
    let changed = shares.map { share in
      let limited = problem.borrowing(share: share)
      return Variant(
        problem: limited, narrowed: limited.moving(-1...(share < 1 ? 2 : 1), from: startYears),
        isTighter: share <= 1)
    }
    return zip(shares, zip(changed, bestOfEach(changed, options))).map { share, entry in
      let (problem, best) = (entry.0.problem, entry.1)
      let comparison = Comparison(best, beside: self)
      let other = comparison.alternative == nil ? nil : best.outcome.chosen
      return (
        share, problem.borrowing.limit.values.reduce(0, +),
        other?.accounts.years.reduce(0) { $0 + $1.borrowed } ?? 0,
        comparison, other?.accounts.weightedUnmet ?? .nan
      )
    }
  }
}

extension ChosenProgramme {
  /// What the programme means for one area, as for a rival plan whose schemes are all that it starts there to add places.
  public func figures(in area: PlanningAreaCode) -> RivalOutcome.Figures {
    figures(in: area) { $0.area == area && $0.kind.capacityChange != nil }
  }

  func figures(in area: PlanningAreaCode, of schemes: (Scheme) -> Bool) -> RivalOutcome.Figures {
    let own = programme.choices.filter { schemes(problem.candidates[$0.scheme].scheme) }.map {
      problem.candidates[$0.scheme].starts[$0.start]
    }
    let last = problem.years.count - 1
    let cells = problem.cells.indices.filter { problem.cells[$0].area == area }
    let inLastYear = cells.filter { problem.cells[$0].year == last }
    return RivalOutcome.Figures(
      openings: Set(own.filter { $0.change != nil }.map { problem.years[0].academicYear + $0.opening })
        .sorted(),
      unmet: cells.reduce(0) { $0 + accounts.unmet[$1] }, unmetInAllAreas: accounts.unmet.reduce(0, +),
      unmetInLastYear: inLastYear.reduce(0) { $0 + accounts.unmet[$1] },
      surplusInLastYear: inLastYear.reduce(0) {
        $0 + problem.cells[$1].curve.spare(adding: Double(accounts.placesAdded[$1])).value
      },
      cost: own.reduce(0) { $0 + $1.cost },
      revenue: own.reduce(0) { $0 + $1.revenue.reduce(0, +) + $1.revenueBeyond },
      financing: accounts.years.reduce(0) { $0 + $1.financing }, presentCost: accounts.presentCost)
  }
}

/// Why places stay unmet in an area, if they do.
public enum UnmetReason: String, Sendable, Codable {
  /// They do not: fewer than half a place is left over all years.
  case met
  /// The model has no scheme that adds places there.
  case noScheme = "no_scheme"
  /// Everything the model has for the area is in the programme.
  case allChosen = "all_chosen"
  /// Only before the first scheme there could open: from then on fewer than half a place over all years.
  case tooEarly = "too_early"
  /// Schemes are left, but their places would stay empty: they open too late, or in other year groups.
  case noHelp = "no_help"
  /// Schemes are left, but missing places of the area's phase have no weight, so that none is chosen for them.
  case noWeight = "no_weight"
  /// Schemes are left that would help, but not the money for them.
  case money

  /// As a table says it.
  public var words: String {
    switch self {
    case .met: "next to none is missing"
    case .noScheme: "no scheme adds places here"
    case .allChosen: "every scheme for it, or another option in its place, is in the programme"
    case .tooEarly: "only before a scheme could open"
    case .noHelp: "the places of schemes that are left would stay empty"
    case .noWeight: "places missing here are given no weight"
    case .money: "the money does not reach further schemes, or they add too few places for theirs"
    }
  }
}

/// What an area still lacks under a programme.
public struct AreaUnmet: Sendable {
  public let area: PlanningAreaCode
  /// Expected unmet places with and without the programme, summed over year groups and years. **Units** places and years.
  public let unmet: Double
  public let unmetWithout: Double
  /// The year of most unmet places under the programme, as a position, and how many they are then.
  public let worstYear: Int
  public let unmetInWorstYear: Double
  public let reason: UnmetReason
}

extension ChosenProgramme {
  /// Areas that still lack places, or would without the programme; the largest lack first.
  public var unmetByArea: [AreaUnmet] {
    let cells = Dictionary(grouping: problem.cells.indices) { problem.cells[$0].area }
    let bare = problem.unmetWithoutSchemes
    let tooDear = Set(
      leftOut.compactMap { left -> PlanningAreaCode? in
        if case .optionTooDear = left.reason { left.scheme.area } else { nil }
      })
    return cells.compactMap { area, cells -> AreaUnmet? in
      let without = cells.reduce(0) { $0 + bare[$1] }
      guard without > 0.5 else { return nil }
      let byYear = problem.years.indices.map { year in
        cells.filter { problem.cells[$0].year == year }.reduce(0) { $0 + accounts.unmet[$1] }
      }
      let worst = byYear.indices.max { (byYear[$0], $1) < (byYear[$1], $0) } ?? 0
      return AreaUnmet(
        area: area, unmet: byYear.reduce(0, +), unmetWithout: without, worstYear: worst,
        unmetInWorstYear: byYear[worst],
        reason: reason(area, byYear, hasDearerOption: tooDear.contains(area)))
    }.sorted { ($1.unmet, $0.area) < ($0.unmet, $1.area) }
  }

  /// Unmet places in an average year with and without the programme: the areas of `unmetByArea`, and last all others together, with
  /// how many they are. The rows add up to `unmetPlaceYears` over the years. **Units** places.
  public var missingByArea: (areas: [(area: PlanningAreaCode, with: Double, without: Double)], others: Others)
  {
    let years = Double(max(1, problem.years.count))
    let listed = unmetByArea
    let all = unmetPlaceYears
    let others = Others(
      areas: Set(problem.cells.map(\.area)).count - listed.count,
      with: (all.with - listed.reduce(0) { $0 + $1.unmet }) / years,
      without: (all.without - listed.reduce(0) { $0 + $1.unmetWithout }) / years)
    return (listed.map { ($0.area, $0.unmet / years, $0.unmetWithout / years) }, others)
  }

  /// Areas that lack next to nothing, together.
  public struct Others: Hashable, Sendable {
    public let areas: Int
    public let with: Double
    public let without: Double
  }

  private func reason(
    _ area: PlanningAreaCode, _ unmetByYear: [Double], hasDearerOption: Bool
  ) -> UnmetReason {
    if unmetByYear.reduce(0, +) < 0.5 { return .met }
    let here = problem.candidates.filter { $0.scheme.area == area && $0.scheme.kind.capacityChange != nil }
    guard let opening = here.flatMap({ $0.starts.map(\.opening) }).min() else { return .noScheme }
    let chosen = startYears
    let groups = Set(here.filter { chosen[$0.scheme.key] != nil }.compactMap(\.scheme.optionGroup))
    let left = here.filter { candidate in
      chosen[candidate.scheme.key] == nil
        && !(candidate.scheme.optionGroup.map(groups.contains) ?? false)
    }
    if unmetByYear.dropFirst(opening).reduce(0, +) < 0.5 { return .tooEarly }
    if hasDearerOption { return .money }
    if left.isEmpty { return .allChosen }
    guard left.contains(where: { $0.starts.contains { fillsPlaces($0) } }) else { return .noHelp }
    return problem.cells.contains { $0.area == area && $0.weight > 0 } ? .money : .noWeight
  }

  /// By position among the programme's choices, the weighted unmet places that would come back if that scheme alone were taken out.
  public var placesOwed: [Double] {
    programme.choices.map { choice in
      let start = problem.candidates[choice.scheme].starts[choice.start]
      let owedToNeighbours =
        problem.neighbours?.moreUnmet(adding: accounts.placesAdded) {
          problem.places(of: start, in: problem.cells[$0]) ?? 0
        } ?? 0
      return owedToNeighbours + owed(choice).reduce(0) { $0 + problem.cells[$1.cell].weight * $1.places }
    }
  }

  /// The same by cell, in the scheme's own area and without weights; cells that are linked to neighbours are left out.
  func owed(_ choice: Programme.Choice) -> [(cell: Int, places: Double)] {
    guard let change = problem.candidates[choice.scheme].starts[choice.start].change else { return [] }
    let linked = problem.linkedCells
    return problem.cells.indices.compactMap { index in
      let cell = problem.cells[index]
      guard cell.area == change.area, !linked.contains(index) else { return nil }
      let own = change.places(in: cell.yearGroup, year: problem.years[cell.year].academicYear)
      guard own > 0 else { return nil }
      let supply = Double(accounts.placesAdded[index])
      return (index, cell.curve.unmet(adding: supply - own) - accounts.unmet[index])
    }
  }
}
