internal import NumericCore

/// An assumption that a sweep varies, and over what.
public struct Variation: Hashable, Sendable {
  /// The values that it takes.
  public enum Values: Hashable, Sendable {
    /// These alone, in order.
    case levels([Double])
    /// Any from the first to the second.
    case range(Double, Double)
  }

  public let key: String
  public let values: Values

  /// `values` are in the unit of the assumption `key`.
  public init(key: String, values: Values) {
    self.key = key
    self.values = values
  }

  public var low: Double {
    switch values {
    case .levels(let levels): levels.min() ?? 0
    case .range(let low, let high): min(low, high)
    }
  }

  public var high: Double {
    switch values {
    case .levels(let levels): levels.max() ?? 0
    case .range(let low, let high): max(low, high)
    }
  }

  /// The value at a share of the way from the first to the last; each level has the same part of it.
  func value(at share: Double) -> Double {
    switch values {
    case .levels(let levels):
      levels.isEmpty ? 0 : levels[min(levels.count - 1, max(0, Int(share * Double(levels.count))))]
    case .range(let low, let high): low + share * (high - low)
    }
  }
}

/// Which points of the space of assumptions are computed. A point is worked out from its number alone, so that any shard, in any
/// order, sees the same points, and none need be kept.
public struct SweepDesign: Hashable, Sendable, Codable {
  /// How points are laid out.
  public enum Kind: String, CaseIterable, Sendable, Codable {
    /// Every combination of levels; the last key changes fastest.
    case grid
    /// A Latin hypercube: each key's range is cut into as many parts as there are points, and each part is used once.
    case latin
    /// One at a time: the model as it stands, then each key at its low and its high end.
    case tornado
    /// Rows of two independent samples and their crossings, for Sobol' indices: rows x (keys + 2) points.
    case sobol
  }

  public let kind: Kind
  public let variations: [Variation]
  /// Points of a Latin hypercube, or rows of a Sobol' sample; not used otherwise.
  public let points: Int
  public let seed: UInt64
  /// The model's own values, by key in the order of the variations: the tornado's first point.
  public let base: [Double]

  /// `points` counts those of a Latin hypercube, or the rows of each sample for Sobol' indices; the other kinds heed none. `seed` is
  /// that of samples.
  public init(kind: Kind, variations: [Variation], points: Int, seed: UInt64, base: [Double]) {
    self.kind = kind
    self.variations = variations
    self.points = points
    self.seed = seed
    self.base = base
  }

  /// How many points there are; nil for a grid of ranges, or more than can be counted.
  public var count: Int? {
    switch kind {
    case .latin: return points
    case .tornado: return 1 + 2 * variations.count
    case .sobol:
      let (total, isTooMany) = points.multipliedReportingOverflow(by: variations.count + 2)
      return isTooMany ? nil : total
    case .grid:
      var total = 1
      for variation in variations {
        guard case .levels(let levels) = variation.values else { return nil }
        let (next, isTooMany) = total.multipliedReportingOverflow(by: levels.count)
        if isTooMany { return nil }
        total = next
      }
      return total
    }
  }

  /// The values of a point, in the order of the variations. Points count from 0.
  public func point(_ index: Int) -> [Double] {
    switch kind {
    case .grid:
      var rest = index
      var values: [Double] = []
      for variation in variations.reversed() {
        guard case .levels(let levels) = variation.values, !levels.isEmpty else { continue }
        values.append(levels[rest % levels.count])
        rest /= levels.count
      }
      return values.reversed()
    case .latin:
      return variations.enumerated().map { dimension, variation in
        variation.value(at: share(dimension, index))
      }
    case .tornado:
      var values = base
      if index > 0 {
        let key = (index - 1) / 2
        values[key] = index % 2 == 1 ? variations[key].low : variations[key].high
      }
      return values
    case .sobol:
      let (row, column) = index.quotientAndRemainder(dividingBy: variations.count + 2)
      return variations.enumerated().map { dimension, variation in
        // Column 0 is the first sample, 1 the second, 2 + i the first with key i from the second.
        let isSecond = column == 1 || column == dimension + 2
        return variation.value(at: share(isSecond ? dimension + variations.count : dimension, row))
      }
    }
  }

  /// Where a point lies in one dimension of the hypercube, strictly between 0 and 1.
  private func share(_ dimension: Int, _ index: Int) -> Double {
    let stream = RandomStream(seed: seed, source: .sweep, area: "dimension \(dimension)")
    let jitter = stream.uniform(cell: 0, draw: index)
    return (Double(KeyedPermutation(stream, count: points)(index)) + jitter) / Double(points)
  }
}

/// A random order of 0 ..< count that is worked out for one position at a time: a Feistel network on the next even power of two,
/// walked until it lands below the count.
struct KeyedPermutation {
  private let stream: RandomStream
  private let count: Int
  private let halfBits: Int
  private static let rounds = 6

  init(_ stream: RandomStream, count: Int) {
    self.stream = stream
    self.count = max(1, count)
    let bits = Int.bitWidth - max(1, self.count - 1).leadingZeroBitCount
    halfBits = (bits + 1) / 2
  }

  func callAsFunction(_ position: Int) -> Int {
    // Beyond 2^62 the network is wider than the positive whole numbers.
    var value = UInt(bitPattern: position)
    repeat { value = network(value) } while value >= UInt(count)
    return Int(value)
  }

  private func network(_ value: UInt) -> UInt {
    let mask: UInt = (1 << UInt(halfBits)) - 1
    var (left, right) = (value >> UInt(halfBits), value & mask)
    for round in 1...Self.rounds {
      let mixed = UInt(stream.uniform(cell: round, draw: Int(right)) * Double(mask + 1))
      (left, right) = (right, left ^ mixed)
    }
    return left << UInt(halfBits) | right
  }
}
