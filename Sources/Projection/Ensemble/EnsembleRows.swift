public import PlacePlanning

/// Where each figure of one year stands among the rows of an ensemble: year groups of areas, then totals.
public struct EnsembleRows: Hashable, Sendable {
  public let primaryAreas: Int
  public let secondaryAreas: Int

  var areas: Int { primaryAreas + secondaryAreas }
  private var totals: Int { areas * 7 }
  private var authority: Int { totals + primaryAreas + 2 * secondaryAreas }

  /// How many figures one year has.
  public var count: Int { authority + 14 + Phase.allCases.count }

  /// A year group of an area: `group` counts the seven year groups of its phase.
  public func cell(area: Int, group: Int) -> Int { area * 7 + group }

  /// All pupils of a phase in an area. Nil where the area has none of that phase.
  public func total(area: Int, _ phase: Phase) -> Int? {
    switch (phase, area < primaryAreas) {
    case (.primary, true): totals + area
    case (.secondary, false): totals + primaryAreas + 2 * (area - primaryAreas)
    case (.sixthForm, false): totals + primaryAreas + 2 * (area - primaryAreas) + 1
    default: nil
    }
  }

  /// A year group of the whole authority.
  public func authority(_ yearGroup: YearGroup) -> Int { authority + yearGroup.number }

  /// A phase of the whole authority.
  public func authority(_ phase: Phase) -> Int {
    switch phase {
    case .primary: authority + 14
    case .secondary: authority + 15
    case .sixthForm: authority + 16
    }
  }

  /// The totals that a year group of an area counts in first: its area's phase, and the authority's year group.
  func sums(area: Int, group: Int) -> (areaPhase: Int, authorityGroup: Int) {
    let number = area < primaryAreas ? group : 7 + group
    let phase = area < primaryAreas ? totals + area : totals + primaryAreas + 2 * (area - primaryAreas)
    return (phase + (number < 12 ? 0 : 1), authority + number)
  }

  /// The authority's year group by its number, 0 to 13, and the phase that it counts in.
  func yearGroup(_ number: Int) -> (row: Int, phase: Int) {
    (authority + number, authority + 14 + (number < 7 ? 0 : number < 12 ? 1 : 2))
  }
}
