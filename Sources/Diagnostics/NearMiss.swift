/// The candidate that a misspelt word most likely meant, or nil when none is near.
///
/// Optimal string alignment distance (one insertion, deletion, substitution or swap of neighbours counts 1), case ignored. Words that only
/// noughts at their beginning tell apart have none, for spreadsheets drop those of codes.
/// A candidate is near when its distance is at most a third of the longer word, and at most `most`. Ties go to the first in alphabetical
/// order, so the answer does not depend on the order of the candidates.
public func nearMiss(
  of word: String, among candidates: some Sequence<String>, within most: Int = .max
) -> String? {
  let target = Array(word.lowercased())
  let bare = target.drop(while: { $0 == "0" })
  var best: (distance: Int, word: String)?
  for candidate in candidates {
    let other = Array(candidate.lowercased())
    let isSame = !bare.isEmpty && other.drop(while: { $0 == "0" }) == bare
    // The distance is no less than the difference in length; a very long word is not held against all others letter by letter.
    guard isSame || abs(target.count - other.count) * 3 <= max(target.count, other.count) else { continue }
    let distance = isSame ? 0 : alignmentDistance(target, other)
    guard distance * 3 <= max(target.count, other.count), distance <= most else { continue }
    if let found = best, (found.distance, found.word) <= (distance, candidate) { continue }
    best = (distance, candidate)
  }
  return best?.word
}

/// What to do about a word that is not known: `did you mean 'births'?` with its near miss among the candidates, or else another
/// remedy.
public func didYouMean(
  _ word: String, among candidates: some Sequence<String>, else remedy: @autoclosure () -> String
) -> String {
  nearMiss(of: word, among: candidates).map { "did you mean '\($0)'?" } ?? remedy()
}

/// Optimal string alignment distance between two words.
func alignmentDistance(_ a: [Character], _ b: [Character]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var twoAgo: [Int] = []
  var previous = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    for j in 1...b.count {
      var cost = min(
        previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        cost = min(cost, twoAgo[j - 2] + 1)
      }
      row.append(cost)
    }
    (twoAgo, previous) = (previous, row)
  }
  return previous[b.count]
}
