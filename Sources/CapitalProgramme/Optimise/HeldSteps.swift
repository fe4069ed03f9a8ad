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

  func solve(_ programme: ProgrammeModel, start: [Double]?) throws(LinearModelFault) -> Outcome {
    let began = ContinuousClock.now
    let resolver = try Resolver(programme.model)
    var steps: [HeldStep] = []
    var best = start
    var last: Solution?
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
      options.writesText?(number + 1, lpText(resolver.model))
      resolver.options = options.solveOptions(aim, deadline: deadline)
      if best == nil {
        best = try NarrowSearch(programme, resolver.model, resolver.options).values()
        resolver.options = options.solveOptions(aim, deadline: deadline)
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
        }
        resolver.options.start = nil
      }
      (best, last) = (solution.values, solution)
      steps.append(
        HeldStep(
          aim: aim, objective: solution.objective, bound: solution.bound, gap: solution.gap,
          isProven: isProven, nodes: solution.nodes))
      let slack = 1e-6 * max(1, abs(solution.objective - constant))
      resolver.constrain("held.\(aim.rawValue)", expression, .atMost, solution.objective - constant + slack)
    }
    // The schemes stand; their money once more without the slack that the last step had.
    guard let last else { return .failed("there was no step") }
    resolver.setObjective(programme.presentCost)
    let money = try resolver.solve(holdingIntegersOf: last).solution
    return .solved(values: money?.values ?? last.values, model: programme, steps: steps)
  }

  private func unproven(_ aim: HeldStep.Aim, _ objective: LinearExpression, _ values: [Double]) -> HeldStep {
    let reached = objective.terms.reduce(objective.constant) {
      $0 + $1.coefficient * values[$1.variable.index]
    }
    return HeldStep(
      aim: aim, objective: reached, bound: -.infinity, gap: .infinity, isProven: false, nodes: 0)
  }
}
