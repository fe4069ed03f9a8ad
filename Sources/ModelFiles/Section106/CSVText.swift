/// Rows as RFC 4180 text.
enum CSVText {
  static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  /// True for what a spreadsheet would calculate rather than show.
  static func isFormula(_ text: String) -> Bool {
    text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
  }

  /// A text cell that no spreadsheet calculates: an apostrophe before `=`, `+`, `-` or `@`.
  static func neutral(_ text: String) -> String {
    isFormula(text) ? "'" + text : text
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
