import Diagnostics
import Foundation
import ModelFiles
import TestSupport
import Testing

@testable import Runs

private func mountDisk(on folder: URL) -> Bool {
  (try? command("/bin/mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.path]))?.status == 0
}

private func unmountDisk(_ folder: URL) { _ = try? command("/bin/umount", ["-l", folder.path]) }

/// Whether this user may mount a small disk.
private let canMount: Bool = {
  guard let folder = try? TemporaryFolder(), mountDisk(on: folder.url) else { return false }
  unmountDisk(folder.url)
  return true
}()

/// Two programs at once, one that is killed, and disks that say no.
@Suite(.serialized) struct StoreFaultTests {
  private static var writer: URL { Bundle.main.bundleURL.appendingPathComponent("StoreWriter") }
  private static let model = Repository.file("Models/exampleton").path

  private func start(_ arguments: [String], output: Pipe? = nil) throws -> Process {
    let process = Process()
    process.executableURL = Self.writer
    process.arguments = arguments
    process.currentDirectoryURL = Repository.root
    if let output { process.standardOutput = output }
    try process.run()
    return process
  }

  @Test(.timeLimit(.minutes(10))) func `a pipe is no store, and is not waited for`() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path("runs.sqlite"), 0o600) == 0)
    for open in [{ try RunStore.read($0) }, { try RunStore.open($0) }] as [(URL) throws -> RunStore] {
      let list = try #require(throws: DiagnosticList.self) { _ = try open(folder("runs.sqlite")) }
      #expect(list.diagnostics.map(\.code) == [.storeInaccessible])
    }
  }

  @Test func `two programs that write fifty runs each leave a hundred`() throws {
    let reports = Reports()
    // Neither finds a store: both set out to make it.
    let writers = try [0, 1000].map { try start(["write", reports.store.path, Self.model, "\($0)", "50"]) }
    for writer in writers { writer.waitUntilExit() }
    #expect(writers.map(\.terminationStatus) == [0, 0])
    let seen = try reports.read()
    #expect(seen["integrity"] as? String == "ok")
    #expect((seen["foreign_keys"] as? [Any])?.isEmpty == true)
    #expect(seen["runs"] as? Int == 100)
    #expect(seen["recordings"] as? Int == 100)
    #expect((seen["programme_totals"] as? [Double])?.count == 100)
  }

  @Test func `a program killed in the middle of a transaction leaves the store whole, without its run`()
    throws
  {
    let reports = Reports()
    let name = try reports.record(townRequest)
    for seed in 7...9 {
      let pipe = Pipe()
      let holder = try start(["hold", reports.store.path, Self.model, "\(seed)"], output: pipe)
      #expect(String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self) == "holding\n")
      kill(holder.processIdentifier, SIGKILL)
      holder.waitUntilExit()
      let seen = try reports.read()
      #expect(seen["integrity"] as? String == "ok")
      #expect(seen["runs"] as? Int == 1)
      try reports.reading { store throws in #expect(try store.runs().map(\.name) == [name]) }
    }
    try reports.record(townRequest, seed: 2)
    #expect(try reports.read()["runs"] as? Int == 2)
  }

  /// Waits until a store has so many runs; how many it has then.
  private func wait(for count: Int, in reports: Reports) throws -> Int {
    let end = Date().addingTimeInterval(120)
    while Date() < end {
      let store = try RunStore.open(reports.store)
      let runs = try store.runs().count
      store.close()
      if runs >= count { return runs }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return 0
  }

  @Test func `a program killed at any moment of many runs leaves whole runs only`() throws {
    let reports = Reports()
    var known = 0
    for (first, pause) in [(0, 0.0), (100_000, 0.013), (200_000, 0.031)] {
      let writer = try start(["write", reports.store.path, Self.model, "\(first)", "100000"])
      known = try wait(for: known + 3, in: reports)
      Thread.sleep(forTimeInterval: pause)
      kill(writer.processIdentifier, SIGKILL)
      writer.waitUntilExit()
      #expect(known >= 3)
      let store = try RunStore.open(reports.store)
      let runs = try store.runs()
      let figures = try runs.map { try store.figures(of: $0).count }
      store.close()
      #expect(runs.count >= known, "what was recorded stays")
      #expect(Set(figures).count == 1, "no run has fewer figures than another")
      #expect(try reports.read()["integrity"] as? String == "ok")
    }
  }

  @Test func `a program killed while it makes its store leaves one that the next can use`() throws {
    for pause in [0, 0.002, 0.005, 0.01] {
      let reports = Reports()
      let writer = try start(["write", reports.store.path, Self.model, "0", "100000"])
      let end = Date().addingTimeInterval(120)
      while !FileManager.default.fileExists(atPath: reports.store.path), Date() < end { usleep(500) }
      Thread.sleep(forTimeInterval: pause)
      kill(writer.processIdentifier, SIGKILL)
      writer.waitUntilExit()
      // It may have been killed before it had made its tables: the next program finds that and makes them.
      try RunStore.open(reports.store).close()
      let seen = try reports.read()
      #expect(seen["integrity"] as? String == "ok")
      #expect(seen["runs"] as? Int == seen["recordings"] as? Int)
    }
  }

  @Test func `a writer waits for another, and says who is in its way when it waits too long`() throws {
    let reports = Reports()
    try reports.record(townRequest)
    let pipe = Pipe()
    let holder = try start(["hold", reports.store.path, Self.model, "7"], output: pipe)
    _ = pipe.fileHandleForReading.availableData
    let run = try PlanningRun(townRequest, seed: 3)
    let written = try run.write(to: reports.url, renderer: nil)
    let store = try RunStore.open(reports.store, waiting: 0.2)
    #expect(codes { try store.record(RunEntry(run, written)) } == [.storeLocked])
    #expect(try store.runs().count == 1, "readers need not wait")
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    try store.record(RunEntry(run, written))
    store.close()
  }

  /// A small disk of its own, for as long as a test takes.
  private func withDisk(_ body: (URL) throws -> Void) throws {
    let folder = try TemporaryFolder()
    try #require(mountDisk(on: folder.url))
    defer { unmountDisk(folder.url) }
    try body(folder.url)
  }

  @Test(.enabled(if: canMount, "skipped: this user cannot mount a small disk"))
  func `on a full disk the papers are written and the store says that it has no room`() throws {
    try withDisk { disk in
      let reports = Reports()
      let store = RunStore.file(in: disk)
      let run = try PlanningRun(townRequest)
      let written = try run.write(to: reports.url, renderer: nil)
      #expect(remember(run, written, in: store).diagnostics.isEmpty)
      let filler = disk.appendingPathComponent("filler")
      _ = try command("/bin/dd", ["if=/dev/zero", "of=\(filler.path)", "bs=4k"])
      let other = try PlanningRun(townRequest, seed: 2)
      let second = try other.write(to: reports.url, renderer: nil)
      let warnings = remember(other, second, in: store).diagnostics
      #expect(warnings.map(\.code) == [.runNotRecorded])
      #expect(warnings.first?.what.contains("this run was not recorded") == true, "\(warnings)")
      try FileManager.default.removeItem(at: filler)
      #expect(remember(other, second, in: store).diagnostics.isEmpty)
      let opened = try RunStore.read(store)
      #expect(try opened.runs().count == 2)
      opened.close()
    }
  }

  @Test(.enabled(if: canMount, "skipped: this user cannot mount a small disk"))
  func `a folder that nobody may write to can be read, and says so when it is written to`() throws {
    try withDisk { disk in
      let store = RunStore.file(in: disk)
      let reports = Reports()
      let name = try reports.record(townRequest)
      try FileManager.default.copyItem(at: reports.store, to: store)
      try #require(try command("/bin/mount", ["-o", "remount,ro", disk.path]).status == 0)
      let opened = try RunStore.read(store)
      #expect(try opened.runs().map(\.name) == [name])
      #expect(try opened.verify(try opened.run(named: name), renderer: nil).agrees)
      opened.close()
      let run = try PlanningRun(townRequest, seed: 2)
      let written = try run.write(to: reports.url, renderer: nil)
      #expect(remember(run, written, in: store).diagnostics.map(\.code) == [.runNotRecorded])
    }
  }
}
