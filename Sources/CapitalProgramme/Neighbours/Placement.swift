/// Pupils of one year group in one year and draw, each with a place in their own area, in an area that it is linked to, or nowhere:
/// the fewest unmet by their weights, and of the ways to do that the one with least transport.
///
/// A transportation problem, solved by least-cost paths: pupils of an area without places take the cheapest way to an empty one, along
/// which others may move on. Nothing here is shared with the solver of a programme.
struct Placement {
  /// Between positions of areas.
  struct Link: Hashable, Sendable {
    let from: Int
    let to: Int
    /// Pounds for one place that is filled, a year.
    let cost: Double
  }

  /// **Shape** area. **Units** places.
  private(set) var unmet: [Double]
  /// **Shape** link. **Units** places.
  private(set) var placed: [Double]
  /// Pupils who stay in their area.
  private var kept: [Double]
  private var empty: [Double]
  private let weights: [Double]
  private let links: [Link]

  /// Less than this is nothing: a billionth of a place.
  private static let least = 1e-9

  init(need: some Collection<Double>, places: [Double], weights: [Double], links: [Link]) {
    unmet = Array(need)
    empty = places.map { max(0, $0) }
    kept = places.map { _ in 0 }
    placed = links.map { _ in 0 }
    self.weights = weights
    self.links = links
    if weights.allSatisfy({ $0 == weights[0] }) {
      // No way is shorter than to stay; with other weights some may have to make room.
      for area in unmet.indices {
        let stay = min(unmet[area], empty[area])
        kept[area] = stay
        unmet[area] -= stay
        empty[area] -= stay
      }
    }
    while let way = cheapestWay() { fill(way) }
    for area in unmet.indices where unmet[area] < Self.least { unmet[area] = 0 }
  }

  var weightedUnmet: Double { zip(weights, unmet).reduce(0) { $0 + $1.0 * $1.1 } }

  // MARK: Least-cost paths

  /// A step from the pupils of an area to the places of one, or back from places to pupils who give them up.
  private enum Step {
    case stay(Int)
    case giveUp(Int)
    case place(link: Int)
    case recall(link: Int)
  }

  private struct Way {
    let root: Int
    let steps: [Step]
    let target: Int
  }

  /// How a node is reached: from pupils of a weight, at a cost.
  private struct Label {
    let root: Int
    let weight: Double
    let cost: Double

    func isBetter(than other: Label?) -> Bool {
      guard let other else { return true }
      return weight == other.weight ? cost < other.cost - 1e-9 : weight > other.weight
    }
  }

  private func cheapestWay() -> Way? {
    let areas = unmet.count
    // Nodes: the pupils of each area, then the places of each.
    var labels = [Label?](repeating: nil, count: 2 * areas)
    var reached = [Step?](repeating: nil, count: 2 * areas)
    guard empty.contains(where: { $0 > Self.least }) else { return nil }
    var isOpen = false
    for area in 0..<areas where unmet[area] > Self.least {
      labels[area] = Label(root: area, weight: weights[area], cost: 0)
      isOpen = true
    }
    func relax(_ from: Int, _ to: Int, _ cost: Double, _ step: Step) {
      guard let label = labels[from] else { return }
      let next = Label(root: label.root, weight: label.weight, cost: label.cost + cost)
      guard next.isBetter(than: labels[to]) else { return }
      labels[to] = next
      reached[to] = step
      isOpen = true
    }
    while isOpen {
      isOpen = false
      for area in 0..<areas {
        relax(area, areas + area, 0, .stay(area))
        if kept[area] > Self.least { relax(areas + area, area, 0, .giveUp(area)) }
      }
      for (index, link) in links.enumerated() {
        relax(link.from, areas + link.to, link.cost, .place(link: index))
        if placed[index] > Self.least {
          relax(areas + link.to, link.from, -link.cost, .recall(link: index))
        }
      }
    }
    var best: (target: Int, label: Label)?
    for area in 0..<areas where empty[area] > Self.least {
      if let label = labels[areas + area], label.isBetter(than: best?.label) { best = (area, label) }
    }
    // A pupil who does not count is not driven anywhere.
    guard let best, best.label.weight > 0 || best.label.cost <= 0 else { return nil }
    return Way(
      root: best.label.root, steps: steps(to: areas + best.target, reachedBy: reached), target: best.target)
  }

  /// The way to a node, its last step first; `reached` holds the step by which each node is reached.
  private func steps(to target: Int, reachedBy reached: [Step?]) -> [Step] {
    let areas = unmet.count
    var way: [Step] = []
    var node = target
    while let step = reached[node] {
      way.append(step)
      switch step {
      case .stay(let area): node = area
      case .giveUp(let area): node = areas + area
      case .place(let link): node = links[link].from
      case .recall(let link): node = areas + links[link].to
      }
    }
    return way
  }

  private mutating func fill(_ way: Way) {
    var amount = min(unmet[way.root], empty[way.target])
    for step in way.steps {
      switch step {
      case .giveUp(let area): amount = min(amount, kept[area])
      case .recall(let link): amount = min(amount, placed[link])
      case .stay, .place: break
      }
    }
    unmet[way.root] -= amount
    empty[way.target] -= amount
    for step in way.steps {
      switch step {
      case .stay(let area): kept[area] += amount
      case .giveUp(let area): kept[area] -= amount
      case .place(let link): placed[link] += amount
      case .recall(let link): placed[link] -= amount
      }
    }
  }
}
