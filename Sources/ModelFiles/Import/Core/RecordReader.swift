internal import Diagnostics

/// A strict RFC 4180 reader that holds one block of a file and makes a text only of the cells that are asked for.
///
/// The rules are those of ``CSVReader``, which reads the files of a model whole.
final class RecordReader {
  /// A cell of the record that was read last: where it stands in the buffer.
  private struct Span {
    let start: Int
    let end: Int
    /// Doubled quotation marks are to be halved.
    let hasDoubles: Bool
    /// With its opening quotation mark.
    let opening: Int
  }

  let file: ImportFile
  private let nextBlock: () throws(DiagnosticList) -> [UInt8]?
  private var buffer: [UInt8] = []
  private var position = 0
  private var recordStart = 0
  private var recordEnd = 0
  private var isAtEnd = false
  private var spans: [Span] = []
  private var nextLine = 1
  /// Of the record that was read last.
  private(set) var line = 0

  /// A record longer than this has lost its closing quotation mark.
  private static let longest = 1 << 22

  init(_ file: ImportFile) throws(DiagnosticList) {
    self.file = file
    nextBlock = try file.blocks()
    _ = try fill()
    if file.encoding == .utf8WithMark { position = min(3, buffer.count) }
  }

  var count: Int { spans.count }

  /// Reads the next record; false at the end of the file. **Throws** E101; nothing after such a fault can be trusted.
  func next() throws(DiagnosticList) -> Bool {
    while true {
      if position >= buffer.count, isAtEnd { return false }
      switch parse() {
      case .record(let end, let lines):
        recordStart = position
        recordEnd = end
        line = nextLine
        nextLine += lines
        position = end
        return true
      case .needsMore:
        if try fill() { continue }
      case .fault(let fault):
        throw faultList(fault)
      }
    }
  }

  /// Reads another block behind what is left of the last; false at the end of the file.
  private func fill() throws(DiagnosticList) -> Bool {
    guard !isAtEnd else { return false }
    if position > 0 {
      buffer.removeFirst(position)
      position = 0
    }
    guard let block = try nextBlock() else {
      isAtEnd = true
      return false
    }
    if buffer.isEmpty { buffer = block } else { buffer += block }
    return true
  }

  // MARK: - Cells

  func text(_ index: Int) -> String {
    guard index < spans.count else { return "" }
    let span = spans[index]
    if span.hasDoubles {
      var bytes: [UInt8] = []
      var at = span.start
      while at < span.end {
        bytes.append(buffer[at])
        at += buffer[at] == quote ? 2 : 1
      }
      return bytes.withUnsafeBufferPointer { file.decode(trimmed($0)) }
    }
    return withBytes(index) { file.decode($0) }
  }

  /// The bytes of a cell as they stand, without spaces at its ends.
  func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    buffer.withUnsafeBufferPointer { bytes in
      guard index < spans.count else { return body(UnsafeBufferPointer(rebasing: bytes[0..<0])) }
      let span = spans[index]
      return body(trimmed(UnsafeBufferPointer(rebasing: bytes[span.start..<span.end])))
    }
  }

  func isBlank(_ index: Int) -> Bool { withBytes(index) { $0.isEmpty } }

  private func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] == 0x20 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  /// Where a cell of the record stands, its column counted in characters; the record itself for none.
  func location(_ index: Int?) -> SourceLocation {
    let span = index.flatMap { $0 < spans.count ? spans[$0] : nil }
    return buffer.withUnsafeBufferPointer { bytes in
      let record = bytes[recordStart..<recordEnd]
      let offset = span?.opening ?? recordStart
      let before = record[..<offset]
      let lineStart = before.lastIndex(of: newline).map { $0 + 1 } ?? recordStart
      let lineEnd = record[lineStart...].firstIndex { $0 == newline || $0 == carriageReturn } ?? recordEnd
      let excerpt = decoded(bytes, lineStart..<lineEnd)
      return SourceLocation(
        file: file.path, line: line + before.count { $0 == newline },
        column: decoded(bytes, lineStart..<offset).count + 1, excerpt: excerpt.count <= 160 ? excerpt : nil)
    }
  }

  private func decoded(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    file.decode(UnsafeBufferPointer(rebasing: bytes[range]))
  }

  // MARK: - Parsing

  private struct Fault {
    let offset: Int
    let line: Int
    let what: String
    let fix: String
  }

  private enum Parsed {
    case record(end: Int, lines: Int)
    case needsMore
    case fault(Fault)
  }

  /// One record from `position`, its cells into `spans`.
  private func parse() -> Parsed {
    spans.removeAll(keepingCapacity: true)
    let (start, atEnd) = (position, isAtEnd)
    return buffer.withUnsafeBufferPointer { bytes in
      let count = bytes.count
      if start >= count { return .needsMore }
      var at = start
      var lines = 0
      func fault(_ offset: Int, _ what: String, _ fix: String) -> Parsed {
        .fault(Fault(offset: offset, line: nextLine + lines, what: what, fix: fix))
      }
      while true {
        let opening = at
        if at < count, bytes[at] == quote {
          at += 1
          let (openLines, textStart) = (lines, at)
          var hasDoubles = false
          while true {
            if at >= count { return unclosed(opening, openLines, count - start, atEnd) }
            let byte = bytes[at]
            if byte == quote {
              if at + 1 >= count, !atEnd { return .needsMore }
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
                if at + 1 >= count, !atEnd { return .needsMore }
                if at + 1 >= count || bytes[at + 1] != newline {
                  return fault(at, control(byte), "remove it")
                }
              } else {
                return fault(at, control(byte), "remove it")
              }
            }
            at += 1
          }
          spans.append(Span(start: textStart, end: at, hasDoubles: hasDoubles, opening: opening))
          at += 1
        } else {
          while at < count {
            let byte = bytes[at]
            if byte == comma || byte == newline || byte == carriageReturn { break }
            if byte == quote {
              return fault(
                at, "a quotation mark inside an unquoted cell",
                "put the whole cell in quotation marks and double the one inside")
            }
            if byte < 0x20 { return fault(at, control(byte), "remove it") }
            at += 1
          }
          spans.append(Span(start: opening, end: at, hasDoubles: false, opening: opening))
        }
        if at >= count { return atEnd ? .record(end: at, lines: lines + 1) : .needsMore }
        switch bytes[at] {
        case comma: at += 1
        case newline: return .record(end: at + 1, lines: lines + 1)
        case carriageReturn:
          if at + 1 >= count, !atEnd { return .needsMore }
          guard at + 1 < count, bytes[at + 1] == newline else {
            return fault(
              at, "a carriage return without a line feed", "save the file with LF or CRLF line ends")
          }
          return .record(end: at + 2, lines: lines + 1)
        default:
          return fault(
            at, "text after the closing quotation mark", "double every quotation mark inside a quoted cell")
        }
      }
    }
  }

  private func unclosed(_ opening: Int, _ lines: Int, _ length: Int, _ atEnd: Bool) -> Parsed {
    guard atEnd || length > Self.longest else { return .needsMore }
    return .fault(
      Fault(
        offset: opening, line: nextLine + lines, what: "a quoted cell that never closes",
        fix: "close the quotation mark"))
  }

  private func control(_ byte: UInt8) -> String { "a control character (0x\(String(byte, radix: 16)))" }

  private func faultList(_ fault: Fault) -> DiagnosticList {
    let column = buffer.withUnsafeBufferPointer { bytes in
      let lineStart = bytes[..<fault.offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
      return decoded(bytes, lineStart..<fault.offset).count + 1
    }
    return DiagnosticList([
      Diagnostic(
        .csvSyntax, at: SourceLocation(file: file.path, line: fault.line, column: column), what: fault.what,
        why: "from here on it is not certain which cell is which", fix: fault.fix)
    ])
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let carriageReturn = UInt8(ascii: "\r")
