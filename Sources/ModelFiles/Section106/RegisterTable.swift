internal import Diagnostics
internal import Foundation
internal import PlacePlanning

/// One file of a register: its rows as text, its columns in whatever order they came.
struct RegisterTable {
  struct Row {
    /// One at the least.
    let cells: [CSVCell]
    /// That of the row's first cell.
    var line: Int { cells[0].line }
  }

  let kind: RegisterKind
  let file: SourceFile
  let rows: [Row]
  /// The day on which the file was fetched; nil where that is not known.
  var retrieved: CalendarDate?
  private let columns: [RegisterColumn: Int]
  private let headings: [String]

  /// Reads a file, a byte order mark of UTF-8 skipped. **Throws** E001 to E004 when it cannot be read, E101 when it is not CSV, E103 to E105 for its headings and
  /// E107 when it has no rows.
  init(_ kind: RegisterKind, _ url: URL) throws(DiagnosticList) {
    let file = try SourceFile(
      path: url.relativePath, name: url.lastPathComponent, url: url, skippingMark: true)
    try self.init(kind, file)
  }

  init(_ kind: RegisterKind, _ file: SourceFile) throws(DiagnosticList) {
    try file.checkSeparator()
    var reader = CSVReader(file)
    var list = DiagnosticList()
    let header = try reader.next() ?? []
    if !header.isEmpty {
      let required = kind.required.map(\.rawValue)
      file.check(
        header, required: required, known: required + kind.unread.map(\.rawValue),
        unknown: (
          why: "a register of \(kind.rawValue) does not have it; the layout may have changed its meaning",
          fix: "remove it, or check that this is the right file"
        ),
        missing: (
          why: "a register of \(kind.rawValue) cannot be read without it",
          fix: "add the column, or check that this is the right file"
        ), &list)
    }
    try list.check()
    var rows: [Row] = []
    while let cells = try reader.next() { rows.append(Row(cells: cells)) }
    if rows.isEmpty {
      list.add(
        .noRows, at: file.wholeFile,
        what: header.isEmpty ? "the file is empty" : "the file has a header but no rows",
        why: "an empty register would count as no agreements anywhere", fix: "export it again, with its rows")
      throw list
    }
    self.kind = kind
    self.file = file
    self.rows = rows
    headings = header.map(\.text)
    var columns: [RegisterColumn: Int] = [:]
    for (index, heading) in headings.enumerated() {
      if let column = RegisterColumn(rawValue: heading) { columns[column] = index }
    }
    self.columns = columns
  }

  /// True when the row has a cell for each heading.
  func isWhole(_ row: Row) -> Bool { row.cells.count == headings.count }

  var wholeRows: [Row] { rows.filter { isWhole($0) } }

  /// What a row is called in other files; blank where it is not called, or its cells cannot be told apart.
  func reference(_ row: Row) -> String { isWhole(row) ? text(row, kind.reference) : "" }

  /// A whole row's cell.
  func text(_ row: Row, _ column: RegisterColumn) -> String {
    guard let index = columns[column], index < row.cells.count else { return "" }
    return row.cells[index].text
  }

  /// Where a row's cell stands; the row itself for no column, and for one that it has no cell of.
  func place(_ row: Row, _ column: RegisterColumn?) -> SourceLocation {
    let cell = column.flatMap { columns[$0] }.flatMap { $0 < row.cells.count ? row.cells[$0] : nil }
    return file.location(of: cell ?? row.cells[0])
  }

  /// The row for a person to recognise: headings and cells, blanks left out.
  func cells(_ row: Row) -> String {
    row.cells.enumerated().filter { !$0.element.text.isEmpty }.map { index, cell in
      (index < headings.count ? headings[index] : "cell \(index + 1)") + ": " + cell.text
    }.joined(separator: " | ")
  }
}
