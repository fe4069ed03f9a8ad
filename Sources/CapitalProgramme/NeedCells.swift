internal import NumericCore
public import PlacePlanning
public import Projection

/// The need of every planned year group of a model, in the years of its capital plan, before any scheme.
///
/// With `draws`, over all of them; without, on the central path alone. Years beyond those projected have none.
public func needCells(
  _ model: PlanningModel, _ plan: CapitalPlan, _ pupils: TrajectorySet, _ draws: PupilDraws?,
  measure: UnmetMeasure = .expected
) -> [ProgrammeProblem.Cell] {
  let years = plan.financialYears.map(\.academicYear)
  return inParallel(years.count) { index in
    let yearWeight = (0..<index).reduce(1) { weight, _ in weight * plan.goals.yearWeight }
    return model.areas.flatMap { area in
      area.phase.plannedYearGroups.compactMap { yearGroup -> ProgrammeProblem.Cell? in
        guard let counts = pupils.byDraw(draws, area.code, yearGroup, years[index]),
          let places = model.capacity.places(area.code, yearGroup, years[index])
        else { return nil }
        return .init(
          area: area.code, yearGroup: yearGroup, year: index,
          weight: yearWeight * (plan.goals.unmetWeight[area.phase] ?? 1),
          curve: NeedCurve(
            pupils: counts, margin: model.operatingMargin[area.phase] ?? 0, places: places, measure: measure))
      }
    }
  }.flatMap { $0 }
}

extension TrajectorySet {
  /// The pupils of a year group in each draw; without draws, those of the central path alone. Nil for what was not projected.
  func byDraw(
    _ draws: PupilDraws?, _ area: PlanningAreaCode, _ yearGroup: YearGroup, _ year: AcademicYear
  ) -> [Double]? {
    guard let draws else { return central[area, yearGroup, year].map { [$0] } }
    return draws[area, yearGroup, year]
  }
}
