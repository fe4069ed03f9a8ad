public import PlacePlanning
public import Projection

/// The need of every planned year group of a model, in the years of its capital plan, before any scheme.
///
/// With `draws`, over all of them; without, on the central path alone. Years beyond those projected have none.
public func needCells(
  _ model: PlanningModel, _ plan: CapitalPlan, _ pupils: TrajectorySet, _ draws: PupilDraws?,
  measure: UnmetMeasure = .expected
) -> [ProgrammeProblem.Cell] {
  var cells: [ProgrammeProblem.Cell] = []
  var yearWeight = 1.0
  for (index, year) in plan.financialYears.map(\.academicYear).enumerated() {
    for area in model.areas {
      for yearGroup in area.phase.plannedYearGroups {
        let counts =
          draws.map { $0[area.code, yearGroup, year] }
          ?? pupils.central[area.code, yearGroup, year].map { [$0] }
        guard let counts, let places = model.capacity.places(area.code, yearGroup, year) else { continue }
        cells.append(
          .init(
            area: area.code, yearGroup: yearGroup, year: index,
            weight: yearWeight * (plan.goals.unmetWeight[area.phase] ?? 1),
            curve: NeedCurve(
              pupils: counts, margin: model.operatingMargin[area.phase] ?? 0, places: places,
              measure: measure)))
      }
    }
    yearWeight *= plan.goals.yearWeight
  }
  return cells
}
