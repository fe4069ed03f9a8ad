/// A paper as content: what is said, in order, before any format.
public struct Paper: Codable, Sendable {
  /// A line of the block under the title.
  public struct Particular: Codable, Hashable, Sendable {
    public let label: String
    public let text: String

    /// A label, such as `Forum`, and what stands beside it.
    public init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// The name of its files: `capital-paper`.
  public let name: String
  public let title: String
  /// The block under the title: forum, date, decision and so on.
  public let header: [Particular]
  /// Shown above everything else, such as that the data are invented.
  public let notices: [String]
  public internal(set) var sections: [Section]

  /// Sections in the order in which they are read; their ids and those of tables must be unique.
  public init(
    name: String, title: String, header: [Particular], notices: [String], sections: [Section]
  ) {
    self.name = name
    self.title = title
    self.header = header
    self.notices = notices
    self.sections = sections
  }

  /// Every table in order, those behind figures among them.
  public var tables: [Table] {
    sections.flatMap(\.blocks).compactMap { block in
      switch block {
      case .table(let table), .annex(let table): table
      case .figure(let figure): figure.table
      case .heading, .paragraph, .bullets, .definitions: nil
      }
    }
  }

  /// Which body it goes to, and when: the first two lines of its header, which pages and documents show above its title.
  var occasion: String { header.prefix(2).map(\.text).joined(separator: " · ") }

  /// The table that lists the data sets by number.
  static let datasetsID = "datasets"

  /// What is read first, before the list of contents: the section in brief, where the paper begins with one.
  public var opening: Section? { sections.first.flatMap { $0.id == "in-brief" ? $0 : nil } }

  /// The table that stands open in every format and holds what stands behind a figure; nil where there is none.
  func openTable(behind figure: Figure) -> Table? {
    sections.flatMap(\.blocks).lazy.compactMap { if case .table(let table) = $0 { table } else { nil } }
      .first { $0.holds(figure.table) }
  }

  /// Its sections as they are printed, and in Word: at the end stand the tables behind the charts that are drawn, unless another table
  /// holds the same or they are too large.
  func printedSections(_ isDrawn: (Figure) -> Bool) -> [Section] {
    let behind = figures.filter { isDrawn($0) && $0.isTablePrinted && openTable(behind: $0) == nil }
    if behind.isEmpty { return sections }
    let annex = Section(
      id: "figures-behind-the-charts", heading: "The figures behind the charts", startsPage: true,
      blocks: behind.map { .table($0.table) })
    return sections + [annex]
  }

  public var figures: [Figure] {
    sections.flatMap(\.blocks).compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
}

/// A heading and what stands under it.
public struct Section: Codable, Sendable {
  /// The anchor, unique in the paper.
  public let id: String
  public let heading: String
  /// On paper it begins a page of its own.
  public let startsPage: Bool
  public internal(set) var blocks: [Block]

  /// Blocks in the order in which they are read.
  public init(id: String, heading: String, startsPage: Bool = false, blocks: [Block]) {
    self.id = id
    self.heading = heading
    self.startsPage = startsPage
    self.blocks = blocks
  }
}

/// One piece of a section.
public enum Block: Codable, Sendable {
  /// A heading under that of the section.
  case heading(String)
  case paragraph(String)
  case bullets([String])
  /// Terms and what they mean.
  case definitions([Definition])
  case table(Table)
  case figure(Figure)
  /// A table that most readers may skip: folded away on the web page, and in the workbook; paper and Word say so in its place.
  case annex(Table)
}

/// A term and what it means.
public struct Definition: Codable, Hashable, Sendable {
  public let term: String
  public let meaning: String

  /// A term as the paper writes it, and its meaning in a sentence.
  public init(_ term: String, _ meaning: String) {
    self.term = term
    self.meaning = meaning
  }
}
