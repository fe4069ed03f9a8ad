internal import Foundation

/// One of the program's own Python files, run once over lines of JSON.
struct HelperProcess {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The name of its file among the resources.
  let name: String
  /// What it is called when it fails: `chart helper`.
  let title: String
  /// Folders with the Python wheels that it imports.
  let wheels: [URL]
  /// Other files of the program that it finds beside itself.
  var companions: [(name: String, type: String)] = []

  /// A folder for the helper and its files, removed when the body ends.
  func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("places-\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// The helper's answers, one for each line. **Throws** `Failure` when it cannot be run or stops.
  func answers<Answer: Decodable>(to jobs: [String], in folder: URL, as type: Answer.Type) throws -> [Answer]
  {
    let script = folder.appendingPathComponent("\(name).py")
    try resourceData(name, "py").write(to: script)
    for companion in companions {
      try resourceData(companion.name, companion.type)
        .write(to: folder.appendingPathComponent("\(companion.name).\(companion.type)"))
    }
    let input = folder.appendingPathComponent("jobs")
    try Data(jobs.map { $0 + "\n" }.joined().utf8).write(to: input)

    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "PYTHONPATH": wheels.map(\.path).joined(separator: ":"), "SOURCE_DATE_EPOCH": "946684800",
      "PYTHONDONTWRITEBYTECODE": "1",
    ]) { $1 }
    let output = Pipe()
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = output
    // Errors go to a file, since two pipes read in turn could block each other.
    let complaints = folder.appendingPathComponent("errors")
    _ = FileManager.default.createFile(atPath: complaints.path, contents: nil)
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
      throw Failure(description: "the \(title) stopped: \(last)")
    }
    return try answers.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Answer.self, from: Data($0))
    }
  }
}

/// A line of JSON for a helper, with sorted keys.
func jobLine(_ fields: [String: String]) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(fields), as: UTF8.self)
}
