import ArgumentParser
import Diagnostics
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import Runs

struct DiffVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed between two runs, and what each change did to the figures.",
    discussion: """
      A run is named by its name, the beginning of it or of its last eight characters, or by the folder that it wrote; the folder \
      of a model stands for that model as it is now. The first is changed into the second step by step, in this order: data, \
      assumptions, scheme dates, seed; what is then left is the method. The parts add up to the whole exactly; 'alone' is \
      what the same change would have done by itself.
      """)

  @Argument(help: "The earlier run, or a model's folder.")
  var before: String

  @Argument(help: "The later run, or a model's folder.")
  var after: String

  @Option(help: "The scenario of a model's folder.")
  var scenario = "central"

  @Option(help: "The seed for a model's folder.")
  var seed: UInt64 = 1

  @Flag(help: "Choose the programme of schemes at each step too; this takes a solver's time.")
  var prioritise = false

  @OptionGroup var options: StoreOptions

  func run() throws {
    if !isModel(before), !isModel(after) {
      try refuseGiven(
        ["--scenario": scenario != "central", "--seed": seed != 1],
        "is for a model's folder, and none is named.")
    }
    try answering(
      options.answer.format, nothingWas: "compared", allWarnings: "--format json lists them all"
    ) {
      let progress = Progress("comparing")
      defer { progress.finish() }
      var warnings = DiagnosticList()
      let comparison = try compareRuns(
        try subject(before), try subject(after), solving: prioritise ? ProgrammeRequest() : nil, &warnings)
      return Answer(
        text: comparisonText(comparison), json: ComparisonAnswer(comparison), warnings: warnings)
    }
  }

  private func isModel(_ text: String) -> Bool {
    FileManager.default.fileExists(atPath: text + "/model.yaml")
  }

  private func subject(_ text: String) throws -> RunSubject {
    let folder = URL(fileURLWithPath: text, isDirectory: true)
    if isModel(text) {
      return try RunSubject(ModelRequest(folder: folder, scenario: scenario), name: text, seed: seed)
    }
    let name = StoredRun.isRun(folder) ? folder.standardizedFileURL.lastPathComponent : text
    return try options.reading { store in try RunSubject(try store.run(named: name), in: store) }
  }
}

/// What changed, then the figures of the whole authority in their last year and the areas that moved most.
func comparisonText(_ comparison: RunComparison) -> String {
  let heading = "From \(comparison.before.name) to \(comparison.after.name)"
  let recommended = recommendedText(comparison)
  if comparison.isEmpty {
    let nothing =
      recommended == nil || comparison.recorded != nil
      ? "Nothing has changed." : "No input has changed, and no figure that was compared."
    return [heading, nothing, recommended].compactMap(\.self).joined(separator: "\n\n")
  }
  let kinds = RunComparison.Kind.allCases.compactMap { changedText(comparison, $0) }
  let chosen = shownHeadlines(comparison)
  let stepNames = comparison.steps.map { $0.map(\.name).joined(separator: " and ") }
  func row(_ line: RunComparison.Headline, _ parts: [Int?]) -> [String] {
    line.row + parts.map { $0.map { amountText($0, line.subject.unit) } ?? "?" }
  }
  let header = ["Figure", "before", "after", "change"] + stepNames
  var parts = [heading] + kinds
  if chosen.isEmpty {
    let moved = comparison.headlines.count(where: \.hasChanged)
    let kind = recommended == nil ? "" : " of pupils, places or the approved programme"
    parts.append(
      moved == 0
        ? "No figure\(kind) has moved."
        : "None of the authority's figures\(kind) and of the areas' largest gaps has moved. "
          + "\(counted(moved, "other figure")) \(moved == 1 ? "has" : "have"): --format json lists them.")
  } else {
    parts.append(
      "What each step did, made one after another in this order; the parts add up to the change\n\n"
        + aligned(header, chosen.map { row($0, $0.parts.map(\.millionths)) }))
  }
  let mixed = chosen.filter { line in line.parts.contains { $0.aloneMillionths != $0.millionths } }
  if !mixed.isEmpty {
    parts.append(
      "Each change alone, made to the earlier run, where that differs: the changes work on each other\n\n"
        + aligned(header, mixed.map { row($0, $0.parts.map(\.aloneMillionths)) }))
  }
  let labels = comparison.labels.filter { $0.before != $0.after }
  if !labels.isEmpty {
    parts.append(
      aligned(["", "before", "after"] + stepNames.map { "after " + $0 }, labels.map(\.row)))
  }
  return (parts + [recommended].compactMap(\.self)).joined(separator: "\n\n")
}

/// What changed of one kind, ten at the most; nil where nothing did.
private func changedText(_ comparison: RunComparison, _ kind: RunComparison.Kind) -> String? {
  let changes = comparison.changes.filter { $0.kind == kind }
  guard !changes.isEmpty else { return nil }
  let shown = changes.prefix(10).map { change in
    let values =
      change.was == nil && change.is == nil
      ? "" : ": \(change.was ?? "not there") -> \(change.is ?? "not there any more")"
    return "  \(change.what)\(values)"
  }
  let rest = changes.count > 10 ? ["  … and \(changes.count - 10) more: --format json lists them"] : []
  return (["Changed, \(kind.name):"] + shown + rest).joined(separator: "\n")
}

/// Figures that moved: the authority's, of each yearly one the last year in which it did, and the ten largest gaps of areas.
private func shownHeadlines(_ comparison: RunComparison) -> [RunComparison.Headline] {
  struct Series: Hashable {
    let measure: String
    let phase: String?
  }
  let moved = comparison.headlines.filter { $0.subject.area == nil && $0.hasChanged }
  let last = Dictionary(
    moved.map { (Series(measure: $0.subject.measure, phase: $0.subject.phase), $0.subject.year) }
  ) { one, other in
    guard let one, let other else { return one ?? other }
    return max(one, other)
  }
  let authority = moved.filter {
    $0.subject.year == last[Series(measure: $0.subject.measure, phase: $0.subject.phase)]
  }
  let areas = comparison.headlines.filter { $0.subject.measure == "peak_gap" && $0.hasChanged }.sorted {
    let (a, b) = (abs($0.change), abs($1.change))
    return a == b ? $0.subject.name < $1.subject.name : a > b
  }
  return authority + areas.prefix(10)
}

struct ComparisonAnswer: Encodable {
  struct Side: Encodable {
    let name: String
    let paperDate: String
    let scenario: String
    let version: String
    let seed: UInt64
    let recorded: String?

    init(_ side: RunComparison.Side) {
      name = side.name
      paperDate = side.paperDate.label
      scenario = side.scenario
      version = side.version
      seed = side.seed
      recorded = side.recorded
    }
  }

  struct Part: Encodable {
    let kinds: [RunComparison.Kind]
    let amount: Decimal
    /// Left out where the change cannot be made alone.
    let alone: Decimal?
  }

  struct Headline: Encodable {
    let measure: String
    let name: String
    let unit: String
    let phase: String?
    let planningAreaCode: String?
    let academicYear: String?
    let before: Decimal
    let after: Decimal
    let change: Decimal
    let parts: [Part]

    init(_ line: RunComparison.Headline) {
      // Decimal, so that the parts add up in the text as they do in the program.
      func exact(_ millionths: Int) -> Decimal { Decimal(millionths) / 1_000_000 }
      measure = line.subject.measure
      name = line.subject.name
      unit = line.subject.unit
      phase = line.subject.phase
      planningAreaCode = line.subject.area?.text
      academicYear = line.subject.year?.label
      before = exact(line.beforeMillionths)
      after = exact(line.afterMillionths)
      change = exact(line.afterMillionths - line.beforeMillionths)
      parts = line.parts.map {
        Part(kinds: $0.kinds, amount: exact($0.millionths), alone: $0.aloneMillionths.map(exact))
      }
    }
  }

  struct Label: Encodable {
    let measure: String
    let name: String
    let planningAreaCode: String?
    /// Null for never.
    let before: String?
    let after: String?
    let afterSteps: [String?]

    init(_ label: RunComparison.Label) {
      measure = label.subject.measure
      name = label.subject.name
      planningAreaCode = label.subject.area?.text
      (before, after, afterSteps) = (label.before, label.after, label.afterSteps)
    }

    private enum CodingKeys: String, CodingKey {
      case measure, name, planningAreaCode, before, after, afterSteps
    }

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: CodingKeys.self)
      try object.encode(measure, forKey: .measure)
      try object.encode(name, forKey: .name)
      try object.encodeIfPresent(planningAreaCode, forKey: .planningAreaCode)
      try object.encode(before, forKey: .before)
      try object.encode(after, forKey: .after)
      try object.encode(afterSteps, forKey: .afterSteps)
    }
  }

  /// The recommended programme, as each run has it.
  struct Recommended: Encodable {
    enum Compared: String, Encodable {
      case noSchemes = "no_schemes"
      case afterEachStep = "after_each_step"
      case asRecorded = "as_recorded"
      case notCompared = "not_compared"
    }

    let compared: Compared
    /// Without parts; empty where the programmes are among the other figures, or one of them is not known.
    let headlines: [Headline]
    let labels: [Label]

    init(_ comparison: RunComparison) {
      let recorded = comparison.recorded
      compared =
        switch comparison.recommended {
        case .noSchemes: .noSchemes
        case .afterEachStep: .afterEachStep
        case .asRecorded: recorded == nil ? .notCompared : .asRecorded
        }
      headlines = (recorded?.headlines ?? []).map(Headline.init)
      labels = (recorded?.starts ?? []).map(Label.init)
    }
  }

  let format = "places-diff/1"
  let before: Side
  let after: Side
  let changes: [RunComparison.Change]
  let steps: [[RunComparison.Kind]]
  let headlines: [Headline]
  let labels: [Label]
  let recommended: Recommended

  init(_ comparison: RunComparison) {
    before = Side(comparison.before)
    after = Side(comparison.after)
    changes = comparison.changes
    steps = comparison.steps
    headlines = comparison.headlines.map(Headline.init)
    labels = comparison.labels.map(Label.init)
    recommended = Recommended(comparison)
  }
}
