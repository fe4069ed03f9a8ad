internal import PlacePlanning

/// One area, year group and year.
struct CellKey: Hashable {
  let area: PlanningAreaCode
  let yearGroup: YearGroup
  let year: AcademicYear

  /// The position of each cell by its key; of two alike the first.
  static func positions<Cell>(_ cells: [Cell], _ key: (Cell) -> CellKey) -> [CellKey: Int] {
    Dictionary(cells.enumerated().map { (key($1), $0) }) { first, _ in first }
  }
}
