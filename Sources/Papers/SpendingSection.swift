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
              + "\(poundsInWords(roughly(total.expected))) would have been spent by then, so spending was about "
              + "\(poundsInWords(roughly(abs(total.variance)))) \(pace) it. At an even pace it "
              + "would have been about \(poundsInWords(roughly(even))), \(poundsInWords(roughly(abs(total.spent - even)))) "
              + "\(total.spent < even ? "more" : "less") than was spent.")),
      .table(monitorTable(monitor)),
    ]
    if monitor.slipping.isEmpty {
      blocks.append(.paragraph("No scheme is reported as running late."))
    } else {
      let names = Set(monitor.lines.map(\.name))
      let haveLines = monitor.slipping.allSatisfy { names.contains($0.name) }
      blocks.append(
        .paragraph(
          "\(counted(monitor.slipping.count, "scheme")) \(monitor.slipping.count == 1 ? "is" : "are") "
            + "reported as running late."
            + (haveLines ? "" : " Their own budgets were not published, so none is shown.")))
      blocks.append(
        .table(
          Table(
            id: "slipping", caption: "Schemes running late and why",
            columns: [
              .init("scheme", "Scheme", isNumber: false), .init("reason", "Reason", isNumber: false),
            ],
            rows: monitor.slipping.map { [.text($0.name), .text($0.reason)] },
            footnote: footnote(["slippage"], mark(["slippage"], atLeast: .given)))))
    }
    if monitor.lines.contains(where: { $0.split != nil }) { blocks.append(.table(yearEndTable(monitor))) }
    return Section(
      id: "spending", heading: "Capital spending in \(monitor.financialYear)", blocks: blocks)
  }

  /// To the nearest £100,000: an expectation from a profile is no better than that.
  private func roughly(_ pounds: Int) -> Int {
    Int((Double(pounds) / 100_000).rounded()) * 100_000
  }

  private func monitorTable(_ monitor: ProgrammeMonitor) -> Table {
    let lines = monitor.lines.count > 1 ? monitor.lines + [monitor.total] : monitor.lines
    return Table(
      id: "monitoring", caption: "Spending to the end of \(monitor.lastMonth), \(monitor.financialYear)",
      columns: [
        .init("line", "Budget line", isNumber: false), .init("revised_budget", "Revised budget"),
        .init("spent_to_date", "Spent"), .init("expected_to_date", "Expected by now"),
        .init("variance", "Difference from expected"), .init("variance_share", "As a share"),
        .init("reason", "Reason", isNumber: false),
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

  /// What the year is expected to end with, and why it differs from its budget.
  private func yearEndTable(_ monitor: ProgrammeMonitor) -> Table {
    let lines = monitor.lines.filter { $0.split != nil }
    return Table(
      id: "year-end", caption: "How the year is expected to end, and why",
      columns: [
        .init("line", "Budget line", isNumber: false), .init("approved", "First approved"),
        .init("revised", "Revised"),
        .init("outturn", "Expected at the end"), .init("slippage", "Of the difference: late"),
        .init("acceleration", "early"), .init("cost", "dearer or cheaper"),
        .init("scope", "more or less work"),
      ],
      rows: lines.map { line in
        [
          .text(line.name), line.approved.map { .pounds($0) } ?? .text("not published"),
          .pounds(line.revised),
          line.outturn.map { .pounds($0) } ?? .text("not published"),
        ]
          + [line.split?.slippage, line.split?.acceleration, line.split?.cost, line.split?.scope].map {
            .pounds($0 ?? 0)
          }
      }, footnote: footnote(["spending"], .derived))
  }
}
