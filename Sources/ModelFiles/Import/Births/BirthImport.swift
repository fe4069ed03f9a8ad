internal import Diagnostics
internal import PlacePlanning

/// Reads live births by area, of calendar years or of years to 30 June, never of both.
func readBirths(_ readers: [ImportReader], _ request: ImportRequest) throws(DiagnosticList) -> ImportedTable {
  var births = BirthReading(request)
  for reader in readers { try births.read(reader) }
  try births.checkKinds()
  return try births.imported(readers)
}

private struct BirthReading {
  let request: ImportRequest
  private var names = CodedNames()
  /// Births by area and year.
  private var figures = SingleRows<Double>()
  /// Kinds of year, and the file in which each was met first.
  private var kinds: [BirthYear: String] = [:]

  init(_ request: ImportRequest) { self.request = request }

  mutating func read(_ reader: ImportReader) throws(DiagnosticList) {
    let layout = reader.match.layout.name
    let kind: BirthYear? =
      switch layout {
      case BirthLayouts.components.name, BirthLayouts.plainMidYear.name: .midYear
      case BirthLayouts.nomisTable.name, BirthLayouts.nomisLong.name, BirthLayouts.plainCalendar.name:
        .calendar
      case BirthLayouts.wide.name: try wideKind(reader)
      default: nil
      }
    if let kind {
      try agree(kind, reader)
      kinds[kind] = kinds[kind] ?? reader.file.path
    }
    while try reader.next() {
      switch layout {
      case BirthLayouts.components.name, BirthLayouts.nomisTable.name, BirthLayouts.wide.name:
        readWide(reader)
      case BirthLayouts.collated.name: readCollated(reader)
      default: readLong(reader)
      }
    }
  }

  private static let whyApart =
    "the two lie six months apart, and with them the Reception that the births lead to"

  /// Which years a table of an area and a column for each year is of: `mid-2012` says it, `2012` does not.
  private func wideKind(_ reader: ImportReader) throws(DiagnosticList) -> BirthYear {
    let mid = reader.match.family.filter { $0.member.hasPrefix("mid-") }
    if mid.count == reader.match.family.count { return .midYear }
    guard mid.isEmpty else {
      throw DiagnosticList(
        .kindsMixed, at: reader.file.wholeFile,
        what: "some columns are years to 30 June and others do not say what they are", why: Self.whyApart,
        fix: "import them apart")
    }
    if let kind = request.birthYear { return kind }
    throw DiagnosticList(
      .notStated, at: reader.file.wholeFile,
      what: "the file does not say whether its years are calendar years or years to 30 June",
      why: Self.whyApart, fix: "give it as --birth-year calendar or --birth-year mid-year")
  }

  private func agree(_ kind: BirthYear, _ reader: ImportReader) throws(DiagnosticList) {
    guard let wanted = request.birthYear, wanted != kind else { return }
    throw DiagnosticList(
      .kindsMixed, at: reader.file.wholeFile,
      what:
        "births of \(wanted.rawValue) years were asked for, and the layout '\(reader.match.layout.name)' has "
        + "\(kind.rawValue) years",
      why: Self.whyApart,
      fix: "leave --birth-year out, or give a file of \(wanted.rawValue) years")
  }

  /// E413, where files, or rows of one file, are of both kinds and neither was asked for; and for births of calendar years that a model is to
  /// read, since under the model's heading they would pass for births half a year earlier.
  func checkKinds() throws(DiagnosticList) {
    if request.isForModel, kinds.count == 1, let path = kinds[.calendar] {
      throw DiagnosticList(
        .kindsMixed, at: SourceLocation(file: path),
        what: "the births are of calendar years, and a model's are of years to 30 June",
        why: Self.whyApart,
        fix: "give births of years to 30 June, as the components of population change have them, or leave "
          + "--for-model out")
    }
    guard kinds.count > 1 else { return }
    throw DiagnosticList(
      .kindsMixed, at: SourceLocation(file: kinds[.calendar] ?? ""),
      what: "the files hold births of calendar years and of years to 30 June",
      why: Self.whyApart,
      fix: "choose one with --birth-year, or import the files apart")
  }

  // MARK: - Layouts

  private mutating func readWide(_ reader: ImportReader) {
    guard let area = area(reader) else { return }
    for (key, total) in [("sex", ["persons", "total", "all"]), ("age", ["all ages", "total", "all"])]
    where reader.column(key) != nil && !total.contains(reader.text(key).lowercased()) {
      return reader.account.setAside("a part: \(key) \(reader.text(key))", reader.unitsPerRow)
    }
    for (member, column) in reader.match.family {
      let digits = member.hasPrefix("mid-") ? member.dropFirst(4) : Substring(member)
      add(reader, area, Int(digits) ?? 0, column)
    }
  }

  private mutating func readLong(_ reader: ImportReader) {
    guard let area = area(reader) else { return }
    for (key, total) in [
      ("measures", ["value"]), ("measure", ["live births", "total", "births"]),
      ("sex", ["total", "persons"]), ("age", ["total", "all ages", "all"]),
    ] where reader.column(key) != nil && !total.contains(reader.text(key).lowercased()) {
      return reader.account.setAside("a part: \(reader.text(key))")
    }
    let text = reader.text("year")
    guard let year = BirthLayouts.plainYear(text).flatMap({ Int($0) }) else {
      return reader.refuse(
        .wrongForm, reader.column("year"), "the year is '\(text)'", why: "it is no year such as 2012")
    }
    add(reader, area, year, reader.column("births"))
  }

  /// A year that ends on 1 July is the year to 30 June; one that ends on 1 January is the calendar year before it.
  private mutating func readCollated(_ reader: ImportReader) {
    guard let area = area(reader) else { return }
    guard reader.text("measure") == "annual_births" else {
      return reader.account.setAside("measure: \(reader.text("measure"))")
    }
    guard reader.text("sex") == "persons" else {
      return reader.account.setAside("a part: sex \(reader.text("sex"))")
    }
    guard let end = CalendarDate(label: reader.text("ends")) else {
      return reader.refuse(
        .dateImpossible, reader.column("ends"), "'year_ending_date' is '\(reader.text("ends"))'",
        why: "there is no such day in the calendar")
    }
    let kind: BirthYear
    let year: Int
    switch (end.month, end.day) {
    case (7, 1), (6, 30): (kind, year) = (.midYear, end.year)
    case (1, 1): (kind, year) = (.calendar, end.year - 1)
    case (12, 31): (kind, year) = (.calendar, end.year)
    default: return reader.account.setAside("a year that ends in another month")
    }
    if let wanted = request.birthYear, wanted != kind {
      return reader.account.setAside(kind == .calendar ? "calendar years" : "years to 30 June")
    }
    kinds[kind] = kinds[kind] ?? reader.file.path
    add(reader, area, year, reader.column("births"))
  }

  // MARK: - Cells

  /// The area's code; nil where the row is set aside or refused.
  private mutating func area(_ reader: ImportReader) -> String? {
    let units = reader.unitsPerRow
    let column = reader.column("code")
    guard let (code, name) = reader.area(code: column, wanted: request.authority)
    else { return nil }
    switch Self.place(code) {
    case .authority:
      names.add(code, name)
      return code
    case .larger: reader.account.setAside("a region or country", units)
    case .elsewhere: reader.account.setAside("outside England", units)
    case .unknown:
      reader.refuse(
        .wrongForm, column, "the area's code is '\(code)'",
        why: "it is no code of an English authority or district, so it may be an area within another",
        fix:
          "give a file by authority or district: E06, E07, E08, E09, E10, or the three digits of the department",
        units: units)
    }
    return nil
  }

  private enum Place { case authority, larger, elsewhere, unknown }

  private static func place(_ code: String) -> Place {
    if code.utf8.count == 3, Int(code) != nil { return .authority }
    guard code.utf8.count == 9, Int(code.dropFirst()) != nil else { return .unknown }
    if ["E06", "E07", "E08", "E09", "E10"].contains(where: code.hasPrefix) { return .authority }
    if ["E92", "E12", "E11", "E13", "K02", "K03", "K04", "E47"].contains(where: code.hasPrefix) {
      return .larger
    }
    return "WSN".contains(code.prefix(1)) ? .elsewhere : .unknown
  }

  private mutating func add(_ reader: ImportReader, _ area: String, _ year: Int, _ column: Int?) {
    guard let births = reader.kept(reader.count(column, "births", most: 2_000_000)) else { return }
    figures.add([area, "\(year)"], births, reader)
  }

  // MARK: - The data set

  /// E114, where two areas have one name and a model would tell them apart by it alone: Dorset, before 2019 and since, is such a name.
  private func checkNames(_ codes: Set<String>, _ readers: [ImportReader]) throws(DiagnosticList) {
    let named = Dictionary(grouping: codes.sorted()) { names[$0] ?? $0 }
    let shared = named.filter { $0.value.count > 1 }.min { $0.key < $1.key }
    guard request.isForModel, let shared else { return }
    throw DiagnosticList(
      .repeatedKey, at: readers.firstFile,
      what: "'\(shared.key)' is the name of \(shared.value.joined(separator: " and of "))",
      why: "a model tells districts by their names, so that births of one year would stand twice",
      fix: "choose one with --authority, or import without --for-model and name the districts yourself")
  }

  func imported(_ readers: [ImportReader]) throws(DiagnosticList) -> ImportedTable {
    let kept = figures.settle(
      what: { "births of \($0.key[0]) in \($0.key[1]) stand" },
      cells: { "area: \($0.key[0]) | year: \($0.key[1]) | births: \(plain($0.value))" })
    let codes = Set(kept.map { $0.key[0] })
    try checkNames(codes, readers)
    let kind = kinds.keys.first ?? .midYear
    let year = kind == .midYear ? "year_to_30_june" : "calendar_year"
    let areaColumns: [ImportedTable.Column] =
      request.isForModel
      ? [.text("district", "As the planning areas name it")]
      : [.code("area_code"), .text("area_name")]
    var table = ImportedTable(
      name: "births-\(kind.rawValue)",
      title: "Live births by authority, \(kind == .midYear ? "years to 30 June" : "calendar years")",
      columns: areaColumns + [.init(name: year, type: .year), .count("births", "births", 2_000_000)],
      key: [areaColumns[0].name, year],
      rows: kept.map { entry in
        let name = names[entry.key[0]] ?? entry.key[0]
        return (request.isForModel ? [name] : [entry.key[0], name]) + [entry.key[1], dataNumber(entry.value)]
      },
      reading: [
        "**Which year.** These are births of \(kind == .midYear ? "years to 30 June" : "calendar years"); the column "
          + "`\(year)` says so, and a data set never holds both.",
        "**Which areas.** English authorities and districts. Regions, countries and areas outside England are set aside; any "
          + "other code is refused, since it may lie within another area.",
        "**A figure that stands twice** is refused with its twin (E114), also where two files hold it.",
      ])
    AuthorityChange.warn(
      codes,
      why: "births that run on across the change may be those of the old authority, or of the new, in every "
        + "year",
      fix: "set them against the code's Reception four years later; where they do not fit, add up births of "
        + "its districts",
      readers, &table.warnings)
    names.warn(readers, &table.warnings)
    return table
  }
}
