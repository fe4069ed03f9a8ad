public import PlacePlanning

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
    let here = problem.candidates.filter { $0.scheme.area == area && $0.scheme.kind.addsPlaces }
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
}
