import CapitalProgramme
import PlacePlanning
import TestSupport

/// The same plan with schemes, pots and agreements in another order, and every key and area under another name.
struct Relabelling {
  let problem: ProgrammeProblem

  init(_ random: RandomProgramme, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var plan = random.plan
    // Names in another order than the old ones, so that nothing is sorted as before.
    let names = plan.schemes.indices.map { "scheme \(100 + $0)" }.shuffled(using: &generator)
    let keys = Dictionary(uniqueKeysWithValues: zip(plan.schemes.map(\.key), names))
    func area(_ code: PlanningAreaCode) -> PlanningAreaCode { PlanningAreaCode("Z-\(code.text)") }
    func rename(_ rule: inout FundingRule) {
      rule.area = rule.area.map(area)
      rule.scheme = rule.scheme.map { keys[$0] ?? $0 }
    }
    plan.schemes.changeEach { scheme in
      scheme.key = keys[scheme.key] ?? ""
      scheme.name = "Renamed"
      scheme.area = scheme.area.map(area)
      scheme.optionGroup = scheme.optionGroup.map { "one of \($0)" }
      scheme.prerequisites = scheme.prerequisites.compactMap { keys[$0] }
    }
    plan.pots.changeEach { pot in
      pot.key = "other \(pot.key)"
      pot.name = "Renamed"
      rename(&pot.rule)
      pot.pooledObligation = pot.pooledObligation.map { "other \($0)" }
    }
    plan.agreements.changeEach { agreement in
      agreement.key = "other \(agreement.key)"
      agreement.name = "Renamed"
      agreement.deed = "other \(agreement.deed)"
      rename(&agreement.rule)
    }
    plan.schemes.shuffle(using: &generator)
    plan.pots.shuffle(using: &generator)
    plan.agreements.shuffle(using: &generator)
    let cells = random.cells.map {
      ProgrammeProblem.Cell(
        area: area($0.area), yearGroup: $0.yearGroup, year: $0.year, weight: $0.weight, curve: $0.curve)
    }
    problem = ProgrammeProblem(plan, cells: cells.shuffled(using: &generator), sites: random.sites)
  }
}

extension Array {
  mutating func changeEach(_ change: (inout Element) -> Void) {
    for index in indices { change(&self[index]) }
  }
}
