internal import Diagnostics
internal import PlacePlanning

private let needRange = -1_000_000.0...1_000_000.0

/// The estimate of one planning area, year and year group.
private struct NeedRow {
  let key: [String]
  let name: String
  /// In the order of the columns of `data.csv`; nil where one is withheld or blank.
  let cells: [Double?]
}

/// Need by planning area.
func readNeed(_ readers: [ImportReader], _ request: ImportRequest) throws(DiagnosticList)
  -> ImportedTable
{
  var rows = SingleRows<NeedRow>()
  for reader in readers {
    while try reader.next() {
      if let row = needRow(reader, request) { rows.add(row.key, row, reader) }
    }
  }
  return ImportedTable(
    name: "planning-area-need",
    title: "Estimates of future need by planning area and year group (School capacity)",
    columns: [
      .code("planning_area_code"), .text("planning_area_name", optional: true),
      .init(name: "academic_year", type: .academicYear), .init(name: "year_group", type: .yearGroup),
      .phase,
    ]
      + [
        "pupil_forecast", "estimated_capacity", "la_planned_places", "central_programme_places",
        "need_minus_spare", "need",
      ].map {
        .decimal(
          $0, $0 == "pupil_forecast" ? "pupils" : "places", needRange, optional: $0 != "need",
          $0 == "need"
            ? "Additional places needed, spare places of other year groups and areas not set against them"
            : nil)
      }, key: ["planning_area_code", "academic_year", "year_group"],
    rows: rows.settle().map { entry in
      [
        entry.key[0], entry.value.name, entry.key[1],
        entry.key[2] == "00" ? "R" : "\(Int(entry.key[2]) ?? 0)", entry.key[3],
      ] + entry.value.cells.map { $0.map(dataNumber) ?? "" }
    },
    reading: [
      "**Planning areas only.** Rows of nation, regions and authorities are set aside: they are sums of these, with surplus and need "
        + "not set against each other. `need` is `additional_need_only` of the publication."
    ])
}

/// Nil where the row is set aside or refused.
private func needRow(_ reader: ImportReader, _ request: ImportRequest) -> NeedRow? {
  func setAside(_ reason: String) -> NeedRow? {
    reader.account.setAside(reason)
    return nil
  }
  let code = reader.text("pa_code")
  guard reader.text("level") == "Planning area" || (!code.isEmpty && code != "z") else {
    return setAside("level: \(reader.text("level"))")
  }
  let authority = reader.text("old_code")
  reader.found.insert(authority)
  if let wanted = request.authority, wanted != authority { return setAside("another area") }
  guard let phase = reader.scorecardPhase() else { return nil }
  let yearGroup: YearGroup
  switch CensusWords.year(reader.text("year_group")) {
  case .yearGroup(let known)?: yearGroup = known
  case .outside(let reason)?: return setAside(reason)
  case nil:
    reader.refuseUnknownWord(
      reader.column("year_group"), known: CensusWords.yearNames,
      why: "it is no known national curriculum year")
    return nil
  }
  var faults: [Diagnostic] = []
  if code.utf8.count != 7 || Int(code) == nil {
    reader.add(
      .wrongForm, reader.column("pa_code"), "the planning area is '\(code)'",
      why: "a planning area's code has seven digits", to: &faults)
  }
  let year = CensusWords.academicYear(reader.text("period"))
  if year == nil {
    reader.add(
      .wrongForm, reader.column("period"), "'time_period' is '\(reader.text("period"))'",
      why: "it is no academic year, such as 202526", to: &faults)
  }
  var cells: [Double?] = []
  for key in ["forecast", "capacity", "planned", "central", "net", "need"] {
    let column = reader.column(key)
    switch reader.amount(column, "'\(reader.heading(column))'", within: needRange) {
    case .kept(let value): cells.append(value)
    case .setAside: cells.append(nil)
    case .refused(let fault): faults.append(fault)
    }
  }
  guard faults.isEmpty, let year else {
    reader.refuse(faults)
    return nil
  }
  guard cells[5] != nil else { return setAside("no need stated") }
  let number = padded("\(yearGroup.number)", to: 2)
  return NeedRow(
    key: [code, year.label, number, phase.rawValue], name: reader.text("pa_name"), cells: cells)
}
