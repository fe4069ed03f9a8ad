internal import PlacePlanning

/// Pupils living in homes that are finished after the base year, as the yield curves have them. Homes finished by then count
/// as part of the base year's rolls: what they have yet to yield is left to the survival ratios.
///
/// **Shape** area x the seven year groups of its phase x projected year. **Units** pupils.
struct HousingPupils {
  private let byArea: [PlanningAreaCode: [[Double]]]

  init(_ model: PlanningModel) {
    var byArea: [PlanningAreaCode: [[Double]]] = [:]
    for area in model.areas {
      let groups = area.phase.yearGroups
      var sum = groups.map { _ in model.projectedYears.map { _ in 0.0 } }
      for type in model.housing.yields.keys.sorted() {
        let homes = model.projectedYears.map { Self.countedHomes(model, area, $0, type) }
        for (group, pupils) in Self.pupils(model, homes, type, groups).enumerated() {
          for (year, count) in pupils.enumerated() { sum[group][year] += count }
        }
      }
      byArea[area.code] = sum
    }
    self.byArea = byArea
  }

  /// Homes of one type finished before a year in one area, beyond the rate that the survival ratios hold already.
  private static func countedHomes(
    _ model: PlanningModel, _ area: PlanningArea, _ year: AcademicYear, _ type: String
  ) -> Double {
    let ofType = sites(model, area).filter { $0.dwellingType == type }
      .reduce(0) { $0 + $1.completions(before: year) }
    return ofType * shareBeyondBackground(model, area, year)
  }

  /// The same for one site, by projected year; `area` is one of its two.
  static func countedHomes(_ model: PlanningModel, _ area: PlanningArea, of site: HousingSite) -> [Double] {
    model.projectedYears.map { site.completions(before: $0) * shareBeyondBackground(model, area, $0) }
  }

  private static func shareBeyondBackground(
    _ model: PlanningModel, _ area: PlanningArea, _ year: AcademicYear
  ) -> Double {
    let all = sites(model, area).reduce(0) { $0 + $1.completions(before: year) }
    return ratio(max(0, all - (model.housing.backgroundHomesPerYear[area.code] ?? 0)), all)
  }

  private static func sites(_ model: PlanningModel, _ area: PlanningArea) -> [HousingSite] {
    model.housing.sites.filter {
      (area.phase == .primary ? $0.primaryArea : $0.secondaryArea) == area.code
    }
  }

  /// Pupils living in homes finished in the projected years. **Shape** year group x projected year.
  static func pupils(
    _ model: PlanningModel, _ homes: [Double], _ type: String, _ yearGroups: [YearGroup]
  ) -> [[Double]] {
    let yields = model.housing.yields[type]
    return yearGroups.map { yearGroup in
      homes.indices.map { year in
        homes[...year].enumerated().reduce(0) { sum, finished in
          sum + finished.element * (yields?.pupilsPerDwelling(yearGroup, age: year - finished.offset) ?? 0)
        }
      }
    }
  }

  /// By position of the year group in its phase and of the projected year.
  func pupils(_ area: PlanningAreaCode, _ group: Int, _ year: Int) -> Double {
    byArea[area]?[group][year] ?? 0
  }
}
