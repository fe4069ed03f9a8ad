internal import Diagnostics
internal import PlacePlanning

extension ModelParts {
  /// The year under way, beside the approved programme.
  func readSpending(
    _ approved: [ApprovedScheme], _ list: inout DiagnosticList
  ) throws -> SpendingPosition? {
    guard datasets[.spending] != nil else {
      for role in [DatasetRole.slippage, .spendProfile] where datasets[role] != nil {
        list.add(
          .missingKey, at: header.dataPlace, what: "'data' has '\(role.rawValue)' but no 'spending'",
          why: "it would be silently ignored", fix: "name a data set of spending, or take this one out")
      }
      if header.spendingYear != nil {
        list.add(
          .missingKey, at: header.place, what: "model.yaml has 'spending', but 'data' has no 'spending'",
          why: "it would be silently ignored", fix: "name a data set of spending, or take 'spending' out")
      }
      return nil
    }
    guard let year = header.spendingYear else {
      list.add(
        .missingKey, at: header.place, what: "model.yaml has no 'spending'",
        why: "spending to date needs its year and the months elapsed",
        fix: "add 'spending:' with financial_year and months_elapsed")
      return nil
    }
    let lines = try rows(.spending).map { try readSpendingLine($0, &list) }
    let slipping = try rows(.slippage).map { row in
      SpendingPosition.SlippingScheme(name: try row.text("scheme"), reason: try row.text("reason"))
    }
    let profile = try readProfile(&list)
    let position = SpendingPosition(
      financialYear: year.financialYear, monthsElapsed: year.monthsElapsed, lines: lines,
      slipping: slipping, cumulativeProfile: profile)
    warnOfSlips(position, approved, &list)
    warnOfTotal(position, &list)
    warnOfMissingReasons(position, &list)
    warnOfOtherTotals(position, approved, &list)
    try warnOfUnknownLate(position, approved, &list)
    return position
  }

  private func readProfile(_ list: inout DiagnosticList) throws -> [Double] {
    let place = datasets[.spendProfile]?.file.wholeFile ?? header.dataPlace
    var shares: [Int: Double] = [:]
    for row in rows(.spendProfile) {
      shares[try row.whole("month")] = try row.number("cumulative_share")
    }
    let profile = (1...12).compactMap { shares[$0] }
    let isRising = zip([0] + profile, profile).allSatisfy { $0 <= $1 }
    if profile.count < 12 || shares.count > 12 || profile.last != 1 || !isRising {
      list.add(
        .profileNotComplete, at: place,
        what: "the spending profile is not twelve rising shares that end at 1",
        why: "expected spending to date is read from it",
        fix: "give cumulative_share for months 1 (April) to 12 (March), the last 1")
    }
    return profile
  }

  /// A line of spending. Forecasts below what they include (E230), negative sums (E113) and halves of a pair (E112) are refused.
  private func readSpendingLine(
    _ row: DatasetRow, _ list: inout DiagnosticList
  ) throws -> SpendingPosition.Line {
    let line = SpendingPosition.Line(
      name: try row.text("line"),
      revisedBudget: try row.cash("revised_budget"),
      spentToDate: try row.cash("spent_to_date"),
      reason: try row.ifAny("reason", row.text),
      approvedBudget: try row.ifAny("approved_budget", row.cash),
      forecastOutturn: try row.ifAny("forecast_outturn", row.cash),
      approvedTotal: try row.ifAny("total_approved", row.cash),
      forecastTotal: try row.ifAny("total_forecast", row.cash),
      scopeChange: try row.ifAny("scope_change", row.cash),
      fundedBy: try row.wordIfAny("funded_by", FundingSource.self, &list),
      spendBy: try row.ifAny("spend_by", row.financialYear))
    checkAmounts(line, row, &list)
    checkTotals(line, row, &list)
    return line
  }

  private func checkAmounts(
    _ line: SpendingPosition.Line, _ row: DatasetRow, _ list: inout DiagnosticList
  ) {
    let amounts: [(String, Money?)] = [
      ("approved_budget", line.approvedBudget), ("forecast_outturn", line.forecastOutturn),
      ("total_approved", line.approvedTotal), ("total_forecast", line.forecastTotal),
    ]
    for case (let column, let money?) in amounts where money.pounds < 0 {
      list.add(
        .outOfRange, at: row.place(column), what: "'\(column)' of '\(line.name)' is \(money.pounds)",
        why: "a budget or a forecast is never below nought", fix: "correct it")
    }
    if let outturn = line.forecastOutturn, outturn.pounds < line.spentToDate.pounds {
      list.add(
        .forecastBelowSpent, at: row.place("forecast_outturn"),
        what: "'\(line.name)' is forecast to end the year at \(outturn.pounds), "
          + "with \(line.spentToDate.pounds) spent already",
        why: "what is spent is part of the year's outturn", fix: "correct one of the two")
    }
    let year = line.forecastOutturn ?? line.spentToDate
    if let total = line.forecastTotal, total.pounds < year.pounds {
      list.add(
        .forecastBelowSpent, at: row.place("total_forecast"),
        what:
          "'\(line.name)' is forecast to cost \(total.pounds) in all, and \(year.pounds) in this year alone",
        why: "the year is part of the whole", fix: "correct one of the two")
    }
  }

  /// A change in cost is the difference of two totals; a change of scope is part of it.
  private func checkTotals(
    _ line: SpendingPosition.Line, _ row: DatasetRow, _ list: inout DiagnosticList
  ) {
    guard line.approvedTotal != nil || line.forecastTotal != nil || line.scopeChange != nil else { return }
    let totals: [(String, Money?)] = [
      ("total_approved", line.approvedTotal), ("total_forecast", line.forecastTotal),
    ]
    for case (let column, nil) in totals {
      list.add(
        .blankCell, at: row.place(column), what: "'\(column)' is not given for '\(line.name)'",
        why: "a change in cost is the forecast total less the approved one",
        fix: "give both totals, or leave both and scope_change blank")
    }
  }
}
