internal import CapitalProgramme
internal import PlacePlanning

// Section 106 money, payment by payment.

extension PaperWriter {
  /// What becomes of it and each payment that is expected; nothing where there is none.
  func developerMoney(_ chosen: ChosenProgramme) -> [Block] {
    let pots = chosen.problem.pots.indices.filter { chosen.problem.pots[$0].source == .section106 }
    guard !pots.isEmpty else { return [] }
    return [.paragraph(bridge(chosen)), .table(paymentsTable(chosen, pots))]
  }

  private func bridge(_ chosen: ChosenProgramme) -> String {
    let sums = chosen.sums(.section106)
    let uses = [
      ("pays for schemes", sums.paid), ("repays borrowing", sums.repaid),
      ("goes back or is lost", sums.returned), ("is left at the end of the plan", sums.left),
    ].filter { $0.1 > 0 }
    let shared = poundsShared(uses.map(\.1))
    if uses.count == 1 { return "All \(shared.total) of section 106 money \(uses[0].0)." }
    return "Of the \(shared.total) of section 106 money, "
      + listed(zip(uses, shared.parts).map { "\($1) \($0.0)" }) + "."
  }

  private func paymentsTable(_ chosen: ChosenProgramme, _ pots: [Int]) -> Table {
    let agreements = Dictionary((findings?.plan.agreements ?? []).map { ($0.key, $0) }) { first, _ in first }
    let rows = pots.map { pot -> (arrives: FinancialYear?, cells: [Table.Cell]) in
      let money = chosen.problem.pots[pot]
      let years = chosen.accounts.pots[pot]
      let received = money.received.values.reduce(0, +)
      let (spent, repaid) = (years.reduce(0) { $0 + $1.spent }, years.reduce(0) { $0 + $1.repaid })
      let returned = years.reduce(0) { $0 + $1.returned }
      // What came before the plan's first year is in hand in it; the year is that of the files.
      let arrives = agreements[money.key]?.receivedIn ?? money.received.keys.min()
      return (
        arrives,
        [
          .text(money.name), .text(agreements[money.key].map(trigger) ?? "not stated"),
          .text(arrives?.label ?? "never"), .text(money.spendBy?.label ?? "no date"),
          .text(money.mark.rawValue), .pounds(received), .pounds(spent), .pounds(repaid),
          .pounds(received - spent - repaid - returned),
        ]
      )
    }.enumerated().sorted {
      ($0.element.arrives?.start ?? .max, $0.offset) < ($1.element.arrives?.start ?? .max, $1.offset)
    }
    return Table(
      id: "section-106", caption: "Section 106 money, payment by payment",
      columns: [
        .init("payment", "Payment", isNumber: false), .init("comes", "Comes with", isNumber: false),
        .init("arrives", "Year received", isNumber: false),
        .init("spend_by", "To be spent by the end of", isNumber: false),
        .init("mark", "Mark", isNumber: false), .init("amount", "Amount"), .init("spent", "Pays for schemes"),
        .init("repaid", "Repays borrowing"), .init("left", "Left at the end"),
      ],
      rows: rows.map { $0.element.cells },
      footnote: footnote(
        ["section_106", "housing_sites", "housing_completions"], .derived,
        note:
          "Money of the day: amounts stated in prices of a quarter are raised to those of the year in which they come. A payment comes "
          + "when so many homes of its site are finished, on the middle path. The mark is that of the amount; dates of agreements and deadlines may be assumed."
          + (pots.contains { chosen.problem.pots[$0].pooledObligation != nil }
            ? " Of obligations entered into between April 2010 and August 2019, \(Section106Agreement.mostPooled) at most may pay for "
              + "one scheme."
            : "")))
  }

  /// `200 homes`, or `in hand`.
  private func trigger(_ agreement: Section106Agreement) -> String {
    agreement.site == nil ? "in hand" : counted(Int(agreement.triggerHomes.rounded()), "home")
  }
}
