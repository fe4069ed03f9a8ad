internal import PlacePlanning
internal import Projection
internal import Sufficiency

/// The demographic paper: children, where they will want places, and how sure that is.
func demographicPaper(_ content: PaperContent) -> Paper {
  let identity = content.model.identity
  let writer = PaperWriter(content, for: .demographic)
  let hasMoney = writer.hasMoney
  let header: [Paper.Particular] = [
    .init("Forum", identity.forum), .init("Date", identity.meeting.longLabel),
    .init("Type of decision", "For information"), .init("Purpose", writer.purpose),
    .init("Recommendation", "To note the forecast and its limits."),
    .init(
      "Resource implications",
      hasMoney
        ? "None of this paper itself. The capital paper says what schemes would cost."
        : "None of this paper itself."),
  ]
  let first = [
    writer.demographicBrief, writer.birthsSection, writer.intakes, writer.homes, writer.placesByArea,
    writer.movementSection, writer.pastForecasts, writer.changesSection,
  ].compactMap { $0 }
  let sections = first + writer.areaPages + [writer.uncertainty, writer.quality, writer.sources]
  return Paper(
    name: "demographic-paper",
    title: "Children and school places: the demographic paper for \(identity.authority)",
    header: header, notices: writer.notices,
    sections: writer.withGlossary(sections, writer.demographicTerms, header))
}

extension PaperWriter {
  var demographicBrief: Section {
    var points: [String] = []
    if let change = birthsChange { points.append(change) }
    points += AreaPhase.allCases.map(\.entryYearGroup).compactMap { yearGroup in
      intakeInBrief(yearGroup) { last in
        // No wider than a pupil, a range says nothing: the table shows none either.
        guard let range = content.ranges?.authority(yearGroup, last),
          range.quantiles[6] - range.quantiles[0] >= 1
        else { return "" }
        return " The chance is 8 in 10 that it is between \(between(range.eightyInAHundred))."
      }
    }
    if let last = pupils.years.last, hasHomes {
      let homes =
        pupils.central.total(YearGroup.all, last) - pupils.centralWithoutHousing.total(YearGroup.all, last)
      let count = Int(homes.rounded())
      let shown =
        homes == 0 ? "no pupils" : count == 0 ? "less than one pupil" : "about \(counted(count, "pupil"))"
      points.append(
        "New homes account for \(shown) of all year groups in \(last). When they are built, and how many children live in them, is "
          + "assumed.")
    }
    let short = shortByClass
    points.append(
      short.isEmpty
        ? "No planning area is expected to be a whole class short in Reception or Year 7."
        : "\(counted(short.count, "planning area").capitalisedFirst) of \(grouped(balance.areas.count)) "
          + "\(short.count == 1 ? "is" : "are") expected to be at least a class of 30 short in Reception or Year 7 in some "
          + "year. " + largestGaps(short))
    if let spare = spareInBrief { points.append(spare) }
    if let worst = worstRisk, worst.chanceMoreThanThirtyWithoutPlace >= 0.05 {
      points.append(chanceSentence(worst))
    }
    return Section(
      id: "in-brief", heading: "In brief",
      blocks: [
        .bullets(points),
        .paragraph(
          "These figures are before any new scheme. "
            + (chosen == nil ? "" : "What schemes could do about it is in the capital paper. ")
            + "No forecast is certain: a range is given wherever one is known. "
            + (marginNote.map { $0 + " " } ?? "") + Self.roundedNote
            + (pupils.history.mark == .derived
              ? " Chances and ranges start from today's year groups and places in each area. These are derived, not counted. So a "
                + "chance for one area is less sure than it looks."
              : "")),
      ])
  }

  /// `The largest gaps: Gloucester secondary, 427 places in 2024/25; …`: the three largest.
  private func largestGaps(_ pressures: [AreaPressure]) -> String {
    let gaps = pressures.prefix(3).compactMap { pressure in
      pressure.peak.map {
        "\(pressure.area.name), \(counted(Int($0.forms.places.rounded()), "place")) in \($0.year)"
      }
    }
    return "The largest gap\(gaps.count == 1 ? "" : "s"): \(gaps.joined(separator: "; "))."
  }

  /// The entry cell with the most children expected to be without a place.
  private var worstRisk: ShortfallRisk.Cell? {
    guard let risk = content.risk else { return nil }
    return model.areas.compactMap { risk.worstEntry($0) }.max {
      ($0.expectedNeed, $1.area.code) < ($1.expectedNeed, $0.area.code)
    }
  }

  /// `If nothing is built, the chance is about 1 in 5 that more than 30 children have no Year 7 place in …`
  func chanceSentence(_ cell: ShortfallRisk.Cell) -> String {
    "If nothing is built, the chance is \(chanceInWords(cell.chanceMoreThanThirtyWithoutPlace)) that more than 30 children have no "
      + "\(cell.yearGroup.name) place in \(cell.area.name) in September \(cell.year.start)."
  }

  // MARK: Intakes

  var intakes: Section {
    let spread = content.ranges.map { ranges in
      "The shaded ranges come from \(grouped(ranges.draws)) possible futures, in which births, the share who come"
        + (hasHomes ? ", pupils who move, and new homes" : " and pupils who move")
        + " all turn out differently."
    }
    var blocks: [Block] = [
      .paragraph(Self.howPupilsAreProjected),
      .paragraph(
        spread ?? "The model does not say how uncertain its figures are, so no ranges can be shown."),
    ]
    for phase in AreaPhase.allCases { blocks += intakeBlocks(phase.entryYearGroup) }
    blocks.append(.table(countyTable))
    return Section(id: "intakes", heading: "Reception and Year 7: past and to come", blocks: blocks)
  }

  private func intakeBlocks(_ yearGroup: YearGroup) -> [Block] {
    [
      .heading(yearGroup.name), .paragraph(peak(projected(yearGroup))), .figure(intakeFigure(yearGroup)),
      .table(intakeTable(yearGroup)),
    ]
  }

  private func intakeFigure(_ yearGroup: YearGroup) -> Figure {
    let (past, ahead) = (countedRolls(yearGroup), projected(yearGroup))
    let ranges = ahead.compactMap { point in
      content.ranges?.authority(yearGroup, point.year).map {
        FanChart.Range(
          year: point.year.label, wide: $0.ninetyFiveInAHundred, narrow: $0.eightyInAHundred)
      }
    }
    let (first, last) = (ahead.first, ahead.last)
    return Figure(
      id: "intake-chart-\(yearGroup.number)",
      title:
        "\(yearGroup.name) in \(model.identity.authority): counted, and to come (scale does not start at 0)",
      alternative: "Line chart\(ranges.isEmpty ? "" : " with shaded ranges").\(countedInWords([("", past)])) "
        + "From \(first?.year.label ?? "") to \(last?.year.label ?? "") the middle path of \(yearGroup.name) "
        + course(ahead) + ".\(rangeInWords(ranges.last))",
      specification: FanChart(
        valueTitle: "Pupils", counted: past.map { ($0.year.label, $0.value) },
        middle: ahead.map { ($0.year.label, $0.value) }, ranges: ranges
      ).specification,
      table: intakeTable(yearGroup).behindChart(
        id: "intake-chart-table-\(yearGroup.number)", short: "Chart, \(yearGroup.name)"),
      charted: ["pupils", "p10", "p90", "p2_5", "p97_5"])
  }

  private func intakeTable(_ yearGroup: YearGroup) -> Table {
    let hasRanges = content.ranges != nil
    let ahead = projected(yearGroup)
    let before = countedRolls(yearGroup).filter { $0.year < (ahead.first?.year ?? model.baseYear) }
    func row(_ year: AcademicYear, _ count: Double, isCounted: Bool) -> [Table.Cell] {
      let range = content.ranges?.authority(yearGroup, year)
      let cells: [Table.Cell] = [.text(year.label + (isCounted ? " (counted)" : "")), .number(count)]
      guard hasRanges else { return cells }
      guard let range, !isCounted else { return cells + Self.rangeColumns.map { _ in .text("counted") } }
      return cells + rangeCells(range)
    }
    return Table(
      id: "intake-table-\(yearGroup.number)", caption: "\(yearGroup.name) by academic year",
      columns: [.words("academic_year", "Academic year"), .init("pupils", "Pupils (middle)")]
        + (hasRanges ? Self.rangeColumns : []),
      rows: before.map { row($0.year, $0.value, isCounted: true) }
        + ahead.map { row($0.year, $0.value, isCounted: $0.year == model.baseYear) },
      footnote: forecastFootnote(yearGroup))
  }

  static let rangeColumns: [Table.Column] = [
    .init("p10", "8 in 10 futures: from"), .init("p90", "8 in 10 futures: to"),
    .init("p2_5", "19 in 20 futures: from"), .init("p97_5", "19 in 20 futures: to"),
  ]

  func rangeCells(_ range: PupilRanges.Range) -> [Table.Cell] {
    // A published total fixes it, or nothing in the model moves it: a width of nought would claim certainty.
    if range.quantiles[6] - range.quantiles[0] < 1 { return Self.rangeColumns.map { _ in .text("no range") } }
    let (narrow, wide) = (range.eightyInAHundred, range.ninetyFiveInAHundred)
    return [narrow.lowerBound, narrow.upperBound, wide.lowerBound, wide.upperBound].map { .number($0) }
  }
}
