/// Draws grouped into a few sets, each of which is represented by its mean.
///
/// Unmet places after placement are convex in the need, so the mean of a set never has more than the set's mean: what is counted over
/// the scenarios is nowhere above what is counted over the draws. The set for which that difference is largest, at supplies that schemes
/// may reach, is split first; once there is none left, the one whose draws lie furthest apart.
struct ScenarioStrata {
  private struct Stratum {
    let draws: [Int]
    /// Weighted unmet places of the draws beyond those of their mean, summed over the probes.
    let gap: Double
    /// The squared distances of the draws from their mean, added up over all areas.
    let squares: Double
  }

  private let group: NeighbourNeed.Group
  /// Places added to each area where the draws are compared with their mean.
  private let probes: [[Int]]
  /// **Shape** draw. Weighted unmet places, summed over the probes.
  private let unmet: [Double]
  private var strata: [Stratum] = []

  /// `most` are the places that schemes can add to each area of the group.
  init(_ group: NeighbourNeed.Group, most: [Int]) {
    self.group = group
    var probes = [most.map { _ in 0 }, most.map { $0 / 2 }, most]
    // Each area alone, where there are few.
    if most.count <= 8 {
      probes += most.indices.map { area in most.indices.map { $0 == area ? most[$0] : 0 } }
    }
    let distinct = probes.enumerated().filter { !probes[..<$0.offset].contains($0.element) }.map(\.element)
    self.probes = distinct
    unmet = group.shortDraws.map { draw in
      distinct.reduce(0) { $0 + group.placement(draw.need, adding: $1).weightedUnmet }
    }
    strata = [stratum(Array(group.shortDraws.indices))]
  }

  var scenarios: [NeighbourNeed.Scenario] {
    strata.map {
      .init(weight: Double($0.draws.count) / Double(max(1, group.draws)), need: mean($0.draws))
    }
  }

  /// Splits until there are `count`, or no set holds draws that differ.
  mutating func split(into count: Int) {
    while strata.count < count {
      let open = strata.indices.filter { strata[$0].squares > 0 }
      let next = open.max {
        let (a, b) = (strata[$0], strata[$1])
        return a.gap == b.gap ? (a.squares, $1) < (b.squares, $0) : a.gap < b.gap
      }
      guard let next, let (one, other) = halves(strata[next]) else { return }
      strata[next] = one
      strata.append(other)
    }
  }

  /// The split at the middle by one area's need, or by that of all, which leaves least of the gap; then of the squares.
  private func halves(_ whole: Stratum) -> (Stratum, Stratum)? {
    let needs = group.shortDraws
    let orders: [(Int) -> Double] =
      group.areas.indices.map { area in { needs[$0].need[area] } } + [{ needs[$0].need.reduce(0, +) }]
    var best: (one: Stratum, other: Stratum)?
    for order in orders {
      let sorted = whole.draws.sorted { (order($0), $0) < (order($1), $1) }
      guard let first = sorted.first, let last = sorted.last, order(first) < order(last) else { continue }
      // Draws that are alike stay together.
      let middle = order(sorted[sorted.count / 2])
      let low = sorted.filter { middle > order(first) ? order($0) < middle : order($0) <= middle }
      let (one, other) = (stratum(low), stratum(Array(sorted.dropFirst(low.count))))
      if let best {
        let (gap, bestGap) = (one.gap + other.gap, best.one.gap + best.other.gap)
        let (squares, bestSquares) = (one.squares + other.squares, best.one.squares + best.other.squares)
        guard gap < bestGap - 1e-9 || (gap <= bestGap + 1e-9 && squares < bestSquares) else { continue }
      }
      best = (one, other)
    }
    return best
  }

  private func mean(_ draws: [Int]) -> [Double] {
    if draws.count == 1 { return group.shortDraws[draws[0]].need }
    return group.areas.indices.map { area in
      draws.reduce(0) { $0 + group.shortDraws[$1].need[area] } / Double(draws.count)
    }
  }

  private func stratum(_ draws: [Int]) -> Stratum {
    let mean = mean(draws)
    let atMean = probes.reduce(0) { $0 + group.placement(mean, adding: $1).weightedUnmet }
    let gap = draws.reduce(0) { $0 + unmet[$1] } - Double(draws.count) * atMean
    let squares = draws.reduce(0) { sum, draw in
      zip(group.shortDraws[draw].need, mean).reduce(sum) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let areAlike = draws.allSatisfy { group.shortDraws[$0].need == group.shortDraws[draws[0]].need }
    return Stratum(draws: draws, gap: gap < 1e-9 ? 0 : gap, squares: areAlike ? 0 : squares)
  }
}
