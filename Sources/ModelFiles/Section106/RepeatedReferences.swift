internal import Diagnostics

/// Rows of one name, so that none of them is believed.
struct RepeatedReferences {
  private var lines: [String: [Int]] = [:]
  private let table: RegisterTable
  /// True when a name need only be single within its organisation: nothing points at such a row.
  private let isByOrganisation: Bool

  init(_ table: RegisterTable) {
    self.table = table
    isByOrganisation = table.kind == .transactions
    for row in table.wholeRows {
      if !table.reference(row).isEmpty { lines[key(row), default: []].append(row.line) }
    }
  }

  private func key(_ row: RegisterTable.Row) -> String {
    let name = table.text(row, table.kind.reference)
    return isByOrganisation ? table.text(row, .organisation) + "\n" + name : name
  }

  /// E404, naming every row of the name.
  func check(_ faults: inout RowFaults) {
    guard let all = lines[key(faults.row)], all.count > 1 else { return }
    let column = table.kind.reference
    let shown = firstFive(all.map { String($0) })
    faults.add(
      .referenceRepeated, column,
      "reference '\(faults.text(column))' stands \(all.count) times: lines \(shown)",
      why: "it is not certain which of them counts, and money would be counted twice",
      fix: "remove the rows that are out of date, or give each its own reference")
  }
}
