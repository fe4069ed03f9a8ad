import Foundation
import GRDB
import ModelFiles
import Papers
import TestSupport
import Testing

@testable import Runs

/// A folder of reports that is thrown away.
final class Reports {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "places-reports-\(UUID().uuidString)")
  var store: URL { RunStore.file(in: url) }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Makes, writes and records a run; its name.
  @discardableResult
  func record(_ request: ModelRequest, seed: UInt64 = 1, since: RunComparison? = nil) throws -> String {
    let run = try PlanningRun(request, seed: seed, since: since)
    let written = try run.write(to: url, renderer: nil)
    let store = try RunStore.open(store)
    defer { store.close() }
    try store.record(RunEntry(run, written, at: Date(timeIntervalSince1970: 1_500_000_000 + Double(seed))))
    return written.record.run
  }

  func reading<T>(_ body: (RunStore) throws -> T) throws -> T {
    let opened = try RunStore.read(store)
    defer { opened.close() }
    return try body(opened)
  }

  /// As Python sees it.
  func read() throws -> [String: Any] {
    let result = try command(
      "/usr/bin/env", ["python3", Repository.file("Tests/RunsTests/read_store.py").path, store.path])
    #expect(result.status == 0, "\(result.talk)")
    return try json(result.output)
  }

  func sql(_ statement: String) throws {
    let queue = try DatabaseQueue(path: store.path)
    try queue.write { try $0.execute(sql: statement) }
    try queue.close()
  }

  /// Every file below it, relative to it.
  func files() -> [String: Data] {
    var files: [String: Data] = [:]
    for path in FileManager.default.enumerator(atPath: url.path)?.compactMap({ $0 as? String }) ?? [] {
      let file = url.appendingPathComponent(path)
      if let data = try? Data(contentsOf: file) { files[path] = data }
    }
    return files
  }
}
