public import Diagnostics
public import Foundation
public import ModelFiles
internal import Papers
internal import PlacePlanning
internal import Projection

/// In which form results leave the program.
public enum ExportKind: String, CaseIterable, Sendable, Codable {
  /// Forecasts and need by planning area, shaped as the School Capacity survey publishes them.
  case scap
  /// One tidy table each of forecast, balance, ranges, chances and programmes, for R and pandas.
  case plain
}

/// A model's results as files for other programs.
public struct ModelExport: Sendable {
  /// A table as it is written.
  public struct File: Sendable, Encodable {
    public let file: String
    public let rows: Int
    public let sha256: String
  }

  public let kind: ExportKind
  public let scenario: String
  public let tables: [File]
  public let warnings: DiagnosticList
  let files: [(name: String, data: Data)]

  /// Runs the model and makes its files. **Throws** what `PlanningRun` throws. `seed` is of the draws behind `ranges.csv`.
  public init(_ request: ModelRequest, kind: ExportKind, seed: UInt64 = 1) throws {
    let run = try PlanningRun(request, seed: seed)
    self.kind = kind
    scenario = run.input.model.scenario
    var warnings = run.input.warnings
    let tables: [ExportTable]
    switch kind {
    case .scap:
      let scap = ScapTables(run)
      tables = try scap.tables
      if let warning = scap.warning(request) { warnings.add(warning) }
    case .plain:
      tables = plainTables(run)
    }
    self.warnings = warnings
    let data = tables.map { (name: "\($0.table.id).csv", data: Data($0.table.csv.utf8)) }
    let package = try ExportPackage(run, kind, tables, seed: seed).json()
    let readme = Data(exportReadme(run, kind, tables).utf8)
    files = data + [("datapackage.json", package), ("README.md", readme)]
    self.tables = zip(tables, data).map { table, file in
      File(file: file.name, rows: table.table.rows.count, sha256: sha256(file.data))
    }
  }

  /// Writes the files into a folder, all or none of them; one that is empty or an earlier export is replaced. **Throws** E602
  /// where anything else stands there, E604 when the disk will not take it.
  public func write(to folder: URL) throws {
    let tables = [
      "forecast", "balance", "programme", "ranges", "risk", "chosen_programme", "chosen_programme_years",
      "scap_forecast", "scap_need",
    ].map { "\($0).csv" }
    try replaceOwnFolder(
      folder,
      OwnFolder(
        what: "export", known: Set(tables + ["datapackage.json", "README.md"]),
        marks: ["datapackage.json": "", "README.md": "Written by `places export`"]),
      with: files)
  }
}

/// A table, and what each of its columns holds.
struct ExportTable {
  /// A column in the terms of Frictionless Table Schema.
  struct Field: Encodable {
    let name: String
    let type: String
    let description: String
  }

  let table: Table
  /// One for each column, in their order.
  let fields: [Field]
}
