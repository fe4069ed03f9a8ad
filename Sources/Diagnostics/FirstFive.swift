/// The first five of some words, and `…` where there are more.
public func firstFive(_ words: [String], separator: String = ", ") -> String {
  words.prefix(5).joined(separator: separator) + (words.count > 5 ? " …" : "")
}

/// The first eight of some words, and how many more there are: `a, b, c, d, e, f, g, h and 2 more`.
public func firstEight(_ words: [String]) -> String {
  words.prefix(8).joined(separator: ", ") + (words.count > 8 ? " and \(words.count - 8) more" : "")
}
