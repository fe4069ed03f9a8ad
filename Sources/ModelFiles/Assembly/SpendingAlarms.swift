internal import Diagnostics
internal import PlacePlanning

// Spending of the year under way that is more often a slip than meant, or that nobody explains. It is used as it stands.

/// How many times each other two figures of a line are at the most that mean about the same money. Assumed: thousands given for pounds are
/// a thousandfold, give or take a threefold change; a scheme put off to the next year may leave a hundredth of its budget in this one.
private let mostTimesEachOther = 300.0

/// How many times its budget for the year a line has spent at the most, from so many pounds on. Assumed: what is less wants a reason (W305);
/// a final account may be many times what was kept back for it, in small sums.
private let mostTimesBudget = 10.0
private let leastSpentOdd = 100_000.0

/// How many times what the approved programme comes to a line's money is at the most. Assumed: spending may hold more than the programme,
/// and little is ten times all of it.
private let mostTimesProgramme = 10.0

extension DatasetRow {
  /// The first figure of a line that cannot be in pounds as another is (W333), or a year's budget above what the whole scheme is approved
  /// and forecast at (W343); nil where there is none. **Units** `programme`, all that is approved, in pounds.
  fileprivate func slip(of line: SpendingPosition.Line, programme: Double) -> Diagnostic? {
    typealias Figure = (column: String, pounds: Double)
    func figure(_ column: String, _ money: Money?) -> Figure? {
      money.flatMap { $0.pounds > 0 ? (column, Double($0.pounds)) : nil }
    }
    func odd(_ figure: Figure, _ beside: String) -> Diagnostic {
      Diagnostic(
        .moneyOutOfProportion, at: place(figure.column),
        what: "'\(figure.column)' of '\(line.name)' is \(grouped(figure.pounds)); \(beside)",
        why: "they are hardly both in pounds", fix: "write pounds; if both are right, leave them")
    }
    let approved = figure("approved_budget", line.approvedBudget)
    let revised = figure("revised_budget", line.revisedBudget)
    let outturn = figure("forecast_outturn", line.forecastOutturn)
    let spent = figure("spent_to_date", line.spentToDate)
    let totals = [figure("total_approved", line.approvedTotal), figure("total_forecast", line.forecastTotal)]
    if programme > 0,
      let large = ([approved, revised, outturn, spent] + totals).compactMap(\.self)
        .first(where: { $0.pounds > mostTimesProgramme * programme })
    {
      return odd(large, "the approved programme is \(grouped(programme)) in all")
    }
    if let most = totals.compactMap({ $0?.pounds }).max(),
      let budget = [approved, revised].compactMap(\.self).first(where: { $0.pounds > most })
    {
      return Diagnostic(
        .budgetAboveTotal, at: place(budget.column),
        what: "'\(budget.column)' of '\(line.name)' is \(grouped(budget.pounds)); the whole scheme is "
          + "approved or forecast at \(grouped(most)) at the most",
        why: "the year is part of the whole; how far spending has come is read from its budget",
        fix: "correct one of the two")
    }
    if let scope = line.scopeChange?.pounds, let most = totals.compactMap({ $0?.pounds }).max(),
      Double(abs(scope)) > most
    {
      return odd(
        ("scope_change", Double(scope)),
        "the whole scheme is approved or forecast at \(grouped(most)) at the most")
    }
    if let spent, let revised, spent.pounds >= leastSpentOdd, spent.pounds > mostTimesBudget * revised.pounds
    {
      return odd(spent, "'\(revised.column)' is \(grouped(revised.pounds))")
    }
    for (one, other) in [(approved, revised), (revised, outturn), (totals[0], totals[1])] {
      guard let one, let other,
        max(one.pounds, other.pounds) >= mostTimesEachOther * min(one.pounds, other.pounds)
      else { continue }
      return odd(other, "'\(one.column)' is \(grouped(one.pounds))")
    }
    return nil
  }
}

extension ModelParts {
  /// Warns of each line of spending for the first figure of it that is a slip (W333, W343).
  func warnOfSlips(
    _ position: SpendingPosition, _ approved: [ApprovedScheme], _ list: inout DiagnosticList
  ) {
    let programme = Double(approved.reduce(0) { $0 + $1.budget.pounds })
    for (line, row) in zip(position.lines, rows(.spending)) {
      if let slip = row.slip(of: line, programme: programme) { list.add(slip) }
    }
  }

  /// Warns of a line of spending that is the sum of all others, of which there are two at least (W342).
  func warnOfTotal(_ position: SpendingPosition, _ list: inout DiagnosticList) {
    let lines = position.lines.filter { $0.revisedBudget.pounds > 0 || $0.spentToDate.pounds > 0 }
    let budget = lines.reduce(0) { $0 + $1.revisedBudget.pounds }
    let spent = lines.reduce(0) { $0 + $1.spentToDate.pounds }
    guard lines.count > 2, spent > 0 else { return }
    for (line, row) in zip(position.lines, rows(.spending))
    where 2 * line.revisedBudget.pounds == budget && 2 * line.spentToDate.pounds == spent {
      list.add(
        .sumOfOthers, at: row.place("line"),
        what: "what '\(line.name)' has to spend and has spent is that of the \(lines.count - 1) other lines "
          + "together",
        why: "as a row of totals its money counts twice in what the year comes to",
        fix: "take the row out; if it is a line beside the others, leave it")
    }
  }

  /// Warns of lines without a reason (W305) that are more than 10% away from what the profile expects by now, from the year's budget at
  /// its end or from the scheme's approved total, or that have spent more than the year's budget.
  func warnOfMissingReasons(_ position: SpendingPosition, _ list: inout DiagnosticList) {
    guard position.cumulativeProfile.indices.contains(position.monthsElapsed - 1) else { return }
    for (line, row) in zip(position.lines, rows(.spending)) where line.reason == nil {
      let (spent, budget) = (line.spentToDate.pounds, line.revisedBudget.pounds)
      let (expected, outturn) = (position.expected(line), line.forecastOutturn?.pounds)
      let (approved, forecast) = (line.approvedTotal?.pounds, line.forecastTotal?.pounds)
      let needed = ReasonNeeded(
        spent: spent, expected: expected, revised: budget, outturn: outturn, approvedTotal: approved,
        forecastTotal: forecast)
      let what: String
      switch needed {
      case .awayFromExpected:
        what =
          "has spent \(grouped(spent)), more than 10% away from the \(grouped(expected)) expected by now of its budget of "
          + grouped(budget)
      case .aboveBudget:
        what = "has spent \(grouped(spent)), more than its budget of \(grouped(budget)) for the year"
      case .awayAtYearEnd:
        what =
          "is forecast to end the year at \(grouped(outturn ?? 0)), more than 10% away from its budget of "
          + grouped(budget)
      case .awayInAll:
        what =
          "is forecast to cost \(grouped(forecast ?? 0)) in all, more than 10% away from the "
          + "\(grouped(approved ?? 0)) approved"
      case nil: continue
      }
      list.add(
        .varianceWithoutReason, at: row.place("reason"), what: "'\(line.name)' \(what), without a reason",
        why: needed == .aboveBudget
          ? "nobody has allowed what is above it" : "the forum's rule asks for one above 10%",
        fix: "fill in 'reason'")
    }
  }

  /// Whether a budget in the programme may be what is left of a scheme after the money spent before. A tenth, a hundredth or a thousandth
  /// of the whole is more likely a slip.
  private func isRest(_ budget: Int, of total: Int, spent: Int) -> Bool {
    budget > 0 && spent > 0 && budget <= total - spent && ![10, 100, 1000].contains { $0 * budget == total }
  }

  /// Warns of lines of spending whose approved total is not the budget of the scheme of that name in the approved programme, or of one
  /// whose name is nearly theirs and that no other line is called (W338), nor what is left of it.
  func warnOfOtherTotals(
    _ position: SpendingPosition, _ approved: [ApprovedScheme], _ list: inout DiagnosticList
  ) {
    let lines = Set(position.lines.map(\.name))
    let names = Set(approved.map(\.name))
    for (line, row) in zip(position.lines, rows(.spending)) {
      let others = names.filter { $0 == line.name || !lines.contains($0) }
      guard let total = line.approvedTotal?.pounds, let name = likeName(line.name, among: others) else {
        continue
      }
      let budget = approved.reduce(0) { $0 + ($1.name == name ? $1.budget.pounds : 0) }
      let spent = (line.forecastOutturn ?? line.spentToDate).pounds
      guard total != budget, !isRest(budget, of: total, spent: spent) else { continue }
      list.add(
        .approvedTotalDiffers, at: row.place("total_approved"),
        what: "'\(line.name)' is approved at \(grouped(total)) in all in spending, and "
          + (name == line.name ? "" : "'\(name)' ") + "at \(grouped(budget)) in the programme",
        why: "the two should be the same money; how its whole cost has changed is counted from the first",
        fix: name == line.name
          ? "correct one of the two"
          : "if they are one scheme, give both the same name and correct one of the sums; else leave them")
    }
  }

  /// Warns of schemes reported late that no line of spending, approved programme or scheme is called (W339). Where no line of spending
  /// is one of these schemes or nearly so, spending is not given by scheme, and nothing is known of their names.
  func warnOfUnknownLate(
    _ position: SpendingPosition, _ approved: [ApprovedScheme], _ list: inout DiagnosticList
  ) throws {
    let schemes = Set(try rows(.schemes).map { try $0.text("scheme") }).union(approved.map(\.name))
    let lines = Set(position.lines.map(\.name))
    guard lines.contains(where: { likeName($0, among: schemes) != nil }) else { return }
    let known = lines.union(schemes)
    for (late, row) in zip(position.slipping, rows(.slippage)) where !known.contains(late.name) {
      list.add(
        .lateSchemeUnknown, at: row.place("scheme"),
        what: "no line of spending, approved programme or scheme is called '\(late.name)'",
        why: "it is reported late, and nothing shows what it costs or what is spent on it",
        fix: proposedName(for: late.name, among: known).map { "did you mean '\($0)'?" }
          ?? "give it the name that its money has; if it is part of a line, such as repairs, leave it")
    }
  }
}
