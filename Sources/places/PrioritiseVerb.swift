import ArgumentParser
import CapitalProgramme
import Diagnostics
import ModelFiles
import Papers
import PlacePlanning
import Projection
import Runs
import Sufficiency
import Synchronization

struct Prioritise: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Choose the programme: schemes, starts and who pays.",
    discussion: """
      Fewest unmet places first; of those programmes the least present cost; of those the nearest to the approved one. Exit \
      status 75 when the solver stopped before the programme was proven; its gap is stated.
      """)
  @OptionGroup var options: ModelOptions

  @Option(
    help: """
      Draws behind the need; 0 for the central projection alone. Unless given, 1000 where the model says how uncertain it is.
      """)
  var draws: Int?

  @Option(help: "The seed of the draws.")
  var seed: UInt64 = 1

  @Option(
    help: """
      How unmet places are counted: expected, worst:SHARE (mean of the worst share of draws), or beyond:CHANCE (places short \
      of what all but that share of draws need).
      """)
  var measure = "expected"

  @Flag(help: "Let neighbouring areas that the model names place each other's pupils, at a cost.")
  var neighbours = false

  @Option(
    help: """
      With --neighbours: the most scenarios that stand for the draws of a year group and year. What they leave out is stated.
      """)
  var scenarios: Int?

  @Option(help: "Proven when no programme can be better by more than this share.")
  var gap = 1e-4

  @Option(help: "Seconds after which to stop, proven or not; each programme of --explain has as many.")
  var timeLimit: Double?

  @Option(help: "The seed of the solver: another takes another path to an optimum.")
  var solverSeed = 0

  @Option(help: "A folder for the model of every step as LP text: step1.lp, step2.lp, step3.lp.")
  var writeLp: String?

  @Flag(
    help:
      "Say what would happen without each scheme, with more money, with less borrowing, and under rival plans."
  )
  var explain = false

  @Flag(help: "With --explain: rival plans under every scenario of the model, and their regret.")
  var regret = false

  @Flag(help: "Test the programme under draws of demand, delays and costs together.")
  var stress = false

  @Flag(help: "Reconcile the approved programme instead of choosing one.")
  var approved = false

  func validate() throws {
    if regret && !explain { throw ValidationError("--regret goes with --explain.") }
    if let draws { try checkDraws(draws) }
    if draws == 0 { try refuseWithoutDraws() }
    if !(gap > 0 && gap < 1) { throw ValidationError("--gap must lie between 0 and 1.") }
    try checkSeconds(timeLimit, "--time-limit")
    if !(0...Int(Int32.max)).contains(solverSeed) {
      throw ValidationError("--solver-seed must be 0 or more.")
    }
    if try unmetMeasure() != .expected, neighbours {
      throw ValidationError("--neighbours counts expected unmet places: leave --measure out.")
    }
    if let scenarios, !(1...1_000).contains(scenarios) {
      throw ValidationError("--scenarios must lie between 1 and 1000.")
    }
    if scenarios != nil, !neighbours { throw ValidationError("--scenarios is for --neighbours.") }
    if approved {
      try refuseGiven(
        [
          "--neighbours": neighbours, "--draws": draws != nil, "--seed": seed != 1,
          "--measure": measure != "expected", "--gap": gap != 1e-4, "--time-limit": timeLimit != nil,
          "--solver-seed": solverSeed != 0, "--write-lp": writeLp != nil, "--explain": explain,
          "--stress": stress,
        ], "is for choosing a programme, and --approved chooses none: leave one of them out.")
    }
  }

  private func refuseWithoutDraws() throws {
    try refuseGiven(
      ["--stress": stress, "--measure": measure != "expected", "--seed": seed != 1], needsDraws)
  }

  private func unmetMeasure() throws -> UnmetMeasure {
    if measure == "expected" { return .expected }
    let parts = measure.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let share = Double(parts[1]), share > 0, share < 1,
      ["worst", "beyond"].contains(parts[0])
    else {
      throw ValidationError(
        "--measure must be expected, worst:SHARE or beyond:CHANCE, with a number from 0 to 1.")
    }
    return parts[0] == "worst" ? .worst(share: share) : .beyond(chance: share)
  }

  func run() throws {
    if approved { return try reconcileApproved() }
    var isStopped = false
    try answering(options.answer.format, nothingWas: "chosen") {
      let texts = LPTexts()
      var solving = ProgrammeOptions(
        gap: gap, timeLimit: timeLimit.map { .seconds($0) }, seed: solverSeed)
      if writeLp != nil { solving.writesText = { texts.add($1, step: $0) } }
      let progress = Progress("choosing")
      defer { progress.finish() }
      solving.progress = { progress.stage($0) }
      let run = try programmeRun(solving)
      if run.draws == nil { try refuseWithoutDraws() }
      if let writeLp { try writeSteps(texts.all, to: folder(writeLp)) }
      isStopped = run.outcome.chosen?.isProven != true
      switch run.outcome {
      case .failed(let words): throw SolverBrokeOff(description: words)
      case .incompatible:
        return Answer(
          "incompatible",
          "The committed schemes cannot be combined: a window, an option group or a prerequisite forbids it.",
          run.input.warnings)
      case .withoutProgramme(let words):
        return Answer(
          "without_programme",
          "Stopped before any programme was found (\(words)). There may be one: allow more time.",
          run.input.warnings)
      case .unaffordable(let missing):
        return Answer(
          text: unaffordableText(missing, run.problem), json: UnaffordableAnswer(missing, run.problem),
          warnings: run.input.warnings)
      case .proven(let chosen), .stopped(let chosen):
        return try chosenAnswer(run, chosen)
      }
    }
    if isStopped { throw ExitCode(75) }
  }

  /// The programme, with what was asked for beside it.
  private func chosenAnswer(_ run: ProgrammeRun, _ chosen: ChosenProgramme) throws -> Answer {
    let explanations =
      explain
      ? try run.explanations(
        options.request, scenarios: regret ? run.input.scenarios : [], beside: chosen) : nil
    let test = stress ? run.stressed(chosen) : nil
    let ranking = run.rankingAtLeastCost()
    let text =
      [programmeText(run, chosen, ranking)]
      + (test.map { [stressText(run, $0)] } ?? [])
      + (stress && neighbours ? ["The stress test keeps all pupils in their own areas."] : [])
      + (explanations.map { [explanationText(chosen, $0.alternatives), rivalsText(run, chosen, $0)] } ?? [])
    return Answer(
      text: text.joined(separator: "\n\n"),
      json: ChosenProgrammeAnswer(
        run, chosen, ranking, explanations: explanations.map { ExplanationAnswer(run, chosen, $0) },
        stressTest: test.map(StressAnswer.init)),
      warnings: run.input.warnings)
  }

  private func programmeRun(_ solving: ProgrammeOptions) throws -> ProgrammeRun {
    do {
      return try ProgrammeRun(
        options.request,
        ProgrammeRequest(
          draws: draws, seed: seed, measure: try unmetMeasure(),
          neighbourScenarios: neighbours ? scenarios ?? NeighbourDraws.usualMostScenarios : nil,
          options: solving))
    } catch let refusal as NoNeighbours {
      throw ValidationError("--neighbours: \(refusal)")
    }
  }

  private func reconcileApproved() throws {
    try answering(options.answer.format) {
      let input = try check(options.request)
      let pupils = try input.projected()
      let programme = reconcile(input.model.schemes, for: compare(pupils, with: input.model))
      return Answer(
        text: approvedText(programme), json: ProgrammeAnswer(programme), warnings: input.warnings)
    }
  }
}

extension Answer {
  /// Why there is no programme.
  fileprivate init(_ outcome: String, _ reason: String, _ warnings: DiagnosticList) {
    self.init(
      text: reason, json: NoProgrammeAnswer(outcome: outcome, reason: reason), warnings: warnings)
  }
}

/// The LP text of the steps, gathered while they are solved.
private final class LPTexts: Sendable {
  private let texts = Mutex<[Int: String]>([:])

  func add(_ text: String, step: Int) { texts.withLock { $0[step] = text } }

  /// In order of steps.
  var all: [String] { texts.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
}
