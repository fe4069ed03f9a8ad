internal import Foundation

extension DiagnosticCode {
  /// The page of this code: what it means, an example and what to do. Markdown, as the documentation shows it; nil when the
  /// program's own files are not beside it.
  public var explanation: String? {
    let url = Bundle.module.bundleURL
      .appendingPathComponent("Diagnostics.docc/codes/\(rawValue).md")
    return try? String(contentsOf: url, encoding: .utf8)
  }
}
