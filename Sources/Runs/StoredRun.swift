public import Diagnostics
public import Foundation
internal import ModelFiles
internal import Papers

/// A run that was written before: its papers and tables as content, read back from its folder.
public struct StoredRun: Sendable {
  public let folder: URL
  public let record: RunRecord
  private let papers: [Paper]
  private let tables: [Table]
  /// The charts as they were drawn: SVG by figure id.
  private let charts: [String: String]

  /// True where a folder holds a run rather than a model.
  public static func isRun(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("run.json").path)
  }

  /// **Throws** E601 for a run that cannot be read back.
  public init(_ folder: URL) throws(DiagnosticList) {
    self.folder = folder
    func read<Value>(_ file: String, _ body: () throws -> Value) throws(DiagnosticList) -> Value {
      do {
        return try body()
      } catch {
        let reason = (error as? DiagnosticList)?.sorted.diagnostics.first?.what ?? Self.plain(error)
        throw Self.unreadable(folder, file, reason)
      }
    }
    record = try read("run.json") { try RunRecord(in: folder) }
    try Self.check(record.outputs.map(\.file), named: "run.json", in: folder)
    var papers: [Paper] = []
    for output in record.outputs where output.file.hasPrefix("papers/") || output.file.hasPrefix("tables/") {
      let data = try read(output.file) {
        let data = try Data(contentsOf: folder.appendingPathComponent(output.file))
        guard sha256(data) == output.sha256 else {
          throw StoredTableFault(description: "it has changed since it was written")
        }
        return data
      }
      guard output.file.hasPrefix("papers/") else { continue }
      papers.append(
        try read(output.file) {
          let paper = try Paper(json: data)
          guard output.file == "papers/\(paper.name).json" else {
            throw StoredTableFault(description: "it is a paper of another name")
          }
          return paper
        })
    }
    self.papers = papers.sorted {
      ($0.name == "capital-paper" ? "" : $0.name) < ($1.name == "capital-paper" ? "" : $1.name)
    }
    tables = try read("tables/tables.json") { try StoredTables.read(folder) }
    charts = Self.charts(of: papers, in: folder, record)
    if papers.isEmpty { throw Self.unreadable(folder, "papers", "it has no papers as content") }
  }

  /// The pictures that stand in the folder as they were written, each beside the specification of its figure.
  private static func charts(of papers: [Paper], in folder: URL, _ record: RunRecord) -> [String: String] {
    let hashes = record.hashes
    func asWritten(_ file: String) -> Data? {
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(file)),
        sha256(data) == hashes[file]
      else { return nil }
      return data
    }
    var charts: [String: String] = [:]
    for figure in papers.flatMap(\.figures)
    where asWritten("charts/\(figure.id).json") == Data((figure.specification + "\n").utf8) {
      charts[figure.id] = asWritten("charts/\(figure.id).svg").map { String(decoding: $0, as: UTF8.self) }
    }
    return charts
  }

  /// What the run left says under which names papers are written again. **Throws** E601 for one that leads out of its folder.
  private static func check(
    _ names: [String], named file: String, in folder: URL
  ) throws(DiagnosticList) {
    for name in names {
      guard let fault = fileNameFault(name) else { continue }
      throw unreadable(folder, file, "it names a file '\(name)', which \(fault)")
    }
  }

  private static func unreadable(_ folder: URL, _ file: String, _ reason: String) -> DiagnosticList {
    DiagnosticList(
      .runUnreadable, at: SourceLocation(file: "\(folder.lastPathComponent)/\(file)"),
      what: "the run cannot be read back: \(reason)",
      why: "papers are made again from what the run left, and nothing of it may be guessed",
      fix: "restore the run's folder as it was written, or run the model again with 'places run'")
  }

  private static func plain(_ error: any Error) -> String {
    switch error {
    case let error as PaperFormatError: error.description
    case let error as StoredTableFault: error.description
    case is DecodingError: "it is not in the form that this version writes"
    default: "the file is not there or cannot be opened"
    }
  }

  /// Writes the papers again in some formats, without computing anything, with the charts that the run left where these are as they
  /// were written; the rest of the folder stays, and the record says what is there now. **Throws** E601 where a file that stays
  /// is gone, E602 where one stands there that no run wrote, E604; then nothing has changed.
  public func rewrite(
    _ formats: Set<PaperFormat>, renderer: Renderers?, progress: (String) -> Void = { _ in }
  ) throws -> WrittenRun {
    let rendered = try Rendering(
      papers: papers, tables: tables, formats: formats, renderers: renderer, ready: charts
    ).result(progress: progress)
    try Self.check(rendered.files.map(\.name), named: "papers", in: folder)
    let new = Dictionary(rendered.files.map { ($0.name, $0.data) }) { first, _ in first }
    var files: [RunFile] = []
    for output in record.outputs where new[output.file] == nil {
      let data: Data
      do {
        data = try Data(contentsOf: folder.appendingPathComponent(output.file))
      } catch {
        throw Self.unreadable(folder, output.file, Self.plain(error))
      }
      files.append((output.file, data))
    }
    files += rendered.files
    let changed = record.with(
      outputs: RunRecord.outputs(files),
      leftOut: record.leftOut(
        rendered.warnings, formats, missing: rendered.missing, files: files.map(\.name)))
    files.append(("run.json", try changed.json()))
    try replaceOwnFolder(folder, .run(papers, record, files), with: files)
    return WrittenRun(
      folder: folder, record: changed, papers: papers.map(\.name), warnings: rendered.warnings,
      missing: rendered.missing)
  }
}
