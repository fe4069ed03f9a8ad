internal import Diagnostics

/// Tables of a README that an import or a new model has.
enum MarkdownTable {
  /// Columns of numbers after the first to the right, all others to the left.
  static func text(_ header: [String], _ rows: [[String]]) -> String {
    let rule = header.indices.map { column in
      column > 0 && rows.allSatisfy { isNumber($0[column]) } ? "--:" : "---"
    }
    return ([header, rule] + rows.map { $0.map(escaped) }).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  /// `19,948`, `65347.09` or nothing.
  private static func isNumber(_ cell: String) -> Bool { cell.utf8.allSatisfy(".,0123456789".utf8.contains) }

  /// A published text in a table's cell.
  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("<", with: "&lt;")
      .split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// Warnings as a section.
  static func warnings(_ list: DiagnosticList) -> String {
    let lines = list.sorted.diagnostics.map { warning in
      let place = [warning.location.line, warning.location.column].compactMap { $0.map(String.init) }
      let at = place.isEmpty ? "" : ", \(place.joined(separator: ":"))"
      return "- \(warning.code.rawValue)\(at): \(escaped(warning.what))"
    }
    return "## Warnings\n\n" + (lines.isEmpty ? "None." : lines.joined(separator: "\n"))
  }
}
