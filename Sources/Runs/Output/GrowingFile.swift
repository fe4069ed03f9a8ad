internal import Diagnostics
internal import Foundation

/// A file that is written piece by piece beside its place, and renamed into it when it is whole.
final class GrowingFile {
  private let url: URL
  private let new: URL
  private let file: FileHandle
  private var buffer = Data()
  private var isFinished = false

  init(_ url: URL) throws {
    self.url = url
    new = url.deletingLastPathComponent().appendingPathComponent(
      ".\(url.lastPathComponent)-\(UUID().uuidString)")
    try Data().write(to: new)
    file = try FileHandle(forWritingTo: new)
  }

  func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1 << 18 { try empty() }
  }

  private func empty() throws {
    try file.write(contentsOf: buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  func finish() throws {
    try empty()
    try file.close()
    guard rename(new.path, url.path) == 0 else { throw notWritten(url, systemWords()) }
    isFinished = true
  }

  deinit { if !isFinished { try? FileManager.default.removeItem(at: new) } }
}
