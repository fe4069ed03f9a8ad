internal import Diagnostics

/// Blank lines, and rows of nothing but commas, that follow one another: one fault with a count, not one each, since spreadsheets leave
/// thousands of them behind the last row.
struct BlankRows {
  /// Of the heading.
  let columns: Int
  private var first: [CSVCell] = []
  private var lastLine = 0
  private var count = 0

  init(columns: Int) {
    self.columns = columns
  }

  /// Takes one more row. Unless it follows those taken before, these are reported first.
  mutating func add(_ record: [CSVCell], in file: SourceFile, _ list: inout DiagnosticList) {
    if record.count != first.count || record.first?.line != lastLine + 1 { report(in: file, &list) }
    if count == 0 { first = record }
    lastLine = record.first?.line ?? lastLine
    count += 1
  }

  /// Reports those that were taken since the last report: E112 where they have all their cells, else E102.
  mutating func report(in file: SourceFile, _ list: inout DiagnosticList) {
    guard count > 0, let cell = first.first else { return }
    let isOne = count == 1
    let which =
      isOne ? (first.count > 1 ? "this row" : "this line") : "\(count) rows, from here to line \(lastLine),"
    list.add(
      first.count == columns ? .blankCell : .wrongCellCount, at: file.location(of: cell),
      what: "\(which) \(isOne ? "is" : "are") blank", why: "a row may have been lost here",
      fix: isOne ? "remove the line, or put the row back" : "remove the lines, or put the rows back")
    count = 0
  }
}
