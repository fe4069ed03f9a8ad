/// One solve of one model: asks the engine, and accepts a solution only once it is checked against the model itself.
struct Attempt {
  private let model: LinearModel
  private let options: SolveOptions
  private let start: [Double]?
  private let began = ContinuousClock.now
  private let hasIntegers: Bool
  /// The objective of the start, if it satisfies the model.
  private let known: Double?

  init(_ model: LinearModel, _ options: SolveOptions, start: [Double]?) {
    (self.model, self.options, self.start) = (model, options, start)
    hasIntegers = model.hasIntegers
    known = start.map(model.feasibility).flatMap { $0.isFeasible ? $0.objective : nil }
  }

  /// A model of constants: it needs no solver.
  func outcomeWithoutVariables() -> SolveOutcome {
    let report = model.feasibility(of: [])
    guard report.isFeasible else { return .infeasible }
    let objective = report.objective
    return .proven(Solution(values: [], objective: objective, bound: objective, nodes: 0, shadowPrices: []))
  }

  func outcome(_ engine: Engine) -> SolveOutcome {
    if options.isCancelled?() == true { return atStart(.cancelled) }
    let answer = engine.run(options, hasIntegers: hasIntegers, start: start, seconds: secondsLeft)
    switch answer.status {
    case .optimal:
      return judged(answer, nil)
    case .stopped(let reason):
      return answer.values.isEmpty ? atStart(reason) : judged(answer, reason)
    case .infeasible:
      guard let known else { return .infeasible }
      return .failed("HiGHS calls the model infeasible, but a start of \(known) satisfies it")
    case .unbounded, .unboundedOrInfeasible:
      return unboundedOrInfeasible(engine)
    case .other(let words):
      return .failed(words)
    }
  }

  /// Stopped before the engine had anything to offer that could be rounded: what is known is the start, if it satisfies the model.
  private func atStart(_ reason: StopReason) -> SolveOutcome {
    guard known != nil, let start else { return .withoutSolution(reason) }
    let values = model.tidied(start)
    let report = model.feasibility(of: values)
    guard report.isFeasible else { return .withoutSolution(reason) }
    let found = Solution(
      values: values, objective: report.objective, bound: -.infinity, nodes: 0, shadowPrices: [])
    return .stopped(found, reason)
  }

  /// Presolve may not know which of the two it met, so the question is put without the objective.
  private func unboundedOrInfeasible(_ engine: Engine) -> SolveOutcome {
    if known != nil { return .unbounded }
    switch engine.runWithoutObjective(options, seconds: secondsLeft).status {
    case .optimal: return .unbounded
    case .infeasible: return .infeasible
    case .stopped(let reason): return .withoutSolution(reason)
    case .unbounded, .unboundedOrInfeasible: return .failed("HiGHS calls a model without objective unbounded")
    case .other(let words): return .failed(words)
    }
  }

  /// The answer's values rounded and checked; when rounding breaks a constraint, the rest solved again around the rounded
  /// integers. **Units** as the model's.
  func judged(_ answer: Engine.Answer, _ reason: StopReason?) -> SolveOutcome {
    var answer = answer
    let raw = model.feasibility(of: answer.values)
    guard raw.isFeasible else {
      return .failed(words("HiGHS's solution does not satisfy the model", raw))
    }
    var values = model.tidied(answer.values)
    var report = model.feasibility(of: values)
    if !report.isFeasible {
      guard let repaired = repaired(values) else {
        // What was stopped may have had no time for it.
        if let reason { return atStart(reason) }
        return .failed(
          words("with its integers rounded, HiGHS's solution does not satisfy the model", report))
      }
      values = repaired
      report = model.feasibility(of: values)
    }
    var scale = max(1, abs(report.objective))
    if !hasIntegers, reason == nil {
      let floor = DualBound(model, rowDuals: answer.rowDuals, values: values)
      (answer.bound, scale) = (floor.value, max(scale, floor.scale))
    }
    let slack = FeasibilityReport.tolerance * scale
    guard answer.bound <= report.objective + slack else {
      return .failed(
        "HiGHS's bound \(answer.bound) is above its own solution's objective \(report.objective)")
    }
    if let known, known < answer.bound - slack {
      return .failed("HiGHS's bound \(answer.bound) is above a start's objective \(known)")
    }
    let found = Solution(
      values: values, objective: report.objective, bound: min(answer.bound, report.objective),
      nodes: answer.nodes, shadowPrices: hasIntegers || reason != nil ? [] : answer.rowDuals)
    if let reason { return .stopped(found, reason) }
    let asked = max(options.absoluteGap, options.relativeGap * abs(found.objective))
    return found.objective - found.bound <= asked + slack ? .proven(found) : .stopped(found, .gapNotReached)
  }

  /// Values for the continuous variables that go with these integers, or nil.
  private func repaired(_ values: [Double]) -> [Double]? {
    let held = model.holdingIntegers(at: values)
    guard hasIntegers, let engine = Engine(), engine.hold(held) else { return nil }
    let answer = engine.run(options, hasIntegers: false, start: nil, seconds: secondsLeft)
    let repaired = model.tidied(answer.values)
    return model.feasibility(of: repaired).isFeasible ? repaired : nil
  }

  private func words(_ what: String, _ report: FeasibilityReport) -> String {
    "\(what): \(report.violations.first.map { "\($0)" } ?? ""), \(report.violations.count) in all"
  }

  private var secondsLeft: Double? {
    options.timeLimit.map { max(0, ($0 - (ContinuousClock.now - began)) / .seconds(1)) }
  }
}

extension LinearModel {
  /// Values brought within their bounds, and to whole numbers where they must be whole.
  func tidied(_ values: [Double]) -> [Double] {
    zip(variables.indices, values).map { index, value in
      let kind = variables[index].kind
      let whole = kind.isInteger ? value.rounded() : value
      return min(max(whole, kind.lower), kind.upper) + 0
    }
  }
}
