internal import PlacePlanning

// Steps held against what is known of a problem without solving it, and against the accounts of the finished programme.

/// What a step says and what the accounts of its programme say cannot both be right.
struct UnlikeAccounts: Error, CustomStringConvertible {
  let description: String

  init(_ step: HeldStep, _ value: Double) {
    description =
      "the step \(step.aim.rawValue) reached \(step.objective), with no programme below \(step.bound), "
      + "and the accounts of its programme say \(value)"
  }
}

extension HeldStep {
  /// The step as the accounts of the finished programme have it: what was reached may have become less in later steps, or when the
  /// money was made cheapest once more. A proven step stands as it is where they differ by no more than its slack.
  ///
  /// Where neighbours may place pupils, the accounts place all who can be, and so may count more transport than the step.
  ///
  /// **Throws** `UnlikeAccounts` where the programme lies below what no programme can be, or leaves a proven step behind.
  func asFinished(_ programme: Programme, _ accounts: ProgrammeAccounts, of problem: ProgrammeProblem) throws
    -> HeldStep
  {
    // In thousands: a pound of every amount that was rounded, which may lapse, be borrowed instead and bear interest.
    let rounded = 3 * Double(programme.payments.count + programme.repayments.count) / 1000
    let slack = Self.slack * max(1, abs(objective)) + (aim == .presentCost ? rounded : 0)
    let value: Double
    switch aim {
    case .unmetPlaces: value = accounts.weightedUnmet
    case .presentCost: value = accounts.presentCost / 1000
    case .distance:
      // What is left is the part of a year that puts schemes in order: the choice is the step's own.
      let years = Double(accounts.distanceFromApproved)
      guard (-slack...0.5).contains(objective - years) else { throw UnlikeAccounts(self, years) }
      return self
    }
    guard value >= bound - slack else { throw UnlikeAccounts(self, value) }
    let isWorse = value > objective + slack
    if isWorse, isProven, aim != .presentCost || problem.neighbours == nil {
      throw UnlikeAccounts(self, value)
    }
    let leastChange = isProven ? slack : Self.leastChange * max(1, abs(objective))
    guard isWorse || value < objective - leastChange else { return self }
    return HeldStep(
      aim: aim, objective: value, bound: min(bound, value), isProven: isProven, nodes: nodes)
  }

  /// Shares of what was reached: by how much it may differ from the accounts, and what is too little to be said.
  private static let slack = 1e-4
  private static let leastChange = 1e-6
}

extension ProgrammeProblem {
  /// No programme lies below this, whatever the solver finds: unmet places where every cell has all the places that schemes can add to
  /// it and money does not matter; what the schemes that start must cost the revenue budget, where nothing else can cost less than nought.
  /// **Units** the aim's.
  func leastPossible(_ aim: HeldStep.Aim) -> Double {
    switch aim {
    case .unmetPlaces:
      return weighted(unmet(adding: cells.map(mostAdded)))
    case .presentCost:
      let transport = (neighbours?.groups ?? []).flatMap(\.links).map(\.transportCost)
      guard goals.surplusPlaceCost >= 0, buildingInflation >= 0, borrowing.interest >= 0,
        transport.allSatisfy({ $0 >= 0 })
      else {
        return -.infinity
      }
      let pounds = candidates.reduce(0.0) { sum, candidate in
        let least = candidate.starts.map(presentRevenue).min() ?? 0
        return sum + (candidate.scheme.isCommitted ? least : min(0, least))
      }
      return pounds / 1000
    case .distance: return 0
    }
  }
}
