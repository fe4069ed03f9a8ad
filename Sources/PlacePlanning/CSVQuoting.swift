/// A cell of RFC 4180 text, between quotation marks where one of its own, a comma or a line's end would else be taken for the text's.
///
/// By bytes: a quotation mark with an accent on it is one character, and still a quotation mark to who reads the file.
package func csvQuoted(_ cell: String) -> String {
  guard cell.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return cell }
  let mark = UInt8(ascii: "\"")
  let bytes = cell.utf8.flatMap { $0 == mark ? [mark, mark] : [$0] }
  return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
}

/// Whether a spreadsheet would calculate a text rather than show it.
package func isFormula(_ text: some StringProtocol) -> Bool {
  text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
}

/// A text that no spreadsheet calculates: an apostrophe before one that it would.
package func withFormulaMark(_ text: String) -> String { isFormula(text) ? "'" + text : text }
