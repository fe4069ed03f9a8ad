public import PlacePlanning

/// Where each area stands among the rows of an ensemble.
struct AreaRows: Sendable {
  private let position: [PlanningAreaCode: Int]
  private let phases: [PlanningAreaCode: AreaPhase]

  init(_ areas: [PlanningArea]) {
    let ordered = areas.filter { $0.phase == .primary } + areas.filter { $0.phase == .secondary }
    position = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($0.element.code, $0.offset) })
    phases = Dictionary(uniqueKeysWithValues: areas.map { ($0.code, $0.phase) })
  }

  func row(_ area: PlanningAreaCode, _ yearGroup: YearGroup, _ rows: EnsembleRows) -> Int? {
    guard let index = position[area], let group = phases[area]?.yearGroups.firstIndex(of: yearGroup)
    else { return nil }
    return rows.cell(area: index, group: group)
  }
}

/// Every draw of a model's pupils; draw 0, the central path, is not among them.
public struct PupilDraws: Sendable {
  private let rows: AreaRows
  public let projectedYears: [AcademicYear]
  private let all: EnsembleDraws
  /// When the homes are finished that bring some of the pupils.
  public let homes: HomesDraws

  public var draws: Int { all.draws }

  init(areas: [PlanningArea], projectedYears: [AcademicYear], draws: EnsembleDraws, homes: HomesDraws) {
    rows = AreaRows(areas)
    self.projectedYears = projectedYears
    all = draws
    self.homes = homes
  }

  /// Draws 1, 2, … of one figure. Nil for an area, a year group or a year that was not projected. **Units** pupils.
  public subscript(area: PlanningAreaCode, yearGroup: YearGroup, year: AcademicYear) -> [Double]? {
    guard let index = projectedYears.firstIndex(of: year), let row = rows.row(area, yearGroup, all.rows)
    else { return nil }
    return all.figures(year: index, row: row)
  }
}

/// The spread of a model's figures over the draws.
public struct PupilRanges: Sendable {
  private let rows: AreaRows
  public let projectedYears: [AcademicYear]
  private let summary: EnsembleSummary

  /// How many draws stand behind it; draw 0, the central path, is not among them.
  public var draws: Int { summary.draws }

  /// The middle, mean and ranges of one figure. **Units** pupils.
  public struct Range: Sendable {
    public let mean: Double
    /// At 2.5, 10, 25, 50, 75, 90 and 97.5 in a hundred.
    public let quantiles: [Double]
    /// What 80 in a hundred draws lie within.
    public var eightyInAHundred: ClosedRange<Double> { quantiles[1]...quantiles[5] }
    /// What 95 in a hundred draws lie within.
    public var ninetyFiveInAHundred: ClosedRange<Double> { quantiles[0]...quantiles[6] }
  }

  init(areas: [PlanningArea], projectedYears: [AcademicYear], summary: EnsembleSummary) {
    rows = AreaRows(areas)
    self.projectedYears = projectedYears
    self.summary = summary
  }

  /// Nil for an area, a year group or a year that was not projected.
  public subscript(area: PlanningAreaCode, yearGroup: YearGroup, year: AcademicYear) -> Range? {
    rows.row(area, yearGroup, summary.rows).flatMap { range(year, $0) }
  }

  /// A phase of the whole authority. Nil for a year that was not projected.
  public func authority(_ phase: Phase, _ year: AcademicYear) -> Range? {
    range(year, summary.rows.authority(phase))
  }

  /// A year group of the whole authority. Nil for a year that was not projected.
  public func authority(_ yearGroup: YearGroup, _ year: AcademicYear) -> Range? {
    range(year, summary.rows.authority(yearGroup))
  }

  private func range(_ year: AcademicYear, _ row: Int) -> Range? {
    guard let index = projectedYears.firstIndex(of: year) else { return nil }
    return Range(
      mean: summary.mean(year: index, row: row), quantiles: summary.quantiles(year: index, row: row))
  }
}
