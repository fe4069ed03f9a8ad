import Foundation
import ModelFiles
import Papers
import TestSupport
import Testing

@testable import Runs

/// What stays in a run's folder that is written anew in some formats.
@Suite struct StayingFilesTests {
  private static let documents = ["capital-paper.pdf", "demographic-paper.docx"]

  /// A run with everything that needs no renderer, and with a PDF and a Word file as if they had been made.
  private func madeBefore(_ run: PlanningRun, in reports: Reports) throws -> URL {
    let written = try run.write(to: reports.url, renderer: nil)
    for name in Self.documents {
      try Data(name.utf8).write(to: written.folder.appendingPathComponent(name))
    }
    let outputs = Self.documents.map {
      RunRecord.File(file: $0, sha256: sha256(Data($0.utf8)))
    }
    let record = written.record.with(
      outputs: (written.record.outputs + outputs).sorted { $0.file < $1.file },
      leftOut: written.record.leftOut.filter { $0.hasPrefix("charts") })
    try record.json().write(to: written.folder.appendingPathComponent("run.json"))
    return written.folder
  }

  private func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
  }

  @Test(arguments: [[.html, .csv, .xlsx], [.html], [.csv], [.xlsx]] as [Set<PaperFormat>])
  func `some formats of the same run, written again, change nothing`(_ formats: Set<PaperFormat>) throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    _ = try madeBefore(run, in: reports)
    let before = reports.files()
    let again = try run.write(to: reports.url, renderer: nil, formats: formats)
    #expect(reports.files() == before)
    #expect(again.missing.isEmpty)
  }

  /// What is asked for and cannot be made is said, and what stands there of it is no older than the paper.
  @Test func `a format that cannot be made stays as it was made before`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    let folder = try madeBefore(run, in: reports)
    let again = try run.write(to: reports.url, renderer: nil, formats: [.html, .pdf])
    #expect(again.missing == [.pdf])
    #expect(
      again.record.leftOut.map { $0.prefix { $0 != ":" } } == ["PDF was left out", "charts were left out"])
    #expect(try Set(names(folder)).isSuperset(of: Self.documents))
  }

  /// Another build of the same version may write another paper from the same inputs. Each of these says so.
  @Test(arguments: [
    "papers/capital-paper.json", "tables/forecast.csv", "tables/tables.json", "capital-paper.html",
  ])
  func `beside a paper that has changed nothing stays`(_ file: String) throws {
    let (copy, reports, fresh) = (try ModelCopy(), Reports(), Reports())
    let run = try PlanningRun(copy.request())
    let folder = try madeBefore(run, in: reports)
    let other = Data("of another build".utf8)
    try other.write(to: folder.appendingPathComponent(file))
    let record = try RunRecord(in: folder)
    let outputs = record.outputs.map {
      $0.file == file ? RunRecord.File(file: file, sha256: sha256(other)) : $0
    }
    try record.with(outputs: outputs, leftOut: record.leftOut).json()
      .write(to: folder.appendingPathComponent("run.json"))
    _ = try run.write(to: reports.url, renderer: nil, formats: [.html])
    _ = try run.write(to: fresh.url, renderer: nil, formats: [.html])
    #expect(reports.files() == fresh.files())
  }

  /// Puts a file into a run's folder and into its record. **Returns** the record without it.
  private func add(_ file: String, to folder: URL) throws -> RunRecord {
    let (record, data) = (try RunRecord(in: folder), Data("more".utf8))
    try data.write(to: folder.appendingPathComponent(file))
    try record.with(
      outputs: record.outputs + [.init(file: file, sha256: sha256(data))], leftOut: record.leftOut
    ).json().write(to: folder.appendingPathComponent("run.json"))
    return record
  }

  @Test(arguments: ["tables/more.csv", "papers/more-paper.json", "charts/more.json"])
  func `nor beside content that the run no longer has`(_ file: String) throws {
    let (copy, reports, fresh) = (try ModelCopy(), Reports(), Reports())
    let run = try PlanningRun(copy.request())
    let folder = try madeBefore(run, in: reports)
    _ = try add(file, to: folder)
    _ = try run.write(to: reports.url, renderer: nil, formats: [.html])
    _ = try run.write(to: fresh.url, renderer: nil, formats: [.html])
    #expect(reports.files() == fresh.files())
  }

  @Test func `open data of another threshold do not stay`() throws {
    let (copy, reports, fresh) = (try ModelCopy(), Reports(), Reports())
    let run = try PlanningRun(copy.request())
    let written = try run.write(to: reports.url, renderer: nil, formats: [.html, .csv], suppressBelow: 0)
    #expect(written.record.outputs.contains { $0.file.hasPrefix("open-data/") })
    _ = try run.write(to: reports.url, renderer: nil, formats: [.html])
    _ = try run.write(to: fresh.url, renderer: nil, formats: [.html])
    #expect(reports.files() == fresh.files())
  }

  @Test func `a file that is not as it was written does not stay`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    let folder = try madeBefore(run, in: reports)
    try Data("cut off".utf8).write(to: folder.appendingPathComponent(Self.documents[0]))
    let record = try run.write(to: reports.url, renderer: nil, formats: [.html]).record
    #expect(try Set(names(folder)).isDisjoint(with: [Self.documents[0]]))
    #expect(try names(folder).contains(Self.documents[1]))
    #expect(record.outputs.map(\.file).filter(Self.documents.contains) == [Self.documents[1]])
  }

  /// A record is a file like any other: it may have come from elsewhere.
  @Test(arguments: ["notes.txt", "other-paper.pdf", "../notes.pdf"])
  func `what no run writes does not stay, though the record names it`(_ file: String) throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let run = try PlanningRun(copy.request())
    let folder = try madeBefore(run, in: reports)
    let record = try add(file, to: folder)
    let again = try run.write(to: reports.url, renderer: nil, formats: [.html]).record
    #expect(again.outputs.map(\.file) == record.outputs.map(\.file))
    #expect(try Set(names(folder)).isSuperset(of: Self.documents))
  }

  @Test func `a run is called as people call it`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let record = try PlanningRun(copy.request(scenario: "late-homes"))
      .write(to: reports.url, renderer: nil, formats: [.csv]).record
    #expect(record.title == "Exampleton, 1 March 2018, late-homes")
    #expect(record.run.hasSuffix("-" + record.shortName) && record.shortName.count == 8)
  }
}
