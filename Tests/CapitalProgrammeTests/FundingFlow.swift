import CapitalProgramme
import PlacePlanning

/// Whether chosen schemes can be paid for in whole pounds, as a flow of money from what pots receive, through the years they carry
/// it, to what schemes spend. Exact where no share, pooling rule or revenue ceiling is given; otherwise what it cannot pay for
/// cannot be paid for.
struct FundingFlow {
  private var capacity: [[Int]]
  private let source: Int
  private let sink: Int
  private let wanted: Int

  init(_ problem: ProgrammeProblem, starts: [Int?]) {
    let years = problem.years.count
    let chosen = starts.enumerated().compactMap { scheme, start in start.map { (scheme, $0) } }
    // Pots, borrowing, schemes: a node for each year of each.
    let borrowing = problem.pots.count * years
    let firstScheme = borrowing + years
    source = firstScheme + chosen.count * years
    sink = source + 1
    capacity = [[Int]](repeating: [Int](repeating: 0, count: sink + 1), count: sink + 1)
    var wanted = 0
    for (index, pot) in problem.pots.enumerated() {
      for year in 0..<years {
        let isOver = pot.spendBy.map { problem.years[year] > $0 } ?? false
        let isLast = pot.spendBy.map { problem.years[year] >= $0 } ?? false
        let node = index * years + year
        if !isOver { capacity[source][node] = pot.received[problem.years[year]] ?? 0 }
        if pot.carriesForward && !isLast && year + 1 < years { capacity[node][node + 1] = .max }
      }
    }
    for year in 0..<years {
      capacity[source][borrowing + year] = problem.borrowing.limit[problem.years[year]] ?? 0
    }
    for (position, (scheme, start)) in chosen.enumerated() {
      let candidate = problem.candidates[scheme]
      for year in 0..<years {
        let node = firstScheme + position * years + year
        let spending = candidate.starts[start].spending[year]
        capacity[node][sink] = spending
        wanted += spending
        for (pot, rule) in problem.pots.map(\.rule).enumerated() where rule.allows(candidate.scheme) {
          capacity[pot * years + year][node] = .max
        }
        if problem.borrowing.kinds.contains(candidate.scheme.kind) {
          capacity[borrowing + year][node] = .max
        }
      }
    }
    self.wanted = wanted
  }

  /// The largest flow along shortest ways (Edmonds and Karp) is all that is spent.
  func isEnough() -> Bool {
    var left = capacity
    var total = 0
    while let way = way(through: left) {
      let pounds = way.map { left[$0.from][$0.to] }.min() ?? 0
      for step in way {
        if left[step.from][step.to] != .max { left[step.from][step.to] -= pounds }
        if left[step.to][step.from] != .max { left[step.to][step.from] += pounds }
      }
      total += pounds
    }
    return total == wanted
  }

  private func way(through left: [[Int]]) -> [(from: Int, to: Int)]? {
    var before = [Int?](repeating: nil, count: left.count)
    var queue = [source]
    var next = 0
    while next < queue.count, before[sink] == nil {
      let node = queue[next]
      next += 1
      for other in left.indices where left[node][other] > 0 && other != source && before[other] == nil {
        before[other] = node
        queue.append(other)
      }
    }
    var way: [(from: Int, to: Int)] = []
    var node = sink
    while node != source {
      guard let from = before[node] else { return nil }
      way.append((from, node))
      node = from
    }
    return way
  }
}
