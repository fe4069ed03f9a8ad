internal import Diagnostics

/// One cell and where it stands.
struct CSVCell: Sendable {
  let text: String
  let line: Int
  /// Of the cell's first byte, in the file.
  let offset: Int
}

/// A reader of a file that is in memory whole, by ``CSVGrammar``: one record at a time, each cell with its place.
struct CSVReader {
  private let file: SourceFile
  private var position = 0
  private var line = 1
  private var spans: [CSVGrammar.Span] = []

  init(_ file: SourceFile) {
    self.file = file
  }

  /// The next record, or nil at the end of the file. **Throws** E101; nothing after such a fault can be trusted.
  mutating func next() throws(DiagnosticList) -> [CSVCell]? {
    let (parsed, cells) = file.bytes.withUnsafeBufferPointer { bytes in
      let parsed = CSVGrammar.record(bytes, from: position, isAtEnd: true, into: &spans)
      guard case .record = parsed else { return (parsed, [CSVCell]()) }
      return (parsed, spans.map { CSVCell(text: text($0, bytes), line: line + $0.line, offset: $0.opening) })
    }
    switch parsed {
    case .record(let end, let lines):
      position = end
      line += lines
      return cells
    case .needsMore:
      return nil
    case .fault(let fault):
      throw fault.list(
        file.location(of: CSVCell(text: "", line: line + fault.line, offset: fault.offset)))
    }
  }

  private func text(_ span: CSVGrammar.Span, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
    span.hasDoubles
      ? String(decoding: span.halved(bytes), as: UTF8.self)
      : String(decoding: UnsafeBufferPointer(rebasing: bytes[span.start..<span.end]), as: UTF8.self)
  }
}
