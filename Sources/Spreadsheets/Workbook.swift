/// A workbook as content: sheets of cells, before any file.
public struct Workbook: Sendable {
  public let title: String
  public let subject: String
  public let author: String
  public let sheets: [Sheet]

  /// Its properties and its sheets, in their order; nothing is checked before it is written.
  public init(title: String, subject: String = "", author: String = "", sheets: [Sheet]) {
    self.title = title
    self.subject = subject
    self.author = author
    self.sheets = sheets
  }
}

/// One sheet, from its first row down.
public struct Sheet: Sendable {
  /// At most 31 characters, without `[ ] : * ? / \`, unique without regard to case.
  public let name: String
  public let rows: [[Cell]]
  /// **Units** characters.
  public let columnWidths: [Double]
  /// The table on it, if there is one: its headings are one row of `rows`.
  public let table: TablePlace?
  public let chart: Chart?

  /// **Shape** `columnWidths`: one a column, from the first; a table and a chart stand on the sheet's own rows.
  public init(
    name: String, rows: [[Cell]], columnWidths: [Double], table: TablePlace? = nil, chart: Chart? = nil
  ) {
    self.name = name
    self.rows = rows
    self.columnWidths = columnWidths
    self.table = table
    self.chart = chart
  }

  /// What a cell holds. A text is always a text, whatever it begins with.
  public enum Cell: Sendable {
    case empty
    case text(String, Style = .body)
    /// As Excel writes numbers down: `#,##0.0`.
    case number(Double, format: String, isTotal: Bool = false)
    /// The sum of rows of its own column, and what it comes to. Rows count from nought.
    case sum(rows: ClosedRange<Int>, value: Double, format: String)
    /// A text that leads to a row of another sheet. Rows count from nought.
    case link(String, toSheet: String, row: Int = 0)
  }

  /// How a text looks. `words` are those of a column of numbers, and stand right as numbers do.
  public enum Style: Hashable, Sendable {
    case title, subtitle, body, wrapped, words, heading, numberHeading, notice, total, wordsTotal
  }

  /// Where a table stands: its headings, its rows and whether the last of them is a total. Rows count from nought.
  public struct TablePlace: Sendable {
    public let headingRow: Int
    public let columns: Int
    public let rows: Int
    public let hasTotalRow: Bool
    /// A name for formulas and screen readers: letters, digits and underscores.
    public let name: String

    /// `headingRow` is the position of the headings among the sheet's rows, from 0; `rows` counts those below it.
    public init(headingRow: Int, columns: Int, rows: Int, hasTotalRow: Bool, name: String) {
      self.headingRow = headingRow
      self.columns = columns
      self.rows = rows
      self.hasTotalRow = hasTotalRow
      self.name = name
    }
  }

  /// A chart of the sheet's own table: its first column against others.
  public struct Chart: Sendable {
    /// What a chart is made of.
    public enum Kind: Sendable { case line, bar }

    /// One column of the table.
    public struct Series: Sendable {
      public let column: Int
      /// `#RRGGBB` as a number.
      public let colour: UInt32
      public let dash: Dash

      /// `column` is the column's position in the table, from 0.
      public init(column: Int, colour: UInt32, dash: Dash) {
        self.column = column
        self.colour = colour
        self.dash = dash
      }
    }

    /// How a line is drawn, so that colour is not all that tells it apart.
    public enum Dash: CaseIterable, Sendable { case solid, dashes, dots }

    public let kind: Kind
    public let title: String
    /// Along the axis of values; empty for none.
    public let valueTitle: String
    /// As Excel writes numbers down, for the marks of that axis.
    public let valueFormat: String
    /// Whether that axis begins at nought. Bars always do.
    public let isFromNought: Bool
    /// What it shows, in words.
    public let alternative: String
    public let series: [Series]

    /// A chart of these columns; a screen reader reads its `alternative`.
    public init(
      kind: Kind, title: String, valueTitle: String, valueFormat: String = "#,##0", isFromNought: Bool,
      alternative: String, series: [Series]
    ) {
      self.kind = kind
      self.title = title
      self.valueTitle = valueTitle
      self.valueFormat = valueFormat
      self.isFromNought = isFromNought
      self.alternative = alternative
      self.series = series
    }
  }
}

extension Workbook {
  /// A name that Excel takes for a sheet, unlike those that are taken.
  public static func sheetName(_ wish: String, taken: Set<String>) -> String {
    let plain = String(wish.map { "[]:*?/\\'".contains($0) ? " " : $0 }).prefix(31)
    let name = plain.isEmpty ? "Sheet" : String(plain)
    let lowered = Set(taken.map { $0.lowercased() })
    guard lowered.contains(name.lowercased()) else { return name }
    for number in 2... {
      let suffix = " \(number)"
      let tried = name.prefix(31 - suffix.count) + suffix
      if !lowered.contains(tried.lowercased()) { return String(tried) }
    }
    return name
  }
}
