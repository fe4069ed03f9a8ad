internal import Foundation
internal import Papers
internal import PlacePlanning

/// The tables of a run for R and pandas, each with `scenario` first, and its academic year as a whole number, `year_start`, beside
/// `academic_year`. What is no number is left blank.
func plainTables(_ run: PlanningRun) -> [ExportTable] {
  let scenario = Table.Cell.text(run.input.model.scenario)
  return run.dataTables.map { table in
    let year = table.columns.firstIndex { $0.name == "academic_year" }
    var columns: [Table.Column] = [.words("scenario", "Scenario")] + table.columns
    if let year { columns.insert(.init("year_start", "Year of its September"), at: year + 2) }
    let rows = table.rows.map { row in
      var cells = [scenario]
      cells += zip(row, table.columns).map { cell, column in
        column.isNumber && Double(cell.stored) == nil ? .text("") : cell
      }
      if let year { cells.insert(.text(String(row[year].stored.prefix(4))), at: year + 2) }
      return cells
    }
    return ExportTable(
      table: Table(
        id: table.id, caption: table.caption, columns: columns, rows: rows, footnote: table.footnote),
      fields: columns.map { column in
        ExportTable.Field(
          name: column.name,
          type: column.name == "year_start" ? "integer" : column.isNumber ? "number" : "string",
          description: meanings[column.name] ?? column.heading)
      })
  }
}

private let meanings = [
  "scenario": "central, or the scenario that was asked for",
  "academic_year": "2018/19 is September 2018 to August 2019", "year_start": "2018 for 2018/19",
  "year_group": "R, 1 to 13", "pupils": "January census, central path, unrounded",
  "pupils_without_housing": "The same without new homes", "places": "Places offered",
  "need": "Places short, with the margin",
  "surplus": "Places spare", "need_fe": "Need in forms of entry of 30", "mean": "Mean of the draws",
  "p2_5": "2.5 draws in 100 lie below", "p10": "10 draws in 100 lie below",
  "p25": "25 draws in 100 lie below", "p50": "Half of the draws lie below",
  "p75": "75 draws in 100 lie below", "p90": "90 draws in 100 lie below",
  "p97_5": "97.5 draws in 100 lie below",
]

/// What the tables are, for machines: a Data Package with a Table Schema for each file.
struct ExportPackage: Encodable {
  struct Resource: Encodable {
    struct Schema: Encodable {
      let fields: [ExportTable.Field]
      let missingValues: [String]
    }
    let name: String
    let path: String
    let title: String
    let encoding: String
    let schema: Schema
  }

  let name: String
  let title: String
  let synthetic: Bool
  let scenario: String
  let seed: UInt64
  let resources: [Resource]

  init(_ run: PlanningRun, _ kind: ExportKind, _ tables: [ExportTable], seed: UInt64) {
    let identity = run.input.model.identity
    name = "\(identity.key)-\(kind.rawValue)"
    title = "\(identity.authority), \(kind.rawValue) export"
    synthetic = identity.isSynthetic
    scenario = run.input.model.scenario
    self.seed = seed
    resources = tables.map { export in
      Resource(
        name: export.table.id, path: "\(export.table.id).csv", title: export.table.caption, encoding: "utf-8",
        schema: .init(fields: export.fields, missingValues: [""]))
    }
  }

  func json() throws -> Data { try prettyJSONFile(self, snakeCase: false) }
}

/// What the tables are, for people.
func exportReadme(_ run: PlanningRun, _ kind: ExportKind, _ tables: [ExportTable]) -> String {
  let identity = run.input.model.identity
  let files = tables.map { export in
    let columns = export.fields.map { "| `\($0.name)` | \($0.type) | \($0.description) |" }
    return "## \(export.table.id).csv\n\n\(export.table.caption); \(export.table.rows.count) rows.\n\n"
      + (["| Column | Type | Meaning |", "|---|---|---|"] + columns).joined(separator: "\n")
  }
  return
    ([
      """
      # \(identity.authority): \(kind.rawValue) export

      \(identity.isSynthetic ? "**Synthetic**: these figures describe no real place.\n\n" : "")Scenario `\(run.input.model.scenario)`. \
      Written by `places export`; exporting again replaces this folder.

      CSV in UTF-8 without a byte order mark, comma, LF; decimal point, no thousands separator; days as 2018-03-15. **A missing value is
      an empty cell**, never 0 and never `NA`. Keep codes as text: in pandas `dtype={"planning_area_code": str}`, in R
      `colClasses`. A text that begins with `=`, `+`, `-` or `@` has an apostrophe before it, so that no spreadsheet calculates it.
      `datapackage.json` says the same for machines.
      """
    ] + files).joined(separator: "\n\n") + "\n"
}
