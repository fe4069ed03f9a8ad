internal import Foundation
internal import PlacePlanning

extension CohortHistory {
  /// Log of pupils per feed over all areas with a pair in the year; nil without any.
  func commonRate(_ group: Int, _ year: Int) -> Double? {
    let pairs = (0..<areas).compactMap { pair($0, group, year) }
    let pupils = pairs.reduce(0) { $0 + $1.pupils }
    return pupils > 0 ? log(pupils / pairs.reduce(0) { $0 + $1.feed }) : nil
  }

  /// By year up to the last: pupils of the areas that were counted whenever any was; nil where there are no such areas, or no count.
  func commonCounts(_ group: Int, to last: Int) -> [Double?] {
    let years = (0...last).filter { year in (0..<areas).contains { !panel[$0, group, year].isNaN } }
    let whole = (0..<areas).filter { area in years.allSatisfy { !panel[area, group, $0].isNaN } }
    return (0...last).map { year in
      years.contains(year) && !whole.isEmpty ? whole.reduce(0) { $0 + panel[$1, group, year] } : nil
    }
  }
}

/// How a common count goes on: from where, and by what yearly change of its log.
struct CommonDrift {
  let opening: Double?
  let yearly: Double

  /// `counts` run to the origin. A change into or out of a year of low quality counts for little, the mean change is drawn towards
  /// nought as its standard error warrants, and what a disturbed origin lies off the drift before it is taken back in part, as its rolls
  /// are.
  init(_ counts: [Double?], _ weights: YearWeights) {
    let origin = weights.origin
    let quality = weights.quality
    let sides = YearWeights(
      origin: origin, quality: quality.indices.map { $0 > 0 ? quality[$0] * quality[$0 - 1] : quality[$0] })
    func change(_ year: Int, _ counts: [Double?]) -> Double? {
      guard year > 0, let now = counts[year], let before = counts[year - 1], now > 0, before > 0 else {
        return nil
      }
      return log(now / before)
    }
    func drift(_ counts: [Double?], to last: Int) -> Double {
      let changes = (0..<last + 1).map { change($0, counts) }
      guard let drift = sides.estimate(changes, decay: PooledSettings.driftDecay) else { return 0 }
      let square = drift.mean * drift.mean
      return square > 0 ? square / (square + drift.variance) * drift.mean : 0
    }
    var steady = counts
    if quality[origin] < 1, let now = counts[origin], let latest = change(origin, counts) {
      let off = latest - drift(counts, to: origin - 1) * dampedYears(1)
      steady[origin] = now * exp(-PooledSettings.rebound * (1 - quality[origin]) * off)
    }
    opening = Self.level(steady, weights)
    yearly = drift(steady, to: origin)
  }

  /// Where counts stand at the origin: as counted, or of few pupils the mean of the years up to it. Nil where nobody is left. What the
  /// origin's quality asks for has been done.
  private static func level(_ counts: [Double?], _ weights: YearWeights) -> Double? {
    guard counts[weights.origin] != nil else { return nil }
    var quality = weights.quality
    quality[weights.origin] = 1
    let level = YearWeights(origin: weights.origin, quality: quality)
      .mean(counts, decay: levelDecay(counts, 0))
    return level.flatMap { $0 > 0 ? $0 : nil }
  }
}
