internal import Diagnostics
internal import PlacePlanning

// Pots, agreements and borrowing: from rows to what may pay for schemes.

extension ModelParts {
  func readPots(_ context: CapitalContext, _ list: inout DiagnosticList) throws -> [Placed<FundingPot>] {
    let received = try readReceipts(context, &list)
    return try rows(.fundingPots).compactMap { row in
      let key = try row.text("pot_key")
      let source = try row.word("source", FundingSource.self, &list)
      let mark = try row.word("mark", EvidenceMark.self, &list)
      let mostShare =
        row.isBlank("most_share")
        ? nil : try row.number("most_share", in: 0...1, why: "it is a part of what a scheme costs", &list)
      if mostShare == 0 {
        list.add(
          .outOfRange, at: row.place("most_share"), what: "'most_share' is 0",
          why: "pot '\(key)' would pay for nothing",
          fix: "give the largest part of a scheme's cost that it pays, or leave the cell blank for any part")
      }
      let rule = try readRule(row, mostShare: mostShare, context, &list)
      let carriesForward = try row.flag("carries_forward", &list)
      let spendBy = try row.ifAny("spend_by", row.financialYear)
      let base = try row.priceBase(context, &list)
      if let base, base != .cash {
        list.add(
          .pricesMixed, at: row.place("price_base"), what: "pot '\(key)' is in prices of \(base.label)",
          why: "a pot is money in the bank: it is added to others and taken off them",
          fix: "give what is or will be received in cash, and write cash")
      }
      if let source, ![.grant, .schoolContribution].contains(source) {
        list.add(
          .wrongForm, at: row.place("source"), what: "pot '\(key)' has the source \(source.rawValue)",
          why: "section 106 money comes from 'section_106', borrowed money from 'borrowing'",
          fix: "use grant or school_contribution")
      }
      if received[key] == nil {
        list.add(
          .cellMissing, at: row.place("pot_key"), what: "pot '\(key)' has no row in pot_receipts",
          why: "it would pay for nothing", fix: "add what it receives, or take the pot out")
      }
      if let spendBy, let years = received[key]?.filter({ $0.value > 0 }).keys.sorted() {
        refuseLateMoney(key, years, spendBy, row, context, &list)
      }
      guard let source, let mark, let rule, let carriesForward, base == .cash,
        (0...1).contains(mostShare ?? 1)
      else { return nil }
      let pot = FundingPot(
        key: key, name: try row.text("pot"), source: source, rule: rule, received: received[key] ?? [:],
        carriesForward: carriesForward, spendBy: spendBy, mark: mark)
      return Placed(value: pot, row: row)
    }.sorted { $0.value.key < $1.value.key }
  }

  /// Refuses a pot that must be spent before all of its money comes, or before the programme begins (E219).
  private func refuseLateMoney(
    _ pot: String, _ received: [FinancialYear], _ spendBy: FinancialYear, _ row: DatasetRow,
    _ context: CapitalContext, _ list: inout DiagnosticList
  ) {
    guard let first = received.first, let last = received.last else { return }
    let what: String
    if spendBy < first {
      what = "its first money comes in \(first)"
    } else if spendBy < context.firstYear {
      what = "the programme begins in \(context.firstYear)"
    } else if spendBy < last {
      what = "it receives money until \(last)"
    } else {
      return
    }
    list.add(
      .moneyTooLate, at: row.place("spend_by"), what: "pot '\(pot)' must be spent by \(spendBy); \(what)",
      why: spendBy < first || spendBy < context.firstYear
        ? "none of it could be spent" : "what comes later could not be spent",
      fix: "correct one of the two years")
  }

  private func readReceipts(
    _ context: CapitalContext, _ list: inout DiagnosticList
  ) throws -> [String: [FinancialYear: Int]] {
    var received: [String: [FinancialYear: Int]] = [:]
    let lapsing = Set(
      try rows(.fundingPots).filter { try $0.text("carries_forward") == "no" }.map { try $0.text("pot_key") })
    for row in rows(.potReceipts) where datasets[.fundingPots] != nil {
      let key = row.reference(
        try row.text("pot_key"), "pot_key", to: "pot", in: "funding_pots", among: context.potKeys,
        why: "the money would pay for nothing", &list)
      let year = try row.financialYear("financial_year")
      let pounds = try row.poundsFromNought(
        "pounds", why: "a pot can be empty, and what is taken from it is what schemes cost", &list)
      checkYear(year, "financial_year", row, context, &list)
      if let key, lapsing.contains(key), year < context.firstYear {
        list.add(
          .outOfRange, at: row.place("financial_year"),
          what:
            "'financial_year' is \(year), before the programme's first year, and '\(key)' does not carry forward",
          why:
            "what it received then has lapsed, and cannot pay for a scheme that starts in \(context.firstYear)",
          fix: "take the row out, or write 'yes' in 'carries_forward' if the money was kept")
      }
      if let key { received[key, default: [:]][year] = try pounds ?? max(0, row.whole("pounds")) }
    }
    return received
  }

  /// Refuses money that comes after the programme's last year and would be counted nowhere (E113).
  private func checkYear(
    _ year: FinancialYear, _ column: String, _ row: DatasetRow, _ context: CapitalContext,
    _ list: inout DiagnosticList
  ) {
    guard year > context.lastYear else { return }
    list.add(
      .outOfRange, at: row.place(column), what: "'\(column)' is \(year), after the programme's last year",
      why: "money after \(context.lastYear) would be counted nowhere",
      fix: "take the row out, or lengthen the model's horizon_years")
  }

  /// What a pot or an agreement may pay for; a pot may pay `mostShare` of it at most. Nil with a fault.
  private func readRule(
    _ row: DatasetRow, mostShare: Double? = nil, _ context: CapitalContext, _ list: inout DiagnosticList
  ) throws -> FundingRule? {
    let faults = list.errors.count
    let kinds = try row.kinds("pays_for", &list)
    let phase = try row.wordIfAny("phase", AreaPhase.self, &list)
    let (area, _) = try context.areaIfAny(row, &list)
    let scheme = try row.ifAny("scheme_key", row.text).flatMap {
      row.reference(
        $0, "scheme_key", to: "scheme", in: "schemes", among: context.schemeKeys,
        why: "money tied to it would pay for nothing", &list)
    }
    guard list.errors.count == faults else { return nil }
    return FundingRule(kinds: kinds, phase: phase, area: area?.code, scheme: scheme, mostShare: mostShare)
  }

  func readAgreements(
    _ context: CapitalContext, _ list: inout DiagnosticList
  ) throws -> [Placed<Section106Agreement>] {
    let agreements = try rows(.section106).compactMap { row in
      try readAgreement(row, context, &list).map { Placed(value: $0, row: row) }
    }.sorted { $0.value.key < $1.value.key }
    for (deed, instalments) in Dictionary(grouping: agreements, by: \.value.deed) {
      guard let first = instalments.first,
        let other = instalments.first(where: { $0.value.agreedOn != first.value.agreedOn })
      else { continue }
      list.add(
        .deedDatesDisagree, at: other.row.place("agreed_on"),
        what:
          "'\(other.value.key)' of deed '\(deed)' was agreed on \(other.value.agreedOn.label), '\(first.value.key)' on "
          + "\(first.value.agreedOn.label)",
        why:
          "a deed is made on one day, and that day tells whether it counts among the five that a scheme may pool",
        fix: "correct one of the two dates, or give a later deed a key of its own")
    }
    return agreements
  }

  private func readAgreement(
    _ row: DatasetRow, _ context: CapitalContext, _ list: inout DiagnosticList
  ) throws -> Section106Agreement? {
    let key = try row.text("agreement_key")
    let mark = try row.word("mark", EvidenceMark.self, &list)
    let base = try row.priceBase(context, &list)
    let rule = try readRule(row, context, &list)
    let amount = try row.poundsFromNought(
      "amount", upTo: 1_000_000_000, why: "a developer pays, or does not", &list)
    let within = try row.wholeIfAny("spend_within_years", in: 1...50, &list)
    let trigger = try row.wholeIfAny("trigger_homes", in: 1...100_000, &list)
    let receivedIn = try row.ifAny("received_in", row.financialYear)
    if let receivedIn { checkYear(receivedIn, "received_in", row, context, &list) }
    let isTimedBySite = !row.isBlank("site_key") && trigger != nil && receivedIn == nil
    let isReceived = row.isBlank("site_key") && trigger == nil && receivedIn != nil
    if !isTimedBySite, !isReceived {
      list.add(
        .agreementWithoutTrigger, at: row.place("agreement_key"),
        what: "agreement '\(key)' must have either site_key and trigger_homes, or received_in",
        why: "it is not certain when its money arrives",
        fix: "fill in the homes that bring it, or the year in which it came, and leave the rest blank")
    }
    let site = try row.ifAny("site_key", row.text).flatMap {
      row.reference(
        $0, "site_key", to: "housing site", in: "housing_sites", among: context.siteKeys,
        why: "its homes time the money", &list)
    }
    if let trigger, let home = context.sites.first(where: { $0.key == site }),
      Double(trigger) > home.dwellings
    {
      list.add(
        .outOfRange, at: row.place("trigger_homes"),
        what: "'trigger_homes' is \(trigger); \(home.name) has \(plain(home.dwellings)) homes",
        why: "the money would never arrive", fix: "correct one of the two")
      return nil
    }
    guard let mark, let base, let rule, let amount, isTimedBySite || isReceived, site != nil || isReceived,
      let agreedOn = CalendarDate(label: try row.text("agreed_on"))
    else { return nil }
    if let receivedIn { refuseReceiptBeforeDeed(receivedIn, agreedOn, row, &list) }
    return Section106Agreement(
      key: key, name: try row.text("agreement"), deed: try row.ifAny("deed_key", row.text), site: site,
      triggerHomes: Double(trigger ?? 0),
      amount: Money(pounds: amount, priceBase: base), receivedIn: receivedIn, agreedOn: agreedOn,
      spendWithinYears: within, spendBy: try row.ifAny("spend_by", row.financialYear), rule: rule, mark: mark)
  }

  /// Refuses money that was received in a financial year before its deed was made (E113).
  private func refuseReceiptBeforeDeed(
    _ receivedIn: FinancialYear, _ agreedOn: CalendarDate, _ row: DatasetRow, _ list: inout DiagnosticList
  ) {
    let agreedIn = FinancialYear(of: agreedOn)
    guard agreedIn > receivedIn else { return }
    list.add(
      .outOfRange, at: row.place("agreed_on"),
      what: "'agreed_on' is \(agreedOn.label), after the money was received in \(receivedIn)",
      why: "nothing is paid under a deed before it is made",
      fix: "correct one of the two")
  }

  func readBorrowing(
    _ context: CapitalContext, interest: Double, isAnnuity: Bool, _ values: inout AssumptionValues,
    _ list: inout DiagnosticList
  ) throws -> BorrowingPlan {
    let factor =
      datasets[.borrowing] == nil
      ? 1 : values.value("borrowing.limit_factor", .ratio, in: 0...10, unlessDefined: 1, &list)
    var (limit, ceiling): ([FinancialYear: Int], [FinancialYear: Int]) = ([:], [:])
    for row in rows(.borrowing) {
      let year = try row.financialYear("financial_year")
      if year < context.firstYear {
        list.add(
          .outOfRange, at: row.place("financial_year"),
          what: "'financial_year' is \(year), before the programme's first year",
          why: "nothing is borrowed for it before \(context.firstYear)", fix: "take the row out")
      }
      checkYear(year, "financial_year", row, context, &list)
      let stated = try row.poundsFromNought("limit", why: "borrowing is nought or more", &list)
      limit[year] = try wholePounds(factor, of: stated ?? max(0, row.whole("limit")))
      if !row.isBlank("revenue_ceiling") {
        ceiling[year] = try row.poundsFromNought(
          "revenue_ceiling", why: "repayment and interest are nought or more", &list)
      }
    }
    return BorrowingPlan(
      limit: limit, revenueCeiling: ceiling, interest: interest,
      method: isAnnuity ? .annuity : .equalInstalment,
      kinds: header.borrowingPaysFor?.kinds ?? Set(SchemeKind.allCases))
  }
}
