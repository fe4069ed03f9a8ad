public import Foundation
public import ModelFiles

/// A throw-away copy of a model and its data sets, to be changed or broken by a test.
public final class ModelCopy {
  private let folder: TemporaryFolder
  public let model: String

  public var root: URL { folder.url }

  public init(_ model: String = "exampleton") throws {
    self.model = model
    folder = try TemporaryFolder()
    let manager = FileManager.default
    for folder in ["Models", "Datasets"] {
      try manager.createDirectory(
        at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    try manager.copyItem(
      at: Repository.file("Models/\(model)"), to: root.appendingPathComponent("Models/\(model)"))
    for name in try manager.contentsOfDirectory(atPath: Repository.file("Datasets").path)
    where model == "gloucestershire" || name.hasPrefix(model) {
      try manager.copyItem(
        at: Repository.file("Datasets/\(name)"), to: root.appendingPathComponent("Datasets/\(name)"))
    }
  }

  public struct NothingToReplace: Error {
    let file: String
    let text: String
  }

  public func request(scenario: String = "central") -> ModelRequest {
    ModelRequest(folder: root.appendingPathComponent("Models/\(model)"), scenario: scenario)
  }

  public func read(_ file: String) throws -> String { try folder.text(file) }

  public func write(_ file: String, _ bytes: some Sequence<UInt8>) throws {
    let url = root.appendingPathComponent(file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// Replaces the first occurrence of a text; **throws** when it is not there, so that a test cannot silently change
  /// nothing.
  public func replace(_ file: String, _ text: String, with new: some Sequence<UInt8>) throws {
    let old = Data(try read(file).utf8)
    guard let range = old.range(of: Data(text.utf8)) else {
      throw NothingToReplace(file: file, text: text)
    }
    try write(file, old[..<range.lowerBound] + Data(new) + old[range.upperBound...])
  }

  public func replace(_ file: String, _ text: String, with new: String) throws {
    try replace(file, text, with: Array(new.utf8))
  }

  public func remove(_ file: String) throws {
    try FileManager.default.removeItem(at: root.appendingPathComponent(file))
  }

  /// A text in which this copy's folder is no longer named.
  public func withoutRoot(_ text: String) -> String {
    text.replacingOccurrences(of: root.path + "/", with: "")
  }
}
