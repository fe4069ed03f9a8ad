import ArgumentParser
import Diagnostics
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import Runs
import Scenarios

struct Sweep: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work a model out at many points: grids, samples, tornados, Sobol' indices.",
    discussion: """
      places sweep MODEL --vary births.future_factor=0.8:1.2:0.1 --vary housing.delivery_shift=-1,0,2 --out DIR
      places sweep MODEL --vary births.future_factor=0.8:1.2 … --design sobol --points 256 --out DIR
      places sweep MODEL … --shard 3/8 --out part-3     then: places sweep --merge part-1 part-2 … --out DIR

      The same call goes on where a sweep that was stopped has ended. DIR holds results.csv (a row for each point and headline), \
      sweep.json, and tornado.csv or sobol.csv.
      """)

  @Argument(help: "The model's folder; none with --merge.", completion: .directory)
  var model: String?

  @Option(
    help: ArgumentHelp(
      "What to vary: KEY=from:to:step, KEY=a,b,c, or KEY=from:to for any value between. Several times.",
      valueName: "key=values"), completion: .custom(completedKeys))
  var vary: [String] = []

  @Option(help: "grid, latin, tornado (one at a time) or sobol.")
  var design = SweepDesign.Kind.grid

  @Option(
    help:
      "Points of a Latin hypercube; rows of a Sobol' sample, 32 or more, each of which has as many points as keys, and two."
  )
  var points: Int?

  @Option(help: "The scenario that the points start from.", completion: .custom(completedScenarios))
  var scenario = "central"

  @OptionGroup var cases: CaseOptions

  @Option(help: "Work out a part of the points alone, such as 3/8.")
  var shard: String?

  @Option(help: "How many points are worked out side by side.")
  var jobs = 2

  @Option(parsing: .upToNextOption, help: "Put the folders of shards together.", completion: .directory)
  var merge: [String] = []

  @Option(
    help: "The folder of the sweep, new or empty; a sweep that it holds is gone on with.",
    completion: .directory)
  var out: String

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    try checkOutput(out, "--out")
    if !merge.isEmpty {
      try refuseGiven(
        [
          "MODEL": model != nil, "--vary": !vary.isEmpty, "--shard": shard != nil, "--points": points != nil,
          "--design": design != .grid, "--scenario": scenario != "central",
          "--stage": cases.stage != .compare,
          "--draws": cases.draws != nil, "--seed": cases.seed != 1, "--jobs": jobs != 2,
        ], "does not go with --merge, which takes folders and --out alone: the shards say what they are of.")
      return
    }
    guard model != nil else { throw ValidationError("Which model? Give its folder.") }
    if vary.isEmpty { throw ValidationError("There is nothing to vary: give --vary KEY=from:to:step.") }
    if !(1...256).contains(jobs) { throw ValidationError("--jobs must lie between 1 and 256.") }
    _ = try readShard()
    if needsPoints, points == nil { throw ValidationError("--design \(design.rawValue) needs --points.") }
    if !needsPoints, points != nil { throw ValidationError("--points is for --design latin and sobol.") }
    if cases.draws == 0 { try refuseIdleSeed() }
    if let points, !(2...10_000_000).contains(points) {
      throw ValidationError("--points must lie between 2 and 10000000.")
    }
    let plan = SweepDesign(
      kind: design, variations: try variations(), points: points ?? 0, seed: 0, base: [])
    guard let count = plan.count, count <= 100_000_000 else {
      throw ValidationError(
        "A grid needs KEY=from:to:step or KEY=a,b,c for every key, and fewer points than 100 million.")
    }
  }

  /// Whether the design is a sample of points.
  private var needsPoints: Bool { [.latin, .sobol].contains(design) }

  /// Refuses a seed where there are no draws, unless the design is a sample.
  private func refuseIdleSeed() throws {
    if !needsPoints {
      try refuseGiven(["--seed": cases.seed != 1], "is for draws and samples, and there are none.")
    }
  }

  /// Refuses a seed that nothing heeds before the points are worked out. Whether there are draws may be for the model to say, which is read
  /// for that alone.
  private func checkSeed(_ folder: URL) throws {
    guard cases.seed != 1, cases.draws == nil, !needsPoints else { return }
    let model = try check(ModelRequest(folder: folder, scenario: scenario)).model
    if cases.request.draws(of: model) == 0 { try refuseIdleSeed() }
  }

  private func variations() throws -> [Variation] {
    try vary.map { text in
      guard let variation = Variation(text) else {
        throw ValidationError(
          "--vary is '\(text)': write KEY=from:to:step, with steps that end at the last value, KEY=from:to or KEY=a,b,c, "
            + "such as births.future_factor=0.8:1.2:0.1.")
      }
      return variation
    }
  }

  private func readShard() throws -> SweepShard {
    guard let shard else { return .whole }
    guard let read = SweepShard(shard) else {
      throw ValidationError("--shard is '\(shard)': write a number and how many there are, such as 3/8.")
    }
    return read
  }

  func run() throws {
    try answering(answer.format, nothingWas: "computed") {
      let target = folder(out)
      let progress = Progress(model == nil ? "merging" : "reading")
      defer { progress.finish() }
      let run: SweepRun
      if let model {
        let source = folder(model)
        try checkSeed(source)
        let request = SweepRequest(
          folder: source, scenario: scenario,
          variations: try variations(), kind: design, points: points ?? 0, figures: cases.request,
          shard: try readShard(), jobs: jobs)
        run = try SweepRun(request, to: target) { progress.stage(progressText($0)) }
      } else {
        run = try SweepRun(merging: merge.map(folder), to: target)
      }
      return Answer(
        text: sweepText(run) + "\n\nWritten: \(out)/results.csv", json: SweepAnswer(run, folder: out),
        warnings: run.warnings)
    }
  }
}

private func progressText(_ progress: SweepProgress) -> String {
  let left = progress.secondsLeft.map { seconds in
    seconds < 90 ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded(.up))) min"
  }
  return "\(grouped(progress.finished)) of \(grouped(progress.wanted)) points"
    + (left.map { ", about \($0) left" } ?? "")
}

private func sweepText(_ run: SweepRun) -> String {
  let shard = run.shard == .whole ? "" : ", shard \(run.shard)"
  let lines = [
    "\(run.definition.model): \(counted(run.definition.count, "point")) of a \(run.definition.design.kind.rawValue) design\(shard)",
    "\(grouped(run.computed)) computed now, \(grouped(run.found)) found in the folder, "
      + "\(counted(run.refused, "point")) at which the model does not hold",
  ]
  return ([lines.joined(separator: "\n")] + tornadoTexts(run) + sobolTexts(run) + untoldTexts(run))
    .joined(separator: "\n\n")
}

/// Why a tornado or Sobol' sample that is finished has no table to show.
private func untoldTexts(_ run: SweepRun) -> [String] {
  guard let sensitivity = run.sensitivity else { return [] }
  if run.refused > 0 {
    let what = run.definition.design.kind == .tornado ? "tornado" : "shares of variance"
    return ["No \(what): the model must hold at every point. Why it does not stands in results.csv."]
  }
  let isStill =
    sensitivity.tornados.allSatisfy { $0.bars.allSatisfy { $0.swing == 0 } } && sensitivity.indices.isEmpty
    && sensitivity.refused.isEmpty
  return isStill ? ["No headline that has a value at every point moves."] : []
}

/// The headlines that move, each with the keys that move it most.
private func tornadoTexts(_ run: SweepRun) -> [String] {
  (run.sensitivity?.tornados ?? []).filter { $0.bars.contains { $0.swing > 0 } }.map { headline, bars in
    "\(headline.title) (\(headline.unit)): \(fixed(bars.first?.base ?? 0, places: 2)) as the model stands\n"
      + aligned(
        ["Key", "from", "to", "at the first", "at the second", "swing"],
        bars.filter { $0.swing > 0 }.map { bar in
          [bar.key] + [bar.low, bar.high].map { decimal($0, places: 6) }
            + [bar.atLow, bar.atHigh, bar.swing].map { fixed($0, places: 2) }
        })
  }
}

private func sobolTexts(_ run: SweepRun) -> [String] {
  let told = (run.sensitivity?.indices ?? []).map { headline, indices -> String in
    func shown(_ estimate: SobolIndex.Estimate) -> String {
      "\(fixed(estimate.value, places: 2)) (\(fixed(estimate.low, places: 2)) to \(fixed(estimate.high, places: 2)))"
    }
    return "\(headline.title): share of variance\n"
      + aligned(
        ["Key", "alone", "with all it does together with others"],
        indices.map { [$0.key, shown($0.first), shown($0.total)] })
  }
  return told
    + (run.sensitivity?.refused ?? []).map { headline, reason in
      "\(headline.title): no shares of variance: \(reason.words)"
    }
}

private struct SweepAnswer: Encodable {
  struct Tornado: Encodable {
    let headline: String
    let bars: [TornadoBar]
  }

  struct Indices: Encodable {
    let headline: String
    let indices: [SobolIndex]
    /// Why there are none; left out where there are.
    let reason: String?
  }

  let format = "places-sweep/1"
  let folder: String
  let model: String
  let scenario: String
  let stage: ScenarioStage
  let draws: Int
  let seed: UInt64
  let design: String
  let keys: [String]
  let shard: String
  let points: Int
  let computed: Int
  let found: Int
  let refused: Int
  let tornados: [Tornado]
  let sobol: [Indices]

  init(_ run: SweepRun, folder: String) {
    self.folder = folder
    model = run.definition.model
    scenario = run.definition.scenario
    stage = run.definition.stage
    draws = run.definition.draws
    seed = run.definition.seed
    design = run.definition.design.kind.rawValue
    keys = run.definition.design.variations.map(\.key)
    shard = run.shard.description
    points = run.definition.count
    computed = run.computed
    found = run.found
    refused = run.refused
    tornados = (run.sensitivity?.tornados ?? []).map {
      Tornado(headline: $0.headline.rawValue, bars: $0.bars)
    }
    sobol =
      (run.sensitivity?.indices ?? []).map {
        Indices(headline: $0.headline.rawValue, indices: $0.indices, reason: nil)
      }
      + (run.sensitivity?.refused ?? []).map {
        Indices(headline: $0.headline.rawValue, indices: [], reason: $0.reason.words)
      }
  }
}
