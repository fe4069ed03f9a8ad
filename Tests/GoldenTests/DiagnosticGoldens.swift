import Diagnostics
import Foundation
import ModelFiles
import TestSupport
import Testing

/// Every diagnostic code has a smallest fault that raises it, the whole message as a golden, and a page that shows it.
@Suite struct DiagnosticGoldens {
  private static let goldens = "Tests/GoldenTests/Goldens/diagnostics"
  private static let catalogue = "Sources/Diagnostics/Diagnostics.docc"

  @Test(arguments: DiagnosticCode.allCases)
  func `its smallest fault raises it`(_ code: DiagnosticCode) throws {
    let broken = try BrokenInput(named: "\(code.rawValue).txt")
    let copy = try ModelCopy()
    try broken.apply(to: copy)
    let list = try broken.diagnose(copy)

    let found = list.sorted.diagnostics.first { $0.code == code }
    #expect(found?.severity == (code.rawValue.hasPrefix("E") ? .error : .warning))
    #expect(list.hasErrors == code.rawValue.hasPrefix("E"))
    try expectGolden(
      shown(list.description, copy) + "\n", "diagnostics/\(code.rawValue).txt")
    if let found { try expectExample(shown(found.description, copy), code) }
  }

  /// Without the copy's folder, and with one fingerprint for all in the names of runs: it changes with every input.
  private func shown(_ text: String, _ copy: ModelCopy) -> String {
    copy.withoutRoot(text).replacing(#/(-central-)[0-9a-f]{8}/#) { "\($0.1)1a2b3c4d" }
  }

  /// The page's example is what the program really says. `RECORD_GOLDENS=1` puts it there.
  private func expectExample(_ text: String, _ code: DiagnosticCode) throws {
    let path = "\(Self.catalogue)/codes/\(code.rawValue).md"
    let page = try Repository.text(path)
    let parts = page.components(separatedBy: "```\n")
    try #require(parts.count == 3, "one example in \(path)")
    let environment = ProcessInfo.processInfo.environment
    if environment["RECORD_GOLDENS"] == "1", environment["CI"] == nil {
      let new = [parts[0], text + "\n", parts[2]].joined(separator: "```\n")
      try Data(new.utf8).write(to: Repository.file(path))
    } else {
      #expect(parts[1] == text + "\n", "the example in \(path)")
    }
  }

  @Test(arguments: DiagnosticCode.allCases)
  func `its page says what it means and what to do`(_ code: DiagnosticCode) throws {
    let page = try Repository.text("\(Self.catalogue)/codes/\(code.rawValue).md")
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(page.hasPrefix("# \(code.rawValue): "))
    let headings = lines.filter { $0.hasPrefix("## ") }
    let reason =
      code.severity == .error ? "## Why the program refuses" : "## What it means for the paper"
    #expect(headings == ["## Example", Substring(reason), "## What to do"])
    #expect((10...30).contains(lines.count))
    #expect(code.explanation == page, "the page that 'places explain' prints")
  }

  @Test func `every code has a fault, a golden and a page, and nothing is left over`() throws {
    let codes = Set(DiagnosticCode.allCases.map(\.rawValue))
    func names(_ folder: String, _ suffix: String) throws -> Set<String> {
      Set(
        try FileManager.default.contentsOfDirectory(atPath: Repository.file(folder).path)
          .filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) })
    }
    #expect(try names(BrokenInput.folder, ".txt") == codes)
    #expect(try names(Self.goldens, ".txt") == codes)
    #expect(try names("\(Self.catalogue)/codes", ".md") == codes)
    let others = try FileManager.default.contentsOfDirectory(
      atPath: Repository.file(BrokenInput.folder).path
    ).filter { !$0.hasSuffix(".txt") }
    #expect(Set(others) == ["README.md", "parts"])
  }

  @Test func `the landing page lists every code once`() throws {
    let links = try Repository.text("\(Self.catalogue)/Diagnostics.md").split(separator: "\n")
      .filter { $0.hasPrefix("- <doc:") }.map { String($0.dropFirst("- <doc:".count).dropLast()) }
    #expect(links == DiagnosticCode.allCases.map(\.rawValue))
  }

  @Test(arguments: [String?.none, "parts/area-totals.txt"])
  func `without its fault the town is sound`(_ part: String?) throws {
    let broken = try part.map { try BrokenInput(named: $0) } ?? BrokenInput("")
    let copy = try ModelCopy()
    try broken.apply(to: copy)
    #expect(try broken.diagnose(copy).diagnostics.isEmpty)
  }
}

/// A patch that does not say what it means must not pass for one that changes nothing.
@Suite struct BrokenInputs {
  @Test func `reads the escapes and lines that go on`() throws {
    let copy = try ModelCopy()
    let text = #"""
      # a comment
      file: a.txt
      write: one\ttwo\\\x41\xE9
      | three: 3
      |

      file: a.txt
      replace: one\t
      with:

      scenario: late
      """#
    let patch = try BrokenInput(text)
    #expect(patch.scenario == "late")
    #expect(patch.changes.count == 2)
    try #require(throws: (any Error).self) { try patch.apply(to: copy) }
    let bytes = try Data(contentsOf: copy.root.appendingPathComponent("a.txt"))
    #expect([UInt8](bytes) == [UInt8]("one\ttwo\\A".utf8) + [0xE9] + [UInt8]("\n three: 3\n".utf8))
  }

  @Test(
    arguments: [
      "file: a\nreplace: b", "file: a", "fiel: a\nremove: yes", "no colon", "file: a\nfile: b",
      "import: section107", "prioritise: no",
      #"file: a\#nwrite: \q"#, #"file: a\#nwrite: \x4"#, #"file: a\#nwrite: \xZZ"#,
    ])
  func `refuses what the form does not know`(_ text: String) {
    #expect(throws: BrokenInput.NotAPatch.self) { try BrokenInput(text) }
  }

  @Test func `refuses to replace what is not there`() throws {
    let patch = try BrokenInput(
      "file: Models/exampleton/model.yaml\nreplace: Gloucestershire\nwith: Exampleton")
    let copy = try ModelCopy()
    #expect(throws: ModelCopy.NothingToReplace.self) { try patch.apply(to: copy) }
  }
}
