public import CapitalProgramme
public import Diagnostics
public import ModelFiles
public import Papers
public import PlacePlanning
public import Projection
public import Sufficiency

/// A model that was read and checked, with the fingerprints of its files.
public struct CheckedInput: Sendable {
  public let model: PlanningModel
  public let warnings: DiagnosticList
  public let inputs: [RunRecord.Input]
  /// The names of the model's scenarios, `central` first.
  public let scenarios: [String]
  /// What was read, so that a run can be kept and made again.
  public let text: ModelText
}

/// Reads and checks a model: the first two stages of every verb.
public func check(_ request: ModelRequest) throws -> CheckedInput { try check(try load(request)) }

/// Checks a model that was read already.
public func check(_ text: ModelText) throws -> CheckedInput {
  let checked = try validate(text)
  return CheckedInput(
    model: checked.model, warnings: checked.warnings,
    inputs: text.inputs.map { .init(file: $0.name, sha256: $0.sha256) }, scenarios: checked.scenarios,
    text: text)
}

/// One run, from files to a paper. Each stage takes values and returns a new value.
public struct PlanningRun: Sendable {
  public let input: CheckedInput
  public let pupils: TrajectorySet
  public let balance: PlacesBalance
  public let programme: ApprovedProgramme
  public let monitor: ProgrammeMonitor?
  public let content: CapitalPaperContent
  public let paper: Paper
  public let tables: DataTables

  /// **Throws** what `check` and `project` throw; then there is no run, and nothing has been written.
  public init(_ request: ModelRequest, since changes: RunComparison? = nil) throws {
    try self.init(try check(request), since: changes)
  }

  /// A run of a model that was checked already. `changes` are what the paper says of an earlier run.
  public init(_ input: CheckedInput, since changes: RunComparison? = nil) throws {
    self.input = input
    let model = input.model
    pupils = try project(model)
    balance = compare(pupils, with: model)
    programme = reconcile(model.schemes, for: balance)
    monitor = model.spending.map(CapitalProgramme.monitor)
    content = CapitalPaperContent(
      model: model, pupils: pupils, balance: balance, programme: programme, monitor: monitor,
      warnings: input.warnings.diagnostics, changes: changes)
    paper = report(content)
    tables = DataTables(content)
  }
}
