internal import CHiGHS

/// One HiGHS instance and the model in it: the only place that speaks to the solver. It judges nothing.
final class Engine {
  /// What HiGHS says after a run.
  struct Answer {
    enum Status {
      case optimal, infeasible, unbounded, unboundedOrInfeasible
      case stopped(StopReason)
      case other(String)
    }

    var status: Status
    /// Empty when there is no solution that HiGHS calls feasible.
    var values: [Double] = []
    var rowDuals: [Double] = []
    var bound = -Double.infinity
    var nodes = 0
  }

  private let highs: UnsafeMutableRawPointer
  private var variableCount = 0
  private var constraintCount = 0

  /// HiGHS's own feasibility tolerance, a tenth of what the check allows.
  private static let tolerance = FeasibilityReport.tolerance / 10
  /// How often branching on a variable is tried out before what was learnt of it is believed; HiGHS itself would try 8 times.
  private static let trials: Int32 = 2

  init?() {
    guard let highs = Highs_create() else { return nil }
    self.highs = highs
    var statuses = [Highs_setBoolOptionValue(highs, "output_flag", 0)]
    for option in ["primal", "dual", "mip"].map({ $0 + "_feasibility_tolerance" }) {
      statuses.append(Highs_setDoubleOptionValue(highs, option, Self.tolerance))
    }
    statuses.append(Highs_setIntOptionValue(highs, "mip_pscost_minreliable", Self.trials))
    guard statuses.allSatisfy({ $0 == kHighsStatusOk }) else {
      Highs_destroy(highs)
      return nil
    }
  }

  deinit { Highs_destroy(highs) }

  /// Makes what HiGHS holds equal to the model, which may have new costs, bounds, values and constraints since the last
  /// time. False when HiGHS refuses.
  func hold(_ model: LinearModel) -> Bool {
    let columns = model.variables
    let (lower, upper) = (columns.map(\.kind.lower), columns.map(\.kind.upper))
    let known = columns.count == variableCount ? constraintCount : 0
    if known == 0 {
      let whole = columns.map { $0.kind.isInteger ? kHighsVarTypeInteger : kHighsVarTypeContinuous }
      let count = Int32(columns.count)
      guard
        Highs_passMip(
          highs, count, 0, 0, kHighsMatrixFormatRowwise, kHighsObjSenseMinimize, 0, model.costs(), lower,
          upper, [], [], [], [], [], whole) == kHighsStatusOk
      else { return false }
      if !model.hasIntegers { Highs_clearIntegrality(highs) }
    }
    let last = Int32(columns.count - 1)
    let rowLower = (0..<model.constraintCount).map { row in
      model.relations[row] == .atMost ? -Double.infinity : model.rowValues[row]
    }
    let rowUpper = (0..<model.constraintCount).map { row in
      model.relations[row] == .atLeast ? Double.infinity : model.rowValues[row]
    }
    var statuses = [
      Highs_changeObjectiveOffset(highs, model.objective.constant),
      Highs_changeColsCostByRange(highs, 0, last, model.costs()),
      Highs_changeColsBoundsByRange(highs, 0, last, lower, upper),
    ]
    if known > 0 {
      statuses.append(Highs_changeRowsBoundsByRange(highs, 0, Int32(known - 1), rowLower, rowUpper))
    }
    if model.constraintCount > known {
      statuses.append(add(model, from: known, Array(rowLower[known...]), Array(rowUpper[known...])))
    }
    (variableCount, constraintCount) = (columns.count, model.constraintCount)
    guard statuses.allSatisfy({ $0 == kHighsStatusOk }) else {
      (variableCount, constraintCount) = (0, 0)
      return false
    }
    return true
  }

  /// Adds the constraints from one on, without the noughts that terms of one variable may have added up to.
  private func add(_ model: LinearModel, from first: Int, _ lower: [Double], _ upper: [Double]) -> Int32 {
    var (starts, columns, coefficients) = ([Int32](), [Int32](), [Double]())
    columns.reserveCapacity(model.columns.count - model.starts[first])
    coefficients.reserveCapacity(model.columns.count - model.starts[first])
    for row in first..<model.constraintCount {
      starts.append(Int32(columns.count))
      for term in model.terms(ofRow: row) where model.coefficients[term] != 0 {
        columns.append(model.columns[term])
        coefficients.append(model.coefficients[term])
      }
    }
    return Highs_addRows(
      highs, Int32(lower.count), lower, upper, Int32(columns.count), starts, columns, coefficients)
  }

  /// Whether any values satisfy the model that is held: the same run with no objective, which is left so.
  func runWithoutObjective(_ options: SolveOptions, seconds: Double?) -> Answer {
    let noughts = [Double](repeating: 0, count: variableCount)
    guard Highs_changeColsCostByRange(highs, 0, Int32(variableCount - 1), noughts) == kHighsStatusOk else {
      return Answer(status: .other("HiGHS refused an objective of nought"))
    }
    Highs_clearSolver(highs)
    return run(options, hasIntegers: true, start: nil, seconds: seconds)
  }

  /// Solves what is held, beginning from `start` if there are integers; a linear programme begins from the last basis.
  func run(_ options: SolveOptions, hasIntegers: Bool, start: [Double]?, seconds: Double?) -> Answer {
    guard set(options, hasStart: start != nil, seconds: seconds) else {
      return Answer(status: .other("HiGHS refused an option"))
    }
    if hasIntegers {
      Highs_clearSolver(highs)
      if let start { Highs_setSolution(highs, start, nil, nil, nil) }
    }
    let watch = Watch(options)
    Highs_setCallback(highs, watched, Unmanaged.passUnretained(watch).toOpaque())
    for type in watch.callbacks { Highs_startCallback(highs, type) }
    Highs_zeroAllClocks(highs)
    defer { for type in watch.callbacks { Highs_stopCallback(highs, type) } }
    func found() -> Answer {
      withExtendedLifetime(watch) { answer(run(threads: options.threads), hasIntegers: hasIntegers) }
    }
    let first = found()
    guard first.bound.isNaN else { return first }
    // HiGHS 1.15 was seen to call a start optimal with such a bound; without presolve and start it found a better one.
    Highs_clearSolver(highs)
    Highs_setStringOptionValue(highs, "presolve", "off")
    defer { Highs_setStringOptionValue(highs, "presolve", "choose") }
    var again = found()
    if again.bound.isNaN { again.bound = -.infinity }
    return again
  }

  /// HiGHS keeps a pool of threads for each thread that calls it, of the size first asked for, and refuses to run when another size is
  /// asked for later. Despite its name the reset touches the pool of this thread only. A pool of one has no threads of its own and
  /// stays, for to make one takes longer than to solve a small model.
  private func run(threads: Int) -> Int32 {
    if threads != 1 { Highs_resetGlobalScheduler(1) }
    let ran = Highs_run(highs)
    if threads != 1 { Highs_resetGlobalScheduler(1) }
    return ran
  }

  private func set(_ options: SolveOptions, hasStart: Bool, seconds: Double?) -> Bool {
    let limit = options.nodeLimit.map { Int32(clamping: $0) } ?? Int32.max
    return [
      Highs_setDoubleOptionValue(highs, "mip_rel_gap", options.relativeGap),
      Highs_setDoubleOptionValue(highs, "mip_abs_gap", options.absoluteGap),
      Highs_setDoubleOptionValue(highs, "time_limit", seconds ?? .infinity),
      Highs_setIntOptionValue(highs, "mip_max_nodes", limit),
      Highs_setIntOptionValue(highs, "random_seed", Int32(clamping: options.seed)),
      Highs_setIntOptionValue(highs, "threads", Int32(clamping: options.threads)),
      Highs_setBoolOptionValue(highs, "mip_allow_restart", options.mayRestart ? 1 : 0),
      Highs_setBoolOptionValue(
        highs, "mip_heuristic_run_feasibility_jump", options.mayRestart && !hasStart ? 1 : 0),
      Highs_setDoubleOptionValue(highs, "mip_min_logging_interval", options.progress == nil ? 5 : 0.5),
    ].allSatisfy { $0 == kHighsStatusOk }
  }

  private func answer(_ ran: Int32, hasIntegers: Bool) -> Answer {
    let code = Highs_getModelStatus(highs)
    var answer = Answer(status: Self.status(code))
    if ran == kHighsStatusError, case .optimal = answer.status {
      answer.status = .other("HiGHS broke off with status \(code)")
    }
    var (isFeasible, nodes) = (Int32(0), Int64(0))
    Highs_getIntInfoValue(highs, "primal_solution_status", &isFeasible)
    if hasIntegers {
      Highs_getDoubleInfoValue(highs, "mip_dual_bound", &answer.bound)
      Highs_getInt64InfoValue(highs, "mip_node_count", &nodes)
      answer.nodes = Int(max(0, nodes))
    }
    guard isFeasible == kHighsSolutionStatusFeasible else { return answer }
    answer.values = [Double](repeating: 0, count: variableCount)
    answer.rowDuals = [Double](repeating: 0, count: constraintCount)
    var columnDuals = answer.values
    var activities = answer.rowDuals
    Highs_getSolution(highs, &answer.values, &columnDuals, &activities, &answer.rowDuals)
    return answer
  }

  private static func status(_ code: Int32) -> Answer.Status {
    switch code {
    case kHighsModelStatusOptimal: .optimal
    case kHighsModelStatusInfeasible: .infeasible
    case kHighsModelStatusUnbounded: .unbounded
    case kHighsModelStatusUnboundedOrInfeasible: .unboundedOrInfeasible
    case kHighsModelStatusTimeLimit: .stopped(.timeLimit)
    case kHighsModelStatusSolutionLimit: .stopped(.nodeLimit)
    case kHighsModelStatusIterationLimit: .stopped(.iterationLimit)
    case kHighsModelStatusInterrupt: .stopped(.cancelled)
    default: .other("HiGHS ended with status \(code)")
    }
  }
}

/// What a solve's callbacks tell and ask.
private final class Watch: Sendable {
  let progress: (@Sendable (SolveProgress) -> Void)?
  let isCancelled: (@Sendable () -> Bool)?

  init(_ options: SolveOptions) {
    progress = options.progress
    isCancelled = options.isCancelled
  }

  var callbacks: [Int32] {
    (progress == nil ? [] : [kHighsCallbackMipLogging, kHighsCallbackMipImprovingSolution])
      + (isCancelled == nil
        ? [] : [kHighsCallbackMipInterrupt, kHighsCallbackSimplexInterrupt, kHighsCallbackIpmInterrupt])
  }

  func tell(_ out: HighsCallbackDataOut) {
    progress?(
      SolveProgress(
        primalBound: out.mip_primal_bound, dualBound: out.mip_dual_bound,
        nodes: Int(max(0, out.mip_node_count))))
  }
}

private let watched: HighsCCallbackType = { type, _, out, input, watch in
  guard let watch else { return }
  let watched = Unmanaged<Watch>.fromOpaque(watch).takeUnretainedValue()
  if type == kHighsCallbackMipLogging || type == kHighsCallbackMipImprovingSolution {
    if let out { watched.tell(out.pointee) }
  } else if watched.isCancelled?() == true {
    input?.pointee.user_interrupt = 1
  }
}
