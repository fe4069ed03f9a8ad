internal import Diagnostics
internal import Foundation

/// The text of one input file, with its fingerprint.
public struct SourceFile: Sendable {
  /// As messages show it: relative to the working directory where it lies below it.
  public let path: String
  /// As the model names it, relative to its folder: the same wherever the program is started.
  public let name: String
  public let text: String
  /// SHA-256 of the bytes as read, in hexadecimal.
  public let sha256: String
  /// The bytes of `text`, which are UTF-8 by then.
  let bytes: [UInt8]
  /// Where each line begins, so that no place is looked for from the start of the file.
  private let lineStarts: [Int]

  /// Reads and checks one file. With `skippingMark`, a byte order mark of UTF-8 is left out of the text. **Throws** E001 missing, E002
  /// unreadable, E003 not UTF-8, E004 byte order mark.
  init(path: String, name: String, url: URL, skippingMark: Bool = false) throws(DiagnosticList) {
    if let list = Self.otherThanFile(url, path) { throw list }
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw Self.unreadable(url, path, error)
    }
    try self.init(path: path, name: name, bytes: [UInt8](data), skippingMark: skippingMark)
  }

  /// Checks bytes already read. **Throws** E003, E004.
  init(
    path: String, name: String, bytes whole: [UInt8], skippingMark: Bool = false
  ) throws(DiagnosticList) {
    let place = SourceLocation(file: path)
    let bytes = skippingMark && whole.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(whole.dropFirst(3)) : whole
    if let mark = Self.byteOrderMark(bytes) {
      throw DiagnosticList(
        .byteOrderMark, at: place, what: "the file begins with a \(mark) byte order mark",
        why: "the mark would become part of the first column's name, which then matches nothing",
        fix: "save it as UTF-8 without the mark: in a text editor choose 'UTF-8', not 'UTF-8 with BOM'")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Self.badByte(bytes, path)
    }
    self.path = path
    self.name = name
    self.text = text
    self.bytes = bytes
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == newline }.map { $0 + 1 }
    sha256 = ModelFiles.sha256(whole)
  }

  private static func byteOrderMark(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return "UTF-8" }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    return nil
  }

  /// E002 for what stands at a place and is no file; nil for a file, and where nothing is there. To be asked before reading, which would wait
  /// for ever on a pipe that nobody writes to, and would never come to the end of some devices.
  static func otherThanFile(_ url: URL, _ path: String) -> DiagnosticList? {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return nil }
    let place = SourceLocation(file: path)
    let what: String
    switch status.st_mode & S_IFMT {
    case S_IFREG: return nil
    case S_IFDIR:
      return DiagnosticList(
        .fileUnreadable, at: place, what: "it is a folder, not a file",
        why: "a file is read here, and nothing tells which of those in the folder is meant",
        fix: "name the file itself, or put it in the folder's place")
    case S_IFIFO: what = "a pipe"
    case S_IFSOCK: what = "a socket"
    default: what = "a device"
    }
    return DiagnosticList(
      .fileUnreadable, at: place, what: "it is \(what), not a file",
      why: "what was read from it could not be looked up or read again",
      fix: "save its content as a file, and name that")
  }

  /// Why a file cannot be read: E001, E002.
  static func unreadable(_ url: URL, _ path: String, _ error: any Error) -> DiagnosticList {
    if let list = otherThanFile(url, path) { return list }
    let place = SourceLocation(file: path)
    guard FileManager.default.fileExists(atPath: url.path) else {
      return DiagnosticList(
        .fileMissing, at: place, what: "the file is not there",
        why: "it was asked for, so every answer depends on it",
        fix: "put the file there, or correct the name where it is given")
    }
    return DiagnosticList(
      .fileUnreadable, at: place, what: "the file cannot be read",
      why: "the system says: \(systemWords(error))", fix: "check that you may read it")
  }

  private static func badByte(_ bytes: [UInt8], _ path: String) -> DiagnosticList {
    var good = bytes.startIndex
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    scan: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): good += UTF8.width(scalar)
      case .emptyInput, .error: break scan
      }
    }
    let lineStart = bytes[..<good].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let line = bytes[..<good].count { $0 == newline } + 1
    let column = String(decoding: bytes[lineStart..<good], as: UTF8.self).count + 1
    let byte = good < bytes.count ? bytes[good] : 0
    let likely = windows1252[byte].map { ", which is \($0) in Windows-1252" } ?? ""
    return DiagnosticList(
      .notUTF8, at: SourceLocation(file: path, line: line, column: column),
      what: "the text is not UTF-8: byte 0x\(String(byte, radix: 16, uppercase: true))\(likely)",
      why: "letters and pound signs would be read wrongly, and names would not match",
      fix: "save the file as UTF-8 without a byte order mark; a text editor offers both")
  }

  /// The Windows-1252 characters that turn up in this field's files.
  private static let windows1252: [UInt8: String] = [
    0x80: "'€'", 0x85: "'…'", 0x91: "'‘'", 0x92: "'’'", 0x93: "'“'", 0x94: "'”'", 0x96: "'–'",
    0x97: "'—'", 0xA0: "a no-break space", 0xA3: "'£'", 0xE2: "'â'", 0xE9: "'é'", 0xF4: "'ô'",
  ]

  /// The text of one line, counted from 1.
  func lineText(_ line: Int) -> String? {
    guard let range = range(ofLine: line) else { return nil }
    let text = String(decoding: bytes[range], as: UTF8.self)
    return text.hasSuffix("\r") ? String(text.dropLast()) : text
  }

  /// The bytes of a line without its LF; nil beyond the last.
  private func range(ofLine line: Int) -> Range<Int>? {
    let index = max(1, line) - 1
    guard index < lineStarts.count else { return nil }
    return lineStarts[index]..<(index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count)
  }

  /// A location in this file, with the line's text. Each fault of a line holds it, so one that is too long to be shown is left out.
  func location(line: Int, column: Int) -> SourceLocation {
    let isShort = (range(ofLine: line)?.count ?? 0) <= 2000
    return SourceLocation(file: path, line: line, column: column, excerpt: isShort ? lineText(line) : nil)
  }

  /// Where the byte at an offset stands, its column counted in characters.
  func location(atByte offset: Int) -> SourceLocation {
    let offset = min(offset, bytes.count)
    return location(line: lineStarts.count { $0 <= offset }, offset: offset)
  }

  /// Where a cell stands, its column counted in characters.
  func location(of cell: CSVCell) -> SourceLocation {
    location(line: cell.line, offset: min(cell.offset, bytes.count))
  }

  /// A byte of a line that is known.
  private func location(line: Int, offset: Int) -> SourceLocation {
    let start = min(lineStarts[min(line, lineStarts.count) - 1], offset)
    return location(line: line, column: String(decoding: bytes[start..<offset], as: UTF8.self).count + 1)
  }

  var wholeFile: SourceLocation { SourceLocation(file: path) }
}

/// What the system says of an error, without the names of files that the user never gave.
package func systemWords(_ error: any Error) -> String {
  let error = error as NSError
  guard let cause = (error.userInfo[NSUnderlyingErrorKey] as? any Error).map({ $0 as NSError }),
    cause.domain == NSPOSIXErrorDomain
  else { return error.localizedDescription }
  return String(cString: strerror(Int32(cause.code)))
}
