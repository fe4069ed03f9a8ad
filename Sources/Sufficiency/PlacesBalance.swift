public import PlacePlanning
public import Projection

/// Pupils against places, by planning area, year group and year. A surplus in one cell never pays for a need in another.
public struct PlacesBalance: Sendable {
  /// One area, year group and year. **Units** pupils and places, unrounded.
  public struct Cell: Sendable {
    public let area: PlanningArea
    public let yearGroup: YearGroup
    public let year: AcademicYear
    public let pupils: Double
    public let places: Double
    /// Places short, the operating margin included: `max(0, pupils x (1 + margin) - places)`.
    public let need: Double
    /// Places spare: `max(0, places - pupils)`.
    public let surplus: Double

    public var needInForms: FormsOfEntry { FormsOfEntry(places: need) }
  }

  public let cells: [Cell]
  public let years: [AcademicYear]
  public let areas: [PlanningArea]
  private let position: [CellKey: Int]

  init(cells: [Cell], years: [AcademicYear], areas: [PlanningArea]) {
    self.cells = cells
    self.years = years
    self.areas = areas
    position = CellKey.positions(cells) {
      CellKey(area: $0.area.code, yearGroup: $0.yearGroup, year: $0.year)
    }
  }

  public subscript(
    area: PlanningAreaCode, yearGroup: YearGroup, year: AcademicYear
  ) -> Cell? {
    position[CellKey(area: area, yearGroup: yearGroup, year: year)].map { cells[$0] }
  }
}

/// Compares a projection with the places that are there and those that are dated to come or go.
///
/// The year groups are those with planned places: R to 6 and 7 to 11. Years are the projected ones.
public func compare(_ pupils: TrajectorySet, with model: PlanningModel) -> PlacesBalance {
  compare(pupils.central, capacity: model.capacity, margin: model.operatingMargin)
}

/// As `compare(_:with:)`, for any path, plan and margin.
public func compare(
  _ path: Trajectory, capacity: CapacityPlan, margin: [AreaPhase: Double]
) -> PlacesBalance {
  let years = Array(path.years.dropFirst())
  var cells: [PlacesBalance.Cell] = []
  for year in years {
    for area in path.areas {
      for yearGroup in area.phase.plannedYearGroups {
        guard let pupils = path[area.code, yearGroup, year],
          let places = capacity.places(area.code, yearGroup, year)
        else { continue }
        cells.append(
          .init(
            area: area, yearGroup: yearGroup, year: year, pupils: pupils, places: places,
            need: max(0, pupils * (1 + (margin[area.phase] ?? 0)) - places),
            surplus: max(0, places - pupils)))
      }
    }
  }
  return PlacesBalance(cells: cells, years: years, areas: path.areas)
}
