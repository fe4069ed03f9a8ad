public import PlacePlanning

/// Pupils by planning area, year group and academic year.
///
/// **Shape** area x the seven year groups of its phase x year. **Units** pupils, unrounded, January census.
public struct Trajectory: Sendable {
  public let areas: [PlanningArea]
  public let years: [AcademicYear]
  private var values: [Double]
  private let position: [PlanningAreaCode: Int]

  static let groupsPerArea = 7

  init(areas: [PlanningArea], years: [AcademicYear]) {
    self.areas = areas
    self.years = years
    values = [Double](repeating: 0, count: areas.count * Self.groupsPerArea * years.count)
    position = Dictionary(areas.enumerated().map { ($1.code, $0) }) { first, _ in first }
  }

  /// By position: area, year group within the area's phase (0 is the entry year group), year.
  subscript(area: Int, group: Int, year: Int) -> Double {
    get { values[(area * Self.groupsPerArea + group) * years.count + year] }
    set { values[(area * Self.groupsPerArea + group) * years.count + year] = newValue }
  }

  /// Nil for an area, a year group or a year that the trajectory does not hold.
  public subscript(
    area: PlanningAreaCode, yearGroup: YearGroup, year: AcademicYear
  ) -> Double? {
    guard let index = position[area], let first = years.first, years.indices.contains(year - first),
      let group = areas[index].phase.yearGroups.firstIndex(of: yearGroup)
    else { return nil }
    return self[index, group, year - first]
  }

  /// All areas together. **Units** pupils.
  public func total(_ yearGroups: [YearGroup], _ year: AcademicYear) -> Double {
    areas.reduce(0) { sum, area in
      yearGroups.reduce(sum) { $0 + (self[area.code, $1, year] ?? 0) }
    }
  }
}

/// The projection of one model: the central path with and without new homes, what each change was, and the rates behind it.
public struct TrajectorySet: Sendable {
  /// The base year, then the projected years.
  public let years: [AcademicYear]
  public let areas: [PlanningArea]
  /// Draw 0: the central projection, new homes included.
  public let central: Trajectory
  /// The same without new homes.
  public let centralWithoutHousing: Trajectory
  public let ledger: ChangeLedger
  public let rates: ProjectionRates
  public let births: BirthOutlook
  /// Area rolls by year group up to the base year: counted, or derived by raking.
  public let history: RollHistory

  /// Pupils that new homes add. **Units** pupils.
  public func fromHousing(
    _ area: PlanningAreaCode, _ yearGroup: YearGroup, _ year: AcademicYear
  ) -> Double {
    (central[area, yearGroup, year] ?? 0) - (centralWithoutHousing[area, yearGroup, year] ?? 0)
  }
}
