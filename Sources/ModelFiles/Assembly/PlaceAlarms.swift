internal import Diagnostics
internal import PlacePlanning

// Places that have no proportion to the pupils (W313). They are used as they stand.

/// Assumed: beyond these a figure is more often mistyped than true. A new school fills over years, so many places may be empty.
private let mostPupils = 1.5
private let mostPlaces = 4.0

/// The same of an area as a whole, from so many pupils on; of places only in primary areas, since more secondary schools stand half empty.
/// Source: of 2,254 primary and 986 secondary areas of England in May 2015 none is beyond them. With half of their capacity 99.7% and 92.4% are,
/// with twice as much all of the primary ones; of the secondary ones 32, in 24 of 150 authorities, have more than 1.75 places for a pupil.
private let mostPupilsOfArea = 1.3
private let mostPlacesOfPrimaryArea = 1.75
private let fewestPupilsOfArea = 300.0

/// Pupils and places of one year group of an area, or of all that are planned, and how far apart they may be.
private struct PartOfArea {
  let who: String
  let yearGroups: [YearGroup]
  let pupils: Double
  let places: Double
  let mostPupils: Double
  let mostPlaces: Double

  init(_ yearGroup: YearGroup, of area: PlanningArea, pupils: Double, places: Double) {
    who = "\(yearGroup.name) of \(area.name)"
    yearGroups = [yearGroup]
    (self.pupils, self.places) = (pupils, places)
    (mostPupils, mostPlaces) = (ModelFiles.mostPupils, ModelFiles.mostPlaces)
  }

  init(_ area: PlanningArea, pupils: Double, places: Double) {
    who = area.name
    yearGroups = area.phase.plannedYearGroups
    (self.pupils, self.places) = (pupils, places)
    let isLarge = pupils >= fewestPupilsOfArea
    mostPupils = isLarge ? mostPupilsOfArea : ModelFiles.mostPupils
    mostPlaces = isLarge && area.phase == .primary ? mostPlacesOfPrimaryArea : ModelFiles.mostPlaces
  }

  var isOdd: Bool { pupils > 0 && (pupils > mostPupils * places || places > mostPlaces * pupils) }
}

extension ModelParts {
  /// Warns of an area whose places and pupils are out of all proportion (W313): the first year group that is, or else the whole area.
  func warnOfProportions(
    _ county: RollTable, _ rolls: AreaRolls, _ capacity: CapacityPlan, _ areas: [PlanningArea],
    _ list: inout DiagnosticList
  ) {
    for area in areas {
      let groups = area.phase.plannedYearGroups
      var parts: [PartOfArea] = []
      var (pupils, year) = (0.0, header.baseYear)
      switch rolls {
      case .counted(let tables):
        let places = capacity.base[area.code] ?? [:]
        parts = groups.map { group in
          PartOfArea(
            group, of: area, pupils: tables[area.code]?[year, group] ?? 0, places: places[group] ?? 0)
        }
        pupils = parts.reduce(0) { $0 + $1.pupils }
      case .totals(let totals, let counted):
        year = counted
        pupils = (totals[area.code] ?? 0) * plannedShare(county, of: area.phase, in: year)
      }
      let places = groups.reduce(0) { $0 + (capacity.places(area.code, $1, year) ?? 0) }
      parts.append(PartOfArea(area, pupils: pupils, places: places))
      guard let odd = parts.first(where: \.isOdd) else { continue }
      let isWhole = area.phase == .secondary && odd.yearGroups.count > 1
      list.add(
        .placesOutOfProportion, at: placeOfPlaces(odd.yearGroups, area),
        what:
          "\(odd.who) (\(area.code)) has \(tenths(odd.places)) places and \(tenths(odd.pupils)) pupils"
          + (isWhole ? " of Years 7 to 11" : "") + " in \(year)",
        why:
          "more than \(plain(odd.mostPupils)) pupils for a place, or \(plain(odd.mostPlaces)) places for a pupil, "
          + "is unusual",
        fix: "check both; if they are right, leave them")
    }
  }

  /// The part of an area's pupils that planned places are for: sixth forms are taken off as the authority has them.
  private func plannedShare(_ county: RollTable, of phase: AreaPhase, in year: AcademicYear) -> Double {
    guard let all = county.total(year, phase.yearGroups), all > 0,
      let planned = county.total(year, phase.plannedYearGroups)
    else { return 1 }
    return planned / all
  }

  /// Where an area's places in some year groups stand: the first of their own rows, or else its net capacity.
  private func placeOfPlaces(_ yearGroups: [YearGroup], _ area: PlanningArea) -> SourceLocation {
    let labels = Set(yearGroups.map(\.label))
    func first(_ role: DatasetRole) -> DatasetRow? {
      rows(role).first {
        $0.raw("planning_area_code") == area.code.text
          && (role != .places || labels.contains($0.raw("year_group")))
      }
    }
    return first(.places)?.place("places") ?? first(.planningAreas)?.place("net_capacity")
      ?? place(of: .planningAreas)
  }
}
