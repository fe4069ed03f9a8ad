internal import Diagnostics

// Names of schemes, as people write them in one file and in another.

/// The name among `candidates` that `name` most likely stands for: itself; else one that differs in letters' case, spaces, punctuation, `&` for
/// `and` or a missing `School` alone; else one of as many words, each the same or, without digits, a near miss (`nearMiss`) by one letter, so
/// that North is not taken for South, nor Phase 1 for Phase 2. The first in alphabetical order where there are several, nil where there is none.
func likeName(_ name: String, among candidates: some Collection<String>) -> String? {
  if candidates.contains(name) { return name }
  let words = schemeWords(name)
  let others = candidates.sorted().map { (name: $0, words: schemeWords($0)) }
  let same = others.first { $0.words.joined() == words.joined() }
  let near = others.first { other in
    other.words.count == words.count
      && zip(words, other.words).allSatisfy { isSameWord($0, $1) }
  }
  return (same ?? near)?.name
}

/// The name among `candidates` to propose for one that is not among them: `likeName`, else the near miss of the whole (`nearMiss`).
func proposedName(for name: String, among candidates: some Collection<String>) -> String? {
  likeName(name, among: candidates) ?? nearMiss(of: name, among: candidates)
}

/// `St Mary's & St John's School` is `st`, `mary`, `s`, `and`, `st`, `john`, `s`.
private func schemeWords(_ name: String) -> [String] {
  name.lowercased().replacing("&", with: " and ").split { !($0.isLetter || $0.isNumber) }
    .map(String.init).filter { $0 != "school" }
}

private func isSameWord(_ word: String, _ other: String) -> Bool {
  if word == other { return true }
  let hasDigits = word.contains(where: \.isNumber) || other.contains(where: \.isNumber)
  return !hasDigits && nearMiss(of: word, among: [other], within: 1) != nil
}
