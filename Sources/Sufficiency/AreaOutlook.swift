public import PlacePlanning
public import Projection

/// One area's entry year group, year by year: who comes, what new homes add, what is there, what is short.
public struct AreaOutlook: Sendable {
  /// One September. **Units** places and pupils of the entry year group.
  public struct Row: Sendable {
    public let year: AcademicYear
    /// Births of the cohort in the area's district; nil where some of them were not yet counted.
    public let districtBirths: Double?
    public let pupils: Double
    public let pupilsWithoutHomes: Double
    public let places: Double
    /// Places short with new homes, the operating margin included.
    public let need: Double
    /// Places short without new homes.
    public let needWithoutHomes: Double
    /// Places still short when what is planned has opened; equal to `need` where nothing is.
    public let needAfterPlanned: Double

    public var pupilsInHomes: Double { pupils - pupilsWithoutHomes }
    public var forms: FormsOfEntry { FormsOfEntry(places: need) }
    public var formsWithoutHomes: FormsOfEntry { FormsOfEntry(places: needWithoutHomes) }
  }

  /// Where our largest need stands against a published range.
  public enum Reading: Sendable {
    case below, within, above
  }

  public let area: PlanningArea
  public let yearGroup: YearGroup
  public let rows: [Row]
  /// The base year's pupils and places in this year group, before anything is projected.
  public let basePupils: Double
  public let basePlaces: Double
  public let published: PublishedNeed?

  /// How many forms of entry the base year's pupils exceed its places by; nought where they do not.
  public var baseGap: FormsOfEntry { FormsOfEntry(places: max(0, basePupils - basePlaces)) }

  public var peak: Row? { largest(\.need) }
  public var peakWithoutHomes: Row? { largest(\.needWithoutHomes) }

  /// The row with the largest value; a tie goes to the earlier year.
  private func largest(_ value: KeyPath<Row, Double>) -> Row? {
    rows.max { ($0[keyPath: value], $1.year) < ($1[keyPath: value], $0.year) }
  }

  /// The years in which at least one place is short, to the nearest.
  public var yearsShort: [AcademicYear] { rows.filter { $0.need >= 0.5 }.map(\.year) }

  /// The first year in which a whole class is short, as in `AreaPressure`.
  public var firstYearShortByClass: AcademicYear? { rows.first { $0.forms >= FormsOfEntry(1) }?.year }

  /// Whether pupils, those in new homes among them, fall from their highest year to the last by at least a share of it; false
  /// without pupils.
  public func falls(by share: Double) -> Bool {
    guard let last = rows.last, let most = rows.map(\.pupils).max(), most > 0 else { return false }
    return last.pupils <= (1 - share) * most
  }

  /// Whether births are not known of a cohort that comes before one whose births are: the model does not hold them, and which cohort
  /// has the most is known of the others alone.
  public var lacksEarlierBirths: Bool {
    guard let last = rows.lastIndex(where: { $0.districtBirths != nil }) else { return false }
    return rows[..<last].contains { $0.districtBirths == nil }
  }

  /// Nil without a published range. What is shown as one of its ends is within it.
  public var reading: Reading? {
    guard let published, let peak else { return nil }
    if !isAtLeast(peak.forms, published.lowest) { return .below }
    return peak.forms > published.highest && !isShown(peak.forms, as: published.highest) ? .above : .within
  }

  /// Years in which our need is at least the low end of the published range.
  public var yearsAtLeastLowest: [AcademicYear] {
    guard let published else { return [] }
    return rows.filter { isAtLeast($0.forms, published.lowest) }.map(\.year)
  }

  private func isAtLeast(_ need: FormsOfEntry, _ lowest: FormsOfEntry) -> Bool {
    need >= lowest || isShown(need, as: lowest)
  }

  /// Whether a need, rounded to a tenth as it is shown, is a published figure: beside that nobody could see it below or above.
  private func isShown(_ need: FormsOfEntry, as published: FormsOfEntry) -> Bool {
    abs((need.forms * 10).rounded(.toNearestOrAwayFromZero) - published.forms * 10) < 1e-6
  }

  /// The published places as forms of entry over the phase's five or seven year groups.
  public var publishedPlacesInForms: FormsOfEntry? {
    published.map {
      FormsOfEntry(places: $0.places / Double(area.phase.plannedYearGroups.count))
    }
  }
}

/// The outlook of one area's entry year group.
public func outlook(
  _ area: PlanningArea, _ pupils: TrajectorySet, _ model: PlanningModel
) -> AreaOutlook {
  let yearGroup = area.phase.entryYearGroup
  let published = model.publishedNeeds.first { $0.area == area.code && $0.yearGroup == yearGroup }
  let margin = 1 + (model.operatingMargin[area.phase] ?? 0)
  let rows: [AreaOutlook.Row] = pupils.years.dropFirst().compactMap { year in
    guard let with = pupils.central[area.code, yearGroup, year],
      let without = pupils.centralWithoutHousing[area.code, yearGroup, year],
      let places = model.capacity.places(area.code, yearGroup, year)
    else { return nil }
    let planned =
      published.map { year >= $0.plannedFrom ? $0.plannedPlacesPerYearGroup : 0 } ?? 0
    return AreaOutlook.Row(
      year: year,
      districtBirths: model.births.cohort(
        area.district, reachingReceptionIn: year - yearGroup.number),
      pupils: with, pupilsWithoutHomes: without, places: places,
      need: max(0, with * margin - places),
      needWithoutHomes: max(0, without * margin - places),
      needAfterPlanned: max(0, with * margin - places - planned))
  }
  return AreaOutlook(
    area: area, yearGroup: yearGroup, rows: rows,
    basePupils: pupils.central[area.code, yearGroup, model.baseYear] ?? 0,
    basePlaces: model.capacity.places(area.code, yearGroup, model.baseYear) ?? 0, published: published)
}
