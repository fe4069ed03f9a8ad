internal import Diagnostics
internal import PlacePlanning

/// Two figures of a line that mean about the same money differ by less than this. Assumed: thousands for pounds are a thousandfold, and
/// no budget is revised a hundredfold.
private let mostTimesEachOther = 100.0

/// How many times what the year's budget is a line has spent at the most, and how many times the whole approved programme a line's money
/// is. Assumed.
private let mostTimesBudget = 10.0
private let mostTimesProgramme = 10.0

extension ModelParts {
  /// Warns of a line of spending whose figures cannot all be in pounds (W333): the first that is far from another, or from what the
  /// approved programme comes to; or of which a year's budget is above what the whole scheme is approved and forecast at (W343).
  func warnOfSlips(
    _ position: SpendingPosition, _ approved: [ApprovedScheme], _ list: inout DiagnosticList
  ) {
    let programme = Double(approved.reduce(0) { $0 + $1.budget.pounds })
    for (line, row) in zip(position.lines, rows(.spending)) {
      typealias Figure = (column: String, pounds: Double)
      func figure(_ column: String, _ money: Money?) -> Figure? {
        money.flatMap { $0.pounds > 0 ? (column, Double($0.pounds)) : nil }
      }
      let approvedBudget = figure(SpendingColumn.approved, line.approvedBudget)
      let revised = figure("revised_budget", line.revisedBudget)
      let outturn = figure(SpendingColumn.outturn, line.forecastOutturn)
      let spent = figure("spent_to_date", line.spentToDate)
      let totals = [
        figure(SpendingColumn.approvedTotal, line.approvedTotal),
        figure(SpendingColumn.forecastTotal, line.forecastTotal),
      ]
      func warn(_ figure: Figure, _ beside: String) {
        list.add(
          .moneyOutOfProportion, at: row.place(figure.column),
          what: "'\(figure.column)' of '\(line.name)' is \(grouped(figure.pounds)); \(beside)",
          why: "they are hardly both in pounds", fix: "write pounds; if both are right, leave them")
      }
      if programme > 0,
        let large = ([approvedBudget, revised, outturn, spent] + totals).compactMap(\.self)
          .first(where: { $0.pounds > mostTimesProgramme * programme })
      {
        warn(large, "the approved programme is \(grouped(programme)) in all")
        continue
      }
      if let most = totals.compactMap({ $0?.pounds }).max(),
        let budget = [approvedBudget, revised].compactMap(\.self).first(where: { $0.pounds > most })
      {
        list.add(
          .budgetAboveTotal, at: row.place(budget.column),
          what: "'\(budget.column)' of '\(line.name)' is \(grouped(budget.pounds)); the whole scheme is "
            + "approved or forecast at \(grouped(most)) at the most",
          why: "the year is part of the whole; how far spending has come is read from its budget",
          fix: "correct one of the two")
        continue
      }
      if let spent, let revised, spent.pounds > mostTimesBudget * revised.pounds {
        warn(spent, "'\(revised.column)' is \(grouped(revised.pounds))")
        continue
      }
      for (one, other) in [(approvedBudget, revised), (revised, outturn), (totals[0], totals[1])] {
        guard let one, let other,
          max(one.pounds, other.pounds) >= mostTimesEachOther * min(one.pounds, other.pounds)
        else { continue }
        warn(other, "'\(one.column)' is \(grouped(one.pounds))")
        break
      }
    }
  }
}
