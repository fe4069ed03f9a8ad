/// The names of a model's variables or constraints, and what is wrong with them.
struct LPNames {
  private let what: String
  private var seen: Set<String> = []
  /// In the order of the names.
  private(set) var faults: [String] = []

  /// `what` they name: `variable`.
  init(of what: String) { self.what = what }

  mutating func add(_ name: String) {
    if let trouble = LPName.trouble(with: name) { faults.append("\(what) '\(name)': the name \(trouble)") }
    if !seen.insert(name).inserted { faults.append("\(what) '\(name)' is there twice") }
  }
}

/// Names that every reader of LP text takes for names.
enum LPName {
  static let longest = 255

  private static let reserved: Set<String> = [
    "min", "minimum", "minimize", "minimise", "max", "maximum", "maximize", "maximise", "subject", "to",
    "such", "that", "st", "s.t.", "st.", "bound", "bounds", "bin", "binary", "binaries", "gen", "general",
    "generals", "int", "integer", "integers", "semi", "semis", "sos", "sos1", "sos2", "s1", "s2", "free",
    "end", "obj",
  ]

  private static let longestWord = reserved.map(\.utf8.count).max() ?? 0

  /// Why this cannot be a name in LP text, or nil.
  ///
  /// HiGHS reads a number wherever one begins, so that `infant` would be infinity times `ant`; and a bracket ends a name.
  static func trouble(with name: String) -> String? {
    guard let first = name.utf8.first else { return "is empty" }
    guard name.utf8.count <= longest else { return "is longer than \(longest) characters" }
    guard name.utf8.allSatisfy(isPart) else { return "may have only letters, digits and _ . # ( ) ," }
    guard isLetter(first) || first == UInt8(ascii: "_") else { return "must begin with a letter or _" }
    // Most names are longer than any word, and begin with a letter that no number begins with.
    guard name.utf8.count <= longestWord || "ein".utf8.contains(first | 0x20) else { return nil }
    let small = name.lowercased()
    if small.hasPrefix("inf") || small.hasPrefix("nan") {
      return "begins with '\(small.prefix(3))', which readers of LP text take for a number"
    }
    if small.hasPrefix("e"), small.utf8.dropFirst().first.map(isDigit) ?? true {
      return "looks like the exponent of a number"
    }
    return reserved.contains(small) ? "is a word of LP text" : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "_.#(),".utf8.contains(byte)
  }
}
