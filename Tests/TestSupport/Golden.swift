internal import Foundation
public import Testing

/// Compares a text with `<folder>/<name>`. With `RECORD_GOLDENS=1` in the environment it is written instead, and the test
/// fails so that a recording run never passes; in CI it is never written.
public func expectGolden(
  _ text: String, _ name: String, in folder: String = "Tests/GoldenTests/Goldens",
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = Repository.file("\(folder)/\(name)")
  let environment = ProcessInfo.processInfo.environment
  if environment["RECORD_GOLDENS"] == "1", environment["CI"] == nil {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    Issue.record("recorded \(name): read it, then run again", sourceLocation: sourceLocation)
    return
  }
  let wanted = try? String(contentsOf: url, encoding: .utf8)
  #expect(wanted == text, "differs from \(folder)/\(name)", sourceLocation: sourceLocation)
}
