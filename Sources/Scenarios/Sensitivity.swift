internal import NumericCore

/// How much one assumption moves one headline, all others as they stand.
public struct TornadoBar: Hashable, Sendable, Encodable {
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
public struct SobolIndex: Hashable, Sendable, Encodable {
  /// A share of the variance, with its range. **Units** none: of 1.
  public struct Estimate: Hashable, Sendable, Encodable {
    public let value: Double
    public let low: Double
    public let high: Double
  }

  public let key: String
  public let first: Estimate
  public let total: Estimate
}

/// Why a sample tells no shares of a headline's variance.
public enum SobolRefusal: Hashable, Sendable {
  /// The sample has this many rows, and ``leastRows`` are needed.
  case fewRows(Int)
  /// The variance rests on about so many of the values of the two samples, where ``leastCarriers`` are needed: a few values that
  /// differ from all others say little of what made them differ.
  case fewValues(Int, of: Int)
  /// A share beyond what any share can be, by more than its range: of a key, as estimated.
  case impossible(key: String, SobolIndex.Estimate)

  /// With fewer rows, the ranges hold the truth too seldom.
  public static let leastRows = 32
  /// Found by trying functions whose indices are known, of many rows and of few: with fewer, the ranges hold the truth too seldom.
  public static let leastCarriers = 20.0
  /// How far a range may lie beyond what a share can be and still be drawn up to it. **Units** share of variance.
  static let mostBeyond = 0.1
}

/// What a Sobol' sample tells of a headline.
public enum SobolShares: Hashable, Sendable {
  /// In the order of the design's keys.
  case told([SobolIndex])
  case refused(SobolRefusal)
}

/// Sobol' indices of a headline from the values at a Sobol' design's points, in the order of its keys.
///
/// First order by Saltelli and others (2010), `mean(f(B) (f(AB) - f(A))) / V`; total order by Jansen (1999),
/// `mean((f(A) - f(AB))^2) / 2V`. Values are first taken from their mean, which changes no index and loses fewer digits. No share is
/// below nought or above 1, and none of first order above that of total order: a range that misses what a share can be by no more than
/// a tenth is drawn up to it. Nil where a point has no value or all values are alike, and for another kind of design.
public func sobolIndices(_ design: SweepDesign, _ values: [Double?]) -> SobolShares? {
  guard design.kind == .sobol, values.count == design.count, design.points > 1 else { return nil }
  let known = values.compactMap { $0 }
  guard known.count == values.count, known.contains(where: { $0 != known[0] }) else { return nil }
  guard design.points >= SobolRefusal.leastRows else { return .refused(.fewRows(design.points)) }
  let rows = SobolRows(known, keys: design.variations.count)
  let all = Array(0..<design.points)
  guard let estimate = rows.indices(of: all) else { return .refused(.fewValues(0, of: 2 * design.points)) }
  let carriers = rows.carriers
  let tooFew = SobolShares.refused(.fewValues(Int(carriers.rounded()), of: 2 * design.points))
  guard carriers >= SobolRefusal.leastCarriers else { return tooFew }
  let resamples = 500
  let stream = RandomStream(seed: design.seed, source: .sweep, area: "bootstrap")
  let samples = (0..<resamples).compactMap { sample -> [(first: Double, total: Double)]? in
    rows.indices(of: all.map { Int(stream.uniform(cell: sample, draw: $0) * Double(design.points)) })
  }
  guard samples.count == resamples else { return tooFew }
  var indices: [SobolIndex] = []
  for (index, variation) in design.variations.enumerated() {
    let first = range(estimate[index].first, samples.map { $0[index].first })
    let total = range(estimate[index].total, samples.map { $0[index].total })
    let most = SobolRefusal.mostBeyond
    if first.low > min(1, total.high) + most || first.high < -most {
      return .refused(.impossible(key: variation.key, first))
    }
    if total.low > 1 + most { return .refused(.impossible(key: variation.key, total)) }
    let possible = first.reaching(0...1)
    indices.append(
      SobolIndex(
        key: variation.key, first: possible, total: total.reaching(min(1, max(0, possible.low))...1)))
  }
  return .told(indices)
}

/// An estimate with the range that 95 in a hundred of its resampled values lie in.
private func range(_ value: Double, _ resampled: [Double]) -> SobolIndex.Estimate {
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

extension SobolIndex.Estimate {
  /// The same, its range drawn up to what is possible where it misses that.
  fileprivate func reaching(_ possible: ClosedRange<Double>) -> Self {
    .init(value: value, low: min(low, possible.upperBound), high: max(high, possible.lowerBound))
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

  /// Of how many values the variance of both samples is made: the square of the sum of squares over the sum of fourth powers. It is
  /// all of them where half are high and half low, 5 in 9 where they are spread evenly, about n where n differ from all others.
  var carriers: Double {
    let base = values.indices.filter { $0 % width < 2 }.map { values[$0] }
    let mean = base.reduce(0, +) / Double(max(1, base.count))
    let (squares, fourths) = base.reduce((0.0, 0.0)) { sums, value in
      let square = (value - mean) * (value - mean)
      return (sums.0 + square, sums.1 + square * square)
    }
    return fourths > 0 ? squares * squares / fourths : 0
  }

  /// First and total order of each key over some rows, a row as often as it is named. Nil where the rows do not vary.
  func indices(of rows: [Int]) -> [(first: Double, total: Double)]? {
    let count = Double(rows.count)
    // Twice over the rows: the square of a mean taken from a mean of squares leaves a variance where all values are alike.
    let mean = rows.reduce(0.0) { $0 + values[$1 * width] + values[$1 * width + 1] } / (2 * count)
    let variance =
      rows.reduce(0.0) { sum, row -> Double in
        let (a, b) = (values[row * width] - mean, values[row * width + 1] - mean)
        return sum + a * a + b * b
      } / (2 * count)
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
