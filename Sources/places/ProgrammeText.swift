import CapitalProgramme
import Foundation
import Papers
import PlacePlanning
import Projection
import Runs

// A chosen programme for people.

func programmeText(_ run: ProgrammeRun, _ chosen: ChosenProgramme, _ ranking: PointsRanking) -> String {
  [
    headline(run, chosen), schemesText(chosen), leftOutText(chosen), fundingText(chosen),
    borrowingText(run, chosen), returnedText(chosen), unmetText(run, chosen), neighboursText(run, chosen),
    rankingText(run, chosen, ranking),
  ].compactMap(\.self).joined(separator: "\n\n")
}

private func headline(_ run: ProgrammeRun, _ chosen: ChosenProgramme) -> String {
  let model = run.input.model
  let steps = chosen.steps.map { step in
    // The fraction of a distance only puts schemes in order.
    step.aim == .distance && step.isProven
      ? "  \(step.aim.words): \(chosen.accounts.distanceFromApproved)"
      : "  \(step.aim.words): \(fixed(step.objective, places: 3))"
        + (step.isProven
          ? " (no programme below \(fixed(step.bound, places: 3)))"
          : " (not proven: gap \(step.gap.isFinite ? percent(step.gap, places: 2) : "not known"))")
  }
  return """
    \(model.identity.authorityInWords), scenario \(model.scenario), \
    \(run.draws.map { "\(grouped($0.draws)) draws, seed \(run.seed)" } ?? "central projection alone"), money of the day
    \(standing(chosen)): \
    \(counted(chosen.programme.choices.count, "scheme")) of \(chosen.problem.candidates.count), \
    \(poundsInWords(chosen.cost)); checked in whole pounds
    Unmet places are \(run.measure.words(draws: run.draws != nil)).
    \(chosen.problem.goals.weightsInWords)
    Steps, each held while the next is lowered:
    \(steps.joined(separator: "\n"))
    """ + schoolsBudgetText(run, chosen)
}

/// Which part of the present cost is not the council's own money; empty where there is none.
private func schoolsBudgetText(_ run: ProgrammeRun, _ chosen: ChosenProgramme) -> String {
  let pounds = chosen.presentCostToSchools(run.plan)
  return pounds < 0.5
    ? ""
    : "\nOf the present cost \(poundsExact(Int(pounds.rounded()))) is growth fund and the start of new schools, which the Schools Forum "
      + "sets aside from the schools' budget (DSG): not the council's own money."
}

/// How sure it is that no programme is better.
private func standing(_ chosen: ChosenProgramme) -> String {
  guard chosen.isProven else { return "Stopped before it was proven best" }
  let gap = chosen.steps.map(\.gap).max() ?? 0
  return gap < 1e-6 ? "Proven best" : "Proven best to within \(percent(gap, places: 4)) at every step"
}

extension UnmetMeasure {
  /// What every figure of unmet places is.
  func words(draws: Bool) -> String {
    switch self {
    case .expected: draws ? "the mean over all draws" : "those of the central projection"
    case .worst(let share):
      "the mean over the worst \(decimal(100 * share, places: 6))% of draws of each area, year group and year: not expected ones"
    case .beyond(let chance):
      "those short of what all but \(decimal(100 * chance, places: 6))% of draws need in each area, year group and year: not "
        + "expected ones"
    }
  }
}

extension ProgrammeGoals {
  /// What weighted unmet places are, and what others are.
  fileprivate var weightsInWords: String {
    let weights = AreaPhase.allCases.map { unmetWeight[$0] ?? 1 }
    let counts =
      Set(weights).count == 1
      ? "a missing place as \(decimal(weights[0], places: 4))"
      : listed(
        zip(AreaPhase.allCases, weights).map {
          "a missing \($0.rawValue) place as \(decimal($1, places: 4))"
        })
    let years =
      yearWeight == 1
      ? "in every year"
      : "in the first year, and in each later year as \(decimal(yearWeight, places: 4)) of the year before"
    return
      "Weighted figures count \(counts) \(years). Figures without weights count every missing place of every year "
      + "as 1."
  }
}

extension HeldStep.Aim {
  var words: String {
    switch self {
    case .unmetPlaces: "unmet places, weighted and summed over years"
    case .presentCost: "present cost to the authority, £ thousand"
    case .distance: "distance from the approved programme, years"
    }
  }
}

private func schemesText(_ chosen: ChosenProgramme) -> String {
  let sources = FundingSource.allCases
  let rows = chosen.lines.enumerated().map { rank, line -> [String] in
    [
      "\(rank + 1). \(line.scheme.name)\(line.scheme.isCommitted ? " *" : "")"
        + (line.scheme.partOfPhase.map { ", \($0)" } ?? ""), line.start.label,
      line.opening.map { "Sept \($0.start)" } ?? "", line.scheme.places.map { String($0.perYearGroup) } ?? "",
      whole(line.unmetWithoutIt), grouped(line.cost),
    ] + sources.map { grouped(line.funding[$0] ?? 0) }
  }
  let total =
    ["Total", "", "", "", "", grouped(chosen.cost)] + sources.map { grouped(chosen.paid($0)) }
  let header =
    [
      "Scheme (* committed)", "starts", "opens", "places a year group",
      "unmet if taken out and nothing else changes", "pounds",
    ] + sources.map(\.name)
  return
    "The programme: committed schemes, then by the weighted unmet places that each keeps away: so many more there would "
    + "be if it were taken out and nothing else changed\n\n" + aligned(header, rows + [total])
    + effectsText(chosen)
}

/// Schemes that are dear for the little that they keep away, and those that keep nothing away; empty where there are none.
private func effectsText(_ chosen: ChosenProgramme) -> String {
  let effects = chosen.schemeEffects
  let notCounted = "What is done after \(chosen.problem.years.last?.label ?? "") is not counted."
  let dear = effects.filter { $0.isDear && !$0.keepsNone }
  let idle = effects.compactMap { effect in effect.reasonWithoutNeed.map { (effect: effect, reason: $0) } }
  var text = ""
  if !dear.isEmpty {
    let names = dear.map { effect in
      "\(effect.line.scheme.name) (\(effect.line.scheme.isCommitted ? "committed, " : "")\(costText(effect)) for "
        + "\(fixed(effect.keptAwayAYear, places: 2)))"
    }
    let aim =
      dear.allSatisfy { $0.line.scheme.isCommitted } ? "" : "The first aim sets no limit on that cost. "
    text +=
      "\n\nBeyond \(poundsExact(Int(ChosenProgramme.dearPlace))) for each place that would be missing without it in an average year "
      + "in which its places are there: \(names.joined(separator: "; ")). \(aim)\(notCounted)"
  }
  if !idle.isEmpty {
    let names = idle.map { effect, reason in
      "\(effect.line.scheme.name) (\(costText(effect))\(reasonText(reason)))"
    }
    text += "\n\nNo more places would be missing without \(names.joined(separator: "; ")). \(notCounted)"
  }
  return text
}

private func costText(_ effect: SchemeEffect) -> String {
  poundsExact(Int(effect.cost.rounded()))
    + (effect.cost > Double(effect.line.cost) ? " of present cost to the authority" : "")
}

private func reasonText(_ reason: SchemeEffect.Reason) -> String {
  switch reason {
  case .committed: ", committed"
  case .needed(let name): ", chosen since \(name) needs it"
  case .moneyWouldGoBack(let pounds):
    ", chosen since \(poundsExact(pounds)) would otherwise lapse or go back, which counts as a cost"
  case .notShown: ""
  }
}

private func leftOutText(_ chosen: ChosenProgramme) -> String {
  let out = chosen.notChosen.map(\.name)
  if out.isEmpty { return "Every scheme is in the programme." }
  let unweighed = chosen.leftOut.filter { $0.reason == .addsNoPlaces }.map(\.scheme.name)
  return "Left out: " + out.joined(separator: "; ")
    + (unweighed.isEmpty
      ? ""
      : "\nThe programme does not weigh schemes that add no mainstream places: commit them or leave them to another list: "
        + unweighed.joined(separator: "; "))
}

private func fundingText(_ chosen: ChosenProgramme) -> String {
  let sources = FundingSource.allCases
  let rows = chosen.problem.years.indices.map { year in
    [chosen.problem.years[year].label] + sources.map { grouped(chosen.paid($0, in: year)) }
      + [grouped(sources.reduce(0) { $0 + chosen.paid($1, in: year) })]
  }
  return "Who pays, by financial year, in pounds\n\n"
    + aligned(["Year"] + sources.map(\.name) + ["Total"], rows)
    + (chosen.repaidInWords.map { "\n\n\($0)" } ?? "")
}

private func borrowingText(_ run: ProgrammeRun, _ chosen: ChosenProgramme) -> String {
  let table = chosen.revenueTable(run.plan)
  let rows = zip(chosen.accounts.years, table.rows).map { sums, revenue in
    [
      revenue.year.label, grouped(sums.borrowed), grouped(sums.repaid), whole(sums.debt),
      whole(revenue.mrp), whole(revenue.interest),
      revenue.financingShare.map { percent($0, places: 2) } ?? "", grouped(revenue.costs.growthFund),
      grouped(revenue.costs.startUp), grouped(revenue.costs.temporaryHire),
    ]
  }
  let notes: [String?] = [table.pricesInWords, table.beyondInWords]
  return "What borrowing and new places cost the revenue budget, in pounds\n\n"
    + aligned(
      [
        "Year", "borrowed", "repaid from s106", "CFR of these schemes", "MRP", "interest",
        "of net revenue", "growth fund", "new-school start-up", "temporary hire",
      ], rows)
    + notes.compactMap(\.self).map { "\n\n" + $0 }.joined()
}

private func returnedText(_ chosen: ChosenProgramme) -> String {
  let rows = chosen.problem.pots.indices.flatMap { pot in
    chosen.problem.years.indices.compactMap { year -> String? in
      let pounds = chosen.accounts.pots[pot][year].returned
      let rule = chosen.problem.pots[pot]
      return pounds > 0
        ? "  \(rule.name): \(poundsExact(pounds)) \(rule.carriesForward ? "returned" : "lapses") at the end of "
          + chosen.problem.years[year].label : nil
    }
  }
  let late = chosen.problem.notArrived.map {
    "  \($0.name): the homes that bring it are not finished within these years"
  }
  if rows.isEmpty, late.isEmpty { return "No money is returned or lapses." }
  return "Money returned or never received:\n" + (rows + late).joined(separator: "\n")
}

private func unmetText(_ run: ProgrammeRun, _ chosen: ChosenProgramme) -> String {
  let rows = chosen.unmetByArea.filter { $0.unmet >= 0.5 }.map { area in
    [
      run.input.model.areaName(area.area), whole(area.unmetWithout), whole(area.unmet),
      "\(whole(area.unmetInWorstYear)) in "
        + chosen.problem.years[area.worstYear].academicYear.label, area.reason.words,
    ]
  }
  if rows.isEmpty { return "No area lacks places." }
  let all = chosen.unmetPlaceYears
  let total = ["All areas, those not listed as well", whole(all.without), whole(all.with)]
  return "Places still lacking, summed over year groups and years, not weighted\n\n"
    + aligned(
      ["Area", "without", "with the programme", "worst year", "why"], rows + [total], numbers: [1, 2, 3])
}

func unaffordableText(_ missing: [Unfunded], _ problem: ProgrammeProblem) -> String {
  "The committed schemes cannot all be paid for. Missing:\n"
    + missing.map {
      "  \(problem.years[$0.year]): \(poundsExact($0.pounds)) for \($0.schemes.joined(separator: ", "))"
    }.joined(separator: "\n")
}
