internal import MixedInteger

/// A programme that was chosen and has passed the independent check.
public struct ChosenProgramme: Sendable {
  public let problem: ProgrammeProblem
  public let programme: Programme
  /// The money and places of it, worked out again by the check.
  public let accounts: ProgrammeAccounts
  public let steps: [HeldStep]
  /// What money was worth in the search over plans, for searches that compare with this programme: the prices that proved the first
  /// bound, then those of the last nodes.
  let prices: [KnownPrices]
  /// Every step reached the gap asked for.
  public var isProven: Bool { steps.allSatisfy(\.isProven) }
}

/// The outcome of choosing a programme. Only two of the cases hold one.
public enum ProgrammeOutcome: Sendable {
  case proven(ChosenProgramme)
  /// Checked, but stopped before it was proven: its steps state their gaps.
  case stopped(ChosenProgramme)
  /// What must be done cannot be paid for; the least sums that are missing, as late as they can be, in order of year. A comparison
  /// does not work them out, nor tell such schemes from those that cannot be combined.
  case unaffordable([Unfunded])
  /// What must be done cannot be combined: a window, an option group or a prerequisite forbids it.
  case incompatible
  /// Stopped before any programme was found; the text says by what. There may be one.
  case withoutProgramme(String)
  /// The solver broke off, or what it claimed did not pass the check or is not what the accounts say: our fault.
  case failed(String)

  /// The programme, if there is one, proven or not.
  public var chosen: ChosenProgramme? {
    switch self {
    case .proven(let chosen), .stopped(let chosen): chosen
    case .unaffordable, .incompatible, .withoutProgramme, .failed: nil
    }
  }
}

/// Chooses schemes, starts and funding: fewest unmet places; of those programmes the least present cost; of those the nearest to the
/// approved one. A programme that breaks a rule in the independent check is never returned.
///
/// `start` is a choice to begin from, such as a ranking's; what of it is not in the problem is left out.
public func prioritise(
  _ problem: ProgrammeProblem, _ options: ProgrammeOptions = ProgrammeOptions(),
  start: [Programme.Choice]? = nil
) -> ProgrammeOutcome {
  let began = ContinuousClock.now
  let deadline = options.timeLimit.map { began + $0 }
  do {
    let model = ProgrammeModel(problem)
    let first = start.map { problem.chosenStarts(Programme(choices: $0, payments: [], repayments: [])) }
    var steps = try HeldSteps(model, options, start: first, began: began)
    switch try steps.solve() {
    case .infeasible:
      return options.saysWhatIsMissing
        ? try unaffordable(problem, options, until: deadline) : .unaffordable([])
    case .withoutProgramme(let words): return .withoutProgramme(words)
    case .failed(let words): return .failed(words)
    case .solved(let values, let taken):
      let pounds = WholePounds(model, values, deadline: ProgrammeOptions.finish(deadline))
      guard let programme = try pounds.programme() else {
        return .failed("no whole pounds keep the rules that the solution keeps in parts of a pound")
      }
      return try checked(programme, of: problem, taken, steps.prices)
    }
  } catch is WholePounds.OutOfTime {
    return .withoutProgramme("\(StopReason.timeLimit)")
  } catch {
    return .failed("\(error)")
  }
}

/// A programme once the independent check has passed it, its steps as its accounts have them. **Throws** `UnlikeAccounts`.
private func checked(
  _ programme: Programme, of problem: ProgrammeProblem, _ taken: [HeldStep], _ prices: [KnownPrices]
) throws -> ProgrammeOutcome {
  let report = check(programme, of: problem)
  guard report.breaches.isEmpty else {
    return .failed(
      "the chosen programme breaks a rule: " + report.breaches.map(\.what).joined(separator: "; "))
  }
  let chosen = ChosenProgramme(
    problem: problem, programme: programme, accounts: report.accounts,
    steps: try taken.map { try $0.asFinished(programme, report.accounts, of: problem) }, prices: prices)
  return chosen.isProven ? .proven(chosen) : .stopped(chosen)
}
