internal import Diagnostics
internal import Foundation
internal import PlacePlanning

/// How the letters of an imported file are written.
public enum TextEncoding: String, Sendable, Codable {
  case utf8 = "UTF-8"
  case utf8WithMark = "UTF-8 with byte order mark"
  /// What spreadsheets and older systems write; accepted by imports only, with a warning.
  case windows1252 = "Windows-1252"
}

/// A published file that an import reads: its fingerprint and encoding, found in one pass that holds no more than a block.
struct ImportFile {
  /// As messages show it.
  let path: String
  let name: String
  let sha256: String
  let encoding: TextEncoding
  /// Bytes that are not ASCII.
  let foreignBytes: Int
  /// Of the first byte that is not UTF-8; nil where all are.
  let firstForeign: SourceLocation?
  private let content: Content

  private enum Content {
    case file(URL)
    /// A worksheet as rows of text, or a test's bytes.
    case bytes([UInt8])
  }

  /// Bytes read at once.
  static let block = 1 << 18

  /// Reads a file once, for its fingerprint and encoding. **Throws** E001, E002, or E410 when it is no text that can be read.
  init(_ url: URL) throws(DiagnosticList) {
    try self.init(path: url.relativePath, name: url.lastPathComponent, .file(url), fingerprint: nil)
  }

  /// Text that is in memory already. `fingerprint` is that of the file it came from.
  init(path: String, name: String, bytes: [UInt8], fingerprint: String? = nil) throws(DiagnosticList) {
    try self.init(path: path, name: name, .bytes(bytes), fingerprint: fingerprint)
  }

  private init(
    path: String, name: String, _ content: Content, fingerprint: String?
  ) throws(DiagnosticList) {
    self.path = path
    self.name = name
    self.content = content
    var scan = EncodingScan()
    let hash = RunningFingerprint()
    let blocks = try Self.blocks(content, path)
    while let block = try blocks() {
      hash.update(block)
      scan.read(block)
    }
    sha256 = fingerprint ?? hash.finish()
    scan.finish()
    foreignBytes = scan.foreignBytes
    guard let encoding = scan.encoding else {
      throw DiagnosticList(
        .textUndecodable, at: SourceLocation(file: path, line: scan.firstBad?.line),
        what: scan.whatItIs, why: "its letters and figures cannot be told for certain",
        fix: "save it as CSV in UTF-8, or take it out of its archive first")
    }
    self.encoding = encoding
    firstForeign =
      encoding == .windows1252
      ? scan.firstBad.map { SourceLocation(file: path, line: $0.line, column: $0.column) } : nil
  }

  var wholeFile: SourceLocation { SourceLocation(file: path) }

  /// W410, for letters that were taken for Windows-1252.
  var warning: Diagnostic? {
    firstForeign.map {
      Diagnostic(
        .decodedAsWindows1252, at: $0,
        what: "the file is not UTF-8; its bytes outside ASCII (\(foreignBytes)) were read as Windows-1252",
        why: "spreadsheets write that encoding; from any other, names would be read wrongly",
        fix:
          "look at a name with an accent or a pound sign in data.csv; if it is wrong, save the file as UTF-8")
    }
  }

  /// The file's blocks, one a call; nil at its end. **Throws** E001, E002.
  func blocks() throws(DiagnosticList) -> () throws(DiagnosticList) -> [UInt8]? {
    try Self.blocks(content, path)
  }

  private static func blocks(
    _ content: Content, _ path: String
  ) throws(DiagnosticList) -> () throws(DiagnosticList) -> [UInt8]? {
    switch content {
    case .bytes(let bytes):
      var isRead = false
      return {
        defer { isRead = true }
        return isRead || bytes.isEmpty ? nil : bytes
      }
    case .file(let url):
      if let list = SourceFile.otherThanFile(url, path) { throw list }
      let handle: FileHandle
      do { handle = try FileHandle(forReadingFrom: url) } catch {
        throw SourceFile.unreadable(url, path, error)
      }
      return { () throws(DiagnosticList) -> [UInt8]? in
        do {
          guard let data = try handle.read(upToCount: block), !data.isEmpty else {
            try? handle.close()
            return nil
          }
          return [UInt8](data)
        } catch {
          throw SourceFile.unreadable(url, path, error)
        }
      }
    }
  }

  /// A cell's bytes as text.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    encoding == .windows1252 ? Windows1252.text(bytes) : String(decoding: bytes, as: UTF8.self)
  }
}

/// The encoding of Windows in western Europe.
enum Windows1252 {
  /// 0x80 to 0x9F; those that stand for themselves have no letter.
  private static let upper: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  /// True for the five bytes that stand for nothing.
  static func isUndefined(_ byte: UInt8) -> Bool { [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) }

  static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for byte in bytes {
      let code = (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : UInt32(byte)
      scalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
    }
    return String(scalars)
  }
}

/// What a file's bytes are, block by block.
private struct EncodingScan {
  private(set) var foreignBytes = 0
  /// Line and column, in bytes, of the first byte that is not UTF-8.
  private(set) var firstBad: (line: Int, column: Int)?
  private var hasUndefined = false
  private var head: [UInt8] = []
  /// Continuation bytes still to come, and the range that the next must lie in.
  private var wanted = 0
  private var next: ClosedRange<UInt8> = 0x80...0xBF
  private var line = 1
  private var column = 0

  mutating func read(_ block: [UInt8]) {
    if head.count < 4 { head += block.prefix(4 - head.count) }
    block.withUnsafeBufferPointer { bytes in
      for byte in bytes {
        column += 1
        if byte < 0x80 {
          if wanted > 0 { bad() }
          if byte == newline {
            line += 1
            column = 0
          }
        } else {
          foreignBytes += 1
          take(byte)
        }
      }
    }
  }

  private mutating func take(_ byte: UInt8) {
    if Windows1252.isUndefined(byte) { hasUndefined = true }
    if firstBad != nil { return }
    if wanted > 0 {
      guard next.contains(byte) else { return bad() }
      wanted -= 1
      next = 0x80...0xBF
      return
    }
    switch byte {
    case 0xC2...0xDF: wanted = 1
    case 0xE0: (wanted, next) = (2, 0xA0...0xBF)
    case 0xED: (wanted, next) = (2, 0x80...0x9F)
    case 0xE1...0xEF: wanted = 2
    case 0xF0: (wanted, next) = (3, 0x90...0xBF)
    case 0xF1...0xF3: wanted = 3
    case 0xF4: (wanted, next) = (3, 0x80...0x8F)
    default: bad()
    }
  }

  private mutating func bad() {
    wanted = 0
    next = 0x80...0xBF
    if firstBad == nil { firstBad = (line, column) }
  }

  mutating func finish() {
    if wanted > 0 { bad() }
  }

  /// Nil for what is neither.
  var encoding: TextEncoding? {
    if isArchive || isUTF16 { return nil }
    if firstBad == nil { return head.starts(with: [0xEF, 0xBB, 0xBF]) ? .utf8WithMark : .utf8 }
    return hasUndefined ? nil : .windows1252
  }

  private var isArchive: Bool { head.starts(with: [0x50, 0x4B, 0x03, 0x04]) }
  private var isUTF16: Bool { head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) }

  var whatItIs: String {
    if isArchive { return "the file is a zip archive or a workbook, not text" }
    if isUTF16 { return "the file is UTF-16" }
    return "the file is neither UTF-8 nor Windows-1252"
  }
}
