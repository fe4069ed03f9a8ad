internal import Diagnostics
internal import Foundation
internal import ModelFiles
internal import Papers
internal import Scenarios

/// The finished points of one shard, in a file that only grows.
///
/// Each line is sixteen digits of SHA-256, a blank and a JSON object: first what is swept, then a point a line, in the order in
/// which they were finished. A line is written at once and counts when it is whole, so that a process that is killed loses only
/// the points that it was working on; what a torn write has left at the end is cut off. The file is locked while it is written.
///
/// Unchecked: `SweepWork` lets one thread at a time have it.
final class SweepJournal: @unchecked Sendable {
  static let name = "journal.jsonl"

  private struct Header: Codable {
    let definition: SweepDefinition
    let shard: SweepShard
  }

  let definition: SweepDefinition
  let shard: SweepShard
  /// As messages show it.
  let path: String
  private let file: FileHandle
  /// Where the line of each of the shard's points begins; nil for a point that is not finished.
  private var starts: [UInt64?]
  private(set) var finished = 0
  private var end: UInt64

  /// Opens a folder's journal to go on with it, or begins one. **Throws** E041 where it is of another sweep, E042 where it is
  /// damaged, E602 where the folder is no sweep's, E604 where it cannot be written or somebody else writes it.
  init(in folder: URL, _ definition: SweepDefinition, _ shard: SweepShard) throws {
    let url = folder.appendingPathComponent(Self.name)
    path = url.relativePath
    self.definition = definition
    self.shard = shard
    try checkSweepFolder(folder)
    if !holds(url, "\n") { try checkResults(in: folder, of: definition) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw notWritten(folder, systemWords(error), "nothing was computed")
    }
    let descriptor = open(url.path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw notWritten(url, systemWords(), "nothing was computed") }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw notWritten(
        url, systemWords(), "another process is writing this sweep",
        fix: "wait for it, or give each its own --out")
    }
    let scan = try Scan(file, path)
    starts = [UInt64?](repeating: nil, count: shard.points(of: definition.count))
    end = scan.end
    let begun = try plainJSON(Header(definition: definition, shard: shard))
    // What is cut off is a line that was torn, and nothing of the user's own.
    if scan.header == nil, !Self.line(begun).starts(with: try Data(contentsOf: url)) {
      throw damaged(path, line: 1)
    }
    guard ftruncate(descriptor, off_t(scan.end)) == 0 else {
      throw failure("it cannot be cut to its whole lines", systemWords())
    }
    guard let header = scan.header else {
      try append(begun)
      return
    }
    let found = try JSONDecoder().decode(Header.self, from: header)
    var differences = definition.differences(from: found.definition)
    if found.shard != shard { differences.append("--shard (it is \(found.shard))") }
    guard differences.isEmpty else { throw sweepOfAnother(path, line: 1, differences) }
    try take(scan)
  }

  /// Opens a folder's journal to read it. **Throws** E001, E042.
  init(reading folder: URL) throws {
    let url = folder.appendingPathComponent(Self.name)
    path = url.relativePath
    guard let file = try? FileHandle(forReadingFrom: url) else {
      throw DiagnosticList(
        .fileMissing, at: SourceLocation(file: path), what: "there is no sweep's journal",
        why: "a shard's points are read from it", fix: "name the --out folder of each shard")
    }
    self.file = file
    let scan = try Scan(file, path)
    guard let header = scan.header, let found = try? JSONDecoder().decode(Header.self, from: header) else {
      throw damaged(path, line: 1)
    }
    definition = found.definition
    shard = found.shard
    starts = [UInt64?](repeating: nil, count: found.shard.points(of: found.definition.count))
    end = scan.end
    try take(scan)
  }

  private func take(_ scan: Scan) throws {
    let identity = try definition.identity()
    for line in scan.points {
      guard let position = shard.position(of: line.point), starts.indices.contains(position),
        line.id == SweepPoint.id(identity, definition.design.point(line.point))
      else { throw damaged(path, line: line.line, "this line of the journal is no point of its sweep") }
      if starts[position] == nil { finished += 1 }
      starts[position] = line.start
    }
  }

  func isFinished(_ position: Int) -> Bool { starts[position] != nil }

  /// Adds a finished point. **Throws** E604; then the journal is as it was.
  func add(_ point: SweepPoint) throws {
    let start = end
    try append(try plainJSON(point))
    guard let position = shard.position(of: point.point) else { return }
    if starts[position] == nil { finished += 1 }
    starts[position] = start
  }

  /// Sees to it that what was written outlives the machine.
  func flush() throws {
    guard fsync(file.fileDescriptor) == 0 else {
      throw failure("it cannot be kept on the disk", systemWords())
    }
  }

  /// A finished point, as it stands in the file; nil where it is not finished.
  func line(of point: Int) throws -> Data? {
    guard let position = shard.position(of: point), starts.indices.contains(position),
      let start = starts[position]
    else { return nil }
    try file.seek(toOffset: start)
    var line = Data()
    while line.firstIndex(of: UInt8(ascii: "\n")) == nil, let more = try file.read(upToCount: 4096),
      !more.isEmpty
    { line.append(more) }
    guard let whole = line.firstIndex(of: UInt8(ascii: "\n")), let json = checked(line[..<whole]) else {
      throw damaged(path, line: nil)
    }
    return json
  }

  private static func line(_ json: Data) -> Data {
    Data((checksum(json) + " ").utf8) + json + Data("\n".utf8)
  }

  private func append(_ json: Data) throws {
    let line = Self.line(json)
    let written = line.withUnsafeBytes { write(file.fileDescriptor, $0.baseAddress, $0.count) }
    guard written == line.count else {
      let reason = written < 0 ? systemWords() : "only a part was taken"
      _ = ftruncate(file.fileDescriptor, off_t(end))
      throw failure("it took no more", reason)
    }
    end += UInt64(line.count)
  }

  private func failure(_ what: String, _ reason: String) -> DiagnosticList {
    notWritten(
      URL(fileURLWithPath: path), reason, what,
      fix: "make room, then run the same again: \(finished) finished points are kept")
  }
}

/// What a journal holds: its whole lines, checked.
private struct Scan {
  var header: Data?
  var points: [(point: Int, id: String, start: UInt64, line: Int)] = []
  /// Where the last whole line ends.
  var end: UInt64 = 0

  private struct Numbered: Decodable {
    let point: Int
    let id: String
  }

  /// **Throws** E042 for a line that is not whole, unless it is the last.
  init(_ file: FileHandle, _ path: String) throws {
    try file.seek(toOffset: 0)
    var rest = Data()
    var line = 0
    var badLine: Int?
    while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
      rest.append(chunk)
      while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
        line += 1
        if let badLine { throw damaged(path, line: badLine) }
        let length = UInt64(newline - rest.startIndex + 1)
        if let json = checked(rest[rest.startIndex..<newline]) {
          if line == 1 {
            header = json
          } else if let numbered = try? JSONDecoder().decode(Numbered.self, from: json) {
            points.append((numbered.point, numbered.id, end, line))
          } else {
            throw damaged(path, line: line)
          }
          end += length
        } else {
          badLine = line
        }
        rest = rest[(newline + 1)...]
      }
      rest = Data(rest)
    }
    if let badLine, !rest.isEmpty { throw damaged(path, line: badLine) }
  }
}

private func checksum(_ json: Data) -> String { String(sha256(json).prefix(16)) }

/// The JSON of a line whose digits are those of it; nil otherwise.
private func checked(_ line: Data) -> Data? {
  let bytes = Data(line)
  guard bytes.count > 17, bytes[16] == UInt8(ascii: " ") else { return nil }
  let json = Data(bytes[17...])
  return checksum(json) == String(decoding: bytes[..<16], as: UTF8.self) ? json : nil
}

private func damaged(
  _ path: String, line: Int?, _ what: String = "this line of the journal is not as it was written"
) -> DiagnosticList {
  DiagnosticList(
    .journalDamaged, at: SourceLocation(file: path, line: line), what: what,
    why: "a changed figure would stand among the results as if it had been computed",
    fix: "remove the line, and the same sweep computes its point again; or remove the folder")
}
