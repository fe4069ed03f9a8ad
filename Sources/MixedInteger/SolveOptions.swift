/// When a solve may stop, and where it reports.
public struct SolveOptions: Sendable {
  /// A solution is proven when no other can be better by more than this share of its objective, or by `absoluteGap`.
  public var relativeGap: Double
  /// **Units** the objective's.
  public var absoluteGap: Double
  /// Counted by the clock on the wall, so that what it stops cannot be repeated; nil for none.
  public var timeLimit: Duration?
  /// A limit on branch-and-bound nodes; what it stops can be repeated.
  public var nodeLimit: Int?
  /// Another seed takes another path to an optimum within the gap.
  public var seed: Int
  /// The answer does not depend on it.
  public var threads: Int
  /// Whether the search may restart at the root with the variables that are left, and jump about for a first solution where it has no
  /// start: large models gain by it, small ones lose time.
  public var mayRestart = true
  /// Called from the solving thread, at least at each better solution.
  public var progress: (@Sendable (SolveProgress) -> Void)?
  /// Asked often from the solving thread; true stops the solve soon.
  public var isCancelled: (@Sendable () -> Bool)?
  /// A value for each variable to begin from. One that satisfies the model is also held against what the solver claims.
  public var start: [Double]?

  /// Unless told otherwise: to the optimum within a ten-thousandth, on one thread, without a limit.
  public init(
    relativeGap: Double = 1e-4, absoluteGap: Double = 1e-6, timeLimit: Duration? = nil, nodeLimit: Int? = nil,
    seed: Int = 0, threads: Int = 1, progress: (@Sendable (SolveProgress) -> Void)? = nil,
    isCancelled: (@Sendable () -> Bool)? = nil, start: [Double]? = nil
  ) {
    self.relativeGap = relativeGap
    self.absoluteGap = absoluteGap
    self.timeLimit = timeLimit
    self.nodeLimit = nodeLimit
    self.seed = seed
    self.threads = threads
    self.progress = progress
    self.isCancelled = isCancelled
    self.start = start
  }

  /// **Throws** `LinearModelFault` for what no solve of this model could mean.
  func check(_ model: LinearModel) throws(LinearModelFault) {
    var faults: [String] = []
    if !(relativeGap >= 0) { faults.append("the relative gap is \(relativeGap)") }
    if !(absoluteGap >= 0) { faults.append("the absolute gap is \(absoluteGap)") }
    if let timeLimit, timeLimit < .zero { faults.append("the time limit is below nought") }
    if let nodeLimit, !(0...Int(Int32.max)).contains(nodeLimit) {
      faults.append("the node limit is \(nodeLimit)")
    }
    if !(0...Int(Int32.max)).contains(seed) { faults.append("the seed is \(seed)") }
    if !(1...1024).contains(threads) { faults.append("the number of threads is \(threads)") }
    if let start {
      if start.count != model.variables.count {
        faults.append("the start has \(start.count) values for \(model.variables.count) variables")
      }
      if !start.allSatisfy(\.isFinite) { faults.append("the start has a value that is not a number") }
    }
    guard faults.isEmpty else { throw LinearModelFault(model: model.name, faults: faults) }
  }
}

/// How far a solve has come.
public struct SolveProgress: Hashable, Sendable {
  /// The best objective so far; infinite before there is a solution.
  public let primalBound: Double
  /// No solution has a lower objective.
  public let dualBound: Double
  public let nodes: Int

  /// For a search that the solver does not run, such as one over whole plans.
  public init(primalBound: Double, dualBound: Double, nodes: Int) {
    (self.primalBound, self.dualBound, self.nodes) = (primalBound, dualBound, nodes)
  }

  /// The difference as a share of the best objective; infinite before there is a solution.
  public var gap: Double { Solution.gap(objective: primalBound, bound: dualBound) }
}
