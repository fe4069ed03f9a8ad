import CapitalProgramme
import Foundation
import Papers
import PlacePlanning
import Runs

// Why this programme: what would happen otherwise.

func explanationText(_ run: ProgrammeRun, _ chosen: ChosenProgramme, _ options: ProgrammeOptions) -> String {
  let least = chosen.accounts.weightedUnmet * ProgrammeOptions.comparisonGap
  return [
    "What else was possible. Each programme below is proven to within 0.1%: differences of less than \(fixed(least, places: 0)) "
      + "unmet places mean nothing. With money set free or added, schemes keep their years or come earlier; with less, they keep them, "
      + "come later or drop out.",
    withoutText(chosen, options), moreText(chosen, options), frontierText(chosen, options),
  ].joined(separator: "\n\n")
}

private func change(_ alternative: Alternative?, otherwise: String = "cannot be paid for") -> [String] {
  guard let alternative else { return [otherwise, "", ""] }
  let changes =
    [("in", alternative.added), ("out", alternative.dropped), ("moved", alternative.moved)]
    .filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
  return [
    signed(alternative.moreUnmet), signed(alternative.moreCost),
    changes.isEmpty ? "nothing else changes" : changes.joined(separator: "; "),
  ]
}

/// `+12`, `−3`, `0`.
private func signed(_ value: Double) -> String {
  let text = fixed(value, places: 0)
  return text == "0" || text.hasPrefix("−") ? text : "+" + text
}

private func withoutText(_ chosen: ChosenProgramme, _ options: ProgrammeOptions) -> String {
  let rows = chosen.withoutEach(options).map {
    [$0.scheme.name] + change($0.alternative, otherwise: "cannot be left out")
  }
  if rows.isEmpty { return "Every chosen scheme is committed; none can be left out." }
  return "Without one scheme, and the best made of what is left\n\n"
    + aligned([["Without", "unmet places", "present cost, £", "what changes"]] + rows)
}

private func moreText(_ chosen: ChosenProgramme, _ options: ProgrammeOptions) -> String {
  let rows = chosen.more(1_000_000, options).map { [$0.pot?.name ?? "Borrowing"] + change($0.alternative) }
  return "With £1 million more\n\n"
    + aligned([["In", "unmet places", "present cost, £", "what changes"]] + rows)
}

private func frontierText(_ chosen: ChosenProgramme, _ options: ProgrammeOptions) -> String {
  let rows = chosen.frontier(options).map { point in
    [
      fixed(point.share * 100, places: 0) + "%", grouped(point.limit), grouped(point.borrowed),
      point.alternative == nil ? "cannot be paid for" : fixed(point.unmet, places: 0),
      point.alternative.map { signed($0.moreCost) } ?? "",
    ]
  }
  return "Unmet places against borrowing\n\n"
    + aligned(
      [["Of the yearly limits", "limits, £", "borrowed, £", "unmet places", "present cost, £"]] + rows)
}

func rivalsText(_ run: ProgrammeRun, _ chosen: ChosenProgramme, _ regrets: [RivalRegret]) -> String {
  let here = regrets.first { $0.scenario == run.input.model.scenario }
  let outcomes = here?.outcomes ?? run.rivals(beside: chosen)
  guard !outcomes.isEmpty else { return "" }
  let rows = outcomes.map { outcome -> [String] in
    guard let figures = outcome.figures else { return [outcome.rival.name, "cannot be paid for"] }
    return [
      outcome.rival.name, fixed(figures.unmet, places: 0), fixed(figures.unmetInLastYear, places: 0),
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
          "Plan", "unmet places", "unmet in \(last)", "empty in \(last)", "cost, £", "revenue, £",
          "present cost of all, £",
        ]
      ] + rows)
  guard let first = regrets.first else { return table }
  let regretRows = first.outcomes.indices.map { index in
    [first.outcomes[index].rival.name]
      + regrets.map { $0.unmetRegret($0.outcomes[index]).map { fixed($0, places: 0) } ?? "–" }
      + [worst(regrets) { $0.unmetRegret($0.outcomes[index]) }]
      + [worst(regrets) { $0.costRegret($0.outcomes[index]) }]
  }
  return table
    + "\n\nRegret: unmet places beyond those of the best plan in each scenario; at the end the worst of them, and the worst in "
    + "present cost\n\n"
    + aligned([["Plan"] + regrets.map(\.scenario) + ["worst", "worst, £"]] + regretRows)
}

private func worst(_ regrets: [RivalRegret], _ figure: (RivalRegret) -> Double?) -> String {
  let found = regrets.map(figure)
  return found.contains { $0 == nil } ? "–" : fixed(found.compactMap { $0 }.max() ?? 0, places: 0)
}
