internal import Diagnostics
internal import PlacePlanning

extension ModelParts {
  /// The schools that schemes may name, by their codes; those of an unknown area (E201) are left out.
  func readSchools(_ known: KnownAreas, _ list: inout DiagnosticList) throws -> [String: School] {
    try rows(.schools).reduce(into: [:]) { schools, row in
      guard let area = try known.area(row, "planning_area_code", &list) else { return }
      let code = try row.text("school_code")
      schools[code] = School(code: code, name: try row.text("school_name"), area: area.code)
    }
  }
}

extension CapitalContext {
  /// The school of a scheme's row, which need not name one; `isGood` is false when there is no such school, or when it counts to another
  /// area than the scheme (E223).
  func schoolIfAny(
    _ row: DatasetRow, _ area: PlanningArea?, _ list: inout DiagnosticList
  ) throws -> (school: School?, isGood: Bool) {
    let column = "school"
    guard let code = try row.ifAny(column, row.text) else { return (nil, true) }
    guard schoolCodes.contains(code) else {
      list.add(
        .schemeSchoolUnknown, at: row.place(column), what: "there is no school '\(code)'",
        why: "nobody could tell what the scheme builds at, or whether it is in the right area",
        fix: didYouMean(
          code, among: schoolCodes,
          else: schoolCodes.isEmpty
            ? "name a data set of schools in model.yaml, or leave the cell blank"
            : "add the school to schools"))
      return (nil, false)
    }
    // Its own row has a fault.
    guard let school = schools[code] else { return (nil, false) }
    guard let area, area.code != school.area else { return (school, true) }
    list.add(
      .schemeSchoolUnknown, at: row.place(column),
      what: "school '\(code)' (\(school.name)) counts to area \(school.area); the scheme is in \(area.code)",
      why: "its places would be counted in an area whose pupils the school does not take",
      fix: "correct the school or the area")
    return (nil, false)
  }
}
