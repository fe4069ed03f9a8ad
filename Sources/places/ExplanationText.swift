import CapitalProgramme
import Foundation
import Papers
import PlacePlanning
import Runs
import Sufficiency

// Why this programme: what would happen otherwise.

func explanationText(_ chosen: ChosenProgramme, _ options: ProgrammeOptions) -> String {
  let least = chosen.accounts.weightedUnmet * ProgrammeOptions.comparisonGap
  return [
    "What else was possible. Each programme below is the best of few moves, proven to within 0.1%: differences of less than "
      + "\(fixed(least, places: 0)) unmet places mean nothing, and with other moves fewer may be unmet, at another cost. Schemes keep "
      + "their years, come a year earlier or later, or drop out; with £1 million more they come no later, and with less money, or in the "
      + "area of a scheme left out, up to two years later. Schemes left out may come in.",
    approvedText(chosen, options), withoutText(chosen, options), moreText(chosen, options),
    frontierText(chosen, options),
  ].compactMap(\.self).joined(separator: "\n\n")
}

/// Nil where every approved scheme starts as approved.
private func approvedText(_ chosen: ChosenProgramme, _ options: ProgrammeOptions) -> String? {
  chosen.keepingApprovedStarts(options).map { kept in
    "With approved schemes started as approved, the others in their years, one or two years later or left out\n\n"
      + changesText(
        "As approved", [(kept.schemes.map(\.name).joined(separator: "; "), kept.comparison)],
        impossible: "not possible with these moves")
  }
}

/// Figures of other programmes in line, each with what changes behind it. `note` adds to that.
private func changesText(
  _ first: String, _ rows: [(name: String, comparison: Comparison)], impossible: String,
  note: (Alternative) -> String? = { _ in nil }
) -> String {
  let figures = rows.map { row in
    [row.name] + (row.comparison.alternative.map { [signed($0.moreUnmet), signed($0.moreCost)] } ?? [])
  }
  let lines = aligned([[first, "unmet places", "present cost, £"]] + figures).split(separator: "\n")
  let notes =
    ["what changes"]
    + rows.map { row in
      switch row.comparison {
      case .found(let alternative):
        [changes(alternative), note(alternative)].compactMap { $0 }.joined(separator: "; ")
      case .impossible: impossible
      case .notSettled: "not settled in the time"
      }
    }
  return zip(lines, notes).map { "\($0)  \($1)" }.joined(separator: "\n")
}

private func changes(_ alternative: Alternative) -> String {
  let changes =
    [("in", alternative.added), ("out", alternative.dropped), ("moved", alternative.moved)]
    .filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
  return changes.isEmpty ? "nothing else changes" : changes.joined(separator: "; ")
}

/// `+12`, `−3`, `0`.
private func signed(_ value: Double) -> String {
  let text = fixed(value, places: 0)
  return text == "0" || text.hasPrefix("−") ? text : "+" + text
}

private func withoutText(_ chosen: ChosenProgramme, _ options: ProgrammeOptions) -> String {
  let rows = chosen.withoutEach(options).map { (name: $0.scheme.name, comparison: $0.comparison) }
  if rows.isEmpty { return "Every chosen scheme is committed; none can be left out." }
  return
    "Without one scheme, and the best of few moves with what is left: at most so many unmet places more\n\n"
    + changesText("Without", rows, impossible: "cannot be left out")
}

private func moreText(_ chosen: ChosenProgramme, _ options: ProgrammeOptions) -> String {
  let rows = chosen.more(1_000_000, options).map {
    (name: "\($0.pot?.name ?? "Borrowing"), in \($0.year)", comparison: $0.comparison)
  }
  return
    "With £1 million more, in the first year in which the programme empties a pot or borrows all that it may\n\n"
    + changesText("In", rows, impossible: "not possible") { returnedWords($0, of: 1_000_000) }
}

/// How much of further money lapses or goes back; nil where none does.
private func returnedWords(_ alternative: Alternative, of pounds: Int) -> String? {
  let returned = alternative.moreReturned
  if returned <= 0 { return nil }
  if returned == pounds { return "all of it lapses or goes back, which counts as a cost" }
  return poundsExact(returned) + (returned < pounds ? " of it" : " more")
    + " lapses or goes back, which counts as a cost"
}

private func frontierText(_ chosen: ChosenProgramme, _ options: ProgrammeOptions) -> String {
  let rows = chosen.frontier(options).map { point in
    [
      fixed(point.share * 100, places: 0) + "%", grouped(point.limit), grouped(point.borrowed),
      frontierWords(point.comparison) ?? fixed(point.unmet, places: 0),
      point.comparison.alternative.map { signed($0.moreCost) } ?? "",
    ]
  }
  return "Unmet places against borrowing\n\n"
    + aligned(
      [["Of the yearly limits", "limits, £", "borrowed, £", "unmet places", "present cost, £"]] + rows)
}

private func frontierWords(_ comparison: Comparison) -> String? {
  switch comparison {
  case .found: nil
  case .impossible: "not possible with these moves"
  case .notSettled: "not settled in the time"
  }
}

func rivalsText(_ run: ProgrammeRun, _ chosen: ChosenProgramme, _ regrets: [RivalRegret]) -> String {
  let here = regrets.first { $0.scenario == run.input.model.scenario }
  let outcomes = here?.outcomes ?? run.rivals(beside: chosen)
  guard !outcomes.isEmpty else { return "" }
  let rows = outcomes.map { outcome -> [String] in
    guard let figures = outcome.figures else {
      return [
        outcome.rival.name,
        outcome.isSettled ? "not possible with these moves" : "not settled in the time",
      ]
    }
    return [
      outcome.rival.name, fixed(figures.unmet, places: 0), fixed(figures.unmetInAllAreas, places: 0),
      fixed(figures.unmetInLastYear, places: 0),
      fixed(figures.surplusInLastYear, places: 0), grouped(figures.cost), grouped(figures.revenue),
      fixed(figures.presentCost, places: 0),
    ]
  }
  let last = run.problem.years.last?.academicYear.label ?? ""
  let table =
    "Rival plans, each with the best programme around it\n\n"
    + aligned(
      [
        [
          "Plan", "unmet places", "in all areas", "unmet in \(last)", "empty in \(last)", "cost, £",
          "revenue, £",
          "present cost of all, £",
        ]
      ] + rows)
    + birthsText(run, Set(outcomes.map(\.rival.area)))
  guard let first = regrets.first else { return table }
  let regretRows = first.outcomes.map { outcome in
    [outcome.rival.name]
      + regrets.map { $0.unmetRegret(of: outcome.rival.key).map { fixed($0, places: 0) } ?? "–" }
      + [worst(regrets) { $0.unmetRegret(of: outcome.rival.key) }]
      + [worst(regrets) { $0.costRegret(of: outcome.rival.key) }]
  }
  return table
    + "\n\nRegret: unmet places beyond those of the best plan in each scenario; at the end the worst of them, and the worst in "
    + "present cost. A dash: the scenario leaves out a scheme of the plan, or cannot pay for it\n\n"
    + aligned([["Plan"] + regrets.map(\.scenario) + ["worst", "worst, £"]] + regretRows)
}

private func worst(_ regrets: [RivalRegret], _ figure: (RivalRegret) -> Double?) -> String {
  let found = regrets.map(figure)
  return found.contains { $0 == nil } ? "–" : fixed(found.compactMap { $0 }.max() ?? 0, places: 0)
}

/// The births behind the entry year group of each area: a school that is built for their highest stands for decades.
private func birthsText(_ run: ProgrammeRun, _ areas: Set<PlanningAreaCode>) -> String {
  run.input.model.areas.filter { areas.contains($0.code) }.compactMap { area -> String? in
    let rows = outlook(area, run.pupils, run.input.model).rows.compactMap { row in
      row.districtBirths.map { (year: row.year, births: $0) }
    }
    guard let highest = rows.max(by: { $0.births < $1.births }), let last = rows.last else { return nil }
    let entry = area.phase.entryYearGroup.name
    let fall = highest.births - last.births
    return "\n\n\(area.name): births in \(area.district) behind \(entry) are highest for \(highest.year), "
      + "\(fixed(highest.births, places: 0)); "
      + (fall < 0.5
        ? "no later cohort that is born already is smaller."
        : "for \(last.year), the last whose children are all born, they are \(fixed(last.births, places: 0)), "
          + "\(fixed(fall / highest.births * 100, places: 0))% fewer. A permanent school keeps its places; "
          + "the column of empty places shows how many.")
  }.joined()
}
