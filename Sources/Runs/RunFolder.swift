public import Diagnostics
public import Foundation
public import Papers
internal import PlacePlanning
public import Projection

/// What a run left on disk.
public struct WrittenRun: Sendable {
  public let folder: URL
  public let record: RunRecord
  /// W306 when charts were left out.
  public let warnings: DiagnosticList
  /// Nil where the model does not say how uncertain it is.
  public let ranges: PupilRanges?
}

/// The disk would not take the run; what was there before is untouched.
public struct WriteFailure: Error, CustomStringConvertible {
  public let description: String
}

extension PlanningRun {
  /// Draws behind the ranges of a run, where the model says how uncertain it is.
  public static let draws = 1000

  /// Writes `paper.html`, `tables/*.csv` and `run.json` under `reports/<model>/<run>/`.
  ///
  /// Everything is written beside its place and renamed into it, so that a reader never sees half a run; a run of the same
  /// name is replaced. Without a chart renderer the paper shows tables in place of charts, and W306 says so. **Throws**
  /// `WriteFailure` when the disk does; then nothing has changed.
  public func write(
    to reports: URL, seed: UInt64, renderer: ChartRenderer?, progress: (String) -> Void = { _ in }
  ) throws -> WrittenRun {
    var warnings = DiagnosticList()
    progress("drawing charts")
    let charts = drawnCharts(paper.figures, renderer, &warnings)
    progress("writing the paper")
    var files: [(name: String, data: Data)] = [
      ("paper.html", Data(try HTMLRenderer(charts: charts).render(paper).utf8))
    ]
    files += tables.all.map { ("tables/\($0.id).csv", Data($0.csv.utf8)) }
    var ranges: PupilRanges?
    if input.model.uncertainty != nil {
      progress("drawing ranges")
      let drawn = try simulate(input.model, pupils, draws: Self.draws, seed: seed)
      ranges = drawn
      files.append(("tables/ranges.csv", Data(DataTables.ranges(pupils, drawn).csv.utf8)))
    }
    let record = RunRecord(
      self, seed: seed, draws: ranges?.draws ?? 0,
      outputs: files.map { .init(file: $0.name, sha256: sha256($0.data)) },
      leftOut: warnings.diagnostics.map(\.what))
    files.append(("run.json", try record.json()))

    let parent = reports.appendingPathComponent(input.model.identity.key)
    let folder = parent.appendingPathComponent(record.run)
    try replaceFolder(folder, with: files)
    return WrittenRun(folder: folder, record: record, warnings: warnings, ranges: ranges)
  }
}

/// Charts by figure; none, and W306, where they cannot be drawn.
func drawnCharts(
  _ figures: [Figure], _ renderer: ChartRenderer?, _ warnings: inout DiagnosticList
) -> [String: String] {
  let reason: String
  do {
    if let renderer { return try renderer.render(figures) }
    reason = "the chart renderer is not installed"
  } catch {
    reason = "\(error)"
  }
  warnings.add(
    .rendererMissing, at: SourceLocation(file: "paper.html"),
    what: "charts were left out: \(reason)",
    why: "each chart's table stands in its place, so no figure is lost",
    fix: "install the renderer with 'make run' (or 'scripts/setup run'), then run again")
  return [:]
}

/// Writes files into a new folder beside `folder`, then puts it in its place.
func replaceFolder(_ folder: URL, with files: [(name: String, data: Data)]) throws {
  let manager = FileManager.default
  let parent = folder.deletingLastPathComponent()
  let id = UUID().uuidString
  let new = parent.appendingPathComponent(".\(folder.lastPathComponent)-\(id).new")
  let old = parent.appendingPathComponent(".\(folder.lastPathComponent)-\(id).old")
  do {
    for file in files {
      let url = new.appendingPathComponent(file.name)
      try manager.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try file.data.write(to: url)
    }
    if manager.fileExists(atPath: folder.path) { try manager.moveItem(at: folder, to: old) }
    do {
      try manager.moveItem(at: new, to: folder)
    } catch {
      if manager.fileExists(atPath: old.path) { try manager.moveItem(at: old, to: folder) }
      throw error
    }
    try? manager.removeItem(at: old)
  } catch {
    try? manager.removeItem(at: new)
    throw WriteFailure(
      description: "Nothing was written under \(parent.path). The system says: \(error.localizedDescription) "
        + "Check that it is a folder that you may write to and that the disk has room.")
  }
}

/// Finds the Python wheels: `PLACES_WHEELS`, else `.deps/py` in the working directory or above it, else above the program.
public func findChartRenderer() -> ChartRenderer? {
  if let path = ProcessInfo.processInfo.environment["PLACES_WHEELS"] {
    return FileManager.default.fileExists(atPath: path)
      ? ChartRenderer(wheels: URL(fileURLWithPath: path)) : nil
  }
  let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
  let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
  for start in [here, program] {
    var folder = start
    while folder.path != "/" {
      let wheels = folder.appendingPathComponent(".deps/py")
      if FileManager.default.fileExists(atPath: wheels.appendingPathComponent("vl_convert").path) {
        return ChartRenderer(wheels: wheels)
      }
      folder = folder.deletingLastPathComponent()
    }
  }
  return nil
}
