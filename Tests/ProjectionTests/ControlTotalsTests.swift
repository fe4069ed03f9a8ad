import NumericCore
import PlacePlanning
import Projection
import TestSupport
import Testing

/// Control totals by hand: two areas, two year groups.
struct ControlTotalsTests {
  private let year = AcademicYear(2020)
  private let table = LabelledMatrix(
    rows: Axis("area", ["P", "Q"]), columns: Axis("year group", ["R", "1"])
  ) {
    [[40, 10], [10, 10]][$0][$1]
  }

  private func expect(_ matrix: LabelledMatrix, _ wanted: [Double], within tolerance: Double = 1e-9) {
    for (found, wanted) in zip(matrix.values, wanted) { expectClose(found, wanted, within: tolerance) }
  }

  @Test("one margin scales its rows or its columns")
  func oneMargin() throws {
    let groups = try ControlTotals(yearGroups: ["R": 60, "1": 10]).controlled(table, in: year)
    expect(groups, [48, 5, 12, 5])
    let areas = try ControlTotals(areas: ["Q": 30, "P": 100]).controlled(table, in: year)
    expect(areas, [80, 20, 15, 15])
    #expect(areas.rows == table.rows && areas.columns == table.columns)
  }

  /// The odds ratio 4 stays: with margins of 30, x squared = 4 (30 - x) squared has x = 20.
  @Test("both margins are raked")
  func bothMargins() throws {
    let both = try ControlTotals(yearGroups: ["R": 30, "1": 30], areas: ["P": 30, "Q": 30])
      .controlled(table, in: year)
    expect(both, [20, 10, 10, 20], within: 1e-6)
  }

  @Test("no margin, or margins that are met already: the same bits")
  func untouched() throws {
    for totals in [
      ControlTotals(), ControlTotals(yearGroups: ["R": 50, "1": 20], areas: ["P": 50, "Q": 20]),
    ] {
      #expect(try totals.controlled(table, in: year) == table)
    }
  }

  @Test(
    "what is refused, and why",
    arguments: [
      (ControlTotals(yearGroups: ["R": 50]), "2020/21, year groups: the total of '1' is missing"),
      (ControlTotals(areas: ["P": 50, "Q": 1, "X": 1]), "2020/21, areas: 'X' is not in the table"),
      (
        ControlTotals(yearGroups: ["R": 50, "1": -1]),
        "2020/21, year groups: the total of '1' is -1.0, not a number from 0 up"
      ),
      (
        ControlTotals(areas: ["P": .nan, "Q": 1]),
        "2020/21, areas: the total of 'P' is nan, not a number from 0 up"
      ),
      (
        ControlTotals(yearGroups: ["R": 50, "1": 20], areas: ["P": 50, "Q": 30]),
        "2020/21, areas and year groups: the rows add to 80.0, the columns to 70.0"
      ),
    ])
  func refused(totals: ControlTotals, why: String) {
    let refusal = #expect(throws: ControlRefusal.self) { try totals.controlled(table, in: year) }
    #expect(refusal?.description == why)
    #expect(refusal?.year == year)
  }

  @Test("a table that cannot meet its margins")
  func impossible() {
    var holed = table
    holed[1, 0] = 0
    holed[1, 1] = 0
    let empty = #expect(throws: ControlRefusal.self) {
      try ControlTotals(areas: ["P": 50, "Q": 1]).controlled(holed, in: year)
    }
    #expect(empty?.margin == .areas)
    #expect(empty?.reason == "'Q' must reach 1.0 but its cells are all nought")
    holed[0, 1] = -1
    let negative = #expect(throws: ControlRefusal.self) {
      try ControlTotals(yearGroups: ["R": 50, "1": 1]).controlled(holed, in: year)
    }
    #expect(negative?.margin == .table)
    // P may only use Reception, which is too small for it.
    holed = table
    holed[0, 1] = 0
    let blocked = #expect(throws: ControlRefusal.self) {
      try ControlTotals(yearGroups: ["R": 20, "1": 40], areas: ["P": 30, "Q": 30]).controlled(holed, in: year)
    }
    #expect(blocked?.margin == .both)
    #expect(blocked?.reason.hasPrefix("the margins cannot be met from this pattern: '") == true)
  }

  /// Primary areas send 60 and 40; Year 7 is 66 and 44, of which a tenth of 110 comes from elsewhere: 60 and 40 remain. The
  /// odds ratio of 1 then leads to 36 and 24, 24 and 16.
  @Test("flows: every primary area sends what it sent, Year 7 is met with imports")
  func flows() throws {
    let flows = LabelledMatrix(
      rows: Axis("secondary area", ["S", "T"]), columns: Axis("primary area", ["P", "Q"])
    ) { [[30, 20], [30, 20]][$0][$1] }
    let year7 = ["S": 66.0, "T": 44]
    let imports = try ControlTotals.importsMeeting(year7: year7, sent: 100, in: year)
    expectClose(imports["S"], 6)
    expectClose(imports["T"], 4)
    let conserved = try ControlTotals.conserved(flows: flows, year7: year7, imports: imports, in: year)
    expect(conserved, [36, 24, 24, 16])
    let disagree = #expect(throws: ControlRefusal.self) {
      try ControlTotals.conserved(flows: flows, year7: year7, imports: ["S": 0, "T": 0], in: year)
    }
    #expect(disagree?.margin == .flows)
    #expect(disagree?.reason == "the rows add to 110.0, the columns to 100.0")
    for wrong in [["S": 6.0], ["S": 67, "T": 0], ["S": .nan, "T": 0]] {
      let refusal = #expect(throws: ControlRefusal.self) {
        try ControlTotals.conserved(flows: flows, year7: year7, imports: wrong, in: year)
      }
      #expect(refusal?.margin == .secondaryAreas)
    }
    let many = #expect(throws: ControlRefusal.self) {
      try ControlTotals.importsMeeting(year7: year7, sent: 111, in: year)
    }
    #expect(many?.reason == "primary areas send 111.0, but Year 7 is 110.0")
  }
}
