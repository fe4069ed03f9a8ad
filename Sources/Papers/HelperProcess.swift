internal import Foundation
internal import Synchronization

/// Why a chart could not be drawn, or a document not be made.
public struct RendererFailure: Error, CustomStringConvertible, Sendable {
  public let description: String

  /// `description` says what was not made, and why.
  public init(_ description: String) { self.description = description }
}

/// One of the program's own Python files, run over lines of JSON.
struct HelperProcess {
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
    let folder = try newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// A folder for the helper and its files, for the caller to remove.
  func newFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("places-\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// The helper's answers, one for each line. **Throws** `RendererFailure` when it cannot be run or stops.
  func answers<Answer: Decodable>(to jobs: [String], in folder: URL, as type: Answer.Type) throws -> [Answer]
  {
    let running = try start(in: folder)
    running.send(jobs)
    return try running.finish().map { try JSONDecoder().decode(Answer.self, from: $0) }
  }

  /// Starts it, so that it gets ready while other things are done. **Throws** `RendererFailure` when it cannot be run.
  func start(in folder: URL) throws -> RunningHelper {
    let script = folder.appendingPathComponent("\(name).py")
    try resourceData(name, "py").write(to: script)
    for companion in companions {
      try resourceData(companion.name, companion.type)
        .write(to: folder.appendingPathComponent("\(companion.name).\(companion.type)"))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "PYTHONPATH": wheels.map(\.path).joined(separator: ":"), "SOURCE_DATE_EPOCH": "946684800",
    ]) { $1 }
    // Python may keep the wheels as it has compiled them: doing that anew takes the PDF helper more than a second each time.
    process.environment?["PYTHONDONTWRITEBYTECODE"] = nil
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    // Errors go to a file, since two pipes read in turn could block each other.
    let complaints = folder.appendingPathComponent("errors")
    _ = FileManager.default.createFile(atPath: complaints.path, contents: nil)
    process.standardError = try FileHandle(forWritingTo: complaints)
    do {
      try process.run()
    } catch {
      throw RendererFailure("python3 cannot be started: \(error.localizedDescription)")
    }
    return RunningHelper(title: title, process: process, input: input, output: output, complaints: complaints)
  }
}

/// A helper at work: lines go in as they come, and answers are gathered meanwhile.
final class RunningHelper: @unchecked Sendable {
  private let title: String
  private let process: Process
  private let complaints: URL
  private let input: FileHandle
  private let writing = DispatchQueue(label: "places.helper.input")
  private let reading = DispatchGroup()
  private let answers = Mutex(Data())

  fileprivate init(title: String, process: Process, input: Pipe, output: Pipe, complaints: URL) {
    self.title = title
    self.process = process
    self.complaints = complaints
    self.input = input.fileHandleForWriting
    let end = output.fileHandleForReading
    // A queue of its own gets a thread of its own, however many others wait.
    DispatchQueue(label: "places.helper.output").async(group: reading) { [self] in
      let data = end.readDataToEndOfFile()
      answers.withLock { $0 = data }
    }
  }

  /// Hands it lines, without waiting for it to read them.
  func send(_ jobs: [String]) {
    let data = Data(jobs.map { $0 + "\n" }.joined().utf8)
    // A helper that has died says so when it is asked for its answers.
    writing.async { [input] in withoutBrokenPipes { try? input.write(contentsOf: data) } }
  }

  /// Its answers, line by line, once it has finished. **Throws** `RendererFailure` when it stopped.
  func finish() throws -> [Data] {
    writing.sync { try? input.close() }
    reading.wait()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = (try? String(contentsOf: complaints, encoding: .utf8)) ?? ""
      let last = text.split(separator: "\n").last.map(String.init) ?? "no reason given"
      throw RendererFailure("the \(title) stopped: \(last)")
    }
    return answers.withLock { $0 }.split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  /// Stops it without reading its answers.
  func stop() {
    process.terminate()
    writing.sync { try? input.close() }
    process.waitUntilExit()
  }
}

/// Makes it an error to write to a process that has died, which would otherwise end the program.
private func withoutBrokenPipes(_ body: () -> Void) {
  var (signals, before) = (sigset_t(), sigset_t())
  sigemptyset(&signals)
  sigaddset(&signals, SIGPIPE)
  pthread_sigmask(SIG_BLOCK, &signals, &before)
  body()
  var now = timespec()
  sigtimedwait(&signals, nil, &now)
  pthread_sigmask(SIG_SETMASK, &before, nil)
}

/// A line of JSON for a helper, with sorted keys.
func jobLine(_ fields: [String: String]) throws -> String {
  String(decoding: try plainJSON(fields), as: UTF8.self)
}
