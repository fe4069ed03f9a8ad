/// A place in an input file.
///
/// Lines and columns count from 1; a column counts characters, not bytes. A location without a line speaks of the whole
/// file.
public struct SourceLocation: Hashable, Sendable {
  public let file: String
  public let line: Int?
  public let column: Int?
  /// The text of that line, for showing it under the message.
  public let excerpt: String?

  /// Lines and columns count from 1; a file as a whole has neither.
  public init(file: String, line: Int? = nil, column: Int? = nil, excerpt: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.excerpt = excerpt
  }
}

extension SourceLocation: Comparable {
  /// File, then line, then column, so that a list of faults reads from the top of each file.
  public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
    (a.file, a.line ?? 0, a.column ?? 0) < (b.file, b.line ?? 0, b.column ?? 0)
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, as editors understand it.
  public var description: String {
    ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
  }
}
