internal import Diagnostics
internal import PlacePlanning

/// The extract of all establishments. Its hundred or more columns change from release to release; those that are read here have not changed.
let giasLayout = ImportLayout(
  name: "gias-establishments",
  title: "Get information about schools: all establishment data, a row an establishment",
  columns: [
    .need("urn"), .need("la", "la_code"), .need("area", "la_name"), .need("estab", "establishmentnumber"),
    .need("name", "establishmentname"), .may("type", "typeofestablishment_name"),
    .may("group", "establishmenttypegroup_name"), .need("status", "establishmentstatus_name"),
    .need("opened", "opendate"), .need("closed", "closedate"), .need("phase", "phaseofeducation_name"),
    .need("capacity", "schoolcapacity"), .need("pupils", "numberofpupils"), .need("easting"),
    .need("northing"),
  ], allowsOthers: true)

/// Reads the open schools of the register, of one authority or of all.
func readGias(
  _ readers: [ImportReader], _ request: ImportRequest
) throws(DiagnosticList) -> ImportedTable {
  var reading = GiasReading(request)
  for reader in readers { try reading.read(reader) }
  return reading.imported()
}

private struct GiasReading {
  let request: ImportRequest
  /// By URN: the cells of `data.csv`.
  private var schools = SingleRows<[String]>()

  init(_ request: ImportRequest) { self.request = request }

  static let open = ["Open", "Open, but proposed to close"]
  private static let statuses = open + ["Closed", "Proposed to open"]

  mutating func read(_ reader: ImportReader) throws(DiagnosticList) {
    let la = reader.column("la")
    let wanted = request.authority.map { Array($0.utf8) }
    // Most rows are of other authorities: only their code is looked at.
    var last: [UInt8] = []
    while try reader.next() {
      if !reader.equals(la, last) {
        let code = reader.text(la)
        reader.found.insert(code)
        last = Array(code.utf8)
      }
      if let wanted, last != wanted {
        reader.account.setAside("another authority")
      } else {
        readSchool(reader)
      }
    }
  }

  private mutating func readSchool(_ reader: ImportReader) {
    let status = reader.text("status")
    guard Self.open.contains(status) else {
      if Self.statuses.contains(status) { return reader.account.setAside("not open: \(status)") }
      return reader.refuseUnknownWord(
        reader.column("status"), known: Self.statuses, why: "it is not certain whether the school is open")
    }
    var faults: [Diagnostic] = []
    let urn = Int(reader.text("urn"))
    if !(100_000...999_999).contains(urn ?? 0) {
      reader.add(
        .wrongForm, reader.column("urn"), "the URN is '\(reader.text("urn"))'", why: "a URN has six digits",
        to: &faults)
    }
    let name = reader.name(reader.column("name"), &faults)
    let laestab = laestab(reader, &faults)
    let opened = date(reader, "opened", &faults)
    let closes = date(reader, "closed", &faults)
    let capacity = reader.optionalCount(reader.column("capacity"), "the capacity", &faults)
    let pupils = reader.optionalCount(reader.column("pupils"), "the number of pupils", &faults)
    let easting = coordinate(reader, "easting", 80_000...660_000, &faults)
    let northing = coordinate(reader, "northing", 5_000...660_000, &faults)
    if (easting == nil) != (northing == nil), faults.isEmpty {
      reader.add(
        .blankCell, reader.column("easting"), "only one of easting and northing is there",
        why: "half a place is no place", fix: "enter both or neither", to: &faults)
    }
    guard faults.isEmpty, let urn else { return reader.refuse(faults) }
    var cells = ["\(urn)", laestab ?? "", name]
    for key in ["la", "area", "type", "group", "phase"] { cells.append(reader.text(key)) }
    cells += [status, opened?.label ?? "", closes?.label ?? ""]
    for figure in [capacity, pupils, easting, northing] { cells.append(figure.map(dataNumber) ?? "") }
    schools.add(["\(urn)"], cells, reader)
  }

  /// Three digits of the authority and four of the school; none where the register has no number.
  private func laestab(_ reader: ImportReader, _ faults: inout [Diagnostic]) -> String? {
    let (la, estab) = (reader.text("la"), reader.text("estab"))
    if estab.isEmpty { return nil }
    guard la.utf8.count == 3, Int(la) != nil, estab.utf8.count <= 4, Int(estab) != nil else {
      reader.add(
        .wrongForm, reader.column("estab"), "the school's number is '\(la)' and '\(estab)'",
        why: "an authority has three digits and a school four", to: &faults)
      return nil
    }
    return la + padded(estab, to: 4)
  }

  /// `01-09-2011` or `01/09/2011`, the day first; also `2011-09-01`.
  private func date(_ reader: ImportReader, _ key: String, _ faults: inout [Diagnostic]) -> CalendarDate? {
    let text = reader.text(key)
    if text.isEmpty { return nil }
    let parts = text.split { $0 == "-" || $0 == "/" }
    let isDayFirst =
      parts.count == 3 && parts[2].utf8.count == 4 && parts[0].utf8.count == 2 && parts[1].utf8.count == 2
    let date = CalendarDate(label: isDayFirst ? "\(parts[2])-\(parts[1])-\(parts[0])" : text)
    if let date, date.year <= AcademicYear.written.upperBound { return date }
    reader.add(
      .dateImpossible, reader.column(key), "'\(reader.heading(reader.column(key)))' is '\(text)'",
      why: date == nil
        ? "there is no such day in the calendar, day first" : "no school opens or closes that far ahead",
      to: &faults)
    return nil
  }

  private func coordinate(
    _ reader: ImportReader, _ key: String, _ range: ClosedRange<Double>, _ faults: inout [Diagnostic]
  ) -> Double? {
    guard let value = reader.optionalCount(reader.column(key), "the \(key)", &faults) else { return nil }
    // The register writes 0 where it knows no place.
    if value == 0 { return nil }
    if range.contains(value) { return value }
    reader.add(
      .outOfRange, reader.column(key), "the \(key) is \(plain(value))",
      why: "England lies between \(plain(range.lowerBound)) and \(plain(range.upperBound))", to: &faults)
    return nil
  }

  func imported() -> ImportedTable {
    let kept = schools.settle(
      what: { "URN \($0.key[0]) stands" }, why: "the school would be counted twice",
      cells: { "school: \($0.value[2])" })
    return ImportedTable(
      name: "open-schools", title: "Open schools (Get information about schools)",
      columns: [
        .code("urn"), .code("laestab", optional: true, "Authority and school, seven digits"),
        .text("school_name"), .code("authority_code"), .text("authority_name"), .text("type", optional: true),
        .text("type_group", optional: true), .text("phase", optional: true), .text("status"),
        .init(name: "opened_on", type: .date, isOptional: true),
        .init(name: "closes_on", type: .date, isOptional: true),
        .count("capacity", "places", 100_000, optional: true),
        .count("pupils", "pupils", 100_000, optional: true),
        .count("easting", "metres", 660_000, optional: true),
        .count("northing", "metres", 660_000, optional: true),
      ], key: ["urn"], rows: kept.map(\.value),
      reading: [
        "**Which schools.** Establishments whose status is `Open` or `Open, but proposed to close`; closed and proposed ones are set "
          + "aside. All types are kept: `type_group` tells maintained schools and academies from independent schools, colleges and "
          + "children's centres.",
        "**Capacity and pupils** are blank where the register gives none. Coordinates of 0 are read as none.",
        "**Columns** of the extract that are not in `data.csv` are not read.",
      ])
  }
}
