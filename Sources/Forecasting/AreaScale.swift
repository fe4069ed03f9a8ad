internal import PlacePlanning

/// How large areas' own errors were, beside those of forecasts of their size; and by how much to widen or narrow their ranges for it.
///
/// A size of 1 is what half of own errors stay within. Roots of sizes are averaged, so that one year's turmoil counts for little.
struct AreaSizes {
  private var sums: [Double]
  private var counts: [Double]

  /// Assumed: sizes beyond this tell of schools that opened or closed.
  private static let mostThatCounts = 4.0
  /// How many errors of the mean size stand beside an area's own. Chosen by trial on three panels (`Forecasting.md`): five and twenty are
  /// nearly as good.
  private static let priorWeight = 10.0
  /// A mean root below this tells of rounding: nothing was missed.
  private static let leastMean = 1e-3

  init(areas: Int) {
    sums = [Double](repeating: 0, count: areas)
    counts = sums
  }

  mutating func add(_ size: Double, area: Int) {
    sums[area] += min(Self.mostThatCounts, size).squareRoot()
    counts[area] += 1
  }

  /// By area: how many times as wide as those of areas of its size its own errors are taken to be. 1 without evidence.
  var scales: [Double] {
    let (sum, count) = (sums.reduce(0, +), counts.reduce(0, +))
    guard sum > Self.leastMean * count else { return sums.map { _ in 1 } }
    let mean = sum / count
    return sums.indices.map { area in
      let root = (sums[area] + Self.priorWeight * mean) / ((counts[area] + Self.priorWeight) * mean)
      return root * root
    }
  }
}

extension RollingForecast {
  /// By origin, then phase and area: how many times as wide as the law says its own errors are taken to be, from errors of year groups a
  /// year ahead that were known by then, each beside the law of its own origin. `laws` are those of ``errorLaws()``.
  ///
  /// Where fewer than ``manyAreas`` areas have an error it says nothing of how they differ.
  func areaScales(_ laws: [[[ErrorLaw?]]]) -> [[Phase: [Double]]] {
    var known: [Phase: AreaSizes] = [:]
    var scales: [[Phase: [Double]]] = []
    // The outcomes of one origin's forecasts a year ahead are known by the next.
    for (index, origin) in origins.enumerated() {
      scales.append(known.mapValues(\.scales))
      for yearGroup in YearGroup.all {
        guard let law = laws[yearGroup.number][index].first ?? nil else { continue }
        let misses = areaMisses(.yearGroup(yearGroup), origin, 1)
        guard misses.count >= manyAreas, let common = median(misses.map { $0.miss.error }) else { continue }
        for (area, miss) in misses {
          known[yearGroup.phase, default: AreaSizes(areas: history.areas)]
            .add(law.size(of: miss.error - common, forecast: miss.forecast), area: area)
        }
      }
    }
    return scales
  }
}
