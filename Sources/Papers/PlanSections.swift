internal import CapitalProgramme
internal import PlacePlanning
internal import Sufficiency

// How firm the best plan is, which of its schemes help little, and its schemes in words.

extension PaperWriter {
  /// A scheme is named where more than this share of its cost falls in years after it opens.
  private static let mostAfterOpening = 0.25

  /// The model's own words on resources, and what the plan would cost beside what is decided.
  var resources: String {
    guard let chosen, chosen.cost > 0 else { return model.identity.resources }
    let borrowed = chosen.paid(.internalBorrowing)
    let revenue = findings?.revenue.flatMap(revenueCosts)
    let ofSchools = findings?.revenue.flatMap(fromSchoolsBudget)
    let approved = content.programme.total
    // Who reads no further is not to take the budget for what the plan is likely to cost.
    let likely = findings?.stress.flatMap { stress -> String? in
      let half = poundsRoughly(stress.outturn.p50)
      guard stress.outturn.p50 > Double(stress.approved), half != poundsRoughly(stress.approved)
      else { return nil }
      return "In half of the possible futures it would cost more than \(half)."
    }
    let sentences: [String?] = [
      model.identity.resources,
      approved > 0 ? "Only the approved programme of \(poundsRoughly(approved)) is decided." : nil,
      "The best plan found would cost \(poundsRoughly(chosen.cost)) \(programmeYears)"
        + (borrowed > 0 ? ", \(poundsRoughly(borrowed)) of it borrowed." : "."),
      likely,
      revenue.map { "Running costs come on top: \($0)." },
      ofSchools, approved > 0 ? nil : "None of it is decided.",
    ]
    return sentences.compactMap { $0 }.joined(separator: " ")
  }

  /// How many of the plan's schemes are approved as they stand, and how many rest on assumptions. Nil for a plan without schemes.
  func standing(_ chosen: ChosenProgramme) -> String? {
    let all = chosen.lines.count
    guard all > 0 else { return nil }
    let lines = linesByApproval(chosen)
    let (same, changed, new) = (lines.same.count, lines.changed.count, lines.new.count)
    let assumed = chosen.lines.count { $0.scheme.mark == .assumed }
    let ownRest = all == 1 ? "its scheme" : "its \(grouped(all)) schemes"
    let parts = [
      same == 0
        ? nil : same == 1 ? "1 is approved and unchanged" : "\(grouped(same)) are approved and unchanged",
      changed == 0
        ? nil
        : "\(grouped(changed)) \(changed == 1 ? "is" : "are") approved, but with another start or other money",
      new == 0
        ? nil
        : "nobody has approved the other" + (new == 1 ? "" : " \(grouped(new))"),
    ].compactMap { $0 }
    let start =
      new + changed == 0
      ? "Every scheme of the plan is approved and unchanged."
      : new == all
        ? "This plan is a calculation, not a decision: nobody has approved "
          + (all == 1 ? "its scheme." : "any of \(ownRest).")
        : "Apart from what is approved, this plan is a calculation, not a decision. Of \(ownRest), "
          + parts.joined(separator: "; ") + "."
    let rest =
      switch assumed {
      case 0: ""
      case all:
        all == 1
          ? " Its places, cost or dates are assumed." : " Places, costs or dates of all of them are assumed."
      default: " Places, costs or dates of \(grouped(assumed)) of them are assumed."
      }
    return start + rest + approvedApart(chosen)
  }

  /// The schemes that `standing` counts. **Shape** approval, and last all of them.
  func standingTable(_ chosen: ChosenProgramme) -> [Block] {
    guard !chosen.lines.isEmpty else { return [] }
    let (same, changed, new) = linesByApproval(chosen)
    let rows: [(name: String, lines: [ProgrammeLine])] = [
      ("Approved and unchanged", same), ("Approved, but with another start or other money", changed),
      ("Approved by nobody", new), ("Total", chosen.lines),
    ]
    return [
      .annex(
        Table(
          id: "standing", caption: "What the schemes of the best plan found rest on",
          short: "What the schemes rest on",
          columns: [
            .words("approval", "Approval"), .init("schemes", "Schemes"),
            .init("assumed", "Schemes with places, costs or dates assumed"),
          ],
          rows: rows.map { name, lines -> [Table.Cell] in
            [.text(name), .whole(lines.count), .whole(lines.count { $0.scheme.mark == .assumed })]
          },
          hasTotalRow: true, footnote: footnote(Self.moneyRoles, .derived)))
    ]
  }

  private func linesByApproval(
    _ chosen: ChosenProgramme
  ) -> (same: [ProgrammeLine], changed: [ProgrammeLine], new: [ProgrammeLine]) {
    let approved = chosen.approvedSchemes(in: content.programme)
    let same = approved.filter(\.isUnchanged).compactMap(\.line)
    let changed = approved.filter { !$0.isUnchanged }.compactMap(\.line)
    let known = Set((same + changed).map(\.scheme.key))
    return (same, changed, chosen.lines.filter { !known.contains($0.scheme.key) })
  }

  /// Why the tables of places needed show another figure: they hold the middle path. Empty without draws or where there is no gap.
  func middlePath(_ chosen: ChosenProgramme) -> String {
    let need = Int(balance.averageNeed.rounded())
    guard content.ranges != nil, need > 0, balance.years.count == chosen.problem.years.count else {
      return ""
    }
    return
      " The table of places short and spare under “Pupil place planning” shows the middle path alone: about "
      + "\(counted(need, "place")) in an average year, without the plan. The averages are higher where places short in one "
      + "future are not made good by places spare in another."
  }

  /// What to know of schemes that open late, and of those that open before they are paid for.
  func lateBlocks(_ chosen: ChosenProgramme) -> [Block] {
    var points: [String] = []
    let limit = "The first aim puts no limit on what one place may cost."
    if let last = chosen.lastToOpen, last.yearsCounted * 2 < chosen.problem.years.count {
      let isOne = last.schemes == 1
      points.append(
        "Schemes that open late are counted for few years: \(grouped(last.schemes)) that \(isOne ? "opens" : "open") in "
          + "September \(last.opening.start) \(isOne ? "costs" : "cost") \(poundsRoughly(last.cost)) and "
          + "\(isOne ? "is" : "are") counted for \(last.yearsCounted == 0 ? "no year" : counted(last.yearsCounted, "year")). "
          + limit)
    } else {
      points.append(limit)
    }
    let effects = byOpening(chosen.schemeEffects, of: \.line)
    if let dear = dearSchemes(effects, chosen) { points.append(dear) }
    points += effects.compactMap { withoutNeed($0, chosen) }
    let early = byOpening(chosen.lines).filter { $0.shareAfterOpening > Self.mostAfterOpening }
    points += early.map { line in
      "\(line.scheme.name) opens in September \(line.opening?.start ?? 0), but "
        + "\(percent(line.shareAfterOpening)) of its cost falls in later years"
        + (model.datasets["scheme_profiles"]?.mark == .assumed
          ? ", by the pace of spending that is assumed" : "")
        + ". Its places may come later than shown, or its costs sooner."
    }
    return [.bullets(points)]
  }

  /// Schemes that make little difference to missing places for what they cost; nil where there are none.
  private func dearSchemes(_ effects: [SchemeEffect], _ chosen: ChosenProgramme) -> String? {
    let dear = effects.filter { $0.isDear && !$0.keepsNone }
    if dear.isEmpty { return nil }
    let names = dear.map { effect in
      let places = Int(effect.keptAwayAYear.rounded())
      return "\(effect.line.scheme.name) (\(costInWords(effect)) for "
        + "\(places == 0 ? "less than one" : grouped(places)) a year)"
    }
    let whose =
      dear.count == 1
      ? "One scheme makes little difference for its"
      : "\(grouped(dear.count)) schemes make little difference for their"
    let which =
      dear.count == 1 ? "If it" : dear.count == 2 ? "If either of them alone" : "If any of them alone"
    return "\(whose) cost. \(which) were taken out, less than one place more would be missing for every "
      + "\(poundsRoughly(ChosenProgramme.dearPlace)) it costs, in the years in which its places are there (the table by scheme counts "
      + "all years): \(listed(names)). What is done after \(chosen.problem.years.last?.label ?? "the last year") is not counted."
  }

  /// That a scheme makes no difference to missing places, and why it is in the plan as far as the accounts show it; nil for any other.
  private func withoutNeed(_ effect: SchemeEffect, _ chosen: ChosenProgramme) -> String? {
    guard let reason = effect.reasonWithoutNeed else { return nil }
    let last = chosen.problem.years.last?.label ?? "the last year"
    let start =
      "\(effect.line.scheme.name) (\(costInWords(effect))) makes no difference to missing places up to \(last)."
    switch reason {
    case .committed: return start + " It is committed."
    case .needed(let name): return start + " It is in the plan since \(name) needs it."
    case .moneyWouldGoBack(let pounds):
      return start
        + " It is in the plan since \(poundsExact(pounds)) would otherwise lapse or go back, which counts as a cost."
    case .notShown: return start
    }
  }

  /// What is paid for a scheme or, where that is more, what it costs the authority.
  private func costInWords(_ effect: SchemeEffect) -> String {
    poundsRoughly(effect.cost)
      + (effect.cost > Double(effect.line.cost) ? " of cost to the authority in today's money" : "")
  }

  // MARK: Schemes in words

  /// What a published plan would add, when it was to open, and when the best plan opens it, where one of the model's schemes is it.
  func plannedOpening(_ published: PublishedNeed) -> String {
    let name = published.plannedName
    if published.plannedPlacesPerYearGroup < 0.5 { return "\(name) adds no places in this scenario." }
    let start =
      "\(name) would add \(counted(Int(published.plannedPlacesPerYearGroup), "place")) a year group. The published plan was to "
      + "open in September \((published.plannedFrom - published.yearsLate).start)"
      + (published.yearsLate > 0
        ? ", which this scenario makes \(counted(published.yearsLate, "year")) later." : ".")
    guard let chosen, let scheme = published.plannedScheme,
      chosen.problem.candidates.contains(where: { $0.scheme.key == scheme })
    else { return start }
    guard let opening = chosen.lines.first(where: { $0.scheme.key == scheme })?.opening else {
      return start + " The plan worked out here leaves it out: these places are not there."
    }
    if opening == published.plannedFrom { return start + " In the plan worked out here it opens then." }
    return start + " In the plan worked out here it opens in September \(opening.start); "
      + (opening > published.plannedFrom
        ? "until then these places are not there." : "these places are there sooner.")
  }

  /// In order of opening, schemes without places last; those that open together stay in their order.
  func byOpening(_ lines: [ProgrammeLine]) -> [ProgrammeLine] { byOpening(lines, of: \.self) }

  /// The same of what has a line of the programme.
  private func byOpening<Item>(_ items: [Item], of line: (Item) -> ProgrammeLine) -> [Item] {
    let never = AcademicYear(.max)
    return items.enumerated().sorted { one, other in
      (line(one.element).opening ?? never, one.offset) < (line(other.element).opening ?? never, other.offset)
    }.map(\.element)
  }

  /// Until when a scheme's places are there, as a table says it.
  func untilWords(_ line: ProgrammeLine) -> String {
    if line.scheme.places == nil { return "none" }
    return line.closing.map { "July \($0.start)" } ?? "they stay"
  }

  /// Each scheme of a plan that adds places in an area, with what it adds and when; in order of opening.
  func schemesInWords(_ chosen: ChosenProgramme, _ area: PlanningArea) -> [String] {
    byOpening(chosen.lines).filter { $0.scheme.area == area.code && $0.scheme.places != nil }
      .map { "\($0.scheme.name): \(placesWords($0))" }
  }

  /// `60 places a year group, filling from Year 7 up from September 2022`: how a scheme's places come, and go.
  func placesWords(_ line: ProgrammeLine) -> String {
    guard let places = line.scheme.places, let opening = line.opening else { return "no places" }
    let count = counted(places.perYearGroup, "place")
    let entry = places.entryYearGroup.name
    let last = places.lastYearGroup.map { "to \($0.name)" }
    switch line.scheme.kind.capacityChange {
    case .bulge:
      return "\(count), for the children who start \(entry) in September \(opening.start) only"
        + (places.lastYearGroup.map { ", up to \($0.name)" } ?? "")
    case .temporary:
      return
        "\(count) a year group, filling year by year\(last.map { " from \(entry) \($0)" } ?? ""), from September \(opening.start)"
        + (line.closing.map { " to July \($0.start)" } ?? "")
    default:
      return "\(count) a year group, filling from \(entry) \(last ?? "up") from September \(opening.start)"
    }
  }
}
