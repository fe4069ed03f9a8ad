/// The pieces of a Word document that a converter of documents knows too little of: tables with shading and repeated
/// headings, captions, and sections of wide pages. Each is WordprocessingML, in the styles of our reference document.
enum OpenXML {
  /// The text area of an upright and of a wide page of A4 with our margins. **Units** twentieths of a point.
  static let uprightWidth = 9412
  static let wideWidth = 14570

  static func paragraph(_ text: String, style: String) -> String { paragraph(run(text), style) }

  private static func paragraph(_ content: String, _ style: String, keepsWithNext: Bool = false) -> String {
    let keep = keepsWithNext ? "<w:keepNext/>" : ""
    return "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/>\(keep)</w:pPr>\(content)</w:p>"
  }

  /// What stands above a table or a figure, and on its page. Links may lead to that of the data sets.
  static func caption(_ text: String, ofDatasets: Bool = false) -> String {
    // pandoc counts the bookmarks of headings up from 1.
    let number = "w:id=\"100000\""
    let start = "<w:bookmarkStart \(number) w:name=\"\(datasetsBookmark)\"/>"
    let content = ofDatasets ? start + run(text) + "<w:bookmarkEnd \(number)/>" : run(text)
    return paragraph(content, "TableCaption", keepsWithNext: true)
  }

  private static let datasetsBookmark = "\(Paper.datasetsID)-caption"

  /// What stands under a table or a figure; the data sets that it names by number lead to their list.
  static func source(_ footnote: Footnote, _ more: String? = nil) -> String {
    let more = more.map { " " + $0 } ?? ""
    if footnote.numbers.isEmpty { return paragraph(footnote.sentence + more, style: "Source") }
    let link = "<w:hyperlink w:anchor=\"\(datasetsBookmark)\" w:history=\"1\">"
    let content = [
      run("Source: "), link, run(footnote.sourcesInWords, style: "Hyperlink"), "</w:hyperlink>",
      run(". " + footnote.standing + more),
    ]
    return paragraph(content.joined(), "Source")
  }

  /// Ends a section of pages: all since the last such mark.
  static func sectionEnd(isWide: Bool) -> String {
    "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/><w:sectPr>"
      + page(isWide: isWide) + "</w:sectPr></w:pPr></w:p>"
  }

  static func page(isWide: Bool) -> String {
    let size =
      isWide
      ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
      : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
    let margin = isWide ? 1134 : 1247
    return "<w:type w:val=\"nextPage\"/>\(size)<w:pgMar w:top=\"\(margin)\" w:right=\"\(margin)\" "
      + "w:bottom=\"\(margin)\" w:left=\"\(margin)\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>"
  }

  /// Rows of a label and a text: the block under the title.
  static func particulars(_ particulars: [Paper.Particular]) -> String {
    let widths = [2300, uprightWidth - 2300]
    let rows = particulars.map { line in
      "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + cell(line.label, width: widths[0], style: "TableHeading")
        + cell(line.text, width: widths[1], style: "TableText")
        + "</w:tr>"
    }
    return table(
      rows, widths: widths, title: "About this paper", look: "0080",
      description: "What each line says of this paper")
  }

  /// A table whose heading row repeats over pages. One that is not `isLong` stands on one page, with what stands above and under it; a
  /// long one leaves neither its first row nor its last two alone. `isLast`: what stands under it follows.
  static func table(_ table: Table, asked: [Int], lineWidth: Int, isLong: Bool, isLast: Bool) -> String {
    let whole = max(1, asked.reduce(0, +))
    let widths = asked.map { $0 * lineWidth / whole }
    let head = zip(table.columns, widths).map { column, width in
      cell(
        column.heading, width: width, style: column.isNumber ? "TableNumberHeading" : "TableHeading",
        keepsWithNext: true)
    }
    let rows = table.rows.enumerated().map { index, row in
      let left = table.rows.count - 1 - index
      let isTotal = table.hasTotalRow && left == 0
      let keepsWithNext = left == 0 ? isLast : !isLong || index == 0 || left == 1
      let cells = table.spans(row).map { column, count in
        cell(
          row[column].shown, width: widths[column..<column + count].reduce(0, +), span: count,
          style: table.columns[column].isNumber ? "TableNumber" : "TableText", shade: row[column].shade,
          isTotal: isTotal, keepsWithNext: keepsWithNext)
      }
      return "<w:tr><w:trPr><w:cantSplit/></w:trPr>\(cells.joined())</w:tr>"
    }
    return self.table(
      ["<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>\(head.joined())</w:tr>"] + rows, widths: widths,
      title: table.caption, look: table.hasTotalRow ? "00E0" : "00A0",
      description: table.footnote.sentence)
  }

  private static func table(
    _ rows: [String], widths: [Int], title: String, look: String, description: String
  ) -> String {
    "<w:tbl><w:tblPr><w:tblStyle w:val=\"PaperTable\"/><w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/>"
      + "<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"\(look)\"/><w:tblCaption w:val=\"\(xml(title))\"/>"
      + "<w:tblDescription w:val=\"\(xml(description))\"/></w:tblPr><w:tblGrid>"
      + widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>\(rows.joined())</w:tbl>"
  }

  private static func cell(
    _ text: String, width: Int, span: Int = 1, style: String, shade: Table.Shade = .none,
    isTotal: Bool = false, keepsWithNext: Bool = false
  ) -> String {
    let (fill, ink) = colours(shade)
    let shading = fill.map { "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"\($0)\"/>" } ?? ""
    let line =
      isTotal ? "<w:tcBorders><w:top w:val=\"single\" w:sz=\"8\" w:color=\"1B1B1F\"/></w:tcBorders>" : ""
    let across = span > 1 ? "<w:gridSpan w:val=\"\(span)\"/>" : ""
    return "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>\(across)\(line)\(shading)</w:tcPr>"
      + paragraph(run(text, isBold: isTotal, ink: ink), style, keepsWithNext: keepsWithNext) + "</w:tc>"
  }

  private static func colours(_ shade: Table.Shade) -> (fill: String?, ink: String?) {
    switch shade {
    case .none: (nil, nil)
    case .spare: ("E3EEF9", nil)
    case .slight: ("FDF0D9", nil)
    case .marked: ("F8CF9B", nil)
    case .severe: ("8A3B00", "FFFFFF")
    }
  }

  private static func run(
    _ text: String, style: String? = nil, isBold: Bool = false, ink: String? = nil
  ) -> String {
    let settings =
      (style.map { "<w:rStyle w:val=\"\($0)\"/>" } ?? "") + (isBold ? "<w:b/>" : "")
      + (ink.map { "<w:color w:val=\"\($0)\"/>" } ?? "")
    return "<w:r>" + (settings.isEmpty ? "" : "<w:rPr>\(settings)</w:rPr>")
      + "<w:t xml:space=\"preserve\">\(xml(text))</w:t></w:r>"
  }

  /// Text made safe for XML, line ends as spaces, without the control characters that XML cannot hold.
  static func xml(_ text: String) -> String {
    let text = text.replacing("\r\n", with: " ").replacing("\n", with: " ")
    return escaped(
      String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 || $0.value == 9 })))
  }
}
