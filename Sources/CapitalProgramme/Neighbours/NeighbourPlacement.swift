public import PlacePlanning

extension NeighbourNeed {
  /// A group's mean over draws or scenarios.
  struct Expected {
    /// **Shape** area of the group. **Units** places.
    var unmet: [Double]
    /// **Shape** link of the group. **Units** pupils.
    var placed: [Double]
  }

  /// **Shape** group. `added` are the places added to each of the problem's cells.
  func expected(adding added: [Int], over scenarios: KeyPath<Group, [Scenario]>) -> [Expected] {
    groups.map { group in group.expected(adding: group.cells.map { added[$0] }, over: scenarios) }
  }

  /// **Shape** year. **Units** pounds.
  func transport(_ expected: [Expected]?, years: Int) -> [Double] {
    var pounds = [Double](repeating: 0, count: years)
    for (group, expected) in zip(groups, expected ?? []) { pounds[group.year] += group.transport(expected) }
    return pounds
  }

  /// Weighted unmet places over the scenarios that come back when the places of one scheme are taken away.
  func moreUnmet(adding added: [Int], taking own: (Int) -> Int) -> Double {
    groups.reduce(0) { sum, group in
      let places = group.cells.map(own)
      guard places.contains(where: { $0 != 0 }) else { return sum }
      let now = group.cells.map { added[$0] }
      return sum + group.weightedUnmet(adding: zip(now, places).map { $0 - $1 })
        - group.weightedUnmet(adding: now)
    }
  }
}

extension NeighbourNeed.Group {
  /// **Shape** of `added`: area of the group.
  func expected(
    adding added: [Int], over scenarios: KeyPath<Self, [NeighbourNeed.Scenario]>
  ) -> NeighbourNeed.Expected {
    var sum = NeighbourNeed.Expected(unmet: areas.map { _ in 0 }, placed: links.map { _ in 0 })
    for scenario in self[keyPath: scenarios] {
      let placement = placement(scenario.need, adding: added)
      for area in areas.indices { sum.unmet[area] += scenario.weight * placement.unmet[area] }
      for (index, way) in ways.enumerated() {
        sum.placed[index] += scenario.weight * placement.placed[index] / (1 + margins[way.from])
      }
    }
    return sum
  }

  fileprivate func weightedUnmet(adding added: [Int]) -> Double {
    scenarios.reduce(0) { $0 + $1.weight * placement($1.need, adding: added).weightedUnmet }
  }

  /// **Units** pounds.
  func transport(_ expected: NeighbourNeed.Expected) -> Double {
    zip(links, expected.placed).reduce(0) { $0 + $1.0.transportCost * $1.1 }
  }
}

/// What placing pupils in neighbouring areas does under a programme, counted over every draw: in each, the fewest unmet places that
/// the links allow, and of those ways the one of least transport.
public struct NeighbourPlacement: Sendable {
  /// One link in one year.
  public struct LinkYear: Sendable {
    public let link: NeighbourLink
    /// Position among the problem's years.
    public let year: Int
    /// Expected. **Units** pupils.
    public let pupils: Double
    /// Expected. **Units** pounds.
    public let cost: Double
  }

  /// The same figure over all draws, and over the scenarios that the programme was chosen by.
  public struct Pair: Sendable {
    public let draws: Double
    public let scenarios: Double

    /// What the scenarios leave out.
    public var gap: Double { draws - scenarios }
  }

  public let areas: [PlanningAreaCode]
  public let draws: Int
  /// The most scenarios that stand for the draws of a year group and year.
  public let scenarios: Int
  /// Every draw in which an area is short was a scenario of its own.
  public let hasEveryDraw: Bool
  /// Expected in the linked areas, summed over year groups and years. **Units** places and years.
  public let unmet: Pair
  /// The same without placement, over all draws.
  public let unmetUnplaced: Double
  /// Each times its cell's weight: the part of the first aim that lies in linked areas. The scenarios' is never above the draws'.
  public let weightedUnmet: Pair
  /// Discounted to the first year: the part of the second aim that is transport. **Units** pounds.
  public let presentTransport: Pair
  /// Those with pupils, in order of links, then years.
  public let links: [LinkYear]
  /// **Shape** year. **Units** pounds of the day, expected.
  public let transport: [Double]

  /// Nil where all pupils stay in their areas.
  public init?(_ accounts: ProgrammeAccounts, of problem: ProgrammeProblem) {
    guard let need = problem.neighbours else { return nil }
    let added = accounts.placesAdded
    let reduced = need.expected(adding: added, over: \.scenarios)
    let full = need.expected(adding: added, over: \.shortDraws)
    let years = problem.years.count

    areas = need.blocks.flatMap { $0 }
    draws = need.groups.map(\.draws).max() ?? 0
    scenarios = need.groups.filter { !$0.isFixed }.map(\.scenarios.count).max() ?? 0
    hasEveryDraw = need.groups.allSatisfy { $0.scenarios.count == $0.shortDraws.count }
    unmet = Pair(draws: need.unmet(full), scenarios: need.unmet(reduced))
    unmetUnplaced = need.cells.sorted().reduce(0) {
      $0 + problem.cells[$1].curve.unmet(adding: Double(added[$1]))
    }
    weightedUnmet = Pair(draws: need.weightedUnmet(full), scenarios: need.weightedUnmet(reduced))
    let pounds = need.transport(full, years: years)
    func present(_ pounds: [Double]) -> Double {
      zip(pounds.indices, pounds).reduce(0) { $0 + problem.discount($1.0) * $1.1 }
    }
    presentTransport = Pair(
      draws: present(pounds), scenarios: present(need.transport(reduced, years: years)))
    transport = pounds

    struct Key: Hashable {
      let link: NeighbourLink
      let year: Int
    }
    var pupils: [Key: Double] = [:]
    for (group, expected) in zip(need.groups, full) {
      for (link, placed) in zip(group.links, expected.placed) where placed > 0 {
        pupils[Key(link: link, year: group.year), default: 0] += placed
      }
    }
    links = pupils.map {
      LinkYear(
        link: $0.key.link, year: $0.key.year, pupils: $0.value, cost: $0.value * $0.key.link.transportCost)
    }.sorted { ($0.link.from, $0.link.to, $0.year) < ($1.link.from, $1.link.to, $1.year) }
  }
}

extension NeighbourNeed {
  fileprivate func unmet(_ expected: [Expected]) -> Double {
    expected.reduce(0) { $0 + $1.unmet.reduce(0, +) }
  }

  fileprivate func weightedUnmet(_ expected: [Expected]) -> Double {
    zip(groups, expected).reduce(0) { sum, entry in
      zip(entry.0.weights, entry.1.unmet).reduce(sum) { $0 + $1.0 * $1.1 }
    }
  }
}

extension ChosenProgramme {
  /// What neighbouring areas do for each other under this programme; nil where all pupils stay in their areas.
  public var neighbourPlacement: NeighbourPlacement? { NeighbourPlacement(accounts, of: problem) }
}
