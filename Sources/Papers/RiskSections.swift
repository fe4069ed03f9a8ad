internal import CapitalProgramme
internal import PlacePlanning
internal import Sufficiency

// What may go wrong: children without a place, costs above budget, money lost to delay.

extension PaperWriter {
  var risk: Section? {
    guard let stress = findings?.stress else { return nil }
    return Section(
      id: "risk", heading: "What may go wrong",
      blocks: [
        .paragraph(
          "The chosen programme was tried against \(grouped(stress.draws)) possible futures. In each, the number of "
            + "children, the dates of schemes and their costs all turn out differently, as far as past experience "
            + "lets us judge.")
      ] + placeRisk(stress) + costRisk(stress) + dateRisk(stress) + blockValue(stress))
  }

  private func areaName(_ code: PlanningAreaCode) -> String {
    model.areas.first { $0.code == code }?.name ?? code.text
  }

  private func placeRisk(_ stress: StressTest) -> [Block] {
    let worst = stress.areas.compactMap { worstCell(stress, $0) }
      .filter { $0.chanceShortByForm.delivered >= 0.05 }
      .sorted { ($1.chanceShortByForm.delivered, $0.area) < ($0.chanceShortByForm.delivered, $1.area) }
    guard let first = worst.first else {
      return [
        .heading("Children without a place"),
        .paragraph(
          "With the programme, no area has a chance of 1 in 20 or more of being a whole class of 30 short in Reception or "
            + "Year 7 in any year."),
      ]
    }
    return [
      .heading("Children without a place"),
      .paragraph(
        "With the programme, \(counted(worst.count, "area")) of \(grouped(stress.areas.count)) still "
          + "\(worst.count == 1 ? "has" : "have") a chance of 1 in 20 or more of being a whole class of 30 short in Reception "
          + "or Year 7 in some year. The highest is in \(areaName(first.area)): a chance of "
          + "\(chanceInWords(first.chanceShortByForm.delivered)) for \(first.yearGroup) in September "
          + "\(first.year.start). Such children would be offered places further away, or an extra class would have to be "
          + "found."),
      .table(
        Table(
          id: "place-risk", caption: "Areas that may be a class or more short in spite of the programme",
          columns: [
            .init("area", "Area", isNumber: false), .init("joining", "Joining", isNumber: false),
            .init("worst_year", "Worst year", isNumber: false),
            .init("class_short_on_time", "Chance of a class or more short, if schemes are on time"),
            .init("class_short", "With schemes as late as they tend to be"),
            .init("expected", "Places short then, on average"),
          ],
          rows: worst.map { cell in
            [
              .text(areaName(cell.area)), .text(cell.yearGroup.name), .text(cell.year.label),
              .chance(cell.chanceShortByForm.asPlanned), .chance(cell.chanceShortByForm.delivered),
              .number(cell.expectedUnmet.delivered),
            ]
          },
          footnote: footnote(
            Self.rollRoles + ["places", "schemes"], .derived,
            note:
              "Shares of \(grouped(stress.draws)) draws. How late and how dear schemes tend to be is assumed."
          ))),
    ]
  }

  /// The entry cell of an area in which a class or more is likeliest to be short; the earlier year of two alike.
  private func worstCell(_ stress: StressTest, _ area: StressTest.Area) -> StressTest.Cell? {
    stress.cells.filter { $0.area == area.area && $0.yearGroup == area.phase.entryYearGroup }
      .max { ($0.chanceShortByForm.delivered, $1.year) < ($1.chanceShortByForm.delivered, $0.year) }
  }

  private func costRisk(_ stress: StressTest) -> [Block] {
    guard stress.approved > 0 else { return [] }
    let more = stress.outturn.p50 - Double(stress.approved)
    return [
      .heading("Costs above budget"),
      .paragraph(
        "The programme is budgeted at \(poundsRoughly(Double(stress.approved))). The chance that it costs more is "
          + "\(chanceInWords(stress.chanceOverspend)); that it costs over a tenth more, "
          + "\(chanceInWords(stress.chanceOverspendByTenth)). In half of the futures it costs "
          + "\(poundsRoughly(stress.outturn.p50)) or less"
          + (more > 500 ? ", \(poundsRoughly(more)) above the budget" : "")
          + "; in 1 of 5 it costs more than \(poundsRoughly(stress.outturn.p80))."),
      .table(
        Table(
          id: "cost-risk", caption: "What schemes of each kind may cost",
          columns: [
            .init("class", "Kind of project", isNumber: false), .init("schemes", "Schemes"),
            .init("budget", "Budget"), .init("mean", "On average"),
            .init("p80", "Exceeded in 1 of 5 futures"),
          ],
          rows: stress.classes.map { risk in
            [
              .text(risk.referenceClass.replacing("_", with: " ")), .whole(risk.schemes.count),
              .pounds(risk.budget), .wholePounds(risk.outturn.mean), .wholePounds(risk.outturn.p80),
            ]
          },
          footnote: footnote(["schemes"], .derived, note: "How far costs tend to exceed budgets is assumed."))
      ),
    ]
  }

  private func dateRisk(_ stress: StressTest) -> [Block] {
    let atRisk = stress.datedMoney.filter { $0.chance > 0 }
    guard !atRisk.isEmpty else {
      return [
        .heading("Money with a deadline"),
        .paragraph("No money with a deadline is put at risk by late schemes."),
      ]
    }
    return [
      .heading("Money with a deadline"),
      .paragraph(
        "Some money has to be spent by a date. If schemes run late, part of \(counted(atRisk.count, "such sum")) may "
          + "have to be given back."),
      .table(
        Table(
          id: "dated-money", caption: "Money that late schemes may lose",
          columns: [
            .init("money", "Money", isNumber: false),
            .init("deadline", "To be spent by the end of", isNumber: false),
            .init("planned", "Planned to be spent"), .init("chance", "Chance that some is too late"),
            .init("expected", "Too late on average"),
          ],
          rows: atRisk.map { money in
            [
              .text(money.name), .text(money.deadline.label), .pounds(money.planned),
              .chance(money.chance), .wholePounds(money.expectedPounds),
            ]
          }, footnote: footnote(["section_106", "funding_pots"], .derived))),
    ]
  }

  /// A block is worth a line where it helps so many children a year.
  private static let leastHelped = 15.0

  private func blockValue(_ stress: StressTest) -> [Block] {
    let blocks = stress.areas.compactMap { area in
      area.block.flatMap { block in
        let helped = block.avoided / Double(max(1, block.until - block.from))
        return helped >= Self.leastHelped ? (area: area.area, block: block, helped: helped) : nil
      }
    }.sorted { ($1.helped, $0.area) < ($0.helped, $1.area) }
    guard !blocks.isEmpty else { return [] }
    return [
      .heading("What a temporary block would do"),
      .paragraph(
        "A block of temporary classrooms can bridge a gap. The table shows what one with 30 places in each year group, for three "
          + "years, would do on top of the programme, in areas where it makes good at least 15 missing places a year."
      ),
      .table(
        Table(
          id: "blocks", caption: "A temporary block in areas that may be short",
          columns: [
            .init("area", "Area", isNumber: false), .init("years", "From and until", isNumber: false),
            .init("avoided", "Missing places made good, a year"), .init("cost", "Cost"),
          ],
          rows: blocks.map { entry in
            [
              .text(areaName(entry.area)),
              .text("September \(entry.block.from.start) to July \(entry.block.until.start)"),
              .number(entry.helped),
              .wholePounds(entry.block.cost),
            ]
          },
          footnote: footnote(
            Self.rollRoles + ["schemes"], .derived,
            note: "A block costs what the model's own temporary schemes cost a place, on average."))),
    ]
  }
}
