public import Diagnostics
public import Foundation
internal import PlacePlanning

/// Published files as a data set of the project: `data.csv`, `data.schema.yaml`, `README.md` and `refused.csv`.
public struct ImportedDataset: Sendable {
  public let kind: ImportKind
  public let title: String
  /// Names of the columns of `data.csv`.
  public let columns: [String]
  /// Rows of `data.csv`.
  public let rows: Int
  /// The role that a trajectory fills in `model.yaml` as it stands; nil for other tables.
  public let role: String?
  /// One for each file, in the order given.
  public let accounts: [ImportAccount]
  public let warnings: DiagnosticList
  public let files: [(name: String, data: Data)]

  /// All refusals, in the order of files and rows.
  public var refusals: DiagnosticList {
    DiagnosticList(accounts.flatMap { $0.refusals.flatMap(\.diagnostics) })
  }

  init(_ table: ImportedTable, _ request: ImportRequest) throws(DiagnosticList) {
    kind = request.kind
    title = table.title
    columns = table.columns.map(\.name)
    rows = table.rows.count
    role = table.use?.role.rawValue
    accounts = table.accounts.map { account in
      var account = account
      account.sortRefusals()
      return account
    }
    warnings = table.warnings
    guard !table.rows.isEmpty else { throw Self.nothingKept(accounts) }
    let source = request.source ?? request.kind.usualSource.key
    files = [
      ("data.csv", Self.data(table)), ("data.schema.yaml", Self.schema(table, source, request)),
      ("README.md", ImportReadme(table, accounts, source, request).text),
      ("refused.csv", CSVText.refusals(accounts.map { ($0.file.file, $0.refusals) })),
    ].map { ($0, Data($1.utf8)) }
  }

  private static func data(_ table: ImportedTable) -> String {
    let isText = table.columns.map { [.text, .code].contains($0.type) }
    var text = CSVText.line(table.columns.map(\.name))
    for row in table.rows {
      text += CSVText.line(zip(row, isText).map { $1 ? withFormulaMark($0) : $0 })
    }
    return text
  }

  private static func schema(_ table: ImportedTable, _ source: String, _ request: ImportRequest) -> String {
    let columns = table.columns.map { column in
      var lines = ["  \(column.name):", "    type: \(column.type.rawValue)"]
      if let unit = column.unit { lines.append("    unit: \(unit)") }
      if let range = column.range {
        lines.append("    minimum: \(dataNumber(range.lowerBound))")
        lines.append("    maximum: \(dataNumber(range.upperBound))")
      }
      if column.isOptional { lines.append("    optional: yes") }
      if !column.words.isEmpty { lines.append("    words: [\(column.words.joined(separator: ", "))]") }
      if let description = column.description { lines.append("    description: \(yamlQuoted(description))") }
      return lines.joined(separator: "\n")
    }
    return SchemaText(
      dataset: table.name, title: table.title, source: source, retrieved: request.retrieved, mark: table.mark,
      notes:
        "Imported by the program. README.md says from what and how, and counts every row; refused.csv lists every refusal.",
      columns: columns.joined(separator: "\n"), key: table.key
    ).text
  }

  private static func nothingKept(_ accounts: [ImportAccount]) -> DiagnosticList {
    var list = DiagnosticList()
    for account in accounts {
      let fates =
        account.setAsideInOrder.prefix(4).map { "\($0.count) set aside: \($0.reason)" }
        + ["\(account.refused) refused"] + account.notes
      list.add(
        .nothingKept, at: SourceLocation(file: account.file.file),
        what: "nothing can be kept; \(account.unit.rawValue): \(fates.joined(separator: ", "))",
        why: "an empty data set would count as nought everywhere",
        fix: "correct the refused rows, or check that this is the right file and the right area")
      list.add(contentsOf: DiagnosticList(account.refusals.prefix(3).flatMap(\.diagnostics)))
    }
    return list
  }
}

/// Reads published files of one kind and turns them into a data set.
///
/// A row, or a figure of a row that holds many, is kept, set aside with a reason, or refused with everything that is wrong with it.
/// **Throws** E001, E002, E410 and E417 for files that cannot be read; E101, E105, E107, E411 and E412 for their layout; E413 for
/// files that may not be mixed; E414 for what they do not say; E407 when nothing would be kept; E418 when the area asked for
/// is not there.
public func importDataset(_ request: ImportRequest) throws(DiagnosticList) -> ImportedDataset {
  var list = DiagnosticList()
  let files = request.files.compactMap { url in
    list.gather { () throws(DiagnosticList) -> ImportFile in
      if request.kind == .housing, Workbook.isWorkbook(url) {
        return try Workbook.file(url, sheet: request.sheet)
      }
      return try ImportFile(url)
    }
  }
  try list.check()
  return try importDataset(request, files)
}

func importDataset(
  _ request: ImportRequest, _ files: [ImportFile]
) throws(DiagnosticList) -> ImportedDataset {
  var list = DiagnosticList()
  let readers = files.enumerated().compactMap { index, file in
    list.gather { () throws(DiagnosticList) in try ImportReader(request.kind, file, index: index) }
  }
  try list.check()
  var table =
    switch request.kind {
    case .census: try readCensus(readers, request)
    case .births: try readBirths(readers, request)
    case .scap: try readSchoolCapacity(readers, request)
    case .scorecards: try readScorecards(readers, request)
    case .gias: try readGias(readers, request)
    case .housing: try readTrajectory(readers, request)
    }
  try checkAuthority(request.authority, in: readers)
  table.accounts = readers.map(\.account)
  for file in files {
    if let warning = file.warning { table.warnings.add(warning) }
  }
  return try ImportedDataset(table, request)
}

/// E418, when the one area that was asked for stands in no row.
private func checkAuthority(_ authority: String?, in readers: [ImportReader]) throws(DiagnosticList) {
  let found = Set(readers.flatMap(\.found))
  guard let authority, !found.contains(authority) else { return }
  throw DiagnosticList(
    .authorityNotFound, at: readers.firstFile,
    what: "no row is of area '\(authority)'", why: "a data set without it would be empty",
    fix: AuthorityChange.remedy(authority, found: found)
      ?? didYouMean(
        authority, among: found, else: "write the code as the file has it; there are \(found.count) areas"))
}
