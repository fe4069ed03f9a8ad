import CapitalProgramme
import Foundation
import Papers
import PlacePlanning
import Runs

// What becomes of a programme when pupils, delays and costs turn out otherwise.

func stressText(_ run: ProgrammeRun, _ test: StressTest) -> String {
  [
    outturnText(test), areasText(run, test), datedText(test), forwardText(run, test), blocksText(run, test),
  ].joined(separator: "\n\n")
}

private func outturnText(_ test: StressTest) -> String {
  let classes = test.classes.map { risk in
    [
      risk.referenceClass, String(risk.schemes.count), grouped(risk.budget), whole(risk.outturn.mean),
      whole(risk.outturn.p80), risk.biasAtMean.map { percent($0) } ?? "",
      risk.biasAtP80.map { percent($0) } ?? "", risk.input.map { percent($0.meanOverrun) } ?? "not stated",
    ]
  }
  return """
    Stress test: \(grouped(test.draws)) draws of demand and of delivery together
    Outturn against \(poundsExact(test.approved)): mean £\(whole(test.outturn.mean)), half the draws above \
    £\(whole(test.outturn.p50)), one in five above £\(whole(test.outturn.p80)), one in ten above \
    £\(whole(test.outturn.p90))
    Chance of spending more than the programme: \(percent(test.chanceOverspend)); more than a tenth more: \
    \(percent(test.chanceOverspendByTenth))

    """
      + aligned(
        [
          "Reference class", "schemes", "budget, £", "mean outturn, £", "P80, £", "mean over budget",
          "P80 over budget", "mean overrun put in",
        ], classes) + longerText(test)
}

/// What is put in for building that takes longer once begun; nothing where no class has it.
private func longerText(_ test: StressTest) -> String {
  let longer = test.classes.compactMap { risk in
    risk.input.flatMap { $0.chanceOfYearLonger > 0 ? (risk.referenceClass, $0.chanceOfYearLonger) : nil }
  }
  if longer.isEmpty { return "" }
  let chances = longer.map { "\($0.0) \(percent($0.1))" }.joined(separator: ", ")
  return "\nChance put in of each further year of building once it has begun: \(chances)"
}

private func areasText(_ run: ProgrammeRun, _ test: StressTest) -> String {
  let rows = test.areas.filter { $0.chanceWithoutPlace.delivered >= 0.05 }
    .sorted { ($1.chanceWithoutPlace.delivered, $0.area) < ($0.chanceWithoutPlace.delivered, $1.area) }
    .map { area -> [String] in
      let entry = area.phase.entryYearGroup
      let worst = test.cells.filter { $0.area == area.area && $0.yearGroup == entry }
        .max { $0.chanceShortByForm.delivered < $1.chanceShortByForm.delivered }
      return [
        run.input.model.areaName(area.area), entry.name, percent(area.chanceWithoutPlace.asPlanned),
        percent(area.chanceWithoutPlace.delivered),
        worst.map { "\(percent($0.chanceShortByForm.delivered)) in \($0.year)" } ?? "",
        whole(area.expectedUnmet.asPlanned), whole(area.expectedUnmet.delivered),
      ]
    }
  if rows.isEmpty { return "No area has a chance of 1 in 20 or more that a child joining has no place." }
  return "Chance that a child joining has no place in some year, on time and as delivered\n\n"
    + aligned(
      [
        "Area", "joining", "on time", "as delivered", "30 or more short, worst year", "unmet, on time",
        "unmet, as delivered",
      ], rows)
}

private func datedText(_ test: StressTest) -> String {
  let rows = test.datedMoney.filter { $0.chance > 0 }.map {
    [$0.name, $0.deadline.label, grouped($0.planned), percent($0.chance), whole($0.expectedPounds)]
  }
  if rows.isEmpty { return "No money with a deadline is put at risk by delay." }
  return "Money that delay may bring past its deadline\n\n"
    + aligned(["Money", "deadline", "to be spent, £", "chance too late", "expected too late, £"], rows)
}

/// Section 106 money that is spent before late homes bring it.
private func forwardText(_ run: ProgrammeRun, _ test: StressTest) -> String {
  if test.forwardFunding.isEmpty {
    return "The programme spends no section 106 money that homes have yet to bring."
  }
  let rows = test.forwardFunding.map {
    [
      $0.name, grouped($0.planned), $0.wanted.label, $0.due.label, percent($0.chance),
      percent($0.chanceBeyond), whole($0.expectedPounds),
    ]
  }
  let years = test.forwardFundingYears.filter { $0.chance > 0 }.map {
    [
      $0.year.label, percent($0.chance), whole($0.spread.mean), whole($0.spread.p80), whole($0.spread.p90),
    ]
  }
  let agreements =
    "Section 106 money that late homes may bring after it is spent\n\n"
    + aligned(
      [
        "Money", "to be spent, £", "first in", "due in", "chance too late", "not in these years",
        "expected to wait for, £",
      ], rows)
  if years.isEmpty { return agreements }
  return agreements + "\n\nSpent and not yet come at the year's end\n\n"
    + aligned(["Year", "chance", "mean, £", "P80, £", "P90, £"], years)
    + "\nLent at \(percent(run.plan.borrowing.interest, places: 2)) a year that costs "
    + "£\(whole(test.expectedForwardInterest)) on average. The limits on borrowing are not tried against it."
}

private func blocksText(_ run: ProgrammeRun, _ test: StressTest) -> String {
  var phasesWithoutPrice: Set<AreaPhase> = []
  let rows = test.areas.compactMap { area -> [String]? in
    guard let block = area.block, block.avoided > 0 else { return nil }
    if block.cost == nil { phasesWithoutPrice.insert(area.phase) }
    return [
      run.input.model.areaName(area.area), "\(block.from) to \(block.until - 1)", percent(block.chanceBefore),
      percent(block.chanceAfter), whole(block.avoided), block.cost.map(whole) ?? "no price",
      block.costPerAvoided.map(whole) ?? "no price",
    ]
  }
  if rows.isEmpty { return "A temporary block would help no area that is likely to be short." }
  return "What a temporary block of 30 places a year group would do for three years\n\n"
    + aligned(
      [
        "Area", "years", "chance before", "after", "unmet places avoided", "to set up, £",
        "set-up £ a place avoided",
      ], rows)
    + (phasesWithoutPrice.isEmpty
      ? ""
      : "\nNo price: a block costs what temporary schemes of the model cost, and none is \(phases(phasesWithoutPrice)).")
    + "\nHire of its classrooms and growth fund come on top, out of revenue."
}

/// `primary or secondary`.
private func phases(_ some: Set<AreaPhase>) -> String {
  AreaPhase.allCases.filter(some.contains).map(\.rawValue).joined(separator: " or ")
}
