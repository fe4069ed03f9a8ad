import NumericCore
import PlacePlanning
import Projection
import TestSupport
import Testing

/// Control totals over random tables with noughts in them, and margins that some table of the same pattern has.
struct ControlLawTests {
  private struct Case {
    let year = AcademicYear(2020)
    let table: LabelledMatrix
    let reached: LabelledMatrix
    let totals: ControlTotals

    init(_ seed: UInt64, rows: String = "area", columns: String = "year group") {
      var random = SeededGenerator(seed: seed)
      let areas = Axis(rows, (0..<Int.random(in: 2...12, using: &random)).map { "\(rows)\($0)" })
      let groups = Axis(columns, (0..<Int.random(in: 2...7, using: &random)).map { "\(columns)\($0)" })
      let table = LabelledMatrix(rows: areas, columns: groups) { _, _ in
        Int.random(in: 0..<6, using: &random) == 0 ? 0 : .random(in: 5...400, using: &random)
      }
      self.table = table
      let reached = LabelledMatrix(rows: areas, columns: groups) { row, column in
        table[row, column] * .random(in: 0.8...1.25, using: &random)
      }
      self.reached = reached
      totals = ControlTotals(
        yearGroups: Dictionary(uniqueKeysWithValues: zip(groups.labels, reached.columnSums)),
        areas: Dictionary(uniqueKeysWithValues: zip(areas.labels, reached.rowSums)))
    }
  }

  private func expectSums(_ found: [Double], _ wanted: [Double], _ what: String) {
    for (found, wanted) in zip(found, wanted) { expectClose(found, wanted, within: 1e-6, what) }
  }

  @Test("margins are met to 1e-6 and noughts stay", arguments: seeds)
  func margins(seed: UInt64) throws {
    let given = Case(seed)
    let (areas, groups) = (given.reached.rowSums, given.reached.columnSums)
    let both = try given.totals.controlled(given.table, in: given.year)
    expectSums(both.rowSums, areas, "areas of both")
    expectSums(both.columnSums, groups, "year groups of both")
    let byArea = try ControlTotals(areas: given.totals.areas).controlled(given.table, in: given.year)
    expectSums(byArea.rowSums, areas, "areas")
    let byGroup = try ControlTotals(yearGroups: given.totals.yearGroups)
      .controlled(given.table, in: given.year)
    expectSums(byGroup.columnSums, groups, "year groups")
    for answer in [both, byArea, byGroup] {
      for (before, after) in zip(given.table.values, answer.values) {
        #expect((before == 0) == (after == 0))
      }
    }
  }

  @Test("a table that meets its totals stays as it is, bit for bit", arguments: seeds)
  func consistent(seed: UInt64) throws {
    let given = Case(seed)
    #expect(try given.totals.controlled(given.reached, in: given.year) == given.reached)
  }

  @Test("flows: each primary area sends what it sent, each secondary area has its Year 7", arguments: seeds)
  func flows(seed: UInt64) throws {
    let given = Case(seed, rows: "secondary area", columns: "primary area")
    // What primary areas send stays; Year 7 is that of another table which sends as much, and newcomers.
    let sent = given.table.columnSums
    let other = LabelledMatrix(rows: given.table.rows, columns: given.table.columns) {
      given.reached[$0, $1] * (sent[$1] == 0 ? 0 : sent[$1] / given.reached.columnSums[$1])
    }
    let year7 = Dictionary(
      uniqueKeysWithValues: zip(given.table.rows.labels, other.rowSums.map { $0 * 1.125 }))
    let imports = try ControlTotals.importsMeeting(
      year7: year7, sent: sent.reduce(0, +), in: given.year)
    let flows = try ControlTotals.conserved(
      flows: given.table, year7: year7, imports: imports, in: given.year)
    expectSums(flows.columnSums, sent, "sent")
    for (area, received) in zip(given.table.rows.labels, flows.rowSums) {
      expectClose(received + (imports[area] ?? .nan), year7[area] ?? .nan, within: 1e-6, area)
    }
  }
}
