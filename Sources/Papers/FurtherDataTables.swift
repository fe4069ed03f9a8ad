internal import CapitalProgramme
internal import PlacePlanning
internal import Sufficiency

// Data files of the risk of running short, of the chosen programme and of what has changed. What is stored is unrounded.

extension DataTables {
  /// academic_year, planning_area_code, phase, year_group, expected_need, need_one_in_ten, chance_without_place,
  /// chance_more_than_30_without_place, chance_short_by_form: before any scheme, shares of draws.
  static func risk(_ risk: ShortfallRisk) -> Table {
    Table(
      id: "risk", caption: "The risk of running short, before any scheme",
      columns: keys + [
        .init("expected_need", "Expected need"),
        .init("need_one_in_ten", "Need that 1 draw in 10 exceeds"),
        .init("chance_without_place", "Chance of a child without a place"),
        .init("chance_more_than_30_without_place", "Chance of more than 30 without a place"),
        .init("chance_short_by_form", "Chance of a form of entry or more short"),
      ],
      rows: risk.cells.map { cell -> [Table.Cell] in
        let needs = [cell.expectedNeed, cell.needOneInTen]
        let chances = [
          cell.chanceWithoutPlace, cell.chanceMoreThanThirtyWithoutPlace, cell.chanceShortByForm,
        ]
        return keyCells(cell.year, cell.area, cell.yearGroup)
          + needs.map { .number($0) } + chances.map { .percent($0) }
      }, footnote: .thisRun)
  }

  /// scheme_key, scheme, kind, planning_area_code, school, committed, start, opens, year_groups, places_per_year_group,
  /// unmet_without_it, a column a source, total.
  static func chosenProgramme(_ chosen: ChosenProgramme) -> Table {
    Table(
      id: "chosen_programme", caption: "The best plan found, by scheme and source",
      columns: [
        .words("scheme_key", "Key"), .words("scheme", "Scheme"), .words("kind", "Kind"),
        .words("planning_area_code", "Planning area"), .words("school", "School"),
        .words("committed", "Committed"), .words("start", "Start"), .words("opens", "Opens"),
        .words("year_groups", "Year groups that gain places, R to 2 of an infant school"),
        .init("places_per_year_group", "Places in each year group"),
        .init("unmet_without_it", "Weighted unmet places without it"),
      ] + FundingSource.allCases.map { .init($0.rawValue, $0.name) } + [.init("total", "Total")],
      rows: chosen.lines.map { line -> [Table.Cell] in
        [
          .text(line.scheme.key), .text(line.scheme.name), .text(line.scheme.kind.rawValue),
          .text(line.scheme.area?.text ?? ""), .text(line.scheme.school?.code ?? ""),
          .text(line.scheme.isCommitted ? "yes" : "no"), .text(line.start.label),
          .text(line.opening?.label ?? ""), .text(yearGroups(line.scheme)),
          line.scheme.places.map { .whole($0.perYearGroup) } ?? .text(""),
          .number(line.unmetWithoutIt),
        ] + FundingSource.allCases.map { .pounds(line.funding[$0] ?? 0) } + [.pounds(line.cost)]
      }, footnote: .thisRun)
  }

  /// `R to 6`: the first and the last year group that gain places, in the course of the years; blank where none does.
  private static func yearGroups(_ scheme: Scheme) -> String {
    guard let first = scheme.yearGroups.first, let last = scheme.yearGroups.last else { return "" }
    return first == last ? first.label : "\(first.label) to \(last.label)"
  }

  /// financial_year, a column a source, total, borrowed, repaid, mrp, interest, cfr, revenue, returned.
  static func programmeYears(_ chosen: ChosenProgramme) -> Table {
    Table(
      id: "chosen_programme_years", caption: "The best plan found, by financial year",
      columns: [.words("financial_year", "Financial year")]
        + FundingSource.allCases.map { .init($0.rawValue, $0.name) } + [
          .init("total", "Total"), .init("borrowed", "Borrowed"),
          .init("repaid_from_s106", "Repaid from section 106"),
          .init("mrp", "MRP"), .init("interest", "Interest"), .init("cfr", "Capital financing requirement"),
          .init("revenue", "Revenue consequences of schemes"), .init("returned", "Returned or lost"),
        ],
      rows: zip(chosen.problem.years, chosen.accounts.years).enumerated().map { index, year -> [Table.Cell] in
        let paid = FundingSource.allCases.map { chosen.paid($0, in: index) }
        return [.text(year.0.label)] + paid.map { .pounds($0) } + [.pounds(paid.reduce(0, +))]
          + [.pounds(year.1.borrowed), .pounds(year.1.repaid)]
          + [year.1.minimumRevenueProvision, year.1.interest, year.1.debt].map { .wholePounds($0) }
          + [.pounds(year.1.revenue), .pounds(year.1.returned)]
      }, footnote: .thisRun)
  }

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
      rows: rows, footnote: comparison.footnote)
  }
}
