internal import Foundation
internal import PlacePlanning

/// The constants of the pooled estimator: choices, made by backtest over many origins. `Forecasting.docc` gives the evidence.
enum PooledSettings {
  /// What a year's weight keeps for each year of age: in common rates, in an area's rate of an entry year group, in its rate
  /// over a block of year groups, and in that of a single year group.
  static let commonDecay = 0.3
  static let entryDecay = 0.4
  static let blockDecay = 0.5
  static let cellDecay = 0.8
  /// How many pairs of changes the prior of the common rates' memory weighs as.
  static let memoryPrior = 20.0
  /// The same in the drift of common counts: a change is the difference of two counts, and says less than a rate.
  static let driftDecay = 0.5
  /// The variance of a year's drift of a level without a feed, as a share squared, where chance in few pupils is weighed against it.
  static let levelDrift = 0.02
  /// The weight of a year that is declared disturbed.
  static let declaredWeight = 0.1
  /// A year group is one of entry when its rate differs between areas by this many times as much as the middle year group's.
  static let entrySpread = 2.0
  /// How much of a disturbed origin's common deviation is taken to be undone afterwards.
  static let rebound = 0.65
}

/// Rates of one origin, pooled: first what is common to all areas, then what an area's own cohorts warrant.
///
/// `N[a,g,t] = X[a,g,t] exp(m[g,t]) f[a,g]`, with `X` the feed, `m` the common log rate of a year group in a year, and `f` the
/// area's factor. Plain year groups share a factor over their block (to Year 6, above it), with a small correction each; an
/// entry year group has a factor of its own.
struct PooledModel {
  /// Where an area's factor is measured together.
  enum Block: Hashable {
    case younger, older
    case entry(Int)

    var isEntry: Bool { if case .entry = self { true } else { false } }
  }

  let history: CohortHistory
  /// Position of the last year that the rates were measured on.
  let origin: Int
  let blocks: [Block]
  /// By position of the year: 1, or less for a disturbed one.
  let quality: [Double]
  let weights: YearWeights
  /// Log of pupils per feed over all areas, by year group; nil where no pair was counted.
  let commonRates: [Double?]
  /// The same by year group and year.
  let yearlyRates: [[Double?]]
  /// By year group and year: pupils of the areas that were counted whenever any was.
  let commonCounts: [[Double?]]
  /// By year group: the common count to be carried on from; a disturbed origin's is drawn back to where counts were going. Of few pupils
  /// it is a mean of the years up to the origin.
  let openingCounts: [Double?]
  /// The yearly change of the common count's log, by year group.
  let drifts: [Double]
  /// By area, then year group.
  private let rates: [Double]
  private let levels: [Double]

  init(_ history: CohortHistory, origin: Int, declared: Set<Int>) {
    self.history = history
    self.origin = origin
    yearlyRates = (0..<CohortHistory.groups).map { group in
      (0...origin).map { history.commonRate(group, $0) }
    }
    blocks = Self.blocks(history, yearlyRates, origin)
    quality = Self.quality(yearlyRates, blocks, declared)
    weights = YearWeights(origin: origin, quality: quality)
    let weights = weights
    let decay = Self.memory(yearlyRates, quality)
    commonRates = yearlyRates.map { weights.mean($0, decay: decay) }
    commonCounts = (0..<CohortHistory.groups).map { history.commonCounts($0, to: origin) }
    let steady = commonCounts.map { CommonDrift($0, weights) }
    openingCounts = steady.map(\.opening)
    drifts = steady.map(\.yearly)
    rates = Self.rates(history, yearlyRates, commonRates, blocks, weights)
    let blocks = blocks
    levels = (0..<history.areas * CohortHistory.groups).map { cell in
      let (area, group) = cell.quotientAndRemainder(dividingBy: CohortHistory.groups)
      guard blocks[group].isEntry else { return .nan }
      let counts = (0...origin).map { history.panel[area, group, $0] }
      return weights.mean(counts.map { $0.isNaN ? nil : $0 }, decay: PooledSettings.entryDecay) ?? .nan
    }
  }

  /// Pupils per feed of an area; not a number where no area gives a rate.
  func rate(_ area: Int, _ group: Int) -> Double { rates[area * CohortHistory.groups + group] }

  /// The area's own recent mean of an entry year group; not a number for others.
  func level(_ area: Int, _ group: Int) -> Double { levels[area * CohortHistory.groups + group] }

  var entryGroups: [Int] { blocks.indices.filter { blocks[$0].isEntry } }

  /// What a year of the common rates keeps of its weight for each year of age.
  ///
  /// A rate that drifts and is seen with sampling error moves to and fro: one change partly undoes the one before. The correlation `-k /
  /// (1 + k^2)` of neighbouring changes asks for weights that fall by `k` a year (Muth 1960). It is measured over all year groups
  /// together and drawn towards that of `commonDecay`: many pupils need little memory, few a long one.
  private static func memory(_ yearly: [[Double?]], _ quality: [Double]) -> Double {
    func correlation(_ decay: Double) -> Double { -decay / (1 + decay * decay) }
    let prior = PooledSettings.memoryPrior
    var (cross, count) = (correlation(PooledSettings.commonDecay) * prior, prior)
    for rates in yearly {
      let changes = rates.indices.map { year -> Double? in
        guard year > 0, quality[year] * quality[year - 1] == 1, let now = rates[year],
          let before = rates[year - 1]
        else { return nil }
        return now - before
      }
      let known = changes.compactMap { $0 }
      let square = known.reduce(0) { $0 + $1 * $1 } / Double(known.count)
      guard known.count > 1, square > 0 else { continue }
      for (now, before) in zip(changes.dropFirst(), changes) {
        guard let now, let before else { continue }
        cross += now * before / square
        count += 1
      }
    }
    let negative = min(0.5, max(0, -cross / count))
    let decay = negative > 0 ? (1 - (1 - 4 * negative * negative).squareRoot()) / (2 * negative) : 0
    return min(0.8, max(PooledSettings.commonDecay, decay))
  }

  /// Reception is an entry year group, and so is every one whose rate differs much between areas.
  private static func blocks(_ history: CohortHistory, _ yearly: [[Double?]], _ origin: Int) -> [Block] {
    let spreads = yearly.enumerated().map { group, rates -> Double? in
      let deviations = (0..<history.areas).compactMap { area -> Double? in
        let own = (0...origin).compactMap { year -> Double? in
          guard let pair = history.pair(area, group, year), pair.pupils > 0, let common = rates[year]
          else { return nil }
          return log(pair.pupils / pair.feed) - common
        }
        return own.isEmpty ? nil : abs(own.reduce(0, +) / Double(own.count))
      }
      return deviations.count > 1 ? median(deviations) : nil
    }
    let middle = median(spreads.dropFirst().compactMap { $0 }) ?? 0
    return spreads.enumerated().map { group, spread in
      if group == 0 || spread ?? 0 > PooledSettings.entrySpread * middle { return .entry(group) }
      return group <= 6 ? .younger : .older
    }
  }

  /// Declared years weigh little; others less than 1 when the plain year groups' common rate stands far out from that of the
  /// years around it (Huber's weight at 2.5 robust standard deviations), once there are five such deviations to judge by.
  private static func quality(
    _ yearly: [[Double?]], _ blocks: [Block], _ declared: Set<Int>
  ) -> [Double] {
    let years = yearly[0].indices
    let plain = blocks.indices.filter { !blocks[$0].isEntry }
    let usual = yearly.map { rates in median(rates.compactMap { $0 }) ?? 0 }
    let effects = years.map { year -> Double? in
      let known = plain.compactMap { group in yearly[group][year].map { $0 - usual[group] } }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
    let deviations = years.map { year -> Double? in
      let around = years.filter { $0 != year && abs($0 - year) <= 2 }.compactMap { effects[$0] }
      guard let effect = effects[year], let around = median(around) else { return nil }
      return effect - around
    }
    let known = deviations.compactMap { $0 }
    let spread = robustDeviation * (median(known.map(abs)) ?? 0)
    return years.map { year in
      if declared.contains(year) { return PooledSettings.declaredWeight }
      guard known.count >= 5, spread > 0, let deviation = deviations[year] else { return 1 }
      return min(1, 2.5 * spread / abs(deviation))
    }
  }

  private static func rates(
    _ history: CohortHistory, _ yearly: [[Double?]], _ common: [Double?], _ blocks: [Block],
    _ weights: YearWeights
  ) -> [Double] {
    /// An area's pairs with what the common rate expects, times its factor so far.
    func terms(_ area: Int, _ group: Int, _ factor: Double = 1) -> [RatioTerm] {
      (0...weights.origin).compactMap { year in
        guard let pair = history.pair(area, group, year), let rate = yearly[group][year] else { return nil }
        return RatioTerm(
          year: year, pupils: pair.pupils, expected: pair.feed * exp(rate) * factor, cohort: pair.feed)
      }
    }
    let areas = 0..<history.areas
    var rates = [Double](repeating: .nan, count: history.areas * CohortHistory.groups)
    for block in Set(blocks) {
      let members = blocks.indices.filter { blocks[$0] == block }
      let own = shrunkFactors(
        areas.map { area in members.flatMap { terms(area, $0) } }, weights,
        decay: block.isEntry ? PooledSettings.entryDecay : PooledSettings.blockDecay)
      for group in members {
        // Where no area gives a rate, such as in the first year of a school that grows from below, cohorts stay as they are.
        let rate = common[group] ?? 0
        let cells =
          block.isEntry
          ? own.map { _ in 1 }
          : shrunkFactors(areas.map { terms($0, group, own[$0]) }, weights, decay: PooledSettings.cellDecay)
        for area in areas { rates[area * CohortHistory.groups + group] = exp(rate) * own[area] * cells[area] }
      }
    }
    return rates
  }
}
