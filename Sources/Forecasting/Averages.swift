// Means, medians and quantiles.

/// Not a number where there are none.
func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The median of a squared standard normal number.
let medianOfChiSquare = 0.454936423119572
/// A normal standard deviation per median absolute deviation.
let robustDeviation = 1.482602218505602

/// Among fewer areas than this the middle one may be a hamlet: what they have in common is then read by pupils.
let manyAreas = 8

/// What areas have in common: the middle value, or of a few areas the mean by size, so that a hamlet beside a city moves it as little as
/// it moves their sum. Nil where there are none. Sizes are above nought.
func commonPart(_ values: [(value: Double, size: Double)]) -> Double? {
  guard (2..<manyAreas).contains(values.count) else { return median(values.map(\.value)) }
  return values.reduce(0) { $0 + $1.value * $1.size } / values.reduce(0) { $0 + $1.size }
}

/// The middle of the values; nil where there are none.
func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The values that each of the shares of the weight lies at or below; noughts where there are none. Shares rise.
func weightedQuantiles(_ values: [(value: Double, weight: Double)], _ shares: [Double]) -> [Double] {
  let sorted = values.sorted { $0.value < $1.value }
  let total = sorted.reduce(0) { $0 + $1.weight }
  var (sum, index) = (0.0, 0)
  return shares.map { share in
    while index < sorted.count, sum + sorted[index].weight < share * total {
      sum += sorted[index].weight
      index += 1
    }
    return index < sorted.count ? sorted[index].value : sorted.last?.value ?? 0
  }
}
