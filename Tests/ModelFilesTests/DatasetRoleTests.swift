import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// A role, or an assumption, stands in more places than the compiler asks for: on its page, and where it is read.
@Suite struct DatasetRoleTests {
  private static let page = "Sources/ModelFiles/ModelFiles.docc/ModelFiles.md"

  @Test func `the page says of every role what it is, and of no other`() throws {
    let lines = try Repository.text(Self.page).split(separator: "\n")
    let table = lines.drop { !$0.hasPrefix("| Role in") }.dropFirst(2).prefix { $0.hasPrefix("|") }
    let named = table.flatMap { line in
      (line.split(separator: "|").first ?? "").matches(of: /`(\w+)`/).map { String($0.1) }
    }
    #expect(named.sorted() == DatasetRole.allCases.map(\.rawValue).sorted())
  }

  /// A blank that is allowed is marked with `?` there, a column that need not be there with `??`.
  @Test func `the page names the key and every column of every role, as they are read`() throws {
    let lines = try Repository.text(Self.page).split(separator: "\n")
    let table = lines.drop { !$0.hasPrefix("| Role | Key") }.dropFirst(2).prefix { $0.hasPrefix("|") }
    let written = DatasetRole.allCases.map { role in
      let columns = role.layout.map { column in
        let sign =
          switch column.presence {
          case .always: ""
          case .mayBeBlank: "?"
          case .mayBeAbsent: "??"
          }
        return "`\(column.name)` " + column.types.map(\.rawValue).joined(separator: " or ") + sign
      }
      let key = role.key.map { "`\($0)`" }
      return "| `\(role.rawValue)` | \(key.joined(separator: ", ")) | \(columns.joined(separator: ", ")) |"
    }
    #expect(table.map(String.init) == written)
  }

  /// Else a model could name its data set, and nobody would heed it.
  @Test func `the rows of every role are read`() throws {
    let folder = Repository.file("Sources/ModelFiles")
    let names = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    let texts = try names.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }
    let unread = DatasetRole.allCases.filter { role in
      let ways = ["rows(.\(role))", "guard let dataset = datasets[.\(role)]"]
      return !texts.contains { text in ways.contains { text.contains($0) } }
    }
    #expect(unread == [])
  }

  @Test(arguments: ["exampleton", "gloucestershire", "loneham", "sampleford"])
  func `the pages name every assumption of a model`(_ model: String) throws {
    let pages = [Self.page, "Sources/Projection/Projection.docc/Ensemble.md"]
    let known: [[Substring]] = try pages.flatMap { page in
      try Repository.text(page).matches(of: /`([a-z_]+\.[a-z_.<> ]+)`/).map { $0.1.split(separator: ".") }
    }
    let unknown = try Repository.model(model).assumptions.map(\.key).filter { key in
      let parts = key.split(separator: ".")
      return !known.contains { pattern in
        pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("<") || $0 == $1 }
      }
    }
    #expect(unknown == [])
  }
}
