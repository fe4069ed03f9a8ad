public import PlacePlanning
public import Projection

/// How likely places are to run short, from the draws; what schemes would add is not counted.
public struct ShortfallRisk: Sendable {
  /// One area, year group and year.
  public struct Cell: Sendable {
    public let area: PlanningArea
    public let yearGroup: YearGroup
    public let year: AcademicYear
    /// The mean need over the draws, the operating margin included. **Units** places.
    public let expectedNeed: Double
    /// The need that one draw in ten exceeds. **Units** places.
    public let needOneInTen: Double
    /// The share of draws with more pupils than places. The margin is not counted: these are children.
    public let chanceWithoutPlace: Double
    /// The share of draws in which more than 30 children have no place.
    public let chanceMoreThanThirtyWithoutPlace: Double
    /// The share of draws with a need of a form of entry or more, the margin included.
    public let chanceShortByForm: Double
  }

  public let cells: [Cell]
  private let position: [CellKey: Int]

  init(_ cells: [Cell]) {
    self.cells = cells
    position = CellKey.positions(cells) {
      CellKey(area: $0.area.code, yearGroup: $0.yearGroup, year: $0.year)
    }
  }

  /// Nil for a cell that has no draws or no places.
  public subscript(area: PlanningAreaCode, yearGroup: YearGroup, year: AcademicYear) -> Cell? {
    position[CellKey(area: area, yearGroup: yearGroup, year: year)].map { cells[$0] }
  }

  /// The entry year group (Reception or Year 7) of one area, oldest year first.
  public func entry(_ area: PlanningArea) -> [Cell] {
    cells.filter { $0.area == area && $0.yearGroup == area.phase.entryYearGroup }.sorted { $0.year < $1.year }
  }

  /// The entry cell of an area with the largest expected need; the earlier of two alike. Nil where none is expected.
  public func worstEntry(_ area: PlanningArea) -> Cell? {
    entry(area).filter { $0.expectedNeed > 0 }
      .max { ($0.expectedNeed, $1.year) < ($1.expectedNeed, $0.year) }
  }
}

/// The risk in every planned year group of every area and year that has draws and places.
public func shortfallRisk(_ draws: PupilDraws, _ model: PlanningModel) -> ShortfallRisk {
  var cells: [ShortfallRisk.Cell] = []
  for area in model.areas {
    let margin = 1 + (model.operatingMargin[area.phase] ?? 0)
    for yearGroup in area.phase.plannedYearGroups {
      for year in draws.projectedYears {
        guard let pupils = draws[area.code, yearGroup, year], !pupils.isEmpty,
          let places = model.capacity.places(area.code, yearGroup, year)
        else { continue }
        let needs = pupils.map { max(0, $0 * margin - places) }.sorted()
        let count = Double(pupils.count)
        func share(_ isMet: (Double) -> Bool) -> Double { Double(pupils.count(where: isMet)) / count }
        cells.append(
          .init(
            area: area, yearGroup: yearGroup, year: year, expectedNeed: needs.reduce(0, +) / count,
            needOneInTen: needs[min(needs.count - 1, Int((0.9 * count).rounded(.up)) - 1)],
            chanceWithoutPlace: share { $0 - places > 0 },
            chanceMoreThanThirtyWithoutPlace: share { $0 - places > FormsOfEntry.placesPerForm },
            chanceShortByForm: share { $0 * margin - places >= FormsOfEntry.placesPerForm }))
      }
    }
  }
  return ShortfallRisk(cells)
}
