internal import CNormals

/// Mean and quantiles of many rows of numbers, one row after another.
///
/// A quantile lies between two ranks, on a straight line (Hyndman and Fan's type 7; NumPy's and R's default). The ranks are
/// found by counting: numbers are counted into bins of equal width, and only those in bins that hold a wanted rank are put in
/// order. So the answer is exact whatever the numbers; only the speed depends on how they are spread.
public struct QuantileFinder: Sendable {
  /// **Units** shares between 0 and 1, rising.
  public let probabilities: [Double]
  /// The bin of each number of the row.
  private var bins: [UInt16] = []
  private var counts = [Int32](repeating: 0, count: binCount)
  /// Where the numbers of wanted bins stand in the row.
  private var places: [UInt32] = []

  private static let binCount = 2048

  /// Probabilities are put in order; those below 0 or above 1 are brought to the nearer end.
  public init(probabilities: [Double]) {
    self.probabilities = probabilities.map { min(1, max(0, $0)) }.sorted()
  }

  /// The mean of a row and its quantiles in the order of ``probabilities``.
  ///
  /// Not a number if the row is empty or holds what is not a finite number.
  public mutating func summarise(_ row: UnsafeBufferPointer<Double>) -> (mean: Double, quantiles: [Double]) {
    let mean = Self.sum(row) / Double(row.count)
    guard mean.isFinite else { return (.nan, probabilities.map { _ in .nan }) }
    let positions = probabilities.map { Double(row.count - 1) * $0 }
    let found = values(at: positions.flatMap { [Int($0), min(row.count - 1, Int($0) + 1)] }, of: row)
    let quantiles = positions.indices.map { index in
      let (a, b) = (found[2 * index], found[2 * index + 1])
      let share = positions[index] - positions[index].rounded(.down)
      return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share)
    }
    return (mean, quantiles)
  }

  /// Eight partial sums, which the processor can keep side by side.
  private static func sum(_ row: UnsafeBufferPointer<Double>) -> Double {
    var partial = SIMD8<Double>.zero
    let whole = row.count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) {
      partial += SIMD8(
        row[start], row[start + 1], row[start + 2], row[start + 3], row[start + 4], row[start + 5],
        row[start + 6], row[start + 7])
    }
    return row[whole...].reduce(partial.sum(), +)
  }

  /// The values that would stand at these places, which rise but for a step back of one, if the row were in order.
  private mutating func values(at ranks: [Int], of row: UnsafeBufferPointer<Double>) -> [Double] {
    count(row)
    // Wanted bins from the lowest, each with its range of ranks.
    var stretches: [(bin: Int, ranks: Range<Int>)] = []
    var (bin, first) = (0, 0)
    for rank in ranks.sorted() {
      while first + Int(counts[bin]) <= rank {
        first += Int(counts[bin])
        bin += 1
      }
      if stretches.last?.bin != bin { stretches.append((bin, first..<first + Int(counts[bin]))) }
    }
    let ordered = collect(row, stretches)
    return ranks.map { rank in
      var offset = 0
      for (_, held) in stretches {
        if held.contains(rank) { return ordered[offset + rank - held.lowerBound] }
        offset += held.count
      }
      return .nan
    }
  }

  /// Counts the row into bins. Their range is guessed from a few values: what lies outside it goes into the first or the
  /// last bin.
  private mutating func count(_ row: UnsafeBufferPointer<Double>) {
    if bins.count < row.count {
      bins = [UInt16](repeating: 0, count: row.count)
      places = [UInt32](repeating: 0, count: row.count)
    }
    let sample = stride(from: 0, to: row.count, by: max(1, row.count / 64)).map { row[$0] }
    let (least, most) = (sample.min() ?? 0, sample.max() ?? 0)
    let low = least - (most - least) / 2
    // Short rows have fewer bins, since all bins up to the highest rank are gone through.
    let top = Double(min(Self.binCount, max(64, row.count / 2)) - 1)
    let scale = most > least ? top / (2 * (most - least)) : 0
    bins.withUnsafeMutableBufferPointer { bins in
      for index in 0..<row.count {
        let x = (row[index] - low) * scale
        let y = x > 0 ? x : 0
        // Added to 2^52, a number leaves its nearest whole number in the last bits.
        bins[index] = UInt16(truncatingIfNeeded: ((y < top ? y : top) + 0x1p52).bitPattern)
      }
      counts.withUnsafeMutableBufferPointer { counts in
        counts.update(repeating: 0)
        for index in 0..<row.count { counts[Int(bins[index])] &+= 1 }
      }
    }
  }

  /// The values of the wanted bins, in order.
  private mutating func collect(
    _ row: UnsafeBufferPointer<Double>, _ stretches: [(bin: Int, ranks: Range<Int>)]
  ) -> [Double] {
    let wanted = stretches.map { UInt16($0.bin) }
    let found = Int(placesFind(&places, bins, Int64(row.count), wanted, Int64(wanted.count)))
    var ordered = [Double](repeating: 0, count: found)
    var first = 0
    for (bin, ranks) in stretches {
      counts[bin] = Int32(first)
      first += ranks.count
    }
    for place in places[..<found] {
      let bin = Int(bins[Int(place)])
      ordered[Int(counts[bin])] = row[Int(place)]
      counts[bin] += 1
    }
    ordered.withUnsafeMutableBufferPointer { ordered in
      var offset = 0
      for (_, ranks) in stretches {
        var stretch = UnsafeMutableBufferPointer(rebasing: ordered[offset..<offset + ranks.count])
        stretch.sort()
        offset += ranks.count
      }
    }
    return ordered
  }
}
