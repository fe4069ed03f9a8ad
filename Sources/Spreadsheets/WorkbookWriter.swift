internal import CXLSXWriter
public import Foundation

/// The workbook could not be written.
public struct WorkbookFailure: Error, CustomStringConvertible, Sendable {
  public let description: String
}

extension Workbook {
  /// The workbook as an `.xlsx` file. The same content gives the same bytes. **Throws** `WorkbookFailure`.
  public func data() throws -> Data {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("places-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("workbook.xlsx")
    try WorkbookWriter(self, file.path).write()
    return try Data(contentsOf: file)
  }
}

/// Writes one workbook through libxlsxwriter. Texts and arrays that the library keeps until the end live as long as it.
final class WorkbookWriter {
  private let workbook: Workbook
  let book: UnsafeMutablePointer<lxw_workbook>
  private var formats: [String: UnsafeMutablePointer<lxw_format>] = [:]
  private var texts: [UnsafeMutablePointer<CChar>] = []

  init(_ workbook: Workbook, _ path: String) throws {
    guard let book = workbook_new(path) else { throw WorkbookFailure(description: "no workbook was begun") }
    self.workbook = workbook
    self.book = book
  }

  deinit { for text in texts { free(text) } }

  func write() throws {
    var properties = lxw_doc_properties()
    properties.title = kept(workbook.title)
    properties.subject = kept(workbook.subject)
    properties.author = kept(workbook.author)
    properties.created = 946_684_800
    try check(workbook_set_properties(book, &properties))
    // All sheets stand before any of them is filled, so that links and charts find theirs.
    let sheets = try workbook.sheets.map { sheet in
      guard let place = workbook_add_worksheet(book, sheet.name) else {
        throw WorkbookFailure(description: "a sheet cannot be called '\(sheet.name)'")
      }
      return place
    }
    for (sheet, place) in zip(workbook.sheets, sheets) { try fill(place, with: sheet) }
    try check(workbook_close(book))
  }

  private func fill(_ place: UnsafeMutablePointer<lxw_worksheet>, with sheet: Sheet) throws {
    for (column, width) in sheet.columnWidths.enumerated() {
      try check(worksheet_set_column(place, UInt16(column), UInt16(column), width, nil))
    }
    for (row, cells) in sheet.rows.enumerated() {
      let height = sheet.height(ofRow: row)
      for (column, cell) in cells.enumerated() {
        try put(cell, place, UInt32(row), UInt16(column), isTop: height != nil)
      }
      if let height { try check(worksheet_set_row(place, UInt32(row), height, nil)) }
    }
    try setPage(place, sheet)
    worksheet_gridlines(place, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    guard let table = sheet.table else { return }
    worksheet_freeze_panes(place, UInt32(table.headingRow + 1), 1)
    try check(worksheet_repeat_rows(place, UInt32(table.headingRow), UInt32(table.headingRow)))
    try mark(table, on: place, sheet)
    if let chart = sheet.chart { try add(chart, to: place, sheet, table) }
  }

  /// A4, on its side where it needs the width and holds no chart, all columns on a page, and at the foot the name of the sheet and
  /// the number of the page.
  private func setPage(_ place: UnsafeMutablePointer<lxw_worksheet>, _ sheet: Sheet) throws {
    if sheet.isUpright { worksheet_set_portrait(place) } else { worksheet_set_landscape(place) }
    worksheet_set_paper(place, 9)
    worksheet_set_margins(place, 0.5, 0.5, 0.6, 0.7)
    worksheet_fit_to_pages(place, 1, 0)
    try check(worksheet_set_footer(place, "&L&A&RPage &P of &N"))
    let (rows, columns) = (sheet.printedRows, sheet.printedColumns)
    if rows > 0, columns > 0 {
      try check(worksheet_print_area(place, 0, 0, UInt32(rows - 1), UInt16(columns - 1)))
    }
  }

  /// Marks the table as one, so that a screen reader and a formula find it. Excel wants headings that differ, and a row.
  private func mark(
    _ table: Sheet.TablePlace, on place: UnsafeMutablePointer<lxw_worksheet>, _ sheet: Sheet
  ) throws {
    let headings: [(text: String, style: Sheet.Style)] = sheet.rows[table.headingRow].compactMap { cell in
      if case .text(let text, let style) = cell { return (text, style) }
      return nil
    }
    let names = Set(headings.map { $0.text.lowercased() })
    guard table.rows > 0, names.count == table.columns,
      headings.allSatisfy({ (1...250).contains($0.text.count) })
    else { return }
    let columns = UnsafeMutablePointer<lxw_table_column>.allocate(capacity: headings.count)
    columns.initialize(repeating: lxw_table_column(), count: headings.count)
    defer { columns.deallocate() }
    for (index, heading) in headings.enumerated() {
      columns[index].header = kept(heading.text)
      columns[index].header_format = format(heading.style, isFirst: index == 0)
    }
    var pointers: [UnsafeMutablePointer<lxw_table_column>?] = headings.indices.map { columns + $0 } + [nil]
    var options = lxw_table_options()
    options.name = kept(
      "Table_" + String(table.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }))
    options.no_autofilter = 1
    options.no_banded_rows = 1
    options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_LIGHT.rawValue)
    options.style_type_number = 1
    try pointers.withUnsafeMutableBufferPointer { buffer in
      options.columns = buffer.baseAddress
      try check(
        worksheet_add_table(
          place, UInt32(table.headingRow), 0, UInt32(table.headingRow + table.rows),
          UInt16(table.columns - 1), &options))
    }
  }

  private func put(
    _ cell: Sheet.Cell, _ place: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32, _ column: UInt16,
    isTop: Bool
  ) throws {
    switch cell {
    case .empty: break
    case .text(let text, let style):
      // Excel holds no longer text in a cell.
      try check(
        worksheet_write_string(
          place, row, column, String(text.prefix(32_000)), format(style, isFirst: column == 0, isTop: isTop)))
    case .number(let value, let format, let isTotal):
      try check(
        worksheet_write_number(
          place, row, column, value, self.format(number: format, isTotal: isTotal, isTop: isTop)))
    case .sum(let rows, let value, let format):
      let letter = Self.letters(Int(column))
      let formula = "=SUM(\(letter)\(rows.lowerBound + 1):\(letter)\(rows.upperBound + 1))"
      try check(
        worksheet_write_formula_num(
          place, row, column, formula, self.format(number: format, isTotal: true, isTop: isTop), value))
    case .link(let text, let sheet, let there):
      try check(
        worksheet_write_url_opt(
          place, row, column, "internal:'\(sheet)'!A\(there + 1)", format(.body), text,
          "Go to \(there > 0 ? "the line of this table" : "this sheet")"))
      try check(worksheet_write_string(place, row, column, text, linkFormat(isTop: isTop)))
    }
  }

  // MARK: Formats

  /// In a row of several lines all cells begin at the first, `isTop`; texts stand a little off numbers on their left.
  private func format(
    _ style: Sheet.Style, isFirst: Bool = true, isTop: Bool = false
  ) -> UnsafeMutablePointer<lxw_format>? {
    made("\(style) \(isFirst) \(isTop)") { format in
      if isTop { atTop(format) }
      switch style {
      case .title:
        format_set_bold(format)
        format_set_font_size(format, 15)
        format_set_font_color(format, 0x12436D)
      case .subtitle:
        format_set_bold(format)
        format_set_font_size(format, 12)
      case .body: if !isFirst { indent(format) }
      case .wrapped:
        format_set_text_wrap(format)
        if !isFirst { indent(format) }
      case .words:
        format_set_text_wrap(format)
        atRight(format)
      case .heading, .numberHeading:
        format_set_bold(format)
        format_set_text_wrap(format)
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue))
        format_set_bottom(format, UInt8(LXW_BORDER_MEDIUM.rawValue))
        format_set_bg_color(format, 0xE8EDF3)
        if style == .numberHeading { atRight(format) } else if !isFirst { indent(format) }
      case .notice:
        format_set_bold(format)
        format_set_text_wrap(format)
        format_set_font_color(format, 0x8A1C1C)
      case .total, .wordsTotal:
        format_set_text_wrap(format)
        asTotal(format)
        if style == .wordsTotal { atRight(format) }
      }
    }
  }

  private func format(
    number: String, isTotal: Bool, isTop: Bool
  ) -> UnsafeMutablePointer<lxw_format>? {
    made("number \(isTotal) \(isTop) \(number)") { format in
      format_set_num_format(format, number)
      atRight(format)
      if isTop { atTop(format) }
      if isTotal { asTotal(format) }
    }
  }

  private func linkFormat(isTop: Bool) -> UnsafeMutablePointer<lxw_format>? {
    made("link \(isTop)") { format in
      format_set_font_color(format, 0x0B4A8F)
      format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
      if isTop { atTop(format) }
    }
  }

  private func atTop(_ format: UnsafeMutablePointer<lxw_format>) {
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
  }

  private func atRight(_ format: UnsafeMutablePointer<lxw_format>) {
    format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
  }

  private func indent(_ format: UnsafeMutablePointer<lxw_format>) {
    format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
    format_set_indent(format, 1)
  }

  private func asTotal(_ format: UnsafeMutablePointer<lxw_format>) {
    format_set_bold(format)
    format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
  }

  private func made(
    _ key: String, _ body: (UnsafeMutablePointer<lxw_format>) -> Void
  ) -> UnsafeMutablePointer<lxw_format>? {
    if let format = formats[key] { return format }
    guard let format = workbook_add_format(book) else { return nil }
    format_set_font_name(format, "Arial")
    body(format)
    formats[key] = format
    return format
  }

  // MARK: Small things

  func kept(_ text: String) -> UnsafeMutablePointer<CChar>? {
    guard let copy = strdup(text) else { return nil }
    texts.append(copy)
    return copy
  }

  func check(_ error: lxw_error) throws {
    guard error != LXW_NO_ERROR else { return }
    throw WorkbookFailure(
      description: lxw_strerror(error).map { String(cString: $0) } ?? "error \(error.rawValue)")
  }

  /// `A`, `Z`, `AA`.
  static func letters(_ column: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? last : letters(column / 26 - 1) + last
  }
}
