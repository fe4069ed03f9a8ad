internal import PlacePlanning

/// How far an area's whole roll is drawn back to its last count, by size and horizon.
///
/// In small rolls the luck of one small cohort outweighs what the cohorts tell, and "no change" is hard to beat. The weight of
/// no change is the one, in tenths, under which earlier forecasts of rolls of that size missed least; larger rolls have none.
struct TotalDamping {
  /// Upper ends of the sizes. **Units** pupils, all year groups.
  private static let sizes = [50.0, 150, 500, 1500]
  private static let steps = 10
  /// Misses that a weight stands on, at the least.
  private static let leastEvidence = 40
  /// By size, then horizon (index 0 is not used).
  private let weights: [[Double]]

  /// `earlier` are the paths of earlier origins as they were before damping.
  init(_ earlier: [(origin: Int, path: Path)], _ history: CohortHistory, at origin: Int, horizon: Int) {
    struct Misses {
      var count = 0
      var sums = [Double](repeating: 0, count: TotalDamping.steps + 1)
    }
    var misses = [[Misses]](
      repeating: [Misses](repeating: Misses(), count: horizon + 1), count: Self.sizes.count)
    for past in earlier {
      for ahead in 1...horizon where past.origin + ahead <= origin {
        for area in 0..<history.areas where history.panel.isForecast(area, from: past.origin) {
          guard let roll = Roll(past.path, history, area, past.origin, ahead), let actual = roll.actual,
            actual > 0, let size = Self.size(roll.opening)
          else { continue }
          misses[size][ahead].count += 1
          for step in 0...Self.steps {
            let forecast = roll.forecast + Double(step) / Double(Self.steps) * (roll.opening - roll.forecast)
            misses[size][ahead].sums[step] += min(1, abs(forecast / actual - 1))
          }
        }
      }
    }
    weights = misses.map { byHorizon in
      var last = 0.0
      return byHorizon.map { misses in
        let best = misses.sums.indices.min { misses.sums[$0] < misses.sums[$1] }
        if misses.count >= Self.leastEvidence, let best { last = Double(best) / Double(Self.steps) }
        return last
      }
    }
  }

  private static func size(_ roll: Double) -> Int? { sizes.firstIndex { roll < $0 } }

  /// The path with every year group of a small roll scaled so that their total is damped.
  func applied(to path: Path, _ history: CohortHistory, _ origin: Int) -> Path {
    var damped = path
    for area in 0..<path.areas {
      for ahead in 1...path.horizon {
        guard let roll = Roll(path, history, area, origin, ahead), roll.forecast > 0,
          let size = Self.size(roll.opening)
        else { continue }
        let weight = weights[size][ahead]
        let factor = 1 - weight + weight * roll.opening / roll.forecast
        for group in 0..<CohortHistory.groups { damped[area, group, ahead] *= factor }
      }
    }
    return damped
  }
}

/// An area's whole roll: at the origin, as forecast, and as counted later.
private struct Roll {
  private(set) var opening = 0.0
  private(set) var forecast = 0.0
  private(set) var actual: Double? = 0

  init?(_ path: Path, _ history: CohortHistory, _ area: Int, _ origin: Int, _ ahead: Int) {
    for group in 0..<CohortHistory.groups where !history.panel[area, group, origin].isNaN {
      opening += history.panel[area, group, origin]
      forecast += path[area, group, ahead]
      let later = origin + ahead < history.years ? history.panel[area, group, origin + ahead] : .nan
      actual = later.isNaN ? nil : actual.map { $0 + later }
    }
    guard opening > 0, forecast.isFinite else { return nil }
  }
}
