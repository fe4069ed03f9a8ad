/// Places in each planning area, and how they change.
///
/// **Units** places.
public struct CapacityPlan: Sendable {
  /// Places by area and year group before any of the changes. A change dated up to the base year counts as well, so these
  /// must be the places of a date before it.
  public let base: [PlanningAreaCode: [YearGroup: Double]]
  public let changes: [CapacityChange]

  /// Places of a date before every change, and the changes in any order.
  public init(base: [PlanningAreaCode: [YearGroup: Double]], changes: [CapacityChange]) {
    self.base = base
    self.changes = changes
  }

  /// Places offered in one year group of one area in one year; nil where the area has none on record.
  public func places(
    _ area: PlanningAreaCode, _ yearGroup: YearGroup, _ year: AcademicYear
  ) -> Double? {
    guard let start = base[area]?[yearGroup] else { return nil }
    return changes.reduce(start) {
      $0 + ($1.area == area ? $1.places(in: yearGroup, year: year) : 0)
    }
  }
}

/// One change of places in one area.
public struct CapacityChange: Hashable, Sendable {
  /// How places come or go.
  public enum Kind: String, CaseIterable, Sendable {
    /// Permanent: fills from its entry year group up to its last, one year group a year.
    case expansion
    /// One extra class in one cohort, which ages through and leaves.
    case bulge
    /// As an expansion, until the block is taken away.
    case temporary
    /// A lower admission number: empties from its entry year group up to its last.
    case reduction
    /// Places that go from all of its year groups at once.
    case closure
  }

  public let area: PlanningAreaCode
  public let kind: Kind
  public let entryYearGroup: YearGroup
  /// The last year group that it reaches, as Year 2 of an infant school; nil for the last of the phase.
  public let lastYearGroup: YearGroup?
  /// Places in a year group; never negative.
  public let placesPerYearGroup: Double
  public let from: AcademicYear
  /// The first year without it, for temporary places.
  public let until: AcademicYear?

  /// Takes the values as they are; `ModelFiles.validate` has checked those of a model.
  public init(
    area: PlanningAreaCode, kind: Kind, entryYearGroup: YearGroup, lastYearGroup: YearGroup? = nil,
    placesPerYearGroup: Double, from: AcademicYear, until: AcademicYear?
  ) {
    self.area = area
    self.kind = kind
    self.entryYearGroup = entryYearGroup
    self.lastYearGroup = lastYearGroup
    self.placesPerYearGroup = placesPerYearGroup
    self.from = from
    self.until = until
  }

  /// Whether it changes a year group in any year.
  public func reaches(_ yearGroup: YearGroup) -> Bool {
    yearGroup.isTaught(from: entryYearGroup, to: lastYearGroup)
  }

  /// The change's effect on one year group in one year. Places stay within the phase they were made in.
  public func places(in yearGroup: YearGroup, year: AcademicYear) -> Double {
    guard reaches(yearGroup), year >= from else { return 0 }
    if let until, year >= until { return 0 }
    let yearsOpen = year - from
    let step = yearGroup.number - entryYearGroup.number
    switch kind {
    case .closure: return -placesPerYearGroup
    case .bulge: return step == yearsOpen ? placesPerYearGroup : 0
    case .expansion, .temporary: return (0...yearsOpen).contains(step) ? placesPerYearGroup : 0
    case .reduction: return (0...yearsOpen).contains(step) ? -placesPerYearGroup : 0
    }
  }
}
