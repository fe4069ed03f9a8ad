public import Diagnostics
public import Foundation
internal import ModelFiles
internal import PlacePlanning
internal import Projection
public import Scenarios
internal import Synchronization

/// What a sweep is asked for.
public struct SweepRequest: Sendable {
  public var folder: URL
  public var scenario: String
  public var variations: [Variation]
  public var kind: SweepDesign.Kind
  /// Points of a Latin hypercube, rows of a Sobol' sample.
  public var points: Int
  public var figures: CaseRequest
  public var shard: SweepShard
  public var jobs: Int

  /// A sweep of the model in `folder`; `points` is heeded by designs that sample, and `jobs` threads change no result.
  public init(
    folder: URL, scenario: String = "central", variations: [Variation], kind: SweepDesign.Kind = .grid,
    points: Int = 0, figures: CaseRequest = CaseRequest(), shard: SweepShard = .whole, jobs: Int = 2
  ) {
    self.folder = folder
    self.scenario = scenario
    self.variations = variations
    self.kind = kind
    self.points = points
    self.figures = figures
    self.shard = shard
    self.jobs = jobs
  }
}

/// How far a sweep has come.
public struct SweepProgress: Sendable {
  public let finished: Int
  public let wanted: Int
  /// At the pace so far; nil before the first point.
  public let secondsLeft: Double?
}

/// A sweep that was worked out, or a shard of one.
public struct SweepRun: Sendable {
  public let definition: SweepDefinition
  public let shard: SweepShard
  /// Points worked out now, and points that the folder held already.
  public let computed: Int
  public let found: Int
  /// Points at which the model does not hold.
  public let refused: Int
  public let sensitivity: SweepSensitivity?
  public let warnings: DiagnosticList

  /// Works out what is not finished yet, point by point, and writes the results.
  ///
  /// The model's files are read once. A finished point is kept at once in the folder's journal, so that the same call goes on
  /// where one that was killed has stopped; neither the number of jobs nor the order in which points end changes a byte of the
  /// results. **Throws** `DiagnosticList` (those of the model; E013 where draws are asked of a model that says nothing of
  /// uncertainty; E014, E031, E033 for what is varied; E041, E042; E501 where a programme is asked of a model without schemes; E602
  /// where the folder is no sweep's, E604).
  public init(
    _ request: SweepRequest, to folder: URL, progress: @escaping @Sendable (SweepProgress) -> Void = { _ in }
  ) throws {
    let variants = try ModelVariants(request.folder)
    let input = try variants.input(scenario: request.scenario)
    if request.figures.stage == .prioritise, input.model.capital == nil { throw noSchemes(input.model) }
    if request.figures.draws(of: input.model) > 0 { _ = try statedUncertainty(of: input.model) }
    try checkVariations(request, variants, input)
    let values = Dictionary(input.model.assumptions.map { ($0.key, $0.value) }) { first, _ in first }
    let definition = SweepDefinition(
      input, request.figures,
      SweepDesign(
        kind: request.kind, variations: request.variations, points: request.points,
        seed: request.figures.seed, base: request.variations.map { values[$0.key] ?? 0 }))
    let journal = try SweepJournal(in: folder, definition, request.shard)
    found = journal.finished
    try SweepWork(request, variants, definition, journal, progress).run()
    try journal.flush()
    computed = journal.finished - found
    self.definition = definition
    shard = request.shard
    warnings = input.warnings
    (refused, sensitivity) = try SweepResults(definition, [journal]).write(to: folder)
  }

  /// Puts the shards of a sweep together: the bytes are those of one run. **Throws** E001, E042; E041 where the folder holds another
  /// sweep; E043 where the shards are not all of one sweep, or points are missing; E602, E604.
  public init(merging folders: [URL], to folder: URL) throws {
    let journals = try folders.map { try SweepJournal(reading: $0) }
    let results = try SweepResults(merging: journals)
    try checkSweepFolder(folder)
    try checkResults(in: folder, of: results.definition)
    definition = results.definition
    shard = .whole
    computed = 0
    found = results.definition.count
    warnings = DiagnosticList()
    (refused, sensitivity) = try results.write(to: folder)
  }
}

/// Where messages say that a variation stands, by its index: the first is line 1.
private func varyPlace(_ index: Int) -> SourceLocation { SourceLocation(file: "--vary", line: index + 1) }

/// The ends and levels of every key must be allowed, each by itself: better said before an hour of points than after it.
private func checkVariations(
  _ request: SweepRequest, _ variants: ModelVariants, _ input: CheckedInput
) throws {
  var faults = DiagnosticList()
  for (index, variation) in request.variations.enumerated() {
    let place = varyPlace(index)
    let tried: [Double] =
      switch variation.values {
      case .levels(let levels): levels.count <= 100 ? levels : [variation.low, variation.high]
      case .range(let low, let high) where request.kind == .tornado: [low, high]
      // The last lies between whole numbers, which a key may be confined to.
      case .range(let low, let high): [low, high, low + 0.381966 * (high - low)]
      }
    var changes: [[AssumptionChange]] = tried.map {
      [AssumptionChange(key: variation.key, change: .set($0), place: place)]
    }
    if let first = request.variations[..<index].firstIndex(where: { $0.key == variation.key }) {
      let before = AssumptionChange(key: variation.key, change: .set(tried[0]), place: varyPlace(first))
      changes = [[before, changes[0][0]]]
    }
    for change in changes {
      do {
        _ = try variants.input(scenario: request.scenario, changes: change)
      } catch let list as DiagnosticList {
        // One fault says enough of a key.
        if let fault = list.errors.first(where: {
          ($0.location.file, $0.location.line) == (place.file, place.line)
        }) {
          faults.add(fault)
          break
        }
      }
    }
  }
  try faults.sorted.check()
}

/// The points of one shard, handed out to threads.
private final class SweepWork: Sendable {
  private struct State: Sendable {
    var next = 0
    var computed = 0
    var failure: (any Error)?
    let journal: SweepJournal
  }

  private let request: SweepRequest
  private let variants: ModelVariants
  private let definition: SweepDefinition
  private let identity: String
  private let state: Mutex<State>
  private let wanted: Int
  private let start = Date()
  private let progress: @Sendable (SweepProgress) -> Void

  init(
    _ request: SweepRequest, _ variants: ModelVariants, _ definition: SweepDefinition,
    _ journal: SweepJournal, _ progress: @escaping @Sendable (SweepProgress) -> Void
  ) throws {
    self.request = request
    self.variants = variants
    self.definition = definition
    self.progress = progress
    identity = try definition.identity()
    wanted = request.shard.points(of: definition.count)
    state = Mutex(State(journal: journal))
  }

  /// **Throws** the first failure; every point finished by then is kept.
  func run() throws {
    DispatchQueue.concurrentPerform(iterations: max(1, request.jobs)) { _ in
      while let position = take() {
        let outcome = Result { try work(request.shard.point(position)) }
        finish(outcome)
      }
    }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  private func take() -> Int? {
    state.withLock { state in
      while state.failure == nil, state.next < wanted {
        state.next += 1
        if !state.journal.isFinished(state.next - 1) { return state.next - 1 }
      }
      return nil
    }
  }

  private func finish(_ outcome: Result<SweepPoint, any Error>) {
    let now: SweepProgress? = state.withLock { state in
      do {
        try state.journal.add(try outcome.get())
        state.computed += 1
        let left = wanted - state.journal.finished
        return SweepProgress(
          finished: state.journal.finished, wanted: wanted,
          secondsLeft: Date().timeIntervalSince(start) / Double(state.computed) * Double(left))
      } catch {
        if state.failure == nil { state.failure = error }
        return nil
      }
    }
    if let now { progress(now) }
  }

  private func work(_ index: Int) throws -> SweepPoint {
    let values = definition.design.point(index)
    let changes = zip(request.variations, values).enumerated().map { position, pair in
      AssumptionChange(key: pair.0.key, change: .set(pair.1), place: varyPlace(position))
    }
    func point(_ refused: String?, _ figures: [HeadlineFigure]) -> SweepPoint {
      SweepPoint(
        point: index, id: SweepPoint.id(identity, values), at: values, refused: refused, figures: figures)
    }
    do {
      let input = try variants.input(scenario: request.scenario, changes: changes)
      let figures = try workOut(input, request.figures, threads: 1).figures
      return point(nil, definition.headlines.map { figures[$0] ?? HeadlineFigure(nil) })
    } catch let list as DiagnosticList {
      let first = list.sorted.errors.first
      return point("\(first?.code.rawValue ?? ""): \(first?.what ?? "the model does not hold")", [])
    }
  }
}
