/// References of a register as codes of a model, which have fewer letters: `06/02209/FUL` becomes `06-02209-FUL`.
///
/// Two references that would become the same code, capitals apart, have a part of their fingerprints behind it, and so has one that is
/// too long: the code of a reference does not depend on the order of rows.
struct ReferenceCodes {
  private let codes: [String: String]

  /// Leaves room, within a code's longest, for what a key says besides.
  private static let longest = 70

  init(_ references: [String]) {
    var codes: [String: String] = [:]
    let groups = Dictionary(grouping: Set(references)) { Self.plain($0).lowercased() }
    for (plain, group) in groups {
      let isWhole = group.count == 1 && !plain.isEmpty && plain.utf8.count <= Self.longest
      for reference in group {
        let own = Self.plain(reference)
        codes[reference] = isWhole ? own : Self.marked(own, reference)
      }
    }
    var takers: [String: Int] = [:]
    for code in codes.values { takers[code.lowercased(), default: 0] += 1 }
    self.codes = codes.filter { takers[$0.value.lowercased()] == 1 }
  }

  /// Nil for one whose code could not be told from another's.
  func code(_ reference: String) -> String? { codes[reference] }

  private static func marked(_ plain: String, _ reference: String) -> String {
    let fingerprint = sha256(Array(reference.utf8)).prefix(8)
    return plain.isEmpty ? "ref-\(fingerprint)" : "\(plain.prefix(longest))-\(fingerprint)"
  }

  /// Letters from a to z, digits, `-`, `_` and `.`; any run of others is one `-`.
  private static func plain(_ reference: String) -> String {
    var text = ""
    for scalar in reference.unicodeScalars {
      let letter = String(scalar)
      let next = PlainCode.trouble(with: "a" + letter) == nil ? letter : "-"
      if next != "-" || text.last != "-" { text += next }
    }
    while let last = text.last, last == "-" { text.removeLast() }
    return String(text.drop { $0 == "-" || $0 == "." })
  }
}
