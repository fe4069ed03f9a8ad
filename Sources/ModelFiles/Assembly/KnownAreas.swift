internal import Diagnostics
internal import PlacePlanning

/// Planning areas by code, for checking the codes of other files.
struct KnownAreas {
  let byCode: [PlanningAreaCode: PlanningArea]

  init(_ areas: [PlanningArea]) {
    byCode = Dictionary(areas.map { ($0.code, $0) }) { first, _ in first }
  }

  /// The area of a code cell; a fault (E201) when it is unknown or, with `phase`, of the other phase.
  func area(
    _ row: DatasetRow, _ column: String, phase: AreaPhase? = nil, _ list: inout DiagnosticList
  ) throws -> PlanningArea? {
    let code = try row.area(column)
    guard let area = byCode[code] else {
      list.add(
        .unknownCode, at: row.place(column), what: "there is no planning area '\(code)'",
        why: "the row would count nowhere",
        fix: didYouMean(
          code.text, among: byCode.keys.map(\.text),
          else: "add the area to planning_areas, or take the row out"))
      return nil
    }
    if let phase, area.phase != phase {
      list.add(
        .unknownCode, at: row.place(column),
        what: "'\(code)' (\(area.name)) is a \(area.phase.rawValue) area; a \(phase.rawValue) one is "
          + "wanted here", why: "its year groups are not those that the row speaks of",
        fix: "write the code of a \(phase.rawValue) area")
      return nil
    }
    return area
  }
}

/// What to do about a year group that an area does not have.
func fixOfYearGroup(_ yearGroup: YearGroup) -> String {
  "correct the area or the year group"
    + ((5...8).contains(yearGroup.number)
      ? "; a middle school has Years 5 and 6 in a primary area, and Years 7 and 8 in a secondary one" : "")
}

/// What to do about places that start above the year group in which children join an area, without a last year group.
func fixOfFirstYearGroup(_ yearGroup: YearGroup, _ area: PlanningArea) -> String {
  "write \(area.phase.entryYearGroup.label); for a school that begins in \(yearGroup.name), give its last_year_group too"
}
