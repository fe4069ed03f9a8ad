public import PlacePlanning
public import Projection
public import Sufficiency

/// The tables that a run writes as CSV. What is stored is unrounded.
public struct DataTables: Sendable {
  /// academic_year, planning_area_code, phase, year_group, pupils, pupils_without_housing.
  public let forecast: Table
  /// academic_year, planning_area_code, phase, year_group, pupils, places, need, surplus, need_fe.
  public let balance: Table
  /// scheme, budget, grant, s106_contribution, school_contribution, internal_borrowing, total.
  public let programme: Table

  public init(_ content: CapitalPaperContent) {
    let pupils = content.pupils
    let footnote = Footnote(sources: ["this run"], mark: .derived)
    let keys: [Table.Column] = [
      .init("academic_year", "Academic year", isNumber: false),
      .init("planning_area_code", "Planning area", isNumber: false),
      .init("phase", "Phase", isNumber: false), .init("year_group", "Year group", isNumber: false),
      .init("pupils", "Pupils"),
    ]
    func keyCells(
      _ year: AcademicYear, _ area: PlanningArea, _ yearGroup: YearGroup
    ) -> [Table.Cell] {
      [
        .text(year.label), .text(area.code.text), .text(yearGroup.phase.rawValue),
        .text(yearGroup.label),
      ]
    }
    forecast = Table(
      id: "forecast", caption: "Pupils by planning area, year group and year",
      columns: keys + [.init("pupils_without_housing", "Pupils without new homes")],
      rows: pupils.years.dropFirst().flatMap { year in
        pupils.areas.flatMap { area in
          area.phase.yearGroups.map { yearGroup in
            keyCells(year, area, yearGroup)
              + [pupils.central, pupils.centralWithoutHousing].map {
                .number($0[area.code, yearGroup, year] ?? 0)
              }
          }
        }
      },
      footnote: footnote)
    balance = Table(
      id: "balance", caption: "Pupils against places",
      columns: keys + [
        .init("places", "Places"), .init("need", "Need"), .init("surplus", "Surplus"),
        .init("need_fe", "Need (FE)"),
      ],
      rows: content.balance.cells.map { cell in
        keyCells(cell.year, cell.area, cell.yearGroup)
          + [cell.pupils, cell.places, cell.need, cell.surplus, cell.needInForms.forms].map {
            .number($0)
          }
      },
      footnote: footnote)
    let table = PaperWriter(content).programmeTable
    // Totals are the reader's to add: a total row in a data file would be added twice.
    programme = Table(
      id: "programme", caption: table.caption, columns: table.columns,
      rows: Array(table.rows.dropLast()), footnote: table.footnote)
  }

  public var all: [Table] { [forecast, balance, programme] }
}

extension Table {
  /// As RFC 4180 text with LF line ends. A text cell that a spreadsheet would take for a formula gets a leading quotation
  /// mark; numbers are left alone.
  public var csv: String {
    let header = columns.map(\.name).joined(separator: ",")
    let lines = rows.map { row in
      zip(columns, row).map { column, cell in
        csvField(cell.stored, isNumber: column.isNumber)
      }.joined(separator: ",")
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}

func csvField(_ text: String, isNumber: Bool) -> String {
  if isNumber { return text }
  let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
  let safe = isFormula ? "'" + text : text
  guard safe.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return safe }
  return "\"" + safe.replacing("\"", with: "\"\"") + "\""
}
