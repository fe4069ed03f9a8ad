internal import Diagnostics

/// One cell and where it stands.
struct CSVCell: Sendable {
  let text: String
  let line: Int
  /// Of the cell's first byte, in the file.
  let offset: Int
}

/// A strict RFC 4180 reader that streams over a file's bytes, one record at a time.
///
/// Cells part at commas; a cell may be quoted, with `""` for a quotation mark; lines end in LF or CRLF. Everything else is a
/// fault with its place: a quotation mark inside an unquoted cell, text after a closing one, a quoted cell that never
/// closes, a bare CR, a control character.
struct CSVReader {
  private let file: SourceFile
  private var position = 0
  private var line = 1

  init(_ file: SourceFile) {
    self.file = file
  }

  /// The next record, or nil at the end of the file. **Throws** E101; nothing after such a fault can be trusted.
  mutating func next() throws(DiagnosticList) -> [CSVCell]? {
    guard position < file.bytes.count else { return nil }
    var cells: [CSVCell] = []
    while true {
      let (cell, endsRecord) = try nextCell()
      cells.append(cell)
      if endsRecord { return cells }
    }
  }

  private mutating func nextCell() throws(DiagnosticList) -> (cell: CSVCell, endsRecord: Bool) {
    let start = position
    let startLine = line
    let isQuoted = start < file.bytes.count && file.bytes[start] == quote
    let text = isQuoted ? try quotedText() : try plainText()
    let cell = CSVCell(text: text, line: startLine, offset: start)
    guard position < file.bytes.count else { return (cell, true) }
    switch file.bytes[position] {
    case comma:
      position += 1
      // A comma at the very end still opens one last, empty cell.
      return (cell, false)
    case newline:
      endLine(1)
      return (cell, true)
    case carriageReturn where position + 1 < file.bytes.count && file.bytes[position + 1] == newline:
      endLine(2)
      return (cell, true)
    case carriageReturn:
      throw fault("a carriage return without a line feed", "save the file with LF or CRLF line ends")
    default:
      throw fault(
        "text after the closing quotation mark", "double every quotation mark inside a quoted cell")
    }
  }

  private mutating func endLine(_ width: Int) {
    position += width
    line += 1
  }

  private mutating func plainText() throws(DiagnosticList) -> String {
    let start = position
    while position < file.bytes.count {
      let byte = file.bytes[position]
      if byte == comma || byte == newline || byte == carriageReturn { break }
      if byte == quote {
        throw fault(
          "a quotation mark inside an unquoted cell",
          "put the whole cell in quotation marks and double the one inside")
      }
      if byte < 0x20 {
        throw fault("a control character (0x\(String(byte, radix: 16)))", "remove it")
      }
      position += 1
    }
    return String(decoding: file.bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedText() throws(DiagnosticList) -> String {
    let open = position
    let openLine = line
    var text: [UInt8] = []
    position += 1
    while position < file.bytes.count {
      let byte = file.bytes[position]
      position += 1
      if byte != quote {
        let endsLine = byte == newline || byte == carriageReturn && file.bytes[position...].first == newline
        if byte < 0x20, !endsLine {
          position -= 1
          throw fault("a control character (0x\(String(byte, radix: 16)))", "remove it")
        }
        if byte == newline { line += 1 }
        text.append(byte)
      } else if position < file.bytes.count, file.bytes[position] == quote {
        text.append(quote)
        position += 1
      } else {
        return String(decoding: text, as: UTF8.self)
      }
    }
    (position, line) = (open, openLine)
    throw fault("a quoted cell that never closes", "close the quotation mark")
  }

  private func fault(_ what: String, _ fix: String) -> DiagnosticList {
    DiagnosticList([
      Diagnostic(
        .csvSyntax, at: file.location(of: CSVCell(text: "", line: line, offset: position)),
        what: what, why: "from here on it is not certain which cell is which", fix: fix)
    ])
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let carriageReturn = UInt8(ascii: "\r")
