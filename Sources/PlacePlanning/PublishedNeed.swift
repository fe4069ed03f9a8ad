/// A need that somebody else has published, to be set beside ours.
public struct PublishedNeed: Hashable, Sendable {
  public let area: PlanningAreaCode
  public let yearGroup: YearGroup
  public let lowest: FormsOfEntry
  public let highest: FormsOfEntry
  public let places: Double
  /// The year by which the lower end was said to be missing; nil where nobody said.
  public let lowestBy: AcademicYear?
  public let plannedPlacesPerYearGroup: Double
  /// As published, and later by `yearsLate`.
  public let plannedFrom: AcademicYear
  public let plannedName: String
  /// The key of the scheme that would build it; nil where none is named.
  public let plannedScheme: String?
  /// By how many years an assumption of the model delays it.
  public let yearsLate: Int

  /// `plannedFrom` is the year with the delay in it that `yearsLate` tells of.
  public init(
    area: PlanningAreaCode, yearGroup: YearGroup, lowest: FormsOfEntry, highest: FormsOfEntry,
    places: Double, lowestBy: AcademicYear? = nil, plannedPlacesPerYearGroup: Double,
    plannedFrom: AcademicYear,
    plannedName: String, plannedScheme: String? = nil, yearsLate: Int = 0
  ) {
    self.area = area
    self.yearGroup = yearGroup
    self.lowest = lowest
    self.highest = highest
    self.places = places
    self.lowestBy = lowestBy
    self.plannedPlacesPerYearGroup = plannedPlacesPerYearGroup
    self.plannedFrom = plannedFrom
    self.plannedName = plannedName
    self.plannedScheme = plannedScheme
    self.yearsLate = yearsLate
  }
}
