import Foundation
import Papers
import PlacePlanning

/// What changed between two runs, for machines.
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
