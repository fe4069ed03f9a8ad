internal import Diagnostics

/// What parts the cells of a file where commas should.
enum OtherSeparator: String, CaseIterable {
  case semicolons, tabs

  fileprivate var byte: UInt8 { UInt8(ascii: self == .semicolons ? ";" : "\t") }

  /// E101 for a line that has more of another separator than commas, and `least` of it; nil for any other. What stands in quotation
  /// marks is text. `line` counts from 1.
  static func fault(in bytes: ArraySlice<UInt8>, least: Int, _ line: Int, of file: String) -> Diagnostic? {
    let parting = [comma] + allCases.map(\.byte)
    var isQuoted = false
    var counts: [UInt8: Int] = [:]
    var first: [UInt8: Int] = [:]
    for (offset, byte) in zip(bytes.indices, bytes) {
      if byte == quote {
        isQuoted.toggle()
      } else if !isQuoted, parting.contains(byte) {
        counts[byte, default: 0] += 1
        if first[byte] == nil { first[byte] = offset }
      }
    }
    let commas = counts[comma] ?? 0
    for other in allCases {
      guard let count = counts[other.byte], count >= least, count > commas, let offset = first[other.byte]
      else { continue }
      let before = String(decoding: bytes[..<offset], as: UTF8.self)
      let text = String(decoding: bytes, as: UTF8.self)
      return Diagnostic(
        .csvSyntax,
        at: SourceLocation(
          file: file, line: line, column: before.count + 1,
          excerpt: other == .semicolons && text.count <= 160 ? text : nil),
        what: "the file is separated by \(other.rawValue), not by commas",
        why: "each line would be one cell, and no column could be told from another",
        fix: "save it as CSV with commas; a spreadsheet asks for the separator, or takes it from its country")
    }
    return nil
  }

  /// Lines of a file that is being looked at, without their ends.
  static func lines(_ bytes: [UInt8], most: Int) -> [ArraySlice<UInt8>] {
    bytes.split(separator: newline, maxSplits: most, omittingEmptySubsequences: false).prefix(most).map {
      $0.last == carriageReturn ? $0.dropLast() : $0
    }
  }
}

extension SourceFile {
  /// E101, where another separator parts the headings.
  func checkSeparator() throws(DiagnosticList) {
    guard let heading = OtherSeparator.lines(bytes, most: 1).first else { return }
    if let fault = OtherSeparator.fault(in: heading, least: 1, 1, of: path) { throw DiagnosticList([fault]) }
  }
}

extension ImportFile {
  /// E101, where another separator parts one of the first lines, among which the headings should be. To be asked when no headings are found.
  func separatorFault(among lines: Int) -> Diagnostic? {
    guard let next = try? blocks(), let block = try? next() else { return nil }
    let looked = OtherSeparator.lines(block, most: lines)
    // A title may hold a few semicolons above a table of commas.
    let counts = looked.joined().reduce(into: [UInt8: Int]()) { $0[$1, default: 0] += 1 }
    let commas = counts[comma] ?? 0
    guard OtherSeparator.allCases.contains(where: { (counts[$0.byte] ?? 0) > commas }) else { return nil }
    for (index, line) in looked.enumerated() {
      if let fault = OtherSeparator.fault(in: line, least: 2, index + 1, of: path) { return fault }
    }
    return nil
  }
}
