import CapitalProgramme
import Diagnostics
import PlacePlanning
import Projection
import Runs

// A chosen programme for machines. Money is whole pounds of the day, present cost pounds of the first year.

struct ChosenProgrammeAnswer: Encodable {
  struct Step: Encodable {
    let aim: String
    let objective: Double
    /// Nil where nothing is known.
    let bound: Double?
    let gap: Double?
    let proven: Bool
    let nodes: Int
  }

  struct Scheme: Encodable {
    let rank: Int
    let scheme: String
    let name: String
    let kind: String
    let planningAreaCode: String?
    /// Missing where the scheme names none.
    let school: String?
    let schoolName: String?
    let committed: Bool
    let starts: String
    let opens: String?
    let placesPerYearGroup: Int?
    let yearGroup: String?
    /// Missing where the model gives none: the places reach the last year group of the phase.
    let lastYearGroup: String?
    let cost: Int
    let unmetWithoutIt: Double
    let payments: [Payment]
    let repayments: [Payment]
  }

  struct Payment: Encodable {
    let financialYear: String
    let source: String
    let pot: String?
    let pounds: Int
  }

  struct Year: Encodable {
    let financialYear: String
    let borrowed: Int
    let repaidFromS106: Int
    let capitalFinancingRequirement: Double
    let minimumRevenueProvision: Double
    let interest: Double
    /// Growth fund, start-up of new schools and temporary hire together.
    let revenueConsequences: Int
    let growthFund: Int
    let startUp: Int
    let temporaryHire: Int
    /// MRP and interest as a share of the net revenue stream; missing where the model does not state it.
    let shareOfNetRevenue: Double?
    let returned: Int
    let priceRise: Double
    let surplusCost: Double
  }

  struct PotYear: Encodable {
    let pot: String
    let financialYear: String
    let received: Int
    let spent: Int
    let repaid: Int
    let returned: Int
    let balance: Int
  }

  struct Unmet: Encodable {
    let planningAreaCode: String
    let unmetWithoutProgramme: Double
    let unmet: Double
    let worstYear: String
    let unmetInWorstYear: Double
    let reason: String
  }

  struct Ranked: Encodable {
    let scheme: String
    let points: Double
    let starts: String?
  }

  struct Ranking: Encodable {
    let schemes: [Ranked]
    let weightedUnmet: Double
    /// Nil where the least that it could cost is not proven.
    let presentCost: Double?
    let breaches: [String]
  }

  let format = "places-prioritise/1"
  /// `proven`, or `stopped` before it was.
  let outcome: String
  let model: String
  let scenario: String
  let draws: Int
  /// Of the draws; missing without them.
  let seed: UInt64?
  /// `expected`, `worst:SHARE` or `beyond:CHANCE`, as every figure of unmet places counts.
  let measure: String
  let proven: Bool
  let steps: [Step]
  let weightedUnmet: Double
  let presentCost: Double
  /// Growth fund and the start of new schools, which the schools' budget bears.
  let presentCostToSchools: Double
  let schemes: [Scheme]
  let leftOut: [String]
  let years: [Year]
  /// Hire and year groups missing from April to August after the last year. **Units** whole pounds.
  let revenueBeyond: Int
  let pots: [PotYear]
  let unmetByArea: [Unmet]
  /// Nil where all pupils stay in their areas.
  let neighbours: NeighboursAnswer?
  let notArrived: [String]
  let pointsRanking: Ranking
  let explanations: ExplanationAnswer?
  let stressTest: StressAnswer?

  init(
    _ run: ProgrammeRun, _ chosen: ChosenProgramme, _ ranking: PointsRanking,
    explanations: ExplanationAnswer?, stressTest: StressAnswer?
  ) {
    let problem = chosen.problem
    model = run.input.model.identity.key
    scenario = run.input.model.scenario
    draws = run.draws?.draws ?? 0
    seed = run.draws.map { _ in run.seed }
    measure = run.measure.text
    proven = chosen.isProven
    outcome = chosen.isProven ? "proven" : "stopped"
    steps = chosen.steps.map {
      Step(
        aim: $0.aim.rawValue, objective: $0.objective, bound: $0.bound.isFinite ? $0.bound : nil,
        gap: $0.gap.isFinite ? $0.gap : nil, proven: $0.isProven, nodes: $0.nodes)
    }
    weightedUnmet = chosen.accounts.weightedUnmet
    presentCost = chosen.accounts.presentCost
    presentCostToSchools = chosen.presentCostToSchools(run.plan)
    schemes = chosen.lines.enumerated().map { Scheme($1, rank: $0 + 1, of: chosen) }
    leftOut = chosen.notChosen.map(\.key)
    years = zip(chosen.revenueTable(run.plan).rows, chosen.accounts.years).map { Year($0, $1) }
    revenueBeyond = chosen.accounts.revenueBeyond
    pots = zip(problem.pots, chosen.accounts.pots).flatMap { pot, sums in
      zip(problem.years, sums).map {
        PotYear(
          pot: pot.key, financialYear: $0.label, received: $1.received, spent: $1.spent, repaid: $1.repaid,
          returned: $1.returned, balance: $1.balance)
      }
    }
    unmetByArea = chosen.unmetByArea.map {
      Unmet(
        planningAreaCode: $0.area.text, unmetWithoutProgramme: $0.unmetWithout, unmet: $0.unmet,
        worstYear: problem.years[$0.worstYear].academicYear.label, unmetInWorstYear: $0.unmetInWorstYear,
        reason: $0.reason.rawValue)
    }
    neighbours = chosen.neighbourPlacement.map { NeighboursAnswer($0, problem) }
    notArrived = problem.notArrived.map(\.key)
    pointsRanking = Ranking(ranking, problem)
    self.explanations = explanations
    self.stressTest = stressTest
  }
}

extension ChosenProgrammeAnswer.Scheme {
  /// `rank` counts from 1, in the order in which the programme lists its schemes.
  fileprivate init(_ line: ProgrammeLine, rank: Int, of chosen: ChosenProgramme) {
    let (scheme, problem) = (line.scheme, chosen.problem)
    self.init(
      rank: rank, scheme: scheme.key, name: scheme.name, kind: scheme.kind.rawValue,
      planningAreaCode: scheme.area?.text, school: scheme.school?.code, schoolName: scheme.school?.name,
      committed: scheme.isCommitted, starts: line.start.label, opens: line.opening?.label,
      placesPerYearGroup: scheme.places?.perYearGroup, yearGroup: scheme.places?.entryYearGroup.label,
      lastYearGroup: scheme.places?.lastYearGroup?.label, cost: line.cost,
      unmetWithoutIt: line.unmetWithoutIt,
      payments: chosen.programme.payments.filter { $0.scheme == line.candidate }.map {
        ChosenProgrammeAnswer.Payment(
          financialYear: problem.years[$0.year].label, source: chosen.source(of: $0.payer).rawValue,
          pot: chosen.potKey($0.payer), pounds: $0.pounds)
      },
      repayments: chosen.programme.repayments.filter { $0.scheme == line.candidate }.map {
        ChosenProgrammeAnswer.Payment(
          financialYear: problem.years[$0.year].label, source: problem.pots[$0.pot].source.rawValue,
          pot: problem.pots[$0.pot].key, pounds: $0.pounds)
      })
  }
}

extension ChosenProgrammeAnswer.Year {
  fileprivate init(_ revenue: RevenueTable.Row, _ sums: ProgrammeAccounts.Year) {
    self.init(
      financialYear: revenue.year.label, borrowed: sums.borrowed, repaidFromS106: sums.repaid,
      capitalFinancingRequirement: sums.debt, minimumRevenueProvision: sums.minimumRevenueProvision,
      interest: sums.interest, revenueConsequences: sums.revenue, growthFund: revenue.costs.growthFund,
      startUp: revenue.costs.startUp, temporaryHire: revenue.costs.temporaryHire,
      shareOfNetRevenue: revenue.financingShare, returned: sums.returned, priceRise: sums.priceRise,
      surplusCost: sums.surplusCost)
  }
}

extension ChosenProgrammeAnswer.Ranking {
  fileprivate init(_ ranking: PointsRanking, _ problem: ProgrammeProblem) {
    self.init(
      schemes: ranking.lines.map { line in
        let candidate = problem.candidates[line.scheme]
        return ChosenProgrammeAnswer.Ranked(
          scheme: candidate.scheme.key, points: line.points,
          starts: line.start.map { problem.years[candidate.starts[$0].year].label })
      },
      weightedUnmet: ranking.report.accounts.weightedUnmet,
      presentCost: ranking.isAtLeastCost ? ranking.report.accounts.presentCost : nil,
      breaches: ranking.report.breaches.map(\.what))
  }
}

extension ChosenProgramme {
  /// The key of a pot; nil for borrowing.
  fileprivate func potKey(_ payer: Programme.Payer) -> String? {
    if case .pot(let pot) = payer { problem.pots[pot].key } else { nil }
  }
}

struct UnaffordableAnswer: Encodable {
  struct Missing: Encodable {
    let financialYear: String
    let schemes: [String]
    let pounds: Int
  }

  let format = "places-prioritise/1"
  let outcome = "unaffordable"
  let proven = false
  let missing: [Missing]

  init(_ missing: [Unfunded], _ problem: ProgrammeProblem) {
    self.missing = missing.map {
      Missing(financialYear: problem.years[$0.year].label, schemes: $0.schemes, pounds: $0.pounds)
    }
  }
}

/// Why there is no programme, where it is not for want of money.
struct NoProgrammeAnswer: Encodable {
  let format = "places-prioritise/1"
  /// `incompatible`, or `without_programme` when the search was stopped before it found one.
  let outcome: String
  let proven = false
  let reason: String
}
