internal import Diagnostics
internal import PlacePlanning

/// The layouts in which the School Capacity survey has been published school by school.
enum CapacityLayouts {
  static let scap2015 = ImportLayout(
    name: "scap-2015", title: "School Capacity survey 2015, a row a school",
    columns: [
      .need("laestab"), .need("la", "la1", "la"), .need("estab", "estab1", "estab"),
      .need("area", "laname", "la_name"), .need("school", "schoolname", "school_name"), .need("phase"),
      .need("roll", "maynor", "may_nor"),
      .need("capacity", "netcapacity_1", "netcapacity", "net_capacity"),
      .may("primary_capacity", "primarycapacity_2", "primarycapacity"),
      .may("secondary_capacity", "secondarycapacity_2", "secondarycapacity"),
      .need("primary_area", "primary_pa_code_2", "primary_pa_code"),
      .need("secondary_area", "secondary_pa_code_2", "secondary_pa_code"),
      .may("main_phase"), .may("unnamed", "unnamed_*"),
    ])

  /// Names as far as the department's previews and its table tool show them.
  static let ees = ImportLayout(
    name: "ees-school-capacity",
    title: "Explore education statistics: school capacity, a row a school and year",
    columns: [
      .need("period", "time_period"), .may("identifier", "time_identifier"),
      .need("level", "geographic_level"),
      .may("country_code"), .may("country_name"), .may("region_code"), .may("region_name"),
      .need("la", "old_la_code"), .may("new_la_code"), .need("area", "la_name"),
      .may("primary_area", "primary_planning_area_code", "primary_pa_code"),
      .may("secondary_area", "secondary_planning_area_code", "secondary_pa_code"),
      .need("laestab", "school_laestab"), .may("school_urn"), .need("school", "school_name"),
      .may("main_phase", "school_main_phase", "main_phase"), .need("phase", "school_phase", "phase"),
      .need("capacity", "school_places", "number_of_school_places", "net_capacity"),
      .need("roll", "pupils_on_roll", "number_of_pupils_on_roll", "school_pupils_on_roll"),
      .may("primary_capacity"), .may("secondary_capacity"),
    ], allowsOthers: true)

  static let all = [scap2015, ees]
}

/// Reads schools and their capacity: school by school, or added up by planning area.
func readSchoolCapacity(
  _ readers: [ImportReader], _ request: ImportRequest
) throws(DiagnosticList) -> ImportedTable {
  var reading = CapacityReading(request)
  for reader in readers {
    while try reader.next() { reading.read(reader) }
    reading.doubtMisshapen(reader)
  }
  let schools = reading.settle()
  guard request.byPlanningArea else { return schoolTable(schools) }
  noteSchoolsOfBothPhases(schools, readers)
  reading.doubt.note(readers)
  return planningAreaTable(schools, inDoubt: reading.doubt.codes)
}

/// A school as the survey has it.
struct SurveyedSchool {
  let laestab: String
  let year: String
  let name: String
  let authority: String
  let authorityName: String
  let phase: String
  let roll: Double
  let capacity: Double
  let primaryCapacity: Double?
  let secondaryCapacity: Double?
  let primaryArea: String?
  let secondaryArea: String?

  var areas: [String] { [primaryArea, secondaryArea].compactMap { $0 } }

  /// The survey's words: primary, secondary, middle deemed primary, middle deemed secondary, all-through.
  static let phases = ["PS", "SS", "MP", "MS", "AT"]
}

private struct CapacityReading {
  let request: ImportRequest
  private(set) var doubt = AreasInDoubt()
  private var schools = SingleRows<SurveyedSchool>()

  init(_ request: ImportRequest) { self.request = request }

  mutating func read(_ reader: ImportReader) {
    if reader.column("level") != nil, reader.text("level") != "School" {
      return reader.account.setAside("level: \(reader.text("level"))")
    }
    let authority = reader.text("la")
    if Self.isAuthority(authority) {
      reader.found.insert(authority)
      if let wanted = request.authority, wanted != authority {
        // It may lie in an area of the authority that is wanted.
        let areas = areaCells(reader).compactMap { AreasInDoubt.code($0) }
        doubt.leaveOut(areas.filter { $0.hasPrefix(wanted) }, file: reader.index)
        return reader.account.setAside("another authority")
      }
    }
    let identity = Self.identityFaults(reader, authority)
    // In a row whose cells have moved, every figure would be a fault of its own.
    guard identity.faults.isEmpty else {
      return refuse(identity.faults, reader, haveCellsMoved: identity.haveCellsMoved)
    }
    var faults: [Diagnostic] = []
    let primaryArea = area(reader, "primary_area", &faults)
    let secondaryArea = area(reader, "secondary_area", &faults)
    let roll = reader.count(reader.column("roll"), "the roll", most: 20_000)
    let capacity = reader.count(reader.column("capacity"), "the net capacity", most: 20_000)
    let name = reader.name(reader.column("school"), &faults)
    let parts = ["primary", "secondary"].map {
      reader.optionalCount(reader.column("\($0)_capacity"), "the \($0) capacity", &faults)
    }
    for case .refused(let fault) in [roll, capacity] { faults.append(fault) }
    if !faults.isEmpty { return refuse(faults, reader) }
    guard case .kept(let pupils) = roll, case .kept(let places) = capacity else {
      doubt.leaveOut([primaryArea, secondaryArea].compactMap { $0 }, file: reader.index)
      return reader.account.setAside("no roll or no capacity")
    }
    if let first = parts[0], let second = parts[1], first + second != places {
      let fault = reader.fault(
        .totalDisagrees, reader.column("capacity"),
        "the net capacity is \(plain(places)), but its primary and secondary parts add to \(plain(first + second))",
        why: "one of the three is wrong")
      return refuse([fault], reader)
    }
    let school = SurveyedSchool(
      laestab: reader.text("laestab"), year: reader.text("period"), name: name, authority: authority,
      authorityName: reader.text("area"), phase: reader.text("phase"), roll: pupils, capacity: places,
      primaryCapacity: parts[0], secondaryCapacity: parts[1], primaryArea: primaryArea,
      secondaryArea: secondaryArea)
    schools.add([school.laestab], school, reader)
  }

  /// What is wrong with the authority, number and phase of a school, and whether the row's cells may have moved.
  private static func identityFaults(
    _ reader: ImportReader, _ authority: String
  ) -> (faults: [Diagnostic], haveCellsMoved: Bool) {
    var faults: [Diagnostic] = []
    let laestab = reader.text("laestab")
    if !isAuthority(authority) {
      reader.add(
        .wrongForm, reader.column("la"), "the authority is '\(authority)'",
        why: "the department's code of an authority has three digits", to: &faults)
    } else if laestab.utf8.count != 7 || Int(laestab) == nil || !laestab.hasPrefix(authority)
      || reader.column("estab") != nil && laestab != authority + reader.text("estab")
    {
      reader.add(
        .wrongForm, reader.column("laestab"),
        "the school's number is '\(laestab)' in authority '\(authority)'",
        why: "a LAESTAB is the three digits of the authority and the four of the school", to: &faults)
    }
    // Then any cell may be the planning area.
    var haveCellsMoved = !isAuthority(authority)
    let phase = reader.text("phase")
    if !SurveyedSchool.phases.contains(phase) {
      haveCellsMoved = true
      reader.add(
        .spellingUnknown, reader.column("phase"), "the phase is '\(phase)'",
        why:
          "it is none of \(SurveyedSchool.phases.joined(separator: ", ")); a comma in the name may have moved every cell",
        fix: "put the school's name in quotation marks, or correct the phase", to: &faults)
    }
    if let column = reader.column("unnamed"), !reader.isBlank(column) {
      haveCellsMoved = true
      reader.add(
        .wrongForm, column, "a cell stands in the column without a name: '\(reader.text(column))'",
        why: "the row has one cell more than it should, so that others are in the wrong columns",
        fix: "put the text that holds a comma in quotation marks", to: &faults)
    }
    return (faults, haveCellsMoved)
  }

  /// Refuses a row, which puts its planning areas in doubt. Where its cells have moved, any of them may be a planning area.
  private mutating func refuse(
    _ faults: [Diagnostic], _ reader: ImportReader, haveCellsMoved: Bool = false
  ) {
    let number = reader.column("laestab")
    let others = reader.texts.enumerated().filter { $0.offset != number }.map { $0.element }
    doubt.leaveOut(
      row: haveCellsMoved ? others : areaCells(reader), areExact: !haveCellsMoved, file: reader.index,
      line: reader.line)
    reader.refuse(faults)
  }

  /// Puts the planning areas of rows of the wrong length in doubt, which were refused unread. A row that is plainly of another authority than
  /// the one wanted is no loss.
  mutating func doubtMisshapen(_ reader: ImportReader) {
    let (number, holder) = (reader.column("laestab"), reader.column("la") ?? 0)
    for row in reader.misshapen {
      let authority = holder < row.cells.count ? row.cells[holder] : ""
      if let wanted = request.authority, Self.isAuthority(authority), authority != wanted { continue }
      doubt.leaveOut(
        row: row.cells.enumerated().filter { $0.offset != number }.map { $0.element }, areExact: false,
        file: reader.index, line: row.line)
    }
  }

  private func areaCells(_ reader: ImportReader) -> [String] {
    [reader.text("primary_area"), reader.text("secondary_area")]
  }

  private static func isAuthority(_ text: String) -> Bool {
    text.utf8.count == 3 && text.isDigits
  }

  /// A planning area's code; nil for none, and for a fault.
  private func area(_ reader: ImportReader, _ key: String, _ faults: inout [Diagnostic]) -> String? {
    let column = reader.column(key)
    let text = reader.text(column)
    if AreasInDoubt.isNone(text) { return nil }
    guard let code = AreasInDoubt.code(text) else {
      reader.add(
        .wrongForm, column, "the planning area is '\(text)'",
        why: "a planning area's code has seven digits", to: &faults)
      return nil
    }
    return code
  }

  /// Schools by number; those that stand twice are refused.
  mutating func settle() -> [SurveyedSchool] {
    for entry in schools.repeated { doubt.leaveOut(entry.value.areas, file: entry.reader.index) }
    let kept = schools.settle(
      what: { "school \($0.value.laestab) stands" }, why: "its places would be counted twice",
      fix: "remove the others; import years one at a time",
      cells: { "school: \($0.value.name) | year: \($0.value.year)" })
    if let wanted = request.authority {
      // Of an area of the next authority the other schools were set aside.
      for entry in kept {
        doubt.leaveOut(entry.value.areas.filter { !$0.hasPrefix(wanted) }, file: entry.reader.index)
      }
    }
    return kept.map(\.value)
  }
}

private func schoolTable(_ schools: [SurveyedSchool]) -> ImportedTable {
  ImportedTable(
    name: "school-capacity", title: "Schools, pupils and net capacity (School Capacity survey)",
    columns: [
      .code("laestab", "Authority and school, seven digits"), .text("school_name"), .code("authority_code"),
      .text("authority_name"),
      .word(
        "phase", SurveyedSchool.phases, "Primary, secondary, middle deemed primary or secondary, all-through"),
      .count("number_on_roll", "pupils", 20_000, "In May"), .count("net_capacity", "places", 20_000),
      .count("primary_capacity", "places", 20_000, optional: true),
      .count("secondary_capacity", "places", 20_000, optional: true),
      .code("primary_planning_area_code", optional: true),
      .code("secondary_planning_area_code", optional: true),
    ], key: ["laestab"],
    rows: schools.map { school in
      [
        school.laestab, school.name, school.authority, school.authorityName, school.phase,
        dataNumber(school.roll), dataNumber(school.capacity), school.primaryCapacity.map(dataNumber) ?? "",
        school.secondaryCapacity.map(dataNumber) ?? "", school.primaryArea ?? "", school.secondaryArea ?? "",
      ]
    }, reading: capacityReading)
}

let capacityReading = [
  "**A school** must have a number of seven digits that begins with its authority's, a known phase, a roll and a net capacity. "
    + "A cell in a column without a name is a sign that a comma has moved the others: the row is refused (E115).",
  "**Planning areas** are codes of seven digits; `2010001.0` is read as 2010001.",
]
