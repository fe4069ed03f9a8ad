internal import Diagnostics
internal import PlacePlanning

/// A pot or an agreement, and all the money that it ever has.
private struct Purse {
  let key: String
  let source: FundingSource
  let rule: FundingRule
  let pounds: Int
}

/// What a line of the approved programme takes from one source, and the purses of that source that may pay for its scheme.
private struct Taking {
  let name: String
  let pounds: Int
  let purses: Set<String>
  let place: SourceLocation
}

/// Warns where the approved programme takes more from pots or agreements than they have in all, or money that none may pay (W335). Lines
/// that share pots are added up. Neither years nor `most_share` count: what is missing here is missing in any order of payments.
///
/// Lines that no scheme with an approved start carries have their own warning (W311). Agreements count even where their homes are not built,
/// since a scenario does not change what was approved. Borrowing is left out: a scenario may move its limits.
func warnOfMissingApprovedMoney(
  _ lines: [Placed<ApprovedScheme>], _ schemes: [Scheme], _ plan: CapitalPlan, _ context: CapitalContext,
  _ list: inout DiagnosticList
) {
  let pots = plan.pots.map {
    Purse(key: $0.key, source: $0.source, rule: $0.rule, pounds: $0.received.values.reduce(0, +))
  }
  let agreements = plan.agreements.map { agreement in
    let year = agreement.arrival(from: context.sites, by: context.lastYear) ?? context.lastYear
    let pounds = Int(plan.cash(agreement.amount, in: year).rounded(.up))
    return Purse(key: agreement.key, source: .section106, rule: agreement.rule, pounds: pounds)
  }
  // Where a model names no pots, or no agreements, it says nothing of their money.
  let money: [(source: FundingSource, all: [Purse])] = [
    (FundingSource.grant, pots), (FundingSource.schoolContribution, pots),
    (FundingSource.section106, agreements),
  ]
  for (source, all) in money where !all.isEmpty {
    let purses = all.filter { $0.source == source }
    let takings = lines.compactMap { line -> Taking? in
      let carried = schemes.filter { $0.approvedStart != nil && $0.name == line.value.name }
      guard !carried.isEmpty, let pounds = line.value.funding[source]?.pounds, pounds > 0 else { return nil }
      let usable = purses.filter { purse in carried.contains { purse.rule.allows($0) } }
      return Taking(
        name: line.value.name, pounds: pounds, purses: Set(usable.map(\.key)),
        place: line.row.place(source.rawValue))
    }
    warnOfMissing(source, takings, purses, &list)
  }
}

/// Warns of the smallest sets of purses that have too little; larger sets that contain one of them are not named again.
private func warnOfMissing(
  _ source: FundingSource, _ takings: [Taking], _ purses: [Purse], _ list: inout DiagnosticList
) {
  let sets = Set(takings.map(\.purses)).sorted {
    ($0.count, $0.sorted().joined(separator: " ")) < ($1.count, $1.sorted().joined(separator: " "))
  }
  var told: [Set<String>] = []
  for keys in sets where !told.contains(where: { !$0.isEmpty && $0.isSubset(of: keys) }) {
    let takers = takings.filter { $0.purses.isEmpty == keys.isEmpty && $0.purses.isSubset(of: keys) }
    let taken = takers.reduce(0) { $0 + $1.pounds }
    let there = purses.filter { keys.contains($0.key) }.reduce(0) { $0 + $1.pounds }
    guard taken > there, let first = takers.max(by: { $0.pounds < $1.pounds }) else { continue }
    told.append(keys)
    let lines = "'\(first.name)'" + (takers.count > 1 ? " and \(takers.count - 1) more" : "")
    let kind = source == .section106 ? "agreement" : "pot of that source"
    let names = firstEight(keys.sorted().map { "'\($0)'" })
    list.add(
      .approvedMoneyMissing, at: first.place,
      what: "the approved programme takes \(grouped(taken)) of \(source.rawValue) for \(lines)"
        + (keys.isEmpty
          ? "; no \(kind) may pay for that"
          : " from \(names), which \(keys.count == 1 ? "has" : "have") \(grouped(there)) in all"),
      why:
        "the paper would show approved money that is not there, and other programmes would be held against it",
      fix:
        "correct the line's sources, or what the money receives and may pay for; if both are as published, leave them"
    )
  }
}
