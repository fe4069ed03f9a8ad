internal import MixedInteger

/// How long and how hard to look.
public struct ProgrammeOptions: Sendable {
  /// A programme is proven when no other can be better by more than this share.
  public var gap: Double
  /// For all steps; the first ends by three fifths of it, its search over plans by half of that, and the second by four fifths.
  public var timeLimit: Duration?
  public var seed: Int
  public var threads: Int
  /// The steps to take. What further steps would decide is left open.
  public var aims: [HeldStep.Aim] = HeldStep.Aim.allCases
  /// The most unmet places that a programme may leave, where that is known and no step is to find it. **Units** weighted places and years.
  var mostUnmet: Double?
  /// Whether the first step searches over whole plans where these are few enough; else only the solver is asked.
  var searchesPlans = true
  /// Whether to stop after that search: what it found is the answer, proven or not, at the least cost of its schemes, and where it gave up
  /// there is none. Only the first step is taken then. Else the solver goes on.
  var searchIsEnough = false
  /// Whether to work out what is missing where the committed schemes cannot be paid for; else no sum is given.
  var saysWhatIsMissing = true
  /// What is to be lowest where a choice is paid for.
  var payment: HeldStep.Aim { searchIsEnough ? .presentCost : .unmetPlaces }
  /// For the search over plans.
  var hints = SearchHints()
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
    options.gap = max(gap, Self.fewStartsGap)
    options.threads = 1
    options.aims = [.unmetPlaces]
    options.saysWhatIsMissing = false
    (options.writesText, options.progress) = (nil, nil)
    return options
  }

  /// For programmes that are only compared with a chosen one, as far as the search over plans comes: to the last place, for another that is
  /// nearly as good may cost millions more or less.
  var forSearch: ProgrammeOptions {
    var options = forComparison
    options.gap = Self.exactGap
    options.searchIsEnough = true
    return options
  }

  /// Small enough to count as exact.
  private static let exactGap = 1e-6

  /// For unmet places that stand: what is left is to reach them at the least cost.
  var forLeastCost: ProgrammeOptions {
    var options = forComparison
    options.aims = [.unmetPlaces, .presentCost]
    options.gap = Self.exactGap
    options.searchesPlans = false
    return options
  }

  /// The same where it is known how many they are.
  func forLeastCost(leaving unmet: Double) -> ProgrammeOptions {
    var options = forLeastCost
    options.aims = [.presentCost]
    options.mostUnmet = unmet
    return options
  }

  /// A comparison counts as proven where its search ended within this share of the unmet places.
  public static let comparisonGap = 1e-4
  /// The same for the best of few starts.
  static let fewStartsGap = 1e-3

  func solveOptions(_ step: HeldStep.Aim, deadline: ContinuousClock.Instant?) -> SolveOptions {
    var options = SolveOptions(
      relativeGap: gap, timeLimit: timeLeft(until: deadline), seed: seed, threads: threads,
      isCancelled: isCancelled)
    if let report = progress {
      options.progress = { state in
        report(
          "\(step.rawValue): best \(state.primalBound), bound \(state.dualBound), gap \(state.gap), "
            + "\(state.nodes) nodes")
      }
    }
    return options
  }

  /// For what is worked out beside the steps, such as who can pay for a choice.
  func sideOptions(relativeGap: Double = 1e-4, until deadline: ContinuousClock.Instant?) -> SolveOptions {
    SolveOptions(relativeGap: relativeGap, timeLimit: timeLeft(until: deadline), isCancelled: isCancelled)
  }

  /// However late it is, this much time is left to finish what was found.
  static let timeToFinish = Duration.seconds(5)

  /// The time by which what was found must be finished: its money in whole pounds.
  static func finish(_ deadline: ContinuousClock.Instant?) -> ContinuousClock.Instant? {
    deadline.map { max($0, .now + timeToFinish) }
  }
}

/// Nil without a deadline, nought after it.
func timeLeft(until deadline: ContinuousClock.Instant?) -> Duration? {
  deadline.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
}
