internal import GRDB

/// The tables of a run store, step by step; the page <doc:RunStore> says what each column holds. A step that has been released is
/// never changed: a change is a further step.
enum StoreSchema {
  /// `plac`: marks a file as a run store, so that no other database is taken for one.
  static let applicationID = 0x706C_6163

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: runs") { db in
      try db.execute(sql: tables)
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
    migrator.registerMigration("2: views for readers") { db in
      try db.execute(sql: views)
    }
    return migrator
  }

  private static let tables = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      outputs_sha256 TEXT NOT NULL,
      model TEXT NOT NULL,
      authority TEXT NOT NULL,
      is_synthetic INTEGER NOT NULL,
      scenario TEXT NOT NULL,
      paper_date TEXT NOT NULL,
      base_year TEXT NOT NULL,
      horizon_years INTEGER NOT NULL,
      version TEXT NOT NULL,
      seed TEXT NOT NULL,
      draws INTEGER NOT NULL,
      since TEXT,
      record TEXT NOT NULL,
      UNIQUE (name, outputs_sha256)
    );
    CREATE INDEX run_by_model ON run (model, scenario);
    CREATE TABLE recording (
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      recorded_at TEXT NOT NULL,
      folder TEXT NOT NULL
    );
    CREATE INDEX recording_by_run ON recording (run_id);
    CREATE TABLE content (
      sha256 TEXT PRIMARY KEY,
      bytes INTEGER NOT NULL,
      content BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE run_input (
      run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      file TEXT NOT NULL,
      shown_as TEXT NOT NULL,
      sha256 TEXT NOT NULL REFERENCES content (sha256),
      PRIMARY KEY (run_id, position)
    ) WITHOUT ROWID;
    CREATE INDEX run_input_by_content ON run_input (sha256);
    CREATE TABLE assumption (
      run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      value REAL NOT NULL,
      unit TEXT NOT NULL,
      source TEXT NOT NULL,
      mark TEXT NOT NULL,
      quality TEXT NOT NULL,
      impact TEXT NOT NULL,
      PRIMARY KEY (run_id, key)
    ) WITHOUT ROWID;
    CREATE TABLE applied_override (
      run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      key TEXT NOT NULL,
      was REAL NOT NULL,
      is_now REAL NOT NULL,
      unit TEXT NOT NULL,
      why TEXT NOT NULL,
      place TEXT NOT NULL,
      PRIMARY KEY (run_id, position)
    ) WITHOUT ROWID;
    CREATE TABLE figure (
      run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      measure TEXT NOT NULL,
      name TEXT NOT NULL,
      unit TEXT NOT NULL,
      phase TEXT,
      planning_area_code TEXT,
      academic_year TEXT,
      value REAL,
      label TEXT,
      PRIMARY KEY (run_id, position)
    ) WITHOUT ROWID;
    CREATE TABLE output (
      run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      file TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (run_id, position)
    ) WITHOUT ROWID;
    """

  private static let views = """
    CREATE VIEW run_list AS
      SELECT run.id AS run_id, run.name, run.model, run.scenario, run.paper_date, run.version, run.seed,
        run.draws, run.since, min(recording.recorded_at) AS first_recorded_at,
        max(recording.recorded_at) AS last_recorded_at, count(*) AS recordings
      FROM run JOIN recording ON recording.run_id = run.id
      GROUP BY run.id;
    CREATE VIEW headline AS
      SELECT run.name AS run, figure.measure, figure.name, figure.phase, figure.academic_year, figure.value,
        figure.label, figure.unit
      FROM figure JOIN run ON run.id = figure.run_id
      WHERE figure.planning_area_code IS NULL;
    """
}
