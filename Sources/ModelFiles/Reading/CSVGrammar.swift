internal import Diagnostics

/// What CSV is to both readers, ``CSVReader`` and ``RecordReader``: RFC 4180, held to strictly.
///
/// Cells part at commas; a cell may be quoted, with `""` for a quotation mark; lines end in LF or CRLF. Everything else is a
/// fault with its place: a quotation mark inside an unquoted cell, text after a closing one, a quoted cell that never
/// closes, a bare CR, a control character.
enum CSVGrammar {
  /// A cell of a record: where it stands among the bytes.
  struct Span {
    /// Of the text, without the quotation marks around it.
    let start: Int
    let end: Int
    /// Doubled quotation marks are to be halved.
    let hasDoubles: Bool
    /// Of the cell's first byte, which may be its quotation mark.
    let opening: Int
    /// Lines from the record's first to the one on which the cell opens.
    let line: Int

    /// The text of a cell that has doubles.
    func halved(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
      var text: [UInt8] = []
      var at = start
      while at < end {
        text.append(bytes[at])
        at += bytes[at] == quote ? 2 : 1
      }
      return text
    }
  }

  /// What stops a record from being read; nothing after it can be trusted.
  struct Fault {
    let offset: Int
    /// Lines from the record's first to that of the fault.
    let line: Int
    let what: String
    let fix: String

    /// E101.
    func list(_ place: SourceLocation) -> DiagnosticList {
      DiagnosticList(
        .csvSyntax, at: place, what: what,
        why: "from here on it is not certain which cell is which", fix: fix)
    }
  }

  enum Parsed {
    /// Where the next record begins, and the line ends on the way there.
    case record(end: Int, lines: Int)
    /// The bytes end before the record is known to.
    case needsMore
    case fault(Fault)
  }

  /// The record that begins at `start`, its cells into `spans`.
  ///
  /// Unless `isAtEnd`, more bytes may follow. A record of more than `longest` bytes within which a quotation mark is still open
  /// has lost its closing one.
  static func record(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isAtEnd: Bool, longest: Int = .max,
    into spans: inout [Span]
  ) -> Parsed {
    spans.removeAll(keepingCapacity: true)
    let count = bytes.count
    if start >= count { return .needsMore }
    var at = start
    var lines = 0
    func fault(_ what: String, _ fix: String) -> Parsed {
      .fault(Fault(offset: at, line: lines, what: what, fix: fix))
    }
    func control(_ byte: UInt8) -> Parsed {
      fault("a control character (0x\(String(byte, radix: 16)))", "remove it")
    }
    while true {
      let (opening, line) = (at, lines)
      if at < count, bytes[at] == quote {
        at += 1
        var hasDoubles = false
        while true {
          if at >= count {
            guard isAtEnd || count - start > longest else { return .needsMore }
            (at, lines) = (opening, line)
            return fault("a quoted cell that never closes", "close the quotation mark")
          }
          let byte = bytes[at]
          if byte == quote {
            if at + 1 >= count, !isAtEnd { return .needsMore }
            if at + 1 < count, bytes[at + 1] == quote {
              hasDoubles = true
              at += 2
              continue
            }
            break
          }
          if byte < 0x20 {
            if byte == newline {
              lines += 1
            } else if byte == carriageReturn {
              if at + 1 >= count, !isAtEnd { return .needsMore }
              if at + 1 >= count || bytes[at + 1] != newline { return control(byte) }
            } else {
              return control(byte)
            }
          }
          at += 1
        }
        spans.append(
          Span(start: opening + 1, end: at, hasDoubles: hasDoubles, opening: opening, line: line))
        at += 1
      } else {
        while at < count {
          let byte = bytes[at]
          if byte == comma || byte == newline || byte == carriageReturn { break }
          if byte == quote {
            return fault(
              "a quotation mark inside an unquoted cell",
              "put the whole cell in quotation marks and double the one inside")
          }
          if byte < 0x20 { return control(byte) }
          at += 1
        }
        spans.append(Span(start: opening, end: at, hasDoubles: false, opening: opening, line: line))
      }
      if at >= count { return isAtEnd ? .record(end: at, lines: lines + 1) : .needsMore }
      switch bytes[at] {
      // A comma at the very end still opens one last, empty cell.
      case comma: at += 1
      case newline: return .record(end: at + 1, lines: lines + 1)
      case carriageReturn:
        if at + 1 >= count, !isAtEnd { return .needsMore }
        guard at + 1 < count, bytes[at + 1] == newline else {
          return fault(
            "a carriage return without a line feed", "save the file with LF or CRLF line ends")
        }
        return .record(end: at + 2, lines: lines + 1)
      default:
        return fault(
          "text after the closing quotation mark", "double every quotation mark inside a quoted cell")
      }
    }
  }
}

let newline = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
let comma = UInt8(ascii: ",")
let quote = UInt8(ascii: "\"")
