public import PlacePlanning

/// What stands under a table or a figure: where it comes from and how sure it is.
public struct Footnote: Codable, Hashable, Sendable {
  private enum CodingKeys: String, CodingKey {
    case sources, mark, note
    case numbersIfAny = "numbers"
  }

  public let sources: [String]
  /// Nil for none: papers of an earlier version do not have it.
  private let numbersIfAny: [Int]?
  /// Nil where each row has a mark of its own.
  public let mark: EvidenceMark?
  public let note: String?

  /// `sources` as a reader knows them, and their `numbers` in the list of data sets; no `mark` where each row has its own; `note` is a
  /// sentence more.
  public init(sources: [String], numbers: [Int] = [], mark: EvidenceMark?, note: String? = nil) {
    self.sources = sources
    numbersIfAny = numbers.isEmpty ? nil : numbers
    self.mark = mark
    self.note = note
  }

  /// Where the sources stand in the paper's list of data sets, counted from 1; empty for what is not in that list.
  public var numbers: [Int] { numbersIfAny ?? [] }

  /// For files and charts outside the papers: it names the run as the source and nothing more.
  public static let thisRun = Footnote(sources: ["this run"], mark: .derived)
}

/// A table with its caption, and where it comes from.
public struct Table: Codable, Sendable {
  /// A column, with its name for machines and its heading for readers.
  public struct Column: Codable, Hashable, Sendable {
    /// The name in the CSV: `need_fe`.
    public let name: String
    /// The heading in the paper.
    public let heading: String
    public let isNumber: Bool

    /// A column by its name for machines and its heading for readers; numbers stand right and are stored unrounded.
    public init(_ name: String, _ heading: String, isNumber: Bool = true) {
      self.name = name
      self.heading = heading
      self.isNumber = isNumber
    }

    /// A column of words.
    public static func words(_ name: String, _ heading: String) -> Column {
      Column(name, heading, isNumber: false)
    }
  }

  /// How dark a cell of a heat table is. Colour says nothing that its text does not.
  public enum Shade: String, Codable, CaseIterable, Sendable {
    case none, spare, slight, marked, severe
  }

  /// One cell: what is stored and what is shown. A table rounds for show only.
  public struct Cell: Codable, Hashable, Sendable {
    private enum CodingKeys: String, CodingKey {
      case stored, shown
      case shadeIfAny = "shade"
    }

    public let stored: String
    public let shown: String
    /// Nil for none, of which nothing is written.
    private let shadeIfAny: Shade?
    /// A background that repeats for the eye what the text says.
    public var shade: Shade { shadeIfAny ?? Shade.none }

    /// What data files hold, what a reader sees, and what repeats it for the eye.
    public init(stored: String, shown: String, shade: Shade = .none) {
      self.stored = stored
      self.shown = shown
      shadeIfAny = shade == Shade.none ? nil : shade
    }

    /// A number as data files hold it, and what a reader sees of it.
    init(storing value: Double, shown: String, shade: Shade = .none) {
      self.init(stored: decimal(value, places: 6), shown: shown, shade: shade)
    }

    /// The same cell on another background.
    public func shaded(_ shade: Shade) -> Cell { Cell(stored: stored, shown: shown, shade: shade) }

    /// Words, stored as they are shown.
    public static func text(_ text: String) -> Cell { Cell(stored: text, shown: text) }
    /// A whole number, shown with its thousands grouped.
    public static func whole(_ value: Int) -> Cell {
      Cell(stored: String(value), shown: grouped(value))
    }
    /// **Units** whole pounds, shown as `£51,195,000`.
    public static func pounds(_ value: Int) -> Cell {
      Cell(stored: String(value), shown: poundsExact(value))
    }
    /// Pounds that are not whole: unrounded in store, shown to the pound.
    static func wholePounds(_ pounds: Double) -> Cell {
      Cell(storing: pounds, shown: poundsExact(Int(pounds.rounded())))
    }
    /// Unrounded in store, shown to `places` decimals.
    public static func number(_ value: Double, places: Int = 0) -> Cell {
      Cell(storing: value, shown: fixed(value, places: places))
    }
    /// A chance: draws prove neither nought nor one.
    public static func chance(_ share: Double) -> Cell {
      let shown =
        switch share {
        case ..<0.005: "under 1%"
        case 0.995...: "over 99%"
        default: fixed(share * 100, places: 0) + "%"
        }
      return Cell(storing: share, shown: shown)
    }
    /// A share, stored as such and shown in a hundred, to `places` decimals.
    public static func percent(_ share: Double, places: Int = 1) -> Cell {
      Cell(storing: share, shown: fixed(share * 100, places: places) + "%")
    }
  }

  public let id: String
  public internal(set) var caption: String
  /// What its sheet of a workbook is called; nil where the caption or the id says enough.
  public let short: String?
  public let columns: [Column]
  /// The first cell of a row is its heading.
  public let rows: [[Cell]]
  public let hasTotalRow: Bool
  public let footnote: Footnote

  /// A table by an id that is unique in its paper. **Shape** each row has as many cells as there are columns; where `hasTotalRow`, the
  /// last row is their total.
  public init(
    id: String, caption: String, short: String? = nil, columns: [Column], rows: [[Cell]],
    hasTotalRow: Bool = false, footnote: Footnote
  ) {
    self.id = id
    self.caption = caption
    self.short = short
    self.columns = columns
    self.rows = rows
    self.hasTotalRow = hasTotalRow
    self.footnote = footnote
  }

  /// The cells of a column, down the rows that reach so far: a file may hold others.
  public func cells(in column: Int) -> [Cell] {
    rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
  }

  /// Stands in print and in Word in place of a table that most readers may skip.
  var whereItIs: String { "\(caption): this table is on the web page of this paper, and in the workbook." }

  /// The same table behind a chart, in whose part of several it may stand.
  func behindChart(id: String, short: String? = nil, part: String = "") -> Table {
    Table(
      id: id, caption: caption + ": the figures behind the chart" + part, short: short, columns: columns,
      rows: rows, hasTotalRow: hasTotalRow, footnote: footnote)
  }

  /// Where the cells of a row begin and how many columns each takes: a word that stands in several columns of numbers side by side is
  /// said once, across them.
  func spans(_ row: [Cell]) -> [(column: Int, count: Int)] {
    var spans: [(column: Int, count: Int)] = []
    for (column, cell) in row.enumerated() {
      if column > 1, columns[column].isNumber, columns[column - 1].isNumber, cell == row[column - 1],
        !cell.shown.isEmpty, Double(cell.stored) == nil
      {
        spans[spans.count - 1].count += 1
      } else {
        spans.append((column, 1))
      }
    }
    return spans
  }

  /// Whether every figure of another table stands here too, in rows of the same headings, whatever the order and the headings of
  /// columns: each of its columns in one of its own, so that six years alike are not found in one column that happens to hold the same.
  public func holds(_ other: Table) -> Bool {
    let own = Dictionary(rows.compactMap { row in row.first.map { ($0, row) } }) { first, _ in first }
    guard own.count == rows.count else { return rows == other.rows }
    let pairs = other.rows.map { row in (theirs: row, ours: row.first.flatMap { own[$0] } ?? []) }
    var free = Array(columns.indices)
    return other.columns.indices.dropFirst().allSatisfy { column in
      let found = free.firstIndex { mine in
        pairs.allSatisfy { $0.ours.indices.contains(mine) && $0.ours[mine] == $0.theirs[column] }
      }
      if let found { free.remove(at: found) }
      return found != nil
    }
  }
}

/// A chart: what it shows in words, as a specification, and as the table behind it.
public struct Figure: Codable, Sendable {
  private enum CodingKeys: String, CodingKey {
    case id, title, alternative, specification, table
    case chartedIfAny = "charted"
  }

  public let id: String
  public internal(set) var title: String
  /// Says in words what the chart shows, with its figures.
  public let alternative: String
  /// Vega-Lite, as JSON.
  public let specification: String
  public internal(set) var table: Table
  /// Nil for none, of which nothing is written.
  private let chartedIfAny: [String]?
  /// The names of those columns of the table that a native chart of a spreadsheet draws; empty for no such chart.
  public var charted: [String] { chartedIfAny ?? [] }

  /// The largest table that leaves room for other things on a printed page. **Units** cells.
  private static let mostCellsInPrint = 60

  /// Whether its table is printed with the paper; a larger one is for the web page and the workbook.
  var isTablePrinted: Bool { table.columns.count * table.rows.count <= Self.mostCellsInPrint }

  /// Said under a chart whose table is not printed.
  var whereItsTableIs: String {
    "The figures behind this chart are on the web page of this paper, below the same chart, and in the workbook: "
      + "“\(table.caption)”."
  }

  /// A chart by an id that is unique in its paper, its alternative text, its Vega-Lite, the table that holds its figures and the columns
  /// of it that a spreadsheet may draw.
  public init(
    id: String, title: String, alternative: String, specification: String, table: Table,
    charted: [String] = []
  ) {
    self.id = id
    self.title = title
    self.alternative = alternative
    self.specification = specification
    self.table = table
    chartedIfAny = charted.isEmpty ? nil : charted
  }
}
