internal import CapitalProgramme
internal import PlacePlanning

// Where the money comes from, what borrowing costs, and what the plan costs the revenue budget.

/// One kind of what schemes cost the revenue budget: its column, its name in a sentence, and where it stands.
private struct RevenueKind {
  let column: Table.Column
  let words: String
  let pounds: KeyPath<RevenueConsequence, Int>
  /// Whether it comes out of the schools' budget, as `RevenueConsequence.borneBySchools` has it.
  let isBorneBySchools: Bool
}

extension PaperWriter {
  var funding: Section? {
    chosen.map {
      Section(id: "funding", heading: "Where the money comes from", blocks: fundingBlocks($0))
    }
  }

  private func fundingBlocks(_ chosen: ChosenProgramme) -> [Block] {
    let sources = FundingSource.allCases.filter { chosen.paid($0) > 0 }
    if sources.isEmpty { return [.paragraph("The plan spends nothing, so no money is needed.")] }
    let shared = poundsShared(sources.map { chosen.paid($0) })
    let parts = zip(sources, shared.parts).map { "\($0.name.lowercased()) \($1)" }
    var blocks: [Block] = [.paragraph("Of \(shared.total), the sources pay: \(listed(parts)).")]
    if let promised = promised(chosen, isUsed: false) { blocks.append(.paragraph(promised)) }
    blocks += [.figure(fundingFigure(chosen, sources)), .table(fundingTable(chosen, sources))]
    blocks += sourcesTable(chosen) + developerMoney(chosen)
    return blocks + returnedBlocks(chosen) + borrowingBlocks(chosen)
  }

  private func fundingFigure(_ chosen: ChosenProgramme, _ sources: [FundingSource]) -> Figure {
    let years = chosen.problem.years
    let sums = years.indices.map { year in sources.reduce(0) { $0 + chosen.paid($1, in: year) } }
    let most = sums.indices.max { (sums[$0], $1) < (sums[$1], $0) } ?? 0
    let least = sums.indices.min { (sums[$0], $0) < (sums[$1], $1) } ?? 0
    let empty = sums.indices.filter { sums[$0] == 0 }.map { years[$0].start }
    let shared = poundsShared(sources.map { chosen.paid($0) })
    let parts = sources.indices.map { "\($0 + 1) \(sources[$0].name.lowercased()), \(shared.parts[$0])" }
    let lowest =
      empty.isEmpty
      ? "lowest in \(years[least]), at \(poundsRoughly(sums[least]))" : "nothing in \(yearsInWords(empty))"
    let course =
      years.count == 1
      ? "in \(years[0]), \(poundsRoughly(sums[0]))"
      : "by financial year, \(years[0]) to \(years[years.count - 1]). It is highest in \(years[most]), at "
        + "\(poundsRoughly(sums[most])); \(lowest)"
    return Figure(
      id: "funding-chart", title: "Spending under the best plan found, by year and source",
      alternative:
        "Stacked bar chart of spending \(course). Parts of each bar, from the foot, with their sums over these years: \(listedApart(parts)).",
      specification: StackedBars(
        valueTitle: "£ million",
        parts: sources.map { source in
          (
            source.name,
            years.indices.map { (years[$0].label, Double(chosen.paid(source, in: $0)) / 1_000_000) }
          )
        }
      ).specification,
      table: fundingTable(chosen, sources).behindChart(id: "funding-chart-table"))
  }

  private func fundingTable(_ chosen: ChosenProgramme, _ sources: [FundingSource]) -> Table {
    Table(
      id: "funding-table", caption: "Who pays, by financial year",
      columns: [.words("financial_year", "Financial year")]
        + sources.map { .init($0.rawValue, $0.name) } + [.init("total", "Total")],
      rows: chosen.problem.years.indices.map { year in
        [.text(chosen.problem.years[year].label)] + sources.map { .pounds(chosen.paid($0, in: year)) }
          + [.pounds(sources.reduce(0) { $0 + chosen.paid($1, in: year) })]
      } + [[.text("Total")] + sources.map { .pounds(chosen.paid($0)) } + [.pounds(chosen.cost)]],
      hasTotalRow: true, footnote: moneyFootnote())
  }

  /// Of tables in which what the sources pay adds up; `more` is a sentence besides, a space before it.
  func moneyFootnote(andThat more: String = "") -> Footnote {
    footnote(
      Self.moneyRoles, .derived,
      note: "Money of the day. Rows and columns add up to the pound."
        + (chosen?.repaidInWords.map { " " + $0 } ?? "") + more)
  }

  /// Whole pounds of each source, in their order.
  private typealias MoneyRow = (name: String, pounds: [Int])

  /// A row for each thing that becomes of the money, a column for each source; nothing where no source but borrowing is known.
  private func sourcesTable(_ chosen: ChosenProgramme) -> [Block] {
    let sources = FundingSource.allCases.filter { source in
      chosen.problem.pots.contains { $0.source == source }
    }
    if sources.isEmpty { return [] }
    let sums = sources.map { chosen.sums($0) }
    let marked = EvidenceMark.allCases.map { mark -> MoneyRow in
      (name: "Of this, \(mark.rawValue)", pounds: sources.map { chosen.sums($0, marked: [mark]).received })
    }
    let first: MoneyRow = (name: "Expected to come in", pounds: sums.map(\.received))
    let uses: [MoneyRow] = [
      (name: "Spent on schemes", pounds: sums.map(\.paid)),
      (name: "Used to repay borrowing", pounds: sums.map(\.repaid)),
      (name: "Returned or lost", pounds: sums.map(\.returned)),
      (name: "Left at the end", pounds: sums.map(\.left)),
    ]
    let total: [Table.Column] = sources.count > 1 ? [.init("total", "Total")] : []
    let rows = ([first] + marked + uses).map { row -> [Table.Cell] in
      let cells: [Table.Cell] = row.pounds.map { .pounds($0) }
      let sum: [Table.Cell] = total.isEmpty ? [] : [.pounds(row.pounds.reduce(0, +))]
      return [.text(row.name)] + cells + sum
    }
    return [
      .table(
        Table(
          id: "sources-of-money", caption: "What each source brings in and what becomes of it",
          columns: [.words("money", "Money")] + sources.map { .init($0.rawValue, $0.name) } + total,
          rows: rows,
          footnote: footnote(
            Self.moneyRoles + Self.homesRoles, .derived,
            note:
              "Money of the day, over all years of the plan: what is expected, not what is in hand. Given: as published. "
              + "Derived: worked out from published figures. Assumed: our own judgement.")))
    ]
  }

  private func returnedBlocks(_ chosen: ChosenProgramme) -> [Block] {
    let returned = chosen.problem.pots.indices.flatMap { pot in
      chosen.problem.years.indices.compactMap { year -> String? in
        let pounds = chosen.accounts.pots[pot][year].returned
        let rule = chosen.problem.pots[pot]
        return pounds == 0
          ? nil
          : "\(rule.name): \(poundsExact(pounds)) "
            + (!rule.carriesForward
              ? "is lost"
              : rule.source == .section106 ? "goes back to the developer" : "goes back to whoever gave it")
            + " at the end of \(chosen.problem.years[year])."
      }
    }
    let late = chosen.problem.notArrived.map {
      "\($0.name): the homes that bring this money are not finished in these years."
    }
    if returned.isEmpty, late.isEmpty {
      return [.paragraph("No money has to be returned, and none is lost for want of time.")]
    }
    return [
      .paragraph(
        "Some money comes with a date by which it must be spent, or with homes that are not built yet."),
      .bullets(returned + late),
    ]
  }

  private func borrowingBlocks(_ chosen: ChosenProgramme) -> [Block] {
    let years = chosen.accounts.years
    let borrowed = years.reduce(0) { $0 + $1.borrowed }
    guard borrowed > 0 else {
      return [.heading("Borrowing"), .paragraph("The plan borrows nothing.")]
    }
    let dearest = years.indices.max { (years[$0].financing, $1) < (years[$1].financing, $0) } ?? 0
    let share = findings?.revenue?.rows[dearest].financingShare
    return [
      .heading("Borrowing"),
      .paragraph(
        "The authority would borrow \(poundsExact(borrowed)), from its own cash or from outside. Each year it must set money aside "
          + "to repay this (the minimum revenue provision, MRP) and bear the interest, paid or forgone. Together these are highest in "
          + "\(chosen.problem.years[dearest]), at \(poundsRoughly(years[dearest].financing))"
          + (share.map { ", or \(percent($0, places: 2)) of the authority's net revenue" } ?? "") + "."),
      .table(borrowingTable(chosen)),
    ]
  }

  private func borrowingTable(_ chosen: ChosenProgramme) -> Table {
    let years = chosen.accounts.years
    let isShareKnown = findings?.revenue?.rows.contains { $0.financingShare != nil } ?? false
    return Table(
      id: "borrowing",
      caption: "Borrowing under the best plan found and what it costs, by financial year",
      columns: [
        .words("financial_year", "Financial year"), .init("borrowed", "Borrowed"),
        .init("repaid", "Repaid from section 106"), .init("mrp", "Set aside (MRP)"),
        .init("interest", "Interest"), .init("debt", "Still owed at the end (CFR)"),
        .init("share", "MRP and interest, share of net revenue"),
      ],
      rows: years.indices.map { year in
        let sums = years[year]
        return [
          .text(chosen.problem.years[year].label), .pounds(sums.borrowed), .pounds(sums.repaid),
          .wholePounds(sums.minimumRevenueProvision), .wholePounds(sums.interest),
          .wholePounds(sums.debt),
          findings?.revenue?.rows[year].financingShare.map { .percent($0, places: 2) }
            ?? .text("not known"),
        ]
      },
      footnote: footnote(
        Self.moneyRoles, .derived,
        note:
          "Money of the day, of these schemes alone. CFR is the capital financing requirement: what has been borrowed and not "
          + "yet been set aside or repaid."
          + (isShareKnown ? " Net revenue is taken to be the same in every year." : "")))
  }

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
    let financing: [Table.Column] = [
      .init("mrp", "MRP"), .init("interest", "Interest"), .init("total", "Total"),
    ]
    let rows: [[Table.Cell]] = table.rows.map { row in
      let costs: [Table.Cell] = kinds.map { .pounds(row.costs[keyPath: $0.pounds]) }
      return [.text(row.year.label)] + costs + roundedRow([row.mrp, row.interest], beside: row.costs.total)
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
      columns: year + kinds.map(\.column) + financing, rows: rows + [revenueTotals(table)],
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

  /// `£21.3 million over the plan's years (the growth fund £16.8 million, …) and £10.9 million for debt (MRP and interest), …`; of one
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
        : "\(poundsRoughly(financing)) for debt (MRP and interest), which the authority bears",
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

  /// All years: MRP and interest as what is shown of them adds up.
  private func revenueTotals(_ table: RevenueTable) -> [Table.Cell] {
    let (mrp, interest) = (table.rows.map(\.mrp), table.rows.map(\.interest))
    let costs: [Table.Cell] = revenueKinds.map { .pounds(overYears(table, $0.pounds)) }
    let financing: [Table.Cell] = [
      sumShown(mrp, beside: 0), sumShown(interest, beside: 0),
      sumShown(mrp + interest, beside: overYears(table, \.total)),
    ]
    return [.text("Total")] + costs + financing
  }

  /// MRP and interest, each rounded by itself as in the table of borrowing, and the total of what is shown.
  func roundedRow(_ parts: [Double], beside whole: Int) -> [Table.Cell] {
    parts.map { .wholePounds($0) } + [sumShown(parts, beside: whole)]
  }

  /// Beside whole pounds, parts that are each shown rounded: unrounded in store, the sum of what is shown to the reader.
  private func sumShown(_ parts: [Double], beside whole: Int) -> Table.Cell {
    Table.Cell(
      storing: Double(whole) + parts.reduce(0, +),
      shown: poundsExact(whole + parts.reduce(0) { $0 + Int($1.rounded()) }))
  }
}

extension Table {
  /// Words, and then whole pounds.
  typealias PoundRow = (words: [Cell], pounds: [Int])

  /// Rows as they are, and under them that of their totals; none of none. **Shape** each row has as many of both as the first.
  static func poundRows(_ rows: [PoundRow]) -> [[Cell]] {
    guard let first = rows.first else { return [] }
    let blanks = first.words.dropFirst().map { _ in Cell.text("") }
    let total: PoundRow = (
      words: [Cell.text("Total")] + blanks,
      pounds: first.pounds.indices.map { column in rows.reduce(0) { $0 + $1.pounds[column] } }
    )
    return (rows + [total]).map { row in row.words + row.pounds.map { Cell.pounds($0) } }
  }
}

extension Table.Cell {
  /// Pounds that are not whole: unrounded in store, shown to the pound.
  static func wholePounds(_ pounds: Double) -> Table.Cell {
    Table.Cell(storing: pounds, shown: poundsExact(Int(pounds.rounded())))
  }
}
