public import Diagnostics
public import Foundation
internal import ModelFiles
internal import OpenData
public import Papers
internal import PlacePlanning

/// What a run left on disk.
public struct WrittenRun: Sendable {
  public let folder: URL
  public let record: RunRecord
  /// The names of its papers, in the order in which they are read.
  public let papers: [String]
  /// W306 when charts were left out, W601 and W602 for formats, W603 for open data.
  public let warnings: DiagnosticList
  /// Formats that were asked for and could not be made.
  public let missing: Set<PaperFormat>
}

extension PlanningRun {
  /// Writes the papers in the formats asked for, with `tables/`, `open-data/`, `charts/`, `papers/` and `run.json`, under
  /// `reports/<model>/<run>/`.
  ///
  /// Everything is written beside its place and renamed into it, so that a reader never sees half a run; a run of the same
  /// name is replaced, and nothing that no run wrote. What it had in other formats stays where its papers are the same, by the
  /// rule of `RunRecord.stayingFiles`. Without a renderer the papers show tables in place of charts, or a format is
  /// left out, and a warning says so. `drawing` holds charts that were begun with the run. Counts below `suppressBelow`, or below
  /// what the model says, are not in the open data. **Throws** E602 where a file that no run wrote stands in the run's folder, E604
  /// when the disk will not take it; then nothing has changed.
  public func write(
    to reports: URL, renderer: Renderers?, formats: Set<PaperFormat> = Set(PaperFormat.allCases),
    suppressBelow: Int? = nil, drawing: ChartDrawing? = nil, progress: (String) -> Void = { _ in }
  ) throws -> WrittenRun {
    let tables = tables.all
    // Where charts are being drawn, this is done meanwhile.
    var published = (files: [RunFile](), warnings: DiagnosticList())
    if formats.contains(.csv) {
      progress("suppressing small counts")
      published.files = try openData(suppressBelow, &published.warnings)
    }
    let rendered = try Rendering(
      papers: papers, tables: tables, formats: formats, renderers: renderer, drawing: drawing
    ).result(progress: progress)
    var (files, warnings) = (rendered.files, rendered.warnings)
    let named = StoredTables.named(tables, papers)
    files += named.map { ("tables/\($0.name).csv", Data($0.table.csv.utf8)) }
    files.append(("tables/tables.json", try StoredTables(named).json()))
    files += published.files
    warnings.add(contentsOf: published.warnings)
    var record = RunRecord(
      self, suppressBelow: suppressBelow, outputs: RunRecord.outputs(files),
      leftOut: warnings.diagnostics.map(\.what).sorted())
    let parent = reports.appendingPathComponent(input.model.identity.key)
    let folder = parent.appendingPathComponent(record.run)
    let earlier = try? RunRecord(in: folder)
    let staying = try earlier?.stayingFiles(
      in: folder, beside: record, papers, made: formats.subtracting(rendered.missing))
    if let earlier, let staying, !staying.isEmpty {
      files += staying
      record = record.with(
        outputs: RunRecord.outputs(files),
        leftOut: earlier.leftOut(warnings, formats, missing: rendered.missing, files: files.map(\.name)))
    }
    files.append(("run.json", try record.json()))
    try replaceOwnFolder(folder, .run(papers, earlier, files), with: files)
    return WrittenRun(
      folder: folder, record: record, papers: papers.map(\.name), warnings: warnings,
      missing: rendered.missing)
  }

  /// The published data sets; none, and W603, where the model does not say by which codes, or a file breaks a rule.
  private func openData(_ suppressBelow: Int?, _ warnings: inout DiagnosticList) throws -> [RunFile] {
    func leaveOut(_ reason: String, _ why: String, _ fix: String) -> [RunFile] {
      warnings.add(
        .openDataLeftOut, at: SourceLocation(file: "open-data"), what: "open data were left out: \(reason)",
        why: why, fix: fix)
      return []
    }
    guard let codes = input.model.identity.openData else {
      return leaveOut(
        "model.yaml has no 'open_data'",
        "published files name every authority and region by its national code, and none may be guessed",
        "add to model.yaml: open_data: { authority_ons_code: E…, region_code: E12…, region_name: … }")
    }
    let data = try openDataFiles(
      input.model, codes, pupils, balance, suppressBelow: suppressBelow ?? codes.suppressBelow)
    if let file = data.first(where: { !$0.faults.isEmpty }), let fault = file.faults.first {
      return leaveOut(
        "\(file.name) breaks the rule \(fault)", "the statistics service would refuse the file",
        "correct the name or code in the model's data that the rule speaks of")
    }
    return data.flatMap { file in
      [
        ("open-data/\(file.name).csv", Data(file.csv.utf8)),
        ("open-data/\(file.name).meta.csv", Data(file.metaCSV.utf8)),
      ]
    }
  }
}

extension OwnFolder {
  /// A run's folder. Its files are those that the run writes now, those that its papers may be written as, and those that the record in the
  /// folder names. Without a record, papers that differ from those of now count as worked on.
  static func run(_ papers: [Paper], _ record: RunRecord?, _ files: [RunFile]) -> OwnFolder {
    let names = Rendering.names(papers).union(files.map(\.name)).union(openDataNames)
    let new = Dictionary(files.map { ($0.name, sha256($0.data)) }) { first, _ in first }
    let fingerprints = record?.hashes ?? Dictionary(uniqueKeysWithValues: names.map { ($0, new[$0] ?? "") })
    return OwnFolder(
      what: "run", known: names.union(fingerprints.keys),
      fingerprints: fingerprints.filter { mayBeWorkedOn($0.key) },
      isRecorded: record != nil)
  }
}

/// Whether a file of a run is one that people open and may change.
func mayBeWorkedOn(_ file: String) -> Bool { [".docx", ".html", ".xlsx"].contains(where: file.hasSuffix) }
