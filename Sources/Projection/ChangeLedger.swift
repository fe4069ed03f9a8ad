public import PlacePlanning

/// Every change of every cohort, booked: opening + intake + survivors' change + transfers in + imports - leaving + housing +
/// control = closing.
public struct ChangeLedger: Sendable {
  /// One cohort of one area over one year. **Units** pupils.
  public struct Entry: Sendable {
    public let area: PlanningAreaCode
    /// The year in which the cohort closes.
    public let year: AcademicYear
    /// The year group it is then in; nil for the oldest year group, which leaves the area.
    public let yearGroup: YearGroup?
    /// The same cohort's roll in this area a year before.
    public internal(set) var opening = 0.0
    /// Children joining Reception.
    public internal(set) var intake = 0.0
    /// Movers in less movers out, as the survival ratio has them.
    public internal(set) var survivorsChange = 0.0
    /// Year 6 pupils of the county's primary areas joining Year 7.
    public internal(set) var transfersIn = 0.0
    /// Year 7 pupils from outside the county's state schools.
    public internal(set) var imports = 0.0
    /// The oldest year group going on.
    public internal(set) var leaving = 0.0
    /// Children of new homes, beyond those whom the other columns carry already. Negative when an estate grows old, and where
    /// the flow would carry an estate's Year 6 to a secondary area that is not its own.
    public internal(set) var housing = 0.0
    /// What bringing the year's rolls to control totals took; nought where there are none.
    public internal(set) var control = 0.0
    public internal(set) var closing = 0.0

    /// Control brings the cohort from its closing roll to another.
    mutating func bring(to roll: Double) {
      control = roll - closing
      closing = roll
    }

    /// What the columns fail to explain; nought to within 1e-9.
    public var residual: Double {
      opening + intake + survivorsChange + transfersIn + imports - leaving + housing + control - closing
    }
  }

  public internal(set) var entries: [Entry] = []

  /// The largest unexplained difference. **Units** pupils.
  public var worstResidual: Double {
    entries.reduce(0) { worst, entry in
      entry.residual.isFinite ? max(worst, abs(entry.residual)) : .infinity
    }
  }
}
