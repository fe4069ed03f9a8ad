/// How a table goes onto paper: on an upright page, on a wide one, or in several parts that repeat its first column.
struct TableLayout {
  /// What a line holds, in digits of a table's type (9.5 points), on an upright and on a wide page of A4.
  static let uprightLine = 89
  static let wideLine = 138
  /// How much of it the space between two columns takes.
  static let gap = 2
  /// Where there are so few rows they may be tall: no page has to be turned for them.
  private static let fewRows = 8

  /// The table, or its parts in order.
  let parts: [Table]
  let isWide: Bool

  init(_ table: Table) {
    let isShort = table.rows.count <= Self.fewRows
    let asked = Self.asked(table, lines: isShort ? 8 : 4)
    let least = asked.map(\.least).reduce(0, +)
    let tidy = asked.map(\.tidy).reduce(0, +)
    let comfortable = asked.map(\.comfortable).reduce(0, +)
    isWide = tidy > Self.uprightLine || !isShort && comfortable > Self.uprightLine * 7 / 4
    guard least > Self.wideLine, let first = asked.first?.least else {
      parts = [table]
      return
    }
    var groups: [[Int]] = []
    var room = 0
    for column in asked.indices.dropFirst() {
      if groups.isEmpty || room < asked[column].least {
        groups.append([0])
        room = Self.wideLine - first
      }
      groups[groups.count - 1].append(column)
      room -= asked[column].least
    }
    parts = groups.enumerated().map { index, columns in
      Self.part(table, columns, number: index + 1, of: groups.count)
    }
  }

  private static func part(_ table: Table, _ columns: [Int], number: Int, of count: Int) -> Table {
    if count == 1 { return table }
    return Table(
      id: "\(table.id)-part-\(number)", caption: "\(table.caption) (part \(number) of \(count))",
      columns: columns.map { table.columns[$0] },
      rows: table.rows.map { row in columns.filter(row.indices.contains).map { row[$0] } },
      hasTotalRow: table.hasTotalRow, footnote: table.footnote)
  }

  /// The share of the line that each column gets: what it needs; of the rest first what spares it tall headings and rows, then
  /// what would be comfortable, each in proportion. **Units** characters.
  func widths(_ part: Table) -> [Int] {
    let asked = Self.asked(part)
    var widths = asked.map(\.least)
    for wished in [asked.map(\.tidy), asked.map(\.comfortable)] {
      let spare = (isWide ? Self.wideLine : Self.uprightLine) - widths.reduce(0, +)
      let wishes = zip(wished, widths).map { max(0, $0 - $1) }
      let whole = max(1, wishes.reduce(0, +))
      guard spare > 0 else { break }
      widths = zip(widths, wishes).map { $0 + min($1, spare * $1 / whole) }
    }
    return widths
  }

  /// What each column needs, so that no word or number breaks; what keeps longer words whole, and its heading and its texts to some
  /// `lines`; and what would be comfortable. **Units** characters.
  private static func asked(_ table: Table, lines: Int = 4) -> [(least: Int, tidy: Int, comfortable: Int)] {
    table.columns.enumerated().map { index, column in
      let texts = table.cells(in: index).map(\.shown)
      let lengths = texts.map(\.count).sorted()
      let longest = lengths.last ?? 0
      // The bold letters of a heading are a tenth wider.
      let heading = (min(longestWord(column.heading), 16) * 11 + 9) / 10
      let tidy = (max(longest, column.heading.count) + lines - 1) / lines
      if column.isNumber {
        let least = max(min(longest, 20), heading)
        return (least + gap, max(least, tidy) + gap, max(least, min(column.heading.count / 2, 16)) + gap)
      }
      let word = texts.map(longestWord).max() ?? 0
      let least = max(min(word, 24), heading)
      // One text in ten may take more lines than the others.
      let usual = lengths.dropLast(lengths.count / 10).last ?? 0
      return (least + gap, max(least, min(word, 48), tidy) + gap, max(least, min(usual, 60)) + gap)
    }
  }

  /// Whether it may run on over several pages, since one may not hold it; a shorter table is kept on one page.
  var isLong: Bool {
    let most = isWide ? 14 : 19
    return parts.contains { $0.rows.count > most || lines($0) * 2 / 3 > most }
  }

  /// How many lines its rows take.
  private func lines(_ part: Table) -> Int {
    let widths = widths(part)
    return part.rows.map { row in
      zip(row, widths).map { ($0.shown.count - 1) / max(1, $1 - Self.gap) + 1 }.max() ?? 0
    }.reduce(0, +)
  }

  private static func longestWord(_ text: String) -> Int {
    text.split(separator: " ").map(\.count).max() ?? 0
  }
}

extension Block {
  /// Whether it needs a wide page. A figure that is not drawn is its table.
  func isWide(_ isDrawn: (Figure) -> Bool) -> Bool {
    switch self {
    case .heading, .paragraph, .bullets, .definitions, .annex: false
    case .table(let table): TableLayout(table).isWide
    case .figure(let figure): !isDrawn(figure) && TableLayout(figure.table).isWide
    }
  }
}

/// What stands together on pages of one direction.
struct PageRun {
  enum Item {
    /// The heading of a section.
    case heading(Section)
    case block(Block)
  }

  let isWide: Bool
  var items: [Item]

  /// As many letters as a few paragraphs have.
  private static let fewLetters = 900

  /// A section in runs: tables that need wide pages apart, with the headings that stand right above them and what little text leads to
  /// them, which would else stand alone on a page.
  static func runs(_ section: Section, isWide: (Block) -> Bool) -> [PageRun] {
    var runs: [PageRun] = []
    var headings: [Item] = [.heading(section)]
    for block in section.blocks {
      if case .heading = block {
        headings.append(.block(block))
        continue
      }
      let wide = isWide(block)
      if wide, let last = runs.last, let letters = last.letters, letters <= fewLetters {
        runs.removeLast()
        if runs.isEmpty { runs.append(PageRun(isWide: true, items: [])) }
        runs[runs.count - 1].items += last.items
      }
      if runs.last?.isWide != wide { runs.append(PageRun(isWide: wide, items: [])) }
      runs[runs.count - 1].items += headings + [.block(block)]
      headings = []
    }
    if !headings.isEmpty { runs.append(PageRun(isWide: false, items: headings)) }
    return runs
  }

  /// How long its text is; nil where there is more than text.
  private var letters: Int? {
    var sum = 0
    for case .block(let block) in items {
      switch block {
      case .heading(let text), .paragraph(let text): sum += text.count
      case .bullets(let texts): sum += texts.map(\.count).reduce(0, +)
      case .annex(let table): sum += table.whereItIs.count
      case .definitions, .table, .figure: return nil
      }
    }
    return sum
  }
}
