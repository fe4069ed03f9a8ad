internal import Diagnostics
internal import Yams

/// One value of a YAML file, with its place. Scalars are text until our own schema types them: YAML's own typing turns `no`
/// into false and `010` into 8.
struct YAMLValue {
  let node: Node
  let file: SourceFile

  /// Reads a whole file. **Throws** E010 syntax, E011 duplicate key, E014 a key that is no text.
  init(_ file: SourceFile) throws(DiagnosticList) {
    do {
      try checkAliases(file)
      guard let node = try Yams.compose(yaml: file.text) else {
        throw DiagnosticList(
          .yamlSyntax, at: file.wholeFile, what: "the file is empty",
          why: "there is nothing to read", fix: "write it, or remove its name from the model")
      }
      self.init(node: node, file: file)
    } catch let list as DiagnosticList {
      throw list
    } catch {
      throw DiagnosticList([yamlFault(error, in: file)])
    }
  }

  init(node: Node, file: SourceFile) {
    self.node = node
    self.file = file
  }

  var location: SourceLocation {
    node.mark.map { file.location(line: $0.line, column: $0.column) } ?? file.wholeFile
  }

  /// The text of a scalar; a fault (E014) for anything else: blank, an anchor (`&name`), a tag (`!name`), or what no page can show.
  func text(_ list: inout DiagnosticList) -> String? {
    guard case .scalar(let scalar) = node, !"&!".contains(firstCharacter ?? " ") else {
      list.add(
        .wrongValue, at: location, what: "one value is wanted here",
        why: "a list, a group of keys, an anchor or a tag is not one", fix: "write one value")
      return nil
    }
    guard !scalar.string.isEmpty else {
      list.add(
        .wrongValue, at: location, what: "the value is blank",
        why: "blank is neither nought nor no", fix: "write the value")
      return nil
    }
    if let character = unprintable(in: scalar.string) {
      list.add(
        .wrongValue, at: location, what: "the value holds \(character), which no page can show",
        why: "Word and Excel would call every paper with it broken",
        fix: "take it out; between double quotation marks it may be written as '\\' and letters or digits")
      return nil
    }
    return scalar.string
  }

  private var firstCharacter: Character? {
    guard let place = node.mark, let line = file.lineText(place.line) else { return nil }
    return line.dropFirst(place.column - 1).first
  }

  func items(_ list: inout DiagnosticList) -> [YAMLValue] {
    guard case .sequence(let sequence) = node else {
      list.add(
        .wrongValue, at: location, what: "a list is wanted here",
        why: "each item is read alone", fix: "write one item a line, each after '- '")
      return []
    }
    return sequence.map { YAMLValue(node: $0, file: file) }
  }

  /// The keys of a group. Keys outside `allowed` are faults (E012) with the near miss; nil allows any.
  func mapping(_ what: String, allowed: [String]?, _ list: inout DiagnosticList) -> YAMLMapping? {
    guard case .mapping(let mapping) = node else {
      list.add(
        .wrongValue, at: location, what: "\(what) wants keys and values here",
        why: "it is read key by key", fix: "write 'key: value' lines")
      return nil
    }
    var entries: [YAMLMapping.Entry] = []
    for (key, value) in mapping {
      let keyValue = YAMLValue(node: key, file: file)
      guard let name = keyValue.text(&list) else { continue }
      if let allowed, !allowed.contains(name) {
        list.add(
          .unknownKey, at: keyValue.location, what: "unknown key '\(name)' in \(what)",
          why: "a key that is not known would be silently ignored",
          fix: didYouMean(
            name, among: allowed, else: "remove it; the keys are \(allowed.joined(separator: ", "))"))
        continue
      }
      entries.append(
        .init(name: name, place: keyValue.location, value: YAMLValue(node: value, file: file)))
    }
    return YAMLMapping(what: what, place: location, entries: entries)
  }
}

/// A group of keys, read by name.
struct YAMLMapping {
  struct Entry {
    let name: String
    let place: SourceLocation
    let value: YAMLValue
  }

  let what: String
  let place: SourceLocation
  let entries: [Entry]

  func optional(_ key: String) -> Entry? { entries.first { $0.name == key } }

  /// The key's entry; a fault (E013) without it.
  func required(_ key: String, _ list: inout DiagnosticList) -> Entry? {
    if let entry = optional(key) { return entry }
    list.add(
      .missingKey, at: place, what: "\(what) has no '\(key)'",
      why: "there is no value that would be right for every model", fix: "add '\(key): …'")
    return nil
  }

  func text(_ key: String, _ list: inout DiagnosticList) -> String? {
    required(key, &list)?.value.text(&list)
  }

  func optionalText(_ key: String, _ list: inout DiagnosticList) -> String? {
    optional(key)?.value.text(&list)
  }

  /// A value read by `parse`, which answers nil for what it cannot read; then a fault (E014) that says what was `wanted`.
  func parsed<T>(
    _ key: String, wanted: String, _ list: inout DiagnosticList, _ parse: (String) -> T?
  ) -> T? {
    guard let entry = required(key, &list), let text = entry.value.text(&list) else { return nil }
    if let value = parse(text) { return value }
    list.add(
      .wrongValue, at: entry.value.location, what: "'\(key)' is '\(text)'",
      why: "\(wanted) is wanted here", fix: "write \(wanted)")
    return nil
  }

  /// A whole number in a range.
  func whole(_ key: String, in range: ClosedRange<Int>, _ list: inout DiagnosticList) -> Int? {
    parsed(key, wanted: "a whole number from \(range.lowerBound) to \(range.upperBound)", &list) {
      Int($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// One of an enumeration's words.
  func word<T: RawRepresentable & CaseIterable>(
    _ key: String, _ type: T.Type, _ list: inout DiagnosticList
  ) -> T? where T.RawValue == String {
    let words = T.allCases.map(\.rawValue).joined(separator: ", ")
    return parsed(key, wanted: "one of \(words)", &list) { T(rawValue: $0) }
  }

  /// A name that can be part of a path: small letters, digits and hyphens, and not too many of them.
  func name(_ key: String, _ list: inout DiagnosticList) -> String? {
    let name = parsed(key, wanted: "a name of small letters, digits and hyphens", &list) { text in
      text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        ? text : nil
    }
    guard let name, let place = optional(key)?.value.location, name.utf8.count > PlainCode.longest else {
      return name
    }
    list.add(
      .wrongValue, at: place, what: "'\(key)' is \(name.utf8.count) characters long",
      why: "it becomes part of the names of folders and files",
      fix: "write \(PlainCode.longest) at the most")
    return nil
  }

  func flag(_ key: String, _ list: inout DiagnosticList) -> Bool? {
    parsed(key, wanted: "yes or no", &list) { ["yes": true, "no": false][$0] }
  }
}

/// Stands for `*` while keys are looked at: a character that nobody writes.
private let standIn: Unicode.Scalar = "\u{E000}"

/// Refuses keys that are aliases, lists or groups (E014). Yams compares the keys of a group with each other, which takes for ever where keys
/// are lists of aliases of lists of aliases. So the file is first composed with each alias as a word like any other.
private func checkAliases(_ file: SourceFile) throws {
  guard file.text.unicodeScalars.contains("*") else { return }
  var text = String.UnicodeScalarView()
  text.append(contentsOf: file.text.unicodeScalars.map { $0 == "*" ? standIn : $0 })
  guard let node = try Yams.compose(yaml: String(text)) else { return }
  var list = DiagnosticList()
  refuseKeys(in: node, file, &list)
  try list.check()
}

private func refuseKeys(in node: Node, _ file: SourceFile, _ list: inout DiagnosticList) {
  switch node {
  case .mapping(let mapping):
    for (key, value) in mapping {
      if !isText(key) {
        list.add(
          .wrongValue, at: YAMLValue(node: key, file: file).location,
          what: "a key is an alias (*name), a list or a group", why: "a key is read as a name",
          fix: "write the name itself")
      }
      refuseKeys(in: value, file, &list)
    }
  case .sequence(let sequence):
    for item in sequence { refuseKeys(in: item, file, &list) }
  case .scalar, .alias: break
  }
}

private func isText(_ key: Node) -> Bool {
  guard case .scalar(let scalar) = key else { return false }
  return scalar.style != .plain || scalar.string.unicodeScalars.first != standIn
}

private func yamlFault(_ error: any Error, in file: SourceFile) -> Diagnostic {
  switch error {
  // Of a thousand levels, when libyaml gives up, and names a function to call.
  case YamlError.parser(_, let problem, let mark, _) where problem.contains("nesting level"):
    return Diagnostic(
      .yamlSyntax, at: file.location(line: mark.line, column: mark.column),
      what: "not YAML of ours: its groups and lists are nested too deeply",
      why: "nothing that is read here lies more than a few levels deep",
      fix: "close brackets and braces that are left open, and take out what is nested needlessly")
  case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
    YamlError.composer(_, let problem, let mark, _):
    return Diagnostic(
      .yamlSyntax, at: file.location(line: mark.line, column: mark.column),
      what: "not YAML: \(problem)", why: "from here on it is not certain which key is which",
      fix: "check indents (spaces, no tabs), colons and quotation marks near this place")
  case YamlError.reader(let problem, let offset, _, _):
    // Yams counts characters.
    let place = file.location(atByte: file.text.prefix(offset ?? 0).utf8.count)
    return Diagnostic(
      .yamlSyntax, at: place, what: "not YAML: \(problem)",
      why: "this character cannot stand in a text file of ours", fix: "remove it")
  case YamlError.duplicatedKeysInMapping(let found, let context):
    let duplicates = found.map { $0.replacing(String(standIn), with: "*") }
    return Diagnostic(
      .duplicateKey, at: secondPlace(of: duplicates, from: context.mark, in: file),
      what: "key '\(duplicates.sorted().joined(separator: "', '"))' stands twice in one group",
      why: "only one of the two values could be used, and it is not certain which",
      fix: "keep one of them")
  default:
    return Diagnostic(
      .yamlSyntax, at: file.wholeFile, what: "not YAML: \(error)",
      why: "the file cannot be read", fix: "check it with any YAML tool")
  }
}

/// Where a repeated key stands the second time, from the start of its group on: on the group's own column, or anywhere when
/// the group is written in braces.
private func secondPlace(of keys: [String], from start: Mark, in file: SourceFile) -> SourceLocation {
  let spellings = keys.flatMap { [$0, "\"\($0)\"", "'\($0)'"] }
  let lines = file.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { Array($0) }
  // The mark is that of the group's first key; a brace before it says that the group is written in braces.
  let isInBraces = lines[start.line - 1].prefix(start.column - 1).last { $0 != " " } == "{"
  var seen = 0
  for line in lines.indices.dropFirst(start.line - 1) {
    let characters = lines[line]
    let columns = isInBraces ? Array(characters.indices) : [start.column - 1]
    for column in columns where line > start.line - 1 || column >= start.column - 1 {
      let rest = String(characters.dropFirst(column))
      let before = characters.prefix(column).last ?? " "
      guard " {,".contains(before),
        spellings.contains(where: { key in
          rest.hasPrefix(key) && rest.dropFirst(key.count).drop { $0 == " " }.first == ":"
        })
      else { continue }
      seen += 1
      if seen == 2 { return file.location(line: line + 1, column: column + 1) }
    }
  }
  return file.location(line: start.line, column: start.column)
}

/// A text as YAML has it between quotation marks.
func yamlQuoted(_ text: String) -> String {
  "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
}
