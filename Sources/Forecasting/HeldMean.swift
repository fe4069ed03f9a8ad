/// Draws of a forecast whose mean was lifted by setting those below nought to nought, brought back to it. **Units** pupils.
///
/// Each draw moves down towards the nearest of the published quantiles (`Forecast.probabilities`) below it, all by one share of their
/// way, so that no quantile moves. Where the whole way is not far enough, in a hamlet that may well be empty, all draws and their
/// quantiles are made smaller in proportion instead. Draws whose mean is not above the forecast stay as they are.
func holdingMean(_ draws: [Double], at forecast: Double) -> [Double] {
  let sorted = draws.sorted()
  let (sum, wanted) = (sorted.reduce(0, +), forecast * Double(draws.count))
  guard sum > wanted, let last = sorted.indices.last else { return draws }
  // A quantile lies between two draws: both stay.
  let fixed = Forecast.probabilities.flatMap { probability -> [Double] in
    let place = Int(Double(last) * probability)
    return [sorted[place], sorted[min(last, place + 1)]]
  }.sorted()
  let floors = draws.map { draw in fixed.last { $0 <= draw } ?? 0 }
  let least = floors.reduce(0, +)
  guard least < wanted else { return draws.map { $0 * (wanted / sum) } }
  let share = (sum - wanted) / (sum - least)
  return zip(draws, floors).map { $1 + (1 - share) * ($0 - $1) }
}
