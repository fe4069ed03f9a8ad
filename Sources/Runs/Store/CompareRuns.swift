public import Diagnostics
internal import Foundation
internal import ModelFiles
public import Papers
internal import PlacePlanning

/// What changed from one run to another, and how much of the change in each figure comes from what: ``RunComparison`` says how.
///
/// With `solving`, the programme of schemes is chosen again after each step, which takes a solver's time. Without it, or where a step has no
/// programme, the programmes are compared as the records have them, and only where both runs have one. W703 is added to `warnings` where a
/// record of this version is not what its inputs come to now. **Throws** E708 where a run's input is refused now, E709 for runs of two
/// models, `InternalFault`.
public func compareRuns(
  _ first: RunSubject, _ second: RunSubject, solving: ProgrammeRequest? = nil,
  _ warnings: inout DiagnosticList
) throws -> RunComparison {
  let (a, b) = (try checked(first), try checked(second))
  guard a.model.identity.key == b.model.identity.key else {
    throw DiagnosticList(
      .runsNotComparable, at: SourceLocation(file: second.name),
      what: "this is a run of '\(b.model.identity.key)', the other one of '\(a.model.identity.key)'",
      why: "nothing tells which area of the one stands for which of the other",
      fix: "compare two runs of one model")
  }
  var changes = try changes(from: first.text, to: second.text).map {
    RunComparison.Change(kind: $0.part.kind, what: $0.what, was: $0.was, is: $0.is)
  }
  if first.seed != second.seed {
    changes.append(.init(kind: .seed, what: "seed", was: "\(first.seed)", is: "\(second.seed)"))
  }
  if first.version != second.version {
    changes.append(.init(kind: .method, what: "version", was: first.version, is: second.version))
  }
  let replays = Replays(first, second, solving)
  let path = try replays.path(of: Set(changes.map(\.kind)))
  let attribution = Attribution(first, second, path, order: replays.order)
  if attribution.hasMethod, first.version == second.version {
    warnings.add(
      .recordNotReproduced, at: SourceLocation(file: first.name),
      what: "\(attribution.notReproduced) are not what the same version makes of the same input here",
      why: "another build or another kind of processor made them; the difference is counted as method",
      fix: "compare runs that one machine has made, or make both again")
    changes.append(
      .init(kind: .method, what: "build or machine", was: first.version, is: second.version))
  }
  func side(_ subject: RunSubject, _ model: PlanningModel) -> RunComparison.Side {
    RunComparison.Side(
      name: subject.name, paperDate: model.identity.meeting, scenario: model.scenario,
      version: subject.version, seed: subject.seed, recorded: subject.recorded)
  }
  return RunComparison(
    before: side(first, a.model), after: side(second, b.model), changes: changes,
    steps: path.dropFirst().map(\.kinds) + (attribution.hasMethod ? [[.method]] : []),
    headlines: attribution.headlines, labels: attribution.labels,
    recommended: a.model.capital == nil && b.model.capital == nil ? .noSchemes : attribution.recommended)
}

extension ModelPart {
  var kind: RunComparison.Kind {
    switch self {
    case .data: .data
    case .assumptions: .assumptions
    case .schemeDates: .schemeDates
    }
  }
}

private func checked(_ subject: RunSubject) throws -> CheckedInput {
  do {
    return try check(subject.text)
  } catch let list as DiagnosticList where subject.recorded != nil {
    throw replayRefused(subject.name, subject.version, list)
  }
}

/// The input of a recorded run does not pass this version's checks.
func replayRefused(_ name: String, _ version: String, _ list: DiagnosticList) -> DiagnosticList {
  let first = list.sorted.errors.first
  return DiagnosticList(
    .replayRefused, at: SourceLocation(file: name),
    what: "version \(programVersion) refuses what version \(version) made this run from: "
      + (first.map { "\($0.code.rawValue), \($0.what)" } ?? "no reason is given"),
    why: "a run that cannot be made again can be neither compared nor verified",
    fix: "use the version that made it")
}

/// The figures of blends of two runs, each worked out once.
private final class Replays {
  struct Step {
    let kinds: [RunComparison.Kind]
    let after: Figures
    /// Of the step's changes alone, made to the first run; nil where such a model is refused.
    let alone: Figures?
  }

  /// By their keys.
  typealias Figures = [String: RunFigure]

  private let first: RunSubject
  private let second: RunSubject
  private let solving: ProgrammeRequest?
  private var known: [Set<RunComparison.Kind>: Figures?] = [:]
  /// Keys in the order of a run's figures.
  private(set) var order: [String] = []

  init(_ first: RunSubject, _ second: RunSubject, _ solving: ProgrammeRequest?) {
    (self.first, self.second, self.solving) = (first, second, solving)
  }

  /// The steps from the first run to the second. A kind whose change is refused alone goes together with the next.
  func path(of kinds: Set<RunComparison.Kind>) throws -> [Step] {
    let all = RunComparison.Kind.allCases.filter { $0 != .method && kinds.contains($0) }
    var steps: [Step] = []
    var made: Set<RunComparison.Kind> = []
    var waiting: [RunComparison.Kind] = []
    // An empty step first, so that the path holds the first run's own figures.
    steps.append(Step(kinds: [], after: try figures([], last: false) ?? [:], alone: nil))
    for kind in all {
      made.insert(kind)
      waiting.append(kind)
      guard let after = try figures(made, last: made.count == all.count) else { continue }
      let alone = Set(waiting) == made ? after : try figures(Set(waiting), last: false)
      steps.append(Step(kinds: waiting, after: after, alone: alone))
      waiting = []
    }
    return steps
  }

  static func byKey(_ figures: [RunFigure]) -> Figures {
    Dictionary(figures.map { ($0.key, $0) }) { first, _ in first }
  }

  /// Nil where the model is refused.
  private func figures(_ kinds: Set<RunComparison.Kind>, last: Bool) throws -> Figures? {
    if let found = known[kinds] { return found }
    let seed = kinds.contains(.seed) ? second.seed : first.seed
    let parts = Set(ModelPart.allCases.filter { kinds.contains($0.kind) })
    var found: Figures?
    for text in last ? [second.text] : parts.isEmpty ? [first.text] : blends(parts) {
      do {
        let figures = try replay(text, seed: seed, solving: solving)
        found = Self.byKey(figures)
        order = figures.map(\.key)
        break
      } catch is DiagnosticList { continue }
    }
    known[kinds] = .some(found)
    return found
  }

  /// Assumptions as one of the two has them, else with the keys of the data's own.
  private func blends(_ parts: Set<ModelPart>) -> [ModelText] {
    [false, true].map { ModelText.blend(first.text, second.text, taking: parts, sharedKeys: $0) }
  }
}

/// Sets the figures of two runs beside each other, with the parts of their changes.
private struct Attribution {
  private(set) var headlines: [RunComparison.Headline] = []
  private(set) var labels: [RunComparison.Label] = []
  private(set) var recommended = RunComparison.Recommended.noSchemes
  /// True where a record differs from what its input comes to now.
  private(set) var hasMethod = false
  private(set) var notReproduced = ""

  init(_ first: RunSubject, _ second: RunSubject, _ path: [Replays.Step], order: [String]) {
    guard let start = path.first?.after, let end = path.last?.after else { return }
    let steps = Array(path.dropFirst())
    let before = first.figures.map(Replays.byKey) ?? start
    let after = second.figures.map(Replays.byKey) ?? end
    let shared = order.filter {
      before[$0] != nil && after[$0] != nil && start[$0] != nil && end[$0] != nil
    }
    let differing = [(first.name, before, start), (second.name, after, end)].filter { _, record, now in
      shared.contains { record[$0]?.value != now[$0]?.value }
    }
    hasMethod = first.version != second.version || !differing.isEmpty
    notReproduced = "the figures of " + Set(differing.map(\.0)).sorted().joined(separator: " and ")
    for key in shared {
      let values = path.compactMap { $0.after[key]?.value }
      guard values.count == path.count, let was = before[key], let now = after[key],
        now.isOfAuthority || was.value != now.value
      else { continue }
      switch (was.value, now.value) {
      case (.millionths(let was), .millionths(let count)):
        let counts = values.compactMap(\.count)
        guard counts.count == values.count else { continue }
        let alone = steps.map { $0.alone?[key]?.value.count }
        headlines.append(headline(now.subject, was, count, counts, alone, steps))
      case (.label(let was), .label(let label)):
        let replayed = values.dropFirst().map(\.text)
        labels.append(
          .init(
            subject: now.subject, before: was, after: label,
            afterSteps: hasMethod ? replayed + [label] : Array(replayed)))
      default: continue
      }
    }
    recommended =
      headlines.contains { RunFigures.ofChosen.contains($0.subject.measure) }
      ? .afterEachStep
      : .asRecorded(before: RecommendedProgramme(before.values), after: RecommendedProgramme(after.values))
  }

  private func headline(
    _ subject: RunComparison.Subject, _ was: Int, _ now: Int, _ path: [Int], _ alone: [Int?],
    _ steps: [Replays.Step]
  ) -> RunComparison.Headline {
    var parts = steps.indices.map { index in
      RunComparison.Part(
        kinds: steps[index].kinds, millionths: path[index + 1] - path[index],
        aloneMillionths: alone[index].map { $0 - path[0] })
    }
    if hasMethod {
      let rest = (now - was) - (path[path.count - 1] - path[0])
      // What the first run comes to now, less its record: the change of method alone, if the second record is this program's.
      let isOurs = now == path[path.count - 1]
      parts.append(
        .init(kinds: [.method], millionths: rest, aloneMillionths: isOurs ? path[0] - was : nil))
    }
    return .init(subject: subject, beforeMillionths: was, afterMillionths: now, parts: parts)
  }
}

extension RunFigure.Value {
  fileprivate var count: Int? { if case .millionths(let count) = self { count } else { nil } }
  fileprivate var text: String? { if case .label(let text) = self { text } else { nil } }
}
