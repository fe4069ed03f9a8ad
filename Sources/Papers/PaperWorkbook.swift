public import Foundation
internal import PlacePlanning
internal import Spreadsheets

/// The workbook of a run: a cover, what is in it, notes, and every table on a sheet of its own.
///
/// It follows the Government Analysis Function's guidance on spreadsheets: one table a sheet from the first column, no merged
/// cells, no blank rows or columns inside a table, no meaning in colour alone, marks and notes in words.
public struct PaperWorkbook: Sendable {
  /// A table with more rows than this stays in its CSV file.
  public static let longestTable = 20_000

  private struct Entry {
    let sheet: String
    let of: String
    let table: Table
    let figure: Figure?
  }

  private let papers: [Paper]
  private let entries: [Entry]
  private let left: [Table]

  /// `tables` are those that a run writes as CSV.
  public init(_ papers: [Paper], tables: [Table]) {
    self.papers = papers
    var taken: Set<String> = ["Cover", "Contents", "Notes"]
    var entries: [Entry] = []
    func add(_ table: Table, of paper: String, _ figure: Figure? = nil) {
      let name = Workbook.sheetName(table.id, taken: taken)
      taken.insert(name)
      entries.append(Entry(sheet: name, of: paper, table: table, figure: figure))
    }
    for paper in papers {
      for block in paper.sections.flatMap(\.blocks) {
        switch block {
        case .table(let table), .annex(let table): add(table, of: paper.title)
        case .figure(let figure): add(figure.table, of: paper.title, figure)
        case .heading, .paragraph, .bullets, .definitions: break
        }
      }
    }
    for table in tables where table.rows.count <= Self.longestTable { add(table, of: "Data files") }
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
      sheets: [cover, contents, notes] + entries.map(sheet))
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
    "Numbers are stored as they were worked out and rounded for show. Totals are formulas over the rows above them.",
    "Each table begins in the first column, with its title, its source and its mark above it.",
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
    return Sheet(
      name: "Contents",
      rows: [
        [.text("Contents", .title)], [.text("One table, with a line for each sheet of figures.")], headings,
      ] + lines,
      columnWidths: [34, 70, 46, 10],
      table: .init(headingRow: 2, columns: 4, rows: lines.count, hasTotalRow: false, name: "Contents"))
  }

  private var notes: Sheet {
    let headings: [Sheet.Cell] = ["Sheet", "Sources", "Mark", "Note"].map { .text($0, .heading) }
    let lines: [[Sheet.Cell]] = entries.map {
      let footnote = $0.table.footnote
      return [
        .link($0.sheet, toSheet: $0.sheet), .text(footnote.sources.joined(separator: "; "), .wrapped),
        .text(footnote.mark.rawValue, .wrapped), .text(footnote.note ?? "none", .wrapped),
      ]
    }
    return Sheet(
      name: "Notes",
      rows: [
        [.text("Sources and notes", .title)], [.text("One table, with a line for each sheet of figures.")],
        headings,
      ] + lines,
      columnWidths: [34, 70, 12, 70],
      table: .init(headingRow: 2, columns: 4, rows: lines.count, hasTotalRow: false, name: "Notes"))
  }

  // MARK: A table

  private func sheet(_ entry: Entry) -> Sheet {
    let table = entry.table
    let headingRow = 3
    let headings: [Sheet.Cell] = table.columns.map {
      .text($0.heading, $0.isNumber ? .numberHeading : .heading)
    }
    let body = table.rows.enumerated().map { index, row in
      let isTotal = table.hasTotalRow && index == table.rows.count - 1
      return zip(table.columns, row).enumerated().map { column, pair in
        cell(pair.1, pair.0, isTotal: isTotal, sum: isTotal ? sum(table, column, below: headingRow) : nil)
      }
    }
    let count = table.rows.isEmpty ? "It has no rows." : "It has \(counted(table.rows.count, "row"))."
    return Sheet(
      name: entry.sheet,
      rows: [
        [.text(table.caption, .title)],
        [.text("This sheet holds one table. \(count) \(table.footnote.sentence)")],
        [.link("Back to the contents", toSheet: "Contents")], headings,
      ] + body,
      columnWidths: widths(table),
      table: .init(
        headingRow: headingRow, columns: table.columns.count, rows: table.rows.count,
        hasTotalRow: table.hasTotalRow,
        name: entry.sheet),
      chart: chart(entry))
  }

  private func cell(_ cell: Table.Cell, _ column: Table.Column, isTotal: Bool, sum: Sheet.Cell?) -> Sheet.Cell
  {
    if let sum { return sum }
    guard column.isNumber, let value = Double(cell.stored) else {
      return .text(cell.shown, isTotal ? .total : .body)
    }
    return .number(value, format: Self.numberFormat(cell.shown), isTotal: isTotal)
  }

  /// A total that the rows above add up to, as a formula; nil for one that is something else, such as a share.
  private func sum(_ table: Table, _ column: Int, below headingRow: Int) -> Sheet.Cell? {
    let cells = table.rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
    guard table.columns[column].isNumber, cells.count == table.rows.count, cells.count > 1,
      let last = cells.last,
      let total = Double(last.stored)
    else { return nil }
    let parts = cells.dropLast().compactMap { Double($0.stored) }
    guard parts.count == cells.count - 1, abs(parts.reduce(0, +) - total) < 1e-6 * max(1, abs(total)) else {
      return nil
    }
    return .sum(
      rows: (headingRow + 1)...(headingRow + parts.count), value: total, format: Self.numberFormat(last.shown)
    )
  }

  /// How Excel shows a number as the paper shows it.
  public static func numberFormat(_ shown: String) -> String {
    if shown.hasSuffix("%") { return "0" + decimals(shown.dropLast()) + "%" }
    let isMoney = shown.contains("£")
    return (isMoney ? "\"£\"" : "") + "#,##0" + decimals(shown[...])
  }

  private static func decimals(_ shown: Substring) -> String {
    guard let point = shown.lastIndex(of: ".") else { return "" }
    let count = shown[shown.index(after: point)...].prefix { $0.isNumber }.count
    return count == 0 ? "" : "." + String(repeating: "0", count: count)
  }

  private func widths(_ table: Table) -> [Double] {
    table.columns.enumerated().map { index, column in
      let longest = table.rows.lazy.map { $0.indices.contains(index) ? $0[index].shown.count : 0 }.max() ?? 0
      let heading = column.heading.split(separator: " ").map(\.count).max() ?? 0
      return Double(min(max(longest, heading, min(column.heading.count, 14)) + 3, 60))
    }
  }

  // MARK: Charts

  /// A native chart where the figure is one of lines over the rows of its table, or of bars.
  private func chart(_ entry: Entry) -> Sheet.Chart? {
    guard let figure = entry.figure, let kind = ChartKind.of(figure.specification),
      figure.table.rows.count > 1
    else {
      return nil
    }
    let numbers = figure.table.columns.indices.dropFirst().filter { figure.table.columns[$0].isNumber }
    let columns = kind.kind == .bar ? Array(numbers.prefix(1)) : Array(numbers.prefix(6))
    guard !columns.isEmpty else { return nil }
    let colours: [UInt32] = [0x12436D, 0xA84A00, 0x1B1B1F, 0x5A5A66, 0x2A7F62, 0x6A3D8F]
    return Sheet.Chart(
      kind: kind.kind, title: figure.title, valueTitle: kind.valueTitle, alternative: figure.alternative,
      series: columns.enumerated().map { .init(column: $1, colour: colours[$0], isDashed: $0 % 2 == 1) })
  }
}

/// What a Vega-Lite specification draws, as far as Excel can draw it too.
struct ChartKind {
  let kind: Sheet.Chart.Kind
  let valueTitle: String

  /// Nil for charts of several panels, of points or of cells, and for what is no specification.
  static func of(_ specification: String) -> ChartKind? {
    guard let object = try? JSONSerialization.jsonObject(with: Data(specification.utf8)),
      let chart = object as? [String: Any]
    else { return nil }
    for key in ["facet", "repeat", "hconcat", "vconcat", "concat"] where chart[key] != nil { return nil }
    let layers = (chart["layer"] as? [[String: Any]]) ?? [chart]
    func mark(_ layer: [String: Any]) -> String? {
      (layer["mark"] as? String) ?? (layer["mark"] as? [String: Any])?["type"] as? String
    }
    func axis(_ layer: [String: Any], _ name: String) -> [String: Any]? {
      ((layer["encoding"] as? [String: Any]) ?? (chart["encoding"] as? [String: Any]))?[name]
        as? [String: Any]
    }
    let marks = Set(layers.compactMap(mark))
    if marks.isSubset(of: ["line", "text", "area", "rule"]),
      let line = layers.first(where: { mark($0) == "line" }),
      axis(line, "x")?["type"] as? String == "ordinal"
    {
      return ChartKind(kind: .line, valueTitle: (axis(line, "y")?["title"] as? String) ?? "")
    }
    if marks.isSubset(of: ["bar", "text"]), let bar = layers.first(where: { mark($0) == "bar" }),
      axis(bar, "y")?["type"] as? String == "nominal"
    {
      return ChartKind(kind: .bar, valueTitle: (axis(bar, "x")?["title"] as? String) ?? "")
    }
    return nil
  }
}
