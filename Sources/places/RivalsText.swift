import CapitalProgramme
import Foundation
import Papers
import PlacePlanning
import Runs
import Sufficiency

// Rival plans of an area beside the programme as chosen, and what each may lose against the best.

func rivalsText(
  _ run: ProgrammeRun, _ chosen: ChosenProgramme, _ explanations: ProgrammeExplanations
) -> String {
  let (outcomes, regrets) = (explanations.rivals, explanations.regrets)
  let areas = (outcomes + regrets.flatMap(\.outcomes)).map(\.rival.area)
  return inOrder(areas, by: \.self).flatMap { area -> [String] in
    let rivals = outcomes.filter { $0.rival.area == area }
    let table: String? = rivals.isEmpty ? nil : rivalTable(run, chosen, area, rivals)
    return [table, birthsText(run, area), regretText(run, area, regrets)].compactMap(\.self)
  }.joined(separator: "\n\n")
}

/// The first of each key, in the order in which they come.
private func inOrder<Item, Key: Hashable>(_ items: [Item], by key: (Item) -> Key) -> [Item] {
  var seen: Set<Key> = []
  return items.filter { seen.insert(key($0)).inserted }
}

// MARK: Beside each other

private func rivalTable(
  _ run: ProgrammeRun, _ chosen: ChosenProgramme, _ area: PlanningAreaCode, _ outcomes: [RivalOutcome]
) -> String {
  let here = chosen.figures(in: area)
  let last = run.problem.years.last?.academicYear.label ?? "the last year"
  let header = [
    "Plan", "unmet places", "in all areas", "unmet in \(last)", "empty in \(last)", "cost, £",
    "revenue without MRP and interest, £", "MRP and interest of all, £", "present cost of all, £",
  ]
  let rows =
    [["The programme as chosen"] + rivalFigures(here)]
    + outcomes.map { outcome -> [String] in
      [outcome.rival.name] + (outcome.figures.map(rivalFigures) ?? [noFigures(outcome)])
    }
  let words: [String?] = [
    "Rival plans for \(run.input.model.areaName(area)), each with the best programme around it; unmet places are not weighted",
    rivalSentence(outcomes, here),
  ]
  let unproven = outcomes.filter { !$0.isBest }.map(\.rival.name)
  let note =
    "Cost and revenue are those of the plan's own schemes; revenue is growth fund, start-up of new schools and temporary hire, up to "
    + "August after the last year.\n"
    + "MRP, interest and present cost are those of the whole programme, all areas and years together."
    + (unproven.isEmpty
      ? ""
      : "\nNot proven to be the best programme around it, so that fewer may be unmet in all areas: \(listed(unproven)).")
  return words.compactMap(\.self).joined(separator: "\n") + "\n\n" + aligned(header, rows) + "\n\n" + note
}

private func rivalFigures(_ figures: RivalOutcome.Figures) -> [String] {
  [
    whole(figures.unmet), whole(figures.unmetInAllAreas), whole(figures.unmetInLastYear),
    whole(figures.surplusInLastYear), grouped(figures.cost), grouped(figures.revenue),
    whole(figures.financing), whole(figures.presentCost),
  ]
}

private func noFigures(_ outcome: RivalOutcome) -> String {
  outcome.isSettled ? "not possible" : notSettledInTime
}

/// The rivals that leave fewest places unmet; nil where one is not settled, or none is possible.
private func rivalSentence(_ outcomes: [RivalOutcome], _ here: RivalOutcome.Figures) -> String? {
  let found = outcomes.compactMap { outcome in
    outcome.figures.map { (name: "“\(outcome.rival.name)”", figures: $0) }
  }
  guard outcomes.allSatisfy(\.isSettled), let fewest = found.map(\.figures.unmetInAllAreas).min() else {
    return nil
  }
  let caution =
    "A plan that leaves more unmet often costs less: costs compare only where about as many are unmet."
  // Which leaves fewest is not known where another programme around one of them may leave fewer.
  guard outcomes.allSatisfy(\.isBest) else { return caution }
  let best = found.filter { $0.figures.unmetInAllAreas < fewest + 0.5 }.map(\.name)
  let unmet = moreInWords(fewest - here.unmetInAllAreas, "unmet place")
  let start = "Against the programme as chosen: "
  if found.count == 1 { return start + "with \(listed(best)) \(unmet) in all areas." }
  return start + "fewest places are unmet in all areas with \(listed(best)) (\(unmet)). " + caution
}

/// The births behind the entry year group of an area: a school that is built for their highest stands for decades.
private func birthsText(_ run: ProgrammeRun, _ code: PlanningAreaCode) -> String? {
  guard let area = run.input.model.areas.first(where: { $0.code == code }) else { return nil }
  let outlook = outlook(area, run.pupils, run.input.model)
  let rows = outlook.rows.compactMap { row in
    row.districtBirths.map { (year: row.year, births: $0) }
  }
  guard let highest = rows.max(by: { $0.births < $1.births }), let last = rows.last else { return nil }
  let entry = area.phase.entryYearGroup.name
  let fall = highest.births - last.births
  let births = outlook.lacksEarlierBirths ? "of the births that the model holds, those" : "births"
  return "\(area.name): \(births) in \(area.district) behind \(entry) are highest for \(highest.year), "
    + "\(whole(highest.births)); "
    + (fall < 0.5
      ? "no later cohort that is born already is smaller."
      : "for \(last.year), the last whose children are all born, they are \(whole(last.births)), "
        + "\(percent(fall / highest.births)) fewer. A permanent school keeps its places; "
        + "the column of empty places shows how many.")
}

// MARK: Regret

/// Nil where the scenarios were not asked for, or none has a rival plan for the area.
private func regretText(_ run: ProgrammeRun, _ area: PlanningAreaCode, _ regrets: [RivalRegret]) -> String? {
  let plans = inOrder(regrets.flatMap(\.outcomes).map(\.rival).filter { $0.area == area }, by: \.key)
  if plans.isEmpty { return nil }
  let rows = plans.map { plan -> [String] in
    [plan.name] + regrets.map { regretFigure($0.unmetRegret(of: plan.key)) } + [
      worst(plan, regrets) { $0.unmetRegret(of: plan.key) },
      worst(plan, regrets) { $0.costRegret(of: plan.key) },
    ]
  }
  let words: [String?] = [
    "Regret of plans for \(run.input.model.areaName(area)): unmet places there, not weighted, beyond those of the best plan in "
      + "each scenario; at the end the worst of them, and the worst in present cost, over the scenarios that have the plan",
    regretSentence(plans, regrets), sameText(plans, regrets),
  ]
  let notes = plans.flatMap { missingText($0, regrets) }.map { "\n  " + $0 }
  return words.compactMap(\.self).joined(separator: "\n") + "\n\n"
    + aligned(["Plan"] + regrets.map(\.scenario) + ["worst", "worst, £"], rows)
    + (notes.isEmpty ? "" : "\n\nA dash: no figure" + notes.joined()) + unprovenText(plans, regrets)
}

private func regretFigure(_ regret: Double?) -> String { regret.map { whole($0) } ?? "–" }

/// The outcome of a plan in a scenario; nil where the scenario leaves out a scheme of it.
private func outcome(of plan: RivalPlan, in regret: RivalRegret) -> RivalOutcome? {
  regret.outcomes.first { $0.rival.key == plan.key }
}

/// False where some scenario has the plan and was stopped too soon to say whether it is possible there.
private func isSettled(_ plan: RivalPlan, _ regrets: [RivalRegret]) -> Bool {
  regrets.allSatisfy { outcome(of: plan, in: $0)?.isSettled ?? true }
}

/// The worst over the scenarios that have the plan.
private func worst(
  _ plan: RivalPlan, _ regrets: [RivalRegret], _ figure: (RivalRegret) -> Double?
) -> String {
  isSettled(plan, regrets) ? regretFigure(regrets.compactMap(figure).max()) : "not settled"
}

/// In which scenarios a plan has no figure, and why.
private func missingText(_ plan: RivalPlan, _ regrets: [RivalRegret]) -> [String] {
  let absent = regrets.filter { outcome(of: plan, in: $0) == nil }.map(\.scenario)
  let without = regrets.compactMap { regret -> (scenario: String, isSettled: Bool)? in
    guard let found = outcome(of: plan, in: regret), found.figures == nil else { return nil }
    return (scenario: regret.scenario, isSettled: found.isSettled)
  }
  let impossible = without.filter(\.isSettled).map(\.scenario)
  let open = without.filter { !$0.isSettled }.map(\.scenario)
  let reasons: [String?] = [
    absent.isEmpty ? nil : "\(listed(absent)) \(absent.count == 1 ? "leaves" : "leave") out a scheme of it",
    impossible.isEmpty ? nil : "not possible in \(listed(impossible))",
    open.isEmpty ? nil : "\(notSettledInTime) in \(listed(open))",
  ]
  return reasons.compactMap(\.self).map { "\(plan.name): \($0)" }
}

/// The plans around which a better programme may be possible, so that a regret may be less or more; empty where there are none.
private func unprovenText(_ plans: [RivalPlan], _ regrets: [RivalRegret]) -> String {
  let lines = plans.compactMap { plan -> String? in
    let scenarios = regrets.filter { !(outcome(of: plan, in: $0)?.isBest ?? true) }.map(\.scenario)
    return scenarios.isEmpty ? nil : "\n  \(plan.name): \(listed(scenarios))"
  }
  return lines.isEmpty
    ? "" : "\n\nNot proven to be the best programme, so that regrets may be less or more" + lines.joined()
}

/// The plan whose worst regret is least, of those that every scenario has; nil where one is not settled, or none is in all.
private func regretSentence(_ plans: [RivalPlan], _ regrets: [RivalRegret]) -> String? {
  guard plans.count > 1, plans.allSatisfy({ isSettled($0, regrets) }) else { return nil }
  let everywhere = plans.compactMap { plan -> (name: String, worst: Double)? in
    let figures = regrets.compactMap { $0.unmetRegret(of: plan.key) }
    guard figures.count == regrets.count, let worst = figures.max() else { return nil }
    return (name: "“\(plan.name)”", worst: worst)
  }
  guard everywhere.count > 1, let least = everywhere.map(\.worst).min() else { return nil }
  let names = everywhere.filter { $0.worst < least + 0.5 }.map(\.name)
  return
    "Of the \(grouped(everywhere.count)) plans that every scenario has, least is to be regretted at worst with "
    + "\(listed(names)): \(counted(Int(least.rounded()), "unmet place"))."
}

/// Which scenarios show the same unmet places in every row; nil where none do.
private func sameText(_ plans: [RivalPlan], _ regrets: [RivalRegret]) -> String? {
  let columns = regrets.map { regret in plans.map { regretFigure(regret.unmetRegret(of: $0.key)) } }
  let groups = inOrder(columns, by: \.self).map { column -> [String] in
    zip(regrets, columns).filter { $0.1 == column }.map(\.0.scenario)
  }.filter { $0.count > 1 }
  if groups.isEmpty { return nil }
  if groups[0].count == regrets.count { return "Every scenario gives the same unmet places in every row." }
  return groups.map { "\(listed($0)) give the same unmet places in every row." }.joined(separator: " ")
}
