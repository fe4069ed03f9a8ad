public import CapitalProgramme
public import Diagnostics
internal import Forecasting
public import ModelFiles
public import Papers
public import PlacePlanning
public import Projection
public import Sufficiency

/// A model that was read and checked, with the fingerprints of its files.
public struct CheckedInput: Sendable {
  public let model: PlanningModel
  public let warnings: DiagnosticList
  public let inputs: [RunRecord.File]
  /// The names of the model's scenarios, `central` first.
  public let scenarios: [String]
  /// What was read, so that a run can be kept and made again.
  public let text: ModelText
}

/// Reads and checks a model: the first two stages of every verb.
public func check(_ request: ModelRequest) throws -> CheckedInput { try check(try load(request)) }

/// Checks a model that was read already.
public func check(_ text: ModelText) throws -> CheckedInput { CheckedInput(try validate(text), text) }

extension CheckedInput {
  /// What the check of a model's text came to.
  init(_ checked: CheckedModel, _ text: ModelText) {
    self.init(
      model: checked.model, warnings: checked.warnings,
      inputs: text.inputs.map { .init(file: $0.name, sha256: $0.sha256) }, scenarios: checked.scenarios,
      text: text)
  }

  /// Warnings that may name the count behind a projection that cannot be.
  private static let ofCounts: Set<DiagnosticCode> = [
    .survivalOutsideAlarm, .intakeOutsideAlarm, .totalsDiffer, .countStandsAlone,
  ]

  /// The central projection. **Throws** the faults of `project`, and beside them the warnings of counts.
  public func projected() throws(DiagnosticList) -> TrajectorySet {
    do throws(DiagnosticList) {
      return try project(model)
    } catch {
      let counts = warnings.diagnostics.filter { Self.ofCounts.contains($0.code) }
      throw DiagnosticList(error.diagnostics + counts)
    }
  }
}

/// One run, from files to papers. Each stage takes values and returns a new value.
public struct PlanningRun: Sendable {
  /// Draws behind ranges and risks, where the model says how uncertain it is.
  public static let draws = 1000

  /// The draws of a model where nothing else is asked for: none where it does not say how uncertain it is.
  static func usualDraws(_ model: PlanningModel) -> Int { model.uncertainty == nil ? 0 : draws }

  public let input: CheckedInput
  public let seed: UInt64
  /// The programme chosen from the model's schemes; nil for a model without schemes.
  public let choice: ProgrammeRun?
  public let content: PaperContent
  /// In the order in which they are read: capital first.
  public let papers: [Paper]
  /// What it writes as CSV.
  public let tables: DataTables

  public var pupils: TrajectorySet { content.pupils }
  public var balance: PlacesBalance { content.balance }
  /// Nil where the model does not say how uncertain it is.
  public var ranges: PupilRanges? { content.ranges }
  /// The approved programme, reconciled.
  public var programme: ApprovedProgramme { content.programme }

  /// `seed` is that of the draws; `changes` is what the papers say of an earlier run. `drawing` gets the figures that are known before a
  /// programme is chosen, to draw them meanwhile. A programme that was not proven is no error: `choice` and the papers say so. **Throws**
  /// what `check`, `project` and the draws throw; then there is no run, and nothing has been written.
  public init(
    _ request: ModelRequest, seed: UInt64 = 1, since changes: RunComparison? = nil,
    options: ProgrammeOptions = ProgrammeOptions(), drawing: ChartDrawing? = nil
  ) throws {
    try self.init(try check(request), seed: seed, since: changes, options: options, drawing: drawing)
  }

  /// A run of a model that was checked already; `progress` is told each stage as it begins.
  public init(
    _ input: CheckedInput, seed: UInt64 = 1, since changes: RunComparison? = nil,
    options: ProgrammeOptions = ProgrammeOptions(), drawing: ChartDrawing? = nil,
    progress: (String) -> Void = { _ in }
  ) throws {
    progress("projecting")
    let model = input.model
    let pupils = try input.projected()
    let balance = compare(pupils, with: model)

    progress("drawing ranges")
    let drawn = try model.uncertainty.map { _ in
      try simulateKeepingDraws(model, pupils, draws: Self.draws, seed: seed)
    }
    let draws = drawn?.draws
    var content = PaperContent(
      model: model, pupils: pupils, balance: balance, programme: reconcile(model.schemes, for: balance),
      monitor: model.spending.map(CapitalProgramme.monitor), warnings: input.warnings.diagnostics,
      ranges: drawn?.ranges, risk: draws.map { shortfallRisk($0, model) },
      movement: movement(pupils, into: model.baseYear + 1), pastForecasts: try hindcast(model),
      changes: changes)
    drawing?.add(report(content).flatMap(\.figures))

    progress("choosing the programme")
    let choice = try model.capital.map { plan in
      try ProgrammeRun(input, plan, pupils, draws, ProgrammeRequest(seed: seed, options: options))
    }

    progress("comparing rival plans and testing the programme")
    content.findings = choice.map(\.findings)
    content.changes = changes?.recommending(
      choice?.outcome.chosen.flatMap { RecommendedProgramme(RunFigures($0).all) })
    self.content = content
    papers = report(content)
    tables = DataTables(content)
    self.input = input
    self.seed = seed
    self.choice = choice
  }
}

/// How forecasts of the authority's own rolls from each earlier year would have turned out, up to three years ahead. Nil where its
/// rolls are too few to judge any.
func hindcast(_ model: PlanningModel) throws -> Backtest? {
  let births = model.births.districts.values.reduce(into: [Int: [Double]]()) { sums, district in
    for (year, count) in district { sums[year, default: []].append(count) }
  }.filter { $0.value.count == model.births.districts.count }.mapValues { $0.reduce(0, +) }
  let code = model.identity.authorityCode
  let panel = RollPanel(
    areas: [.init(code: code, name: model.identity.authority)], rolls: [code: model.countyRolls],
    births: [code: births])
  // What became known after the base year would be the future.
  guard let known = panel.known(in: model.baseYear) else { return nil }
  let origins = known.origins.filter { $0 < model.baseYear }
  guard !origins.isEmpty else { return nil }
  do {
    return try backtest(known, BacktestRequest(origins: origins, horizons: Array(1...min(3, origins.count))))
  } catch {
    if case ForecastRefusal.nothingToScore = error { return nil }
    throw error
  }
}
