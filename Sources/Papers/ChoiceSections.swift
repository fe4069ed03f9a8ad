internal import CapitalProgramme
internal import PlacePlanning
internal import Projection

// How the best plan was found, what is left out, and what a ranking by points would have chosen.

extension PaperWriter {
  var findings: ProgrammeFindings? { content.findings }
  var chosen: ChosenProgramme? { content.findings?.outcome.chosen }

  /// `from 2018/19 to 2027/28`: years of a programme as the papers name them.
  var programmeYears: String {
    guard let years = findings?.plan.financialYears, let first = years.first, let last = years.last else {
      return ""
    }
    return fromTo(first, last)
  }

  var choice: Section? {
    guard let findings else { return nil }
    var blocks: [Block] = [
      .paragraph(
        "The model holds \(counted(findings.plan.schemes.count, "possible scheme")), the years in which each could "
          + "start, and the money that there may be \(programmeYears). The search is over every combination that keeps the "
          + "rules of that money. Three aims settle the choice, one after the other:"),
      .bullets([
        "first, as few children as can be without a place in their own area",
        "second, the least cost to the authority over the years",
        "third, as little change to the approved programme as can be",
      ]),
    ]
    if let chosen, let part = schoolsBudget(chosen, findings.plan) { blocks.append(.paragraph(part)) }
    if let chosen {
      blocks.append(.paragraph(proof(findings.outcome, chosen)))
      blocks.append(.paragraph(effect(chosen) + middlePath(chosen)))
      blocks += [alreadyShort(), remaining(chosen), standing(chosen)].compactMap { $0.map { .paragraph($0) } }
      blocks += missingBlocks(chosen) + alreadyShortTable()
      blocks += [.table(linesTable(chosen)), .annex(payersTable(chosen))] + standingTable(chosen)
      blocks += approvedBlocks(chosen) + lateBlocks(chosen) + leftOutBlocks(chosen)
      blocks.append(.paragraph(pointsSentence(findings, chosen)))
    } else {
      blocks.append(.paragraph(noProgramme(findings.outcome)))
    }
    return Section(id: "choice", heading: "The best plan found, and what is left out", blocks: blocks)
  }

  /// Which part of the cost to the authority is not the council's own money; nil where there is none.
  private func schoolsBudget(_ chosen: ChosenProgramme, _ plan: CapitalPlan) -> String? {
    let pounds = chosen.presentCostToSchools(plan)
    guard pounds >= 0.5 else { return nil }
    return
      "The cost to the authority counts the growth fund and the start of new schools too. The Schools Forum sets these aside from the "
      + "schools' budget (DSG), so they are not the council's own money: of the plan's "
      + "\(poundsRoughly(chosen.accounts.presentCost)) in today's money they are \(poundsRoughly(pounds))."
  }

  /// Why there is no programme to show.
  func noProgramme(_ outcome: ProgrammeOutcome) -> String {
    switch outcome {
    case .unaffordable(let missing):
      let pounds = missing.reduce(0) { $0 + $1.pounds }
      return
        "The schemes that must go ahead cannot all be paid for: \(poundsExact(pounds)) is missing. So there is "
        + "no programme to show. Find that money, or release a scheme from its commitment."
    case .incompatible:
      return
        "The schemes that must go ahead exclude one another: a start date, a choice between options or a "
        + "scheme that must come first forbids it. So there is no programme to show."
    case .withoutProgramme:
      return "The search was stopped before it found any programme. There may be one; none is shown here."
    case .failed:
      return "The search failed, so no programme is shown. This is a fault of the program, not of the data."
    case .proven, .stopped: return ""
    }
  }

  private func proof(_ outcome: ProgrammeOutcome, _ chosen: ChosenProgramme) -> String {
    let checked =
      " A second piece of code, which shares nothing with the search, then checked every rule again to the pound."
    guard case .proven = outcome else {
      let gap = chosen.steps.first { !$0.isProven }?.gap ?? .infinity
      return
        "The search was stopped before it was finished. The plan below keeps every rule, but a better one "
        + "may exist"
        + (gap.isFinite
          ? ": the one still open aim could be met up to \(percent(gap, places: 1)) better." : ".")
        + checked
    }
    let gap = chosen.steps.map(\.gap).max() ?? 0
    return
      (gap < 1e-6
      ? "The plan below is proven best: no other choice of these schemes, with this money, does better by these "
        + "aims."
      : "The plan below is proven best to within \(fixed(max(0.01, gap * 100), places: 2))%: no other choice of "
        + "these schemes, with this money, does better than that.") + checked
  }

  /// Children without a place, with the plan and without it.
  func effect(_ chosen: ChosenProgramme) -> String {
    let years = chosen.yearsInAll
    let (with, without) = chosen.unmetPlaceYears
    let (left, before) = (Int((with / years).rounded()), Int((without / years).rounded()))
    if chosen.programme.choices.isEmpty { return "It starts no scheme. " + missingAnyway(before) }
    let start =
      "It starts \(counted(chosen.programme.choices.count, "scheme")) and costs "
      + "\(poundsRoughly(chosen.cost)) \(programmeYears). "
    if before == 0 { return start + "Even without it, no area is expected to be short of places." }
    return start
      + "Without any of it, about \(counted(before, "place")) would be missing in an average year, counted in each area and "
      + "year group by itself; with it, "
      + (left == 0 ? "almost none." : left == before ? "as many." : "about \(grouped(left)).")
      + (content.ranges.map { " Both are averages over \(grouped($0.draws)) possible futures." } ?? "")
  }

  /// Children without a place, where the plan starts nothing.
  private func missingAnyway(_ places: Int) -> String {
    if places == 0 { return "No area is expected to be short of places." }
    return
      "About \(counted(places, "place")) would be missing in an average year, counted in each area and year group by itself."
      + (content.ranges.map { " This is an average over \(grouped($0.draws)) possible futures." } ?? "")
  }

  /// What is built, when, for how many children and at what cost; `payersTable` says who pays.
  private func linesTable(_ chosen: ChosenProgramme) -> Table {
    let years = chosen.yearsInAll
    let lines = byOpening(chosen.lines)
    let haveSchools = lines.contains { $0.scheme.school != nil }
    let total: [Table.Cell] =
      [.text("Total")] + (haveSchools ? [.text("")] : [])
      + [.text(""), .text(""), .text(""), .text(""), .pounds(chosen.cost)]
    return Table(
      id: "chosen", caption: "The best plan found, by scheme",
      columns: [.words("scheme", "Scheme")]
        + (haveSchools ? [.words("school", "School")] : []) + [
          .words("opens", "Opens"), .words("until", "Until"),
          .init("places_per_year_group", "Places for each new intake"),
          .init("children_a_year", "Missing places made good, a year"), .init("cost", "Cost"),
        ],
      rows: lines.map { line -> [Table.Cell] in
        let places = line.scheme.places
        let what: [Table.Cell] = [
          .text(line.opening.map { "Sept \($0.start)" } ?? "none"), .text(untilWords(line)),
          places.map { .whole($0.perYearGroup) } ?? .text("none"),
          places == nil ? .text("none") : .number(line.unmetWithoutIt / years), .pounds(line.cost),
        ]
        return [named(line)] + (haveSchools ? [.text(line.scheme.school?.name ?? "none named")] : []) + what
      } + [total],
      hasTotalRow: true,
      footnote: footnote(
        pupilRoles() + Self.moneyRoles + Self.placeRoles, .derived,
        note:
          "Money of the day, over the plan's years. In order of opening; schemes without places come last. An extra class "
          + "is one intake alone and stays until its children leave. Missing places made good: how many more would be missing if "
          + "that scheme alone were taken out and nothing else changed, on average over all years of the plan, also those before it "
          + "opens. It counts as the first aim does, with the weights of years and phases in the assumptions log. Schemes in one area "
          + "help the same children, so the column does not add up." + committedNote(chosen)))
  }

  /// What `(committed)` says beside a scheme; empty where none is.
  private func committedNote(_ chosen: ChosenProgramme) -> String {
    chosen.lines.contains { $0.scheme.isCommitted }
      ? " Schemes marked “(committed)” must be in the plan, which chooses only when they start and who pays for them."
      : ""
  }

  /// Who pays for each scheme, and in which year work on it starts; in the same order.
  private func payersTable(_ chosen: ChosenProgramme) -> Table {
    let total: [Table.Cell] =
      [.text("Total"), .text("")] + FundingSource.allCases.map { .pounds(chosen.paid($0)) }
      + [.pounds(chosen.cost)]
    return Table(
      id: "chosen-payers", caption: "Who pays for each scheme of the best plan found",
      short: "Chosen, who pays",
      columns: [.words("scheme", "Scheme"), .words("starts", "Work starts in")]
        + FundingSource.allCases.map { .init($0.rawValue, $0.name) } + [.init("cost", "Cost")],
      rows: byOpening(chosen.lines).map { line -> [Table.Cell] in
        [named(line), .text(line.start.label)]
          + FundingSource.allCases.map { .pounds(line.funding[$0] ?? 0) } + [.pounds(line.cost)]
      } + [total],
      hasTotalRow: true, footnote: moneyFootnote(andThat: committedNote(chosen)))
  }

  private func named(_ line: ProgrammeLine) -> Table.Cell {
    .text(
      line.scheme.name + (line.scheme.partOfPhase.map { ", \($0)" } ?? "")
        + (line.scheme.isCommitted ? " (committed)" : ""))
  }

  private func leftOutBlocks(_ chosen: ChosenProgramme) -> [Block] {
    let out = chosen.leftOut
    if out.isEmpty { return [.paragraph("Every scheme from which the plan is chosen is in it.")] }
    let forMoney = out.count { isForMoney($0) }
    let isUnweighed = out.contains { $0.reason == .addsNoPlaces }
    return [
      .paragraph(
        leftOutSentence(out.count, forMoney: forMoney)
          + (isUnweighed
            ? " The plan does not weigh schemes that add no mainstream places, however urgent they are. They must be committed, or "
              + "judged by another list." : "")),
      .table(leftOutTable(out, years: chosen.yearsInAll)),
    ]
  }

  private func leftOutTable(_ out: [LeftOut], years: Double) -> Table {
    Table(
      id: "left-out", caption: "Schemes left out and why",
      columns: [
        .words("scheme", "Scheme"), .words("reason", "Why"),
        .init(
          "would_help", "Missing places that it would make good on top of the plan, average of all years"),
      ],
      rows: out.map { entry in
        [.text(entry.scheme.name), .text(words(entry)), .number(entry.wouldMeet / years)]
      },
      footnote: footnote(
        pupilRoles() + Self.moneyRoles + Self.placeRoles, .derived,
        note:
          "The last column counts as the first aim does, with the weights of years and phases in the assumptions log, and takes "
          + "the start with which the scheme would help most."))
  }

  private func leftOutSentence(_ count: Int, forMoney: Int) -> String {
    let start = "\(counted(count, "scheme").capitalisedFirst) \(count == 1 ? "is" : "are") left out"
    switch (count, forMoney) {
    case (_, 0): return start + ". The table says why."
    case (1, _): return start + ", because of money or time. The table says more."
    default:
      return start
        + ", \(forMoney == count ? "all" : grouped(forMoney)) of them because of money or time. The table says why for each."
    }
  }

  private func isForMoney(_ entry: LeftOut) -> Bool {
    switch entry.reason {
    case .money: entry.wouldMeet > 0
    case .optionTooDear: true
    case .otherOption, .waitsFor, .addsNoPlaces, .notNeeded: false
    }
  }

  private func words(_ entry: LeftOut) -> String {
    switch entry.reason {
    case .otherOption(let name): "another option is chosen: \(name)"
    case .optionTooDear(let name):
      "it would make good more places, but the money is not there early enough; chosen instead: \(name)"
    case .waitsFor(let name): "it needs a scheme that is left out: \(name)"
    case .addsNoPlaces: "it adds no places in mainstream year groups, and is not committed"
    case .notNeeded: "with the chosen schemes, its places would stay empty"
    case .money where entry.wouldMeet == 0:
      "its places would be filled, but missing places there are given no weight"
    case .money:
      "its places would be filled, but the money is not there, comes too late or does more elsewhere"
    }
  }

  private func pointsSentence(_ findings: ProgrammeFindings, _ chosen: ChosenProgramme) -> String {
    let (ours, theirs) = (chosen.accounts, findings.ranking.report.accounts)
    let count = findings.ranking.lines.filter { $0.start != nil }.count
    let years = chosen.yearsInAll
    let more = Int(((theirs.unmet.reduce(0, +) - ours.unmet.reduce(0, +)) / years).rounded())
    let pounds = theirs.presentCost - ours.presentCost
    let start =
      "Councils often rank schemes by points. With the points that this model gives, such a ranking would start "
      + "\(counted(count, "scheme")). It would "
    let pupils =
      more == 0
      ? "leave as many places missing"
      : "leave about \(counted(abs(more), "place")) \(more > 0 ? "more" : "fewer") missing in an average year"
    let cost =
      !findings.ranking.isAtLeastCost
      ? "."
      : abs(pounds) < 500
        ? " at the same cost to the authority over the years."
        : " and cost the authority about \(poundsRoughly(abs(pounds))) \(pounds > 0 ? "more" : "less") over the years, in "
          + "today's money."
    let breaches = findings.ranking.report.breaches
    return start + pupils + cost
      + (breaches.isEmpty
        ? "" : " It would also break \(counted(breaches.count, "rule")) on the money or the schemes.")
  }
}

extension String {
  /// The first letter large: `three schemes` becomes `Three schemes`.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension ChosenProgramme {
  /// How many years the plan has, one at the least: what sums over them are divided by for an average year.
  var yearsInAll: Double { Double(max(1, problem.years.count)) }
}
