internal import CapitalProgramme
internal import PlacePlanning
internal import Projection
internal import Sufficiency

/// The tables that a run writes as CSV. What is stored is unrounded.
public struct DataTables: Sendable {
  /// academic_year, planning_area_code, phase, year_group, pupils, pupils_without_housing.
  public let forecast: Table
  /// academic_year, planning_area_code, phase, year_group, pupils, places, need, surplus, need_fe.
  public let balance: Table
  /// scheme, grant, s106_contribution, school_contribution, internal_borrowing, budget.
  public let programme: Table
  /// The risk of running short, the chosen programme, what has changed since an earlier run, and ranges; what there is none of is not
  /// there.
  public let more: [Table]

  /// Pupils and places of the projected years, and money in pounds, as they stand in the content.
  public init(_ content: PaperContent) {
    let pupils = content.pupils
    let keys = Self.keys
    forecast = Table(
      id: "forecast", caption: "Pupils by planning area, year group and year",
      columns: keys + [Self.pupilsColumn, .init("pupils_without_housing", "Pupils without new homes")],
      rows: Self.rows(pupils.years.dropFirst(), pupils) { area, yearGroup, year in
        [pupils.central, pupils.centralWithoutHousing].map { $0[area.code, yearGroup, year] ?? 0 }
      },
      footnote: .thisRun)
    balance = Table(
      id: "balance", caption: "Pupils against places",
      columns: keys + [
        Self.pupilsColumn, .init("places", "Places"), .init("need", "Need"), .init("surplus", "Surplus"),
        .init("need_fe", "Need (FE)"),
      ],
      rows: content.balance.cells.map { cell -> [Table.Cell] in
        Self.keyCells(cell.year, cell.area, cell.yearGroup)
          + [cell.pupils, cell.places, cell.need, cell.surplus].map { .number($0) }
          + [.number(cell.needInForms.forms, places: 1)]
      },
      footnote: .thisRun)
    let table = PaperWriter(content).programmeTable
    // Totals are the reader's to add: a total row in a data file would be added twice.
    programme = Table(
      id: "programme", caption: table.caption, columns: table.columns,
      rows: Array(table.rows.dropLast()), footnote: table.footnote)
    let chosen = content.findings?.outcome.chosen
    more =
      [
        content.risk.map(Self.risk), chosen.map(Self.chosenProgramme), chosen.map(Self.programmeYears),
        content.changes.map(Self.changes), content.ranges.map { Self.ranges(pupils, $0) },
      ].compactMap { $0 }
  }

  public var all: [Table] { [forecast, balance, programme] + more }

  /// academic_year, planning_area_code, phase, year_group, pupils (the central path), mean, p2_5 … p97_5 over the draws.
  private static func ranges(_ pupils: TrajectorySet, _ ranges: PupilRanges) -> Table {
    let columns = ["mean", "p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5"].map { Table.Column($0, $0) }
    return Table(
      id: "ranges", caption: "Pupils by planning area, year group and year: the draws",
      columns: keys + [pupilsColumn] + columns,
      rows: rows(ranges.projectedYears, pupils) { area, yearGroup, year in
        let range = ranges[area.code, yearGroup, year]
        let central = pupils.central[area.code, yearGroup, year] ?? 0
        return [central, range?.mean ?? .nan] + (range?.quantiles ?? [])
      },
      footnote: .thisRun)
  }

  /// One row for each year, area and year group of its phase: its keys, then the `figures` of it.
  private static func rows(
    _ years: some Sequence<AcademicYear>, _ pupils: TrajectorySet,
    _ figures: (PlanningArea, YearGroup, AcademicYear) -> [Double]
  ) -> [[Table.Cell]] {
    years.flatMap { year in
      pupils.areas.flatMap { area in
        area.phase.yearGroups.map { yearGroup in
          keyCells(year, area, yearGroup) + figures(area, yearGroup, year).map { .number($0) }
        }
      }
    }
  }

  private static let pupilsColumn = Table.Column("pupils", "Pupils")

  static let keys: [Table.Column] = [
    .words("academic_year", "Academic year"), .words("planning_area_code", "Planning area"),
    .words("phase", "Phase"), .words("year_group", "Year group"),
  ]

  static func keyCells(
    _ year: AcademicYear, _ area: PlanningArea, _ yearGroup: YearGroup
  ) -> [Table.Cell] {
    [
      .text(year.label), .text(area.code.text), .text(yearGroup.phase.rawValue), .text(yearGroup.label),
    ]
  }
}

extension Table {
  /// As RFC 4180 text with LF line ends. A text cell that a spreadsheet would take for a formula gets a leading quotation
  /// mark; numbers are left alone.
  public var csv: String {
    let header = columns.map { csvField($0.name, isNumber: false) }.joined(separator: ",")
    let lines = rows.map { row in
      zip(columns, row).map { column, cell in
        csvField(cell.stored, isNumber: column.isNumber)
      }.joined(separator: ",")
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}

/// A cell of a CSV file: quoted where it must be, and a text that a spreadsheet would take for a formula made plain by a leading
/// quotation mark.
public func csvField(_ text: String, isNumber: Bool) -> String {
  // A number stays a number, -5 among them; anything else in its column is text like any other.
  if isNumber, text.isEmpty || Double(text) != nil { return text }
  return csvQuoted(withFormulaMark(text))
}

/// A text cell without the quotation mark that ``csvField(_:isNumber:)`` gave it.
public func withoutFormulaMark(_ text: String) -> String {
  text.hasPrefix("'") && isFormula(text.dropFirst()) ? String(text.dropFirst()) : text
}
