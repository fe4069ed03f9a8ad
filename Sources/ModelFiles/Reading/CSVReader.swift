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

extension SourceFile {
  /// Columns that stand twice (E105), those that are not `known` (E104) and those of `required` that are not there (E103).
  func check(
    _ header: [CSVCell], required: [String], known: [String], unknown: (why: String, fix: String),
    missing: (why: String, fix: String), _ list: inout DiagnosticList
  ) {
    let found = Set(header.map(\.text))
    let absent = known.filter { !found.contains($0) }
    var seen: Set<String> = []
    for cell in header {
      if !seen.insert(cell.text).inserted {
        list.add(
          .columnRepeated, at: location(of: cell), what: "column '\(cell.text)' stands twice",
          why: "it is not certain which of the two counts", fix: "remove one of them")
      } else if !known.contains(cell.text) {
        list.add(
          .columnUnknown, at: location(of: cell), what: "unknown column '\(cell.text)'", why: unknown.why,
          fix: didYouMean(cell.text, among: absent, else: unknown.fix))
      }
    }
    for name in required where !found.contains(name) {
      list.add(
        .columnMissing, at: location(line: 1, column: 1), what: "column '\(name)' is missing",
        why: missing.why, fix: missing.fix)
    }
  }
}
