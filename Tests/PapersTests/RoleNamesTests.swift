import Foundation
import TestSupport
import Testing

@testable import ModelFiles

/// The papers name data sets by their roles, in strings: a slip in one would leave its source out without a word.
@Suite struct RoleNamesTests {
  private func sources() throws -> [String] {
    let folder = Repository.file("Sources/Papers")
    let names = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    return try names.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  @Test func `every role that the papers name is one that a model can fill`() throws {
    var named: [String] = []
    for text in try sources() {
      let lists =
        text.matches(of: /(?:footnote|mark)\(\s*(?:[\w.]+(?:\([^()]*\))?\s*\+\s*)*\[([^\]]*)\]/).map {
          String($0.1)
        }
        + text.matches(of: /Roles\s*=\s*\[([^\]]*)\]/).map { String($0.1) }
        + text.matches(of: /footnote\(\s*of:\s*("\w+")/).map { String($0.1) }
      named += lists.flatMap { $0.matches(of: /"(\w+)"/).map { String($0.1) } }
      named += text.matches(of: /(?:datasets\[|roles\.contains\()"(\w+)"/).map { String($0.1) }
    }
    #expect(named.count > 40)
    #expect(named.filter { DatasetRole(rawValue: $0) == nil } == [])
  }

  /// The places of a year are those of a date and all that has come and gone since.
  @Test func `what rests on places rests on their changes too`() throws {
    let lists = try sources().flatMap { text in
      text.matches(of: /footnote\(\s*(?:[\w.]+(?:\([^()]*\))?\s*\+\s*)*\[([^\]]*)\]/).map { String($0.1) }
        + text.matches(of: /Roles\s*=\s*\[([^\]]*)\]/).map { String($0.1) }
    }.filter { $0.contains("\"places\"") }
    #expect(!lists.isEmpty)
    #expect(lists.filter { !$0.contains("\"capacity_changes\"") } == [])
  }

  /// Else the first test would not see its roles.
  @Test func `every source line names its roles where it is called`() throws {
    var (calls, seen) = (0, 0)
    for text in try sources() {
      calls += text.ranges(of: "footnote(").count - text.ranges(of: "func footnote(").count
      seen += text.matches(of: /footnote\(\s*(?:(?:Self\.)?\w+Roles|\[|of: ")/).count
    }
    #expect(calls > 30 && calls == seen)
  }
}
