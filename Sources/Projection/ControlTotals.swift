public import NumericCore
public import PlacePlanning

/// The published totals that one year's table of areas x year groups is to meet: one margin, or both.
public struct ControlTotals: Hashable, Sendable {
  /// By the label of a column of the table, one for each; nil where none are published. **Units** pupils.
  public let yearGroups: [String: Double]?
  /// By the label of a row, one for each; nil where none are published. **Units** pupils.
  public let areas: [String: Double]?

  /// Takes the totals as they are; they are checked against the table that is to meet them.
  public init(yearGroups: [String: Double]? = nil, areas: [String: Double]? = nil) {
    self.yearGroups = yearGroups
    self.areas = areas
  }
}

/// Control totals that disagree with each other or cannot be met.
public struct ControlRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The side on which the fault lies.
  public enum Margin: String, Hashable, Sendable {
    /// Totals by area.
    case areas
    /// Totals by year group.
    case yearGroups = "year groups"
    /// Each can be met, but not the two together.
    case both = "areas and year groups"
    /// Year 7 or imports of a secondary area.
    case secondaryAreas = "Year 7 of secondary areas"
    /// What is sent and what is received.
    case flows = "Year 6 of primary areas and Year 7 of secondary areas"
    /// The table itself, before any margin.
    case table
  }

  /// The year whose totals they are.
  public let year: AcademicYear
  public let margin: Margin
  /// What is wrong, with the label and the figures.
  public let reason: String

  public var description: String { "\(year), \(margin.rawValue): \(reason)" }
}

extension ControlTotals {
  /// Totals within this part of the margin are met already, and the table stays as it is, bit for bit.
  public static let tolerance = 1e-9

  /// The table nearest to `table`, in relative entropy, that meets these totals.
  ///
  /// With one margin every row (or column) is scaled; with both the table is raked. A cell of nought stays nought. For a
  /// ledger in which a cohort opens with its controlled roll, control each year before the next one is projected.
  /// **Shape** areas x year groups. **Units** pupils. **Throws** `ControlRefusal` when a total is missing or is no number
  /// from 0 up, when a margin has a label that the table has not, when the margins disagree, or when they cannot be met.
  public func controlled(
    _ table: LabelledMatrix, in year: AcademicYear
  ) throws(ControlRefusal) -> LabelledMatrix {
    let areaTotals = try areas.map { given throws(ControlRefusal) in
      try Self.totals(given, table.rows, year, .areas)
    }
    let groupTotals = try yearGroups.map { given throws(ControlRefusal) in
      try Self.totals(given, table.columns, year, .yearGroups)
    }
    let margin: ControlRefusal.Margin =
      areaTotals == nil ? .yearGroups : groupTotals == nil ? .areas : .both
    return try Self.met(
      table, rows: areaTotals, columns: groupTotals, year: year, margin: margin)
  }

  /// Flows from Year 6 to Year 7 after Year 7 came under control: every primary area sends what it sent, and every secondary
  /// area receives its Year 7 less its imports.
  ///
  /// The two must agree; `importsMeeting` gives imports with which they do. **Shape** `flows` is secondary x primary areas,
  /// `year7` and `imports` one value for each secondary area. **Units** pupils. **Throws** `ControlRefusal`.
  public static func conserved(
    flows: LabelledMatrix, year7: [String: Double], imports: [String: Double], in year: AcademicYear
  ) throws(ControlRefusal) -> LabelledMatrix {
    let totals = try totals(year7, flows.rows, year, .secondaryAreas)
    var received: [Double] = []
    for (area, total) in zip(flows.rows.labels, totals) {
      guard let coming = imports[area], coming.isFinite, coming <= total else {
        throw ControlRefusal(
          year: year, margin: .secondaryAreas,
          reason: "imports of '\(area)' are missing, no number, or more than its Year 7 of \(total)")
      }
      received.append(total - coming)
    }
    return try met(flows, rows: received, columns: flows.columnSums, year: year, margin: .flows)
  }

  /// Imports with which controlled Year 7 totals agree with what primary areas send: the same share of every secondary area's
  /// Year 7, as in a raked `TransferFlow`.
  ///
  /// `year7` by secondary area, `sent` in all. **Units** pupils. **Throws** `ControlRefusal` when more is sent than arrives.
  public static func importsMeeting(
    year7: [String: Double], sent: Double, in year: AcademicYear
  ) throws(ControlRefusal) -> [String: Double] {
    // In the order of labels, so that the sum has the same bits every time.
    let arrived = year7.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
    guard isAmount(sent), arrived.isFinite, sent <= arrived else {
      throw ControlRefusal(
        year: year, margin: .flows, reason: "primary areas send \(sent), but Year 7 is \(arrived)")
    }
    return year7.mapValues { $0 * (1 - ratio(sent, arrived)) }
  }

  /// The totals in the order of an axis.
  private static func totals(
    _ given: [String: Double], _ axis: Axis, _ year: AcademicYear, _ margin: ControlRefusal.Margin
  ) throws(ControlRefusal) -> [Double] {
    if let strange = given.keys.sorted().first(where: { !axis.labels.contains($0) }) {
      throw ControlRefusal(year: year, margin: margin, reason: "'\(strange)' is not in the table")
    }
    var totals: [Double] = []
    for label in axis.labels {
      guard let total = given[label] else {
        throw ControlRefusal(year: year, margin: margin, reason: "the total of '\(label)' is missing")
      }
      guard isAmount(total) else {
        throw ControlRefusal(
          year: year, margin: margin, reason: "the total of '\(label)' is \(total), not a number from 0 up")
      }
      totals.append(total)
    }
    return totals
  }

  private static func met(
    _ table: LabelledMatrix, rows: [Double]?, columns: [Double]?, year: AcademicYear,
    margin: ControlRefusal.Margin
  ) throws(ControlRefusal) -> LabelledMatrix {
    guard table.values.allSatisfy(isAmount) else {
      throw ControlRefusal(year: year, margin: .table, reason: "a cell is negative or not a number")
    }
    if isMet(rows, table.rowSums), isMet(columns, table.columnSums) { return table }
    do throws(RakingFailure) {
      switch (rows, columns) {
      case (let rows?, let columns?):
        return try table.raked(rowTotals: rows, columnTotals: columns, tolerance: 1e-7)
      case (let rows?, nil): return try table.scaled(rowTotals: rows)
      case (nil, let columns?): return try table.transposed.scaled(rowTotals: columns).transposed
      case (nil, nil): return table
      }
    } catch {
      throw ControlRefusal(year: year, margin: margin, reason: error.description)
    }
  }

  private static func isMet(_ totals: [Double]?, _ sums: [Double]) -> Bool {
    guard let totals else { return true }
    return zip(totals, sums).allSatisfy { abs($0 - $1) <= tolerance * max(1, $0) }
  }
}
