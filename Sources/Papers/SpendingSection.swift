internal import CapitalProgramme
internal import PlacePlanning

// Spending in the year under way, and what is late.

extension PaperWriter {
  var spending: Section? {
    guard let monitor = content.monitor else { return nil }
    let total = monitor.total
    let pace = total.variance < 0 ? "behind" : "ahead of"
    let even = total.revised * min(12, monitor.monthsElapsed) / 12
    var blocks: [Block] = [
      .paragraph(
        "By the end of \(monitor.lastMonth) in \(monitor.financialYear), "
          + "\(poundsInWords(total.spent)) had been spent out of a revised budget of "
          + "\(poundsInWords(total.revised)). \(poundsInWords(total.unspent)) was left. "
          + (total.variance == 0
            ? "That is what the monthly pattern that we assume expects by then."
            : "On the monthly pattern that we assume, about "
              + "\(poundsRoughly(total.expected)) would have been spent by then, so spending was about "
              + "\(poundsRoughly(abs(total.variance))) \(pace) it. At an even pace it "
              + "would have been about \(poundsRoughly(even)), \(poundsRoughly(abs(total.spent - even))) "
              + "\(total.spent < even ? "more" : "less") than was spent.")),
      .table(monitorTable(monitor)),
    ]
    blocks += yearEnd(monitor) + dates(monitor) + wholeCosts(monitor)
    let slips = slipsInWords(monitor).map { " By the table of how the year is expected to end, \($0)." } ?? ""
    if monitor.slipping.isEmpty {
      blocks.append(.paragraph("No scheme is reported as running late." + slips))
    } else {
      blocks.append(
        .paragraph(
          "\(counted(monitor.slipping.count, "scheme")) \(monitor.slipping.count == 1 ? "is" : "are") "
            + "reported as running late." + withoutBudget(monitor) + slips))
      blocks.append(.table(slippingTable(monitor)))
    }
    return Section(
      id: "spending", heading: "Capital spending in \(monitor.financialYear)", blocks: blocks)
  }

  /// Which schemes reported late have a budget neither here nor in the approved programme; empty where all have one.
  private func withoutBudget(_ monitor: ProgrammeMonitor) -> String {
    let known = Set(monitor.lines.map(\.name) + content.programme.lines.map(\.scheme.name))
    let unknown = monitor.slipping.map(\.name).filter { !known.contains($0) }
    if unknown.isEmpty { return "" }
    if unknown.count < monitor.slipping.count {
      return " No budget of \(listedApart(unknown)) was published, so none is shown."
    }
    return (unknown.count == 1 ? " Its own budget was" : " Their own budgets were")
      + " not published, so none is shown."
  }

  private func slippingTable(_ monitor: ProgrammeMonitor) -> Table {
    Table(
      id: "slipping", caption: "Schemes reported late and why",
      columns: [.words("scheme", "Scheme"), .words("reason", "Reason")],
      rows: monitor.slipping.map { [.text($0.name), .text($0.reason)] },
      footnote: footnote(of: "slippage"))
  }

  /// `2 budget lines slip`, by their own figures; nil where none is known to.
  private func slipsInWords(_ monitor: ProgrammeMonitor) -> String? {
    let lines = monitor.slippingLines
    return lines == 0 ? nil : "\(counted(lines, "budget line")) \(lines == 1 ? "slips" : "slip")"
  }

  /// `1 scheme is reported late and 2 budget lines slip`: what is said of schemes beside what the figures show; nil where neither is.
  func lateInBrief(_ monitor: ProgrammeMonitor) -> String? {
    let schemes = monitor.slipping.count
    let reported =
      schemes == 0 ? nil : "\(counted(schemes, "scheme")) \(schemes == 1 ? "is" : "are") reported late"
    let parts = [reported, slipsInWords(monitor)].compactMap { $0 }
    return parts.isEmpty ? nil : listed(parts)
  }

  private func monitorTable(_ monitor: ProgrammeMonitor) -> Table {
    let lines = monitor.lines.count > 1 ? monitor.lines + [monitor.total] : monitor.lines
    return Table(
      id: "monitoring", caption: "Spending to the end of \(monitor.lastMonth), \(monitor.financialYear)",
      columns: [
        .words("line", "Budget line"), .init("revised_budget", "Revised budget"),
        .init("spent_to_date", "Spent"), .init("expected_to_date", "Expected by now"),
        .init("variance", "Difference from expected"), .init("variance_share", "As a share"),
        .words("reason", "Reason"),
      ],
      rows: lines.enumerated().map { index, line in
        [
          .text(line.name), .pounds(line.revised), .pounds(line.spent), .pounds(line.expected),
          .pounds(line.variance), line.varianceShare.map { .percent($0) } ?? .text("none expected"),
          .text(line.reason ?? (line.needsReason && index < monitor.lines.count ? "Not given" : "")),
        ]
      },
      hasTotalRow: monitor.lines.count > 1,
      footnote: footnote(
        ["spending", "spend_profile"], .derived,
        note: "“Expected by now” applies an assumed monthly pattern of spending to the budget."))
  }

  /// How the year is expected to end and what moves to the next; nothing where no line has a forecast.
  private func yearEnd(_ monitor: ProgrammeMonitor) -> [Block] {
    guard monitor.lines.contains(where: { $0.outturn != nil }) else { return [] }
    let next = FinancialYear(label: monitor.financialYear).map { ($0 + 1).label } ?? "the next year"
    let carried = monitor.carryForward.map {
      "\(poundsInWords($0.pounds)) (\($0.fundedBy?.name ?? "source not published"))"
    }
    let notKnown = monitor.lines.filter { $0.carryForward == nil }.map { line in
      line.name + (line.mostCarriedForward.map { " (\(poundsInWords($0)) at most)" } ?? "")
    }
    var text: [String] = []
    if !carried.isEmpty {
      text.append("Not spent this year, still needed, and so carried forward to \(next): \(listed(carried)).")
    } else if notKnown.isEmpty {
      text.append("No money is carried forward to \(next).")
    }
    if !notKnown.isEmpty {
      text.append("What is carried forward of \(listed(notKnown)) is not known.")
    }
    return [.table(yearEndTable(monitor)), .paragraph(text.joined(separator: " "))]
  }

  /// The dated money that is not spent by its date, without the stop; nil where there is none.
  func missedDates(_ monitor: ProgrammeMonitor) -> String? {
    guard monitor.poundsAtRisk > 0 else { return nil }
    return
      "\(poundsInWords(monitor.poundsAtRisk)) misses the date by which it must be spent, and may have to be paid back"
  }

  /// Money that must be spent by a date; nothing where no line has one.
  private func dates(_ monitor: ProgrammeMonitor) -> [Block] {
    guard monitor.lines.contains(where: { $0.spendBy != nil }) else { return [] }
    let unknown = monitor.datesWithoutForecast
    var blocks: [Block] = []
    if let missed = missedDates(monitor) {
      blocks = [
        .paragraph(missed + ":"),
        .bullets(
          monitor.datesAtRisk.map {
            "\($0.line) (\($0.payer)): \(poundsInWords($0.pounds)) to be spent by March \($0.deadline.start + 1), "
              + ($0.expectedSpending.map { "now expected in \($0)." } ?? "not spent by then.")
          }),
      ]
    } else if unknown.isEmpty {
      blocks = [.paragraph("No money is expected to miss the date by which it must be spent.")]
    }
    if !unknown.isEmpty {
      blocks.append(
        .paragraph(
          "The money of \(listed(unknown)) must be spent by the end of \(monitor.financialYear). How much of it will be "
            + "is not known, since no forecast was published."))
    }
    return blocks
  }

  /// The schemes whose whole cost is forecast otherwise than it was approved.
  private func wholeCosts(_ monitor: ProgrammeMonitor) -> [Block] {
    let changes = monitor.lines.compactMap { line -> String? in
      guard let change = line.totalVariance, change != 0, let forecast = line.forecastTotal else {
        return nil
      }
      let scope = line.scopeChange ?? 0
      let direction = change > 0 ? "more" : "less"
      let work = scope == 0 ? "" : " (\(scope > 0 ? "more" : "less") work: \(poundsInWords(abs(scope))))"
      let amount = poundsInWords(abs(change))
      return "\(line.name): \(poundsInWords(forecast)) in all, \(amount) \(direction) than approved\(work)."
    }
    if changes.isEmpty { return [] }
    return [.paragraph("Over their whole life, schemes cost otherwise than approved:"), .bullets(changes)]
  }

  /// What the year is expected to end with, and why it differs from its budget; of a line that does not tell, that it does not.
  private func yearEndTable(_ monitor: ProgrammeMonitor) -> Table {
    let several = monitor.lines.count > 1
    var rows = monitor.lines.map { cells($0, $0.split) }
    if several { rows.append(cells(monitor.total, monitor.split)) }
    let whole = monitor.lines.filter { $0.split == nil }.map(\.name)
    let differ = whole.count == 1 ? "differs" : "differ"
    return Table(
      id: "year-end", caption: "How the year is expected to end, and why",
      columns: [
        .words("line", "Budget line"), .init("approved", "First approved"), .init("revised", "Revised"),
        .init("outturn", "Expected at the end"), .init("year_variance", "Difference from revised"),
        .init("slippage", "Because late"), .init("acceleration", "Because early"),
        .init("cost", "Because dearer or cheaper"), .init("scope", "Because of more or less work"),
      ],
      rows: rows, hasTotalRow: several,
      footnote: footnote(
        ["spending"], .derived,
        note: whole.isEmpty
          ? nil
          : "Why \(listed(whole)) \(differ) is not known: the year's end or the whole cost was not published."
      ))
  }

  /// A row of that table; `split` is nil where it is not known.
  private func cells(_ line: ProgrammeMonitor.Line, _ split: VarianceSplit?) -> [Table.Cell] {
    func cell(_ pounds: Int?, orElse words: String) -> Table.Cell {
      pounds.map { Table.Cell.pounds($0) } ?? Table.Cell.text(words)
    }
    let published = [line.approved, line.revised, line.outturn, line.yearVariance]
    let parts = [split?.slippage, split?.acceleration, split?.cost, split?.scope]
    return [Table.Cell.text(line.name)] + published.map { cell($0, orElse: "not published") }
      + parts.map { cell($0, orElse: "not known") }
  }
}
