internal import CapitalProgramme
internal import Diagnostics
internal import PlacePlanning
internal import Projection
internal import Sufficiency

/// The papers of a run, in the order in which they are read.
public func report(_ content: PaperContent) -> [Paper] { [capitalPaper(content), demographicPaper(content)] }

/// The Education Capital paper, in the shape that a Schools Forum is used to.
public func capitalPaper(_ content: PaperContent) -> Paper {
  let identity = content.model.identity
  let writer = PaperWriter(content)
  return Paper(
    name: "capital-paper",
    title: "Education capital and pupil places: \(identity.authority)",
    header: [
      .init("Forum", identity.forum), .init("Date", identity.meeting.longLabel),
      .init("Type of decision", identity.decision), .init("Purpose", identity.purpose),
      .init("Recommendation", identity.recommendation),
      .init("Resource implications", writer.resources),
    ],
    notices: writer.notices,
    sections: [
      writer.inBrief, writer.spending, writer.capitalProgramme, writer.choice, writer.funding, writer.revenue,
    ].compactMap { $0 } + writer.rivalSections
      + [writer.risk, writer.pupilPlaces, writer.areasShort].compactMap { $0 }
      + writer.pressureSections + [
        writer.uncertainty, writer.quality,
        writer.glossary(
          (PaperWriter.capitalTerms + PaperWriter.demographicTerms).sorted { $0.term < $1.term }),
        writer.sources,
      ])
}

/// Words the sections. Sentences follow the figures: rises, falls, one, several, nothing to report.
struct PaperWriter {
  /// Whom the sections are written for.
  enum Kind {
    case capital, demographic
  }

  let content: PaperContent
  let kind: Kind
  let outlooks: [AreaOutlook]

  var model: PlanningModel { content.model }
  var pupils: TrajectorySet { content.pupils }
  var balance: PlacesBalance { content.balance }

  init(_ content: PaperContent, for kind: Kind = .capital) {
    self.content = content
    self.kind = kind
    // The area with the largest gap, and every area whose need somebody has published.
    var areas = content.model.publishedNeeds.compactMap { need in
      content.model.areas.first { $0.code == need.area }
    }
    if let worst = content.balance.pressures().first, (worst.peak?.forms.forms ?? 0) > 0,
      !areas.contains(worst.area)
    {
      areas.insert(worst.area, at: 0)
    }
    outlooks = areas.map { outlook($0, content.pupils, content.model) }
  }

  var notices: [String] {
    var notices: [String] = []
    if model.identity.isSynthetic {
      notices.append(
        "This authority is invented. Every figure in this paper is synthetic and describes no real place.")
    }
    if model.scenario != "central" {
      let changes = counted(model.appliedOverrides.count, "change")
      notices.append(
        "This is the scenario “\(model.scenario)”: \(changes) to the central assumptions, listed at the end.")
    }
    return notices
  }

  func footnote(_ roles: [String], _ mark: EvidenceMark, note: String? = nil) -> Footnote {
    let datasets = roles.compactMap { model.datasets[$0] }
    let restsOnAssumed = mark == .derived && datasets.contains { $0.mark == .assumed }
    let notes = [restsOnAssumed ? "Some of what they rest on is assumed." : nil, note].compactMap { $0 }
    return Footnote(
      sources: datasets.isEmpty ? ["this model"] : datasets.map(\.title), mark: mark,
      note: notes.isEmpty ? nil : notes.joined(separator: " "))
  }

  /// The weaker of the marks of several data sets.
  func mark(_ roles: [String], atLeast floor: EvidenceMark) -> EvidenceMark {
    let order: [EvidenceMark] = [.given, .derived, .assumed]
    let marks = roles.compactMap { model.datasets[$0]?.mark } + [floor]
    return order.last { marks.contains($0) } ?? floor
  }

  static let rollRoles = ["area_rolls", "county_rolls", "planning_areas", "births"]

  var forecastFootnote: Footnote {
    footnote(Self.rollRoles, .derived, note: homesNote + Self.roundedNote)
  }

  /// What is shown need not add up to the last pupil.
  static let roundedNote = "Figures are rounded one by one."

  /// Said of figures with new homes in them, with a space for what follows; empty without homes.
  var homesNote: String {
    model.housing.sites.isEmpty ? "" : "New homes rest on assumed building rates and pupil yields. "
  }

  // MARK: In brief

  var inBrief: Section {
    var points: [String] = []
    let total = content.programme.total
    if total > 0 {
      points.append(
        "The council has approved \(counted(content.programme.lines.count, "scheme")), \(poundsInWords(total))."
      )
    }
    if let total = content.monitor?.total, let monitor = content.monitor {
      points.append(
        "By the end of \(monitor.lastMonth), \(poundsInWords(total.spent)) of \(poundsInWords(total.revised)) had been "
          + "spent in \(monitor.financialYear)"
          + (monitor.slipping.isEmpty
            ? "."
            : "; \(counted(monitor.slipping.count, "scheme")) \(monitor.slipping.count == 1 ? "runs" : "run") late.")
      )
    }
    if let findings {
      points.append(
        chosen.map { effect($0, subject: "The best plan found") } ?? noProgramme(findings.outcome))
      if let chosen {
        points += [
          standing(chosen), keptStarts(chosen, inBrief: true), promised(chosen, isUsed: true),
        ]
        .compactMap { $0 }
      }
      if let stress = findings.stress, stress.approved > 0 {
        points.append(
          "The chance that the plan costs more than its budget is \(chanceInWords(stress.chanceOverspend)). In half of the "
            + "possible futures it costs \(poundsRoughly(stress.outturn.p50)) or less.")
      }
    }
    for phase in AreaPhase.allCases {
      let yearGroup = phase.entryYearGroup
      if let first = pupils.years.first, let last = pupils.years.last {
        let now = pupils.central.total([yearGroup], first)
        let then = pupils.central.total([yearGroup], last)
        points.append(
          "\(yearGroup.name) \(change(from: now, to: then)) between \(first) and \(last)."
            + withoutHomes(yearGroup, from: now, to: then, last))
      }
    }
    for outlook in outlooks {
      guard let peak = outlook.peak, peak.need > 0 else { continue }
      points.append(
        "\(outlook.area.name): \(outlook.yearGroup.name) is short of up to "
          + "\(counted(Int(peak.need.rounded()), "place")), \(forms(peak.forms)), in \(peak.year).")
    }
    return Section(
      id: "in-brief", heading: "In brief",
      blocks: [
        .bullets(points),
        .paragraph(
          "A form of entry (FE) is a class of 30 in each year group. Unless a range or a chance is given, a figure is the "
            + "central projection: the middle path, not a promise."),
      ])
  }

  /// `rises from 6,786 to 6,901 pupils (1.7%)`.
  func change(from now: Double, to then: Double) -> String {
    let (a, b) = (Int(now.rounded()), Int(then.rounded()))
    if a == b { return "stays at \(counted(a, "pupil"))" }
    let share = a == 0 ? "" : " (\(fixed(abs(Double(b - a)) / Double(a) * 100, places: 1))%)"
    return "\(b > a ? "rises" : "falls") from \(grouped(a)) to \(counted(b, "pupil"))\(share)"
  }

  /// `goes from 2,186 to 2,300`, or `stays at 2,186`.
  func course(_ from: Double, _ to: Double) -> String {
    let (a, b) = (Int(from.rounded()), Int(to.rounded()))
    return a == b ? "stays at \(grouped(a))" : "goes from \(grouped(a)) to \(grouped(b))"
  }

  /// ` Without new homes, which are assumed, it would fall to 6,641.`; empty where homes make no difference.
  func withoutHomes(_ yearGroup: YearGroup, from now: Double, to then: Double, _ last: AcademicYear) -> String
  {
    let count = Int(pupils.centralWithoutHousing.total([yearGroup], last).rounded())
    let start = Int(now.rounded())
    guard count != Int(then.rounded()) else { return "" }
    let way = count == start ? "stay at" : count > start ? "rise to" : "fall to"
    return " Without new homes, which are assumed, it would \(way) \(grouped(count))."
  }

  // MARK: Capital spending

  var spending: Section? {
    guard let monitor = content.monitor else { return nil }
    let total = monitor.total
    let pace = total.variance < 0 ? "behind" : "ahead of"
    let even = total.revised * min(12, monitor.monthsElapsed) / 12
    var blocks: [Block] = [
      .paragraph(
        "By the end of \(monitor.lastMonth) in \(monitor.financialYear), "
          + "\(poundsInWords(total.spent)) had been spent out of a revised budget of "
          + "\(poundsInWords(total.revised)). \(poundsInWords(total.unspent)) was left. "
          + (total.variance == 0
            ? "That is what the monthly pattern that we assume expects by then."
            : "On the monthly pattern that we assume, about "
              + "\(poundsInWords(roughly(total.expected))) would have been spent by then, so spending was about "
              + "\(poundsInWords(roughly(abs(total.variance)))) \(pace) it. At an even pace it "
              + "would have been about \(poundsInWords(roughly(even))), \(poundsInWords(roughly(abs(total.spent - even)))) "
              + "\(total.spent < even ? "more" : "less") than was spent.")),
      .table(monitorTable(monitor)),
    ]
    if monitor.slipping.isEmpty {
      blocks.append(.paragraph("No scheme is reported as running late."))
    } else {
      let names = Set(monitor.lines.map(\.name))
      let haveLines = monitor.slipping.allSatisfy { names.contains($0.name) }
      blocks.append(
        .paragraph(
          "\(counted(monitor.slipping.count, "scheme")) \(monitor.slipping.count == 1 ? "is" : "are") "
            + "reported as running late."
            + (haveLines ? "" : " Their own budgets were not published, so none is shown.")))
      blocks.append(
        .table(
          Table(
            id: "slipping", caption: "Schemes running late and why",
            columns: [
              .init("scheme", "Scheme", isNumber: false), .init("reason", "Reason", isNumber: false),
            ],
            rows: monitor.slipping.map { [.text($0.name), .text($0.reason)] },
            footnote: footnote(["slippage"], mark(["slippage"], atLeast: .given)))))
    }
    if monitor.lines.contains(where: { $0.split != nil }) { blocks.append(.table(yearEndTable(monitor))) }
    return Section(
      id: "spending", heading: "Capital spending in \(monitor.financialYear)", blocks: blocks)
  }

  /// To the nearest £100,000: an expectation from a profile is no better than that.
  private func roughly(_ pounds: Int) -> Int {
    Int((Double(pounds) / 100_000).rounded()) * 100_000
  }

  private func monitorTable(_ monitor: ProgrammeMonitor) -> Table {
    let lines = monitor.lines.count > 1 ? monitor.lines + [monitor.total] : monitor.lines
    return Table(
      id: "monitoring", caption: "Spending to the end of \(monitor.lastMonth), \(monitor.financialYear)",
      columns: [
        .init("line", "Budget line", isNumber: false), .init("revised_budget", "Revised budget"),
        .init("spent_to_date", "Spent"), .init("expected_to_date", "Expected by now"),
        .init("variance", "Spent less expected"), .init("variance_share", "As a share"),
        .init("reason", "Reason", isNumber: false),
      ],
      rows: lines.map { line in
        [
          .text(line.name), .pounds(line.revised), .pounds(line.spent), .pounds(line.expected),
          .pounds(line.variance), line.varianceShare.map { .percent($0) } ?? .text("none expected"),
          .text(line.reason ?? (line.needsReason && line.name != "Total" ? "Not given" : "")),
        ]
      },
      hasTotalRow: monitor.lines.count > 1,
      footnote: footnote(
        ["spending", "spend_profile"], .derived,
        note: "“Expected by now” applies an assumed monthly pattern of spending to the budget."))
  }

  /// What the year is expected to end with, and why it differs from its budget.
  private func yearEndTable(_ monitor: ProgrammeMonitor) -> Table {
    let lines = monitor.lines.filter { $0.split != nil }
    return Table(
      id: "year-end", caption: "How the year is expected to end, and why",
      columns: [
        .init("line", "Budget line", isNumber: false), .init("approved", "First approved"),
        .init("revised", "Revised"),
        .init("outturn", "Expected at the end"), .init("slippage", "Of the difference: late"),
        .init("acceleration", "early"), .init("cost", "dearer or cheaper"),
        .init("scope", "more or less work"),
      ],
      rows: lines.map { line in
        [
          .text(line.name), line.approved.map { .pounds($0) } ?? .text("not published"),
          .pounds(line.revised),
          line.outturn.map { .pounds($0) } ?? .text("not published"),
        ]
          + [line.split?.slippage, line.split?.acceleration, line.split?.cost, line.split?.scope].map {
            .pounds($0 ?? 0)
          }
      }, footnote: footnote(["spending"], .derived))
  }

  // MARK: The programme

  var capitalProgramme: Section? {
    let programme = content.programme
    guard !programme.lines.isEmpty else {
      return Section(
        id: "programme", heading: "The capital programme",
        blocks: [.paragraph("There is no capital programme to report.")])
    }
    let parts = FundingSource.allCases.filter { programme.total($0) > 0 }.map {
      "\($0.name.lowercased()) \(poundsInWords(programme.total($0)))"
    }
    let largest = programme.lines.max { $0.total < $1.total }
    let sentence =
      largest.map {
        " The largest scheme is \($0.scheme.name), at \(poundsInWords($0.total)): "
          + "\(fixed(Double($0.total) / Double(max(1, programme.total)) * 100, places: 0))% of the programme."
      } ?? ""
    return Section(
      id: "programme", heading: "The capital programme",
      blocks: [
        .paragraph(
          "The approved programme is \(poundsInWords(programme.total)) for "
            + "\(counted(programme.lines.count, "scheme")). It is paid for by \(listed(parts)).\(sentence)"),
        .table(programmeTable),
        .figure(programmeFigure),
        .paragraph(
          "The order is that of the approved programme. Every row and column adds up to the pound."),
      ])
  }

  var programmeTable: Table {
    let programme = content.programme
    return Table(
      id: "programme-table",
      caption: "Table 1. \(model.datasets["programme"]?.title ?? "The programme by scheme and source")",
      columns: [
        .init("scheme", "Scheme", isNumber: false), .init("budget", "Budget"),
      ] + FundingSource.allCases.map { .init($0.rawValue, $0.name) } + [.init("total", "Total")],
      rows: programme.lines.map { line in
        [.text(line.scheme.name), .pounds(line.scheme.budget.pounds)]
          + FundingSource.allCases.map { .pounds(line.pounds($0)) } + [.pounds(line.total)]
      } + [
        [.text("Total"), .pounds(programme.budget)]
          + FundingSource.allCases.map { .pounds(programme.total($0)) } + [.pounds(programme.total)]
      ],
      hasTotalRow: true,
      footnote: footnote(
        ["programme"], mark(["programme"], atLeast: .given),
        note: "Money of the day. Rows and columns add up to the pound."))
  }

  private var programmeFigure: Figure {
    let lines = content.programme.lines.sorted { ($1.total, $0.scheme.name) < ($0.total, $1.scheme.name) }
    let words = lines.map { "\($0.scheme.name) \(poundsInWords($0.total))" }
    return Figure(
      id: "programme-chart", title: "Budgets by scheme, largest first",
      alternative: "Bar chart of budgets by scheme: \(listed(words)).",
      specification: BarChart(
        bars: lines.map {
          ($0.scheme.name, Double($0.total) / 1_000_000, poundsInWords($0.total))
        }, valueTitle: "£ million"
      ).specification,
      table: Table(
        id: "programme-chart-table", caption: "Budgets by scheme",
        columns: [.init("scheme", "Scheme", isNumber: false), .init("total", "Budget")],
        rows: lines.map { [.text($0.scheme.name), .pounds($0.total)] },
        footnote: footnote(["programme"], mark(["programme"], atLeast: .given))))
  }
}
