public import PlacePlanning

extension Forecast {
  /// What ranges of one target rest on, at some horizons, where it is not how far earlier forecasts of it that far ahead missed.
  public struct RangeBasis: Hashable, Sendable {
    /// What stands in for past errors.
    public enum Kind: Hashable, Sendable {
      /// The errors of another year group, for no earlier forecast of this one can be held against a count.
      case borrowed(from: YearGroup)
      /// Nothing: there is no range, and so no row.
      case nothing
      /// Errors of forecasts this many years ahead, stretched: no earlier forecast further ahead has an outcome by the origin.
      case stretched(from: Int)
    }

    public let target: ForecastTarget
    public let kind: Kind
    /// Years ahead, rising.
    public let horizons: [Int]
    /// How many areas have pupils forecast there, at some of them or at more.
    public let areas: Int
  }

  /// Years ahead, rising, at which every target's ranges are stretched from shorter ones: no earlier forecast that far ahead has an
  /// outcome by the origin.
  public var stretchedHorizons: [Int] {
    let withPupils = Dictionary(grouping: rows.filter { $0.central > 0 }, by: \.horizon)
    return withPupils.keys.sorted().filter { horizon in
      Set((withPupils[horizon] ?? []).map(\.target)).allSatisfy {
        rangeBases.stretchedHorizons(of: $0).contains(horizon)
      }
    }
  }
}

extension Sequence<Forecast.RangeBasis> {
  /// Years ahead at which a target's ranges are stretched from shorter ones.
  public func stretchedHorizons(of target: ForecastTarget) -> Set<Int> {
    Set(
      flatMap { basis -> [Int] in
        guard case .stretched = basis.kind, basis.target == target else { return [] }
        return basis.horizons
      })
  }
}

extension Backtest.UnmeasuredRanges {
  /// Of a forecast, at the years ahead that were scored; nil where all ranges are measured there.
  init?(_ forecast: Forecast, scored: Set<Int>) {
    origin = forecast.origin
    stretchedHorizons = forecast.stretchedHorizons.filter(scored.contains)
    bases = forecast.rangeBases.compactMap { basis -> Forecast.RangeBasis? in
      let horizons = basis.horizons.filter(scored.contains)
      guard !horizons.isEmpty, Backtest.phases.contains(basis.target.phase) else { return nil }
      return Forecast.RangeBasis(
        target: basis.target, kind: basis.kind, horizons: horizons, areas: basis.areas)
    }
    if bases.isEmpty { return nil }
  }
}

/// Gathers what ranges rest on, cell by cell.
struct RangeBases {
  private struct Key: Hashable {
    /// In `ForecastTarget.all`.
    let target: Int
    let kind: Forecast.RangeBasis.Kind

    /// Stands for the kind where bases are put in order.
    var rank: Int {
      switch kind {
      case .borrowed(let lender): lender.number
      case .nothing: YearGroup.all.count
      case .stretched(let horizon): YearGroup.all.count + horizon
      }
    }
  }

  private struct Cells {
    var horizons: Set<Int> = []
    var areas: Set<Int> = []
  }

  private var found: [Key: Cells] = [:]

  /// The law of a target, by its position in `ForecastTarget.all`, in an area with pupils; nil where it has none.
  mutating func note(_ law: ErrorLaw?, target: Int, area: Int, ahead: Int) {
    guard let law else { return add(.nothing, target, area, ahead) }
    if let lender = law.lender { add(.borrowed(from: lender), target, area, ahead) }
    if let shorter = law.stretchedFrom { add(.stretched(from: shorter), target, area, ahead) }
  }

  private mutating func add(_ kind: Forecast.RangeBasis.Kind, _ target: Int, _ area: Int, _ ahead: Int) {
    let key = Key(target: target, kind: kind)
    found[key, default: Cells()].horizons.insert(ahead)
    found[key, default: Cells()].areas.insert(area)
  }

  mutating func add(contentsOf other: RangeBases) {
    for (key, cells) in other.found {
      found[key, default: Cells()].horizons.formUnion(cells.horizons)
      found[key, default: Cells()].areas.formUnion(cells.areas)
    }
  }

  /// In the order of `ForecastTarget.all`: borrowed ranges, those that there are not, then stretched ones.
  var list: [Forecast.RangeBasis] {
    found.sorted { ($0.key.target, $0.key.rank) < ($1.key.target, $1.key.rank) }.map { key, cells in
      Forecast.RangeBasis(
        target: ForecastTarget.all[key.target], kind: key.kind, horizons: cells.horizons.sorted(),
        areas: cells.areas.count)
    }
  }
}
