internal import CapitalProgramme
public import Diagnostics
public import Foundation
internal import GRDB
internal import ModelFiles
internal import Papers
internal import PlacePlanning

/// What is recorded of one run.
public struct RunEntry: Sendable {
  var record: RunRecord
  let paperDate: String
  let inputs: [StoredModel.File]
  let figures: [RunFigure]
  let folder: URL
  let recordedAt: Date

  /// Of the files that the run wrote.
  var outputsFingerprint: String {
    sha256(Data(record.outputs.map { "\($0.file) \($0.sha256)" }.joined(separator: "\n").utf8))
  }
}

extension RunEntry {
  /// A run and what it wrote, recorded now unless another time is said.
  public init(_ run: PlanningRun, _ written: WrittenRun, at time: Date = Date()) {
    self.init(
      record: written.record, paperDate: run.input.model.identity.meeting.label, inputs: run.input.text.kept,
      figures: RunFigures(
        run.pupils, run.balance, run.programme, ranges: run.ranges,
        chosen: run.choice?.outcome.chosen
      ).all,
      folder: written.folder, recordedAt: time)
  }
}

extension ModelText {
  /// Its files, to be kept.
  var kept: [StoredModel.File] {
    inputs.map { StoredModel.File(name: $0.name, path: $0.path, content: Data($0.text.utf8)) }
  }
}

extension RunStore {
  /// Records a run, in one transaction. A run that is there already, with the same outputs, gains a recording and no more.
  /// **Throws** E701, E702, E704; then nothing has been recorded.
  public func record(_ entry: RunEntry) throws(DiagnosticList) { try record(entry) {} }

  /// `beforeCommit` is called when everything is written and nothing is certain yet.
  func record(_ entry: RunEntry, beforeCommit: () throws -> Void) throws(DiagnosticList) {
    try Self.faults(file) {
      try queue.write { db in
        let outputs = entry.outputsFingerprint
        let known = try Int64.fetchOne(
          db, sql: "SELECT id FROM run WHERE name = ? AND outputs_sha256 = ?",
          arguments: [entry.record.run, outputs])
        let id = try known ?? insert(entry, outputs, db)
        try db.execute(
          sql: "INSERT INTO recording (run_id, recorded_at, folder) VALUES (?, ?, ?)",
          arguments: [id, entry.recordedAt.formatted(.iso8601), stored(entry.folder)])
        try beforeCommit()
      }
    }
  }

  private func insert(_ entry: RunEntry, _ outputs: String, _ db: Database) throws -> Int64 {
    let record = entry.record
    try db.execute(
      sql: """
        INSERT INTO run (name, outputs_sha256, model, authority, is_synthetic, scenario, paper_date, base_year,
          horizon_years, version, seed, draws, since, record)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        record.run, outputs, record.model, record.authority, record.isSynthetic, record.scenario,
        entry.paperDate, record.baseYear, record.horizonYears, record.version, String(record.seed),
        record.draws, record.since, String(decoding: try record.json(), as: UTF8.self),
      ])
    let id = db.lastInsertedRowID
    let content = try db.makeStatement(
      sql: "INSERT INTO content (sha256, bytes, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
    let input = try db.makeStatement(sql: "INSERT INTO run_input VALUES (?, ?, ?, ?, ?)")
    for (position, file) in entry.inputs.enumerated() {
      let hash = sha256(file.content)
      try content.execute(arguments: [hash, file.content.count, file.content])
      try input.execute(arguments: [id, position, file.name, file.path, hash])
    }
    let assumption = try db.makeStatement(sql: "INSERT INTO assumption VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for item in record.assumptions {
      try assumption.execute(arguments: [
        id, item.key, item.value, item.unit, item.source, item.mark.rawValue, item.quality.rawValue,
        item.impact.rawValue,
      ])
    }
    let change = try db.makeStatement(sql: "INSERT INTO applied_override VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for (position, item) in record.appliedOverrides.enumerated() {
      try change.execute(arguments: [
        id, position, item.key, item.was, item.is, item.unit, item.why, item.place,
      ])
    }
    let figure = try db.makeStatement(sql: "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (position, item) in entry.figures.enumerated() {
      let subject = item.subject
      let (value, label): (Double?, String?) =
        switch item.value {
        case .millionths(let count): (Double(count) / 1e6, nil)
        case .label(let text): (nil, text)
        }
      try figure.execute(arguments: [
        id, position, subject.measure, subject.name, subject.unit, subject.phase, subject.area?.text,
        subject.year?.label, value, label,
      ])
    }
    let output = try db.makeStatement(sql: "INSERT INTO output VALUES (?, ?, ?, ?)")
    for (position, item) in record.outputs.enumerated() {
      try output.execute(arguments: [id, position, item.file, item.sha256])
    }
    return id
  }

  /// A folder below the store's is kept by the rest of its path, so that both can be moved together.
  private func stored(_ folder: URL) -> String {
    let root = file.deletingLastPathComponent().standardizedFileURL.path
    let path = folder.standardizedFileURL.path
    return path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
  }
}

/// Records a run that was written; what goes wrong is a warning (W700), since the papers are there.
public func remember(_ run: PlanningRun, _ written: WrittenRun, in file: URL) -> DiagnosticList {
  do {
    let store = try RunStore.open(file)
    defer { store.close() }
    try store.record(RunEntry(run, written))
    return DiagnosticList()
  } catch {
    return DiagnosticList(
      error.diagnostics.map {
        Diagnostic(
          .runNotRecorded, at: $0.location, what: "this run was not recorded: \($0.what)",
          why: "its papers are written and whole; 'places runs' and 'places diff' will not know of it",
          fix: "\($0.fix); then make the run again")
      })
  }
}
