internal import CapitalProgramme
internal import PlacePlanning
internal import Projection
internal import Sufficiency

/// The papers of a run, in the order in which they are read.
public func report(_ content: PaperContent) -> [Paper] { [capitalPaper(content), demographicPaper(content)] }

/// The Education Capital paper, in the shape that a Schools Forum is used to.
func capitalPaper(_ content: PaperContent) -> Paper {
  let identity = content.model.identity
  let writer = PaperWriter(content)
  let header: [Paper.Particular] = [
    .init("Forum", identity.forum), .init("Date", identity.meeting.longLabel),
    .init("Type of decision", identity.decision), .init("Purpose", identity.purpose),
    .init("Recommendation", identity.recommendation), .init("Resource implications", writer.resources),
  ]
  let money = [
    writer.inBrief, writer.spending, writer.capitalProgramme, writer.choice, writer.funding, writer.revenue,
  ].compactMap { $0 }
  let places = [writer.risk, writer.pupilPlaces, writer.areasShort].compactMap { $0 }
  let sections =
    money + writer.rivalSections + places + writer.pressureSections
    + [writer.uncertainty, writer.quality, writer.sources]
  let terms = (writer.hasMoney ? PaperWriter.capitalTerms : []) + writer.demographicTerms
  return Paper(
    name: "capital-paper", title: "Education capital and pupil places: \(identity.authority)",
    header: header, notices: writer.notices, sections: writer.withGlossary(sections, terms, header))
}

extension PaperWriter {
  // MARK: In brief

  var inBrief: Section {
    var points: [String] = []
    let total = content.programme.total
    if total > 0 {
      points.append(
        // Rounded as in the header above it.
        "The council has approved \(counted(content.programme.lines.count, "scheme")), \(poundsRoughly(total))."
      )
    }
    if let monitor = content.monitor {
      let total = monitor.total
      points.append(
        "By the end of \(monitor.lastMonth), \(poundsInWords(total.spent)) of \(poundsInWords(total.revised)) had been "
          + "spent in \(monitor.financialYear)" + (lateInBrief(monitor).map { "; \($0)." } ?? "."))
      if let missed = missedDates(monitor) { points.append(missed + ".") }
    }
    points += AreaPhase.allCases.compactMap { intakeInBrief($0.entryYearGroup) }
    let short = outlooksInBrief.filter { outlook in outlook.peak.map { isShort($0.forms) } ?? false }
    let gaps = short.compactMap { outlook -> String? in
      guard let peak = outlook.peak else { return nil }
      return "\(outlook.area.name), up to \(whole(peak.need)) in \(outlook.yearGroup.name) "
        + "(\(forms(peak.forms))) in \(peak.year)"
    }
    if !gaps.isEmpty {
      let areas = short.map(\.area)
      points.append(
        "Before any new scheme, \(runShort(beyond: areas))\(listedApart(gaps)).\(othersShort(beyond: areas)) "
          + Self.formOfEntry)
    }
    if let spare = spareInBrief { points.append(spare) }
    return Section(
      id: "in-brief", heading: "In brief",
      blocks: [.bullets(points)] + planInBrief + [
        .paragraph(
          (gaps.isEmpty ? Self.formOfEntry + " " : "")
            + "Unless a range or a chance is given, a figure is the central projection: the middle path, not a promise. "
            + (marginNote.map { $0 + " " } ?? "") + Self.roundedNote)
      ])
  }

  /// How the sentence on areas begins: where more of them are a class short than are named, it says how many.
  private func runShort(beyond named: [PlanningArea]) -> String {
    let short = shortByClass
    return short.allSatisfy { named.contains($0.area) }
      ? "places run short: "
      : "\(grouped(short.count)) of \(grouped(balance.areas.count)) planning areas \(short.count == 1 ? "is" : "are") at least a class "
        + "of 30 short in Reception or Year 7 in some year. Areas that run short include "
  }

  /// ` 2 other areas run short too, by less than a class of 30.`: where no more areas are a class short than are named. Empty where
  /// all that run short are.
  private func othersShort(beyond named: [PlanningArea]) -> String {
    let others = balance.pressures().filter { pressure in
      !named.contains(pressure.area) && (pressure.peak.map { isShort($0.forms) } ?? false)
    }
    if others.isEmpty || others.contains(where: { $0.firstYearShort() != nil }) { return "" }
    return
      " \(counted(others.count, "other area")) \(others.count == 1 ? "runs" : "run") short too, by less than a class of 30."
  }

  /// The areas with sections of their own; then, of each phase that has none among them, the area with the largest gap, where that is
  /// a class or more.
  private var outlooksInBrief: [AreaOutlook] {
    let phases = AreaPhase.allCases.filter { phase in !outlooks.contains { $0.area.phase == phase } }
    let others = phases.compactMap { phase in
      shortByClass.first { $0.area.phase == phase }?.area
    }
    return outlooks + others.map { outlook($0, pupils, model) }
  }

  /// What the best plan found would do, under a heading of its own, since nobody has decided it.
  private var planInBrief: [Block] {
    guard let findings else { return [] }
    guard let chosen else { return [.bullets([noProgramme(findings.outcome)])] }
    let short = [effect(chosen), alreadyShort(inBrief: true)].compactMap { $0 }.joined(separator: " ")
    // What it is likely to cost stands above, among the resources.
    let chance = findings.stress.flatMap { stress in
      stress.approved > 0
        ? "The chance that the plan costs more than its budget of \(poundsRoughly(stress.approved)) is "
          + "\(chanceInWords(stress.chanceOverspend))." : nil
    }
    return [
      .heading("The best plan found"),
      .bullets(
        [
          standing(chosen), short, missingOverYears(chosen), littleHelp(chosen), chance,
          keptStarts(chosen, inBrief: true), promised(chosen, isUsed: true),
        ].compactMap { $0 }),
    ]
  }

  /// What an intake does over all years, what `range` says of the last, and what the intake would do without new homes.
  func intakeInBrief(_ yearGroup: YearGroup, range: (AcademicYear) -> String = { _ in "" }) -> String? {
    let path = projected(yearGroup)
    guard let first = path.first, let last = path.last else { return nil }
    return intakeChange(yearGroup, first.year, last.year) + range(last.year)
      + withoutHomes(yearGroup, from: first.value, to: last.value, last.year)
  }

  // MARK: The programme

  var capitalProgramme: Section {
    Section(id: "programme", heading: "The capital programme", blocks: approvedProgramme)
  }

  private var approvedProgramme: [Block] {
    let programme = content.programme
    guard !programme.lines.isEmpty else { return [.paragraph("There is no capital programme to report.")] }
    let parts = FundingSource.allCases.filter { programme.total($0) > 0 }.map {
      "\($0.name.lowercased()) \(poundsInWords(programme.total($0)))"
    }
    let largest = programme.lines.max { $0.total < $1.total }
    let sentence =
      largest.map {
        " The largest scheme is \($0.scheme.name), at \(poundsInWords($0.total)): "
          + "\(percent(Double($0.total) / Double(max(1, programme.total)))) of the programme."
      } ?? ""
    return [
      .paragraph(
        "The approved programme is \(poundsInWords(programme.total)) for "
          + "\(counted(programme.lines.count, "scheme")). It is paid for by \(listed(parts)).\(sentence)"),
      .table(programmeTable), .figure(programmeFigure),
    ]
  }

  var programmeTable: Table {
    let programme = content.programme
    return Table(
      id: "programme-table",
      caption: model.datasets["programme"]?.title ?? "The programme by scheme and source",
      short: "Approved programme",
      columns: [
        .words("scheme", "Scheme")
      ] + FundingSource.allCases.map { .init($0.rawValue, $0.name) } + [.init("budget", "Budget")],
      rows: programme.lines.map { line in
        [.text(line.scheme.name)] + FundingSource.allCases.map { .pounds(line.pounds($0)) }
          + [.pounds(line.scheme.budget.pounds)]
      } + [
        [.text("Total")] + FundingSource.allCases.map { .pounds(programme.total($0)) }
          + [.pounds(programme.budget)]
      ],
      hasTotalRow: true,
      footnote: footnote(
        of: "programme",
        note:
          "Money of the day, in the order of the approved programme. Rows and columns add up to the pound."))
  }

  private var programmeFigure: Figure {
    let lines = content.programme.lines.sorted { ($1.total, $0.scheme.name) < ($0.total, $1.scheme.name) }
    // More are named by the table behind the chart.
    let named = lines.count > 8 ? Array(lines.prefix(6)) : lines
    let others = lines.dropFirst(named.count)
    let words =
      named.map { "\($0.scheme.name) \(poundsInWords($0.total))" }
      + (others.first.map { first in
        [
          "\(others.count) more, from \(poundsInWords(first.total)) down to \(poundsInWords(others.last?.total ?? 0))"
        ]
      } ?? [])
    return Figure(
      id: "programme-chart", title: "Budgets by scheme, largest first",
      alternative:
        "Bar chart of the budgets of \(counted(lines.count, "scheme")), largest first: \(listedApart(words)).",
      specification: BarChart(
        bars: lines.map {
          ($0.scheme.name, Double($0.total) / 1_000_000, poundsInWords($0.total))
        }, valueTitle: "£ million"
      ).specification,
      table: Table(
        id: "programme-chart-table", caption: "Budgets by scheme",
        columns: [.words("scheme", "Scheme"), .init("budget", "Budget")],
        rows: lines.map { [.text($0.scheme.name), .pounds($0.total)] },
        footnote: footnote(of: "programme")),
      charted: ["budget"])
  }
}
