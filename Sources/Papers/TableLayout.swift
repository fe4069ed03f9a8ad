/// How a table goes onto paper: on an upright page, on a wide one, or in several parts that repeat its first column.
struct TableLayout {
  /// What a line holds, in characters of a table's type, on an upright and on a wide page of A4.
  static let uprightLine = 96
  static let wideLine = 152
  /// What the space between columns takes of it, and the wider letters of a heading.
  static let gap = 4

  /// The table, or its parts in order.
  let parts: [Table]
  let isWide: Bool

  init(_ table: Table) {
    let asked = Self.asked(table)
    let least = asked.map(\.least).reduce(0, +)
    let comfortable = asked.map(\.comfortable).reduce(0, +)
    isWide = least > Self.uprightLine || comfortable > Self.uprightLine * 7 / 4
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

  /// The share of the line that each column gets: what it needs, and of the rest in proportion to what would be
  /// comfortable. **Units** characters.
  func widths(_ part: Table) -> [Int] {
    let asked = Self.asked(part)
    let spare = (isWide ? Self.wideLine : Self.uprightLine) - asked.map(\.least).reduce(0, +)
    let wishes = asked.map { $0.comfortable - $0.least }
    let wished = wishes.reduce(0, +)
    guard spare > 0, wished > 0 else { return asked.map(\.least) }
    return zip(asked, wishes).map { $0.least + min($1, spare * $1 / wished) }
  }

  /// What each column needs, so that no word or number breaks, and what would be comfortable. **Units** characters.
  private static func asked(_ table: Table) -> [(least: Int, comfortable: Int)] {
    table.columns.enumerated().map { index, column in
      let texts = table.rows.compactMap { $0.indices.contains(index) ? $0[index].shown : nil }
      let longest = texts.map(\.count).max() ?? 0
      let heading = min(longestWord(column.heading), 16)
      if column.isNumber {
        let least = max(min(longest, 20), heading) + Self.gap
        return (least, max(least, min(column.heading.count / 2, 16) + Self.gap))
      }
      let words = max(texts.map { min(longestWord($0), 24) }.max() ?? 0, heading)
      return (words + Self.gap, max(words, min(longest, 60)) + Self.gap)
    }
  }

  private static func longestWord(_ text: String) -> Int {
    text.split(separator: " ").map(\.count).max() ?? 0
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
      case .definitions, .table, .figure, .annex: return nil
      }
    }
    return sum
  }
}
