/// The first five of some words, and `…` where there are more.
public func firstFive(_ words: [String], separator: String = ", ") -> String {
  words.prefix(5).joined(separator: separator) + (words.count > 5 ? " …" : "")
}

/// A text of at most 500 characters: its beginning, how many were left out, and its end. Shortened again it stays as it is.
func shortened(_ text: String) -> String {
  // Asked of every message: most are short in bytes.
  guard text.utf8.count > 500, text.count > 500 else { return text }
  return "\(text.prefix(300)) … (\(text.count - 450) characters left out) … \(text.suffix(150))"
}

/// The first eight of some words, and how many more there are: `a, b, c, d, e, f, g, h and 2 more`.
public func firstEight(_ words: [String]) -> String {
  words.prefix(8).joined(separator: ", ") + (words.count > 8 ? " and \(words.count - 8) more" : "")
}
