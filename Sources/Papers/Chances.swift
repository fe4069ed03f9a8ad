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
  (0.95, "19 in 20"), (0.99, "99 in 100"),
]

/// Odds against odds: 1 in 50 is as far from 1 in 100 as 50 in 51 from 100 in 101.
private func distance(_ a: Double, _ b: Double) -> Double {
  let ratio = a * (1 - b) / (b * (1 - a))
  return max(ratio, 1 / ratio)
}
