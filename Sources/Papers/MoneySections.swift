internal import CapitalProgramme
internal import PlacePlanning

// Where the money comes from, and what borrowing costs.

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

  /// The footnote of tables in which what the sources pay adds up; `more` is a further sentence, with a space before it.
  func moneyFootnote(andThat more: String = "") -> Footnote {
    footnote(
      Self.moneyRoles, .derived,
      note: "Money of the day. Rows and columns add up to the pound."
        + (chosen?.repaidInWords.map { " " + $0 } ?? "") + more)
  }

  /// Whole pounds of each source, in their order.
  private typealias MoneyRow = (name: String, pounds: [Int])

  /// What each source brings in and what becomes of it, a column for each source; nothing where borrowing is the only one.
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
}
