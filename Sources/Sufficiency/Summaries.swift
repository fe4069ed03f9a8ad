public import PlacePlanning
public import Projection

/// The sector's summary of one phase in one year. **Units** pupils and places, unrounded unless said otherwise.
public struct SufficiencySummary: Sendable {
  public let phase: AreaPhase
  public let year: AcademicYear
  public let pupils: Double
  public let places: Double
  /// The sum of the needs of every area and year group: no surplus is set against them.
  public let need: Double
  /// The same to the nearest ten, as the Department for Education publishes it.
  public let needToNearestTen: Int
  /// Spare places of every area and year group: no need is set against them.
  public let spare: Double
  /// The same as a share of all places.
  public let spareShare: Double
  /// Places that stay empty once an area's full year groups may use its other ones, as a share of all places: how full
  /// buildings are, rather than classes.
  public let unfilledShare: Double
}

/// One area's gap over the years.
public struct AreaPressure: Sendable {
  public let area: PlanningArea
  /// Need in the entry year group (Reception or Year 7), by year.
  public let entryNeed: [(year: AcademicYear, forms: FormsOfEntry)]
  /// Need over all year groups, in forms of entry: places short / (30 x year groups), by year.
  public let allYearGroupsNeed: [(year: AcademicYear, forms: FormsOfEntry)]

  /// The largest gap at the entry year group, and the first year of it.
  public var peak: (year: AcademicYear, forms: FormsOfEntry)? {
    entryNeed.max { ($0.forms, $1.year) < ($1.forms, $0.year) }
  }

  /// The first year in which the entry year group is short by a form of entry or more; nil when none is.
  public func firstYearShort() -> AcademicYear? {
    entryNeed.first { $0.forms >= FormsOfEntry(1) }?.year
  }
}

extension PlacesBalance {
  /// One phase in one year; noughts for a year that was not projected.
  public func summary(_ phase: AreaPhase, _ year: AcademicYear) -> SufficiencySummary {
    let chosen = cells.filter { $0.area.phase == phase && $0.year == year }
    let places = chosen.reduce(0) { $0 + $1.places }
    let need = chosen.reduce(0) { $0 + $1.need }
    let spare = chosen.reduce(0) { $0 + $1.surplus }
    let unfilled = Dictionary(grouping: chosen, by: \.area.code).sorted { $0.key < $1.key }
      .reduce(0) { sum, area in sum + max(0, area.value.reduce(0) { $0 + $1.places - $1.pupils }) }
    return SufficiencySummary(
      phase: phase, year: year, pupils: chosen.reduce(0) { $0 + $1.pupils }, places: places,
      need: need, needToNearestTen: Int((need / 10).rounded()) * 10,
      spare: spare, spareShare: places > 0 ? spare / places : 0,
      unfilledShare: places > 0 ? unfilled / places : 0)
  }

  /// Need of both phases in an average year: no surplus is set against it. **Units** places.
  public var averageNeed: Double {
    years.isEmpty ? 0 : cells.reduce(0) { $0 + $1.need } / Double(years.count)
  }

  /// One area over all years. Nought where a year group has no pupils projected or no places on record.
  public func pressure(_ area: PlanningArea) -> AreaPressure {
    let groups = area.phase.plannedYearGroups
    return AreaPressure(
      area: area,
      entryNeed: years.map { year in
        (year, FormsOfEntry(places: self[area.code, groups[0], year]?.need ?? 0))
      },
      allYearGroupsNeed: years.map { year in
        let need = groups.reduce(0) { $0 + (self[area.code, $1, year]?.need ?? 0) }
        return (year, FormsOfEntry(places: need / Double(groups.count)))
      })
  }

  /// Spare places of one area, all its year groups together, and their share of its places; noughts for a year that was not projected.
  /// **Units** places; share.
  public func spare(in area: PlanningArea, _ year: AcademicYear) -> (places: Double, share: Double) {
    let cells = area.phase.plannedYearGroups.compactMap { self[area.code, $0, year] }
    let spare = cells.reduce(0) { $0 + $1.surplus }
    let places = cells.reduce(0) { $0 + $1.places }
    return (spare, places > 0 ? spare / places : 0)
  }

  /// Every area, the largest entry gap first; ties in order of code.
  public func pressures() -> [AreaPressure] {
    areas.map(pressure).sorted {
      let (a, b) = ($0.peak?.forms.forms ?? 0, $1.peak?.forms.forms ?? 0)
      return a == b ? $0.area.code < $1.area.code : a > b
    }
  }
}

/// Places that were short before anything was projected.
public struct BaseYearShort: Hashable, Sendable {
  /// In Reception and Year 7. **Units** places.
  public let entry: Double
  /// In the year groups above them, whose children sit in a class already. **Units** places.
  public let above: Double

  public var all: Double { entry + above }
}

/// Every area's planned year groups in the base year, each against its own places, the operating margin kept as in all other figures of
/// need. No surplus is set against a shortage.
public func shortInBaseYear(_ pupils: TrajectorySet, _ model: PlanningModel) -> BaseYearShort {
  var (entry, above) = (0.0, 0.0)
  for area in pupils.areas {
    let margin = 1 + (model.operatingMargin[area.phase] ?? 0)
    for yearGroup in area.phase.plannedYearGroups {
      guard let roll = pupils.central[area.code, yearGroup, model.baseYear],
        let places = model.capacity.places(area.code, yearGroup, model.baseYear)
      else { continue }
      let short = max(0, roll * margin - places)
      if yearGroup == area.phase.entryYearGroup { entry += short } else { above += short }
    }
  }
  return BaseYearShort(entry: entry, above: above)
}
