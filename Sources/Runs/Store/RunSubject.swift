internal import CapitalProgramme
public import Diagnostics
internal import Foundation
public import ModelFiles
internal import PlacePlanning
internal import Projection
internal import Sufficiency

/// One side of a comparison: a model's files, with what a run of them is known to have come to.
public struct RunSubject: Sendable {
  let name: String
  let text: ModelText
  let seed: UInt64
  let version: String
  let recorded: String?
  /// What the record says; nil for a model that was never run.
  let figures: [RunFigure]?

  /// A model as it stands in its folder. **Throws** what `load` throws.
  public init(_ request: ModelRequest, name: String, seed: UInt64) throws(DiagnosticList) {
    self.init(try load(request), name: name, seed: seed)
  }

  /// A run that is being made.
  init(_ input: CheckedInput, name: String, seed: UInt64) { self.init(input.text, name: name, seed: seed) }

  private init(_ text: ModelText, name: String, seed: UInt64) {
    self.name = name
    self.text = text
    self.seed = seed
    version = programVersion
    recorded = nil
    figures = nil
  }

  /// A run that a store remembers. **Throws** E707.
  public init(_ run: RememberedRun, in store: RunStore) throws(DiagnosticList) {
    name = run.name
    text = try load(try store.model(of: run))
    seed = run.seed
    version = run.version
    recorded = run.firstRecorded
    figures = try store.figures(of: run)
  }
}

/// The figures of a model's text, as a run would remember them. With `solving`, the programme of schemes is chosen too.
func replay(_ text: ModelText, seed: UInt64, solving: ProgrammeRequest?) throws -> [RunFigure] {
  let input = try check(text)
  let pupils = try input.projected()
  let balance = compare(pupils, with: input.model)
  let ranges =
    input.model.uncertainty == nil
    ? nil : try simulate(input.model, pupils, draws: PlanningRun.draws, seed: seed)
  var chosen: ChosenProgramme?
  if var request = solving, input.model.capital != nil {
    request.seed = seed
    chosen = try ProgrammeRun(input, request).outcome.chosen
  }
  return RunFigures(
    pupils, balance, reconcile(input.model.schemes, for: balance), ranges: ranges, chosen: chosen
  ).all
}
