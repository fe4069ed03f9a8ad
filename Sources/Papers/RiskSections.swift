internal import CapitalProgramme
internal import PlacePlanning

// What may go wrong: children without a place, costs above budget, money lost to delay.

extension PaperWriter {
  var risk: Section? {
    guard let stress = findings?.stress else { return nil }
    return Section(
      id: "risk", heading: "What may go wrong",
      blocks: [
        .paragraph(
          "The best plan found was tried against \(grouped(stress.draws)) possible futures. In each, the number of "
            + "children, the dates of schemes and their costs all turn out differently, by chances that are "
            + Self.howChancesAreKnown(model.assumptions) + ".")
      ] + placeRisk(stress) + costRisk(stress) + dateRisk(stress) + forwardRisk(stress)
        + blockValue(stress))
  }

  /// `partly measured and partly assumed; those for delays and costs are assumed`: what the marks of the model's assumptions say of the
  /// chances behind possible futures.
  static func howChancesAreKnown(_ assumptions: [Assumption]) -> String {
    func known(_ prefixes: [String]) -> String? {
      let marks = assumptions.filter { prefixes.contains(where: $0.key.hasPrefix) }.map(\.mark)
      let assumed = marks.count { $0 == .assumed }
      if marks.isEmpty { return nil }
      return assumed == marks.count
        ? "assumed" : assumed == 0 ? "measured" : "partly measured and partly assumed"
    }
    let all = known(["uncertainty.", "delivery."]) ?? "assumed"
    guard let ofDelivery = known(["delivery."]), ofDelivery != all else { return all }
    return "\(all); those for delays and costs are \(ofDelivery)"
  }

  private func placeRisk(_ stress: StressTest) -> [Block] {
    let worst = stress.areas.compactMap { worstCell(stress, $0) }
      .filter { $0.chanceShortByForm.delivered >= 0.05 }
      .sorted { ($1.chanceShortByForm.delivered, $0.area) < ($0.chanceShortByForm.delivered, $1.area) }
    guard let first = worst.first else {
      return [
        .heading("Children without a place"),
        .paragraph(
          "With the plan, no area has a chance of 1 in 20 or more of being a whole class of 30 short in Reception or "
            + "Year 7 in any one year."),
      ]
    }
    return [
      .heading("Children without a place"),
      .paragraph(
        "With the plan, \(counted(worst.count, "area")) of \(grouped(stress.areas.count)) still "
          + "\(worst.count == 1 ? "has" : "have") a chance of 1 in 20 or more of being a whole class of 30 short in Reception "
          + "or Year 7 in \(worst.count == 1 ? "its" : "their") worst year. The highest is in \(model.areaName(first.area)): a chance of "
          + "\(chanceInWords(first.chanceShortByForm.delivered)) for \(first.yearGroup) in September "
          + "\(first.year.start). Such children would be offered places further away, or an extra class would have to be "
          + "found."),
      .table(placeRiskTable(stress, worst)),
    ] + lateRisk(stress, worst)
  }

  private func placeRiskTable(_ stress: StressTest, _ worst: [StressTest.Cell]) -> Table {
    Table(
      id: "place-risk", caption: "Areas that may be a class or more short in spite of the plan",
      columns: [
        .words("area", "Area"), .words("joining", "Joining"), .words("worst_year", "Worst year"),
        .init("class_short", "Chance of a class or more short then"),
        .init("expected", "Places short then, on average"),
      ],
      rows: worst.map { cell -> [Table.Cell] in
        [
          .text(model.areaName(cell.area)), .text(cell.yearGroup.name), .text(cell.year.label),
          .chance(cell.chanceShortByForm.delivered), .number(cell.expectedUnmet.delivered),
        ]
      },
      footnote: footnote(
        pupilRoles() + Self.placeRoles + ["schemes"], .derived,
        note:
          "Shares of \(grouped(stress.draws)) possible futures. The worst year counts schemes as late as they tend to be, which is "
          + "assumed."
      ))
  }

  /// What late schemes do to the same chances, in each area's year in which they do most; nothing where they do next to nothing.
  private func lateRisk(_ stress: StressTest, _ worst: [StressTest.Cell]) -> [Block] {
    let late = worst.compactMap { lateCell(stress, $0) }
    if late.isEmpty { return [.paragraph("Late schemes add next to nothing to these chances.")] }
    let others = worst.count - late.count
    return [
      .paragraph(
        "Late schemes add to the chance in \(counted(late.count, "of these areas", "of these areas"))."
          + (others == 0
            ? ""
            : " In the other \(others == 1 ? "one" : grouped(others)) they move no chance by even half a percentage point.")
      ),
      .table(
        Table(
          id: "late-risk", caption: "What late schemes add to the chance of a class or more short",
          columns: [
            .words("area", "Area"), .words("joining", "Joining"),
            .words("late_year", "Year in which late schemes matter most"),
            .init("late_on_time", "Chance then, if schemes are on time"),
            .init("late_delivered", "Chance then, with schemes as late as they tend to be"),
          ],
          rows: late.map { cell -> [Table.Cell] in
            [
              .text(model.areaName(cell.area)), .text(cell.yearGroup.name), .text(cell.year.label),
              .chance(cell.chanceShortByForm.asPlanned), .chance(cell.chanceShortByForm.delivered),
            ]
          },
          footnote: footnote(
            pupilRoles() + Self.placeRoles + ["schemes"], .derived,
            note:
              "Shares of \(grouped(stress.draws)) possible futures. How late schemes tend to be is assumed."))
      ),
    ]
  }

  /// The entry cell of an area in which a class or more is likeliest to be short; the earlier year of two alike.
  private func worstCell(_ stress: StressTest, _ area: StressTest.Area) -> StressTest.Cell? {
    stress.cells.filter { $0.area == area.area && $0.yearGroup == area.phase.entryYearGroup }
      .max { ($0.chanceShortByForm.delivered, $1.year) < ($1.chanceShortByForm.delivered, $0.year) }
  }

  /// The cell of the same area and year group in which late schemes add most to the chance; nil where that is next to nothing.
  private func lateCell(_ stress: StressTest, _ worst: StressTest.Cell) -> StressTest.Cell? {
    let cell = stress.cells.filter { $0.area == worst.area && $0.yearGroup == worst.yearGroup }
      .max {
        ($0.chanceShortByForm.dueToDelivery, $1.year) < ($1.chanceShortByForm.dueToDelivery, $0.year)
      }
    return cell.flatMap { $0.chanceShortByForm.dueToDelivery >= 0.005 ? $0 : nil }
  }

  private func costRisk(_ stress: StressTest) -> [Block] {
    guard stress.approved > 0 else { return [] }
    return [
      .heading("Costs above budget"),
      .paragraph(
        "The plan is budgeted at \(poundsRoughly(stress.approved)). The chance that it costs more is "
          + "\(chanceInWords(stress.chanceOverspend)); that it costs over a tenth more, "
          + "\(chanceInWords(stress.chanceOverspendByTenth)). In half of the futures it costs "
          + "\(poundsRoughly(stress.outturn.p50)) or less"
          + "; in 1 of 5 it costs more than \(poundsRoughly(stress.outturn.p80))." + unfunded(stress)),
      .table(costRiskTable(stress)),
    ]
  }

  private func costRiskTable(_ stress: StressTest) -> Table {
    let schemes = stress.classes.reduce(0) { $0 + $1.schemes.count }
    // As what is shown of the kinds adds up.
    let mean = Table.Cell(
      storing: stress.outturn.mean,
      shown: poundsExact(stress.classes.reduce(0) { $0 + Int($1.outturn.mean.rounded()) }))
    let total: [Table.Cell] = [
      .text("Total"), .whole(schemes), .text(""), .pounds(stress.approved), mean,
      .wholePounds(stress.outturn.p50), .wholePounds(stress.outturn.p80),
    ]
    return Table(
      id: "cost-risk", caption: "How late schemes of each kind may be, and what they may cost",
      columns: [
        .words("class", "Kind of project"), .init("schemes", "Schemes"),
        .init("late", "Chance of each to start a year or more late"), .init("budget", "Budget"),
        .init("mean", "Cost on average"), .init("p50", "Cost exceeded in half of the futures"),
        .init("p80", "Cost exceeded in 1 of 5 futures"),
      ],
      rows: stress.classes.map { risk -> [Table.Cell] in
        [
          .text(risk.referenceClass.replacing("_", with: " ").capitalisedFirst), .whole(risk.schemes.count),
          chance(risk.input?.chanceOfYearLate), .pounds(risk.budget), .wholePounds(risk.outturn.mean),
          .wholePounds(risk.outturn.p50), .wholePounds(risk.outturn.p80),
        ]
      } + [total],
      hasTotalRow: true,
      footnote: footnote(
        ["schemes"], .derived,
        note:
          "How late schemes tend to start, how much longer building takes and how far costs exceed budgets is assumed, as in the "
          + "assumptions log. The last two columns do not add up, since not all kinds are dear in the same futures."
      ))
  }

  /// What nobody has set aside for costs above budget; empty where none are expected.
  private func unfunded(_ stress: StressTest) -> String {
    let excess = stress.outturn.mean - Double(stress.approved)
    guard let chosen, excess >= 1_000 else { return "" }
    let sums = FundingSource.allCases.map { ($0, chosen.sums($0).left) }.filter { $0.1 > 0 }
    let shared = poundsShared(sums.map(\.1))
    let named = zip(sums, shared.parts).map { source, part in
      sums.count == 1 ? source.0.name.lowercased() : "\(source.0.name.lowercased()) \(part)"
    }
    return
      " On average that is \(poundsRoughly(excess)) above the budget: beside the budgets of its schemes the model sets no contingency. "
      + "These chances follow from overruns that are assumed, and drawn for each scheme by itself; a rise of prices common to all is "
      + "not in them."
      + (sums.isEmpty
        ? ""
        : " \(shared.total) of the plan's money is left at the end ("
          + listed(named)
          + "), since it comes late or is tied to certain schemes and places.")
  }

  /// What is assumed of each scheme of a reference class.
  private func chance(_ assumed: Double?) -> Table.Cell {
    assumed.flatMap { $0 > 0 ? .percent($0, places: 0) : nil } ?? .text("none assumed")
  }

  private func dateRisk(_ stress: StressTest) -> [Block] {
    let atRisk = stress.datedMoney.filter { $0.chance > 0 }
    guard !atRisk.isEmpty else {
      return [
        .heading("Money with a deadline"),
        .paragraph("No money with a deadline is put at risk by late schemes or late homes."),
      ]
    }
    return [
      .heading("Money with a deadline"),
      .paragraph(
        "Some money has to be spent by a date. If schemes or homes run late, part of "
          + (atRisk.count == 1 ? "one such sum" : counted(atRisk.count, "such sum"))
          + " may have to be given back."),
      .table(
        Table(
          id: "dated-money", caption: "Money that late schemes or homes may lose",
          columns: [
            .words("money", "Money"), .words("deadline", "To be spent by the end of"),
            .init("planned", "Planned to be spent"), .init("chance", "Chance that some is too late"),
            .init("expected", "Too late on average"),
          ],
          rows: atRisk.map { money in
            [
              .text(money.name), .text(money.deadline.label), .pounds(money.planned),
              .chance(money.chance), .wholePounds(money.expectedPounds),
            ]
          },
          footnote: footnote(
            Self.moneyRoles + Self.homesRoles, .derived,
            note:
              "Years are those with homes on time; a deadline that counts from receipt moves with the homes.")
        )),
    ]
  }

  /// Section 106 money that late homes bring after the plan spends it; empty where the plan spends none that homes bring.
  private func forwardRisk(_ stress: StressTest) -> [Block] {
    guard !stress.forwardFunding.isEmpty,
      let worst = stress.forwardFundingYears.max(by: { ($0.spread.mean, $1.year) < ($1.spread.mean, $0.year) }
      )
    else { return [] }
    let says =
      worst.chance == 0
      ? "In none of the possible futures do homes come so late that the plan spends their money before it is paid."
      : "Where homes are late, the plan spends their money before it is paid, and the council has to find it until then. The most "
        + "is waited for at the end of \(worst.year): the chance that there is any is \(chanceInWords(worst.chance)), it is "
        + "\(poundsRoughly(worst.spread.mean)) on average, and \(poundsRoughly(worst.spread.p90)) or more in one possible future in "
        + "ten. Lent at the council's rate of interest, waiting costs \(poundsRoughly(stress.expectedForwardInterest)) on average "
        + "over the years of the plan. Whether the council may borrow so much was not tried."
    return [
      .heading("Developers' money that may come late"),
      .paragraph("Developers pay when a number of their homes are finished. " + says),
      .annex(forwardFundingTable(stress)),
    ]
  }

  private func forwardFundingTable(_ stress: StressTest) -> Table {
    Table(
      id: "forward-funding",
      caption: "Section 106 money that the plan spends and homes have yet to bring",
      columns: [
        .words("money", "Money"), .init("planned", "To be spent"), .words("wanted", "First spent in"),
        .words("due", "Due, with homes on time"), .init("chance", "Chance that it comes too late"),
        .init("beyond", "Chance that it comes after the plan's years"),
        .init("expected", "Waited for at the worst time, on average"),
      ],
      rows: stress.forwardFunding.map { money in
        [
          .text(money.name), .pounds(money.planned), .text(money.wanted.label), .text(money.due.label),
          .chance(money.chance), .chance(money.chanceBeyond), .wholePounds(money.expectedPounds),
        ]
      },
      footnote: footnote(
        Self.moneyRoles + Self.homesRoles, .derived,
        note: "How late homes tend to be is assumed; a site's homes and its pupils are late together."))
  }
}
