/// Number on roll by year group and academic year, for one geography.
///
/// **Units** pupils, January census. A cell that was not published is absent; absent is not nought.
public struct RollTable: Hashable, Sendable {
  private var cells: [Cell: Double]

  private struct Cell: Hashable, Sendable {
    let year: AcademicYear
    let yearGroup: YearGroup
  }

  /// A table without a cell, to be filled.
  public init() {
    cells = [:]
  }

  public subscript(year: AcademicYear, yearGroup: YearGroup) -> Double? {
    get { cells[Cell(year: year, yearGroup: yearGroup)] }
    set { cells[Cell(year: year, yearGroup: yearGroup)] = newValue }
  }

  /// The years with any count, oldest first.
  public var years: [AcademicYear] { Set(cells.keys.map(\.year)).sorted() }

  /// Whether Reception has a count in any year.
  public var hasReception: Bool { cells.keys.contains { $0.yearGroup == .reception } }

  /// The sum over year groups, or nil when any of them is absent.
  public func total(_ year: AcademicYear, _ yearGroups: [YearGroup]) -> Double? {
    var sum = 0.0
    for yearGroup in yearGroups {
      guard let count = self[year, yearGroup] else { return nil }
      sum += count
    }
    return sum
  }
}

/// What is known of pupils by planning area.
public enum AreaRolls: Sendable {
  /// Counted by area, year group and year.
  case counted([PlanningAreaCode: RollTable])
  /// Only each area's total in one year is published; year groups by area are derived from it and the county's.
  case totals([PlanningAreaCode: Double], year: AcademicYear)
}
