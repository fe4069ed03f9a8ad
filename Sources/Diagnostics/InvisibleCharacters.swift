/// `; it holds an invisible character: U+00A0, no-break space`, for the end of a message that quotes such a one, since the word looks
/// right; empty for any other message, and for one that says so already.
func invisibleCharacters(in message: String) -> String {
  if message.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return "" }
  var names: [String] = []
  for scalar in message.unicodeScalars where scalar.isInvisible && !names.contains(scalar.inWords) {
    names.append(scalar.inWords)
  }
  if names.isEmpty { return "" }
  let kind = names.count == 1 ? "an invisible character" : "invisible characters"
  let words = "; it holds \(kind): " + names.joined(separator: "; ")
  return message.hasSuffix(words) ? "" : words
}

extension Unicode.Scalar {
  /// A space other than the plain one, or what takes no room: ends of lines and tabs apart, which no cell holds by mistake unseen.
  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .format, .lineSeparator, .paragraphSeparator: true
    case .spaceSeparator: self != " "
    case .control: self != "\n" && self != "\r" && self != "\t"
    default: false
    }
  }

  /// `U+00A0, no-break space`.
  fileprivate var inWords: String {
    let digits = String(value, radix: 16, uppercase: true)
    let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
    // Unicode's own name of the mark is that of an older use, and control characters have none.
    let name = value == 0xFEFF ? "byte order mark" : properties.name?.lowercased() ?? "control character"
    return "U+\(zeros)\(digits), \(name)"
  }
}
