internal import Diagnostics

/// One published layout of a file: which columns it has, under all the headings that they have had.
struct ImportLayout: Sendable {
  struct Column: Sendable {
    let key: String
    /// Folded headings.
    let names: [String]
    let isRequired: Bool

    /// A column that must be there.
    static func need(_ key: String, _ names: String...) -> Column {
      Column(key: key, names: names.isEmpty ? [key] : names, isRequired: true)
    }

    /// A column that may be there.
    static func may(_ key: String, _ names: String...) -> Column {
      Column(key: key, names: names.isEmpty ? [key] : names, isRequired: false)
    }

    /// Whether several headings may be this column, which nothing reads.
    var isGathering: Bool { !isRequired && names.allSatisfy { $0.last == "*" } }

    func matches(_ folded: String) -> Bool {
      names.contains { $0.last == "*" ? folded.hasPrefix($0.dropLast()) : $0 == folded }
    }
  }

  let name: String
  let title: String
  let columns: [Column]
  /// For a column a year, or a column a year group: what a heading stands for; nil for any other heading.
  var family: (@Sendable (String) -> String?)?
  /// Whether other columns may stand in the file. Not where an unknown column may divide the rows further, as by sex.
  var allowsOthers = false
  /// Where others are allowed: whether a folded heading looks like one of the family, and would be missed if it were let pass.
  var resembles: (@Sendable (String) -> Bool)?
}

/// How a file's headings were matched.
struct LayoutMatch {
  let layout: ImportLayout
  /// By the column's key: where it stands.
  private(set) var columns: [String: Int] = [:]
  private(set) var family: [(member: String, column: Int)] = []
  private(set) var others: [Int] = []
  private(set) var repeated: [Int] = []
  let headings: [String]

  init(_ layout: ImportLayout, _ headings: [String]) {
    self.layout = layout
    self.headings = headings
    for (index, heading) in headings.enumerated() {
      let folded = folded(heading)
      if let column = layout.columns.first(where: { $0.matches(folded) }) {
        if columns[column.key] == nil {
          columns[column.key] = index
        } else if !column.isGathering {
          repeated.append(index)
        }
      } else if let member = layout.family?(folded) {
        if family.contains(where: { $0.member == member }) { repeated.append(index) }
        family.append((member, index))
      } else if !folded.isEmpty {
        others.append(index)
      }
    }
  }

  var missing: [ImportLayout.Column] {
    layout.columns.filter { $0.isRequired && columns[$0.key] == nil }
  }
  var isComplete: Bool { missing.isEmpty && (layout.family == nil || !family.isEmpty) }
  var score: Int { columns.count + min(family.count, 3) }

  /// The best of several layouts: complete before incomplete, few strangers before many, many columns before few.
  static func best(_ layouts: [ImportLayout], _ headings: [String]) -> LayoutMatch? {
    let matches = layouts.map { LayoutMatch($0, headings) }
    func strangers(_ match: LayoutMatch) -> Int { match.layout.allowsOthers ? 0 : match.others.count }
    let complete = matches.filter(\.isComplete)
    return complete.min {
      (strangers($0), -$0.score, $0.layout.name) < (strangers($1), -$1.score, $1.layout.name)
    } ?? matches.max { ($0.score, $1.layout.name) < ($1.score, $0.layout.name) }
  }

  /// E105 for a heading that stands twice, E412 for one that the layout does not have.
  func check(_ reader: RecordReader, _ list: inout DiagnosticList) {
    for index in repeated {
      list.add(
        .columnRepeated, at: reader.location(index), what: "column '\(headings[index])' stands twice",
        why: "it is not certain which of the two counts", fix: "remove one of them")
    }
    guard !layout.allowsOthers else {
      for index in others where layout.resembles?(folded(headings[index])) ?? false {
        list.add(missed(index, at: reader.location(index)))
      }
      // `2026/27+` is that year and all after it.
      for (_, index) in family where headings[index].contains(where: { "+<>≥≤".contains($0) }) {
        list.add(missed(index, at: reader.location(index)))
      }
      return
    }
    let free = layout.columns.filter { columns[$0.key] == nil }.flatMap(\.names).filter { $0.last != "*" }
    for index in others {
      let near = nearMiss(of: folded(headings[index]), among: free)
      list.add(
        .layoutColumnUnknown, at: reader.location(index),
        what: "the layout '\(layout.name)' has no column '\(headings[index])'",
        why: "an unknown column may part the rows further, and pupils would be counted twice",
        fix: near.map { "did you mean '\($0)'? Else take the column out, one row left for each figure" }
          ?? "take the column out, one row left for each figure, or check that this is the right file")
    }
  }

  /// E412, for a column that looks like one of the family and is none: a year whose heading says something more, or nothing.
  func missed(_ index: Int, at place: SourceLocation) -> Diagnostic {
    let like = family.first.map { headings[$0.column] } ?? ""
    return Diagnostic(
      .layoutColumnUnknown, at: place,
      what: headings[index].isEmpty
        ? "column \(index + 1) has figures and no heading"
        : "the layout '\(layout.name)' cannot tell what '\(headings[index])' is a column of",
      why: "if its figures are those of a year, they would be left out",
      fix: "write its heading as '\(like)' is written, or take the column out")
  }

  /// E411, for a file that no layout fits.
  func unknown(_ kind: ImportKind, _ place: SourceLocation) -> Diagnostic {
    let strangers = others.map { folded(headings[$0]) }
    let lacking = missing.map { column in
      let near = column.names.lazy.compactMap { nearMiss(of: $0, among: strangers) }.first
      return "'\(column.names[0])'" + (near.map { " (there is '\($0)')" } ?? "")
    }
    let family = layout.family != nil && family.isEmpty ? ["a column for each year or year group"] : []
    return Diagnostic(
      .layoutUnknown, at: place,
      what: "no known layout of '\(kind.rawValue)' has these headings; '\(layout.name)' is nearest and lacks "
        + (lacking + family).joined(separator: ", "),
      why: "a figure would be read from a column that means something else",
      fix: "check that this is the right file, or rename its columns as one of: "
        + kind.layouts.map(\.name).joined(separator: ", "))
  }
}
