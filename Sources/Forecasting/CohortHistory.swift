internal import Foundation
internal import PlacePlanning

/// Each year group beside the cohort that it came from: the pairs that every rate is measured on.
///
/// The feed of Reception is the births of its cohort; the feed of any other year group is the year group below it a year before.
struct CohortHistory {
  static let groups = YearGroup.all.count

  let panel: RollPanel
  let areas: Int
  /// Years of the panel.
  let years: Int
  private let feeds: [Double]
  private let births: BirthCohorts
  /// Whether pupils come from elsewhere, as it was to be seen by then. Shaped like `feeds`.
  private var elsewhere: [Bool] = []

  init(_ panel: RollPanel) {
    self.panel = panel
    areas = panel.areas.count
    years = panel.years.count
    let births = BirthCohorts(panel)
    var feeds = [Double](repeating: .nan, count: areas * Self.groups * years)
    for area in 0..<areas {
      for year in 0..<years {
        feeds[area * Self.groups * years + year] = births.known(area, panel.years[year])
        guard year > 0 else { continue }
        for group in 1..<Self.groups {
          feeds[(area * Self.groups + group) * years + year] = panel[area, group - 1, year - 1]
        }
      }
    }
    self.births = births
    self.feeds = feeds
    elsewhere = feeds.indices.map { index in
      let (cell, year) = index.quotientAndRemainder(dividingBy: years)
      let (area, group) = cell.quotientAndRemainder(dividingBy: Self.groups)
      return comesFromElsewhere(area, group, to: year)
    }
  }

  /// Pupils or births that the year group of that year came from; not a number where they are not known.
  func feed(_ area: Int, _ group: Int, _ year: Int) -> Double {
    feeds[(area * Self.groups + group) * years + year]
  }

  /// Births of the cohort that reaches Reception some years after the origin, as they are known or foreseen by then.
  func birthsAhead(_ area: Int, from origin: Int, _ horizon: Int) -> Double {
    births.foreseen(area, panel.years[origin] + horizon, knownTo: panel.years[origin].start)
  }

  /// Fewer pupils than this can be none by chance; from this many on, none means that the year group is not taught there.
  static let leastCohort = 5.0

  /// The pair's two sides, where both are counted and a rate can be measured: there was a feed that the pupils came from, and either
  /// pupils or so small a feed that they were none by chance.
  func pair(_ area: Int, _ group: Int, _ year: Int) -> (pupils: Double, feed: Double)? {
    let (pupils, feed) = (panel[area, group, year], feed(area, group, year))
    guard feed > 0, pupils > 0 || pupils == 0 && feed < Self.leastCohort,
      !elsewhere[(area * Self.groups + group) * years + year]
    else { return nil }
    return (pupils, feed)
  }

  /// Whether fewer than one pupil in three came from the feed, in the last three years up to one in which both were counted.
  private func comesFromElsewhere(_ area: Int, _ group: Int, to year: Int) -> Bool {
    var (pupils, fed, counted) = (0.0, 0.0, 0)
    for year in stride(from: year, through: 0, by: -1) where counted < 3 {
      let feed = feed(area, group, year)
      guard !feed.isNaN, !panel[area, group, year].isNaN else { continue }
      pupils += panel[area, group, year]
      fed += feed
      counted += 1
    }
    return pupils >= Self.leastCohort && 3 * fed < pupils
  }

  /// Where a year group's pupils come from.
  enum Source {
    case feed
    /// No feed was ever counted, or fewer than one pupil in three came from it: a high school of its own, say.
    case elsewhere
    /// There was a feed and nobody in the year group.
    case notTaught
    /// Not counted at the origin.
    case unknown
  }

  /// As the newest year up to the origin tells in which both the year group and its feed were counted. A year group that was
  /// empty whenever it was counted is not taught once its feeds add up to more than chance leaves empty.
  func source(_ area: Int, _ group: Int, _ origin: Int) -> Source {
    if panel[area, group, origin].isNaN { return .unknown }
    let counted = (0...origin).filter {
      !panel[area, group, $0].isNaN && !feed(area, group, $0).isNaN
    }
    guard let newest = counted.last else { return .elsewhere }
    let (pupils, fed) = (panel[area, group, newest], feed(area, group, newest))
    let isAlwaysEmpty = counted.allSatisfy { panel[area, group, $0] == 0 }
    let feeds = isAlwaysEmpty ? counted.reduce(0) { $0 + feed(area, group, $1) } : fed
    if pupils == 0, feeds >= Self.leastCohort { return .notTaught }
    return elsewhere[(area * Self.groups + group) * years + newest] ? .elsewhere : .feed
  }
}

/// Births by the cohort that reaches Reception.
private struct BirthCohorts {
  /// Births to the newest year that an area may have, as a year of the panel knows them.
  private struct Known: Hashable {
    let newest: Int
    let year: Int
  }

  private let panel: RollPanel
  /// Mean yearly log change over three years of the births of all areas counted by then. Births are known long before an area opens, and in
  /// that year no file of rolls has it.
  private let trends: [Known: Double]

  init(_ panel: RollPanel) {
    self.panel = panel
    var trends: [Known: Double] = [:]
    var isOpen = panel.areas.map { _ in false }
    for (position, year) in panel.years.enumerated() {
      for area in panel.areas.indices where panel.isCounted(area, position) { isOpen[area] = true }
      let open = panel.areas.indices.filter { isOpen[$0] }
      for newest in Set(open.compactMap { panel.lastBirths($0, upTo: year.start) }) {
        trends[Known(newest: newest, year: year.start)] = Self.trend(panel, of: open, to: newest)
      }
    }
    self.trends = trends
  }

  /// Not a number where a year that the cohort draws on is not known.
  func known(_ area: Int, _ year: AcademicYear) -> Double {
    BirthAlignment.weights(reachingReceptionIn: year).reduce(0) {
      $0 + $1.weight * (panel.births(area, yearToJune: $1.year) ?? .nan)
    }
  }

  /// The same as known in some year of the panel: births after the area's last year by then are carried on from that year's, by the damped
  /// trend of all areas counted by then, and a year missing alone between two known ones is taken for their mean.
  func foreseen(_ area: Int, _ year: AcademicYear, knownTo last: Int) -> Double {
    guard let newest = panel.lastBirths(area, upTo: last) else { return .nan }
    let trend = trends[Known(newest: newest, year: last)] ?? 0
    return BirthAlignment.weights(reachingReceptionIn: year).reduce(0) { sum, part in
      let births = Self.bridged(panel, area, min(part.year, newest)) ?? .nan
      return sum + part.weight * births * exp(trend * dampedYears(part.year - newest))
    }
  }

  /// Births of a year, or what stands in for one that is missing alone. Of a year before the newest known one, this knows nothing later.
  private static func bridged(_ panel: RollPanel, _ area: Int, _ year: Int) -> Double? {
    panel.births(area, yearToJune: year)
      ?? BirthAlignment.bridge(year) { panel.births(area, yearToJune: $0) }
  }

  private static func trend(_ panel: RollPanel, of areas: [Int], to last: Int) -> Double {
    var (now, before) = (0.0, 0.0)
    for area in areas {
      guard let late = panel.births(area, yearToJune: last),
        let early = bridged(panel, area, last - 3)
      else { continue }
      now += late
      before += early
    }
    return now > 0 && before > 0 ? log(now / before) / 3 : 0
  }
}
