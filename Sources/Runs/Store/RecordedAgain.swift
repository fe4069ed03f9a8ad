internal import Diagnostics
internal import Foundation
internal import GRDB

extension RunStore {
  /// The parts, in words, of what this store says of a run that differ from what it would record of the run made again. Inputs and the
  /// fingerprints of files are not compared here. `record` is the run's as it stands in the store. **Throws** E701, E702.
  func otherwise(_ run: RememberedRun, _ again: RunEntry, _ record: RunRecord) throws -> [String] {
    // A run of another version may be remembered by other figures.
    guard record.version == programVersion else { return [] }
    let fresh = RunStore(file: file, queue: try DatabaseQueue())
    defer { fresh.close() }
    try StoreSchema.migrator.migrate(fresh.queue)
    var entry = again
    // What could be rendered then and now is compared file by file.
    entry.record = again.record.with(outputs: record.outputs, leftOut: record.leftOut)
    try fresh.record(entry)
    // A search that was stopped may stop elsewhere next time.
    let figures =
      record.timeLimit == nil ? "" : "AND measure NOT LIKE 'chosen_%' AND measure <> 'scheme_start'"
    let parts = [
      (
        "record",
        """
        SELECT name, model, authority, is_synthetic, scenario, paper_date, base_year, horizon_years, version, seed, draws, since,
          record FROM run WHERE id = ?
        """
      ),
      (
        "assumptions",
        "SELECT key, value, unit, source, mark, quality, impact FROM assumption WHERE run_id = ? ORDER BY key"
      ),
      (
        "changes by the scenario",
        "SELECT key, was, is_now, unit, why, place FROM applied_override WHERE run_id = ? ORDER BY position"
      ),
      (
        "figures",
        """
        SELECT measure, name, unit, phase, planning_area_code, academic_year, value, label FROM figure
        WHERE run_id = ? \(figures) ORDER BY position
        """
      ),
      ("number of files", "SELECT count(*) FROM output WHERE run_id = ?"),
    ]
    return try parts.filter { try rows($0.1, of: run.id) != fresh.rows($0.1, of: 1) }.map(\.0)
  }

  private func rows(_ sql: String, of id: Int64) throws(DiagnosticList) -> [Row] {
    try reading { try Row.fetchAll($0, sql: sql, arguments: [id]) }
  }
}
