internal import Diagnostics
internal import Foundation

/// One file being imported: its layout, the row that is being read, and the account of all rows.
final class ImportReader {
  let file: ImportFile
  /// The file's place among those of the import, from 0.
  let index: Int
  let match: LayoutMatch
  var account: ImportAccount
  /// Codes of the areas that rows of the file are of, those of rows that are set aside among them.
  var found: Set<String> = []
  /// Rows of another length than the heading, which no import reads and which were refused.
  private(set) var misshapen: [(line: Int, cells: [String])] = []
  private let reader: RecordReader
  /// Titles may stand above the heading.
  private static let mostTitles = 30

  /// Finds the heading. **Throws** E101 for what is not CSV, E107 for a file without rows, E411 for headings of no known layout, E105
  /// and E412 for single headings.
  init(_ kind: ImportKind, _ file: ImportFile, index: Int = 0) throws(DiagnosticList) {
    self.file = file
    self.index = index
    let reader = try RecordReader(file)
    self.reader = reader
    var titles: [Bool] = []
    var nearest: (match: LayoutMatch, place: SourceLocation)?
    while titles.count < Self.mostTitles, try Self.nextHeading(reader, file) {
      let headings = (0..<reader.count).map { reader.text($0) }
      guard let match = LayoutMatch.best(kind.layouts, headings) else { break }
      if match.isComplete {
        var list = DiagnosticList()
        match.check(reader, &list)
        try list.check()
        self.match = match
        account = ImportAccount(file, match.layout)
        for isBlank in titles { account.other(isBlank ? "blank lines" : "titles above the heading") }
        return
      }
      titles.append(headings.allSatisfy(\.isEmpty))
      if match.score > (nearest?.match.score ?? 0) || nearest == nil, !headings.allSatisfy(\.isEmpty) {
        nearest = (match, reader.location(nil))
      }
    }
    if let fault = file.separatorFault(among: Self.mostTitles) { throw DiagnosticList([fault]) }
    throw DiagnosticList([
      nearest.map { $0.match.unknown(kind, $0.place) }
        ?? Diagnostic(
          .noRows, at: file.wholeFile, what: "the file is empty",
          why: "an empty table would count as nought everywhere", fix: "fetch it again")
    ])
  }

  /// The next record while the heading is looked for. **Throws** E101, which another separator than the comma may be the reason of.
  private static func nextHeading(_ reader: RecordReader, _ file: ImportFile) throws(DiagnosticList) -> Bool {
    do {
      return try reader.next()
    } catch {
      if let fault = file.separatorFault(among: mostTitles) { throw DiagnosticList([fault]) }
      throw error
    }
  }

  /// Figures in a row; 1 where the account counts rows.
  var unitsPerRow: Int { match.layout.family == nil ? 1 : match.family.count }

  /// The next row that has a cell for each heading; false at the end. Blank lines and notes are counted apart, and rows of another
  /// length are refused (E102).
  func next() throws(DiagnosticList) -> Bool {
    while try reader.next() {
      let isWhole = reader.count == match.headings.count
      if isWhole, (1..<reader.count).contains(where: { !reader.isBlank($0) }) {
        account.open(units: unitsPerRow)
        return true
      }
      let filled = (0..<reader.count).filter { !reader.isBlank($0) }
      guard let last = filled.last else {
        account.other("blank lines")
        continue
      }
      let width = match.headings.count
      if filled == [0], width > 2, reader.count == 1 || isNote {
        account.other("notes and headings within the table")
        continue
      }
      account.open(units: unitsPerRow)
      // Blank cells beyond the heading are no fault.
      if isWhole || reader.count > width && last < width { return true }
      misshapen.append((reader.line, texts))
      refuse(
        .wrongCellCount, nil, "this row has \(reader.count) cells, the heading \(width)",
        why: "it is not certain which cell belongs to which column",
        fix: "add or remove cells; put a text that holds a comma in quotation marks", units: unitsPerRow)
    }
    if account.rows == 0 {
      throw DiagnosticList(
        .noRows, at: file.wholeFile, what: "the file has headings but no rows",
        why: "an empty table would count as nought everywhere", fix: "fetch it again, with its rows")
    }
    return false
  }

  /// A first cell alone is a note where no figure could be meant by it.
  private var isNote: Bool { Int(reader.text(0)) == nil }

  // MARK: - Cells

  func column(_ key: String) -> Int? { match.columns[key] }
  func text(_ column: Int?) -> String { column.map { reader.text($0) } ?? "" }
  func text(_ key: String) -> String { text(column(key)) }
  /// The row cell by cell, those beyond the heading among them.
  var texts: [String] { (0..<reader.count).map { reader.text($0) } }
  func isBlank(_ column: Int?) -> Bool { column.map { reader.isBlank($0) } ?? true }
  func heading(_ column: Int?) -> String { column.map { match.headings[$0] } ?? "" }

  /// True when a cell's bytes are these.
  func equals(_ column: Int?, _ bytes: [UInt8]) -> Bool {
    guard let column else { return false }
    return reader.withBytes(column) { $0.elementsEqual(bytes) }
  }

  func figure(_ column: Int?, allowing sign: FigureSign = .none) -> Figure {
    guard let column else { return .blank }
    return reader.withBytes(column) { Figure($0) } ?? Figure(text(column), allowing: sign)
  }

  // MARK: - Refusals

  /// What to do about most faults: the program never corrects what was published.
  static let atItsSource = "correct it at its source"

  func fault(
    _ code: DiagnosticCode, _ column: Int?, _ what: String, why: String,
    fix: String = ImportReader.atItsSource
  ) -> Diagnostic {
    Diagnostic(code, at: reader.location(column), what: what, why: why, fix: fix)
  }

  /// Adds a fault to those of the present row that are known.
  func add(
    _ code: DiagnosticCode, _ column: Int?, _ what: String, why: String,
    fix: String = ImportReader.atItsSource, to faults: inout [Diagnostic]
  ) {
    faults.append(fault(code, column, what, why: why, fix: fix))
  }

  func refuse(
    _ code: DiagnosticCode, _ column: Int?, _ what: String, why: String,
    fix: String = ImportReader.atItsSource, units: Int = 1
  ) {
    refuse([fault(code, column, what, why: why, fix: fix)], units: units)
  }

  func refuse(_ faults: [Diagnostic], units: Int = 1) {
    account.refuse(RefusedRow(diagnostics: faults, line: reader.line, cells: cells), units)
  }

  /// The row for a person to recognise: the columns that the layout reads, blanks left out.
  private var cells: String {
    let read = Set(match.columns.values).union(match.family.map(\.column))
    return (0..<reader.count).filter { !reader.isBlank($0) && (read.contains($0) || reader.count < 20) }.map {
      ($0 < match.headings.count ? match.headings[$0] : "cell \($0 + 1)") + ": " + reader.text($0)
    }.joined(separator: " | ")
  }

  /// Where a cell of the present row stands.
  func place(_ column: Int?) -> SourceLocation { reader.location(column) }

  /// Of the present row, which may have to be refused later.
  var line: Int { reader.line }

  /// Refuses a row that was read before, when its fault shows only in the light of others.
  func refuse(
    line: Int, _ code: DiagnosticCode, _ what: String, why: String, fix: String, cells: String,
    units: Int = 1
  ) {
    let place = SourceLocation(file: file.path, line: line)
    let fault = Diagnostic(code, at: place, what: what, why: why, fix: fix)
    account.refuse(RefusedRow(diagnostics: [fault], line: line, cells: cells), units)
  }
}

extension [ImportReader] {
  /// For what is wrong with the files together: the first of them.
  var firstFile: SourceLocation { SourceLocation(file: first?.file.path ?? "") }
}
