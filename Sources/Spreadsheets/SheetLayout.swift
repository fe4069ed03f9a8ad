// How much room the texts of a sheet take on a screen and on paper.

extension Sheet {
  /// How wide a text is in the type of cells, or as a heading of theirs, on one line. **Units** those of `columnWidths`.
  public static func width(of text: String, isBold: Bool = false) -> Double {
    text.reduce(0) { $0 + width(of: $1) } * (isBold ? 1.08 : 1)
  }

  /// In columns of letters 11 points high, whose unit is a digit of a narrower type.
  private static func width(of letter: Character) -> Double {
    switch letter {
    case "i", "j", "l", "'", "|": 0.5
    case "t", "f", "r", "I", " ", ".", ",", ":", ";", "!", "(", ")", "[", "]", "/", "-": 0.68
    case "c", "k", "s", "v", "x", "y", "z", "J": 1.05
    case "m", "M", "W", "%", "@", "—": 1.9
    case "w": 1.5
    case "A"..."Z": 1.45
    default: (letter.unicodeScalars.first?.value ?? 0) < 0x2E80 ? 1.17 : 2.7
    }
  }

  /// How many lines a text takes that is broken between words, and within those that are longer than a line.
  static func lines(_ text: String, width: Double, isBold: Bool = false) -> Int {
    let line = max(1, width)
    return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { count, paragraph in
      var (lines, filled) = (1, 0.0)
      for word in paragraph.split(separator: " ") {
        let length = self.width(of: String(word), isBold: isBold)
        let space = filled > 0 ? self.width(of: " ") : 0
        if filled > 0, filled + space + length > line {
          lines += 1
          filled = length
        } else {
          filled += space + length
        }
        while filled > line {
          lines += 1
          filled -= line
        }
      }
      return count + lines
    }
  }

  /// What a row needs that is higher than one line of cells; nil for others. **Units** points.
  func height(ofRow row: Int) -> Double? {
    let needed = rows[row].enumerated().map { column, cell -> Double in
      guard case .text(let text, let style) = cell else { return 0 }
      switch style {
      case .title: return 21
      case .subtitle: return 18
      case .body: return 0
      case .wrapped, .words, .heading, .numberHeading, .notice, .total, .wordsTotal:
        let isBold = style != .wrapped && style != .words
        let indent = column > 0 && [.wrapped, .heading].contains(style) ? Self.indent : 0
        let lines = Self.lines(text, width: width(ofColumn: column) - indent, isBold: isBold)
        return lines > 1 ? Double(lines) * Self.lineHeight + 1.5 : 0
      }
    }
    // Excel has no higher rows.
    return needed.max().flatMap { $0 > 0 ? min($0, 409) : nil }
  }

  /// How far texts stand off the numbers on their left. **Units** those of `columnWidths`.
  private static let indent = 1.3
  /// **Units** points.
  private static let lineHeight = 14.25
  /// Of a row of one line. **Units** points.
  static let rowHeight = 15.0
  /// Of a column for which no width is said.
  private static let usualWidth = 8.43

  private func width(ofColumn column: Int) -> Double {
    columnWidths.indices.contains(column) ? columnWidths[column] : Self.usualWidth
  }

  /// All rows, and those over which its chart lies.
  var printedRows: Int {
    guard let place = chartPlace else { return rows.count }
    return place.row + Int((place.height / Self.rowHeight).rounded(.up)) + 1
  }

  /// Whether it is printed upright: a chart then has room under its table.
  var isUpright: Bool {
    chart != nil || (0..<printedColumns).reduce(0) { $0 + width(ofColumn: $1) } <= Self.uprightWidth
  }

  /// What an upright page of A4 holds. **Units** those of `columnWidths`.
  private static let uprightWidth = 99.0

  /// All columns, and as many more as the lines above the table and the chart need.
  var printedColumns: Int {
    var columns = max(columnWidths.count, rows.map(\.count).max() ?? 0)
    let above = rows.prefix(table?.headingRow ?? 0).map { row -> Double in
      switch row.first {
      case .text(let text, .title): Self.width(of: text, isBold: true) * 15 / 11
      case .text(let text, .subtitle): Self.width(of: text, isBold: true) * 12 / 11
      case .text(let text, _), .link(let text, _, _): Self.width(of: text)
      default: 0
      }
    }
    // A unit of width is 7 pixels, of which 4 are 3 points.
    let needed = max(above.max() ?? 0, (chartPlace?.width ?? 0) / 5.25)
    var width = (0..<columns).reduce(0) { $0 + self.width(ofColumn: $1) }
    while width < needed {
      width += Self.usualWidth
      columns += 1
    }
    return columns
  }

  /// Where the chart stands: under the table, a row between. **Units** rows from nought, points.
  var chartPlace: (row: Int, width: Double, height: Double)? {
    guard let chart, let table else { return nil }
    let bars = chart.kind == .bar ? table.rows * chart.series.count : 0
    return (table.headingRow + table.rows + 2, 570, min(900, max(320, 90 + 18 * Double(bars))))
  }

  /// The numbers that the chart draws.
  var charted: [Double] {
    guard let chart, let table else { return [] }
    let last = table.headingRow + table.rows - (table.hasTotalRow ? 1 : 0)
    guard last > table.headingRow, last < rows.count else { return [] }
    return rows[(table.headingRow + 1)...last].flatMap { row in
      chart.series.compactMap { series -> Double? in
        guard row.indices.contains(series.column), case .number(let value, _, _) = row[series.column] else {
          return nil
        }
        return value
      }
    }
  }
}

/// Where an axis of values begins that need not begin at nought, and how far its marks are from each other.
struct ValueAxis: Equatable {
  let start: Double
  let step: Double

  /// Nil for no values, and where some are nought or less.
  init?(_ values: [Double]) {
    guard let low = values.min(), let high = values.max(), low > 0, high.isFinite else { return nil }
    let step = Self.round(max(high - low, low / 20) / 4)
    // No line lies on the axis: half a step is left free.
    let start = (low / step - 0.5).rounded(.down) * step
    // Where a step reaches from nought past the lowest value, half of that value is low enough.
    self.start = start > 0 ? start : Self.round(low / 2)
    self.step = step
  }

  /// The greatest of 1, 2, 5, 10, 20 and so on that is not above.
  private static func round(_ step: Double) -> Double {
    var power = 1.0
    while power * 10 <= step { power *= 10 }
    while power > step { power /= 10 }
    return power * (step >= 5 * power ? 5 : step >= 2 * power ? 2 : 1)
  }
}
