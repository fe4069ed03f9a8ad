internal import Foundation
internal import NumericCore

/// How much one assumption moves one headline, all others as they stand.
public struct TornadoBar: Hashable, Sendable, Codable {
  public let key: String
  public let low: Double
  public let high: Double
  /// The headline at the model's own values, and with the key at its low and at its high end.
  public let base: Double
  public let atLow: Double
  public let atHigh: Double

  /// From the lowest of the three to the highest.
  public var swing: Double { max(base, atLow, atHigh) - min(base, atLow, atHigh) }
}

/// The bars of a one-at-a-time design, the widest first; keys of equal swing in order. `values` are those of the design's points.
/// Nil where a point has no value, and for another kind of design.
public func tornado(_ design: SweepDesign, _ values: [Double?]) -> [TornadoBar]? {
  guard design.kind == .tornado, values.count == design.count, let base = values.first ?? nil else {
    return nil
  }
  var bars: [TornadoBar] = []
  for (index, variation) in design.variations.enumerated() {
    guard let low = values[2 * index + 1], let high = values[2 * index + 2] else { return nil }
    bars.append(
      TornadoBar(
        key: variation.key, low: variation.low, high: variation.high, base: base, atLow: low, atHigh: high))
  }
  return bars.sorted { $0.swing == $1.swing ? $0.key < $1.key : $0.swing > $1.swing }
}

/// Which share of a headline's variance an assumption explains: alone (first order), and with all that it does together with
/// others (total order). The ranges hold 95 in a hundred bootstrap samples of the rows.
public struct SobolIndex: Hashable, Sendable, Codable {
  public struct Estimate: Hashable, Sendable, Codable {
    public let value: Double
    public let low: Double
    public let high: Double
  }

  public let key: String
  public let first: Estimate
  public let total: Estimate
}

/// Sobol' indices of a headline from the values at a Sobol' design's points, in the order of its keys.
///
/// First order by Saltelli and others (2010), `mean(f(B) (f(AB) - f(A))) / V`; total order by Jansen (1999),
/// `mean((f(A) - f(AB))^2) / 2V`. Values are first taken from their mean, which changes no index and loses fewer digits. Nil where
/// a point has no value or the values do not vary, and for another kind of design.
public func sobolIndices(_ design: SweepDesign, _ values: [Double?], resamples: Int = 500) -> [SobolIndex]? {
  guard design.kind == .sobol, values.count == design.count, design.points > 1 else { return nil }
  let known = values.compactMap { $0 }
  guard known.count == values.count else { return nil }
  let rows = SobolRows(known, keys: design.variations.count)
  let all = Array(0..<design.points)
  guard let estimate = rows.indices(of: all) else { return nil }
  let stream = RandomStream(seed: design.seed, source: .sweep, area: "bootstrap")
  let samples = (0..<resamples).compactMap { sample -> [(first: Double, total: Double)]? in
    rows.indices(of: all.map { Int(stream.uniform(cell: sample, draw: $0) * Double(design.points)) })
  }
  func range(_ value: Double, _ resampled: [Double]) -> SobolIndex.Estimate {
    let sorted = resampled.sorted()
    guard let first = sorted.first, let last = sorted.last, sorted.count > 1 else {
      return .init(value: value, low: value, high: value)
    }
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let whole = Int(place)
      guard whole + 1 < sorted.count else { return share < 0.5 ? first : last }
      return sorted[whole] + (place - Double(whole)) * (sorted[whole + 1] - sorted[whole])
    }
    return .init(value: value, low: quantile(0.025), high: quantile(0.975))
  }
  return design.variations.enumerated().map { index, variation in
    SobolIndex(
      key: variation.key, first: range(estimate[index].first, samples.map { $0[index].first }),
      total: range(estimate[index].total, samples.map { $0[index].total }))
  }
}

/// A headline's values by row: both samples and their crossings, taken from their mean.
private struct SobolRows {
  private let values: [Double]
  private let keys: Int
  private var width: Int { keys + 2 }

  init(_ values: [Double], keys: Int) {
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    self.values = values.map { $0 - mean }
    self.keys = keys
  }

  /// First and total order of each key over some rows, a row as often as it is named. Nil where the rows do not vary.
  func indices(of rows: [Int]) -> [(first: Double, total: Double)]? {
    let count = Double(rows.count)
    var (sum, squares) = (0.0, 0.0)
    for row in rows {
      for column in 0..<2 {
        let value = values[row * width + column]
        sum += value
        squares += value * value
      }
    }
    let mean = sum / (2 * count)
    let variance = squares / (2 * count) - mean * mean
    let scale = values.reduce(0) { max($0, abs($1)) }
    guard variance > 1e-20 * scale * scale, variance > 0 else { return nil }
    return (0..<keys).map { key in
      var (first, total) = (0.0, 0.0)
      for row in rows {
        let (a, b) = (values[row * width], values[row * width + 1])
        let crossed = values[row * width + 2 + key]
        first += (b - mean) * (crossed - a)
        total += (a - crossed) * (a - crossed)
      }
      return (first / count / variance, total / (2 * count) / variance)
    }
  }
}
