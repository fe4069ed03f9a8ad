public import Diagnostics

/// What an account counts: whole rows, or the figures of rows that hold one for each year or year group.
public enum ImportUnit: String, Sendable, Codable {
  case rows, figures
}

/// What became of every row, or every figure, of one imported file: kept + set aside + refused = all.
public struct ImportAccount: Sendable {
  public let file: PanelInput.InputFile
  public let encoding: TextEncoding
  /// The name of the layout that its headings are.
  public let layout: String
  let layoutTitle: String
  public let unit: ImportUnit
  /// Rows below the heading.
  public private(set) var rows = 0
  /// Rows, or the figures in them.
  public private(set) var all = 0
  public private(set) var kept = 0
  public private(set) var setAside: [String: Int] = [:]
  public private(set) var refusedByCode: [DiagnosticCode: Int] = [:]
  public private(set) var refusals: [RefusedRow] = []
  /// Lines that are no rows: titles above the heading, blank lines, notes below the table.
  public private(set) var otherLines: [String: Int] = [:]
  /// What the counts do not say: sums that are not known because of rows that were refused or set aside.
  public private(set) var notes: [String] = []

  init(_ file: ImportFile, _ layout: ImportLayout) {
    self.file = .init(file: file.name, sha256: file.sha256)
    encoding = file.encoding
    self.layout = layout.name
    layoutTitle = layout.title
    unit = layout.family == nil ? .rows : .figures
  }

  public var refused: Int { refusedByCode.values.reduce(0, +) }

  /// Most first, then by name.
  public var setAsideInOrder: [(reason: String, count: Int)] {
    setAside.map { (reason: $0.key, count: $0.value) }.sorted {
      ($1.count, $0.reason) < ($0.count, $1.reason)
    }
  }

  public var refusedInOrder: [(code: DiagnosticCode, count: Int)] {
    refusedByCode.map { (code: $0.key, count: $0.value) }.sorted { $0.code.rawValue < $1.code.rawValue }
  }

  public var otherLinesInOrder: [(kind: String, count: Int)] {
    otherLines.map { (kind: $0.key, count: $0.value) }.sorted { $0.kind < $1.kind }
  }

  mutating func open(units: Int) {
    rows += 1
    all += units
  }

  mutating func keep(_ units: Int = 1) { kept += units }
  mutating func setAside(_ reason: String, _ units: Int = 1) {
    if units > 0 { setAside[reason, default: 0] += units }
  }
  mutating func other(_ kind: String) { otherLines[kind, default: 0] += 1 }
  mutating func note(_ text: String) { notes.append(text) }

  mutating func refuse(_ row: RefusedRow, _ units: Int) {
    refusals.append(row)
    if let code = row.diagnostics.first?.code { refusedByCode[code, default: 0] += units }
  }

  mutating func sortRefusals() {
    refusals.sort { ($0.line, $0.place.column ?? 0) < ($1.line, $1.place.column ?? 0) }
  }
}

extension RefusedRow {
  fileprivate var place: SourceLocation { diagnostics.first?.location ?? SourceLocation(file: "") }
}
