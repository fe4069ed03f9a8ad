internal import CapitalProgramme
internal import PlacePlanning

// What the plan costs the revenue budget.

/// One kind of cost to the revenue budget: its column, its name in a sentence, and where its pounds are.
private struct RevenueKind {
  let column: Table.Column
  let words: String
  let pounds: KeyPath<RevenueConsequence, Int>
  /// Whether it comes out of the schools' budget, as `RevenueConsequence.borneBySchools` has it.
  let isBorneBySchools: Bool
}

extension PaperWriter {
  var revenue: Section? {
    findings?.revenue.map {
      Section(id: "revenue", heading: "What it costs to run", blocks: revenueBlocks($0))
    }
  }

  private func revenueBlocks(_ table: RevenueTable) -> [Block] {
    guard let costs = revenueCosts(table) else {
      return [.paragraph("The plan costs the revenue budget nothing beyond what is spent now.")]
    }
    let start =
      revenueKinds.contains { overYears(table, $0.pounds) > 0 }
      ? "New places cost revenue too. Most is spent about a year before the funding for their pupils comes."
      : "Borrowing costs revenue too."
    let blocks: [Block] = [
      .paragraph(
        start + " Over the years of the plan that is \(costs)."
          + (growthFundCourse(table).map { " " + $0 } ?? "")),
      .table(costsTable(table)),
    ]
    return blocks + revenueSums(table)
  }

  /// What the first page says of running costs and of debt, each over all years; none where there is only one of them, whose sum is the
  /// table's own total.
  private func revenueSums(_ table: RevenueTable) -> [Block] {
    let kinds = revenueKinds.filter { overYears(table, $0.pounds) > 0 }
    let debt = table.rows.map(\.mrp) + table.rows.map(\.interest)
    guard !kinds.isEmpty, debt.reduce(0, +) >= 0.5 else { return [] }
    let running = overYears(table, \.total)
    let names = listed(kinds.map { $0.column.heading.lowercased() })
    return [
      .annex(
        Table(
          id: "revenue-sums", caption: "Costs to the revenue budget over all years",
          short: "Revenue costs, all years",
          columns: [.words("costs", "Costs"), .init("pounds", "Over all years")],
          rows: [
            [.text("Running costs (\(names))"), .pounds(running)],
            [.text("Debt (MRP and interest)"), sumShown(debt, beside: 0)],
            [.text("Total"), sumShown(debt, beside: running)],
          ],
          hasTotalRow: true, footnote: footnote(Self.moneyRoles, .derived, note: unroundedTotal(table))))
    ]
  }

  private func costsTable(_ table: RevenueTable) -> Table {
    let kinds = revenueKinds
    let year: [Table.Column] = [.words("financial_year", "Financial year")]
    let others: [Table.Column] = [
      .init("mrp", "MRP"), .init("interest", "Interest"), .init("total", "Total"),
    ]
    let rows: [[Table.Cell]] = table.rows.map { row in
      let costs: [Table.Cell] = kinds.map { .pounds(row.costs[keyPath: $0.pounds]) }
      // Each rounded by itself, as in the table of borrowing.
      let financing: [Table.Cell] = [row.mrp, row.interest].map { .wholePounds($0) }
      let total = sumShown([row.mrp, row.interest], beside: row.costs.total)
      return [.text(row.year.label)] + costs + financing + [total]
    }
    let notes: [String?] = [
      "Rates are in the assumptions log.", table.pricesInWords,
      table.rows.contains { $0.costs.startUp + $0.costs.temporaryHire > 0 }
        ? "Hire, and year groups that a new school lacks, are costs of academic years: seven twelfths fall in the financial "
          + "year in which one begins, five twelfths in the next." : nil,
      table.beyondInWords, unroundedTotal(table),
    ]
    return Table(
      id: "revenue-table", caption: "Costs to the revenue budget by financial year",
      columns: year + kinds.map(\.column) + others, rows: rows + [revenueTotals(table)],
      hasTotalRow: true,
      footnote: footnote(
        Self.moneyRoles, .derived,
        note: notes.compactMap(\.self).joined(separator: " ")))
  }

  /// What the total is in the data files, where it is another than that of the pounds shown; nil where it is the same.
  private func unroundedTotal(_ table: RevenueTable) -> String? {
    let pounds = table.rows.reduce(Double(overYears(table, \.total))) { $0 + $1.financing }
    let unrounded = poundsExact(Int(pounds.rounded()))
    return unrounded == revenueTotals(table).last?.shown
      ? nil
      : "Totals add up the whole pounds shown; with the pence of MRP and interest, as in the data files and the workbook, all "
        + "together is \(unrounded)."
  }

  private var revenueKinds: [RevenueKind] {
    [
      RevenueKind(
        column: .init("growth_fund", "Growth fund"), words: "the growth fund", pounds: \.growthFund,
        isBorneBySchools: true),
      RevenueKind(
        column: .init("start_up", "New-school start-up"), words: "starting up new schools",
        pounds: \.startUp, isBorneBySchools: true),
      RevenueKind(
        column: .init("temporary_hire", "Temporary hire"), words: "hire of temporary classrooms",
        pounds: \.temporaryHire, isBorneBySchools: false),
    ]
  }

  /// One kind of cost over all years. **Units** pounds.
  private func overYears(_ table: RevenueTable, _ pounds: KeyPath<RevenueConsequence, Int>) -> Int {
    table.rows.reduce(0) { $0 + $1.costs[keyPath: pounds] }
  }

  /// `£21.3 million (the growth fund £16.8 million, …), and £10.9 million for debt (repayment, called MRP, and interest), …`; of one
  /// kind alone its name, `£21.3 million (the growth fund)`; nil where there is neither.
  func revenueCosts(_ table: RevenueTable) -> String? {
    let kinds = revenueKinds.map { ($0.words, overYears(table, $0.pounds)) }.filter { $0.1 > 0 }
    let shared = poundsShared(kinds.map(\.1))
    let financing = table.rows.reduce(0) { $0 + $1.financing }
    let named = zip(kinds, shared.parts).map { kinds.count == 1 ? $0.0 : "\($0.0) \($1)" }
    let parts = [
      kinds.isEmpty ? nil : "\(shared.total) (\(listed(named)))",
      financing < 0.5
        ? nil
        : "\(poundsRoughly(financing)) for debt (repayment, called MRP, and interest), which the authority bears",
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", and ")
  }

  /// Which of the running costs are not the council's own money; nil where none is.
  func fromSchoolsBudget(_ table: RevenueTable) -> String? {
    let kinds = revenueKinds.filter { $0.isBorneBySchools && overYears(table, $0.pounds) > 0 }.map(\.words)
    guard !kinds.isEmpty else { return nil }
    return
      "\(listed(kinds).capitalisedFirst) \(kinds.count == 1 ? "comes" : "come") out of the schools' budget (DSG, the dedicated schools "
      + "grant)."
  }

  /// Who sets the growth fund aside, and how much the first year and the dearest one need; nil where none is needed.
  func growthFundCourse(_ table: RevenueTable) -> String? {
    guard let first = table.rows.first,
      let most = table.rows.max(by: { ($0.costs.growthFund, $1.year) < ($1.costs.growthFund, $0.year) }),
      most.costs.growthFund > 0
    else { return nil }
    let start =
      "The growth fund is set aside by the Schools Forum from the money for all schools; it pays for every place that is added, "
      + "filled or not. It is highest in \(most.year), at \(poundsRoughly(most.costs.growthFund))"
    if most.year == first.year { return start + "." }
    let now = first.costs.growthFund == 0 ? "nought" : poundsRoughly(first.costs.growthFund)
    return start + "; in \(first.year) it is \(now)."
  }

  /// The row of all years, in which MRP and interest add up as they are shown.
  private func revenueTotals(_ table: RevenueTable) -> [Table.Cell] {
    let (mrp, interest) = (table.rows.map(\.mrp), table.rows.map(\.interest))
    let costs: [Table.Cell] = revenueKinds.map { .pounds(overYears(table, $0.pounds)) }
    let financing: [Table.Cell] = [
      sumShown(mrp, beside: 0), sumShown(interest, beside: 0),
      sumShown(mrp + interest, beside: overYears(table, \.total)),
    ]
    return [.text("Total")] + costs + financing
  }

  /// The sum of whole pounds and of parts that are each shown rounded: stored unrounded, shown as what the reader sees adds up.
  private func sumShown(_ parts: [Double], beside whole: Int) -> Table.Cell {
    Table.Cell(
      storing: Double(whole) + parts.reduce(0, +),
      shown: poundsExact(whole + parts.reduce(0) { $0 + Int($1.rounded()) }))
  }
}
