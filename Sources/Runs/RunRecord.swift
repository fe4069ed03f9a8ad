internal import CapitalProgramme
internal import Diagnostics
public import Foundation
internal import ModelFiles
internal import Papers
public import PlacePlanning
internal import Projection

/// The version that run records carry.
public let programVersion = "0.1.0"

/// What a run was made from and what it made: `run.json`.
///
/// It holds no time and no machine, so that the same inputs give the same bytes.
public struct RunRecord: Codable, Sendable {
  /// A file that the run read or wrote, and the SHA-256 of its bytes in hexadecimal digits.
  public struct File: Codable, Hashable, Sendable {
    /// Of an input relative to the model's folder, of an output relative to the run's.
    public let file: String
    public let sha256: String
  }

  /// An assumption as it stood in the run, `value` in its own `unit`, with its evidence.
  public struct AssumptionRecord: Codable, Sendable {
    public let key: String
    public let value: Double
    public let unit: String
    public let source: String
    public let mark: EvidenceMark
    public let quality: Rating
    public let impact: Rating
  }

  public let format: String
  public let program: String
  public let version: String
  public let run: String
  public let model: String
  public let authority: String
  public let isSynthetic: Bool
  public let scenario: String
  public let baseYear: String
  public let horizonYears: Int
  public let seed: UInt64
  /// Draws beside the central path.
  public let draws: Int
  public let inputs: [File]
  public let assumptions: [AssumptionRecord]
  public let appliedOverrides: [AppliedOverride]
  public let warnings: [String]
  /// Pupils that the change ledger leaves unexplained, at worst.
  public let worstLedgerResidual: Double
  public private(set) var outputs: [File]
  /// What could not be rendered, and why; empty when all was.
  public private(set) var leftOut: [String]
  /// The earlier run that the paper says what has changed since; nil where none is named.
  public let since: String?
  /// Counts of 1 or more below this one are not in the open data; nil where nothing else was asked for than the model says.
  public let suppressBelow: Int?
  /// How long the search for a programme could take; nil for as long as it needs. A search that was stopped may stop elsewhere next time.
  /// **Units** seconds.
  public let timeLimit: Double?

  init(_ run: PlanningRun, suppressBelow: Int? = nil, outputs: [File], leftOut: [String]) {
    let model = run.input.model
    format = "places-run-record/1"
    program = "places"
    version = programVersion
    since = run.content.changes?.before.name
    self.run = RunRecord.name(run.input, seed: run.seed, since: since)
    self.model = model.identity.key
    authority = model.identity.authority
    isSynthetic = model.identity.isSynthetic
    scenario = model.scenario
    baseYear = model.baseYear.label
    horizonYears = model.horizonYears
    seed = run.seed
    draws = run.ranges?.draws ?? 0
    inputs = run.input.inputs
    assumptions = model.assumptions.map {
      AssumptionRecord(
        key: $0.key, value: $0.value, unit: $0.unit, source: $0.source, mark: $0.mark,
        quality: $0.quality, impact: $0.impact)
    }
    appliedOverrides = model.appliedOverrides
    warnings = run.input.warnings.diagnostics.map { "\($0.code.rawValue): \($0.what)" }
    worstLedgerResidual = run.pupils.ledger.worstResidual
    self.outputs = outputs
    self.leftOut = leftOut
    self.suppressBelow = suppressBelow
    timeLimit = run.choice?.request.options.timeLimit.map { $0 / .seconds(1) }
  }

  /// What a record says of files that a run wrote.
  static func outputs(_ files: [RunFile]) -> [File] {
    files.map { File(file: $0.name, sha256: sha256($0.data)) }.sorted { $0.file < $1.file }
  }

  /// The fingerprints of the files that the run wrote, by their names.
  var hashes: [String: String] { Dictionary(outputs.map { ($0.file, $0.sha256) }) { first, _ in first } }

  /// The record of the same run, once other files of it have been written.
  func with(outputs: [File], leftOut: [String]) -> RunRecord {
    var record = self
    record.outputs = outputs
    record.leftOut = leftOut
    return record
  }

  /// `2018-03-15-central-1a2b3c4d`: the paper's date, the scenario, and a fingerprint of every input, the seed and the
  /// version.
  static func name(_ input: CheckedInput, seed: UInt64, since: String?) -> String {
    let text =
      input.inputs.map { "\($0.file) \($0.sha256)" }.joined(separator: "\n")
      + "\n\(input.model.scenario)\n\(seed)\n\(programVersion)" + (since.map { "\nsince \($0)" } ?? "")
    return "\(input.model.identity.meeting.label)-\(input.model.scenario)-"
      + sha256(Data(text.utf8)).prefix(8)
  }

  /// `Gloucestershire, 15 March 2018, central`, as people call the run.
  public var title: String {
    let date = CalendarDate(label: run.prefix(10))?.longLabel
    return [authority, date, scenario].compactMap { $0 }.joined(separator: ", ")
  }

  /// `1a2b3c4d`, the fingerprint in its name, by which two runs of one title are told apart.
  public var shortName: String { String(run.suffix(8)) }

  /// The record that a run has left in its folder. **Throws** where there is none, or none of this version's form.
  public init(in folder: URL) throws {
    self = try decodedJSON(
      RunRecord.self, from: Data(contentsOf: folder.appendingPathComponent("run.json")))
  }

  /// As JSON with sorted keys.
  func json() throws -> Data { try prettyJSON(self) }
}
