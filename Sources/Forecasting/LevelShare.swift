/// How much of an entry year group follows its own level rather than its feed, by year group.
///
/// Schools fill from further afield, and to their places: where births fall by a tenth, Reception falls by less. The share is
/// measured between areas, as the part of earlier one-step errors that the level would have removed once what a year did to
/// all of them is taken out. Years of low quality count for less, and so do small cohorts. What all areas have in common
/// follows the feed for the most part.
struct LevelShare {
  /// Of the distance between level and feed that all areas have in common, the part that counts.
  static let commonShare = 0.25

  private var shares: [Int: Double] = [:]

  /// `earlier` are the models of earlier origins, `quality` that of the years as seen from the present one.
  init(_ earlier: [PooledModel], entryGroups: [Int], quality: [Double]) {
    for group in entryGroups {
      var (cross, square) = (0.0, 0.0)
      for model in earlier {
        let gaps = Self.gaps(model, group)
        guard let error = commonPart(gaps.map { ($0.error, $0.cohort) }),
          let gap = commonPart(gaps.map { ($0.gap, $0.cohort) })
        else { continue }
        for item in gaps {
          let weight = quality[model.origin + 1] / (1 / item.cohort + Self.excessVariance)
          cross += weight * (item.error - error) * (item.gap - gap)
          square += weight * (item.gap - gap) * (item.gap - gap)
        }
      }
      shares[group] = square > 0 ? min(1, max(0, cross / square)) : 0
    }
  }

  subscript(group: Int) -> Double { shares[group] ?? 0 }

  /// A year's intake varies by this much beyond its sampling: the square of about 2%.
  private static let excessVariance = 0.0005
  /// Errors and gaps beyond this share tell of schools that opened or closed.
  private static let mostThatCounts = 0.5

  /// One year after the model's origin: how far the carried feed missed, and how far the level lay from it, as shares.
  private static func gaps(
    _ model: PooledModel, _ group: Int
  ) -> [(error: Double, gap: Double, cohort: Double)] {
    (0..<model.history.areas).compactMap { area in
      guard let pair = model.history.pair(area, group, model.origin + 1) else { return nil }
      let (carried, level) = (model.rate(area, group) * pair.feed, model.level(area, group))
      guard carried > 0, level > 0 else { return nil }
      let (error, gap) = (pair.pupils / carried - 1, level / carried - 1)
      return abs(error) < mostThatCounts && abs(gap) < mostThatCounts ? (error, gap, pair.feed) : nil
    }
  }
}
