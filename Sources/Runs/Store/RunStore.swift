public import Diagnostics
public import Foundation
internal import GRDB
internal import ModelFiles

/// The memory of runs: one SQLite file, which any SQLite tool can read; <doc:RunStore> describes its tables.
///
/// Several programs may write to it at once: each waits its turn. A run is recorded in one transaction, so a program that is killed
/// leaves it whole or not at all.
public struct RunStore: Sendable {
  public let file: URL
  let queue: DatabaseQueue

  /// The store of a folder of reports.
  public static func file(in reports: URL) -> URL { reports.appendingPathComponent("runs.sqlite") }

  /// Opens a store for writing; makes it, and its folder, where there is none. `seconds` is how long it waits for other programs.
  /// **Throws** E701 to E704.
  public static func open(_ file: URL, waiting seconds: Double = 10) throws(DiagnosticList) -> RunStore {
    try faults(file) {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      return try untilFree(seconds) {
        // Another program's database is told by reading it: opening it for writing would change its header.
        if FileManager.default.fileExists(atPath: file.path) {
          let found = try reader(file, seconds)
          defer { found.close() }
          try found.checkKind()
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(seconds)
        configuration.journalMode = .wal
        configuration.label = "runs"
        let store = RunStore(
          file: file, queue: try DatabaseQueue(path: file.path, configuration: configuration))
        try store.checkKind()
        try StoreSchema.migrator.migrate(store.queue)
        return store
      }
    }
  }

  /// Opens a store that is there, for reading only; its folder may be one that nobody may write to. **Throws** E700 to E704.
  public static func read(_ file: URL, waiting seconds: Double = 10) throws(DiagnosticList) -> RunStore {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw DiagnosticList(
        .storeMissing, at: SourceLocation(file: shownPath(file)), what: "there is no store of runs here",
        why: "a run can be listed, compared or made again only when it was recorded",
        fix: "make a run with 'places run' first, or name another store with --store")
    }
    return try faults(file) {
      try untilFree(seconds) {
        let store = try reader(file, seconds)
        try store.checkKind()
        let isComplete = try store.queue.read { try StoreSchema.migrator.hasCompletedMigrations($0) }
        if isComplete { return store }
        try store.queue.close()
        return try open(file, waiting: seconds)
      }
    }
  }

  private static func reader(_ file: URL, _ seconds: Double) throws -> RunStore {
    // SQLite would wait for ever on a pipe.
    if let type = fileType(file.resolvingSymlinksInPath()),
      ![.typeRegular, .typeSymbolicLink, .typeDirectory].contains(type)
    {
      throw DiagnosticList(
        .storeInaccessible, at: SourceLocation(file: shownPath(file)),
        what: "the store of runs cannot be opened: it is \(words(type))",
        why: "runs can be neither recorded nor found without it", fix: "name another store with --store")
    }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(seconds)
    do {
      let store = RunStore(
        file: file, queue: try DatabaseQueue(path: file.path, configuration: configuration))
      _ = try store.queue.read { try $0.tableExists("run") }
      return store
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      // Where nothing may be written beside it, SQLite reads the file only when it is told that it will not change. What another
      // program has not yet put into it would then be missed, so there must be none of that.
      let log = (try? Data(contentsOf: URL(fileURLWithPath: file.path + "-wal")).count) ?? 0
      guard log == 0, let path = file.path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
      else { throw error }
      return RunStore(
        file: file,
        queue: try DatabaseQueue(path: "file:\(path)?immutable=1", configuration: configuration))
    }
  }

  /// Closes the file. A store that is not closed is whole all the same, but leaves two files beside it.
  public func close() { try? queue.close() }

  /// **Throws** E701 for a database that is no run store, or a store that no longer says how far its tables are made, E703 for a later
  /// program's.
  private func checkKind() throws {
    let (id, tables, steps) = try queue.read { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
        try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"),
        try db.tableExists("grdb_migrations") ? StoreSchema.migrator.appliedIdentifiers(db) : []
      )
    }
    let others = tables.filter { $0 != "grdb_migrations" && !$0.hasPrefix("sqlite_") }
    if id != StoreSchema.applicationID, id != 0 || !others.isEmpty {
      throw DiagnosticList(
        .storeDamaged, at: SourceLocation(file: shownPath(file)),
        what: "this database is no store of runs: it belongs to another program",
        why: "its tables would be read as something that they are not, or written over",
        fix: "name another file with --store")
    }
    // A step and the tables that it makes are written together, so no other program is still at it.
    if !others.isEmpty, steps.isEmpty {
      throw DiagnosticList([Self.changed(file, "its table 'grdb_migrations' is missing or empty")])
    }
    if !steps.isSubset(of: StoreSchema.migrator.migrations) {
      throw DiagnosticList(
        .storeNewer, at: SourceLocation(file: shownPath(file)),
        what: "this store was written by a later version than \(programVersion)",
        why: "it may hold what this version cannot read or would lose",
        fix: "use that version, or name another store with --store")
    }
  }

  /// Tries again for some seconds while another program makes the store, and what this one finds there is not yet, or no longer, as it expects.
  private static func untilFree<T>(_ seconds: Double, _ body: () throws -> T) throws -> T {
    let end = Date().addingTimeInterval(seconds)
    while true {
      do {
        return try body()
      } catch let error as DatabaseError
        where [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_SCHEMA]
        .contains(error.resultCode)
      {
        guard Date() < end else { throw error }
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }
}

extension RunStore {
  func reading<T>(_ body: (Database) throws -> T) throws(DiagnosticList) -> T {
    try Self.faults(file) { try queue.read(body) }
  }

  /// Turns what SQLite and the system say into a diagnostic.
  static func faults<T>(_ file: URL, _ body: () throws -> T) throws(DiagnosticList) -> T {
    do {
      return try body()
    } catch let list as DiagnosticList {
      throw list
    } catch {
      throw DiagnosticList([fault(error, file)])
    }
  }

  /// E701 for a store whose tables are others than this program makes.
  private static func changed(_ file: URL, _ words: String) -> Diagnostic {
    Diagnostic(
      .storeDamaged, at: SourceLocation(file: shownPath(file)),
      what: "the store of runs is not as this program makes it: \(words)",
      why: "its tables were changed since, and what is left could pass for whole runs",
      fix:
        "any SQLite tool still reads what is in it; name another store with --store, or move the file away, with those "
        + "of the same name that end in -wal and -shm: the next run makes a new one")
  }

  private static func fault(_ error: any Error, _ file: URL) -> Diagnostic {
    let place = SourceLocation(file: shownPath(file))
    let code = (error as? DatabaseError)?.resultCode
    let words =
      fileOnTheWay(to: file).map { "'\(shownPath($0))' is a file, not a folder" }
      ?? (fileType(file) == .typeDirectory ? "it is a folder, not a file" : nil)
      ?? (error as? DatabaseError)?.message ?? systemWords(error)
    switch code {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_FORMAT:
      return Diagnostic(
        .storeDamaged, at: place, what: "the store of runs is damaged: \(words)",
        why: "what it says of earlier runs can no longer be trusted",
        fix:
          "move the file away, with those of the same name that end in -wal and -shm; the next run makes a new one. "
          + "'sqlite3 FILE .recover' may save what is in it")
    case .SQLITE_ERROR:
      return changed(file, words)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return Diagnostic(
        .storeLocked, at: place, what: "another program holds the store of runs: \(words)",
        why: "two programs that write at once would damage it",
        fix: "wait until the other program is done, or end it, then try again")
    case .SQLITE_FULL:
      return Diagnostic(
        .storeInaccessible, at: place, what: "the disk has no room for the store of runs: \(words)",
        why: "a run that is recorded in part would be wrong",
        fix: "make room, or name another store with --store")
    default:
      return Diagnostic(
        .storeInaccessible, at: place, what: "the store of runs cannot be opened or written: \(words)",
        why: "runs can be neither recorded nor found without it",
        fix: "check that its folder is there and that you may write to it, or name another store with --store"
      )
    }
  }
}
