internal import Diagnostics
internal import Foundation
internal import ModelFiles
internal import Papers

/// Which files may stay in a run's folder when the run is written anew in some formats.
///
/// The rule: a file of a format that is not made now stays if it belongs to the very same run and is as that run wrote it. Two runs are the
/// same where their records agree in all but what was written (inputs by SHA-256, scenario, seed, version, what else was asked for), both
/// hold the same papers, tables and charts as content, and every file that both have written is the same to the byte. Otherwise nothing
/// stays: a missing PDF can be made again, whereas a stale one beside a changed paper would be read.
extension RunRecord {
  /// The files of the run of this record that stay in `folder`, by name. `new` is the run that is written there now, in the formats `made`, and
  /// `papers` are its papers. A file that no run could have written does not stay, whatever this record says.
  func stayingFiles(
    in folder: URL, beside new: RunRecord, _ papers: [Paper], made: Set<PaperFormat>
  ) throws -> [RunFile] {
    guard try isSameRun(as: new) else { return [] }
    let written = Set(new.outputs.map(\.file))
    let possible = Rendering.names(papers).union(openDataNames)
    return outputs.compactMap { output -> RunFile? in
      guard !written.contains(output.file), possible.contains(output.file),
        PaperFormat.of(output.file).map({ !made.contains($0) }) ?? true,
        let data = try? Data(contentsOf: folder.appendingPathComponent(output.file)),
        sha256(data) == output.sha256
      else { return nil }
      return (output.file, data)
    }
  }

  private func isSameRun(as other: RunRecord) throws -> Bool {
    let (mine, others) = (hashes, other.hashes)
    func content(_ files: [String: String]) -> Set<String> {
      Set(
        files.keys.filter { file in
          ["papers/", "tables/", "charts/"].contains(where: file.hasPrefix) && !file.hasSuffix(".svg")
        })
    }
    return try with(outputs: [], leftOut: []).json() == other.with(outputs: [], leftOut: []).json()
      && content(mine) == content(others)
      && others.allSatisfy { file, hash in mine[file].map { $0 == hash } ?? true }
  }

  /// What is left out of the run once some formats are written anew: what was left out of the other formats before, and what `warnings` says
  /// of these. `files` are all that stand there then; a paper among them that is not written again has the charts that it had.
  func leftOut(
    _ warnings: DiagnosticList, _ formats: Set<PaperFormat>, missing: Set<PaperFormat>, files: [String]
  ) -> [String] {
    let charts = "charts were left out"
    let new = warnings.diagnostics.map(\.what)
    let old = PaperFormat.withCharts.subtracting(formats.subtracting(missing))
    let isAsBefore = files.contains { file in old.contains { file.hasSuffix(".\($0.rawValue)") } }
    var replaced = formats.map { "\($0.title) was left out" }
    if !isAsBefore || new.contains(where: { $0.hasPrefix(charts) }) { replaced.append(charts) }
    let others = leftOut.filter { line in
      !new.contains(line) && !replaced.contains { line.hasPrefix($0) }
    }
    return (others + new).sorted()
  }
}

extension PaperFormat {
  /// The format with which a file of a run is written; nil for content and pictures of charts, which several formats need.
  static func of(_ file: String) -> PaperFormat? {
    if file.hasPrefix("open-data/") { return .csv }
    return file.contains("/") ? nil : allCases.first { file.hasSuffix(".\($0.rawValue)") }
  }
}

/// Every file of open data that a run may write.
let openDataNames: Set<String> = Set(
  ["pupil-forecast", "school-places"].flatMap { [$0, "\($0)-planning-areas"] }
    .flatMap { ["open-data/\($0).csv", "open-data/\($0).meta.csv"] })
