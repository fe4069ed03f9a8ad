internal import CapitalProgramme
public import Foundation
public import ModelFiles
public import PlacePlanning
internal import Projection
public import Scenarios
internal import Sufficiency

/// How far each case is worked out.
public struct CaseRequest: Sendable {
  public var stage: ScenarioStage
  /// Nought for the central path alone. Nil is 1,000 where the model says how uncertain it is, else nought.
  public var draws: Int?
  public var seed: UInt64

  /// As far as the comparison of pupils and places, over the usual draws, unless something else is given.
  public init(stage: ScenarioStage = .compare, draws: Int? = nil, seed: UInt64 = 1) {
    self.stage = stage
    self.draws = draws
    self.seed = seed
  }

  /// The draws of a model's cases.
  public func draws(of model: PlanningModel) -> Int {
    draws ?? PlanningRun.usualDraws(model)
  }
}

/// A model read once, to be worked out under many scenarios and changes.
public struct ModelVariants: Sendable {
  private let text: ModelText
  private let parsed: ParsedModel

  /// Reads the files of a model and checks each by itself. **Throws** what `load` and `ParsedModel` throw.
  public init(_ folder: URL) throws {
    text = try load(ModelRequest(folder: folder))
    parsed = try ParsedModel(text)
  }

  /// The model under a scenario, with changes on top. **Throws** what `ParsedModel.checked` throws.
  public func input(scenario: String, changes: [AssumptionChange] = []) throws -> CheckedInput {
    CheckedInput(try parsed.checked(scenario: scenario, changes: changes), text)
  }
}

/// Works out one case as far as it is asked for. Equal seeds give equal random numbers to every case, so that cases differ by what
/// was changed alone. **Throws** what `project` and the draws throw; E501 where a programme is asked of a model without schemes.
public func workOut(_ input: CheckedInput, _ request: CaseRequest, threads: Int) throws -> CaseFigures {
  let model = input.model
  let pupils = try project(model)
  let balance = compare(pupils, with: model)
  let count = request.draws(of: model)
  let draws =
    count > 0
    ? try simulateKeepingDraws(model, pupils, draws: count, seed: request.seed, threads: threads).draws : nil
  let figures = CaseFigures(model, pupils, balance, draws)
  guard request.stage == .prioritise else { return figures }
  guard let plan = model.capital else { throw noSchemes(model) }
  let run = try ProgrammeRun(
    input, plan, pupils, draws,
    ProgrammeRequest(draws: count, seed: request.seed, options: ProgrammeOptions(threads: threads)))
  switch run.outcome {
  case .proven(let chosen), .stopped(let chosen): return figures.with(chosen)
  case .unaffordable: return figures.withoutProgramme("the committed schemes cannot all be paid for")
  case .incompatible: return figures.withoutProgramme("the committed schemes cannot be combined")
  case .withoutProgramme(let words): return figures.withoutProgramme("no programme was found: \(words)")
  case .failed(let words): throw SolverBrokeOff(description: words)
  }
}

/// The solver broke off, or what it claimed did not pass the check.
public struct SolverBrokeOff: Error, CustomStringConvertible {
  public let description: String

  /// `description` is the whole sentence that a user reads.
  public init(description: String) { self.description = description }
}
