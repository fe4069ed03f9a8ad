public import CapitalProgramme
internal import Diagnostics
public import Foundation
public import ModelFiles
internal import Papers
public import PlacePlanning
public import Projection

/// What a programme is chosen with, beside the model.
public struct ProgrammeRequest: Sendable {
  /// Draws behind the need; nought for the central path alone. Nil is 1,000 where the model says how uncertain it is, else nought.
  public var draws: Int?
  public var seed: UInt64
  public var measure: UnmetMeasure
  /// The most scenarios that stand for the draws where neighbouring areas may place each other's pupils; nil keeps all pupils in their areas.
  /// Linked areas count expected unmet places, whatever the measure of the other areas is.
  public var neighbourScenarios: Int?
  public var options: ProgrammeOptions

  /// Expected unmet places over the usual draws, each area by itself, unless something else is given.
  public init(
    draws: Int? = nil, seed: UInt64 = 1, measure: UnmetMeasure = .expected, neighbourScenarios: Int? = nil,
    options: ProgrammeOptions = ProgrammeOptions()
  ) {
    self.draws = draws
    self.seed = seed
    self.measure = measure
    self.neighbourScenarios = neighbourScenarios
    self.options = options
  }
}

/// Neighbours were to place pupils, and the model links no areas.
public struct NoNeighbours: Error, CustomStringConvertible {
  public let description: String
}

/// A model's programme: from files to a choice that is proven, or stopped with its gap stated.
public struct ProgrammeRun: Sendable {
  public let input: CheckedInput
  public let plan: CapitalPlan
  public let pupils: TrajectorySet
  /// Nil on the central path alone.
  public let draws: PupilDraws?
  public let problem: ProgrammeProblem
  public let outcome: ProgrammeOutcome
  let request: ProgrammeRequest
  private let ranked: PointsRanking

  /// Of the draws.
  public var seed: UInt64 { request.seed }
  /// How unmet places are counted.
  public var measure: UnmetMeasure { request.measure }

  /// **Throws** what `check`, `project` and the draws throw; E501 for a model without schemes; `NoNeighbours`.
  public init(_ model: ModelRequest, _ request: ProgrammeRequest) throws {
    try self.init(try check(model), request)
  }

  /// A programme for a model that was checked already.
  public init(_ input: CheckedInput, _ request: ProgrammeRequest) throws {
    guard let plan = input.model.capital else { throw noSchemes(input.model) }
    let pupils = try input.projected()
    try self.init(input, plan, pupils, try requestedDraws(input.model, pupils, request), request)
  }

  /// From what a run has already; `draws` stand behind the need, or none for the central path alone.
  init(
    _ input: CheckedInput, _ plan: CapitalPlan, _ pupils: TrajectorySet, _ draws: PupilDraws?,
    _ request: ProgrammeRequest
  ) throws {
    let problem = try programmeProblem(input.model, plan, pupils, draws, request)
    self.input = input
    self.plan = plan
    self.pupils = pupils
    self.draws = draws
    self.problem = problem
    self.request = request
    ranked = rank(problem, plan.points)
    outcome = prioritise(
      problem, request.options, start: ranked.report.isFeasible ? ranked.programme.choices : nil)
  }

  /// What a ranking by points would have chosen, paid for at the least present cost where that is proven; solved at each call.
  public func rankingAtLeastCost() -> PointsRanking { ranked.atLeastCost(of: problem, request.options) }

  /// What a paper says of it.
  var findings: ProgrammeFindings {
    let chosen = outcome.chosen
    return ProgrammeFindings(
      plan: plan, outcome: outcome, ranking: rankingAtLeastCost(), stress: chosen.flatMap(stressed),
      revenue: chosen?.revenueTable(plan),
      rivals: chosen.map { $0.comparing(plan.rivals, in: problem, request.options) } ?? [],
      approvedStarts: chosen.flatMap { $0.keepingApprovedStarts(request.options) })
  }

  /// The chosen programme under draws of demand and of delivery together. Nil on the central path alone.
  public func stressed(_ chosen: ChosenProgramme) -> StressTest? {
    draws.map {
      stress(
        chosen.programme, of: problem, input.model, plan: plan, pupils: $0, seed: request.seed,
        block: BlockTrial(costPerPlace: temporaryCostPerPlace))
    }
  }

  /// What the model's own temporary schemes cost, for each place that they hold at their fullest; the mean by phase.
  private var temporaryCostPerPlace: [AreaPhase: Double] {
    let costs = plan.schemes.compactMap { scheme -> (phase: AreaPhase, cost: Double)? in
      guard scheme.kind == .temporary, let phase = scheme.phase, let places = scheme.placesWhenFull,
        places > 0
      else { return nil }
      let pounds = plan.spending(scheme, startingIn: scheme.window.lowerBound).reduce(0, +)
      return (phase, Double(pounds) / Double(places))
    }
    return Dictionary(grouping: costs, by: \.phase).mapValues { entries in
      entries.reduce(0) { $0 + $1.cost } / Double(entries.count)
    }
  }

  /// What else was possible beside the chosen programme. The same rival plans are compared under each of `scenarios` too, which are projected,
  /// drawn and solved anew with the same random numbers.
  public func explanations(
    _ model: ModelRequest, scenarios: [String], beside chosen: ChosenProgramme
  ) throws -> ProgrammeExplanations {
    let own = input.model.scenario
    let others = scenarios.filter { $0 != own }
    let elsewhere = try others.map { name in
      let input = try check(ModelRequest(folder: model.folder, scenario: name))
      guard let plan = input.model.capital else { throw noSchemes(input.model) }
      let pupils = try input.projected()
      let draws = try requestedDraws(input.model, pupils, request)
      return (plans: plan.rivals, problem: try programmeProblem(input.model, plan, pupils, draws, request))
    }
    let found = chosen.explanations(rivals: [(plan.rivals, problem)] + elsewhere, request.options)
    let compared = Dictionary(uniqueKeysWithValues: zip([own] + others, found.rivals))
    return ProgrammeExplanations(
      alternatives: found, rivals: compared[own] ?? [],
      regrets: scenarios.map { RivalRegret(scenario: $0, outcomes: compared[$0] ?? []) })
  }
}

/// What else was possible beside a programme.
public struct ProgrammeExplanations: Sendable {
  public let alternatives: Explanations
  /// The rival plans of the model, in the scenario of the run.
  public let rivals: [RivalOutcome]
  /// The same rival plans under each scenario that was asked for, and how much more each leaves unmet, and costs, than the best of them
  /// there: its regret.
  public let regrets: [RivalRegret]
}

/// The rival plans of one area beside each other in one scenario.
public struct RivalRegret: Sendable {
  public let scenario: String
  public let outcomes: [RivalOutcome]

  /// The scenario's name, and what each rival plan comes to in it.
  public init(scenario: String, outcomes: [RivalOutcome]) {
    self.scenario = scenario
    self.outcomes = outcomes
  }

  /// Unmet places in its area beyond those of the best rival, by the plan's key; nil where the plan cannot be paid for, or where the
  /// scenario leaves out a scheme of it. **Units** places and years.
  public func unmetRegret(of plan: String) -> Double? { regret(plan, \.unmet) }

  /// Present cost beyond that of the cheapest rival. **Units** pounds.
  public func costRegret(of plan: String) -> Double? { regret(plan, \.presentCost) }

  private func regret(_ plan: String, _ figure: KeyPath<RivalOutcome.Figures, Double>) -> Double? {
    guard let outcome = outcomes.first(where: { $0.rival.key == plan }), let own = outcome.figures else {
      return nil
    }
    let rivals = outcomes.filter { $0.rival.area == outcome.rival.area }
    let best = rivals.compactMap { $0.figures?[keyPath: figure] }.min() ?? own[keyPath: figure]
    return own[keyPath: figure] - best
  }
}

/// The draws that a request asks for; nil for the central path alone.
private func requestedDraws(
  _ model: PlanningModel, _ pupils: TrajectorySet, _ request: ProgrammeRequest
) throws -> PupilDraws? {
  let count = request.draws ?? PlanningRun.usualDraws(model)
  return count > 0 ? try simulateKeepingDraws(model, pupils, draws: count, seed: request.seed).draws : nil
}

private func programmeProblem(
  _ model: PlanningModel, _ plan: CapitalPlan, _ pupils: TrajectorySet, _ draws: PupilDraws?,
  _ request: ProgrammeRequest
) throws -> ProgrammeProblem {
  if request.neighbourScenarios != nil, plan.neighbours.isEmpty {
    throw NoNeighbours(
      description: "model '\(model.identity.key)' names no neighbours: its data have no links between areas.")
  }
  let cells = needCells(model, plan, pupils, draws, measure: request.measure)
  let neighbours = request.neighbourScenarios.map {
    NeighbourDraws(plan, cells, pupils, draws, mostScenarios: $0)
  }
  return ProgrammeProblem(plan, cells: cells, sites: model.housing.sites, neighbours: neighbours)
}

func noSchemes(_ model: PlanningModel) -> DiagnosticList {
  DiagnosticList(
    .noSchemes, at: SourceLocation(file: "Models/\(model.identity.key)"),
    what: "the model has no schemes to choose from",
    why: "a programme is chosen from schemes, pots and limits that the model states",
    fix:
      "name data sets of schemes, scheme_profiles, funding_pots and pot_receipts, as Models/gloucestershire does"
  )
}

/// Writes the models of a programme's steps as `step1.lp`, `step2.lp`, …; of what stands there only such models are replaced.
/// **Throws** E602, E604.
public func writeSteps(_ texts: [String], to folder: URL) throws {
  _ = try entries(of: folder.resolvingSymlinksInPath())
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  } catch {
    throw notWritten(folder, systemWords(error))
  }
  let files = texts.enumerated().map { index, text in
    (text: text, file: folder.appendingPathComponent("step\(index + 1).lp"))
  }
  let kind = OwnFile(heading: "\\ programme\n")
  for (_, file) in files { try checkOwnFile(file, kind) }
  for (text, file) in files { try writeOwnFile(Data(text.utf8), to: file, kind) }
}
