/// How bad a diagnostic is. An error stops the run; a warning is printed in the paper too.
public enum Severity: String, Sendable, Codable {
  case error, warning
}

/// One thing that is wrong: where, what, why it matters and how to put it right.
public struct Diagnostic: Hashable, Sendable {
  public let code: DiagnosticCode
  public let location: SourceLocation
  public let what: String
  public let why: String
  public let fix: String

  public var severity: Severity { code.severity }

  /// What is wrong (`what`), why it matters and how to put it right, at one place. Where `what` quotes an invisible character, it is named.
  /// What has become very long by a cell or a key that it quotes is cut in the middle.
  public init(
    _ code: DiagnosticCode, at location: SourceLocation, what: String, why: String, fix: String
  ) {
    self.code = code
    self.location = location
    self.what = shortened(what + invisibleCharacters(in: what))
    self.why = shortened(why)
    self.fix = shortened(fix)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The diagnostic as people read it: the same words on the command line, on the page and in a paper.
  public var description: String {
    var lines = ["\(location): \(severity.rawValue)[\(code.rawValue)]: \(what)"]
    if let text = location.excerpt, let line = location.line, text.count <= 160 {
      let gutter = String(repeating: " ", count: String(line).count)
      lines.append("  \(line) | \(text)")
      if let column = location.column {
        lines.append("  \(gutter) | " + String(repeating: " ", count: max(0, column - 1)) + "^")
      }
    }
    lines.append("  why: \(why)")
    lines.append("  fix: \(fix)")
    return lines.joined(separator: "\n")
  }
}

extension Diagnostic: Encodable {
  private enum Key: String, CodingKey {
    case code, severity, file, line, column, what, why, fix
  }

  /// Flat, as `Schemas/diagnostics-1.json` describes it; line and column only where they are known.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(code.rawValue, forKey: .code)
    try object.encode(severity, forKey: .severity)
    try object.encode(location.file, forKey: .file)
    try object.encodeIfPresent(location.line, forKey: .line)
    try object.encodeIfPresent(location.column, forKey: .column)
    try object.encode(what, forKey: .what)
    try object.encode(why, forKey: .why)
    try object.encode(fix, forKey: .fix)
  }
}
