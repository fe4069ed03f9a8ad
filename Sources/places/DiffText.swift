import Papers
import PlacePlanning
import Runs

// What changed between two runs, for people.

/// What changed, then the figures of the whole authority in their last year and the areas that moved most.
func comparisonText(_ comparison: RunComparison) -> String {
  let heading = "From \(comparison.before.name) to \(comparison.after.name)"
  let recommended = recommendedText(comparison)
  if comparison.isEmpty {
    let nothing =
      recommended == nil || comparison.recorded != nil
      ? "Nothing has changed." : "No input has changed, and no figure that was compared."
    return [heading, nothing, recommended].compactMap(\.self).joined(separator: "\n\n")
  }
  let kinds = RunComparison.Kind.allCases.compactMap { changedText(comparison, $0) }
  let chosen = shownHeadlines(comparison)
  let stepNames = comparison.steps.map { $0.map(\.name).joined(separator: " and ") }
  func row(_ line: RunComparison.Headline, _ parts: [Int?]) -> [String] {
    line.row + parts.map { $0.map { amountText($0, line.subject.unit) } ?? "?" }
  }
  let header = ["Figure", "before", "after", "change"] + stepNames
  var parts = [heading] + kinds
  if chosen.isEmpty {
    let moved = comparison.headlines.count(where: \.hasChanged)
    let kind = recommended == nil ? "" : " of pupils, places or the approved programme"
    parts.append(
      moved == 0
        ? "No figure\(kind) has moved."
        : "None of the authority's figures\(kind) and of the areas' largest gaps has moved. "
          + "\(counted(moved, "other figure")) \(moved == 1 ? "has" : "have"): --format json lists them.")
  } else {
    parts.append(
      "What each step did, made one after another in this order; the parts add up to the change\n\n"
        + aligned(header, chosen.map { row($0, $0.parts.map(\.millionths)) }))
  }
  let mixed = chosen.filter { line in line.parts.contains { $0.aloneMillionths != $0.millionths } }
  if !mixed.isEmpty {
    parts.append(
      "Each change alone, made to the earlier run, where that differs: the changes work on each other\n\n"
        + aligned(header, mixed.map { row($0, $0.parts.map(\.aloneMillionths)) }))
  }
  let labels = comparison.labels.filter { $0.before != $0.after }
  if !labels.isEmpty {
    parts.append(
      aligned(["", "before", "after"] + stepNames.map { "after " + $0 }, labels.map(\.row)))
  }
  return (parts + [recommended].compactMap(\.self)).joined(separator: "\n\n")
}

/// What changed of one kind, ten at the most; nil where nothing did.
private func changedText(_ comparison: RunComparison, _ kind: RunComparison.Kind) -> String? {
  let changes = comparison.changes.filter { $0.kind == kind }
  guard !changes.isEmpty else { return nil }
  let shown = changes.prefix(10).map { change in
    let values =
      change.was == nil && change.is == nil
      ? "" : ": \(change.was ?? "not there") -> \(change.is ?? "not there any more")"
    return "  \(change.what)\(values)"
  }
  let rest = changes.count > 10 ? ["  … and \(changes.count - 10) more: --format json lists them"] : []
  return (["Changed, \(kind.name):"] + shown + rest).joined(separator: "\n")
}

/// Figures that moved: the authority's, of each yearly one the last year in which it did, and the ten largest gaps of areas.
private func shownHeadlines(_ comparison: RunComparison) -> [RunComparison.Headline] {
  struct Series: Hashable {
    let measure: String
    let phase: String?
  }
  let moved = comparison.headlines.filter { $0.subject.area == nil && $0.hasChanged }
  let last = Dictionary(
    moved.map { (Series(measure: $0.subject.measure, phase: $0.subject.phase), $0.subject.year) }
  ) { one, other in
    guard let one, let other else { return one ?? other }
    return max(one, other)
  }
  let authority = moved.filter {
    $0.subject.year == last[Series(measure: $0.subject.measure, phase: $0.subject.phase)]
  }
  let areas = comparison.headlines.filter { $0.subject.measure == "peak_gap" && $0.hasChanged }.sorted {
    let (a, b) = (abs($0.change), abs($1.change))
    return a == b ? $0.subject.name < $1.subject.name : a > b
  }
  return authority + areas.prefix(10)
}

/// The recommended programmes of two runs, where nobody has worked out what each change did to them; nil where neither run has schemes
/// to choose from, and where the programmes are among the other figures.
private func recommendedText(_ comparison: RunComparison) -> String? {
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
