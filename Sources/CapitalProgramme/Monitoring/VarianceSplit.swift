public import PlacePlanning

/// Why a year's outturn differs from its revised budget: time, cost and scope.
///
/// A change of the scheme's whole cost is taken to fall in the year under way as far as the year's variance can hold it: a rise in a
/// year above its budget, a saving in a year below it. The rest of the change belongs to other years. What then remains of the
/// year's variance is time: work that has moved out of the year or into it. `slippage + acceleration + cost + scope` is the year's
/// variance; each has its sign, and none is larger.
public struct VarianceSplit: Hashable, Sendable, Encodable {
  /// Work that moves to a later year: nought or negative. **Units** whole pounds, cash, here and below.
  public let slippage: Int
  /// Work brought forward: nought or positive.
  public let acceleration: Int
  /// The same work dearer, or cheaper where negative: the part of it that falls in the year.
  public let cost: Int
  /// More work, or less where negative: the part of it that falls in the year.
  public let scope: Int
}

extension VarianceSplit {
  /// `year`: forecast outturn less revised budget; `wholeLife`: forecast total less approved total, the declared `scope` in it.
  /// What falls in the year of the change is cost and scope in proportion, to the nearest pound.
  public init(year: Int, wholeLife: Int, scope: Int) {
    let change = year < 0 ? min(0, max(year, wholeLife)) : max(0, min(year, wholeLife))
    let work = Self.part(of: scope, change, of: wholeLife)
    self.init(
      slippage: min(0, year - change), acceleration: max(0, year - change), cost: change - work, scope: work)
  }

  /// The scope in what falls in the year: its share of the whole change, or all or nothing where cost and scope pull apart.
  private static func part(of scope: Int, _ change: Int, of wholeLife: Int) -> Int {
    guard change != 0, change != wholeLife else { return min(max(scope, min(0, change)), max(0, change)) }
    let share = (Double(scope) * Double(change) / Double(wholeLife)).rounded()
    return Int(min(max(share, Double(min(0, change))), Double(max(0, change))))
  }

  /// Part by part: one scheme's acceleration never hides another's slippage.
  public static func + (a: VarianceSplit, b: VarianceSplit) -> VarianceSplit {
    VarianceSplit(
      slippage: a.slippage + b.slippage, acceleration: a.acceleration + b.acceleration, cost: a.cost + b.cost,
      scope: a.scope + b.scope)
  }
}

extension ProgrammeMonitor {
  /// What moves to the next year, by who pays for it.
  public struct CarryForward: Hashable, Sendable, Encodable {
    /// Nil where it was not published.
    public let fundedBy: FundingSource?
    /// **Units** whole pounds, cash.
    public let pounds: Int
  }

  /// The lines' splits added up. Nil when a line has none.
  public var split: VarianceSplit? {
    let splits = lines.compactMap(\.split)
    guard let first = splits.first, splits.count == lines.count else { return nil }
    return splits.dropFirst().reduce(first, +)
  }

  /// In the order of the sources, the unknown last; sources without any are left out.
  public var carryForward: [CarryForward] {
    (FundingSource.allCases.map(Optional.some) + [nil]).compactMap { source in
      let pounds = lines.filter { $0.fundedBy == source }.reduce(0) { $0 + ($1.carryForward ?? 0) }
      return pounds > 0 ? CarryForward(fundedBy: source, pounds: pounds) : nil
    }
  }

  /// A figure that lines do not give, by their names.
  public struct NotPublished: Hashable, Sendable, Encodable {
    /// `forecast outturn`.
    public let figure: String
    public let lines: [String]
  }

  /// What some lines do not give of the approved budget, the year's end, the total cost and the source of the money.
  public var notPublished: [NotPublished] {
    func missing(_ figure: String, _ isMissing: (Line) -> Bool) -> NotPublished {
      NotPublished(figure: figure, lines: lines.filter(isMissing).map(\.name))
    }
    return [
      missing("approved budget") { $0.approved == nil }, missing("forecast outturn") { $0.outturn == nil },
      missing("total cost") { $0.forecastTotal == nil }, missing("source of funding") { $0.fundedBy == nil },
    ].filter { !$0.lines.isEmpty }
  }
}
