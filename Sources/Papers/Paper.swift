public import PlacePlanning

/// A paper as content: what is said, in order, before any format.
public struct Paper: Sendable {
  public let title: String
  /// The block under the title: forum, date, decision and so on.
  public let header: [(label: String, text: String)]
  /// Shown above everything else, such as that the data are invented.
  public let notices: [String]
  public let sections: [Section]

  public init(
    title: String, header: [(label: String, text: String)], notices: [String], sections: [Section]
  ) {
    self.title = title
    self.header = header
    self.notices = notices
    self.sections = sections
  }

  public var figures: [Figure] {
    sections.flatMap(\.blocks).compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
}

/// A heading and what stands under it.
public struct Section: Sendable {
  /// The anchor, unique in the paper.
  public let id: String
  public let heading: String
  public let blocks: [Block]

  public init(id: String, heading: String, blocks: [Block]) {
    self.id = id
    self.heading = heading
    self.blocks = blocks
  }
}

/// One piece of a section.
public enum Block: Sendable {
  case paragraph(String)
  case bullets([String])
  case table(Table)
  case figure(Figure)
  /// A table that most readers may skip, folded away.
  case annex(Table)
}

/// What stands under a table or a figure: where it comes from and how sure it is.
public struct Footnote: Hashable, Sendable {
  public let sources: [String]
  public let mark: EvidenceMark
  public let note: String?

  public init(sources: [String], mark: EvidenceMark, note: String? = nil) {
    self.sources = sources
    self.mark = mark
    self.note = note
  }
}

/// A table with its caption, and where it comes from.
public struct Table: Sendable {
  public struct Column: Sendable {
    /// The name in the CSV: `need_fe`.
    public let name: String
    /// The heading in the paper.
    public let heading: String
    public let isNumber: Bool

    public init(_ name: String, _ heading: String, isNumber: Bool = true) {
      self.name = name
      self.heading = heading
      self.isNumber = isNumber
    }
  }

  /// One cell: what is stored and what is shown. A table rounds for show only.
  public struct Cell: Sendable {
    public let stored: String
    public let shown: String

    public init(stored: String, shown: String) {
      self.stored = stored
      self.shown = shown
    }

    public static func text(_ text: String) -> Cell { Cell(stored: text, shown: text) }
    public static func whole(_ value: Int) -> Cell {
      Cell(stored: String(value), shown: grouped(value))
    }
    public static func pounds(_ value: Int) -> Cell {
      Cell(stored: String(value), shown: poundsExact(value))
    }
    /// Unrounded in store, shown to `places` decimals.
    public static func number(_ value: Double, places: Int = 0) -> Cell {
      Cell(stored: decimal(value, places: 6), shown: fixed(value, places: places))
    }
    public static func percent(_ share: Double) -> Cell {
      Cell(stored: decimal(share, places: 6), shown: fixed(share * 100, places: 1) + "%")
    }
  }

  public let id: String
  public let caption: String
  public let columns: [Column]
  /// The first cell of a row is its heading.
  public let rows: [[Cell]]
  public let hasTotalRow: Bool
  public let footnote: Footnote

  public init(
    id: String, caption: String, columns: [Column], rows: [[Cell]], hasTotalRow: Bool = false,
    footnote: Footnote
  ) {
    self.id = id
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.hasTotalRow = hasTotalRow
    self.footnote = footnote
  }
}

/// A chart: what it shows in words, as a specification, and as the table behind it.
public struct Figure: Sendable {
  public let id: String
  public let title: String
  /// Says in words what the chart shows, with its figures.
  public let alternative: String
  /// Vega-Lite, as JSON.
  public let specification: String
  public let table: Table

  public init(
    id: String, title: String, alternative: String, specification: String, table: Table
  ) {
    self.id = id
    self.title = title
    self.alternative = alternative
    self.specification = specification
    self.table = table
  }
}
