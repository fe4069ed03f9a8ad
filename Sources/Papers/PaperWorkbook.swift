public import Foundation
internal import PlacePlanning
internal import Spreadsheets

/// The workbook of a run: a cover, what is in it, notes, and every table on a sheet of its own.
///
/// It follows the Government Analysis Function's guidance on spreadsheets: one table a sheet from the first column, no merged
/// cells, no blank rows or columns inside a table, no meaning in colour alone, marks and notes in words.
public struct PaperWorkbook: Sendable {
  /// A table with more rows than this stays in its CSV file.
  private static let longestTable = 20_000

  private struct Entry {
    let sheet: String
    let of: String
    let table: Table
    /// For formulas and screen readers; no two tables have the same.
    let name: String
    let chart: Sheet.Chart?
  }

  private let papers: [Paper]
  private let entries: [Entry]
  private let left: [Table]

  /// `tables` are those that a run writes as CSV.
  public init(_ papers: [Paper], tables: [Table]) {
    self.papers = papers
    let fixed: Set<String> = ["Cover", "Contents", "Notes"]
    var (sheets, names, entries) = (fixed, fixed, [Entry]())
    func sheet(_ title: String) -> String {
      let name = Workbook.sheetName(title, taken: sheets)
      sheets.insert(name)
      return name
    }
    func add(_ table: Table, on sheet: String, of paper: String, _ figure: Figure? = nil) {
      let name = Workbook.sheetName(table.id, taken: names)
      names.insert(name)
      let chart = figure.flatMap(NativeChart.init)?.chart
      entries.append(Entry(sheet: sheet, of: paper, table: table, name: name, chart: chart))
    }
    // The sheet of a data file is called as the file is, whatever the papers hold.
    let files = tables.filter { $0.rows.count <= Self.longestTable }.map { (table: $0, sheet: sheet($0.id)) }
    for paper in papers {
      // Sheets are named without the numbers, which the next paper or another run may give to other tables.
      let numbered = paper.numbered
      let figures = Dictionary(numbered.figures.map { ($0.table.id, $0) }) { first, _ in first }
      for (plain, table) in zip(paper.tables, numbered.tables) {
        add(table, on: sheet(Self.title(plain)), of: paper.title, figures[table.id])
      }
    }
    for file in files { add(file.table, on: file.sheet, of: "Data files") }
    self.entries = entries
    left = tables.filter { $0.rows.count > Self.longestTable }
  }

  /// The workbook as an `.xlsx` file. **Throws** what the library says against it.
  public func data() throws -> Data { try workbook.data() }

  var workbook: Workbook {
    let title = papers.first?.title ?? "Tables"
    let occasion = papers.first?.header.prefix(2).map(\.text).joined(separator: ", ") ?? ""
    return Workbook(
      title: title, subject: occasion, author: papers.first?.header.first?.text ?? "",
      sheets: [cover, contents, notes] + entries.indices.map(sheet))
  }

  // MARK: The first sheets

  private var cover: Sheet {
    var rows: [[Sheet.Cell]] = [[.text(papers.first?.title ?? "Tables", .title)]]
    let notices = papers.flatMap(\.notices)
    for (index, notice) in notices.enumerated() where !notices[..<index].contains(notice) {
      rows.append([.text(notice, .notice)])
    }
    rows.append([
      .text(
        "The figures of \(papers.isEmpty ? "this run" : listed(papers.map { "“\($0.title)”" })), one table on each sheet.",
        .wrapped)
    ])
    rows.append([.link("What is in this workbook", toSheet: "Contents")])
    rows.append([.link("Sources, and how sure each table is", toSheet: "Notes")])
    for paper in papers {
      rows.append([.text(paper.title, .subtitle)])
      rows += paper.header.map { [.text("\($0.label): \($0.text)", .wrapped)] }
    }
    rows.append([.text("How to read it", .subtitle)])
    rows += Self.reading.map { [.text($0, .wrapped)] }
    rows += left.map { table in
      [
        .text(
          "The table “\(table.caption)” has \(grouped(table.rows.count)) rows and is in tables/\(table.id).csv.",
          .wrapped)
      ]
    }
    return Sheet(name: "Cover", rows: rows, columnWidths: [110])
  }

  private static let reading = [
    "Numbers are stored as they were worked out and rounded for show. A total to which the rows above it add up is a formula.",
    "Each table begins in the first column, with its title and its mark above it, and a link to its sources and notes.",
    "Given: as published. Derived: computed by this program from published figures. Assumed: our own judgement.",
    "Words in a cell of numbers, such as “not yet counted”, say why there is no number.",
    "To ask about a figure, write to the body named above.",
  ]

  private var contents: Sheet {
    let headings: [Sheet.Cell] = [
      .text("Sheet", .heading), .text("Table", .heading), .text("From", .heading),
      .text("Rows", .numberHeading),
    ]
    let lines: [[Sheet.Cell]] = entries.map {
      [
        .link($0.sheet, toSheet: $0.sheet), .text($0.table.caption, .wrapped), .text($0.of, .wrapped),
        .number(Double($0.table.rows.count), format: "#,##0"),
      ]
    }
    return list("Contents", title: "Contents", headings, lines, widths: [36, 66, 54, 10])
  }

  private var notes: Sheet {
    let headings: [Sheet.Cell] = ["Sheet", "Sources", "Mark", "Note"].map { .text($0, .heading) }
    let lines: [[Sheet.Cell]] = entries.map {
      let footnote = $0.table.footnote
      return [
        .link($0.sheet, toSheet: $0.sheet), .text(footnote.sources.joined(separator: "; "), .wrapped),
        .text(footnote.mark?.rawValue ?? "by row", .wrapped), .text(footnote.note ?? "none", .wrapped),
      ]
    }
    return list("Notes", title: "Sources and notes", headings, lines, widths: [36, 70, 12, 70])
  }

  /// A sheet with a line for each sheet of figures, in their order: sheets link to the row of their own note.
  private func list(
    _ name: String, title: String, _ headings: [Sheet.Cell], _ lines: [[Sheet.Cell]], widths: [Double]
  ) -> Sheet {
    let start: [[Sheet.Cell]] = [
      [.text(title, .title)], [.text("One table, with a line for each sheet of figures.")], headings,
    ]
    return Sheet(
      name: name, rows: start + lines, columnWidths: widths,
      table: .init(
        headingRow: Self.listHeading, columns: headings.count, rows: lines.count, hasTotalRow: false,
        name: name))
  }

  private static let listHeading = 2

  // MARK: A table

  private func sheet(_ index: Int) -> Sheet {
    let (entry, table) = (entries[index], entries[index].table)
    let headingRow = 4
    let widths = Self.widths(table)
    let charted = Set(entry.chart?.series.map(\.column) ?? [])
    var emptied: [String] = []
    let body = table.rows.enumerated().map { index, row -> [Sheet.Cell] in
      let isTotal = table.hasTotalRow && index == table.rows.count - 1
      return zip(table.columns, row).enumerated().map { column, pair -> Sheet.Cell in
        let (kind, cell) = pair
        // A chart would draw words as nought.
        if charted.contains(column), !isTotal, Double(cell.stored) == nil {
          if !cell.shown.isEmpty, !emptied.contains(cell.shown) { emptied.append(cell.shown) }
          return .empty
        }
        if isTotal, let sum = sum(table, column, below: headingRow) { return sum }
        return self.cell(cell, kind, width: widths[column], isTotal: isTotal)
      }
    }
    let mark = table.footnote.mark.map { "Its figures are \($0.rawValue)." } ?? Footnote.ownMarks
    let words = emptied.isEmpty ? "" : " Empty cells stand for \(listed(emptied.map { "“\($0)”" }))."
    let headings: [Sheet.Cell] = table.columns.map {
      .text($0.heading, $0.isNumber ? .numberHeading : .heading)
    }
    return Sheet(
      name: entry.sheet,
      rows: [
        // A long title in large letters would make the page wider than the table.
        [.text(table.caption, Sheet.width(of: table.caption, isBold: true) > 90 ? .subtitle : .title)],
        [
          .text(
            "This sheet holds one table. It has \(counted(table.rows.count, "row")). "
              + "\(mark)\(words)")
        ],
        [.link("Back to the contents", toSheet: "Contents")],
        [.link("Sources and notes of this table", toSheet: "Notes", row: Self.listHeading + 1 + index)],
        headings,
      ] + body,
      columnWidths: widths,
      table: .init(
        headingRow: headingRow, columns: table.columns.count, rows: table.rows.count,
        hasTotalRow: table.hasTotalRow, name: entry.name),
      chart: entry.chart)
  }

  private func cell(
    _ cell: Table.Cell, _ column: Table.Column, width: Double, isTotal: Bool
  ) -> Sheet.Cell {
    guard column.isNumber else {
      return .text(cell.shown, isTotal ? .total : Sheet.width(of: cell.shown) > width ? .wrapped : .body)
    }
    guard let value = Double(cell.stored) else { return .text(cell.shown, isTotal ? .wordsTotal : .words) }
    return .number(value, format: Self.numberFormat(of: cell), isTotal: isTotal)
  }

  /// A total that the rows above add up to, as a formula; nil for one that is something else, such as a share.
  private func sum(_ table: Table, _ column: Int, below headingRow: Int) -> Sheet.Cell? {
    let cells = table.cells(in: column)
    guard table.columns[column].isNumber, cells.count == table.rows.count, cells.count > 1,
      let last = cells.last,
      let total = Double(last.stored)
    else { return nil }
    let parts = cells.dropLast().compactMap { Double($0.stored) }
    guard parts.count == cells.count - 1, abs(parts.reduce(0, +) - total) < 1e-6 * max(1, abs(total)) else {
      return nil
    }
    return .sum(
      rows: (headingRow + 1)...(headingRow + parts.count), value: total,
      format: Self.numberFormat(of: last))
  }
}
