public import Foundation

/// A folder of one test's own: there from the start, and gone at the end with all that it holds.
public final class TemporaryFolder {
  public let url: URL

  public init() throws {
    url =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("places-test-\(UUID().uuidString)").standardizedFileURL
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Where a file of that name stands, or would stand.
  public func callAsFunction(_ name: String) -> URL { url.appendingPathComponent(name) }

  public func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  public func data(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }

  public func text(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  /// Where the text was written, in a folder of its own if the name says so.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> URL {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file
  }
}
