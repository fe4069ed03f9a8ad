internal import MixedInteger

/// Finds the money for one choice of schemes after another: the model with its starts held. Each linear programme begins where the last
/// one ended.
final class MoneyFinder {
  private let starts: [[VariableID]]
  private let resolver: Resolver

  /// `model` is the programme's, or one made from it; `aim` says what is to be lowest.
  init(
    _ programme: ProgrammeModel, in model: LinearModel, for aim: HeldStep.Aim = .unmetPlaces
  ) throws(LinearModelFault) {
    starts = programme.starts
    // Which obligations are pooled is left to the solver.
    var held = programme.classes.contains(where: \.isPooled) ? model : model.relaxingIntegers()
    held.objective = aim == .presentCost ? programme.presentCost : programme.unmetPlaces
    resolver = try Resolver(held)
  }

  /// Tries to pay for a choice, a start of each candidate or none: the values of every variable, or that the money does not suffice.
  /// **Shape** candidate.
  func money(for choices: [Int?], _ options: SolveOptions) throws(LinearModelFault) -> SolveOutcome {
    for (ids, choice) in zip(starts, choices) {
      for (index, id) in ids.enumerated() {
        let held: Double = index == choice ? 1 : 0
        resolver.setBounds(id, held, held)
      }
    }
    resolver.options = options
    return try resolver.solve()
  }
}
