internal import Foundation

/// Pupils by area, year group and horizon (1 is the year after the origin); not a number where nothing is forecast.
struct Path {
  let areas: Int
  let horizon: Int
  private var values: [Double]

  init(areas: Int, horizon: Int) {
    self.areas = areas
    self.horizon = horizon
    values = [Double](repeating: .nan, count: areas * CohortHistory.groups * horizon)
  }

  subscript(area: Int, group: Int, ahead: Int) -> Double {
    get { values[(area * CohortHistory.groups + group) * horizon + ahead - 1] }
    set { values[(area * CohortHistory.groups + group) * horizon + ahead - 1] = newValue }
  }
}

extension CohortHistory {
  /// Carries the rolls of an origin forward, a September at a time. `step` gives the pupils of a year group by area from its
  /// feeds, which are not a number where there is none.
  func path(
    from origin: Int, horizon: Int, opening: (Int, Int) -> Double,
    step: (_ group: Int, _ ahead: Int, _ feeds: [Double]) -> [Double]
  ) -> Path {
    var path = Path(areas: areas, horizon: horizon)
    var now = (0..<Self.groups).map { group in (0..<areas).map { opening($0, group) } }
    let sources = (0..<Self.groups).map { group in (0..<areas).map { source($0, group, origin) } }
    for ahead in 1...horizon {
      var next = now
      for group in 0..<Self.groups {
        let feeds = (0..<areas).map { area in
          if sources[group][area] != .feed { return Double.nan }
          return group == 0 ? birthsAhead(area, from: origin, ahead) : now[group - 1][area]
        }
        next[group] = step(group, ahead, feeds)
        for area in 0..<areas {
          if sources[group][area] == .notTaught { next[group][area] = 0 }
          if sources[group][area] == .unknown { next[group][area] = .nan }
          path[area, group, ahead] = next[group][area]
        }
      }
      now = next
    }
    return path
  }
}

/// What a yearly change adds up to over some years when each year keeps a share of the year before's.
///
/// Of a recent yearly change of births in England, 1992 to 2022, sums of 0.65, 1.2, 1.5 and 1.6 came about one to four years later (least
/// squares), and 1.1 five years later: turning points.
func dampedYears(_ years: Int, keeping share: Double = 0.65) -> Double {
  years <= 0 ? 0 : (1...years).reduce(0) { $0 + pow(share, Double($1)) }
}
