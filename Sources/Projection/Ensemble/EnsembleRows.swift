public import PlacePlanning

/// Where each figure of one year stands among the rows of an ensemble: year groups of areas, then totals.
public struct EnsembleRows: Hashable, Sendable {
  public let primaryAreas: Int
  public let secondaryAreas: Int

  var areas: Int { primaryAreas + secondaryAreas }
  /// The first total of an area, and of the authority.
  private var areaTotals: Int { areas * 7 }
  var authorityRows: Int { areaTotals + primaryAreas + 2 * secondaryAreas }

  /// How many figures one year has.
  public var count: Int { authorityRows + 14 + Phase.allCases.count }

  /// A year group of an area: `group` counts the seven year groups of its phase.
  public func cell(area: Int, group: Int) -> Int { area * 7 + group }

  /// A year group of the whole authority.
  public func authority(_ yearGroup: YearGroup) -> Int { authorityRows + yearGroup.number }

  /// A phase of the whole authority.
  public func authority(_ phase: Phase) -> Int {
    authorityRows + 14 + self.phase(yearGroup: phase.entryYearGroup.number)
  }

  /// The totals of an area by phase: one of a primary area, two of a secondary one.
  func totals(area: Int) -> Range<Int> {
    guard area >= primaryAreas else { return areaTotals + area..<areaTotals + area + 1 }
    let first = areaTotals + primaryAreas + 2 * (area - primaryAreas)
    return first..<first + 2
  }

  /// The position of a year group's phase: primary, secondary, sixth form.
  func phase(yearGroup: Int) -> Int { yearGroup < 7 ? 0 : yearGroup < 12 ? 1 : 2 }
}
