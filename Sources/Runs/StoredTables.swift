internal import Diagnostics
internal import Foundation
internal import ModelFiles
internal import Papers

/// What the CSV files under `tables/` hold: `tables/tables.json`, from which a stored run's tables are read back.
struct StoredTables: Codable {
  struct Entry: Codable {
    let file: String
    /// The paper that it stands in; none for the run's own.
    let paper: String?
    let id: String
    let caption: String
    let columns: [Column]
    let rows: Int
    let footnote: Footnote
  }

  struct Column: Codable {
    let name: String
    let heading: String
    /// How its numbers are shown, as a spreadsheet writes it: `#,##0`; none for texts.
    let numberFormat: String?
  }

  let format: String
  let tables: [Entry]

  static let format = "places-tables/1"

  /// A table and the name of its file without its ending.
  typealias Named = (name: String, paper: String?, table: Table)

  /// The run's own tables, then those of its papers, each under a name of its own.
  static func named(_ tables: [Table], _ papers: [Paper]) -> [Named] {
    var named: [Named] = tables.map { ($0.id, nil, $0) }
    for paper in papers {
      for table in paper.tables {
        let isTaken = named.contains { $0.name == table.id }
        named.append((isTaken ? "\(paper.name)-\(table.id)" : table.id, paper.name, table))
      }
    }
    return named
  }

  init(_ named: [Named]) {
    format = Self.format
    tables = named.map { name, paper, table in
      Entry(
        file: "tables/\(name).csv", paper: paper, id: table.id, caption: table.caption,
        columns: table.columns.enumerated().map { index, column in
          let first = table.cells(in: index).first { Double($0.stored) != nil }
          return Column(
            name: column.name, heading: column.heading,
            numberFormat: column.isNumber ? PaperWorkbook.numberFormat(first?.shown ?? "0") : nil)
        },
        rows: table.rows.count, footnote: table.footnote)
    }
  }

  func json() throws -> Data { try prettyJSONFile(self) }

  /// A run's own tables, from its folder. **Throws** what keeps a file from being read.
  static func read(_ folder: URL) throws -> [Table] {
    let data = try Data(contentsOf: folder.appendingPathComponent("tables/tables.json"))
    let stored = try decodedJSON(StoredTables.self, from: data)
    return try stored.tables.filter { $0.paper == nil }.map { entry in
      let records = try storedTable(folder.appendingPathComponent(entry.file), named: entry.file)
      guard records.first == entry.columns.map(\.name) else {
        throw StoredTableFault(description: "\(entry.file) has other columns than tables/tables.json says")
      }
      return Table(
        id: entry.id, caption: entry.caption,
        columns: entry.columns.map { .init($0.name, $0.heading, isNumber: $0.numberFormat != nil) },
        rows: records.dropFirst().map { record in
          zip(entry.columns, record).map { column, text in cell(text, column.numberFormat) }
        },
        footnote: entry.footnote)
    }
  }

  private static func cell(_ text: String, _ format: String?) -> Table.Cell {
    guard let format else { return .text(withoutFormulaMark(text)) }
    guard let value = Double(text) else { return .text(text) }
    let places = format.split(separator: ".").dropFirst().first?.prefix { $0 == "0" }.count ?? 0
    if format.hasSuffix("%") {
      return Table.Cell(stored: text, shown: fixed(value * 100, places: places) + "%")
    }
    return Table.Cell(stored: text, shown: (format.contains("£") ? "£" : "") + fixed(value, places: places))
  }
}

struct StoredTableFault: Error, CustomStringConvertible {
  let description: String
}
