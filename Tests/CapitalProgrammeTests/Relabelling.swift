import CapitalProgramme
import PlacePlanning
import TestSupport

/// The same plan with schemes, pots and agreements in another order, and every key and area under another name.
struct Relabelling {
  let problem: ProgrammeProblem

  init(_ random: RandomProgramme, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let plan = random.plan
    // Names in another order than the old ones, so that nothing is sorted as before.
    let names = plan.schemes.indices.map { "scheme \(100 + $0)" }.shuffled(using: &generator)
    let keys = Dictionary(uniqueKeysWithValues: zip(plan.schemes.map(\.key), names))
    func area(_ code: PlanningAreaCode) -> PlanningAreaCode { PlanningAreaCode("Z-\(code.text)") }
    func rule(_ rule: FundingRule) -> FundingRule {
      FundingRule(
        kinds: rule.kinds, phase: rule.phase, area: rule.area.map(area),
        scheme: rule.scheme.map { keys[$0] ?? $0 }, mostShare: rule.mostShare)
    }
    let schemes = plan.schemes.map { scheme in
      Scheme(
        key: keys[scheme.key] ?? "", name: "Renamed", kind: scheme.kind, area: scheme.area.map(area),
        places: scheme.places, cost: scheme.cost, buildYears: scheme.buildYears, profile: scheme.profile,
        window: scheme.window, isCommitted: scheme.isCommitted,
        optionGroup: scheme.optionGroup.map { "one of \($0)" },
        prerequisites: scheme.prerequisites.compactMap { keys[$0] }, assetLifeYears: scheme.assetLifeYears,
        referenceClass: scheme.referenceClass, conditionScore: scheme.conditionScore,
        approvedStart: scheme.approvedStart, mark: scheme.mark, note: scheme.note)
    }
    let pots = plan.pots.map { pot in
      FundingPot(
        key: "other \(pot.key)", name: "Renamed", source: pot.source, rule: rule(pot.rule),
        received: pot.received, carriesForward: pot.carriesForward, spendBy: pot.spendBy,
        pooledObligation: pot.pooledObligation.map { "other \($0)" })
    }
    let agreements = plan.agreements.map { deed in
      Section106Agreement(
        key: "other \(deed.key)", name: "Renamed", deed: "other \(deed.deed)",
        site: deed.site, triggerHomes: deed.triggerHomes,
        amount: deed.amount, receivedIn: deed.receivedIn, agreedOn: deed.agreedOn,
        spendWithinYears: deed.spendWithinYears, spendBy: deed.spendBy, rule: rule(deed.rule),
        mark: deed.mark)
    }
    let relabelled = CapitalPlan(
      firstYear: plan.firstYear, years: plan.years, schemes: schemes.shuffled(using: &generator),
      pots: pots.shuffled(using: &generator), agreements: agreements.shuffled(using: &generator),
      borrowing: plan.borrowing, buildingInflation: plan.buildingInflation, goals: plan.goals,
      points: plan.points, delivery: plan.delivery, revenue: plan.revenue, rivals: [], neighbours: [])
    let cells = random.cells.map {
      ProgrammeProblem.Cell(
        area: area($0.area), yearGroup: $0.yearGroup, year: $0.year, weight: $0.weight, curve: $0.curve)
    }
    problem = ProgrammeProblem(
      relabelled, cells: cells.shuffled(using: &generator), sites: random.sites)
  }
}
