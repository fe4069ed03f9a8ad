internal import Foundation
internal import PlacePlanning

/// A way of forecasting rolls. The first is ours; the others stand beside it as rivals and as baselines.
public enum ForecastMethod: String, CaseIterable, Sendable, Codable {
  /// Pooled rates with areas' factors drawn in, levels of entry year groups, and damped small rolls.
  case pooled
  /// Every year group stays as it was counted.
  case noChange = "no_change"
  /// Each area's last ratio of a year group to its feed.
  case lastRatio = "last_ratio"
  /// The mean of each area's last three ratios, on the log scale.
  case plainMean = "plain_mean"
  /// The same weighted 3:2:1, newest first.
  case weighted321 = "weighted_321"
  /// Exponential smoothing of each area's log ratios with a damped trend.
  case smoothedTrend = "smoothed_trend"

  /// The form of the papers.
  public var title: String {
    switch self {
    case .pooled: "Pooled"
    case .noChange: "No change"
    case .lastRatio: "Last ratio"
    case .plainMean: "Mean of 3"
    case .weighted321: "3:2:1"
    case .smoothedTrend: "Smoothed trend"
    }
  }
}

extension CohortHistory {
  /// The central path of a rival. Where an area has no ratio of its own, its year group stays as it is.
  func path(_ method: ForecastMethod, from origin: Int, horizon: Int) -> Path {
    let cells = (0..<areas).map { area in
      (0..<Self.groups).map { OwnRatio(method, logRatios(area, $0, to: origin)) }
    }
    func opening(_ area: Int, _ group: Int) -> Double { panel[area, group, origin] }
    return path(from: origin, horizon: horizon, opening: opening) { group, ahead, feeds in
      feeds.enumerated().map { area, feed in
        guard let ratio = cells[area][group], !feed.isNaN else {
          return panel[area, group, origin]
        }
        return feed * exp(ratio.logRatio(ahead))
      }
    }
  }

  /// Oldest first, of the years that have one.
  private func logRatios(_ area: Int, _ group: Int, to last: Int) -> [Double] {
    (0...last).compactMap { year in
      guard let pair = pair(area, group, year), pair.pupils > 0 else { return nil }
      return log(pair.pupils / pair.feed)
    }
  }
}

/// One area's own log ratio of a year group and how it is taken to go on.
private struct OwnRatio {
  private var level: Double
  private var trend = 0.0

  /// Nil without a ratio, and for methods that go by none of an area's own.
  init?(_ method: ForecastMethod, _ ratios: [Double]) {
    guard let last = ratios.last else { return nil }
    level = last
    switch method {
    case .pooled, .noChange: return nil
    case .lastRatio: break
    case .plainMean: level = Self.mean(ratios, [1, 1, 1])
    case .weighted321: level = Self.mean(ratios, [3, 2, 1])
    case .smoothedTrend: smooth(ratios)
    }
  }

  /// What the trend keeps each year.
  private static let damping = 0.8

  func logRatio(_ ahead: Int) -> Double { level + trend * dampedYears(ahead, keeping: Self.damping) }

  /// Weights from the newest backwards.
  private static func mean(_ ratios: [Double], _ weights: [Double]) -> Double {
    let pairs = zip(ratios.reversed(), weights)
    return pairs.reduce(0) { $0 + $1.0 * $1.1 } / pairs.reduce(0) { $0 + $1.1 }
  }

  /// Holt's smoothing with a damped trend; half of each error goes into the level, a tenth into the trend.
  private mutating func smooth(_ ratios: [Double]) {
    level = ratios[0]
    for ratio in ratios.dropFirst() {
      let expected = level + Self.damping * trend
      let error = ratio - expected
      level = expected + 0.5 * error
      trend = Self.damping * trend + 0.1 * error
    }
  }
}
