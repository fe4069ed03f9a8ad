/// The first five of some words, and `…` where there are more.
public func firstFive(_ words: [String], separator: String = ", ") -> String {
  words.prefix(5).joined(separator: separator) + (words.count > 5 ? " …" : "")
}
