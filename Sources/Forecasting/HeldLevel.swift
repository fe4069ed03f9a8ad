internal import PlacePlanning

/// What a level without a feed keeps of a year's weight for each year of age, from the counts up to the origin that it is read from.
///
/// A level that drifts and is counted with noise is best read with weights that fall by `k` a year, where `k / (1 - k)^2` is the variance
/// of the noise over that of a year's drift (Muth 1960). From ``CohortHistory/leastCohort`` pupils on `k` is `decay`, as the evidence
/// chose it. Fewer are noisy by chance besides, by a variance of `1 / pupils`: what that has beyond the variance at ``CohortHistory/leastCohort``
/// is added, so that one empty Reception says little of a school that takes one or two a year.
///
/// The number of pupils is the mean, or the newest count if that is more. Counts that spread more than chance lets them, of a school that
/// has closed its Reception say, do not pass for few: of a Poisson count the mean of squares is `n^2 + n`.
func levelDecay(_ counts: [Double?], _ decay: Double) -> Double {
  let known = counts.compactMap { $0 }
  let sum = known.reduce(0, +)
  guard sum > 0, let last = counts.last else { return decay }
  let mean = sum / Double(known.count)
  let bySquares = known.reduce(0) { $0 + $1 * $1 } / sum - 1
  let pupils = max(mean, bySquares, last ?? 0)
  guard pupils < CohortHistory.leastCohort else { return decay }
  let chance = (1 / pupils - 1 / CohortHistory.leastCohort) / PooledSettings.levelDrift
  let noise = decay / ((1 - decay) * (1 - decay)) + chance
  return (1 + 2 * noise - (1 + 4 * noise).squareRoot()) / (2 * noise)
}

extension PooledModel {
  /// Pupils of a year group without a feed: the area's share of the common count.
  func heldLevel(_ area: Int, _ group: Int) -> Double {
    let totals = commonCounts[group]
    let counts = totals.indices.map { year -> Double? in
      let count = history.panel[area, group, year]
      return count.isNaN ? nil : count
    }
    let shares = zip(counts, totals).map { count, total -> Double? in
      guard let count, let total, total > 0 else { return nil }
      return count / total
    }
    let decay = levelDecay(counts, PooledSettings.entryDecay)
    guard let share = weights.mean(shares, decay: decay), let now = openingCounts[group] else {
      return history.panel[area, group, origin]
    }
    return share * now
  }
}
