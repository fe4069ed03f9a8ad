import Diagnostics
import Foundation
import Papers
import PlacePlanning
import Runs

// What is remembered of runs, for machines.

struct StoredRunAnswer: Encodable {
  let run: String
  let model: String
  let scenario: String
  let paperDate: String
  let version: String
  let seed: UInt64
  let draws: Int
  let since: String?
  let firstRecorded: String
  let lastRecorded: String
  let recordings: Int
  let folder: String

  init(_ run: RememberedRun) {
    self.run = run.name
    model = run.model
    scenario = run.scenario
    paperDate = run.paperDate
    version = run.version
    seed = run.seed
    draws = run.draws
    since = run.since
    firstRecorded = run.firstRecorded
    lastRecorded = run.lastRecorded
    recordings = run.recordings
    folder = run.folder.path
  }
}

/// A figure has a value, or a label where it is a year; a year that never comes is a label that is left out.
struct FigureAnswer: Encodable {
  let measure: String
  let name: String
  let unit: String
  let phase: String?
  let planningAreaCode: String?
  let academicYear: String?
  let value: Double?
  let label: String?

  init(_ figure: RunFigure) {
    let subject = figure.subject
    measure = subject.measure
    name = subject.name
    unit = subject.unit
    phase = subject.phase
    planningAreaCode = subject.area?.text
    academicYear = subject.year?.label
    switch figure.value {
    case .millionths(let count): (value, label) = (Double(count) / 1e6, nil)
    case .label(let text): (value, label) = (nil, text)
    }
  }
}

struct RunListAnswer: Encodable {
  struct Entry: Encodable {
    let run: StoredRunAnswer
    /// Of the whole authority.
    let headlines: [FigureAnswer]
  }

  let format = "places-runs/1"
  let runs: [Entry]

  init(_ runs: [(run: RememberedRun, figures: [RunFigure])]) {
    self.runs = runs.map { run, figures in
      Entry(
        run: StoredRunAnswer(run), headlines: figures.filter(\.isOfAuthority).map(FigureAnswer.init))
    }
  }
}

struct RunDetailAnswer: Encodable {
  let format = "places-runs-show/1"
  let run: StoredRunAnswer
  let inputs: [RunRecord.File]
  let assumptions: [RunRecord.AssumptionRecord]
  let appliedOverrides: [AppliedOverride]
  let figures: [FigureAnswer]
  let outputs: [RunRecord.File]
  let leftOut: [String]

  init(_ run: RememberedRun, _ record: RunRecord, _ figures: [RunFigure]) {
    self.run = StoredRunAnswer(run)
    inputs = record.inputs
    assumptions = record.assumptions
    appliedOverrides = record.appliedOverrides
    self.figures = figures.map(FigureAnswer.init)
    outputs = record.outputs
    leftOut = record.leftOut
  }
}

struct VerificationAnswer: Encodable {
  struct Entry: Encodable {
    let run: String
    let version: String
    let agrees: Bool
    let firstThatDiffers: String?
    let files: [File]
    let diagnostics: [Diagnostic]
  }

  struct File: Encodable {
    let file: String
    let verdict: String
  }

  let format = "places-runs-verify/1"
  let agree: Bool
  let runs: [Entry]

  init(_ results: [RunVerification]) {
    agree = results.allSatisfy(\.agrees)
    runs = results.map { result in
      Entry(
        run: result.run.name, version: result.run.version, agrees: result.agrees,
        firstThatDiffers: result.firstThatDiffers,
        files: result.files.map { File(file: $0.file, verdict: $0.verdict.rawValue) },
        diagnostics: result.diagnostics.sorted.diagnostics)
    }
  }
}
