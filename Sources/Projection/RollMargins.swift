internal import NumericCore
internal import PlacePlanning

/// The control totals of one phase in one year, ready to be met by a table of the phase's areas x year groups.
struct RollMargins: Sendable {
  private let year: AcademicYear
  let isPrimary: Bool
  /// Positions, among the seven year groups of an area, of those that are held.
  let groups: [Int]
  private let rows: Axis
  private let columns: Axis
  private let totals: ControlTotals
  /// The total of all cells, where neither areas nor year groups give it. **Units** pupils.
  private let whole: Double?

  /// The totals of a year as the plan has them; `primary` and `secondary` are the codes of the areas.
  static func all(
    _ plan: ControlPlan, _ year: AcademicYear, primary: [String], secondary: [String]
  ) -> [RollMargins] {
    Phase.allCases.compactMap { phase in
      plan.totals[year]?[phase].map { totals in
        RollMargins(year, phase, totals, areas: phase == .primary ? primary : secondary)
      }
    }
  }

  private init(
    _ year: AcademicYear, _ phase: Phase, _ totals: ControlPlan.Totals, areas: [String]
  ) {
    let seven = AreaPhase(phase).yearGroups
    let isWholePhase = !totals.areas.isEmpty || totals.whole != nil
    let held = seven.filter { $0.phase == phase && (isWholePhase || totals.yearGroups[$0] != nil) }
    let byLabel = totals.yearGroups.map { ($0.key.label, $0.value) }
    let byCode = totals.areas.map { ($0.key.text, $0.value) }
    self.year = year
    isPrimary = phase == .primary
    groups = seven.indices.filter { held.contains(seven[$0]) }
    rows = Axis("area", areas)
    columns = Axis("year group", held.map(\.label))
    self.totals = ControlTotals(
      yearGroups: byLabel.isEmpty ? nil : Dictionary(uniqueKeysWithValues: byLabel),
      areas: byCode.isEmpty ? nil : Dictionary(uniqueKeysWithValues: byCode))
    whole = byLabel.isEmpty && byCode.isEmpty ? totals.whole : nil
  }

  /// What each cell is to be multiplied by. **Shape** area x position among `groups`, for the cells as for the answer.
  /// **Units** pupils, ratio. **Throws** `ControlRefusal` when the totals cannot be met.
  func factors(_ cell: (_ area: Int, _ column: Int) -> Double) throws(ControlRefusal) -> LabelledMatrix {
    let table = LabelledMatrix(rows: rows, columns: columns, element: cell)
    var totals = totals
    if let whole {
      // Every year group takes its part of the whole as it stands.
      let sums = table.columnSums
      let all = sums.reduce(0, +)
      if whole > 0, all <= 0 {
        throw ControlRefusal(
          year: year, margin: .table, reason: "the whole must reach \(whole) but its cells are all nought")
      }
      totals = ControlTotals(
        yearGroups: Dictionary(
          uniqueKeysWithValues: zip(columns.labels, sums.map { whole == 0 ? 0 : $0 * whole / all })))
    }
    let held = try totals.controlled(table, in: year)
    return LabelledMatrix(rows: rows, columns: columns) { ratio(held[$0, $1], table[$0, $1]) }
  }
}
