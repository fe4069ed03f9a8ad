/// Whether two names may be one area's: the words of one are all among the other's, whatever their order, case, stops and hyphens.
///
/// Published files write `Durham` and `County Durham`, `Herefordshire` and `Herefordshire, County of`, `St Helens` and `St. Helens`, or
/// `City of London (5)` for a footnote. A letter that differs makes another word, for so do `NH 101` and `NH 102`; and
/// a quarter that only one of them has makes another area, as `South Gloucestershire` is not `Gloucestershire`.
func mayBeOneArea(_ name: String, _ other: String) -> Bool {
  let (words, others) = (areaWords(name), areaWords(other))
  let isOneOfMany = words.isSubset(of: others) || others.isSubset(of: words)
  return isOneOfMany && words.symmetricDifference(others).isDisjoint(with: quarters)
}

private let quarters: Set = ["north", "south", "east", "west", "central"]

private func areaWords(_ name: String) -> Set<String> {
  let plain = name.lowercased().filter { $0 != "'" && $0 != "’" }
  let words = plain.split { !$0.isLetter && !$0.isNumber }.map { String($0) }
  return Set(words).subtracting(["and", "of", "the"])
}
