import CapitalProgramme
import Diagnostics
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import Projection
import Runs
import Sufficiency

/// The time of one stage at one size.
struct StageResult: Encodable {
  let size: String
  let areas: Int
  let stage: String
  let repeats: Int
  /// Least and middle of the repeats. **Units** milliseconds.
  let leastMilliseconds: Double
  let medianMilliseconds: Double
  /// The middle time as a share of the whole line's, in the same run.
  let shareOfLine: Double

  var line: String {
    let name = "\(size) (\(areas) areas) \(stage)".padding(toLength: 36, withPad: " ", startingAt: 0)
    return name + String(format: "%10.3f ms   %5.1f%% of the line", medianMilliseconds, shareOfLine * 100)
  }
}

/// Times every stage of the line on a made-up authority of one size.
func benchmark(_ size: AuthoritySize, repeats: Int) throws -> [StageResult] {
  let folder = try SyntheticAuthority(size).write()
  defer {
    try? FileManager.default.removeItem(at: folder.deletingLastPathComponent().deletingLastPathComponent())
  }
  let request = ModelRequest(folder: folder)
  var times: [(stage: String, samples: [Double])] = []
  func time<T>(_ stage: String, _ body: () throws -> T) rethrows -> T {
    let start = ContinuousClock.now
    let answer = try body()
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    if let index = times.firstIndex(where: { $0.stage == stage }) {
      times[index].samples.append(milliseconds)
    } else {
      times.append((stage, [milliseconds]))
    }
    return answer
  }
  for _ in 0..<repeats {
    let text = try time("load") { try load(request) }
    let checked = try time("validate") { try validate(text) }
    let model = checked.model
    let pupils = try time("project") { try project(model) }
    let balance = time("compare") { compare(pupils, with: model) }
    let programme = time("prioritise") { reconcile(model.schemes, for: balance) }
    _ = try time("report") {
      let content = PaperContent(
        model: model, pupils: pupils, balance: balance, programme: programme,
        monitor: model.spending.map(monitor), warnings: checked.warnings.diagnostics)
      let html = try report(content).map { try HTMLRenderer(charts: [:]).render($0) }.joined()
      return html.utf8.count + DataTables(content).all.reduce(0) { $0 + $1.csv.utf8.count }
    }
  }
  let medians = times.map { $0.samples.sorted()[$0.samples.count / 2] }
  let line = medians.reduce(0, +)
  let stages = zip(times, medians).map { time, median in
    StageResult(
      size: size.rawValue, areas: size.areas, stage: time.stage, repeats: repeats,
      leastMilliseconds: time.samples.min() ?? median, medianMilliseconds: median,
      shareOfLine: median / line)
  }
  let whole = StageResult(
    size: size.rawValue, areas: size.areas, stage: "whole line", repeats: repeats,
    leastMilliseconds: stages.reduce(0) { $0 + $1.leastMilliseconds }, medianMilliseconds: line,
    shareOfLine: 1)
  return stages + [whole]
}

/// The results beside what they were measured on.
struct StageReport: Encodable {
  let format = "places-benchmarks/1"
  let version = programVersion
  let processors = ProcessInfo.processInfo.activeProcessorCount
  let note =
    "Times of one run on one machine; compare shares and ratios, not milliseconds. Authorities are synthetic."
  let results: [StageResult]
}

/// Writes a report as JSON.
func write(_ report: some Encodable, to name: String, below folder: URL) throws -> URL {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  encoder.keyEncodingStrategy = .convertToSnakeCase
  let file = folder.appendingPathComponent(name)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  try encoder.encode(report).write(to: file, options: .atomic)
  return file
}
