import CapitalProgramme
import Diagnostics
import Foundation
import ModelFiles
import TestSupport
import Testing

@testable import Runs

/// Whatever a name is made of, no file is written out of its folder.
@Suite struct FileNameTests {
  static let unsafe = [
    "../victim.csv", "tables/outlook-../../../victim.csv", "/etc/victim", "a//b", "a/./b", "..", "", "a/",
    "a\u{0}b", "a\nb", "tables/\(String(repeating: "x", count: 256))",
  ]

  @Test(arguments: unsafe)
  func `a name that leads elsewhere is our fault, and nothing is written`(_ name: String) throws {
    let reports = Reports()
    let folder = reports.url.appendingPathComponent("town/run")
    let files: [RunFile] = [("run.json", Data("{}".utf8)), (name, Data("x".utf8))]
    #expect(throws: UnsafeFileName.self) { try replaceFolder(folder, with: files) }
    let kind = OwnFolder(what: "run", known: Set(files.map(\.name)))
    #expect(throws: UnsafeFileName.self) { try replaceOwnFolder(folder, kind, with: files) }
    #expect(throws: UnsafeFileName.self) { try replaceImport(folder, with: files) }
    #expect(!FileManager.default.fileExists(atPath: reports.url.path))
  }

  @Test(arguments: [
    "run.json", "tables/outlook-P1.csv", "open-data/a.meta.csv", "a..b", "…", "tables/-.csv",
    String(repeating: "x", count: 255),
  ])
  func `other names are written`(_ name: String) throws {
    let reports = Reports()
    try replaceFolder(reports.url.appendingPathComponent("run"), with: [(name, Data("x".utf8))])
    #expect(reports.files() == ["run/\(name)": Data("x".utf8)])
  }

  @Test func `a new model of such a name is not written`() throws {
    let copy = try ModelCopy()
    let request = NewModelRequest(name: "../../victim", authority: "A", code: "000", root: copy.root)
    #expect(throws: (any Error).self) { try NewModel(request).write(below: copy.root) }
    #expect(try places("new", String(repeating: "a", count: 61), "--root", copy.root.path).status == 64)
  }

  /// `report` writes a run again under the names that its record and its papers give.
  @Test func `a run that names files elsewhere is not read back`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let folder = try PlanningRun(copy.request()).write(to: reports.url, renderer: nil, formats: [.html])
      .folder
    let record = folder.appendingPathComponent("run.json")
    let text = try String(contentsOf: record, encoding: .utf8)
    try Data(text.replacing("\"tables/balance.csv\"", with: "\"tables/../../../balance.csv\"").utf8)
      .write(to: record)
    let list = try #require(throws: DiagnosticList.self) { try StoredRun(folder) }
    #expect(list.diagnostics.map(\.code) == [.runUnreadable])
    #expect(
      list.diagnostics.first?.what.contains("'tables/../../../balance.csv', which leads elsewhere") == true)
  }

  @Test func `a file where a folder must be is said in plain words`() throws {
    let copy = try ModelCopy()
    try copy.write("F.csv", "a,b\n".utf8)
    let file = copy.root.appendingPathComponent("F.csv")
    func whats(_ body: () throws -> Void) -> [String] {
      do {
        try body()
        return []
      } catch let list as DiagnosticList {
        return list.diagnostics.map { copy.withoutRoot($0.what) }
      } catch {
        return ["\(error)"]
      }
    }
    let words = "'F.csv' is a file, not a folder"
    let kind = OwnFile(heading: "a")
    #expect(
      whats { try writeOwnFile(Data(), to: file.appendingPathComponent("x"), kind) }
        == ["nothing was written: \(words)"])
    #expect(
      whats { try replaceFolder(file.appendingPathComponent("a/b"), with: [("x", Data())]) }
        == ["nothing was written: \(words)"])
    #expect(
      whats { _ = try RunStore.open(file.appendingPathComponent("runs.sqlite")) }
        == ["the store of runs cannot be opened or written: \(words)"])
    #expect(
      whats { try writeSteps(["x"], to: file) } == [
        "nothing was written: what stands there is a file, not a folder"
      ])
    let folder = try places(
      "forecast", copy.root.path, "--origin", "2016/17", "--horizon", "1", "--out",
      copy.root.path + "/forecast.csv")
    #expect(
      folder.status == 65 && folder.talk.contains("error[E002]: it is a folder, not a file"), "\(folder.talk)"
    )
  }

  /// Two of the longest in one name, with a few words more.
  @Test func `the longest keys are names that the solver takes`() throws {
    let copy = try ModelCopy()
    let schemes = "Datasets/exampleton-schemes/data.csv"
    let (deed, scheme) = (String(repeating: "d", count: 100), String(repeating: "s", count: 100))
    try copy.replace("Datasets/exampleton-section-106/data.csv", "\nmill_lane,", with: "\n\(deed),")
    try copy.replace(schemes, "\nnorth,", with: "\n\(scheme),")
    guard case .proven = try ProgrammeRun(copy.request(), ProgrammeRequest()).outcome else {
      Issue.record("no programme was proven")
      return
    }
  }
}
