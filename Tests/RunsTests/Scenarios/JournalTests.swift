import Diagnostics
import Foundation
import Scenarios
import TestSupport
import Testing

@testable import Runs

/// Whatever happens to a sweep, no finished point is lost, none is computed twice, and the result is that of one run.
@Suite struct JournalTests {
  private let vary = ["births.future_factor=0.8:1.2:0.05", "housing.delivery_factor=0,1"]

  private func request(jobs: Int = 2) throws -> SweepRequest {
    SweepRequest(
      folder: Repository.file("Models/exampleton"), variations: try vary.map { try #require(Variation($0)) },
      jobs: jobs)
  }

  /// A journal that is cut off anywhere: what is whole is kept, the rest computed again.
  @Test func `a torn journal is gone on with`() throws {
    let folder = try TemporaryFolder()
    _ = try SweepRun(try request(), to: folder("whole"))
    let results = try folder.text("whole/results.csv")
    let journal = try Data(contentsOf: folder("whole").appendingPathComponent("journal.jsonl"))
    var random = SeededGenerator(seed: 5)
    let cuts =
      [0, 1, 16, 17, journal.count - 1, journal.count]
      + (0..<6).map { _ in Int.random(in: 0..<journal.count, using: &random) }
    for cut in cuts {
      let target = folder("cut-\(cut)")
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      let kept = journal.prefix(cut)
      try kept.write(to: target.appendingPathComponent("journal.jsonl"))
      let lines = max(0, kept.count { $0 == UInt8(ascii: "\n") } - 1)
      let run = try SweepRun(try request(), to: target)
      #expect(run.found == lines && run.computed == 18 - lines)
      #expect(try folder.text("cut-\(cut)/results.csv") == results)
      let after = try folder.text("cut-\(cut)/journal.jsonl").split(separator: "\n")
      #expect(after.count == 19 && Set(after).count == 19)
    }
  }

  @Test func `a line that was edited is not taken, nor silently computed again`() throws {
    let folder = try TemporaryFolder()
    _ = try SweepRun(try request(), to: folder("a"))
    let file = folder("a").appendingPathComponent("journal.jsonl")
    let text = try String(contentsOf: file, encoding: .utf8)
    var lines = text.split(separator: "\n").map(String.init)
    lines[4] = lines[4].replacingOccurrences(of: "\"value\":1", with: "\"value\":2")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    let list = try #require(throws: DiagnosticList.self) { _ = try SweepRun(try request(), to: folder("a")) }
    #expect(list.diagnostics.map(\.code) == [.journalDamaged])
    #expect(list.diagnostics.first?.location.line == 5)
    // The last line may be torn: it alone is computed again.
    lines.remove(at: 4)
    lines[lines.count - 1] += "x"
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    let run = try SweepRun(try request(), to: folder("a"))
    #expect(run.computed == 2)
  }

  /// Its digits are right, and its figures are those of another scenario.
  @Test func `a line of another sweep's journal is not taken`() throws {
    let folder = try TemporaryFolder()
    var late = try request()
    late.scenario = "late-homes"
    _ = try SweepRun(try request(), to: folder("a"))
    _ = try SweepRun(late, to: folder("late"))
    func lines(_ name: String) throws -> [String] {
      try folder.text("\(name)/journal.jsonl").split(separator: "\n").map(String.init)
    }
    let mixed = try lines("a").prefix(18) + [try #require(try lines("late").last)]
    try Data((mixed.joined(separator: "\n") + "\n").utf8).write(
      to: folder("a").appendingPathComponent("journal.jsonl"))
    let ways: [() throws -> Void] = [
      { _ = try SweepRun(try request(), to: folder("a")) },
      { _ = try SweepRun(merging: [folder("a")], to: folder("merged")) },
    ]
    for way in ways {
      let list = try #require(throws: DiagnosticList.self) { try way() }
      #expect(list.diagnostics.map(\.code) == [.journalDamaged])
      #expect(list.diagnostics.first?.location.line == 19)
    }
  }

  /// A file of that name which no sweep began is neither cut off nor added to, and nor is the rest of a folder that is no sweep's.
  @Test func `what no sweep wrote is left alone`() throws {
    let folder = try TemporaryFolder()
    for (name, code) in [("journal.jsonl", DiagnosticCode.journalDamaged), ("results.csv", .outputInTheWay)] {
      let target = folder("with-\(name)")
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: target.appendingPathComponent(name))
      let list = try #require(throws: DiagnosticList.self) { _ = try SweepRun(try request(), to: target) }
      #expect(list.diagnostics.map(\.code) == [code])
      #expect(try FileManager.default.contentsOfDirectory(atPath: target.path) == [name])
      #expect(try folder.text("with-\(name)/\(name)") == "mine")
    }
    _ = try SweepRun(try request(), to: folder("a"))
    let list = try #require(throws: DiagnosticList.self) {
      _ = try SweepRun(merging: [folder("a")], to: folder("with-results.csv"))
    }
    #expect(list.diagnostics.map(\.code) == [.outputInTheWay])
    #expect(try folder.text("with-results.csv/results.csv") == "mine")
    _ = try SweepRun(merging: [folder("a")], to: folder("merged"))
    _ = try SweepRun(merging: [folder("a")], to: folder("merged"))
    #expect(try folder.text("merged/results.csv") == folder.text("a/results.csv"))
  }

  @Test func `two processes do not write one folder`() throws {
    let folder = try TemporaryFolder()
    _ = try SweepRun(try request(), to: folder("a"))
    let descriptor = open(folder("a").appendingPathComponent("journal.jsonl").path, O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let list = try #require(throws: DiagnosticList.self) { _ = try SweepRun(try request(), to: folder("a")) }
    #expect(list.diagnostics.map(\.code) == [.outputNotWritten])
    #expect(list.diagnostics.first?.what.hasPrefix("another process is writing this sweep") == true)
  }

  @Test func `a place that cannot be written is a clear failure`() throws {
    let list = try #require(throws: DiagnosticList.self) {
      _ = try SweepRun(try request(), to: URL(fileURLWithPath: "/proc/no-such-place"))
    }
    #expect(list.diagnostics.map(\.code) == [.outputNotWritten])
    #expect(list.diagnostics.first?.location.file == "/proc/no-such-place")
  }

  /// A file that may not grow beyond 4 KiB stands for a full disk.
  @Test func `a full disk loses no finished point`() throws {
    let folder = try TemporaryFolder()
    let sweep =
      "\(placesPath) sweep Models/exampleton --vary \(vary[0]) --vary \(vary[1]) --out \(folder("full").path)"
    let full = try command("/bin/bash", ["-c", "trap '' XFSZ; ulimit -f 4; exec \(sweep)"])
    #expect(full.status == 65 && full.talk.contains("error[E604]"))
    #expect(full.output.isEmpty)
    #expect(full.talk.lowercased().contains("finished points are kept"))
    let journal = try folder.text("full/journal.jsonl")
    #expect(journal.hasSuffix("\n"))
    let kept = journal.split(separator: "\n").count - 1
    #expect(kept > 0 && kept < 18)
    let run = try SweepRun(try request(), to: folder("full"))
    #expect(run.found == kept && run.computed == 18 - kept)
    _ = try SweepRun(try request(jobs: 1), to: folder("whole"))
    #expect(try folder.text("full/results.csv") == folder.text("whole/results.csv"))
  }

  /// Twenty kills at random moments: the same bytes in the end, each point computed once.
  @Test func `a sweep that is killed twenty times ends with the same bits`() throws {
    let folder = try TemporaryFolder()
    let many = ["births.future_factor=0.7:1.3:0.005", "housing.delivery_factor=0,0.5,1"]
    let arguments =
      ["sweep", "Models/exampleton", "--out", folder("killed").path] + many.flatMap { ["--vary", $0] }
    var random = SeededGenerator(seed: 11)
    var kills = 0
    let journal = folder("killed").appendingPathComponent("journal.jsonl")
    for _ in 0..<20 {
      let process = Process()
      process.executableURL = Bundle.main.bundleURL.appendingPathComponent("places")
      process.arguments = arguments
      process.currentDirectoryURL = Repository.root
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      let before = size(journal)
      try process.run()
      // From a random moment on after it has begun to write, so that kills fall among writes and not before them.
      let deadline = Date().addingTimeInterval(10)
      while process.isRunning, size(journal) == before, Date() < deadline { usleep(2000) }
      usleep(UInt32.random(in: 0..<60_000, using: &random))
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
    }
    #expect(kills >= 15)
    let end = try command(placesPath, arguments + ["--format", "json"])
    #expect(end.status == 0)
    let whole = SweepRequest(
      folder: Repository.file("Models/exampleton"), variations: try many.map { try #require(Variation($0)) })
    let run = try SweepRun(whole, to: folder("whole"))
    #expect(try folder.text("killed/results.csv") == folder.text("whole/results.csv"))
    let lines = try folder.text("killed/journal.jsonl").split(separator: "\n")
    #expect(lines.count == run.definition.count + 1 && Set(lines).count == lines.count)
  }

  private func size(_ file: URL) -> Int {
    ((try? FileManager.default.attributesOfItem(atPath: file.path))?[.size] as? Int) ?? 0
  }
}
