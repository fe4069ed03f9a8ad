/// Continuous ranked probability score of draws against an outcome: their mean distance from it less half their mean distance
/// from each other. In the outcome's units; the absolute error when all draws are one.
///
/// Source: Gneiting and Raftery, *Strictly proper scoring rules, prediction, and estimation* (2007), formula 21. Sorts the
/// draws.
func rankedProbabilityScore(_ draws: inout [Double], _ outcome: Double) -> Double {
  draws.sort()
  let count = Double(draws.count)
  var (distance, spread) = (0.0, 0.0)
  for (rank, value) in draws.enumerated() {
    distance += abs(value - outcome)
    spread += (2 * Double(rank) - count + 1) * value
  }
  return distance / count - spread / (count * count)
}
