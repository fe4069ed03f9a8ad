internal import Foundation

#if canImport(FoundationXML)
  internal import FoundationXML
#endif

/// A worksheet's cells as text.
///
/// A formula becomes the value that the spreadsheet last worked out. A formula without a value, an error, and a figure that is merged over
/// several cells become words that are no number, so that they are refused and never guessed.
final class SheetParser: NSObject, XMLParserDelegate {
  private struct Cell {
    var type = ""
    var value = ""
    var hasFormula = false
  }

  private let strings: [String]
  private var rows: [Int: [Int: String]] = [:]
  private var merged: [(rows: ClosedRange<Int>, columns: ClosedRange<Int>)] = []
  private var row = 0
  private var column = 0
  private var cell = Cell()
  private var isValue = false

  init(_ strings: [String]) { self.strings = strings }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    switch element {
    case "row":
      row = attributes["r"].flatMap { Int($0) } ?? row + 1
      column = 0
    case "c":
      if let place = attributes["r"].flatMap(Self.place) { column = place.column } else { column += 1 }
      cell = Cell(type: attributes["t"] ?? "n")
    case "f": cell.hasFormula = true
    case "v", "t": isValue = true
    case "mergeCell":
      let corners = (attributes["ref"] ?? "").split(separator: ":").compactMap { Self.place(String($0)) }
      if corners.count == 2, corners[0].row <= corners[1].row, corners[0].column <= corners[1].column {
        merged.append((corners[0].row...corners[1].row, corners[0].column...corners[1].column))
      }
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) {
    if isValue { cell.value += characters }
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
  ) {
    switch element {
    case "v", "t": isValue = false
    case "c":
      let text = shown
      if !text.isEmpty, row > 0, row <= 1_048_576, column <= 16_384 { rows[row, default: [:]][column] = text }
    default: break
    }
  }

  private var shown: String {
    switch cell.type {
    case "s":
      return Int(cell.value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? "(no such text)"
    case "inlineStr", "str": return cell.value
    case "e": return "(error \(cell.value))"
    case "b": return cell.value == "1" ? "TRUE" : "FALSE"
    default:
      if cell.value.isEmpty { return cell.hasFormula ? "(not calculated)" : "" }
      return Double(cell.value).map(dataNumber) ?? cell.value
    }
  }

  /// `AB12`.
  private static func place(_ text: String) -> (row: Int, column: Int)? {
    let letters = text.prefix { $0.isLetter }
    guard (1...3).contains(letters.count), let row = Int(text.dropFirst(letters.count)), row > 0 else {
      return nil
    }
    var column = 0
    for byte in letters.uppercased().utf8 {
      guard (0x41...0x5A).contains(byte) else { return nil }
      column = column * 26 + Int(byte) - 0x40
    }
    return (row, column)
  }

  /// The sheet as CSV, a line for each row from the first, so that a fault's line is the row of the sheet.
  func text() -> [UInt8] {
    for range in merged where range.columns.count > 1 || range.rows.count > 1 {
      // A merged title or label is one text; a merged figure is one figure for several cells.
      guard let text = rows[range.rows.lowerBound]?[range.columns.lowerBound], Double(text) != nil else {
        continue
      }
      for row in range.rows {
        for column in range.columns { rows[row, default: [:]][column] = "(merged: \(text))" }
      }
    }
    let width = rows.values.compactMap { $0.keys.max() }.max() ?? 0
    var text = ""
    for row in 1...max(rows.keys.max() ?? 0, 1) {
      let cells = rows[row] ?? [:]
      text += CSVText.line(
        (0..<width).map { column in
          (cells[column + 1] ?? "").split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
        })
    }
    return Array(text.utf8)
  }
}
