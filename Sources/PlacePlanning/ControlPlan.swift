/// Published totals that a projection is held to, the central path and every draw alike.
public struct ControlPlan: Hashable, Sendable {
  /// The totals of one phase in one year. They agree with each other: the areas, or all the year groups, add to the whole.
  public struct Totals: Hashable, Sendable {
    /// Of the whole authority, by year group of the phase; none, some, or, beside areas or a whole, all of them.
    /// **Units** pupils.
    public let yearGroups: [YearGroup: Double]
    /// Of the phase in each area that holds it; all areas or none. **Units** pupils.
    public let areas: [PlanningAreaCode: Double]
    /// Of the phase in the whole authority. **Units** pupils.
    public let whole: Double?

    /// Totals of one phase and year; whether they agree is not looked at here. **Units** pupils.
    public init(
      yearGroups: [YearGroup: Double] = [:], areas: [PlanningAreaCode: Double] = [:], whole: Double? = nil
    ) {
      self.yearGroups = yearGroups
      self.areas = areas
      self.whole = whole
    }
  }

  /// By projected year, then phase. A year or a phase that is not there is not held.
  public let totals: [AcademicYear: [Phase: Totals]]

  /// Without any, nothing is held.
  public init(totals: [AcademicYear: [Phase: Totals]] = [:]) {
    self.totals = totals
  }

  /// Whether no year is held to anything.
  public var isEmpty: Bool { totals.isEmpty }
}
