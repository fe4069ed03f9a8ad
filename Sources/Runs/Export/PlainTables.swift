internal import Foundation
internal import Papers
internal import PlacePlanning

/// The tables of a run for R and pandas, each with `scenario` first, and its academic year as a whole number, `year_start`, beside
/// `academic_year`. What is no number is left blank.
func plainTables(_ run: PlanningRun) -> [ExportTable] {
  let scenario = Table.Cell.text(run.input.model.scenario)
  return run.tables.all.map { table in
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

/// What a column holds, with its unit. Money is in pounds of the day, a year's in that financial year.
private let meanings = [
  "scenario": "central, or the scenario that was asked for",
  "academic_year": "2018/19 is September 2018 to August 2019", "year_start": "2018 for 2018/19",
  "financial_year": "2018/19 is April 2018 to March 2019", "planning_area_code": "The planning area's code",
  "phase": "primary, secondary or sixth_form", "year_group": "R, 1 to 13",
  "pupils": "Pupils on the central path, January census, six decimals",
  "pupils_without_housing": "Pupils on the same path without new homes", "places": "Places offered",
  "need": "Places short, with the margin",
  "surplus": "Places spare", "need_fe": "Need in forms of entry of 30 places",
  "mean": "Pupils, mean of the draws",
  "p2_5": "Pupils: 2.5 draws in 100 lie below", "p10": "Pupils: 10 draws in 100 lie below",
  "p25": "Pupils: 25 draws in 100 lie below", "p50": "Pupils: half of the draws lie below",
  "p75": "Pupils: 75 draws in 100 lie below", "p90": "Pupils: 90 draws in 100 lie below",
  "p97_5": "Pupils: 97.5 draws in 100 lie below",
  "expected_need": "Places short, with the margin, mean of the draws",
  "need_one_in_ten": "Places short, with the margin, that 1 draw in 10 exceeds",
  "chance_without_place": "Share of draws, 0 to 1, with more pupils than places",
  "chance_more_than_30_without_place": "Share of draws, 0 to 1, with more than 30 pupils above places",
  "chance_short_by_form": "Share of draws, 0 to 1, short by 30 places or more, with the margin",
  "scheme": "The scheme's name", "scheme_key": "The scheme's key in schemes",
  "kind": "The scheme's kind, as in schemes",
  "school": "Code of the school; empty where none is named", "committed": "yes: must be in the plan; else no",
  "start": "Financial year in which work starts",
  "opens": "Academic year in whose September its places open",
  "places_per_year_group": "Places in one year group",
  "unmet_without_it": "Weighted unmet places more, all years together, were it taken out alone",
  "grant": "Pounds paid from grants", "s106_contribution": "Pounds paid from section 106 money",
  "school_contribution": "Pounds paid by schools",
  "internal_borrowing": "Pounds paid by borrowing, before repayment",
  "total": "Pounds from all four sources", "budget": "Pounds from all four sources",
  "borrowed": "Pounds borrowed in the year, the same as internal_borrowing",
  "repaid_from_s106": "Pounds of borrowing repaid from section 106 money",
  "mrp": "Pounds of minimum revenue provision, unrounded", "interest": "Pounds of interest on borrowing",
  "cfr": "Pounds of these schemes' borrowing still owed at the year's end",
  "revenue": "Pounds of growth fund, start-up of schools and temporary hire; no MRP or interest",
  "returned": "Pounds that lapse, or go back at their date",
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
