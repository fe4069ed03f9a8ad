internal import CapitalProgramme
internal import PlacePlanning
internal import Projection
internal import Sufficiency

// The rival answers to one area's need, and what a permanent school means when the wave of births has passed.

/// Stands in place of a comparison that the search could not make in its time.
public let notSettledInTime = "not settled in the time"

extension PaperWriter {
  /// A fall by a smaller share is none to speak of.
  static let leastFall = 0.02

  /// One section for each area that has rival plans.
  var rivalSections: [Section] {
    guard let rivals = findings?.rivals, !rivals.isEmpty else { return [] }
    let areas = model.areas.filter { area in rivals.contains { $0.rival.area == area.code } }
    return areas.enumerated().map { index, area in
      rivalSection(area, rivals.filter { $0.rival.area == area.code }, number: index + 1)
    }
  }

  func hasRivals(_ area: PlanningArea) -> Bool {
    findings?.rivals.contains { $0.rival.area == area.code } ?? false
  }

  private func rivalSection(_ area: PlanningArea, _ rivals: [RivalOutcome], number: Int) -> Section {
    let last = findings?.plan.financialYears.last?.academicYear
    let futures =
      content.ranges.map { "the same money and the same \(grouped($0.draws)) possible futures" }
      ?? "the same money"
    var blocks: [Block] = [
      .paragraph(
        "The model holds rival plans for \(area.name). Each plan below was given the best programme found around it, "
          + "with \(futures), all other schemes chosen anew. A plan that leaves more places missing often costs less: costs compare "
          + "only where about as many are missing." + unproven(rivals))
    ]
    blocks.append(.table(rivalTable(area, rivals, last, number: number)))
    if rivals.contains(where: { $0.figures != nil }) {
      let points = rivalPoints(area, rivals, last)
      if !points.isEmpty {
        blocks.append(points.count == 1 ? .paragraph(points.joined()) : .bullets(points))
      }
      blocks += chosenRival(area)
    }
    blocks += permanence(area)
    return Section(
      id: "rivals-\(number)", heading: "A new school or another answer: \(area.name)", blocks: blocks)
  }

  /// Which rival plans leave fewest places missing, how far empty places range, and what opens too late to count; nothing where no plan
  /// has figures.
  private func rivalPoints(
    _ area: PlanningArea, _ rivals: [RivalOutcome], _ last: AcademicYear?
  ) -> [String] {
    typealias Plan = (name: String, figures: RivalOutcome.Figures)
    let open: [Plan] = rivals.compactMap { outcome in outcome.figures.map { (outcome.rival.name, $0) } }
    let all: [Plan] = open + (chosen.map { [("The best plan found", $0.figures(in: area.code))] } ?? [])
    guard let fewest = open.map(\.figures.unmet).min(),
      let fullest = all.map(\.figures.surplusInLastYear).min(),
      let emptiest = all.map(\.figures.surplusInLastYear).max()
    else { return [] }
    func names(_ plans: [Plan], _ isMeant: (RivalOutcome.Figures) -> Bool) -> String {
      listed(plans.filter { isMeant($0.figures) }.map { "“\($0.name)”" })
    }
    var points: [String] = []
    // Which leaves fewest is not known where another programme around one of them may leave fewer.
    if open.count > 1, rivals.allSatisfy(\.isBest) {
      let these = "these \(grouped(open.count)) rival plans"
      points.append(
        !open.allSatisfy { $0.figures.unmet < fewest + 0.5 }
          ? "Of \(these), fewest places are missing in \(area.name) with: "
            + names(open) { $0.unmet < fewest + 0.5 } + "."
          : fewest < 0.5
            ? "With none of \(these) is a place missing in \(area.name)."
            : "\(these.capitalisedFirst) leave as many places missing in \(area.name).")
    }
    guard let last else { return points }
    if emptiest - fullest >= 1 {
      points.append(
        "Empty places in \(last) range from \(whole(fullest)) ("
          + names(all) { $0.surplusInLastYear < fullest + 0.5 } + ") to \(whole(emptiest)) ("
          + names(all) { $0.surplusInLastYear > emptiest - 0.5 } + ").")
    }
    let never = open.filter { ($0.figures.openings.first ?? last) > last }
    if !never.isEmpty {
      points.append(
        "Opened only after \(last), so that no place of it is counted: \(listed(never.map { "“\($0.name)”" }))."
      )
    }
    return points
  }

  /// The plans around which a better programme may be possible; empty where there are none.
  private func unproven(_ rivals: [RivalOutcome]) -> String {
    func names(_ reach: SearchReach) -> String? {
      let names = rivals.filter { $0.reach == reach }.map { "“\($0.rival.name)”" }
      return names.isEmpty ? nil : listed(names)
    }
    let few = names(.fewStarts).map {
      " Around \($0) schemes of other areas were tried only in the years of the best plan, up to two years later or left out: fewer "
        + "places may be missing in all areas, at another cost."
    }
    let bounded = names(.bounded).map {
      " It is not proven that the programme around \($0) is the best: fewer places may be missing in all areas, at another cost."
    }
    return (few ?? "") + (bounded ?? "")
  }

  /// The schemes that the best plan starts to add places in an area, with what they add and when.
  private func chosenRival(_ area: PlanningArea) -> [Block] {
    guard let chosen else { return [] }
    let schemes = schemesInWords(chosen, area)
    if schemes.isEmpty { return [.paragraph("The best plan found starts no scheme there that adds places.")] }
    return [.paragraph("In \(area.name) the best plan found starts:"), .bullets(schemes)]
  }

  private func rivalTable(
    _ area: PlanningArea, _ rivals: [RivalOutcome], _ last: AcademicYear?, number: Int
  ) -> Table {
    let years = Double(max(1, findings?.plan.years ?? 1))
    let lastLabel = last?.label ?? "the last year"
    let futures =
      content.ranges.map { "on average over \(grouped($0.draws)) possible futures" } ?? "on the middle path"
    let elsewhere = keptElsewhere(rivals).map { " \($0)" } ?? ""
    return Table(
      id: "rivals-table-\(number)", caption: "Rival plans for \(area.name)",
      columns: [
        .words("plan", "Plan"), .words("opens", "Opens"),
        .init("unmet", "Places missing, in an average year"),
        .init("unmet_all", "Places missing in all areas, in an average year"),
        .init("unmet_last", "Places missing in \(lastLabel)"),
        .init("empty_last", "Empty places in \(lastLabel)"),
        .init("cost", "Cost of its schemes"), .init("revenue", "Cost to the revenue budget"),
        .init("present_cost", "Whole programme, cost to the authority"),
      ],
      rows: rivals.map { outcome in
        guard let figures = outcome.figures else {
          let words = outcome.isSettled ? "not possible" : notSettledInTime
          return [.text(outcome.rival.name)] + (0..<8).map { _ in .text(words) }
        }
        return row(outcome.rival.name, figures, years)
      } + (chosen.map { [row("The best plan found", $0.figures(in: area.code), years)] } ?? []),
      footnote: footnote(
        pupilRoles() + Self.moneyRoles + Self.placeRoles + ["rival_plans"], .derived,
        note:
          "Missing and empty places are those of \(area.name) unless all areas are named, over all year groups, \(futures). A plan's "
          + "schemes start when they help the whole authority most with the money that there is, which may be later than they could. "
          + "Plans marked “as approved” start as approved, and other areas gain or lose by it. The cost of its schemes is money of the "
          + "day. The cost to the revenue budget is that of its schemes, up to August after the last year, without MRP and interest. The "
          + "last column is discounted to the first year; it includes borrowing, running costs (with the growth fund, which the schools' "
          + "budget bears), money lost or used up by dearer prices, empty places, and the debt and hire left after the last year."
          + elsewhere))
  }

  /// Says where the paper's other answer to “what if it started as approved” stands, and why it differs; nil unless both are given.
  private func keptElsewhere(_ rivals: [RivalOutcome]) -> String? {
    guard let chosen, let kept = findings?.approvedStarts, kept.programme != nil, kept.missing.isEmpty,
      rivals.contains(where: { $0.rival.startsAsApproved && $0.figures != nil })
    else { return nil }
    return
      "A rival plan adds no places here but its own and committed ones. All approved schemes started as approved"
      + "\(wherePossible(chosen)), with others beside them, are under “The best plan found, and what is left out”, with other figures."
  }

  private func row(_ name: String, _ figures: RivalOutcome.Figures, _ years: Double) -> [Table.Cell] {
    let opens =
      switch (figures.openings.first, figures.openings.last) {
      case (let first?, let last?) where first != last: "September \(first.start) to September \(last.start)"
      case (let first?, _): "September \(first.start)"
      default: "nothing opens"
      }
    return [
      .text(name), .text(opens), .number(figures.unmet / years), .number(figures.unmetInAllAreas / years),
      .number(figures.unmetInLastYear), .number(figures.surplusInLastYear), .pounds(figures.cost),
      .pounds(figures.revenue), .wholePounds(figures.presentCost),
    ]
  }

  /// What the births behind the joining year group mean for a school that stands for decades.
  private func permanence(_ area: PlanningArea) -> [Block] {
    let outlook = outlook(area, pupils, model)
    let known = outlook.rows.compactMap { row in row.districtBirths.map { (year: row.year, births: $0) } }
    guard let highest = known.max(by: { ($0.births, $1.year) < ($1.births, $0.year) }), let last = known.last
    else { return [] }
    let entry = area.phase.entryYearGroup.name
    let births = (outlook.lacksEarlierBirths ? Self.birthsHeld : "Births in") + " \(area.district)"
    let fall = 1 - last.births / highest.births
    if fall < Self.leastFall {
      return [
        .paragraph(
          "\(births) do not fall behind any \(entry) whose children are born and counted: nothing known today says that fewer "
            + "children would come to a permanent school later. How many of its places they fill, the column of empty places shows."
        )
      ]
    }
    return [
      .paragraph(
        "\(births) behind \(entry) are highest for September \(highest.year.start) "
          + "(\(whole(highest.births))). For September \(last.year.start), the last whose children are "
          + "all born and counted, they are \(whole(last.births)), \(percent(fall)) fewer. "
          + (outlook.falls(by: Self.leastFall)
            ? "A permanent school keeps its places when fewer are born; extra classes and temporary blocks do not. "
            : hasSites(in: area)
              ? "With new homes, pupils do not fall with them. " : "Pupils do not fall with them. ")
          + "The column of empty places shows what that means for each plan.")
    ]
  }
}
