internal import Diagnostics
internal import PlacePlanning

// Schemes against the years of the programme and against each other.

/// Refuses starts outside the programme, and spending after its end (E214).
func checkWindows(_ schemes: [Placed<Scheme>], _ context: CapitalContext, _ list: inout DiagnosticList) {
  let (first, last) = (context.firstYear, context.lastYear)
  for scheme in schemes {
    let (value, row) = (scheme.value, scheme.row)
    let window = value.window
    for (column, year) in [("first_start", window.lowerBound), ("last_start", window.upperBound)]
    where year < first || year > last {
      list.add(
        .windowOutsideProgramme, at: row.place(column),
        what: "'\(column)' is \(year); the programme runs from \(first) to \(last)",
        why: "a start outside it could never be chosen", fix: "correct the year, or the model's horizon_years"
      )
    }
    let end = window.upperBound + max(0, value.profile.count - 1)
    if window.upperBound <= last, end > last {
      list.add(
        .windowOutsideProgramme, at: row.place("last_start"),
        what:
          "'\(value.name)' started in \(window.upperBound) is paid for until \(end); the programme ends in \(last)",
        why: "its last payments would be counted nowhere",
        fix: "write \(last + -(value.profile.count - 1)) or earlier, or lengthen the model's horizon_years")
    }
    if let approved = value.approvedStart, !window.contains(approved) {
      list.add(
        .windowOutsideProgramme, at: row.place("approved_start"),
        what:
          "'approved_start' is \(approved); the scheme may start from \(window.lowerBound) to \(window.upperBound)",
        why: "the approved programme could not be chosen", fix: "correct one of the years")
    }
  }
}

/// Refuses prerequisites that run in a circle (E215), and those that leave a scheme no year to start in (E216).
func checkPrerequisites(_ schemes: [Placed<Scheme>], _ list: inout DiagnosticList) {
  let byKey = Dictionary(schemes.map { ($0.value.key, $0) }) { first, _ in first }
  let circles = Set(schemes.compactMap { circle(from: $0.value.key, byKey) })
  for circle in circles.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
    guard let row = byKey[circle[0]]?.row else { continue }
    list.add(
      .prerequisiteCircle, at: row.place("requires"),
      what: "schemes require each other in a circle: \((circle + [circle[0]]).joined(separator: " > "))",
      why: "each would have to start before the others", fix: "take one of them out of a 'requires'")
  }
  guard circles.isEmpty else { return }
  for scheme in schemes {
    let (value, row) = (scheme.value, scheme.row)
    for key in value.prerequisites {
      guard let prerequisite = byKey[key] else { continue }
      let earliest = earliestStart(of: prerequisite, byKey)
      if earliest > value.window.upperBound {
        list.add(
          .prerequisiteTooLate, at: row.place("requires"),
          what:
            "'\(value.key)' may start until \(value.window.upperBound); '\(key)', which it requires, from \(earliest)",
          why: "it could never start", fix: "correct the years of one of the two")
      } else if let group = value.optionGroup, group == prerequisite.value.optionGroup {
        list.add(
          .prerequisiteTooLate, at: row.place("requires"),
          what: "'\(value.key)' requires '\(key)', which is in its own option group '\(group)'",
          why: "at most one of the group is chosen, so it could never start", fix: "correct one of the two")
      }
    }
  }
}

/// The first circle of prerequisites that leads back to a scheme, its smallest key first; nil when there is none.
private func circle(from start: String, _ byKey: [String: Placed<Scheme>]) -> [String]? {
  var found: [String]?
  var seen: Set<String> = []
  func follow(_ key: String, _ path: [String]) {
    for next in byKey[key]?.value.prerequisites.sorted() ?? [] where found == nil {
      if next == start {
        found = path
      } else if seen.insert(next).inserted {
        follow(next, path + [next])
      }
    }
  }
  follow(start, [start])
  guard let found, let least = found.indices.min(by: { found[$0] < found[$1] }) else { return nil }
  return Array(found[least...] + found[..<least])
}

/// The first year in which a scheme and all that it requires can have started. Prerequisites must not run in a circle.
private func earliestStart(of scheme: Placed<Scheme>, _ byKey: [String: Placed<Scheme>]) -> FinancialYear {
  scheme.value.prerequisites.compactMap { byKey[$0] }.map { earliestStart(of: $0, byKey) }
    .reduce(scheme.value.window.lowerBound, max)
}

/// Refuses two committed schemes of one option group (E217).
func checkOptionGroups(_ schemes: [Placed<Scheme>], _ list: inout DiagnosticList) {
  var committed: [String: Scheme] = [:]
  for scheme in schemes where scheme.value.isCommitted {
    guard let group = scheme.value.optionGroup else { continue }
    if let first = committed[group] {
      list.add(
        .optionGroupTwice, at: scheme.row.place("committed"),
        what: "'\(first.key)' and '\(scheme.value.key)' of option group '\(group)' are both committed",
        why: "at most one of a group is chosen", fix: "commit to one of them, or part them")
    } else {
      committed[group] = scheme.value
    }
  }
}

/// A rival plan starts schemes of its own area, one of an option group at most (E201, E217), and as approved only what has an approved
/// start (E014).
func checkRival(
  _ plan: RivalPlan, _ row: DatasetRow, _ schemes: [Placed<Scheme>], _ list: inout DiagnosticList
) {
  var chosen: [String: String] = [:]
  for key in plan.schemes {
    guard let scheme = schemes.first(where: { $0.value.key == key })?.value else { continue }
    if scheme.area != plan.area {
      list.add(
        .unknownCode, at: row.place("schemes"),
        what:
          "'\(key)' is no scheme of area \(plan.area); it is one of \(scheme.area.map { "area \($0)" } ?? "the whole authority")",
        why: "a rival plan answers the need of one area", fix: "take it out, or correct the area")
    }
    if plan.startsAsApproved, scheme.approvedStart == nil {
      list.add(
        .wrongValue, at: row.place("starts"),
        what: "plan '\(plan.key)' starts '\(key)' as approved, which has no 'approved_start'",
        why: "there is no year to start it in", fix: "give its approved_start, or leave 'starts' blank")
    }
    guard let group = scheme.optionGroup else { continue }
    if let first = chosen[group] {
      list.add(
        .optionGroupTwice, at: row.place("schemes"),
        what: "plan '\(plan.key)' has '\(first)' and '\(key)' of option group '\(group)'",
        why: "at most one of a group is chosen", fix: "keep one of them")
    }
    chosen[group] = key
  }
}

/// Warns of lines of the approved programme that no scheme carries, of approved schemes without a line (W311), and of budgets that are not
/// what the schemes cost, as the data set states them (W312).
func warnOfUnmatchedApproval(
  _ lines: [Placed<ApprovedScheme>], _ placed: [Placed<Scheme>], _ plan: CapitalPlan,
  _ list: inout DiagnosticList
) {
  let schemes = placed.map(\.value)
  let carried = schemes.filter { $0.approvedStart != nil }
  guard !carried.isEmpty else { return }
  // What a line may mean is not told again as a scheme without a line.
  var proposed: Set<String> = []
  for (line, place) in lines.map({ ($0.value, $0.row.place("scheme")) }) {
    let matches = carried.filter { $0.name == line.name }
    if matches.isEmpty {
      let near = proposedName(for: line.name, among: schemes.map(\.name))
      if let near { proposed.insert(near) }
      list.add(
        .approvedNotMatched, at: place, what: "no scheme with an approved start is called '\(line.name)'",
        why: "a line of the approved programme that no scheme carries is left out of every programme",
        fix: near.map {
          "is it '\($0)'? Give that scheme this name and an approved_start"
        } ?? "add it to schemes, under exactly this name")
      continue
    }
    warnOfApprovedCost(line, at: place, matches, plan, &list)
  }
  // Without any line the model says nothing of an approved programme.
  let names = Set(lines.map(\.value.name))
  guard !names.isEmpty else { return }
  for scheme in placed
  where scheme.value.approvedStart != nil && !names.contains(scheme.value.name)
    && !proposed.contains(scheme.value.name)
  {
    list.add(
      .approvedNotMatched, at: scheme.row.place("approved_start"),
      what: "'\(scheme.value.key)' has an approved start, and no line of the approved programme is called "
        + "'\(scheme.value.name)'",
      why: "it would count as approved, and no budget of the approved programme pays for it",
      fix: proposedName(for: scheme.value.name, among: names).map {
        "is it '\($0)'? Give both the same name"
      }
        ?? "add its line to programme, or leave its approved_start blank")
  }
}

/// Warns of a line of the approved programme whose budget is not what the schemes that carry it cost (W312).
private func warnOfApprovedCost(
  _ line: ApprovedScheme, at place: SourceLocation, _ schemes: [Scheme], _ plan: CapitalPlan,
  _ list: inout DiagnosticList
) {
  let cost = schemes.reduce(0) { sum, scheme in
    sum + (scheme.approvedStart.map { plan.spending(scheme, startingIn: $0) } ?? []).reduce(0, +)
  }
  guard cost != line.budget.pounds else { return }
  // What a scheme costs in prices of another year is not the figure that its row shows.
  var raised: String?
  if schemes.count == 1, let stated = schemes.first?.cost, stated.priceBase != .cash, stated.pounds != cost {
    raised =
      " in the money of its years, from \(grouped(stated.pounds)) in prices of \(stated.priceBase.label)"
  }
  list.add(
    .approvedCostDiffers, at: place,
    what:
      "the budget of '\(line.name)' is \(grouped(line.budget.pounds)); its scheme costs \(grouped(cost))"
      + (raised ?? ""),
    why: "the two should be the same money",
    fix: raised == nil
      ? "correct one of them, or say in the scheme's note why they differ"
      : "give what the scheme costs in cash, as approved, or say in its note why they differ")
}
