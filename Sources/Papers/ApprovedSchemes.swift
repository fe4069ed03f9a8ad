internal import CapitalProgramme
internal import PlacePlanning

// What the plan makes of the approved schemes, and what it would mean to start them as approved.

extension PaperWriter {
  /// What the plan makes of the approved schemes; nothing where none of its schemes is an approved one.
  func approvedBlocks(_ chosen: ChosenProgramme) -> [Block] {
    let approved = chosen.approvedSchemes(in: content.programme)
    if approved.isEmpty { return [] }
    let changed = approved.filter { !$0.isUnchanged }
    if changed.isEmpty {
      let which = approvedWithoutScheme(chosen).isEmpty ? "Every" : "Every other"
      return [.paragraph("\(which) approved scheme keeps its start and its money in the plan.")]
    }
    let kept: [Block?] = [
      keptStarts(chosen).map { .paragraph($0) }, approvedStartsTable(chosen).map { .annex($0) },
    ]
    return [.table(approvedChangesTable(changed))] + kept.compactMap { $0 }
  }

  private func approvedChangesTable(_ changed: [ApprovedChange]) -> Table {
    Table(
      id: "approved-changes", caption: "Approved schemes whose start or money changes",
      columns: [
        .words("scheme", "Scheme"), .words("approved_start", "Start, as approved"),
        .words("start", "Start, in the plan"), .init("approved_cost", "Cost, as approved"),
        .init("cost", "Cost, in the plan"), .words("approved_money", "Paid by, as approved"),
        .words("money", "Paid by, in the plan"),
      ],
      rows: changed.map { change in
        [
          .text(change.scheme.name), .text(change.approvedStart.label),
          .text(change.line?.start.label ?? "left out"),
          change.approvedCost.map { .pounds($0) } ?? .text("not published"),
          change.line.map { .pounds($0.cost) } ?? .text("none"),
          .text(change.approvedFunding.map(payers) ?? "not published"),
          .text(change.line.map { payers($0.funding) } ?? "nobody"),
        ]
      },
      footnote: footnote(
        Self.moneyRoles + ["programme"], .derived,
        note:
          "Money of the day. Nobody has approved these changes: they are what the best plan found would need."
      ))
  }

  private func payers(_ funding: [FundingSource: Int]) -> String {
    let parts = FundingSource.allCases.compactMap { source in
      funding[source].flatMap { $0 > 0 ? "\(source.name.lowercased()) \(poundsExact($0))" : nil }
    }
    return parts.isEmpty ? "nobody" : parts.joined(separator: ", ")
  }

  /// What it would mean to start approved schemes as approved; nil where the plan does. In brief it names those that the plan moves, and
  /// leaves out why, and how the others were tried.
  func keptStarts(_ chosen: ChosenProgramme, inBrief: Bool = false) -> String? {
    guard let kept = findings?.approvedStarts else { return nil }
    let tried = inBrief ? "" : howOthersWereTried(kept)
    if !kept.missing.isEmpty { return missingMoney(kept, chosen) + tried }
    if let other = kept.programme { return beside(kept, other, chosen, inBrief: inBrief) + tried }
    let names = listed(kept.schemes.map(\.name))
    if case .notSettled = kept.comparison {
      return "Whether \(names) could start as approved was \(notSettledInTime)."
    }
    return
      "There is no programme in which \(names) \(kept.schemes.count == 1 ? "starts" : "start") as approved."
  }

  /// What was asked of all other schemes, and what that leaves unknown.
  private func howOthersWereTried(_ kept: ApprovedStarts) -> String {
    let others =
      kept.comparison.alternative?.reach == .fewStarts
      ? " Other schemes were tried only in the years that the plan gives them, up to two years later or left out; schemes that the plan "
        + "leaves out could come in."
      : " All other schemes were chosen anew."
    return others
      + (isProven(kept)
        ? "" : " Whether fewer could be missing with these starts, and at what cost, is not known.")
  }

  /// The sums that are missing where all approved schemes start as approved.
  private func missingMoney(_ kept: ApprovedStarts, _ chosen: ChosenProgramme) -> String {
    let years = Dictionary(grouping: kept.missing, by: \.year).sorted { $0.key < $1.key }.map { year, sums in
      "\(poundsExact(sums.reduce(0) { $0 + $1.pounds })) in \(chosen.problem.years[year])"
    }
    return
      "Were every approved scheme to start as approved\(wherePossible(chosen)), the money known of would not pay for all of them: "
      + "\(listed(years)) \(years.count == 1 && kept.missing.count == 1 ? "is" : "are") missing, at the least. The plan "
      + "\(moves(kept.schemes, chosen))."
  }

  /// Places missing and cost with approved schemes started as approved, beside those with the plan.
  private func beside(
    _ kept: ApprovedStarts, _ other: ChosenProgramme, _ chosen: ChosenProgramme, inBrief: Bool
  ) -> String {
    let isProven = isProven(kept)
    let years = chosen.yearsInAll
    func average(_ places: Double) -> Int { Int((places / years).rounded()) }
    let (here, there) = (average(chosen.unmetPlaceYears.with), average(other.unmetPlaceYears.with))
    let local = areasMoved(kept, other, chosen).map {
      "; in \($0.area.name) \(grouped($0.own)), not \(grouped($0.planned))"
    }
    let missing =
      there == 0 ? "almost no place" : (isProven ? "" : "at most ") + "about \(counted(there, "place"))"
    let (cost, planned) = (
      poundsRoughly(other.accounts.presentCost), poundsRoughly(chosen.accounts.presentCost)
    )
    let moved = moves(kept.schemes, chosen)
    return (inBrief ? "It \(moved). " : "")
      + "If all approved schemes started as approved\(wherePossible(chosen)), \(missing) would be missing in an average year, "
      + (there == here ? "as with the plan" : "not \(grouped(here))") + local.joined() + "."
      + (isProven
        ? " In borrowing, running costs and the like it would cost the authority \(cost) in today's money, "
          + (cost == planned ? "as the plan does." : "not \(planned).")
        : "")
      + (there > here && !inBrief
        ? " The first aim is as few missing places as can be, so the plan \(moved)." : "")
  }

  /// `delays North and leaves South out`: what the plan does with approved schemes that it does not start as approved.
  func moves(_ schemes: [Scheme], _ chosen: ChosenProgramme) -> String {
    let starts = Dictionary(chosen.lines.map { ($0.scheme.key, $0.start) }) { first, _ in first }
    var (later, sooner, out): ([String], [String], [String]) = ([], [], [])
    for scheme in schemes {
      guard let start = starts[scheme.key] else {
        out.append(scheme.name)
        continue
      }
      if let approved = scheme.approvedStart, start < approved {
        sooner.append(scheme.name)
      } else {
        later.append(scheme.name)
      }
    }
    let parts = [
      later.isEmpty ? nil : "delays \(listed(later))",
      sooner.isEmpty ? nil : "starts \(listed(sooner)) sooner",
      out.isEmpty ? nil : "leaves \(listed(out)) out",
    ].compactMap { $0 }
    return listed(parts)
  }

  /// The plan beside the best one in which all approved schemes start as approved, as `keptStarts` has them; nil where there is none.
  func approvedStartsTable(_ chosen: ChosenProgramme) -> Table? {
    guard let kept = findings?.approvedStarts, kept.missing.isEmpty, let other = kept.programme else {
      return nil
    }
    let years = chosen.yearsInAll
    let isProven = isProven(kept)
    let areas = areasMoved(kept, other, chosen).map(\.area)
    func row(_ name: String, _ plan: ChosenProgramme, _ missing: Table.Cell) -> [Table.Cell] {
      [.text(name), missing] + areas.map { .number(plan.figures(in: $0.code).unmet / years) }
        + (isProven ? [.wholePounds(plan.accounts.presentCost)] : [])
    }
    let (here, there) = (chosen.unmetPlaceYears.with / years, other.unmetPlaceYears.with / years)
    let most = Table.Cell(storing: there, shown: "at most \(whole(there))")
    return Table(
      id: "approved-starts",
      caption: "The best plan found, and the same with all approved schemes started as approved"
        + wherePossible(chosen),
      short: "Approved starts",
      columns: [
        .words("plan", "Plan"), .init("missing", "Places missing in an average year, all areas"),
      ] + areas.map { .init("missing_\($0.code)", "Places missing in an average year, \($0.name)") }
        + (isProven ? [.init("present_cost", "Cost to the authority, in today's money")] : []),
      rows: [
        row("The best plan found", chosen, .number(here)),
        row(
          "All approved schemes as approved" + wherePossible(chosen), other, isProven ? .number(there) : most),
      ],
      footnote: footnote(
        pupilRoles() + Self.moneyRoles + Self.placeRoles, .derived,
        note:
          "Missing places are those of all year groups\(overFutures). The cost is discounted to the first year."
      ))
  }

  /// Whether no better programme is possible with the starts as approved, so that its figures are known.
  func isProven(_ kept: ApprovedStarts) -> Bool {
    kept.comparison.alternative.map { $0.reach == .proven } ?? true
  }

  /// Areas of the schemes that would start as approved in which another number of places would then be missing, in an average year;
  /// none where another programme with these starts may be better.
  func areasMoved(_ kept: ApprovedStarts, _ other: ChosenProgramme, _ chosen: ChosenProgramme)
    -> [(area: PlanningArea, own: Int, planned: Int)]
  {
    let years = chosen.yearsInAll
    func average(_ plan: ChosenProgramme, _ area: PlanningArea) -> Int {
      Int((plan.figures(in: area.code).unmet / years).rounded())
    }
    if !isProven(kept) { return [] }
    return model.areas.filter { area in
      kept.schemes.contains { $0.area == area.code && $0.places != nil }
    }.map { (area: $0, own: average(other, $0), planned: average(chosen, $0)) }.filter {
      $0.own != $0.planned
    }
  }

  // MARK: Schemes that the plan cannot hold

  /// Approved schemes that the plan cannot hold, since a scenario or the model leaves them out: who reads what becomes of the approved
  /// schemes is not to count them in. ` North Primary expansion is approved too, but not …`; empty where there are none.
  func approvedApart(_ chosen: ChosenProgramme) -> String {
    let names = approvedWithoutScheme(chosen)
    if names.isEmpty { return "" }
    let which = names.count > 3 ? "\(grouped(names.count)) others" : listed(names)
    let (verb, them) = names.count == 1 ? ("is", "it") : ("are", "them")
    return
      " \(which) \(verb) approved too, but not among the schemes from which the plan is chosen: neither the plan nor what it is "
      + "compared with holds \(them)."
  }

  /// ` where possible`, behind what is said of all approved schemes started as approved; empty where each of them can be. Some cannot: a
  /// scenario leaves them out or makes them late, or the model holds no scheme of that name.
  func wherePossible(_ chosen: ChosenProgramme) -> String {
    let years = chosen.problem.years
    let isSomeTooLate = chosen.problem.candidates.contains { candidate in
      guard let approved = candidate.scheme.approvedStart else { return false }
      let year = years.firstIndex(of: approved)
      return !candidate.starts.contains { $0.year == year }
    }
    return isSomeTooLate || !approvedWithoutScheme(chosen).isEmpty ? " where possible" : ""
  }

  /// Names in the approved programme that no scheme bears from which the plan is chosen.
  func approvedWithoutScheme(_ chosen: ChosenProgramme) -> [String] {
    let held = Set(chosen.problem.candidates.map(\.scheme.name))
    return content.programme.lines.map(\.scheme.name).filter { !held.contains($0) }
  }
}
