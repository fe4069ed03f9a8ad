public import Forecasting
internal import PlacePlanning

// What the report of a backtest, its warning and its answer in words say alike.

extension Backtest {
  /// How many official forecasts were not held against ours.
  public var notComparedCount: Int { notCompared.reduce(0) { $0 + $1.forecasts } }

  /// Which they are, by what kept them out: `origin not asked for: 2022/23 from 2021/22 (148 primary, 148 secondary)`; nil where every
  /// one was compared.
  public var notComparedWords: String? {
    let reasons = NotCompared.Reason.allCases.compactMap { reason -> String? in
      let lines = notCompared.filter { $0.reason == reason }
      guard !lines.isEmpty else { return nil }
      return "\(words(reason)): " + yearsAndOrigins(lines).joined(separator: ", ")
    }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }

  private func words(_ reason: NotCompared.Reason) -> String {
    switch reason {
    case .originTooEarlyOrNotCounted: "no forecast can start from that origin"
    case .originNotAskedFor: "origin not asked for"
    case .horizonNotAskedFor: "years ahead not asked for"
    case .noForecastOrOutcome: "areas without a forecast from there, or without a later count"
    }
  }

  /// `2022/23 from 2021/22 (148 primary, 148 secondary)`, in order of years.
  private func yearsAndOrigins(_ lines: [NotCompared]) -> [String] {
    struct Key: Hashable {
      let year: AcademicYear
      let horizon: Int
    }
    return Dictionary(grouping: lines) { Key(year: $0.targetYear, horizon: $0.horizon) }
      .sorted { ($0.key.year, $0.key.horizon) < ($1.key.year, $1.key.horizon) }
      .map { key, lines in
        let phases = lines.map { "\(grouped($0.forecasts)) \($0.phase.rawValue)" }
        return "\(key.year) from \(key.year - key.horizon) (\(phases.joined(separator: ", ")))"
      }
  }
}

extension Backtest.Coverage {
  /// `50, 80 and 95` with what they held, as shares.
  private var held: [(level: Int, share: Double)] { [(50, within50), (80, within80), (95, within95)] }

  /// A difference of fewer hundredths than this is not spoken of: it may well be chance.
  private static let spokenOf = 0.02

  /// `54.1%, 79.6% and 93.5%`, of ranges of 50, 80 and 95 in a hundred.
  var heldWords: String { listed(held.map { percent($0.share, places: 1) }) }

  /// Which ranges are wider than they should be, and which narrower: a sentence, or nothing where all hold about what they should.
  var widthWords: String? {
    func levels(_ isOff: (Double) -> Bool) -> [String] {
      held.filter { isOff($0.share - Double($0.level) / 100) }.map { "\($0.level)" }
    }
    let wide = levels { $0 >= Self.spokenOf }
    let narrow = levels { $0 <= -Self.spokenOf }
    let parts =
      (wide.isEmpty ? [] : ["those of \(listed(wide)) are wider than they should be"])
      + (narrow.isEmpty ? [] : ["those of \(listed(narrow)) are narrower than they should be"])
    return parts.isEmpty ? nil : parts.joined(separator: ", and ")
  }
}

/// The official comparisons of one phase, counted by what their intervals say.
struct OfficialTally {
  let comparisons: Int
  /// The whole 95% interval of the ratio of errors lies below 1.
  let smaller: Int
  /// It lies above 1, or the councils missed by nothing and ours by something.
  let larger: Int
  /// Least and most of the shares of areas in which ours was nearer.
  let sharesNearer: ClosedRange<Double>

  /// Nil without any.
  init?(_ compared: [Backtest.OfficialComparison]) {
    let shares = compared.map(\.shareBetter.value)
    guard let least = shares.min(), let most = shares.max() else { return nil }
    comparisons = compared.count
    smaller = compared.count { line in (line.ratio?.high ?? .infinity) < 1 }
    larger = compared.count { line in line.ratio.map { $0.low > 1 } ?? (line.ours > 0) }
    sharesNearer = least...most
  }

  var words: String {
    let unclear = comparisons - smaller - larger
    let others =
      (larger > 0 ? ["clearly larger in \(larger)"] : [])
      + (unclear > 0 ? ["too close to tell in \(unclear)"] : [])
    let (least, most) = (percent(sharesNearer.lowerBound), percent(sharesNearer.upperBound))
    return "our average error was clearly smaller than the councils' own in \(smaller) of "
      + "\(counted(comparisons, "comparison"))"
      + (others.isEmpty ? "" : ", " + others.joined(separator: " and "))
      + " (clearly: the 95% interval of the ratio leaves out 1). Ours was the nearer in "
      + (least == most ? least : "\(least) to \(most)") + " of areas."
  }
}
