internal import Foundation
internal import PlacePlanning

extension PooledModel {
  /// The central path. A year group is forecast where the origin has a count of it.
  func path(_ share: LevelShare, horizon: Int) -> Path {
    history.path(from: origin, horizon: horizon, opening: opening) { group, ahead, feeds in
      let carried = feeds.enumerated().map { area, feed in
        feed.isNaN
          ? heldLevel(area, group) * exp(drifts[group] * dampedYears(ahead)) : rate(area, group) * feed
      }
      let mixed = feeds.indices.filter { carried[$0] > 0 && !feeds[$0].isNaN && !level($0, group).isNaN }
      let gaps = mixed.map { level($0, group) / carried[$0] - 1 }
      guard share[group] > 0, let common = commonPart(zip(mixed, gaps).map { ($1, carried[$0]) })
      else { return carried }
      var pupils = carried
      for (area, gap) in zip(mixed, gaps) {
        pupils[area] *= max(0, 1 + share[group] * (gap - common + LevelShare.commonShare * common))
      }
      return pupils
    }
  }

  /// The roll to carry on from: as counted, with a part of what a disturbed origin did to all areas alike taken back.
  private func opening(_ area: Int, _ group: Int) -> Double {
    let count = history.panel[area, group, origin]
    guard quality[origin] < 1, let now = yearlyRates[group][origin], let usual = commonRates[group] else {
      return count
    }
    return count * exp(-PooledSettings.rebound * (1 - quality[origin]) * (now - usual))
  }
}
