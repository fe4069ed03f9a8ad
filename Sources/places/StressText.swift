import CapitalProgramme
import Foundation
import Papers
import PlacePlanning
import Runs

// What becomes of a programme when pupils, delays and costs turn out otherwise.

func stressText(_ run: ProgrammeRun, _ test: StressTest) -> String {
  [outturnText(test), areasText(run, test), datedText(run, test), blocksText(run, test)].joined(
    separator: "\n\n")
}

private func percent(_ share: Double) -> String { fixed(share * 100, places: 0) + "%" }
private func pounds(_ value: Double) -> String { fixed(value, places: 0) }

private func outturnText(_ test: StressTest) -> String {
  let classes = test.classes.map { risk in
    [
      risk.referenceClass, String(risk.schemes.count), grouped(risk.budget), pounds(risk.outturn.mean),
      pounds(risk.outturn.p80), risk.biasAtMean.map(percent) ?? "", risk.biasAtP80.map(percent) ?? "",
      risk.input.map { percent($0.meanOverrun) } ?? "not stated",
    ]
  }
  return """
    Stress test: \(grouped(test.draws)) draws of demand and of delivery together
    Outturn against \(poundsExact(test.approved)): mean £\(pounds(test.outturn.mean)), half the draws above \
    £\(pounds(test.outturn.p50)), one in five above £\(pounds(test.outturn.p80)), one in ten above \
    £\(pounds(test.outturn.p90))
    Chance of spending more than the programme: \(percent(test.chanceOverspend)); more than a tenth more: \
    \(percent(test.chanceOverspendByTenth))

    """
      + aligned(
        [
          [
            "Reference class", "schemes", "budget, £", "mean outturn, £", "P80, £", "mean over budget",
            "P80 over budget", "mean overrun put in",
          ]
        ] + classes) + longerText(test)
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
  let names = run.areaNames
  let rows = test.areas.filter { $0.chanceWithoutPlace.delivered >= 0.05 }
    .sorted { ($1.chanceWithoutPlace.delivered, $0.area) < ($0.chanceWithoutPlace.delivered, $1.area) }
    .map { area -> [String] in
      let entry = area.phase.entryYearGroup
      let worst = test.cells.filter { $0.area == area.area && $0.yearGroup == entry }
        .max { $0.chanceShortByForm.delivered < $1.chanceShortByForm.delivered }
      return [
        names[area.area] ?? area.area.text, entry.name, percent(area.chanceWithoutPlace.asPlanned),
        percent(area.chanceWithoutPlace.delivered),
        worst.map { "\(percent($0.chanceShortByForm.delivered)) in \($0.year)" } ?? "",
        fixed(area.expectedUnmet.asPlanned, places: 0), fixed(area.expectedUnmet.delivered, places: 0),
      ]
    }
  if rows.isEmpty { return "No area has a chance of 1 in 20 or more that a child joining has no place." }
  return "Chance that a child joining has no place in some year, on time and as delivered\n\n"
    + aligned(
      [
        [
          "Area", "joining", "on time", "as delivered", "30 or more short, worst year", "unmet, on time",
          "unmet, as delivered",
        ]
      ] + rows)
}

private func datedText(_ run: ProgrammeRun, _ test: StressTest) -> String {
  let rows = test.datedMoney.filter { $0.chance > 0 }.map {
    [$0.name, $0.deadline.label, grouped($0.planned), percent($0.chance), pounds($0.expectedPounds)]
  }
  let limit = timedByHomes(run)
  if rows.isEmpty { return "No money with a deadline is put at risk by delay." + limit }
  return "Money that delay may bring past its deadline\n\n"
    + aligned([["Money", "deadline", "to be spent, £", "chance too late", "expected too late, £"]] + rows)
    + limit
}

/// What the money leaves out; nothing where no homes bring any.
private func timedByHomes(_ run: ProgrammeRun) -> String {
  run.plan.agreements.allSatisfy { $0.site == nil }
    ? ""
    : "\nSection 106 money comes in the years of the central projection: homes that are late in a draw bring their pupils later, but "
      + "not this money."
}

private func blocksText(_ run: ProgrammeRun, _ test: StressTest) -> String {
  let names = run.areaNames
  let rows = test.areas.compactMap { area -> [String]? in
    guard let block = area.block, block.avoided > 0 else { return nil }
    return [
      names[area.area] ?? area.area.text, "\(block.from) to \(block.until - 1)", percent(block.chanceBefore),
      percent(block.chanceAfter), fixed(block.avoided, places: 0), block.cost.map(pounds) ?? "no price",
      block.costPerAvoided.map(pounds) ?? "",
    ]
  }
  if rows.isEmpty { return "A temporary block would help no area that is likely to be short." }
  return "What a temporary block of 30 places a year group would do for three years\n\n"
    + aligned(
      [
        [
          "Area", "years", "chance before", "after", "unmet places avoided", "cost, £", "£ a place avoided",
        ]
      ] + rows)
}
