internal import CapitalProgramme
internal import PlacePlanning

// Section 106 money: what of it is assumed, and payment by payment.

extension PaperWriter {
  /// How much of the section 106 money is given and how much is only assumed, of all that is expected or of what the plan uses. Nil
  /// where none is assumed.
  func promised(_ chosen: ChosenProgramme, isUsed: Bool) -> String? {
    let marks = EvidenceMark.allCases
    let sums = marks.map { mark in
      let money = chosen.sums(.section106, marked: [mark])
      return isUsed ? money.used : money.received
    }
    guard let assumed = zip(marks, sums).first(where: { $0.0 == .assumed })?.1, assumed > 0 else {
      return nil
    }
    let shared = poundsShared(sums)
    let parts = zip(marks, zip(sums, shared.parts)).compactMap { mark, sum in
      sum.0 == 0 ? nil : "\(sum.1) is \(mark.rawValue)"
    }
    let start = isUsed ? "The plan uses" : "The model expects"
    let split =
      parts.count == 1
      ? "\(start) \(shared.total) from developers (section 106), all of it assumed."
      : "\(start) \(shared.total) from developers (section 106): \(listed(parts))."
    let used = chosen.sums(.section106)
    let uses = poundsShared([used.paid, used.repaid]).parts
    let repays =
      !isUsed || used.repaid == 0
      ? ""
      : used.paid == 0
        ? " All of it repays borrowing." : " \(uses[0]) pays for schemes and \(uses[1]) repays borrowing."
    return split + repays + unsigned(chosen, isUsed: isUsed)
  }

  /// How many of the assumed payments come from agreements that are dated after the paper, so that nobody can have signed them.
  private func unsigned(_ chosen: ChosenProgramme, isUsed: Bool) -> String {
    let pots = chosen.problem.pots.indices.filter { pot in
      !isUsed || chosen.accounts.pots[pot].contains { $0.spent + $0.repaid > 0 }
    }
    let keys = Set(pots.map { chosen.problem.pots[$0].key })
    let assumed = (findings?.plan.agreements ?? []).filter { $0.mark == .assumed && keys.contains($0.key) }
    let later = assumed.filter { $0.agreedOn > model.identity.meeting }
    if later.isEmpty { return "" }
    let isOne = later.count == 1
    if later.count < assumed.count {
      return
        " \(grouped(later.count)) of the \(grouped(assumed.count)) assumed payments \(isOne ? "rests" : "rest") on agreements that "
        + "do not exist yet."
    }
    let sites = Set(later.compactMap(\.site)).count
    return " What is assumed would come in \(counted(later.count, "payment"))"
      + (sites == 0 ? "" : " from \(counted(sites, "site"))")
      + ", under \(isOne ? "an agreement that does" : "agreements that do") not exist yet."
  }

  /// What becomes of it and each payment that is expected; nothing where there is none.
  func developerMoney(_ chosen: ChosenProgramme) -> [Block] {
    let pots = chosen.problem.pots.indices.filter { chosen.problem.pots[$0].source == .section106 }
    guard !pots.isEmpty else { return [] }
    return [
      .paragraph(bridge(chosen)), .annex(marksTable(chosen, pots)), .annex(paymentsTable(chosen, pots)),
    ]
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

  /// How much of the money, and of what the plan uses of it, is given and how much is assumed.
  private func marksTable(_ chosen: ChosenProgramme, _ pots: [Int]) -> Table {
    let marks = EvidenceMark.allCases.filter { mark in pots.contains { chosen.problem.pots[$0].mark == mark }
    }
    return Table(
      id: "section-106-marks", caption: "Section 106 money by what is known of it",
      short: "Section 106 by mark",
      columns: [
        .words("mark", "Mark"), .init("received", "Expected to come in"), .init("paid", "Pays for schemes"),
        .init("repaid", "Repays borrowing"), .init("used", "Used by the plan in all"),
        .init("returned", "Returned or lost"), .init("left", "Left at the end"),
      ],
      rows: Table.poundRows(
        marks.map { mark -> Table.PoundRow in
          let sums = chosen.sums(.section106, marked: [mark])
          return (
            words: [.text(mark.rawValue.capitalisedFirst)],
            pounds: [sums.received, sums.paid, sums.repaid, sums.used, sums.returned, sums.left]
          )
        }),
      hasTotalRow: true,
      footnote: footnote(
        Self.moneyRoles + Self.homesRoles, .derived,
        note: "Money of the day, over all years of the plan."))
  }

  private func paymentsTable(_ chosen: ChosenProgramme, _ pots: [Int]) -> Table {
    let agreements = Dictionary((findings?.plan.agreements ?? []).map { ($0.key, $0) }) { first, _ in first }
    let last = findings?.plan.financialYears.last
    let rows = pots.map { pot -> (arrives: FinancialYear?, cells: Table.PoundRow) in
      let money = chosen.problem.pots[pot]
      let years = chosen.accounts.pots[pot]
      let received = money.received.values.reduce(0, +)
      let (spent, repaid) = (years.reduce(0) { $0 + $1.spent }, years.reduce(0) { $0 + $1.repaid })
      let returned = years.reduce(0) { $0 + $1.returned }
      // What came before the plan's first year is in hand in it; the year is that of the files, or of the homes.
      let came = last.flatMap { agreements[money.key]?.arrival(from: model.housing.sites, by: $0) }
      let arrives = came ?? money.received.keys.min()
      return (
        arrives,
        (
          words: [
            .text(money.name), .text(agreements[money.key].map(trigger) ?? "not stated"),
            .text(arrives?.label ?? "never"), .text(money.spendBy?.label ?? "no date"),
            .text(money.mark.rawValue),
          ],
          pounds: [received, spent, repaid, received - spent - repaid - returned]
        )
      )
    }.enumerated().sorted {
      ($0.element.arrives?.start ?? .max, $0.offset) < ($1.element.arrives?.start ?? .max, $1.offset)
    }
    return Table(
      id: "section-106", caption: "Section 106 money, payment by payment",
      columns: [
        .words("payment", "Payment"), .words("comes", "Comes with"), .words("arrives", "Year received"),
        .words("spend_by", "To be spent by the end of"), .words("mark", "Mark"), .init("amount", "Amount"),
        .init("spent", "Pays for schemes"), .init("repaid", "Repays borrowing"),
        .init("left", "Left at the end"),
      ],
      rows: Table.poundRows(rows.map { $0.element.cells }), hasTotalRow: true,
      footnote: footnote(
        Self.moneyRoles + Self.homesRoles, .derived,
        note:
          "Money of the day: amounts stated in prices of a quarter are raised to those of the year in which they come. A payment comes "
          + "when so many homes of its site are finished, on the middle path. The mark is that of the amount; dates of agreements "
          + "and deadlines may be assumed."
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

extension Table {
  /// Words, and then whole pounds.
  fileprivate typealias PoundRow = (words: [Cell], pounds: [Int])

  /// Rows as they are, and under them that of their totals; none of none. **Shape** each row has as many of both as the first.
  fileprivate static func poundRows(_ rows: [PoundRow]) -> [[Cell]] {
    guard let first = rows.first else { return [] }
    let blanks = first.words.dropFirst().map { _ in Cell.text("") }
    let total: PoundRow = (
      words: [Cell.text("Total")] + blanks,
      pounds: first.pounds.indices.map { column in rows.reduce(0) { $0 + $1.pounds[column] } }
    )
    return (rows + [total]).map { row in row.words + row.pounds.map { Cell.pounds($0) } }
  }
}
