import CapitalProgramme
import PlacePlanning
import Runs

/// Why this programme, for machines: what would happen otherwise. Money is whole pounds of the day, present cost pounds of the first year.
struct ExplanationAnswer: Encodable {
  struct Change: Encodable {
    let what: String
    /// False where there is no such programme, null where that was not settled; the rest is then missing.
    let possible: Bool?
    let moreUnmet: Double?
    /// No such programme leaves fewer; missing where only few starts were tried.
    let leastMoreUnmet: Double?
    let morePresentCost: Double?
    /// Whole pounds of a further sum that lapse or go back, and are among the costs; missing where none do or no sum was added.
    let lapsedOrReturned: Int?
    /// The financial year in which a further sum comes; missing where none was added.
    let financialYear: String?
    let added: [String]?
    let dropped: [String]?
    let moved: [String]?

    /// `year` is that in which a further sum comes.
    init(_ what: String, _ comparison: Comparison, year: FinancialYear? = nil) {
      let alternative = comparison.alternative
      self.what = what
      switch comparison {
      case .found: possible = true
      case .impossible: possible = false
      case .notSettled: possible = nil
      }
      moreUnmet = alternative?.moreUnmet
      leastMoreUnmet = alternative?.leastMoreUnmet
      morePresentCost = alternative?.moreCost
      lapsedOrReturned = alternative.flatMap {
        year != nil && $0.moreReturned > 0 ? $0.moreReturned : nil
      }
      financialYear = year?.label
      added = alternative?.added
      dropped = alternative?.dropped
      moved = alternative?.moved
    }
  }

  struct Point: Encodable {
    let shareOfLimits: Double
    let limits: Int
    let borrowed: Int
    let change: Change
  }

  struct Rival: Encodable {
    let scenario: String
    let plan: String
    let planningAreaCode: String
    /// Null where it was not settled.
    let possible: Bool?
    /// How far the best programme with it was searched for; missing without figures.
    let search: SearchReach?
    let unmet: Double?
    let unmetInAllAreas: Double?
    let unmetInLastYear: Double?
    let surplusInLastYear: Double?
    let cost: Int?
    let revenue: Int?
    /// MRP and interest of the whole programme.
    let financing: Double?
    let presentCost: Double?
    let unmetRegret: Double?
    let costRegret: Double?
  }

  /// The chosen programme in the figures of a rival plan, in the scenario of the run.
  struct Chosen: Encodable {
    let planningAreaCode: String
    let unmet: Double
    let unmetInAllAreas: Double
    let unmetInLastYear: Double
    let surplusInLastYear: Double
    let cost: Int
    let revenue: Int
    let financing: Double
    let presentCost: Double

    init(_ area: PlanningAreaCode, _ figures: RivalOutcome.Figures) {
      planningAreaCode = area.text
      unmet = figures.unmet
      unmetInAllAreas = figures.unmetInAllAreas
      unmetInLastYear = figures.unmetInLastYear
      surplusInLastYear = figures.surplusInLastYear
      cost = figures.cost
      revenue = figures.revenue
      financing = figures.financing
      presentCost = figures.presentCost
    }
  }

  /// Missing where every approved scheme starts as approved.
  let approvedStarts: Change?
  /// What the approved schemes lack as approved, whole pounds by financial year; missing where they can be paid for.
  let approvedStartsLack: [String: Int]?
  let without: [Change]
  let oneMillionMore: [Change]
  let frontier: [Point]
  let rivals: [Rival]
  /// In each area that has rival plans.
  let programmeAsChosen: [Chosen]

  init(_ run: ProgrammeRun, _ chosen: ChosenProgramme, _ explanations: ProgrammeExplanations) {
    let found = explanations.alternatives
    let kept = found.approvedStarts
    approvedStarts = kept.map { Change($0.schemes.map(\.key).joined(separator: ";"), $0.comparison) }
    approvedStartsLack = kept.flatMap { kept in
      kept.missing.isEmpty
        ? nil
        : Dictionary(
          kept.missing.map { (chosen.problem.years[$0.year].label, $0.pounds) }, uniquingKeysWith: +)
    }
    without = found.without.map { Change($0.scheme.key, $0.comparison) }
    oneMillionMore = found.more.map {
      Change($0.pot?.key ?? "borrowing", $0.comparison, year: $0.year)
    }
    frontier = found.frontier.map {
      Point(
        shareOfLimits: $0.share, limits: $0.limit, borrowed: $0.borrowed,
        change: Change("borrowing", $0.comparison))
    }
    let compared =
      explanations.regrets.isEmpty
      ? [RivalRegret(scenario: run.input.model.scenario, outcomes: explanations.rivals)]
      : explanations.regrets
    rivals = compared.flatMap { regret in
      regret.outcomes.map { outcome in
        let figures = outcome.figures
        return Rival(
          scenario: regret.scenario, plan: outcome.rival.key, planningAreaCode: outcome.rival.area.text,
          possible: outcome.isSettled ? figures != nil : nil, search: outcome.reach, unmet: figures?.unmet,
          unmetInAllAreas: figures?.unmetInAllAreas, unmetInLastYear: figures?.unmetInLastYear,
          surplusInLastYear: figures?.surplusInLastYear, cost: figures?.cost, revenue: figures?.revenue,
          financing: figures?.financing, presentCost: figures?.presentCost,
          unmetRegret: regret.unmetRegret(of: outcome.rival.key),
          costRegret: regret.costRegret(of: outcome.rival.key))
      }
    }
    programmeAsChosen = Set(compared.flatMap(\.outcomes).map(\.rival.area)).sorted().map {
      Chosen($0, chosen.figures(in: $0))
    }
  }
}
