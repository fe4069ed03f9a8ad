internal import Diagnostics
internal import PlacePlanning

/// Reads rolls by year group in any of their layouts.
func readCensus(_ readers: [ImportReader], _ request: ImportRequest) throws(DiagnosticList) -> ImportedTable {
  var census = CensusReading(request)
  for reader in readers { try census.read(reader) }
  let rolls = census.table.settle()
  if request.isForModel, Set(rolls.keys.map(\.area)).count > 1 {
    throw DiagnosticList(
      .notStated, at: readers.firstFile,
      what: "the files hold more than one area, and a model's rolls are of one",
      why: "rows of several areas would overwrite one another", fix: "give its code as --authority")
  }
  return census.imported(rolls, readers)
}

private struct CensusReading {
  let request: ImportRequest
  var table = CensusTable()

  init(_ request: ImportRequest) { self.request = request }

  mutating func read(_ reader: ImportReader) throws(DiagnosticList) {
    if reader.column("period") == nil, request.academicYear == nil {
      throw DiagnosticList(
        .notStated, at: reader.file.wholeFile,
        what: "the file does not say of which academic year it is",
        why: "a roll of the wrong year would shift every cohort",
        fix: "give it as --year, such as --year 2013/14")
    }
    while try reader.next() {
      switch reader.match.layout.name {
      case CensusLayouts.long.name: readLong(reader)
      case CensusLayouts.sexes.name: readSexes(reader)
      case CensusLayouts.wide.name: readWide(reader)
      default: readPlain(reader)
      }
    }
  }

  // MARK: - Layouts

  private mutating func readLong(_ reader: ImportReader) {
    let level = reader.text("level")
    guard ["Local authority", "School"].contains(level) else {
      if ["National", "Regional", "Parliamentary constituency", "Local authority district"].contains(level) {
        return reader.account.setAside("level: \(level)")
      }
      return reader.refuseUnknownWord(
        reader.column("level"), known: ["Local authority", "School", "National", "Regional"],
        why: "rows of different levels overlap")
    }
    guard reader.text("identifier") == "Academic year" else {
      return reader.account.setAside("period: \(reader.text("identifier"))")
    }
    var faults: [Diagnostic] = []
    let codes = (old: reader.text("old_code"), new: reader.text("new_code"))
    let isSchool = level == "School"
    let code =
      isSchool ? reader.column("laestab") : reader.column(request.usesNewCodes ? "new_code" : "old_code")
    let area = reader.name(code, &faults)
    guard faults.isEmpty else { return reader.refuse(faults) }
    reader.found.insert(area)
    if let wanted = request.authority, wanted != area, wanted != codes.old, wanted != codes.new {
      return reader.account.setAside("another area")
    }
    if let wanted = request.authority { reader.found.insert(wanted) }
    let sexColumn = reader.column("sex")
    let sex = sexColumn == nil ? .total : CensusWords.sex(reader.text(sexColumn))
    if sex == nil {
      faults.append(
        reader.unknownWord(
          sexColumn, known: ["Total", "Female", "Male"], why: "parts would be taken for totals"))
    }
    let name = reader.name(reader.column(isSchool ? "school_name" : "area"), &faults)
    guard let yearGroup = yearGroup(reader, &faults), isWanted(reader, &faults),
      let year = academicYear(reader, &faults), let sex, faults.isEmpty
    else { return finish(reader, faults) }
    let key = CensusTable.Key(area: area, year: year, yearGroup: yearGroup)
    if add(reader, reader.column("pupils"), to: key, type: reader.text("type"), sex: sex) {
      table.name(area, name, other: isSchool ? "" : (request.usesNewCodes ? codes.old : codes.new))
    }
  }

  private mutating func readPlain(_ reader: ImportReader) {
    guard
      let (area, name) = reader.area(code: reader.column("code"), wanted: request.authority)
    else { return }
    var faults: [Diagnostic] = []
    guard let yearGroup = yearGroup(reader, &faults), let year = academicYear(reader, &faults) else {
      return finish(reader, faults)
    }
    let key = CensusTable.Key(area: area, year: year, yearGroup: yearGroup)
    if add(reader, reader.column("pupils"), to: key) { table.name(area, name) }
  }

  private mutating func readWide(_ reader: ImportReader) {
    let units = reader.unitsPerRow
    var faults: [Diagnostic] = []
    let code = reader.column("code")
    if reader.isBlank(code) || ["england", "total", "all"].contains(reader.text("area").lowercased()) {
      return reader.account.setAside("a total of areas", units)
    }
    let area = reader.name(code, &faults)
    let name = reader.name(reader.column("area"), &faults)
    reader.found.insert(area)
    if let wanted = request.authority, wanted != area {
      return reader.account.setAside("another area", units)
    }
    guard let year = academicYear(reader, &faults), faults.isEmpty else {
      return reader.refuse(faults, units: units)
    }
    if let total = total(reader) { return reader.refuse([total], units: units) }
    table.name(area, name)
    for (member, column) in reader.match.family {
      guard let yearGroup = YearGroup(label: member) else {
        reader.account.setAside("before Reception")
        continue
      }
      add(reader, column, to: .init(area: area, year: year, yearGroup: yearGroup))
    }
  }

  /// E415, where the row states a total that its year groups do not add to.
  private func total(_ reader: ImportReader) -> Diagnostic? {
    guard let column = reader.column("total"), case .number(let total) = reader.figure(column) else {
      return nil
    }
    var sum = 0.0
    for (_, column) in reader.match.family {
      guard case .number(let value) = reader.figure(column) else { return nil }
      sum += value
    }
    guard sum != total else { return nil }
    return reader.fault(
      .totalDisagrees, column, "the total is \(plain(total)), but the year groups add to \(plain(sum))",
      why: "one of the cells is wrong")
  }

  /// Reads four columns for each year group. Each is a figure of the account; where one is withheld, all four are left out.
  private mutating func readSexes(_ reader: ImportReader) {
    let units = reader.unitsPerRow
    var faults: [Diagnostic] = []
    let laestab = reader.column("laestab")
    let isSchool = laestab != nil && !reader.isBlank(laestab)
    let code = isSchool ? laestab : reader.column(request.usesNewCodes ? "new_code" : "old_code")
    if code == nil || reader.isBlank(code) { return reader.account.setAside("a total of areas", units) }
    let area = reader.name(code, &faults)
    reader.found.insert(area)
    if let wanted = request.authority,
      ![area, reader.text("old_code"), reader.text("new_code")].contains(wanted)
    {
      return reader.account.setAside("another area", units)
    }
    if let wanted = request.authority { reader.found.insert(wanted) }
    guard isWanted(reader, &faults), faults.isEmpty else { return finish(reader, faults) }
    let name = reader.name(reader.column(isSchool ? "school_name" : "area"), &faults)
    guard let year = academicYear(reader, &faults), faults.isEmpty else {
      return reader.refuse(faults, units: units)
    }
    table.name(area, name)
    for (member, column) in reader.match.family {
      let parts = member.split(separator: "_", maxSplits: 3).map(String.init)
      guard parts.count == 4, case .yearGroup(let yearGroup)? = CensusWords.year(parts[3]) else {
        reader.account.setAside("before Reception or beyond Year 13")
        continue
      }
      // Full-time and part-time are two parts, as two school types are.
      add(
        reader, column, to: .init(area: area, year: year, yearGroup: yearGroup),
        type: "\(reader.text("type")), \(parts[0])-time", sex: parts[2] == "girls" ? .female : .male)
    }
  }

  // MARK: - Cells

  /// Refuses a row with faults; one without has been set aside.
  private func finish(_ reader: ImportReader, _ faults: [Diagnostic]) {
    if !faults.isEmpty { reader.refuse(faults, units: reader.unitsPerRow) }
  }

  private func academicYear(_ reader: ImportReader, _ faults: inout [Diagnostic]) -> AcademicYear? {
    guard let column = reader.column("period") else { return request.academicYear }
    if let year = CensusWords.academicYear(reader.text(column)) { return year }
    reader.add(
      .wrongForm, column, "'\(reader.heading(column))' is '\(reader.text(column))'",
      why: "it is no academic year, such as 201718 or 2017/18", to: &faults)
    return nil
  }

  /// Nil where the row is set aside or at fault.
  private func yearGroup(_ reader: ImportReader, _ faults: inout [Diagnostic]) -> YearGroup? {
    let column = reader.column("year")
    switch CensusWords.year(reader.text(column)) {
    case .yearGroup(let yearGroup)?: return yearGroup
    case .outside(let reason)?:
      if faults.isEmpty { reader.account.setAside(reason) }
    case nil:
      faults.append(
        reader.unknownWord(
          column, known: CensusWords.yearNames, why: "it is no known national curriculum year"))
    }
    return nil
  }

  /// False where the row is set aside or at fault.
  private func isWanted(_ reader: ImportReader, _ faults: inout [Diagnostic]) -> Bool {
    guard let column = reader.column("type") else { return true }
    let type = reader.text(column)
    let reason: String
    switch CensusWords.sector(type) {
    case .mainstream?: return true
    case .otherStateFunded?:
      if request.schools == .stateFunded { return true }
      reason = "school type: \(type)"
    case .other?: reason = "school type: \(type)"
    case .total?: reason = "all school types together"
    case nil:
      faults.append(
        reader.unknownWord(
          column, known: CensusWords.sectorNames,
          why: "it is not certain whether its pupils are to be counted"))
      return false
    }
    if faults.isEmpty { reader.account.setAside(reason, reader.unitsPerRow) }
    return false
  }

  /// Counts a cell as a part of its roll, or as a missing part where it is withheld or blank. False where it has a fault: the row is refused.
  @discardableResult
  private mutating func add(
    _ reader: ImportReader, _ column: Int?, to key: CensusTable.Key, type: String = "",
    sex: CensusWords.Sex = .total
  ) -> Bool {
    var faults: [Diagnostic] = []
    let pupils = reader.optionalCount(column, "'\(reader.heading(column))'", &faults)
    guard faults.isEmpty else {
      reader.refuse(faults)
      return false
    }
    table.add(key, type: type, sex: sex, pupils: pupils, reader: reader)
    return true
  }

  // MARK: - The data set

  func imported(_ rolls: [CensusTable.Key: Double], _ readers: [ImportReader]) -> ImportedTable {
    let keys = rolls.keys.sorted(by: CensusTable.order)
    let isForModel = request.isForModel
    let columns: [ImportedTable.Column] =
      (isForModel ? [] : [.code("area_code"), .text("area_name")])
      + [
        .init(name: "academic_year", type: .academicYear, description: "January census inside it"),
        .init(name: "year_group", type: .yearGroup), .count("number_on_roll", "pupils", 10_000_000),
      ]
    var imported = ImportedTable(
      name: "school-census",
      title: "Number on roll by national curriculum year group (\(request.schools.rawValue) schools)",
      columns: columns,
      key: (isForModel ? [] : ["area_code"]) + ["academic_year", "year_group"],
      rows: keys.map { key in
        (isForModel ? [] : [key.area, table.names[key.area] ?? key.area])
          + [key.year.label, key.yearGroup.label, dataNumber(rolls[key] ?? 0)]
      }, reading: reading)
    imported.mark = .derived
    AuthorityChange.warn(
      Set(keys.map(\.area)),
      why: "their figures begin or end there; nothing was added up across the change",
      fix: "use years on one side of it only, or join the areas yourself and say how", readers,
      &imported.warnings)
    warnOfCodes(readers, &imported.warnings)
    table.names.warn(readers, &imported.warnings)
    return imported
  }

  /// One area under two codes of the other kind.
  private func warnOfCodes(_ readers: [ImportReader], _ list: inout DiagnosticList) {
    for (area, codes) in table.otherCodes.sorted(by: { $0.key < $1.key }) where codes.count > 1 {
      list.add(
        .authorityCodesChanged, at: readers.firstFile,
        what:
          "area \(area) (\(table.names[area] ?? "")) stands under \(codes.sorted().joined(separator: " and "))",
        why: "its code was changed within these years, and perhaps its boundary",
        fix: "check that its boundary stayed the same before years are compared")
    }
  }

  private var reading: [String] {
    [
      "**Which schools.** `\(request.schools.rawValue)`: "
        + (request.schools == .stateFunded
          ? "state-funded nursery, primary, secondary, special and alternative provision, added up; independent, hospital and "
            + "non-maintained special schools are set aside."
          : "state-funded primary and secondary, added up; all others are set aside."),
      "**Totals.** Rows of all school types, of all year groups and of nation and regions are set aside. Where a total of both "
        + "sexes is there, it counts and must equal girls and boys (E415); where it is not, girls and boys are added, and "
        + "both must be there (E416). A figure with a withheld part is left out whole.",
      "**Year groups.** Reception to Year 13; nursery, Year 14 and `Not followed` are set aside.",
      "**A row that stands twice** is refused with its twin (E114).",
    ]
  }
}
