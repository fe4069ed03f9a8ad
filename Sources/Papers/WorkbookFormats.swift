internal import Spreadsheets

// How the tables of a paper look in its workbook: names of sheets, formats of numbers and widths of columns.

extension PaperWorkbook {
  // MARK: Names

  /// What the sheet of a table is called: its short title, its title where Excel takes that, or its id in words.
  static func title(_ table: Table) -> String {
    let wishes = [table.short, table.caption].compactMap { $0?.replacing("'", with: "") }
    let fitting = wishes.first { wish in
      (1...31).contains(wish.count) && !wish.contains { "[]:*?/\\".contains($0) }
    }
    if let fitting { return fitting }
    if table.short != nil, let wish = wishes.first {
      // As many whole words as there is room for.
      var words = wish.split { "[]:*?/\\ ".contains($0) }
      while words.joined(separator: " ").count > 31 { words.removeLast() }
      while words.last == "and" { words.removeLast() }
      if !words.isEmpty { return words.joined(separator: " ") }
    }
    let parts = table.id.split { $0 == "-" || $0 == "_" }.map { String($0) }
    let words = parts.filter { $0 != "table" }
    return (words.isEmpty ? parts : words).joined(separator: " ").capitalisedFirst
  }

  // MARK: Numbers

  /// How a spreadsheet shows the numbers of a column whose cells look like this one.
  public static func numberFormat(_ shown: String) -> String {
    if shown.hasSuffix("%") { return "0" + decimals(shown.dropLast()) + "%" }
    let isMoney = shown.contains("£")
    return (isMoney ? "\"£\"" : "") + "#,##0" + decimals(shown[...])
  }

  /// How a spreadsheet shows a number as the paper does: with its plus and with its words, of which `over 99%` and `full` stand for
  /// the number itself.
  static func numberFormat(of cell: Table.Cell) -> String {
    let shown = cell.shown
    let plain = numberFormat(shown)
    guard let first = shown.firstIndex(where: \.isDigit), let last = shown.lastIndex(where: \.isDigit) else {
      return shown.isEmpty ? plain : quoted(shown)
    }
    var before = shown[..<first]
    var after = shown[shown.index(after: last)...]
    var signs = ""
    while let sign = before.last, "£+−-".contains(sign) {
      signs.append(sign)
      before.removeLast()
    }
    let isShare = after.first == "%"
    if isShare { after.removeFirst() }
    if before.isEmpty, after.isEmpty {
      return signs.contains("+") ? "+\(plain);-\(plain);\(plain)" : plain
    }
    let places = shown[first...last].split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
    guard let value = Double(cell.stored), let number = Double(shown[first...last].replacing(",", with: "")),
      fixed(abs(value) * (isShare ? 100 : 1), places: places) == fixed(number, places: places),
      !["over ", "under "].contains(before.lowercased())
    else { return quoted(shown) }
    let core = numberFormat((signs.contains("£") ? "£" : "") + shown[first...last] + (isShare ? "%" : ""))
    let (start, end) = (literal(before), literal(after))
    let plus = signs.contains("+") ? "+" : ""
    // A negative number whose word says so, such as “spare 0.4”, has no minus.
    let minus = value < 0 && !signs.contains("−") && !signs.contains("-") ? "" : "-"
    return "\(start)\(plus)\(core)\(end);\(start)\(minus)\(core)\(end);\(start)\(core)\(end)"
  }

  /// The same text for every number.
  private static func quoted(_ text: String) -> String {
    let text = literal(text[...])
    // Excel takes no format of more than 255 characters.
    return text.count > 80 ? "General" : "\(text);\(text);\(text)"
  }

  private static func literal(_ text: Substring) -> String {
    text.isEmpty ? "" : "\"\(text.replacing("\"", with: ""))\""
  }

  private static func decimals(_ shown: Substring) -> String {
    guard let point = shown.lastIndex(of: ".") else { return "" }
    let count = shown[shown.index(after: point)...].prefix { $0.isNumber }.count
    return count == 0 ? "" : "." + String(repeating: "0", count: count)
  }

  // MARK: Columns

  /// Wide enough for every number and for most texts: the wider the table, the sooner texts are wrapped. **Units** those of a
  /// spreadsheet's columns.
  static func widths(_ table: Table) -> [Double] {
    let columns = table.columns.enumerated().map { index, column -> (least: Double, wished: Double) in
      let widths = table.cells(in: index).map {
        (Sheet.width(of: $0.shown), isNumber: Double($0.stored) != nil)
      }
      let words = column.heading.split(separator: " ")
      let word = words.map { Sheet.width(of: String($0), isBold: true) }.max() ?? 0
      let heading = max(word, min(Sheet.width(of: column.heading, isBold: true), 16))
      // A number too wide for its column would be crosses.
      let number = column.isNumber ? widths.filter(\.isNumber).map(\.0).max() ?? 0 : 0
      return (max(number, min(word, 60)), max(widths.map(\.0).max() ?? 0, heading))
    }
    func all(_ most: Double) -> [Double] { columns.map { max(min($0.wished, most), $0.least) + 3 } }
    let tried = [60.0, 48, 38, 30].lazy.map(all)
    return tried.first { $0.reduce(0, +) <= mostWidth } ?? all(30)
  }

  /// What a page of A4 on its side holds in letters 8 points high. **Units** those of a spreadsheet's columns.
  private static let mostWidth = 195.0
}

extension Character {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
