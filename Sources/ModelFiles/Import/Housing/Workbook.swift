internal import Diagnostics
internal import Foundation

#if canImport(FoundationXML)
  internal import FoundationXML
#endif

/// A workbook of Office Open XML, opened with `unzip`: a worksheet becomes rows of text, a line for each row of the sheet.
enum Workbook {
  /// The most bytes that are read of a part: a small archive can hold a part without end.
  private static let mostBytes = 200_000_000

  static func isWorkbook(_ url: URL) -> Bool {
    guard SourceFile.otherThanFile(url, url.path) == nil, let handle = try? FileHandle(forReadingFrom: url)
    else { return false }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: 4)) == Data([0x50, 0x4B, 0x03, 0x04])
  }

  /// The sheet of that name, or the only one that has a heading of a trajectory. **Throws** E417.
  static func file(_ url: URL, sheet wanted: String?) throws(DiagnosticList) -> ImportFile {
    let path = url.relativePath
    func fault(_ what: String, _ fix: String) -> DiagnosticList {
      DiagnosticList(
        .workbookUnreadable, at: SourceLocation(file: path), what: what,
        why: "its cells cannot be told for certain", fix: fix)
    }
    let archive: Data
    do { archive = try Data(contentsOf: url, options: .mappedIfSafe) } catch {
      throw SourceFile.unreadable(url, path, error)
    }
    let fingerprint = sha256(archive)
    let book: (sheets: [(name: String, part: String)], strings: [String])
    do { book = try contents(url) } catch {
      throw fault(
        "the workbook cannot be opened: \(error)", "open it in a spreadsheet, save it as .xlsx and try again")
    }
    if let wanted, !book.sheets.contains(where: { $0.name == wanted }) {
      throw fault(
        "there is no sheet '\(wanted)'",
        didYouMean(
          wanted, among: book.sheets.map(\.name),
          else: "its sheets are: \(book.sheets.map(\.name).joined(separator: ", "))"))
    }
    var candidates: [(name: String, bytes: [UInt8])] = []
    for sheet in book.sheets where wanted == nil || sheet.name == wanted {
      do {
        let parser = try parse(part(url, sheet.part), SheetParser(book.strings))
        let bytes = parser.text()
        if wanted != nil || hasTrajectory(bytes, path) { candidates.append((sheet.name, bytes)) }
      } catch {
        throw fault(
          "the sheet '\(sheet.name)' cannot be read: \(error)",
          "open it in a spreadsheet, save it as .xlsx and try again")
      }
    }
    guard candidates.count == 1 else {
      throw fault(
        candidates.isEmpty
          ? "no sheet has a heading with a site and years"
          : "\(candidates.count) sheets have a heading with a site and years: "
            + candidates.map(\.name).joined(separator: ", "),
        candidates.isEmpty
          ? "check that this is the trajectory: a row a site, a column a year such as 2018/19"
          : "choose one with --sheet")
    }
    return try ImportFile(
      path: "\(path)[\(candidates[0].name)]", name: "\(url.lastPathComponent)[\(candidates[0].name)]",
      bytes: candidates[0].bytes, fingerprint: fingerprint)
  }

  private static func hasTrajectory(_ bytes: [UInt8], _ path: String) -> Bool {
    guard let file = try? ImportFile(path: path, name: path, bytes: bytes) else { return false }
    return (try? ImportReader(.housing, file)) != nil
  }

  // MARK: - Parts

  /// The sheets in their order, each with the name of its part, and the texts that their cells share.
  private static func contents(
    _ url: URL
  ) throws -> (sheets: [(name: String, part: String)], strings: [String]) {
    let book = try parse(part(url, "xl/workbook.xml"), WorkbookParser())
    let parts = try parse(part(url, "xl/_rels/workbook.xml.rels"), RelationshipParser()).targets
      .mapValues { $0.hasPrefix("/") ? String($0.dropFirst()) : "xl/" + $0 }
    let sheets: [(name: String, part: String)] = book.sheets.compactMap { sheet in
      parts[sheet.id].map { (sheet.name, $0) }
    }
    let shared = parts.values.first { $0.hasSuffix("sharedStrings.xml") }
    let strings = try shared.map { try parse(part(url, $0), SharedStringParser()).strings } ?? []
    return (sheets, strings)
  }

  private struct Unreadable: Error, CustomStringConvertible { let description: String }

  private static func part(_ url: URL, _ name: String) throws -> Data {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // A name in brackets would be a pattern to unzip; the parts of a workbook have none.
    process.arguments = ["unzip", "-p", url.path, name]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    var data = Data()
    while let block = try pipe.fileHandleForReading.read(upToCount: 1 << 20), !block.isEmpty {
      data += block
      if data.count > mostBytes {
        process.terminate()
        throw Unreadable(description: "'\(name)' holds more than \(mostBytes / 1_000_000) MB")
      }
    }
    process.waitUntilExit()
    switch process.terminationStatus {
    case 0: return data
    case 127: throw Unreadable(description: "the program 'unzip' is not installed")
    default: throw Unreadable(description: "it has no part '\(name)', or the archive is damaged")
    }
  }

  private static func parse<Delegate: NSObject & XMLParserDelegate>(
    _ data: Data, _ delegate: Delegate
  ) throws -> Delegate {
    let parser = XMLParser(data: data)
    parser.shouldResolveExternalEntities = false
    parser.delegate = delegate
    guard parser.parse() else {
      throw Unreadable(
        description: parser.parserError.map { "\($0.localizedDescription)" } ?? "its XML is not sound")
    }
    return delegate
  }
}

private final class WorkbookParser: NSObject, XMLParserDelegate {
  var sheets: [(name: String, id: String)] = []

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    guard element == "sheet", let name = attributes["name"] else { return }
    let id = attributes.first { $0.key == "r:id" || $0.key.hasSuffix(":id") }?.value
    sheets.append((name, id ?? ""))
  }
}

private final class RelationshipParser: NSObject, XMLParserDelegate {
  var targets: [String: String] = [:]

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    if element == "Relationship", let id = attributes["Id"] { targets[id] = attributes["Target"] }
  }
}

private final class SharedStringParser: NSObject, XMLParserDelegate {
  var strings: [String] = []
  private var text = ""
  private var isText = false
  private var isPhonetic = false

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    switch element {
    case "si": text = ""
    case "rPh": isPhonetic = true
    case "t": isText = !isPhonetic
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) {
    if isText { text += characters }
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
  ) {
    switch element {
    case "si": strings.append(text)
    case "rPh": isPhonetic = false
    case "t": isText = false
    default: break
    }
  }
}
