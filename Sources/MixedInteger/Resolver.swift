/// Minimises a model. **Throws** `LinearModelFault` for a model or options that `check()` refuses; everything else that may
/// happen is an outcome.
///
/// The same model and options give the same bits on any number of threads, unless time or a cancellation stops the solve.
public func solve(
  _ model: LinearModel, _ options: SolveOptions = SolveOptions()
) throws(LinearModelFault) -> SolveOutcome {
  try Resolver(model, options).solve()
}

/// Solves one model again and again while its objective, bounds, values and constraints change, each time from where the
/// last solve ended.
///
/// `model` is always exactly what is solved. The answers depend on the order of the solves only within the gap.
public final class Resolver {
  public private(set) var model: LinearModel
  public var options: SolveOptions
  private let engine: Engine?
  private var last: [Double]?

  /// **Throws** `LinearModelFault` for a model that `check()` refuses.
  public init(_ model: LinearModel, _ options: SolveOptions = SolveOptions()) throws(LinearModelFault) {
    try model.check()
    self.model = model
    self.options = options
    engine = Engine()
  }

  /// What the next solve minimises.
  public func setObjective(_ objective: LinearExpression) { model.objective = objective }

  /// See `LinearModel.setBounds`.
  public func setBounds(_ variable: VariableID, _ lower: Double, _ upper: Double) {
    model.setBounds(variable, lower, upper)
  }

  /// See `LinearModel.setValue`.
  public func setValue(_ constraint: ConstraintID, _ value: Double) { model.setValue(constraint, value) }

  /// See `LinearModel.constrain`.
  @discardableResult
  public func constrain(
    _ name: String, _ expression: LinearExpression, _ relation: Relation, _ value: Double
  ) -> ConstraintID {
    model.constrain(name, expression, relation, value)
  }

  /// Minimises the model as it is now. **Throws** `LinearModelFault` when a change has made it one that is refused.
  public func solve() throws(LinearModelFault) -> SolveOutcome {
    try model.check()
    try options.check(model)
    let attempt = Attempt(model, options, start: options.start ?? last)
    guard !model.variables.isEmpty else { return attempt.outcomeWithoutVariables() }
    guard let engine, engine.hold(model) else { return .failed("HiGHS did not take the model") }
    let outcome = attempt.outcome(engine)
    last = outcome.solution?.values ?? last
    return outcome
  }
}
