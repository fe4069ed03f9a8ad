import Papers

/// The recommended programmes of two runs, where nobody has worked out what each change did to them; nil where neither run has schemes
/// to choose from, and where the programmes are among the other figures.
func recommendedText(_ comparison: RunComparison) -> String? {
  guard case .asRecorded(let before, let after) = comparison.recommended else { return nil }
  guard let (figures, starts) = comparison.recorded else {
    let sides = [(before, comparison.before.name), (after, comparison.after.name)]
    let without = sides.filter { $0.0 == nil }.map { $0.1 }
    return "The recommended programme was not compared: none is on record for \(listed(without)). "
      + "Where both models have a programme, 'places diff --prioritise' chooses it again after each change."
  }
  guard comparison.recommendsAnother else {
    return "The recommended programme is the same in both, as they have it."
  }
  let moved = figures.filter(\.hasChanged).map(\.row)
  let restarted = starts.filter { $0.before != $0.after }.map(\.row)
  let heading =
    "The recommended programme has changed; here it is as each run has it, and 'places diff --prioritise' says what each change "
    + "did to it"
  return
    ([heading] + (moved.isEmpty ? [] : [aligned(["Figure", "before", "after", "change"], moved)])
    + (restarted.isEmpty ? [] : [aligned(["", "before", "after"], restarted)])).joined(separator: "\n\n")
}

extension RunComparison.Headline {
  /// Its name with its unit, before, after and the change between them, as a table shows them.
  var row: [String] {
    [subject.name + (subject.unit == "pupils" ? "" : ", \(subject.unit)")]
      + [beforeMillionths, afterMillionths, afterMillionths - beforeMillionths].map {
        amountText($0, subject.unit)
      }
  }
}

extension RunComparison.Label {
  /// Its name, before, after and after each step.
  var row: [String] { [subject.name] + ([before, after] + afterSteps).map { $0 ?? "never" } }
}
