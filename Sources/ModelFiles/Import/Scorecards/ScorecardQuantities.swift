internal import Diagnostics
internal import PlacePlanning

private let quantityRange = -10_000_000.0...20_000_000.0

/// Places and need by authority.
func readQuantities(
  _ readers: [ImportReader], _ request: ImportRequest
) throws(DiagnosticList) -> ImportedTable {
  var rows = SingleRows<(name: String, value: Double)>()
  for reader in readers {
    let columns = reader.match.family.compactMap { member in
      QuantityColumn(member.member).map { (column: $0, index: member.column) }
    }
    let isLong = reader.column("phase") != nil
    while try reader.next() {
      guard let area = reader.scorecardArea(request), let reporting = reader.reportingYear() else { continue }
      var rowPhase: Phase?
      if isLong {
        guard let phase = reader.scorecardPhase() else { continue }
        rowPhase = phase
      }
      for (column, at) in columns {
        guard let measure = column.measure, let year = column.year, let phase = rowPhase ?? column.phase
        else {
          reader.account.setAside("a change, which follows from the counts")
          continue
        }
        let sign: FigureSign = measure.hasSuffix("percent") ? .percent : .none
        let fate = reader.amount(at, "'\(reader.heading(at))'", sign, within: quantityRange)
        guard let value = reader.kept(fate) else { continue }
        rows.add(
          [area.code, "\(reporting)", phase.rawValue, measure, year.label], (area.name, value), reader)
      }
    }
  }
  return ImportedTable(
    name: "scorecard-places", title: "Places, need and spare places by authority (scorecards)",
    columns: [
      .code("area_code"), .text("area_name"), .init(name: "reporting_year", type: .year),
      .phase, .word("measure", QuantityColumn.measures),
      .init(name: "academic_year", type: .academicYear),
      .decimal("value", "pupils, places or percent, by the measure", quantityRange),
    ], key: ["area_code", "reporting_year", "phase", "measure", "academic_year"],
    rows: rows.settle().map { entry in
      [entry.key[0], entry.value.name] + entry.key.dropFirst() + [dataNumber(entry.value.value)]
    },
    reading: [
      "**Measures** end in `_percent` where they are percent of 100; they stand as published. Of a span of years, `academic_year` is "
        + "the last; capacity at May 2025 is of 2024/25. Changes follow from the counts and are set aside.",
      "**Need** is rounded to 10 by its publisher in some years and not in others.",
    ])
}
