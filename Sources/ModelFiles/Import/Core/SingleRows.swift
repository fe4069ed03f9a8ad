internal import Diagnostics

/// Rows by their keys, one for each: where two rows have the same key, it is not certain which of them counts.
struct SingleRows<Value> {
  struct Entry {
    let key: [String]
    let value: Value
    let reader: ImportReader
    let line: Int
    /// What the row counts for in the account.
    let units: Int
  }

  private var entries: [[String]: [Entry]] = [:]

  /// The row that `reader` is reading.
  mutating func add(_ key: [String], _ value: Value, _ reader: ImportReader, units: Int = 1) {
    entries[key, default: []].append(
      Entry(key: key, value: value, reader: reader, line: reader.line, units: units))
  }

  /// All rows that share their key with another. None of them counts.
  var repeated: [Entry] { entries.values.filter { $0.count > 1 }.flatMap { $0 } }

  /// Entries in order of their keys. Those with the same key are refused together (E114), and so is one that `trouble` finds fault with
  /// (E416); the others count as kept. `what` begins the message about several entries, which goes on with how many `lines` there are and
  /// which; `cells` tells a person which row it is.
  func settle(
    what: (Entry) -> String = { "the figure for \($0.key.joined(separator: ", ")) stands" },
    lines: String = "lines", why: String = "it is not certain which of them counts",
    fix: String = "remove the others",
    cells: (Entry) -> String = { "key: \($0.key.joined(separator: ", "))" },
    trouble: (Entry) -> (what: String, why: String, fix: String)? = { _ in nil }
  ) -> [Entry] {
    var kept: [Entry] = []
    for (_, all) in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if all.count == 1, let fault = trouble(all[0]) {
        all[0].reader.refuse(
          line: all[0].line, .partMissing, fault.what, why: fault.why, fix: fault.fix, cells: cells(all[0]),
          units: all[0].units)
        continue
      }
      if all.count == 1 {
        kept.append(all[0])
        all[0].reader.account.keep(all[0].units)
        continue
      }
      let places = all.map(\.line).sorted().map(String.init).joined(separator: ", ")
      for entry in all {
        entry.reader.refuse(
          line: entry.line, .repeatedKey, "\(what(entry)) \(all.count) times: \(lines) \(places)", why: why,
          fix: fix, cells: cells(entry), units: entry.units)
      }
    }
    return kept
  }
}
