import CapitalProgramme
import Foundation
import Papers
import PlacePlanning

// Why this programme: what would happen otherwise.

func explanationText(_ chosen: ChosenProgramme, _ found: Explanations) -> String {
  let least = leastDifference(found)
  return [
    "What else was possible. Each programme below is the best that was found with one thing changed: fewest unmet places, at the "
      + "least that its schemes can cost. A programme that leaves more places unmet often costs less: costs compare only where about "
      + "as many are unmet. All starts are searched where a row does not say otherwise: differences of less than "
      + "\(fixed(least, places: 1)) weighted unmet places mean nothing, and what is not proven says so.",
    found.approvedStarts.map { approvedText(chosen, $0) }, withoutText(found.without, least),
    moreText(found.more, least), frontierText(found.frontier, least),
  ].compactMap(\.self).joined(separator: "\n\n")
}

/// Weighted unmet places below which a difference means nothing: half a place, or by how much a proven programme may be bettered.
private func leastDifference(_ found: Explanations) -> Double {
  var comparisons = found.without.map(\.comparison)
  comparisons += found.more.map(\.comparison)
  comparisons += found.frontier.map(\.comparison)
  if let kept = found.approvedStarts { comparisons.append(kept.comparison) }
  let open = comparisons.compactMap { comparison -> Double? in
    guard let found = comparison.alternative, found.reach == .proven else { return nil }
    return found.leastMoreUnmet.map { found.moreUnmet - $0 }
  }
  return max(0.5, open.max() ?? 0)
}

/// Another programme beside the chosen one, under what was changed.
private typealias Change = (name: String, comparison: Comparison)

/// The changes for which there is a programme; nil where any of them is not settled, so that nothing is said of all.
private func settled(_ rows: [Change]) -> [(name: String, alternative: Alternative)]? {
  let isOpen = rows.contains { if case .notSettled = $0.comparison { true } else { false } }
  return isOpen
    ? nil : rows.compactMap { row in row.comparison.alternative.map { (name: row.name, alternative: $0) } }
}

/// The same; nil too where any of the programmes is not proven to be the best.
private func proven(_ rows: [Change]) -> [(name: String, alternative: Alternative)]? {
  settled(rows).flatMap { found in found.allSatisfy { $0.alternative.reach == .proven } ? found : nil }
}

/// A heading and a table, with what they come to between them where it can be said.
private func explained(_ heading: String, _ sentence: String?, _ table: String) -> String {
  [heading, sentence].compactMap(\.self).joined(separator: "\n") + "\n\n" + table
}

private func approvedText(_ chosen: ChosenProgramme, _ kept: ApprovedStarts) -> String {
  explained(
    "With these approved schemes started as approved, all others chosen anew",
    kept.comparison.alternative.map {
      $0.reach == .proven
        ? "That leaves \(moreInWords($0.moreUnmet, "weighted unmet place")), at \(presentCostInWords($0.moreCost))."
        : "That leaves at most \(moreInWords($0.moreUnmet, "weighted unmet place"))."
    },
    changesText(
      "As approved", [(kept.schemes.map(\.name).joined(separator: "; "), kept.comparison)],
      impossible: kept.missing.isEmpty
        ? "not possible"
        : "cannot all be paid for as approved; missing: "
          + kept.missing.map {
            "\(chosen.problem.years[$0.year]) \(poundsExact($0.pounds)) for \($0.schemes.joined(separator: ", "))"
          }.joined(separator: "; "),
      note: searchWords))
}

/// Figures of other programmes in line, each with what changes behind it. `note` adds to that.
private func changesText(
  _ first: String, _ rows: [Change], impossible: String, note: (Alternative) -> String?
) -> String {
  let figures = rows.map { row in
    [row.name] + (row.comparison.alternative.map { [signed($0.moreUnmet), signed($0.moreCost)] } ?? [])
  }
  let notes = rows.map { row in
    switch row.comparison {
    case .found(let alternative):
      [changes(alternative), note(alternative)].compactMap(\.self).joined(separator: "; ")
    case .impossible: impossible
    case .notSettled: notSettledInTime
    }
  }
  return noted(
    aligned([first, "weighted unmet places", "present cost, £"], figures), ["what changes"] + notes)
}

/// A table with a note behind each of its lines that has one.
private func noted(_ table: String, _ notes: [String?]) -> String {
  zip(table.split(separator: "\n"), notes).map { line, note in line + (note.map { "  " + $0 } ?? "") }
    .joined(separator: "\n")
}

private func changes(_ alternative: Alternative) -> String {
  let changes =
    [("in", alternative.added), ("out", alternative.dropped), ("moved", alternative.moved)]
    .filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
  return changes.isEmpty ? "nothing else changes" : changes.joined(separator: "; ")
}

/// How far a programme may be from the best under its change; nil where that means nothing.
func searchWords(_ alternative: Alternative) -> String? {
  switch alternative.reach {
  case .proven: nil
  case .bounded: "not proven" + (alternative.leastMoreUnmet.map { boundWords(alternative, $0) } ?? "")
  case .fewStarts: "the best of few starts: fewer may be unmet, at another cost"
  }
}

/// How few places may be unmet or, where they are as few as that, that it is the cost that is not proven.
private func boundWords(_ alternative: Alternative, _ least: Double) -> String {
  alternative.moreUnmet - least < 0.5 ? ": it may cost less" : ": at the least \(signed(least))"
}

/// `+12`, `−3`, `0`.
private func signed(_ value: Double) -> String {
  let text = whole(value)
  return text == "0" || text.hasPrefix("−") ? text : "+" + text
}

private func withoutText(_ found: [Explanations.Without], _ least: Double) -> String {
  let rows = found.map { (name: $0.scheme.name, comparison: $0.comparison) }
  if rows.isEmpty { return "Every chosen scheme is committed; none can be left out." }
  return explained(
    "Without one scheme, and the best with what is left. The table of schemes says instead how many more places are unmet if nothing "
      + "else changes.",
    withoutSentence(rows, least: least),
    changesText("Without", rows, impossible: "cannot be left out", note: searchWords))
}

/// Nil where a scheme's row is not proven, or none can be left out.
private func withoutSentence(_ rows: [Change], least: Double) -> String? {
  guard let found = proven(rows), let most = found.map(\.alternative.moreUnmet).max() else { return nil }
  let small = found.filter { $0.alternative.moreUnmet < least }.count
  if small == found.count {
    return
      "Without \(found.count == 1 ? "it" : "any one of them that can be left out") the difference means nothing."
  }
  let missed = found.filter { $0.alternative.moreUnmet > most - 0.5 }.map { "“\($0.name)”" }
  let sentence =
    "Most places are lacking without \(listedOr(missed)): \(moreInWords(most, "weighted unmet place"))."
  if small == 0 { return sentence }
  return sentence
    + " For \(grouped(small)) of the \(grouped(found.count)) schemes the difference means nothing."
}

private func moreText(_ found: [Explanations.More], _ least: Double) -> String {
  let rows = found.map {
    (name: "\($0.pot?.name ?? "Borrowing"), in \($0.year)", comparison: $0.comparison)
  }
  return explained(
    "With £1 million more, in the first year in which the programme empties a pot or borrows all that it may",
    moreSentence(rows, least: least),
    changesText("In", rows, impossible: "not possible") { alternative in
      let notes = [returnedWords(alternative, of: Explanations.furtherSum), searchWords(alternative)]
        .compactMap(\.self)
      return notes.isEmpty ? nil : notes.joined(separator: "; ")
    })
}

/// Nil where a row is not proven.
private func moreSentence(_ rows: [Change], least: Double) -> String? {
  guard let found = proven(rows), let best = found.map(\.alternative.moreUnmet).min() else { return nil }
  if best > -least {
    return "Nowhere does it leave so many weighted unmet places fewer that it means anything."
  }
  let names = found.filter { $0.alternative.moreUnmet < best + 0.5 }.map { "“\($0.name)”" }
  let idle = found.filter { abs($0.alternative.moreUnmet) < least }.count
  let sentence = "It does most with \(listedOr(names)): \(moreInWords(best, "weighted unmet place"))."
  if idle == 0 { return sentence }
  return sentence + " In \(grouped(idle)) of \(grouped(found.count)) cases the difference means nothing."
}

/// `a, b or c`.
private func listedOr(_ items: [String]) -> String {
  guard items.count > 1, let last = items.last else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " or " + last
}

/// How much of further money lapses or goes back; nil where none does.
private func returnedWords(_ alternative: Alternative, of pounds: Int) -> String? {
  let returned = alternative.moreReturned
  if returned <= 0 { return nil }
  if returned == pounds { return "all of it lapses or goes back, which counts as a cost" }
  return poundsExact(returned) + (returned < pounds ? " of it" : " more")
    + " lapses or goes back, which counts as a cost"
}

private func frontierText(_ points: [Explanations.Point], _ least: Double) -> String {
  let rows = points.map { point in
    [
      percent(point.share), grouped(point.limit), grouped(point.borrowed),
      frontierWords(point.comparison) ?? point.unmet.map(whole) ?? "",
      point.comparison.alternative.map { signed($0.moreCost) } ?? "",
    ]
  }
  let changes = points.map { (name: percent($0.share), comparison: $0.comparison) }
  let header = [
    "Of the yearly limits", "limits, £", "borrowed, £", "weighted unmet places", "present cost, £",
  ]
  let notes = [nil] + points.map { $0.comparison.alternative.flatMap(searchWords) }
  // Shares of nothing are all the same, which says nothing of what borrowing would do.
  let sentence =
    points.contains { $0.limit > 0 }
    ? frontierSentence(changes, least: least)
    : "Nothing may be borrowed in any year, and a share of nothing is nothing: the table does not say what borrowing would do."
  return explained(
    "Weighted unmet places against borrowing", sentence, noted(aligned(header, rows), notes))
}

/// The least and the most borrowing beside the programme as chosen; nil where a row is not settled, or fewer than two are possible.
private func frontierSentence(_ rows: [Change], least: Double) -> String? {
  guard let found = settled(rows), found.count > 1, let first = found.first, let last = found.last else {
    return nil
  }
  if found.allSatisfy({ abs($0.alternative.moreUnmet) < least }) {
    return
      "Between \(first.name) and \(last.name) of the yearly limits, borrowing makes no difference to weighted unmet places that "
      + "means anything."
  }
  func words(_ row: (name: String, alternative: Alternative)) -> String {
    "with \(row.name) of the yearly limits " + (row.alternative.reach == .proven ? "" : "at most ")
      + moreInWords(row.alternative.moreUnmet, "weighted unmet place")
  }
  return "Against the programme as chosen: \(words(first)), \(words(last))."
}

private func frontierWords(_ comparison: Comparison) -> String? {
  switch comparison {
  case .found: nil
  case .impossible: "not possible"
  case .notSettled: notSettledInTime
  }
}
