public import PlacePlanning
public import Projection

/// What placing pupils in neighbouring areas needs to know beside the cells of a problem.
public struct NeighbourDraws: Sendable {
  /// The most scenarios of a year group and year, unless said otherwise.
  public static let usualMostScenarios = 30

  public let links: [NeighbourLink]
  /// Pupils of each cell by number of draw; nil where no link leads to its area or from it. **Shape** cell. **Units** pupils.
  public let pupils: [[Double]?]
  /// The most scenarios that stand for the draws of a year group and year.
  public let mostScenarios: Int

  /// Fewer than one scenario counts as one. **Precondition** cells that have draws have equally many.
  public init(_ links: [NeighbourLink], pupils: [[Double]?], mostScenarios: Int) {
    let count = pupils.compactMap { $0?.count }.first
    precondition(pupils.allSatisfy { $0 == nil || $0?.count == count }, "cells have as many draws")
    self.links = links
    self.pupils = pupils
    self.mostScenarios = max(1, mostScenarios)
  }

  /// The draws of the cells that a model's links join; without `draws`, the central path alone.
  public init(
    _ plan: CapitalPlan, _ cells: [ProgrammeProblem.Cell], _ pupils: TrajectorySet, _ draws: PupilDraws?,
    mostScenarios: Int
  ) {
    let linked = Set(plan.neighbours.flatMap { [$0.from, $0.to] })
    let years = plan.financialYears.map(\.academicYear)
    self.init(
      plan.neighbours,
      pupils: cells.map { cell in
        guard linked.contains(cell.area) else { return nil }
        return pupils.byDraw(draws, cell.area, cell.yearGroup, years[cell.year])
      }, mostScenarios: mostScenarios)
  }
}

/// The need of areas that links join, year group by year group and year by year, draw by draw.
///
/// Only draws in which some area of a group is short without any scheme are kept: in the others nobody is unmet, whatever is chosen.
public struct NeighbourNeed: Sendable {
  /// The need of all areas of a group at once, and how much of the mean it is.
  public struct Scenario: Sendable {
    public let weight: Double
    /// **Shape** area of the group. **Units** places, the margin counted.
    public let need: [Double]
  }

  /// One year group and year of areas that links join, directly or through others.
  public struct Group: Sendable {
    public let yearGroup: YearGroup
    /// Position among the problem's years.
    public let year: Int
    /// In order of their codes.
    public let areas: [PlanningAreaCode]
    /// Their cells, as positions among the problem's.
    public let cells: [Int]
    /// In order of the areas; the links of two areas are one, the cheapest.
    public let links: [NeighbourLink]
    public let draws: Int
    /// The draws in which an area is short without any scheme, each with the weight 1 / `draws`.
    public let shortDraws: [Scenario]
    /// The scenarios that represent them in a programme.
    public internal(set) var scenarios: [Scenario]
    /// No scheme changes the places of these cells: every draw is its own scenario.
    let isFixed: Bool

    let weights: [Double]
    let places: [Double]
    let margins: [Double]
    let ways: [Placement.Link]

    /// **Shape** of `added`: area of the group.
    func placement(_ need: [Double], adding added: [Int]) -> Placement {
      Placement(
        need: need, places: zip(places, added).map { $0 + Double($1) }, weights: weights, links: ways)
    }
  }

  public let groups: [Group]
  /// Areas that links join, directly or through others: what is chosen for one may change what is best for another.
  public let blocks: [[PlanningAreaCode]]
  /// Positions of all cells that the groups hold.
  let cells: Set<Int>

  /// Nil without links between cells. `mostAdded` are the places that schemes can add to each cell at the most.
  init?(_ draws: NeighbourDraws, cells: [ProgrammeProblem.Cell], mostAdded: [Int]) {
    var cheapest: [[PlanningAreaCode]: Double] = [:]
    for link in draws.links where link.from != link.to {
      cheapest[[link.from, link.to]] = min(cheapest[[link.from, link.to]] ?? .infinity, link.transportCost)
    }
    let links = cheapest.map { NeighbourLink(from: $0.key[0], to: $0.key[1], transportCost: $0.value) }
      .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    struct Key: Hashable {
      let year: Int
      let yearGroup: YearGroup
    }
    let drawn = cells.indices.filter { draws.pupils.indices.contains($0) && draws.pupils[$0] != nil }
    let together = Dictionary(grouping: drawn) { Key(year: cells[$0].year, yearGroup: cells[$0].yearGroup) }
    groups = together.sorted { ($0.key.year, $0.key.yearGroup) < ($1.key.year, $1.key.yearGroup) }
      .flatMap { _, members in
        let byArea = Dictionary(members.map { (cells[$0].area, $0) }) { first, _ in first }
        return joined(byArea.keys.sorted(), by: links).map { areas in
          Group(areas.compactMap { byArea[$0] }, among: cells, links, draws, mostAdded)
        }
      }
    blocks = joined(Set(groups.flatMap(\.areas)).sorted(), by: links)
    self.cells = Set(groups.flatMap(\.cells))
    guard !groups.isEmpty else { return nil }
  }
}

extension NeighbourNeed.Group {
  /// `positions` are the cells of one year group and year, in order of their areas, two at the least.
  fileprivate init(
    _ positions: [Int], among all: [ProgrammeProblem.Cell], _ allLinks: [NeighbourLink],
    _ draws: NeighbourDraws, _ mostAdded: [Int]
  ) {
    let own = positions.map { all[$0] }
    let areas = own.map(\.area)
    let links = allLinks.filter { areas.contains($0.from) && areas.contains($0.to) }
    let margins = own.map(\.curve.margin)
    let places = own.map { max(0, $0.curve.places) }
    let pupils = positions.map { draws.pupils[$0] ?? [] }
    let count = pupils.first?.count ?? 0
    let index = Dictionary(uniqueKeysWithValues: areas.enumerated().map { ($1, $0) })
    var short: [NeighbourNeed.Scenario] = []
    for draw in 0..<count {
      let need = zip(pupils, margins).map { $0[draw] * (1 + $1) }
      if zip(need, places).contains(where: { $0 > $1 }) {
        short.append(.init(weight: 1 / Double(count), need: need))
      }
    }
    yearGroup = own[0].yearGroup
    year = own[0].year
    self.areas = areas
    self.links = links
    self.margins = margins
    self.places = places
    self.draws = count
    cells = positions
    weights = own.map(\.weight)
    ways = links.compactMap { link in
      guard let from = index[link.from], let to = index[link.to] else { return nil }
      return Placement.Link(from: from, to: to, cost: link.transportCost / (1 + margins[from]))
    }
    shortDraws = short
    scenarios = short
    let most = positions.map { mostAdded[$0] }
    isFixed = most.allSatisfy { $0 == 0 }
    guard !isFixed, short.count > draws.mostScenarios else { return }
    var strata = ScenarioStrata(self, most: most)
    strata.split(into: draws.mostScenarios)
    scenarios = strata.scenarios
  }
}

/// Sets of two areas and more that links join, directly or through others; each in order, and in order of their first.
private func joined(_ areas: [PlanningAreaCode], by links: [NeighbourLink]) -> [[PlanningAreaCode]] {
  var left = Set(areas)
  var found: [[PlanningAreaCode]] = []
  for area in areas where left.contains(area) {
    var (block, open): (Set<PlanningAreaCode>, [PlanningAreaCode]) = ([area], [area])
    while let next = open.popLast() {
      for link in links where link.from == next || link.to == next {
        let other = link.from == next ? link.to : link.from
        if left.contains(other), block.insert(other).inserted { open.append(other) }
      }
    }
    left.subtract(block)
    if block.count > 1 { found.append(block.sorted()) }
  }
  return found
}
