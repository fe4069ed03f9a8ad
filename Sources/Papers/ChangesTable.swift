internal import PlacePlanning

extension DataTables {
  /// measure, phase, planning_area_code, academic_year, unit, step, before, after, part, alone: of every figure that is a number,
  /// one row for each step. The parts of a figure add up to what it changed by. Figures of recommended programmes that were not chosen
  /// again after each step have one row, without step and part.
  static func changes(_ comparison: RunComparison) -> Table {
    func cell(_ millionths: Int) -> Table.Cell {
      Table.Cell(storing: Double(millionths) / 1e6, shown: "")
    }
    let words = ["measure", "phase", "planning_area_code", "academic_year", "unit", "step"]
    let columns: [Table.Column] =
      words.map { .words($0, $0) } + ["before", "after", "part", "alone"].map { .init($0, $0) }
    var rows: [[Table.Cell]] = []
    func named(_ subject: RunComparison.Subject) -> [Table.Cell] {
      [
        .text(subject.measure), .text(subject.phase ?? ""), .text(subject.area?.text ?? ""),
        .text(subject.year?.label ?? ""), .text(subject.unit),
      ]
    }
    for headline in comparison.headlines {
      for part in headline.parts {
        let step = Table.Cell.text(part.kinds.map(\.rawValue).joined(separator: " "))
        let alone = part.aloneMillionths.map(cell) ?? .text("")
        let figures = [headline.beforeMillionths, headline.afterMillionths, part.millionths].map(cell)
        rows.append(named(headline.subject) + [step] + figures + [alone])
      }
    }
    rows += (comparison.recorded?.headlines ?? []).map { headline in
      named(headline.subject) + [.text("")] + [headline.beforeMillionths, headline.afterMillionths].map(cell)
        + [.text(""), .text("")]
    }
    return Table(
      id: "changes", caption: "What has changed since \(comparison.before.name)", columns: columns,
      rows: rows,
      footnote: Footnote(sources: ["this run", comparison.before.name], mark: .derived))
  }
}
