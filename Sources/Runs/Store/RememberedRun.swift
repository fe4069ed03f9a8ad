public import Diagnostics
public import Foundation
internal import GRDB
public import ModelFiles
internal import Papers
internal import PlacePlanning

/// One run that a store remembers.
public struct RememberedRun: Sendable {
  let id: Int64
  public let name: String
  public let model: String
  public let scenario: String
  /// The date of its paper.
  public let paperDate: String
  public let version: String
  public let seed: UInt64
  public let draws: Int
  /// The earlier run that its paper speaks of; nil for none.
  public let since: String?
  /// `2026-11-25T19:00:00Z`.
  public let firstRecorded: String
  public let lastRecorded: String
  public let recordings: Int
  /// Where the last recording was written.
  public let folder: URL
}

extension RunStore {
  private static let columns = """
    SELECT run_list.*, (SELECT folder FROM recording WHERE recording.run_id = run_list.run_id
      ORDER BY recording.id DESC LIMIT 1) AS folder,
      (SELECT max(id) FROM recording WHERE recording.run_id = run_list.run_id) AS latest
    FROM run_list
    """

  private func run(_ row: Row) throws -> RememberedRun {
    guard let seed = UInt64(row["seed"] as String) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a seed is no number")
    }
    return RememberedRun(
      id: row["run_id"], name: row["name"], model: row["model"], scenario: row["scenario"],
      paperDate: row["paper_date"], version: row["version"], seed: seed, draws: row["draws"],
      since: row["since"], firstRecorded: row["first_recorded_at"], lastRecorded: row["last_recorded_at"],
      recordings: row["recordings"],
      folder: URL(
        fileURLWithPath: row["folder"] as String, relativeTo: file.deletingLastPathComponent()
      ).standardizedFileURL)
  }

  /// Every run, or those of one model; the one recorded last comes first. **Throws** E701, E702.
  public func runs(model: String? = nil) throws(DiagnosticList) -> [RememberedRun] {
    try reading { db in
      try Row.fetchAll(
        db, sql: Self.columns + " WHERE ?1 IS NULL OR model = ?1 ORDER BY latest DESC", arguments: [model]
      ).map(run)
    }
  }

  /// The runs of a model that is asked for by name. **Throws** E705 where none is recorded.
  public func runs(ofModel name: String) throws(DiagnosticList) -> [RememberedRun] {
    let found = try runs(model: name)
    if !found.isEmpty { return found }
    let known = Set(try runs().map(\.model)).sorted()
    throw unknown(
      "there is no run of a model '\(name)' in this store",
      fix: didYouMean(
        name, among: known,
        else: known.isEmpty
          ? "make one with 'places run', or name another store with --store"
          : "it holds runs of \(listed(known)); name another store with --store for others"))
  }

  /// The run of a name, or of what a name begins with, or of the first characters of its fingerprint (the last eight of a name).
  /// Of one that came out in several ways, the way recorded last. **Throws** E705 unknown, E706 ambiguous.
  public func run(named text: String) throws(DiagnosticList) -> RememberedRun {
    let all = try runs()
    if let exact = all.first(where: { $0.name == text }) { return exact }
    let found = all.filter { run in
      !text.isEmpty && (run.name.hasPrefix(text) || run.name.suffix(8).hasPrefix(text))
    }
    let names = Set(found.map(\.name)).sorted()
    if names.count > 1 {
      throw DiagnosticList(
        .runAmbiguous, at: place, what: "'\(text)' may be any of \(names.count) runs",
        why: "it is not certain which of them is meant",
        fix: "write more of the name: " + names.prefix(5).joined(separator: ", ")
          + (names.count > 5 ? ", …" : ""))
    }
    if let only = found.first { return only }
    throw unknown(
      "there is no run '\(text)' in this store",
      fix: didYouMean(text, among: all.map(\.name), else: "'places runs' lists those that are there"))
  }

  private func unknown(_ what: String, fix: String) -> DiagnosticList {
    DiagnosticList(
      .runUnknown, at: place, what: what,
      why: "only a run that was recorded can be shown, compared or made again", fix: fix)
  }

  /// The figures that a run was remembered by.
  public func figures(of run: RememberedRun) throws(DiagnosticList) -> [RunFigure] {
    try reading { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM figure WHERE run_id = ? ORDER BY position", arguments: [run.id]
      )
      .map { row in
        RunFigure(
          subject: RunComparison.Subject(
            measure: row["measure"], name: row["name"], unit: row["unit"], phase: row["phase"],
            area: (row["planning_area_code"] as String?).map { PlanningAreaCode($0) },
            year: (row["academic_year"] as String?).flatMap { AcademicYear(label: $0) }),
          value: (row["value"] as Double?).map { .millionths(Int(($0 * 1e6).rounded())) }
            ?? .label(row["label"]))
      }
    }
  }

  /// What a run wrote, with the fingerprints of the time.
  public func outputs(of run: RememberedRun) throws(DiagnosticList) -> [RunRecord.File] {
    try reading { db in
      try Row.fetchAll(
        db, sql: "SELECT file, sha256 FROM output WHERE run_id = ? ORDER BY position", arguments: [run.id]
      ).map { RunRecord.File(file: $0["file"], sha256: $0["sha256"]) }
    }
  }

  /// The record of a run, as its `run.json` had it. **Throws** E701, E702.
  public func record(of run: RememberedRun) throws(DiagnosticList) -> RunRecord {
    try reading { db in
      let text =
        try String.fetchOne(db, sql: "SELECT record FROM run WHERE id = ?", arguments: [run.id]) ?? ""
      do {
        return try decodedJSON(RunRecord.self, from: Data(text.utf8))
      } catch {
        throw DiagnosticList(
          .storeDamaged, at: place, what: "the record of \(run.name) cannot be read",
          why: "it was damaged or changed since, so what it says of this run cannot be trusted",
          fix:
            "keep to the other runs of this store, and to the papers of this one; to record it again, name another store with "
            + "--store when you make it")
      }
    }
  }

  /// The model that a run was made from. **Throws** E707 where a file is lost or is not what it was.
  public func model(of run: RememberedRun) throws(DiagnosticList) -> StoredModel {
    let files = try reading { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT file, shown_as, run_input.sha256, content FROM run_input
          LEFT JOIN content ON content.sha256 = run_input.sha256 WHERE run_id = ? ORDER BY position
          """, arguments: [run.id]
      ).map { row in
        (
          name: row["file"] as String, path: row["shown_as"] as String, hash: row["sha256"] as String,
          content: row["content"] as Data?
        )
      }
    }
    var list = DiagnosticList()
    for file in files where file.content.map(sha256) != file.hash {
      list.add(
        .storedInputDamaged, at: place,
        what:
          "the content of '\(file.name)' of \(run.name) is \(file.content == nil ? "lost" : "not what it was")",
        why: "a run made again from it would not be that run",
        fix: "keep to what the run wrote; it cannot be made again from this store")
    }
    try list.check()
    return StoredModel(
      files: files.map { StoredModel.File(name: $0.name, path: $0.path, content: $0.content ?? Data()) },
      scenario: run.scenario)
  }

  /// The run of this model and scenario that was recorded last, other than one of the same inputs, seed and version; nil for none.
  public func last(before input: CheckedInput, seed: UInt64) throws(DiagnosticList) -> RememberedRun? {
    let scenario = input.model.scenario
    for run in try runs(model: input.model.identity.key) where run.scenario == scenario {
      let inputs = try record(of: run).inputs
      if run.seed != seed || run.version != programVersion || inputs != input.inputs { return run }
    }
    return nil
  }

  var place: SourceLocation { SourceLocation(file: shownPath(file)) }
}
