import Diagnostics
import Foundation
import GRDB
import ModelFiles
import Runs
import TestSupport

/// What a patch does with a store of runs, and what it then asks of it.
struct MemoryFault {
  var seeds: [UInt64] = []
  var sql: [String] = []
  var isLocked = false
  var request: [String] = []

  func diagnose(_ copy: ModelCopy) throws -> DiagnosticList {
    let file = copy.root.appendingPathComponent("Reports/runs.sqlite")
    let names = try seeds.map { try record($0, in: file) }
    if !sql.isEmpty {
      let queue = try DatabaseQueue(path: file.path)
      try queue.write { db in for statement in sql { try db.execute(sql: statement) } }
      try queue.close()
    }
    let other = isLocked ? try hold(file) : nil
    defer { try? other?.close() }
    func named(_ text: String) -> String {
      Int(text).flatMap { names.indices.contains($0 - 1) ? names[$0 - 1] : nil } ?? text
    }
    if request == ["remember"] {
      let run = try PlanningRun(copy.request())
      let written = try run.write(to: file.deletingLastPathComponent(), renderer: nil)
      return remember(run, written, in: file)
    }
    let store = try RunStore.read(file, waiting: 0.2)
    defer { store.close() }
    switch request.first {
    case "show": return try store.folderWarnings(try store.run(named: named(request[1])))
    case "verify":
      return try store.verify(try store.run(named: named(request[1])), renderer: nil).diagnostics
    case "diff":
      var warnings = DiagnosticList()
      func subject(_ text: String) throws -> RunSubject {
        text == "model"
          ? try RunSubject(copy.request(), name: "Models/exampleton", seed: 1)
          : try RunSubject(try store.run(named: named(text)), in: store)
      }
      _ = try compareRuns(try subject(request[1]), try subject(request[2]), &warnings)
      return warnings
    default:
      _ = try store.runs()
      return DiagnosticList()
    }
  }

  /// A run of the sound town, written beside the store.
  private func record(_ seed: UInt64, in file: URL) throws -> String {
    let run = try PlanningRun(ModelRequest(folder: Repository.file("Models/exampleton")), seed: seed)
    let written = try run.write(to: file.deletingLastPathComponent(), renderer: nil)
    let store = try RunStore.open(file)
    defer { store.close() }
    try store.record(RunEntry(run, written, at: Date(timeIntervalSince1970: 1_521_072_000 + Double(seed))))
    return written.record.run
  }

  /// Another program that lets nobody else read.
  private func hold(_ file: URL) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
    let queue = try DatabaseQueue(path: file.path, configuration: configuration)
    try queue.write { try $0.execute(sql: "CREATE TABLE IF NOT EXISTS held (id INTEGER)") }
    return queue
  }
}
