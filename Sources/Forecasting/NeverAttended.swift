public import PlacePlanning

extension Forecast {
  /// Year groups of an area that nobody has attended in any counted year up to the origin, and for which pupils are forecast from the year
  /// below all the same: of a school that grows by a year group a year, or of one that ends below them. Rolls tell the two apart only once
  /// a cohort has left.
  public struct NeverAttended: Hashable, Sendable {
    public let area: RollPanel.Area
    /// Rising, none of them Reception.
    public let yearGroups: [YearGroup]
    /// Of these year groups together, in the year that has most. **Units** pupils, unrounded.
    public let pupils: Double
    public let year: AcademicYear
  }
}

extension Forecast.NeverAttended {
  /// Fewer pupils than this show as none.
  private static let leastPupils = 0.5

  /// Nil where no year ahead has as much as half a pupil in such year groups.
  init?(_ history: CohortHistory, _ origin: RollingForecast.Origin, area: Int, horizon: Int) {
    let panel = history.panel
    // Where nobody ever was, pupils come from the year below or not at all: there is no level and no ratio to carry on.
    let groups = YearGroup.all.dropFirst().filter { yearGroup in
      !(0...origin.position).contains { panel[area, yearGroup.number, $0] > 0 }
        && (1...horizon).contains { origin.path[area, yearGroup.number, $0] > 0 }
    }
    let totals = (1...horizon).map { ahead in
      groups.reduce(0.0) { sum, yearGroup in
        let pupils = origin.path[area, yearGroup.number, ahead]
        return pupils > 0 ? sum + pupils : sum
      }
    }
    guard let most = totals.max(), most >= Self.leastPupils, let index = totals.firstIndex(of: most) else {
      return nil
    }
    self.init(
      area: panel.areas[area], yearGroups: groups, pupils: most,
      year: panel.years[origin.position] + index + 1)
  }
}
