internal import Foundation
internal import PlacePlanning

/// How far forecasts may miss in all areas alike where Reception goes by its own counts, for want of births.
///
/// Cohorts that are not in school yet are then as sure as births that nobody has counted, which rise and fall in all areas together and
/// turn when least expected: a handful of origins may have seen no turn. England's births of 1992 to 2022, foreseen from each year by the
/// damped drift that a common count has here, missed by 2.2, 3.8, 5.5, 7.0 and 8.5% (root mean square) one to five years ahead, however
/// many the pupils.
struct UnseenBirths {
  private static let yearAhead = 0.022
  private static let growth = 0.85
  /// Pupils by year group at the origin, over all areas; empty where most of Reception has a feed, or there is none.
  private let pupils: [Double]

  init(_ history: CohortHistory, at origin: Int) {
    func count(_ area: Int, _ group: Int) -> Double {
      let count = history.panel[area, group, origin]
      return count.isNaN ? 0 : count
    }
    // An area that has only opened tells nothing of the others.
    let areas = (0..<history.areas).filter { history.panel.isForecast($0, from: origin) }
    let reception = areas.reduce(0.0) { $0 + count($1, 0) }
    let withoutFeed = areas.filter { history.source($0, 0, origin) == .elsewhere }
      .reduce(0.0) { $0 + count($1, 0) }
    guard reception > 0, 2 * withoutFeed >= reception else {
      pupils = []
      return
    }
    pupils = (0..<CohortHistory.groups).map { group in areas.reduce(0.0) { $0 + count($1, group) } }
  }

  /// As a share of the forecast. Cohorts of a phase miss together, each as far as it was foreseen.
  func deviation(_ target: ForecastTarget, _ ahead: Int) -> Double {
    guard !pupils.isEmpty else { return 0 }
    let all = target.groups.reduce(0.0) { $0 + pupils[$1] }
    guard all > 0 else { return 0 }
    return target.groups.reduce(0.0) { sum, group in
      group < ahead
        ? sum + pupils[group] / all * Self.yearAhead * pow(Double(ahead - group), Self.growth) : sum
    }
  }
}
