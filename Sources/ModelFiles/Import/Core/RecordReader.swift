internal import Diagnostics

/// A reader by ``CSVGrammar`` that holds one block of a file and makes a text only of the cells that are asked for.
final class RecordReader {
  let file: ImportFile
  private let nextBlock: () throws(DiagnosticList) -> [UInt8]?
  private var buffer: [UInt8] = []
  private var position = 0
  private var recordStart = 0
  private var recordEnd = 0
  private var isAtEnd = false
  /// The cells of the record that was read last, within the buffer.
  private var spans: [CSVGrammar.Span] = []
  private var nextLine = 1
  /// Of the record that was read last.
  private(set) var line = 0
  /// The bytes of a space that does not break, which spreadsheets keep where text was copied from a web page.
  private let noBreakSpace: [UInt8]

  /// A record longer than this has lost its closing quotation mark.
  private static let longest = 1 << 22

  init(_ file: ImportFile) throws(DiagnosticList) {
    self.file = file
    noBreakSpace = file.encoding == .windows1252 ? [0xA0] : [0xC2, 0xA0]
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
        throw fault.list(place(fault))
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
      let halved = buffer.withUnsafeBufferPointer { span.halved($0) }
      return halved.withUnsafeBufferPointer { file.decode(trimmed($0)) }
    }
    return withBytes(index) { file.decode($0) }
  }

  /// The bytes of a cell as they stand, without spaces at its ends, those that do not break among them.
  func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    buffer.withUnsafeBufferPointer { bytes in
      guard index < spans.count else { return body(UnsafeBufferPointer(rebasing: bytes[0..<0])) }
      let span = spans[index]
      return body(trimmed(UnsafeBufferPointer(rebasing: bytes[span.start..<span.end])))
    }
  }

  func isBlank(_ index: Int) -> Bool { withBytes(index) { $0.isEmpty } }

  private func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var rest = bytes[...]
    while let first = rest.first, first == 0x20 || (first >= 0x80 && rest.starts(with: noBreakSpace)) {
      rest.removeFirst(first == 0x20 ? 1 : noBreakSpace.count)
    }
    while let last = rest.last,
      last == 0x20 || (last == 0xA0 && rest.suffix(noBreakSpace.count).elementsEqual(noBreakSpace))
    {
      rest.removeLast(last == 0x20 ? 1 : noBreakSpace.count)
    }
    return UnsafeBufferPointer(rebasing: rest)
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

  /// One record from `position`, its cells into `spans`.
  private func parse() -> CSVGrammar.Parsed {
    buffer.withUnsafeBufferPointer {
      CSVGrammar.record($0, from: position, isAtEnd: isAtEnd, longest: Self.longest, into: &spans)
    }
  }

  private func place(_ fault: CSVGrammar.Fault) -> SourceLocation {
    let column = buffer.withUnsafeBufferPointer { bytes in
      let lineStart = bytes[..<fault.offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
      return decoded(bytes, lineStart..<fault.offset).count + 1
    }
    return SourceLocation(file: file.path, line: nextLine + fault.line, column: column)
  }
}
