/// A chance as people say it: `about 1 in 5`. The nearest of a short list of fractions, by odds, so that small chances are
/// told from smaller ones. Never `certain` and never `impossible`: draws prove neither.
func chanceInWords(_ chance: Double) -> String {
  guard chance.isFinite else { return "a chance that is not known" }
  if chance < 0.01 { return "less than 1 in 100" }
  if chance > 0.99 { return "more than 99 in 100" }
  let nearest = fractions.min { distance(chance, $0.value) < distance(chance, $1.value) }
  return "about \(nearest?.words ?? "1 in 2")"
}

private let fractions: [(value: Double, words: String)] = [
  (0.01, "1 in 100"), (0.02, "1 in 50"), (0.05, "1 in 20"), (0.1, "1 in 10"), (0.2, "1 in 5"),
  (0.25, "1 in 4"), (0.3, "3 in 10"), (1.0 / 3, "1 in 3"), (0.4, "2 in 5"), (0.5, "1 in 2"), (0.6, "3 in 5"),
  (2.0 / 3, "2 in 3"), (0.7, "7 in 10"), (0.75, "3 in 4"), (0.8, "4 in 5"), (0.9, "9 in 10"),
  (0.95, "19 in 20"),
  (0.99, "99 in 100"),
]

/// Odds against odds: 1 in 50 is as far from 1 in 100 as 50 in 51 from 100 in 101.
private func distance(_ a: Double, _ b: Double) -> Double {
  let ratio = a * (1 - b) / (b * (1 - a))
  return max(ratio, 1 / ratio)
}

/// Whole numbers that add up to the rounded total: each part is rounded down or up, and those that lose most are rounded up.
/// Ties go to the first. Parts that are not finite are refused with nil. Where the total is shown already, as a difference of rounded
/// figures, `total` says what it is: their sum rounded up or down.
public func roundedKeepingTotal(_ parts: [Double], total shown: Int? = nil) -> [Int]? {
  guard parts.allSatisfy({ $0.isFinite && abs($0) < 1e15 }) else { return nil }
  let floors = parts.map { $0.rounded(.down) }
  let total = shown ?? Int(parts.reduce(0, +).rounded(.toNearestOrAwayFromZero))
  let missing = total - Int(floors.reduce(0, +))
  let order = parts.indices.sorted { one, other in
    let (a, b) = (parts[one] - floors[one], parts[other] - floors[other])
    return a == b ? one < other : a > b
  }
  let raised = Set(order.prefix(max(0, missing)))
  return parts.indices.map { Int(floors[$0]) + (raised.contains($0) ? 1 : 0) }
}

/// A large sum as a sentence says it when the last pounds do not matter: `£209.4 million`, `£340,000`, `£900`.
func poundsRoughly(_ pounds: Double) -> String {
  if pounds < 0 { return "−" + poundsRoughly(-pounds) }
  if pounds >= 999_500 {
    let text = fixed(pounds / 1_000_000, places: 1)
    return "£\(text.hasSuffix(".0") ? String(text.dropLast(2)) : text) million"
  }
  let unit = pounds >= 10_000 ? 1000.0 : 100.0
  return poundsExact(Int((pounds / unit).rounded(.toNearestOrAwayFromZero) * unit))
}

/// The same of a sum that is whole.
func poundsRoughly(_ pounds: Int) -> String { poundsRoughly(Double(pounds)) }

/// Parts of one sum at one precision, each rounded by itself, so that a figure is the same wherever it stands: with `£209.4 million` stand
/// `£0.4 million` and not `£430,000`. **Units** whole pounds, none negative.
func poundsShared(_ parts: [Int]) -> (parts: [String], total: String) {
  let total = parts.reduce(0, +)
  // Under £10 million a tenth of a million is too coarse for the smaller parts.
  let unit = total >= 9_995_000 ? 100_000 : total >= 999_500 ? 10_000 : total >= 10_000 ? 1000 : 1
  func rounded(_ pounds: Int) -> Int { Int((Double(pounds) / Double(unit)).rounded()) }
  let shares = parts.map(rounded)
  func words(_ units: Int) -> String {
    unit < 10_000 ? poundsExact(units * unit) : poundsInWords(units * unit, always: true)
  }
  let shown = zip(parts, shares).map { part, share in
    share == 0 && part > 0 ? "less than \(words(1))" : words(share)
  }
  return (shown, words(rounded(total)))
}
