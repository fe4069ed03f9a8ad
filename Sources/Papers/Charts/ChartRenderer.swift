public import Foundation

/// Draws figures as SVG in one helper process (Vega-Lite through Python).
public struct ChartRenderer: Sendable {
  /// The folder with the Python wheels; the helper finds them on its path.
  public let wheels: URL

  public init(wheels: URL) {
    self.wheels = wheels
  }

  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  private struct Answer: Decodable {
    let id: String
    let svg: String?
    let error: String?
  }

  /// SVG by figure id. **Throws** `Failure` when the helper cannot be run or a chart cannot be drawn.
  public func render(_ figures: [Figure]) throws -> [String: String] {
    if figures.isEmpty { return [:] }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("places-charts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let jobs = folder.appendingPathComponent("jobs")
    let lines = figures.map { "{\"id\": \"\($0.id)\", \"spec\": \($0.specification)}\n" }
    try Data(lines.joined().utf8).write(to: jobs)
    let helper = folder.appendingPathComponent("charts.py")
    try Data(try resource("charts", "py").utf8).write(to: helper)

    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", helper.path]
    process.environment = ProcessInfo.processInfo.environment
      .merging(["PYTHONPATH": wheels.path]) { $1 }
    let output = Pipe()
    process.standardInput = try FileHandle(forReadingFrom: jobs)
    process.standardOutput = output
    // Errors go to a file, since two pipes read in turn could block each other.
    let complaints = folder.appendingPathComponent("errors")
    FileManager.default.createFile(atPath: complaints.path, contents: nil)
    process.standardError = try FileHandle(forWritingTo: complaints)
    do {
      try process.run()
    } catch {
      throw Failure(description: "python3 cannot be started: \(error.localizedDescription)")
    }
    let answers = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = (try? String(contentsOf: complaints, encoding: .utf8)) ?? ""
      let last = text.split(separator: "\n").last.map(String.init) ?? "no reason given"
      throw Failure(description: "the chart helper stopped: \(last)")
    }
    return try charts(from: answers, for: figures)
  }

  private func charts(from answers: Data, for figures: [Figure]) throws -> [String: String] {
    var charts: [String: String] = [:]
    for line in answers.split(separator: UInt8(ascii: "\n")) {
      let answer = try JSONDecoder().decode(Answer.self, from: Data(line))
      if let error = answer.error {
        throw Failure(description: "chart '\(answer.id)' cannot be drawn: \(error)")
      }
      charts[answer.id] = answer.svg
    }
    for figure in figures where charts[figure.id] == nil {
      throw Failure(description: "chart '\(figure.id)' did not come back")
    }
    return charts
  }
}
