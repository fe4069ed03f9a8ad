/// Everything found wrong so far. A stage adds to it and goes on looking; the run stops at the end of a stage that found
/// an error, so that the reader sees all faults at once.
public struct DiagnosticList: Error, Hashable, Sendable {
  public private(set) var diagnostics: [Diagnostic]

  /// Of what is known already, in any order.
  public init(_ diagnostics: [Diagnostic] = []) {
    self.diagnostics = diagnostics
  }

  /// Of one fault, to be thrown.
  public init(_ code: DiagnosticCode, at location: SourceLocation, what: String, why: String, fix: String) {
    self.init([Diagnostic(code, at: location, what: what, why: why, fix: fix)])
  }

  public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  public var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// True when nothing is wrong but files and folders that are not there (exit status 66 rather than 65).
  public var onlyMissingFiles: Bool {
    hasErrors && errors.allSatisfy { [.fileMissing, .storeMissing, .outputFolderMissing].contains($0.code) }
  }

  public mutating func add(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  public mutating func add(
    _ code: DiagnosticCode, at location: SourceLocation, what: String, why: String, fix: String
  ) {
    add(Diagnostic(code, at: location, what: what, why: why, fix: fix))
  }

  public mutating func add(contentsOf other: DiagnosticList) {
    diagnostics += other.diagnostics
  }

  /// What `body` gives; nil where it throws, and then its faults are here.
  public mutating func gather<Value>(_ body: () throws(DiagnosticList) -> Value) -> Value? {
    do {
      return try body()
    } catch {
      add(contentsOf: error)
      return nil
    }
  }

  /// Ends a stage. **Throws** the list itself when it holds an error.
  public func check() throws(DiagnosticList) {
    if hasErrors { throw self }
  }

  /// Sorted by file, line and column, each fault once.
  public var sorted: DiagnosticList {
    var seen: Set<Diagnostic> = []
    return DiagnosticList(
      diagnostics.filter { seen.insert($0).inserted }.sorted {
        ($0.location, $0.code.rawValue, $0.what) < ($1.location, $1.code.rawValue, $1.what)
      })
  }

  /// `2 errors, 1 warning; nothing was projected. More: places explain E031`
  public func summary(nothingWas verb: String = "projected") -> String {
    let list = sorted
    let counts = "\(count(list.errors, "error")), \(count(list.warnings, "warning"))"
    let outcome = hasErrors ? "; nothing was \(verb)." : "."
    let first = list.diagnostics.first { !hasErrors || $0.severity == .error }
    return counts + outcome + (first.map { " More: places explain \($0.code.rawValue)" } ?? "")
  }

  private func count(_ list: [Diagnostic], _ noun: String) -> String {
    "\(list.count) \(noun)\(list.count == 1 ? "" : "s")"
  }
}

extension DiagnosticList {
  /// A slip that goes through a whole file is told by its first lines; a hundred thousand of them would hide every other fault.
  private static let mostOfOneKind = 20

  /// The diagnostics as people read them. Of one code in one file the first twenty are shown, and the others counted; for machines they are
  /// all there.
  public var text: String {
    struct Kind: Hashable {
      let file: String
      let code: DiagnosticCode
    }
    var counts: [Kind: Int] = [:]
    var last: [Kind: Diagnostic] = [:]
    var parts: [String] = []
    for diagnostic in sorted.diagnostics {
      let kind = Kind(file: diagnostic.location.file, code: diagnostic.code)
      let count = counts[kind, default: 0] + 1
      counts[kind] = count
      if count <= Self.mostOfOneKind { parts.append(diagnostic.description) } else { last[kind] = diagnostic }
    }
    for diagnostic in DiagnosticList(Array(last.values)).sorted.diagnostics {
      let (file, code) = (diagnostic.location.file, diagnostic.code)
      let more = counts[Kind(file: file, code: code), default: 0] - Self.mostOfOneKind
      let line = diagnostic.location.line.map { ", the last on line \($0)" } ?? ""
      parts.append("… and \(more) more \(code.rawValue) in \(file)\(line): --format json gives them all")
    }
    return parts.joined(separator: "\n\n")
  }
}

extension DiagnosticList: CustomStringConvertible {
  public var description: String { [text, summary()].filter { !$0.isEmpty }.joined(separator: "\n\n") }
}
