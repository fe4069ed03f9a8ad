internal import MixedInteger

/// One step of the choice: its own aim as low as it goes while the steps before it hold.
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
  /// What was reached, and below what no programme can be.
  public let objective: Double
  public let bound: Double
  /// The difference as a share of the objective.
  public let gap: Double
  /// Whether the gap asked for was reached.
  public let isProven: Bool
  public let nodes: Int
}

/// How long and how hard to look.
public struct ProgrammeOptions: Sendable {
  /// A programme is proven when no other can be better by more than this share.
  public var gap: Double
  /// For all steps; the first ends by three fifths of it and the second by four fifths.
  public var timeLimit: Duration?
  public var seed: Int
  public var threads: Int
  /// The steps to be taken; what comes after the last of them is left as it falls.
  public var aims: [HeldStep.Aim] = HeldStep.Aim.allCases
  /// Whether the first step is searched for over whole plans where these are few enough; else it is the solver's alone.
  var searchesPlans = true
  /// Called with the step's number, from 1, and its model as LP text, before it is solved.
  public var writesText: (@Sendable (Int, String) -> Void)?
  /// A line on how far the solver has come.
  public var progress: (@Sendable (String) -> Void)?
  public var isCancelled: (@Sendable () -> Bool)?

  public init(
    gap: Double = 1e-4, timeLimit: Duration? = nil, seed: Int = 0, threads: Int = 2,
    writesText: (@Sendable (Int, String) -> Void)? = nil, progress: (@Sendable (String) -> Void)? = nil,
    isCancelled: (@Sendable () -> Bool)? = nil
  ) {
    self.gap = gap
    self.timeLimit = timeLimit
    self.seed = seed
    self.threads = threads
    self.writesText = writesText
    self.progress = progress
    self.isCancelled = isCancelled
  }

  /// For programmes that are only compared with a chosen one: solved side by side and to a coarser gap, for the fewest unmet places
  /// alone. Their money is still the cheapest for their schemes.
  var forComparison: ProgrammeOptions {
    var options = self
    options.gap = max(gap, Self.comparisonGap)
    options.threads = 1
    options.aims = [.unmetPlaces]
    (options.writesText, options.progress) = (nil, nil)
    return options
  }

  /// Differences below this share of the unmet places mean nothing in a comparison.
  public static let comparisonGap = 1e-3

  func solveOptions(_ step: HeldStep.Aim, deadline: ContinuousClock.Instant?) -> SolveOptions {
    var options = SolveOptions(
      relativeGap: gap, absoluteGap: 1e-6,
      timeLimit: deadline.map { max(.zero, ContinuousClock.now.duration(to: $0)) }, seed: seed,
      threads: threads, isCancelled: isCancelled)
    if let report = progress {
      options.progress = { state in
        report(
          "\(step.rawValue): best \(state.primalBound), bound \(state.dualBound), gap \(state.gap), "
            + "\(state.nodes) nodes")
      }
    }
    return options
  }
}

/// Solves the held steps one after another on one model.
struct HeldSteps {
  enum Outcome {
    case solved(values: [Double], model: ProgrammeModel, steps: [HeldStep])
    case infeasible
    case withoutProgramme(String)
    case failed(String)
  }

  let options: ProgrammeOptions

  /// The share of the time limit by which each step ends, so that one which is not proven leaves the next some time.
  private static let timeShares = [0.6, 0.8, 1]

  func solve(_ programme: ProgrammeModel, start: [Double]?) throws -> Outcome {
    let began = ContinuousClock.now
    func solving(_ aim: HeldStep.Aim, _ deadline: ContinuousClock.Instant?) -> SolveOptions {
      var solving = options.solveOptions(aim, deadline: deadline)
      solving.mayRestart = NarrowSearch.isWorthwhile(programme)
      return solving
    }
    let resolver = try Resolver(programme.model)
    // What is solved may have fewer starts than what is stated: only those that the plans leave.
    var stated = programme.model
    var steps: [HeldStep] = []
    var best = start
    let aims: [(aim: HeldStep.Aim, expression: LinearExpression, constant: Double)] = [
      (.unmetPlaces, programme.unmetPlaces, programme.unmetElsewhere),
      (.presentCost, programme.presentCost, 0), (.distance, programme.distance, 0),
    ]
    for (number, entry) in aims.filter({ options.aims.contains($0.aim) }).enumerated() {
      let (aim, expression, constant) = entry
      let deadline = options.timeLimit.map { began + $0 * Self.timeShares[number] }
      var objective = expression
      objective.constant += constant
      resolver.setObjective(objective)
      stated.objective = objective
      options.writesText?(number + 1, lpText(stated))
      resolver.options = solving(aim, deadline)
      if aim == .unmetPlaces, let found = try searched(programme, resolver.options, known: best) {
        guard let values = try whole(found, programme, resolver, &stated) else {
          return .failed("no money for a choice that had some")
        }
        if found.isProven {
          best = values
          steps.append(
            HeldStep(
              aim: aim, objective: found.unmet + constant, bound: found.bound + constant,
              gap: Solution.gap(objective: found.unmet + constant, bound: found.bound + constant),
              isProven: true, nodes: found.nodes))
          let slack = 1e-6 * max(1, abs(found.unmet))
          resolver.constrain("held.\(aim.rawValue)", expression, .atMost, found.unmet + slack)
          stated.constrain("held.\(aim.rawValue)", expression, .atMost, found.unmet + slack)
          for (ids, kept) in zip(programme.starts, found.kept ?? []) {
            for (index, id) in ids.enumerated() where !kept.contains(index) { resolver.setBounds(id, 0, 0) }
          }
          continue
        }
        best = values
      }
      resolver.options = solving(aim, deadline)
      if best == nil {
        best = try NarrowSearch(programme, resolver.model, resolver.options).values()
        resolver.options = solving(aim, deadline)
      }
      resolver.options.start = best
      var isProven = true
      var solution: Solution
      while true {
        switch try resolver.solve() {
        case .proven(let found): solution = found
        case .stopped(let found, _): (solution, isProven) = (found, false)
        case .infeasible:
          // Only the first step asks whether there is a programme; what it found stands.
          guard let best, number > 0 else { return .infeasible }
          steps.append(unproven(aim, objective, best))
          return .solved(values: best, model: programme, steps: steps)
        case .withoutSolution(let reason):
          // The step before it left a programme, of which nothing is proven here.
          guard let best, number > 0 else { return .withoutProgramme("\(reason)") }
          steps.append(unproven(aim, objective, best))
          return .solved(values: best, model: programme, steps: steps)
        case .unbounded: return .failed("the model has no least value")
        case .failed(let words): return .failed(words)
        }
        let missing = programme.missingTangents(at: solution.values)
        if missing.isEmpty || !isProven { break }
        for tangent in missing {
          resolver.constrain(tangent.name, tangent.expression, .atLeast, tangent.value)
          stated.constrain(tangent.name, tangent.expression, .atLeast, tangent.value)
        }
        resolver.options.start = nil
      }
      best = solution.values
      steps.append(
        HeldStep(
          aim: aim, objective: solution.objective, bound: solution.bound, gap: solution.gap,
          isProven: isProven, nodes: solution.nodes))
      let slack = 1e-6 * max(1, abs(solution.objective - constant))
      resolver.constrain("held.\(aim.rawValue)", expression, .atMost, solution.objective - constant + slack)
      stated.constrain("held.\(aim.rawValue)", expression, .atMost, solution.objective - constant + slack)
    }
    // The schemes stand; their money once more without the slack that the last step had.
    guard let best else { return .failed("there was no step") }
    var money = resolver.model.holdingIntegers(at: best)
    money.objective = programme.presentCost
    return .solved(
      values: try MixedInteger.solve(money).solution?.values ?? best, model: programme, steps: steps)
  }

  /// What the search over plans finds in place of the first step; nil where it does not apply or gave up.
  private func searched(
    _ programme: ProgrammeModel, _ solving: SolveOptions, known: [Double]?
  ) throws -> PlanSearch.Found? {
    guard options.searchesPlans, let search = PlanSearch(programme.problem, programme.groups, solving) else {
      return nil
    }
    let reached = known.map { values in
      zip(programme.groups, programme.supplies(of: values)).reduce(0) {
        $0 + programme.problem.unmetLine($1.0, at: Double($1.1)).value
      }
    }
    return try search.fewest(
      known: reached, elsewhere: programme.unmetElsewhere, gap: options.aims.count == 1 ? options.gap : 0
    ) { try programme.values(of: $0, in: programme.model) != nil }
  }

  /// The values of a choice with every tangent that it needs.
  private func whole(
    _ found: PlanSearch.Found, _ programme: ProgrammeModel, _ resolver: Resolver, _ stated: inout LinearModel
  ) throws -> [Double]? {
    while true {
      guard let values = try programme.values(of: found.starts, in: stated) else { return nil }
      let missing = programme.missingTangents(at: values)
      if missing.isEmpty { return values }
      for tangent in missing {
        resolver.constrain(tangent.name, tangent.expression, .atLeast, tangent.value)
        stated.constrain(tangent.name, tangent.expression, .atLeast, tangent.value)
      }
    }
  }

  private func unproven(_ aim: HeldStep.Aim, _ objective: LinearExpression, _ values: [Double]) -> HeldStep {
    let reached = objective.terms.reduce(objective.constant) {
      $0 + $1.coefficient * values[$1.variable.index]
    }
    return HeldStep(
      aim: aim, objective: reached, bound: -.infinity, gap: .infinity, isProven: false, nodes: 0)
  }
}
