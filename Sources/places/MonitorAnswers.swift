import CapitalProgramme
import Foundation
import Papers
import PlacePlanning

/// Spending to date, then what is published of the year's end and of the schemes' totals; what is not published is said.
func monitorText(_ monitor: ProgrammeMonitor) -> String {
  let lines = monitor.lines + (monitor.lines.count > 1 ? [monitor.total] : [])
  let rows = lines.enumerated().map { index, line -> [String] in
    [
      line.name, grouped(line.revised), grouped(line.spent), grouped(line.expected),
      grouped(line.variance), line.varianceShare.map { percent($0, places: 1) } ?? "",
    ] + (index < monitor.lines.count ? reasonText(line) : ["–", "–"])
  }
  let slipping = monitor.slipping.map { "  \($0.name): \($0.reason)" }
  let parts = [
    "Spending to the end of \(monitor.lastMonth), \(monitor.financialYear), in pounds",
    aligned(
      [
        "Line", "Revised", "Spent", "Expected by now", "Variance", "as a share", "reason required",
        "reason",
      ], rows, numbers: [1, 2, 3, 4, 5])
      + "\n\nA reason is required of a line more than 10% away from what is expected, by now or by the year's end, or from its "
      + "approved total, and of one that has spent more than its budget.",
    outturnText(monitor, lines), carryForwardText(monitor), datesText(monitor),
    "Reported late:\n" + (slipping.isEmpty ? "  none" : slipping.joined(separator: "\n"))
      + slipsText(monitor),
    unpublishedText(monitor),
  ]
  return parts.compactMap { $0 }.joined(separator: "\n\n")
}

/// How many lines slip by their own figures, beside the schemes that are reported; nothing where none is known to.
private func slipsText(_ monitor: ProgrammeMonitor) -> String {
  let lines = monitor.slippingLines
  if lines == 0 { return "" }
  return "\nBy the forecasts of the year's end \(counted(lines, "line")) \(lines == 1 ? "slips" : "slip")."
}

/// Whether a line needs a reason, and the one that it gives.
private func reasonText(_ line: ProgrammeMonitor.Line) -> [String] {
  [line.needsReason ? "yes" : "no", line.reason ?? (line.needsReason ? "not given" : "none")]
}

/// Nil where no line has a forecast.
private func outturnText(_ monitor: ProgrammeMonitor, _ lines: [ProgrammeMonitor.Line]) -> String? {
  guard monitor.lines.contains(where: { $0.outturn != nil }) else { return nil }
  func pounds(_ value: Int?) -> String { value.map(grouped) ?? "-" }
  let rows = zip(lines, monitor.lines.map(\.split) + [monitor.split]).map { line, split in
    [
      line.name, pounds(line.approved), pounds(line.revised), pounds(line.outturn), pounds(line.yearVariance),
      pounds(split?.slippage), pounds(split?.acceleration), pounds(split?.cost), pounds(split?.scope),
      pounds(line.approvedTotal), pounds(line.forecastTotal), pounds(line.totalVariance),
    ]
  }
  return "The year's end and the whole of each scheme; slippage + acceleration + cost + scope = variance\n\n"
    + aligned(
      [
        "Line", "Approved", "Revised", "Outturn", "Variance", "Slippage", "Acceleration", "Cost", "Scope",
        "Total approved", "Total forecast", "Total variance",
      ], rows)
}

/// Nil where no line has a forecast.
private func carryForwardText(_ monitor: ProgrammeMonitor) -> String? {
  guard monitor.lines.contains(where: { $0.outturn != nil }) else { return nil }
  let parts = monitor.carryForward.map {
    "  \($0.fundedBy?.name ?? "Source not published"): \(grouped($0.pounds))"
  }
  let notKnown = monitor.lines.filter { $0.carryForward == nil }.map { line in
    line.name + (line.mostCarriedForward.map { " (\(grouped($0)) at most)" } ?? "")
  }
  let rest = notKnown.isEmpty ? [] : ["  not known: \(listed(notKnown))"]
  let all = parts + rest
  return "Carried forward to the next year, by who pays:\n"
    + (all.isEmpty ? "  none" : all.joined(separator: "\n"))
}

/// Nil where all dated money is known to be spent in time.
private func datesText(_ monitor: ProgrammeMonitor) -> String? {
  let parts = monitor.datesAtRisk.map {
    "  \($0.line), \($0.payer): \(grouped($0.pounds)) to be spent by the end of \($0.deadline), "
      + ($0.expectedSpending.map { "now in \($0)" } ?? "not spent by then")
  }
  let risks = parts.isEmpty ? nil : "Money that is not spent by its date:\n" + parts.joined(separator: "\n")
  let unknown = monitor.datesWithoutForecast
  let gap =
    unknown.isEmpty
    ? nil
    : "Not known, since no forecast outturn is given: how much of the money of \(listed(unknown)) is left at the end of "
      + "\(monitor.financialYear), its date."
  let said = [risks, gap].compactMap { $0 }
  return said.isEmpty ? nil : said.joined(separator: "\n\n")
}

private func unpublishedText(_ monitor: ProgrammeMonitor) -> String? {
  let missing = monitor.notPublished.map {
    $0.lines.count == monitor.lines.count ? $0.figure : "\($0.figure) of \(counted($0.lines.count, "line"))"
  }
  guard !missing.isEmpty else { return nil }
  return "Not published: \(missing.joined(separator: ", "))\(notSplitText(monitor))."
}

/// Whose variance is not split into time, cost and scope; nothing where all are.
private func notSplitText(_ monitor: ProgrammeMonitor) -> String {
  let whole = monitor.lines.filter { $0.split == nil }.map(\.name)
  if whole.isEmpty { return "" }
  let split = " split into time, cost and scope"
  if whole.count == monitor.lines.count { return "; so the variance is not" + split }
  return "; so the variance of \(listed(whole)) is not\(split), nor is the total's"
}

/// Keys that were not published are left out.
struct MonitorAnswer: Encodable {
  struct Row: Encodable {
    let line: String
    let approvedBudget: Int?
    let revisedBudget: Int
    let spentToDate: Int
    let expectedToDate: Int
    let variance: Int
    let forecastOutturn: Int?
    let yearVariance: Int?
    let split: VarianceSplit?
    let carryForward: Int?
    let totalApproved: Int?
    let totalForecast: Int?
    let totalVariance: Int?
    let scopeChange: Int?
    let fundedBy: FundingSource?
    let spendBy: String?
    /// By the rule of 10%.
    let needsReason: Bool
    let reason: String?
  }

  struct Slipping: Encodable {
    let scheme: String
    let reason: String
  }

  struct DateAtRisk: Encodable {
    let line: String
    let spendBy: String
    /// Left out where no year is named.
    let nowSpentIn: String?
    let pounds: Int
  }

  let format = "places-monitor/1"
  let financialYear: String?
  let monthsElapsed: Int?
  let lines: [Row]
  let split: VarianceSplit?
  let carryForward: [ProgrammeMonitor.CarryForward]
  let datesAtRisk: [DateAtRisk]
  let datesWithoutForecast: [String]
  let slipping: [Slipping]
  let notPublished: [ProgrammeMonitor.NotPublished]

  init(_ monitor: ProgrammeMonitor?) {
    financialYear = monitor?.financialYear
    monthsElapsed = monitor?.monthsElapsed
    lines = (monitor?.lines ?? []).map(Row.init)
    split = monitor?.split
    carryForward = monitor?.carryForward ?? []
    datesAtRisk = (monitor?.datesAtRisk ?? []).map {
      DateAtRisk(
        line: $0.line, spendBy: $0.deadline.label, nowSpentIn: $0.expectedSpending?.label, pounds: $0.pounds)
    }
    datesWithoutForecast = monitor?.datesWithoutForecast ?? []
    slipping = (monitor?.slipping ?? []).map { Slipping(scheme: $0.name, reason: $0.reason) }
    notPublished = monitor?.notPublished ?? []
  }
}

extension MonitorAnswer.Row {
  init(_ line: ProgrammeMonitor.Line) {
    self.init(
      line: line.name, approvedBudget: line.approved, revisedBudget: line.revised, spentToDate: line.spent,
      expectedToDate: line.expected, variance: line.variance, forecastOutturn: line.outturn,
      yearVariance: line.yearVariance, split: line.split, carryForward: line.carryForward,
      totalApproved: line.approvedTotal, totalForecast: line.forecastTotal, totalVariance: line.totalVariance,
      scopeChange: line.scopeChange, fundedBy: line.fundedBy, spendBy: line.spendBy?.label,
      needsReason: line.needsReason, reason: line.reason)
  }
}
