import Foundation
import PlacePlanning
import TestSupport
import Yams

/// One situation that a planner wrote: what is given, what is expected, how near. `Cases/README.md` says how to write one.
struct CaseFile {
  struct Replacement {
    let file: String
    let text: String
    let new: String
  }

  /// One expected figure.
  struct Expectation {
    let subject: Subject
    /// Nil for what has no year.
    let year: AcademicYear?
    let figure: String
    var wanted: Double

    var description: String {
      "\(subject.text)\(year.map { ", \($0.label)" } ?? ""): \(figure)"
    }
  }

  let file: String
  let name: String
  let model: String
  let scenario: String
  let replacements: [Replacement]
  let tolerance: Double
  var expectations: [Expectation]

  /// The names of all case files.
  static func all() throws -> [String] {
    let folder = Repository.file("Tests/CaseTests/Cases")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
  }

  init(named file: String) throws {
    try self.init(file: file, yaml: Repository.text("Tests/CaseTests/Cases/\(file)"))
  }

  /// **Throws** `CaseFault` for anything that the README's table does not hold, so that no line is silently ignored.
  init(file: String, yaml: String) throws {
    guard let root = try Yams.compose(yaml: yaml) else {
      throw CaseFault(file: file, what: "the file is empty")
    }
    var top = try Fields(root, file: file)
    var given = try Fields(try top.take("given"), file: file)
    self.file = file
    name = try top.text("name")
    model = try given.text("model")
    scenario = try given.optionalText("scenario") ?? "central"
    replacements = try given.items("replace").map { node in
      var fields = try Fields(node, file: file)
      let replacement = Replacement(
        file: try fields.text("file"), text: try fields.text("text"), new: try fields.text("with"))
      try fields.end()
      return replacement
    }
    try given.end()
    tolerance = try top.number("tolerance")
    let expected = try top.items("expect")
    try top.end()
    expectations = try expected.flatMap { try Self.expectations($0, file: file) }
    guard !expectations.isEmpty else { throw CaseFault(file: file, what: "nothing is expected") }
  }

  /// The figures of one item: one each, or one a year from a year on.
  private static func expectations(_ node: Node, file: String) throws -> [Expectation] {
    var fields = try Fields(node, file: file)
    let subject = try Subject(&fields)
    let year = try fields.optionalText("year")
    let from = try fields.optionalText("from")
    guard year == nil || from == nil else { throw fields.fault("'year' and 'from' together") }
    guard (year != nil || from != nil) == subject.isYearly else {
      throw fields.fault(subject.isYearly ? "'year' or 'from' is missing" : "this has no year")
    }
    let start = try (year ?? from).map { label in
      guard let start = AcademicYear(label: label) else { throw fields.fault("'\(label)' is not a year") }
      return start
    }
    var expectations: [Expectation] = []
    for figure in fields.rest {
      guard subject.figures.contains(figure) else { throw fields.fault("unknown figure '\(figure)'") }
      let wanted = from == nil ? [try fields.number(figure)] : try fields.numbers(figure)
      expectations += wanted.enumerated().map { offset, value in
        Expectation(subject: subject, year: start.map { $0 + offset }, figure: figure, wanted: value)
      }
    }
    try fields.end()
    guard !expectations.isEmpty else { throw fields.fault("no figure is expected") }
    return expectations
  }
}

/// A case that is not written as the README says.
struct CaseFault: Error, CustomStringConvertible {
  let file: String
  var line: Int?
  let what: String

  var description: String { "\(file):\(line.map { "\($0): " } ?? " ")\(what)" }
}

/// The keys of one group; each may be taken once, and none may be left.
struct Fields {
  private var nodes: [(key: String, value: Node)] = []
  private let file: String
  private let line: Int?

  init(_ node: Node, file: String) throws {
    self.file = file
    line = node.mark?.line
    guard case .mapping(let mapping) = node else {
      throw CaseFault(file: file, line: node.mark?.line, what: "keys and values are wanted here")
    }
    nodes = mapping.map { ($0.key.string ?? "?", $0.value) }
  }

  func fault(_ what: String) -> CaseFault { CaseFault(file: file, line: line, what: what) }

  /// The keys that nobody has taken yet, in the file's order.
  var rest: [String] { nodes.map(\.key) }

  func end() throws {
    if let first = nodes.first { throw fault("unknown key '\(first.key)'") }
  }

  mutating func optional(_ key: String) -> Node? {
    guard let index = nodes.firstIndex(where: { $0.key == key }) else { return nil }
    return nodes.remove(at: index).value
  }

  mutating func take(_ key: String) throws -> Node {
    guard let node = optional(key) else { throw fault("'\(key)' is missing") }
    return node
  }

  mutating func optionalText(_ key: String) throws -> String? {
    guard let node = optional(key) else { return nil }
    guard let text = node.string, !text.isEmpty else { throw fault("'\(key)' wants one value") }
    return text
  }

  mutating func text(_ key: String) throws -> String {
    guard let text = try optionalText(key) else { throw fault("'\(key)' is missing") }
    return text
  }

  mutating func items(_ key: String) throws -> [Node] {
    guard let node = optional(key) else { return [] }
    guard case .sequence(let sequence) = node else { throw fault("'\(key)' wants a list") }
    return Array(sequence)
  }

  mutating func number(_ key: String) throws -> Double {
    try number(try text(key), key)
  }

  mutating func numbers(_ key: String) throws -> [Double] {
    let items = try items(key)
    guard !items.isEmpty else { throw fault("'\(key)' wants a list of numbers") }
    return try items.map { try number($0.string ?? "", key) }
  }

  private func number(_ text: String, _ key: String) throws -> Double {
    guard let value = Double(text), value.isFinite else { throw fault("'\(key)': '\(text)' is not a number") }
    return value
  }
}
