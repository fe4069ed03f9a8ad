public import PlacePlanning

/// What is forecast of an area: one year group, or the total of a phase.
public enum ForecastTarget: Hashable, Sendable {
  case yearGroup(YearGroup)
  case total(Phase)

  /// Every year group, then the totals of Reception to Year 6 and of Years 7 to 11.
  public static let all: [ForecastTarget] =
    YearGroup.all.map { .yearGroup($0) } + [.total(.primary), .total(.secondary)]

  public var phase: Phase {
    switch self {
    case .yearGroup(let yearGroup): yearGroup.phase
    case .total(let phase): phase
    }
  }

  /// `R`, `1` … `13`, or `total`: the form of the data files.
  public var label: String {
    switch self {
    case .yearGroup(let yearGroup): yearGroup.label
    case .total: "total"
    }
  }

  var groups: [Int] {
    switch self {
    case .yearGroup(let yearGroup): [yearGroup.number]
    case .total(let phase): phase.yearGroups.map(\.number)
    }
  }
}

extension CohortHistory {
  /// A target's sum over the year groups that the origin counted; nil where it counted none, or one of them is not known.
  func sum(_ target: ForecastTarget, _ area: Int, countedIn origin: Int, _ count: (Int) -> Double) -> Double?
  {
    let counted = target.groups.filter { !panel[area, $0, origin].isNaN }
    guard !counted.isEmpty else { return nil }
    let sum = counted.reduce(0.0) { $0 + count($1) }
    return sum.isNaN ? nil : sum
  }

  /// What was counted later, for the same year groups; nil where it was not, or not wholly.
  func outcome(_ target: ForecastTarget, _ area: Int, origin: Int, ahead: Int) -> Double? {
    origin + ahead < years
      ? sum(target, area, countedIn: origin) { panel[area, $0, origin + ahead] } : nil
  }
}
