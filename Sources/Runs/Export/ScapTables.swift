internal import Diagnostics
internal import Foundation
internal import ModelFiles
internal import Papers
internal import PlacePlanning
internal import Projection
internal import Sufficiency

/// Forecasts and need with the column names of the published School Capacity files: planning area by year group and year, five years
/// ahead in primary areas and seven in secondary ones.
///
/// Pupils and places are whole: each area's year groups are rounded so that they add to its rounded total.
struct ScapTables {
  static let yearsAhead: [AreaPhase: Int] = [.primary: 5, .secondary: 7]

  private let run: PlanningRun

  init(_ run: PlanningRun) { self.run = run }

  var tables: [ExportTable] { get throws { [try forecast(), try need()] } }

  private static let keys = [
    ("time_period", "Academic year: 201819 is 2018/19"), ("time_identifier", "What time_period is"),
    ("geographic_level", "What a row is of"), ("country_code", "E92000001"), ("country_name", "England"),
    ("old_la_code", "Three digits of the department"), ("la_name", "Authority"),
    ("planning_area_code", "As the survey writes it"), ("planning_area_name", "Planning area"),
    ("education_phase", "Primary or Secondary"), ("nc_year_group", "Reception, Year 01 to Year 11"),
  ]

  /// Year groups of one area in one year, in whole numbers that add to the whole of their sum.
  private func cells(
    _ body: (PlanningArea, AcademicYear, [Table.Cell], [YearGroup]) throws -> [[Table.Cell]]
  ) throws -> [[Table.Cell]] {
    let base = run.pupils.years[0]
    return try run.pupils.years.dropFirst().flatMap { year in
      try run.pupils.areas.filter { year - base <= Self.yearsAhead[$0.phase] ?? 0 }.flatMap { area in
        let label = year.label
        let keys = [
          String(label.prefix(4) + label.suffix(2)), "Academic year", "Planning area", "E92000001", "England",
          run.input.model.identity.authorityCode, run.input.model.identity.authority, area.code.text,
          area.name, area.phase == .primary ? "Primary" : "Secondary",
        ]
        return try body(area, year, keys.map(Table.Cell.text), area.phase.plannedYearGroups)
      }
    }
  }

  private static func name(_ yearGroup: YearGroup) -> Table.Cell {
    let number = yearGroup.number
    return .text(number == 0 ? "Reception" : "Year \(number < 10 ? "0" : "")\(number)")
  }

  private func forecast() throws -> ExportTable {
    let rows = try cells { area, year, keys, yearGroups in
      let pupils = yearGroups.map { run.pupils.central[area.code, $0, year] ?? 0 }
      let whole = try wholeParts(pupils)
      let housing = zip(
        try wholeParts(yearGroups.map { max(0, run.pupils.fromHousing(area.code, $0, year)) }), whole
      ).map(min)
      return yearGroups.indices.map { index in
        keys + [
          Self.name(yearGroups[index]), .whole(whole[index]), .whole(housing[index]),
          .whole(whole[index] - housing[index]),
        ]
      }
    }
    return table(
      "scap_forecast", "Pupil forecasts by planning area, year group and year", rows,
      [
        ("pupil_forecast", "Pupils in January, those of new homes among them"),
        (
          "pupil_forecast_from_housing",
          "Of them, pupils of new homes: those that developers' contributions are asked for"
        ),
        ("pupil_forecast_without_housing", "The others"),
      ])
  }

  private func need() throws -> ExportTable {
    let rows = try cells { area, year, keys, yearGroups in
      let found = yearGroups.map { run.balance[area.code, $0, year] }
      let pupils = try wholeParts(found.map { $0?.pupils ?? 0 })
      let places = try wholeParts(found.map { $0?.places ?? 0 })
      return yearGroups.indices.map { index in
        let gap = pupils[index] - places[index]
        return keys + [
          Self.name(yearGroups[index]), .whole(pupils[index]), .whole(places[index]), .whole(gap),
          .whole(max(0, gap)),
        ]
      }
    }
    return table(
      "scap_need", "Need for places by planning area, year group and year", rows,
      [
        ("pupil_forecast", "Pupils in January"),
        ("estimated_capacity", "Places, with every change that the model holds as decided"),
        ("additional_need_minus_spare_places", "Pupils less places: less than nought where places are spare"),
        ("additional_need_only_places", "The same, nought where places are spare; no operating margin"),
      ])
  }

  private func table(_ id: String, _ caption: String, _ rows: [[Table.Cell]], _ columns: [(String, String)])
    -> ExportTable
  {
    let fields =
      Self.keys.map { ExportTable.Field(name: $0.0, type: "string", description: $0.1) }
      + columns.map { ExportTable.Field(name: $0.0, type: "integer", description: $0.1) }
    return ExportTable(
      table: Table(
        id: id, caption: caption,
        columns: fields.map { .init($0.name, $0.name, isNumber: $0.type == "integer") }, rows: rows,
        footnote: .thisRun), fields: fields)
  }

  /// W413, where the model does not look as far ahead as the survey asks.
  func warning(_ request: ModelRequest) -> Diagnostic? {
    let horizon = run.pupils.years.count - 1
    let most = run.pupils.areas.compactMap { Self.yearsAhead[$0.phase] }.max() ?? 0
    guard horizon < most else { return nil }
    return Diagnostic(
      .horizonShort,
      at: SourceLocation(file: request.folder.appendingPathComponent("model.yaml").relativePath),
      what: "the model looks \(horizon) years ahead; the survey asks for \(most) in secondary areas",
      why: "the tables end earlier than the return", fix: "set horizon_years to \(most) or more in model.yaml"
    )
  }
}

/// A figure that no whole number stands for.
private struct NotFinite: Error, CustomStringConvertible {
  let description = "a figure of the export is not a finite number"
}

/// Whole numbers that add to the rounded sum of the parts. **Throws** `NotFinite`.
private func wholeParts(_ parts: [Double]) throws -> [Int] {
  guard let whole = roundedKeepingTotal(parts) else { throw NotFinite() }
  return whole
}
