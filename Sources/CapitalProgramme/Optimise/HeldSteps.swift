internal import MixedInteger

/// One step of the choice: its aim is lowered as far as it goes, while what the steps before it reached is held.
public struct HeldStep: Hashable, Sendable {
  /// What a step lowers.
  public enum Aim: String, CaseIterable, Sendable, Codable {
    /// **Units** weighted places and years.
    case unmetPlaces = "unmet_places"
    /// **Units** thousands of pounds of the first year.
    case presentCost = "present_cost"
    /// **Units** years moved, and all the years for a scheme dropped or added.
    case distance = "distance_from_approved"
  }

  public let aim: Aim
  /// What the step reached, and the bound that no programme lies below. Where the finished programme has become better than what the
  /// step reached, it is the programme's.
  public let objective: Double
  public let bound: Double
  /// Whether the gap asked for was reached.
  public let isProven: Bool
  public let nodes: Int

  /// The difference as a share of the objective.
  public var gap: Double { Solution.gap(objective: objective, bound: bound) }
}

/// Solves the held steps one after another on one model.
struct HeldSteps {
  enum Outcome {
    case solved(values: [Double], steps: [HeldStep])
    case infeasible
    case withoutProgramme(String)
    case failed(String)
  }

  private struct Step {
    let aim: HeldStep.Aim
    let expression: LinearExpression
    /// The part that no choice changes.
    let constant: Double

    var objective: LinearExpression {
      var objective = expression
      objective.constant += constant
      return objective
    }
  }

  private let options: ProgrammeOptions
  private let programme: ProgrammeModel
  private let began: ContinuousClock.Instant
  /// The model, which may have fewer starts here: only those that the search over plans leaves.
  private let resolver: Resolver
  private let finder: MoneyFinder
  private var best: [Double]?
  private var taken: [HeldStep] = []
  /// What the search over plans found money to be worth.
  private(set) var prices: [KnownPrices] = []

  /// The share of the time limit by which each step ends, so that one which is not proven leaves the next some time.
  private static let timeShares = [0.6, 0.8, 1]

  /// `start` is a choice to begin from, a start of each candidate, where it can be paid for.
  init(
    _ programme: ProgrammeModel, _ options: ProgrammeOptions, start: [Int?]?, began: ContinuousClock.Instant
  ) throws {
    (self.programme, self.options, self.began) = (programme, options, began)
    resolver = try Resolver(programme.model)
    finder = try MoneyFinder(programme, in: programme.model, for: options.payment)
    let deadline = ProgrammeOptions.finish(options.timeLimit.map { began + $0 })
    best = try start.flatMap {
      try finder.money(for: $0, options.sideOptions(until: deadline)).solution?.values
    }
    if let most = options.mostUnmet {
      hold(.unmetPlaces, programme.unmetPlaces, at: most - programme.unmetElsewhere)
    }
  }

  mutating func solve() throws -> Outcome {
    let steps = [
      Step(aim: .unmetPlaces, expression: programme.unmetPlaces, constant: programme.unmetElsewhere),
      Step(aim: .presentCost, expression: programme.presentCost, constant: 0),
      Step(aim: .distance, expression: programme.distance, constant: 0),
    ].filter { options.aims.contains($0.aim) }
    for (number, step) in steps.enumerated() {
      let deadline = options.timeLimit.map { began + $0 * Self.timeShares[number] }
      resolver.setObjective(step.objective)
      options.writesText?(number + 1, lpText(stated))
      let search = step.aim == .unmetPlaces ? try searched(until: deadline) : nil
      if options.searchIsEnough {
        guard let (found, values) = search else {
          return .withoutProgramme("the search over plans gave up")
        }
        note(found, step)
        return .solved(values: values, steps: taken)
      }
      if let (found, values) = search {
        guard let values = try withEveryTangent(found, values, until: deadline) else {
          return .failed("no money for a choice that had some")
        }
        best = values
        prices = found.prices
        if found.isProven {
          take(found, step)
          continue
        }
      }
      if let end = try solve(step, isFirst: number == 0, until: deadline) {
        guard case .solved = end else { return end }
        break
      }
    }
    // The schemes are settled. Their money is made cheapest once more, without the slack of the last step.
    guard let best else { return .failed("there was no step") }
    var money = resolver.model.holdingIntegers(at: best)
    money.objective = programme.presentCost
    let deadline = ProgrammeOptions.finish(options.timeLimit.map { began + $0 })
    let cheapest = try MixedInteger.solve(money, SolveOptions(timeLimit: timeLeft(until: deadline)))
    return .solved(values: cheapest.solution?.values ?? best, steps: taken)
  }

  /// The model with all its starts, whatever the search left of them.
  private var stated: LinearModel {
    var model = resolver.model
    for id in programme.starts.joined() { model.setBounds(id, 0, 1) }
    return model
  }

  private func hold(_ aim: HeldStep.Aim, _ expression: LinearExpression, at reached: Double) {
    let slack = 1e-6 * max(1, abs(reached))
    resolver.constrain("held.\(aim.rawValue)", expression, .atMost, reached + slack)
  }

  // MARK: By whole plans

  /// When the search over plans is to end: by half of what the step has, so that the solver has some of it too.
  static func searchDeadline(until deadline: ContinuousClock.Instant?) -> ContinuousClock.Instant? {
    timeLeft(until: deadline).map { ContinuousClock.now + $0 / 2 }
  }

  /// What the search over plans finds for the first step, and values that pay for it; nil where the search does not apply or gave up.
  private func searched(
    until deadline: ContinuousClock.Instant?
  ) throws -> (found: PlanSearch.Found, values: [Double])? {
    guard options.searchesPlans else { return nil }
    let deadline = Self.searchDeadline(until: deadline)
    guard
      let search = PlanSearch(
        programme.problem, programme.groups, options.solveOptions(.unmetPlaces, deadline: deadline))
    else { return nil }
    let known = best.map { values in
      PlanSearch.Known(
        starts: programme.choices(of: values),
        unmet: zip(programme.groups, programme.supplies(of: values)).reduce(0) {
          $0 + programme.problem.unmetLine($1.0, at: Double($1.1)).value
        })
    }
    // Of the last choice that could be paid for, which is the best.
    var values = best
    let found = try search.fewest(
      known: known, hints: options.hints, elsewhere: programme.unmetElsewhere,
      gap: options.aims.count == 1 ? options.gap : 0
    ) { starts in
      switch try finder.money(for: starts, options.sideOptions(until: deadline)) {
      case .proven(let paid), .stopped(let paid, _):
        values = paid.values
        return true
      case .infeasible: return false
      case .withoutSolution, .unbounded, .failed: return nil
      }
    }
    guard let found, let values else { return nil }
    return (found, values)
  }

  /// The values of a choice with every tangent that it needs; nil where it cannot be paid for once more.
  private func withEveryTangent(
    _ found: PlanSearch.Found, _ paid: [Double], until deadline: ContinuousClock.Instant?
  ) throws -> [Double]? {
    let deadline = ProgrammeOptions.finish(deadline)
    var values = paid
    while addTangents(at: values) {
      let again = try MoneyFinder(programme, in: resolver.model).money(
        for: found.starts, SolveOptions(timeLimit: timeLeft(until: deadline)))
      guard let paid = again.solution?.values else { return nil }
      values = paid
    }
    return values
  }

  /// The search's answer to a step.
  private mutating func note(_ found: PlanSearch.Found, _ step: Step) {
    note(
      step, found.unmet + step.constant, bound: found.bound + step.constant, isProven: found.isProven,
      nodes: found.nodes)
  }

  /// The search's answer to a step, and the starts that it leaves to the next ones.
  private mutating func take(_ found: PlanSearch.Found, _ step: Step) {
    note(found, step)
    hold(step.aim, step.expression, at: found.unmet)
    for (ids, kept) in zip(programme.starts, found.kept ?? []) {
      for (index, id) in ids.enumerated() where !kept.contains(index) { resolver.setBounds(id, 0, 0) }
    }
  }

  // MARK: By the solver

  /// Solves a step from the best values known. **Returns** the outcome of all steps where no other can follow, else nil.
  private mutating func solve(
    _ step: Step, isFirst: Bool, until deadline: ContinuousClock.Instant?
  ) throws -> Outcome? {
    let isLarge = NarrowSearch.isWorthwhile(programme)
    func solving() -> SolveOptions {
      var solving = options.solveOptions(step.aim, deadline: deadline)
      solving.mayRestart = isLarge
      return solving
    }
    if best == nil, isLarge { best = try NarrowSearch(programme, resolver.model, solving()).values() }
    resolver.options = solving()
    resolver.options.start = best
    var isProven = true
    var solution: Solution
    while true {
      switch try resolver.solve() {
      case .proven(let found): solution = found
      case .stopped(let found, _): (solution, isProven) = (found, false)
      case .infeasible:
        // Only the first step asks whether there is a programme; what it found stands.
        guard let best, !isFirst else { return .infeasible }
        return unproven(step, best, bound: -.infinity)
      case .withoutSolution(let reason):
        // The step before it left a programme, of which nothing is proven here.
        guard let best, !isFirst else { return .withoutProgramme("\(reason)") }
        return unproven(step, best, bound: -.infinity)
      case .unbounded: return .failed("the model has no least value")
      case .failed(let words): return .failed(words)
      }
      if !isProven || !addTangents(at: solution.values) { break }
      resolver.options.start = nil
    }
    if !isProven, !isFirst, let best, !programme.missingTangents(at: solution.values).isEmpty {
      // Its curves are not exact there, so that it may leave more unmet than the programme before it, which stands.
      return unproven(step, best, bound: solution.bound)
    }
    best = solution.values
    note(step, solution.objective, bound: solution.bound, isProven: isProven, nodes: solution.nodes)
    hold(step.aim, step.expression, at: solution.objective - step.constant)
    return nil
  }

  /// Adds a step with what it reached. The bound of one that is not proven is raised to what is known without a solver.
  private mutating func note(_ step: Step, _ reached: Double, bound: Double, isProven: Bool, nodes: Int) {
    let known =
      isProven ? bound : min(reached, max(bound, programme.problem.leastPossible(step.aim)))
    taken.append(
      HeldStep(aim: step.aim, objective: reached, bound: known, isProven: isProven, nodes: nodes))
  }

  /// Adds the tangents that are missing at a solution; false where none is.
  private func addTangents(at values: [Double]) -> Bool {
    let missing = programme.missingTangents(at: values)
    for tangent in missing {
      resolver.constrain(tangent.name, tangent.expression, .atLeast, tangent.value)
    }
    return !missing.isEmpty
  }

  /// The outcome where a step ends unproven: its own result after those of the steps before it.
  private mutating func unproven(_ step: Step, _ values: [Double], bound: Double) -> Outcome {
    let objective = step.objective
    let reached = objective.terms.reduce(objective.constant) {
      $0 + $1.coefficient * values[$1.variable.index]
    }
    note(step, reached, bound: bound, isProven: false, nodes: 0)
    return .solved(values: values, steps: taken)
  }
}
