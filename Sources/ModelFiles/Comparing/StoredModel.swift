public import Foundation

/// A model's files as they once were, kept apart from their folder.
public struct StoredModel: Sendable {
  /// One file of the model.
  public struct File: Sendable {
    /// Relative to the model's folder, as ``SourceFile/name`` has it.
    public let name: String
    /// As messages show it: ``SourceFile/path`` of the time.
    public let path: String
    public let content: Data

    /// `content` is what it held, byte for byte.
    public init(name: String, path: String, content: Data) {
      self.name = name
      self.path = path
      self.content = content
    }
  }

  public let files: [File]
  public let scenario: String

  /// `scenario` is the one that it is read under.
  public init(files: [File], scenario: String) {
    self.files = files
    self.scenario = scenario
  }
}
