import Foundation
import TestSupport
import Testing

/// The page that says which tests hold each formula to a value from outside.
@Suite struct TestsPageTests {
  @Test func `every test that the page names is there`() throws {
    let folder = Repository.file("Tests")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    let there = try paths.filter { $0.hasSuffix(".swift") }.reduce(into: Set<String>()) { there, path in
      let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      there.formUnion(text.matches(of: /struct (\w+)/).map { String($0.1) })
    }
    let named = Set(try Repository.text("Tests/README.md").matches(of: /`(\w+)`/).map { String($0.1) })
    #expect(named.count > 40)
    #expect(named.subtracting(there).sorted() == [])
  }
}
