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
    sections: writer.explained(sections, writer.demographicTerms, header))
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

  func between(_ range: ClosedRange<Double>) -> String {
    "\(whole(range.lowerBound)) and \(whole(range.upperBound))"
  }

  // MARK: Births

  /// Years to 30 June that every district has, oldest first.
  private var birthYears: [Int] {
    let districts = model.births.districts.values
    guard let first = districts.first else { return [] }
    return first.keys.filter { year in districts.allSatisfy { $0[year] != nil } }.sorted()
  }

  private func births(_ year: Int) -> Double {
    model.births.districts.values.reduce(0) { $0 + ($1[year] ?? 0) }
  }

  private var birthsChange: String? {
    let years = Array(birthYears.suffix(12))
    guard let last = years.last, let top = years.max(by: { (births($0), $0) < (births($1), $1) }) else {
      return nil
    }
    if top == last {
      return years.count == 1
        ? "There were \(grouped(Int(births(last)))) births in the year to June \(last)."
        : "Births in the year to June \(last) were as many as in any of the last \(grouped(years.count)) years, or more: "
          + "\(grouped(Int(births(last))))."
    }
    let fall = (1 - births(last) / births(top)) * 100
    return
      "In the last \(grouped(years.count)) years births were highest in the year to June \(top), at \(grouped(Int(births(top)))), and were "
      + "\(grouped(Int(births(last)))) in the year to June \(last), \(fixed(fall, places: 1))% fewer."
  }

  var birthsSection: Section { Section(id: "births", heading: "Births", blocks: birthsBlocks) }

  private var birthsBlocks: [Block] {
    let years = Array(birthYears.suffix(12))
    guard let last = years.last else {
      return [.paragraph("The model holds no births that every district has.")]
    }
    let lastKnown = pupils.years.last { pupils.births.isKnown(reachingReceptionIn: $0) }
    let born =
      lastKnown.map { " All children who will start by September \($0.start) are already born and counted." }
      ?? ""
    let later = lastKnown == pupils.years.last ? "" : " For later years the projection \(birthsAhead)."
    return [
      .paragraph("Children start Reception in the September after they turn four." + born + later)
    ] + fertilityBlocks + (model.births.districts.count > 1 ? birthsFigures(years) : []) + [
      .table(birthsTable(years)), .paragraph(districtsSentence(years, last)),
    ]
  }

  private func districtsSentence(_ years: [Int], _ last: Int) -> String {
    guard let first = years.first, first != last else { return "Only one year of births is known." }
    let changes = model.births.districts.keys.sorted().map { district -> (name: String, change: Double) in
      let table = model.births.districts[district] ?? [:]
      return (district, (table[last] ?? 0) - (table[first] ?? 0))
    }
    let (up, down) = (changes.filter { $0.change > 0 }, changes.filter { $0.change < 0 })
    let same = changes.filter { $0.change == 0 }
    let words = [
      up.isEmpty ? nil : "up in \(listed(up.map(\.name)))",
      down.isEmpty ? nil : "down in \(listed(down.map(\.name)))",
      same.isEmpty ? nil : "unchanged in \(listed(same.map(\.name)))",
    ].compactMap { $0 }
    return up.isEmpty && down.isEmpty
      ? "In every district there were as many births in the year to June \(last) as in the year to June \(first)."
      : "Compared with the year to June \(first), births in the year to June \(last) were \(words.joined(separator: "; "))."
  }

  /// One figure, or several where the districts are too many for one.
  private func birthsFigures(_ years: [Int]) -> [Block] {
    let parts = SmallMultiples.parts(model.births.districts.keys.sorted())
    return parts.enumerated().map { .figure(birthsFigure(years, $1, number: $0 + 1, of: parts.count)) }
  }

  private func birthsFigure(_ years: [Int], _ districts: [String], number: Int, of count: Int) -> Figure {
    let (ending, part) = count == 1 ? ("", "") : ("-\(number)", "\(number) of \(count)")
    let words = districts.map { district -> String in
      let table = model.births.districts[district] ?? [:]
      return "\(district) " + endsAndTurns(years.map { (year: $0, value: table[$0] ?? 0) })
    }
    let panels = districts.map { district -> SmallMultiples.Panel in
      let table = model.births.districts[district] ?? [:]
      return .init(name: district, points: years.map { .init(year: $0, value: table[$0] ?? 0) })
    }
    let span = years.count > 1 ? ", years to June \(years[0]) to \(years[years.count - 1])" : ""
    return Figure(
      id: "births-chart\(ending)",
      title: "Births by district, years to 30 June (each on a scale of its own)"
        + (part.isEmpty ? "" : ", \(part)"),
      alternative: "Small line charts of births\(span): \(listedApart(words)).",
      specification: SmallMultiples(panels: panels, columns: 3).specification,
      table: birthsTable(years).behindChart(
        id: "births-chart-table\(ending)", part: part.isEmpty ? "" : " (\(part))"))
  }

  private func birthsTable(_ years: [Int]) -> Table {
    let districts = model.births.districts.keys.sorted()
    return Table(
      id: "births-table", caption: "Live births in years to 30 June, by district of residence",
      columns: [.words("year_to_30_june", "Year to June")]
        + districts.map { .init($0.lowercased().replacing(" ", with: "_"), $0) }
        + (districts.count > 1 ? [.init("total", "All districts")] : []),
      rows: years.map { year in
        [.text(String(year))] + districts.map { .number(model.births.districts[$0]?[year] ?? 0) }
          + (districts.count > 1 ? [.number(births(year))] : [])
      },
      footnote: footnote(of: "births"))
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

  /// Where the middle path is highest, and where it ends.
  func peak(_ ahead: [(year: AcademicYear, value: Double)]) -> String {
    let counts = ahead.map { (year: $0.year, count: Int($0.value.rounded())) }
    guard let last = counts.last, let most = counts.map(\.count).max() else { return "" }
    let top = counts.filter { $0.count == most }
    if top.count == counts.count { return "The middle path stays at \(grouped(most))." }
    if last.count < most, let first = top.first, first.year == model.baseYear {
      return "The middle path never goes above the \(grouped(most)) counted in \(first.year), and is "
        + "\(grouped(last.count)) in \(last.year)."
    }
    if last.count < most {
      return
        "The middle path is highest in \(yearsInWords(top.map(\.year.start))), at \(grouped(most)), and is "
        + "\(grouped(last.count)) in \(last.year)."
    }
    return top.count == 1
      ? "The middle path is highest in the last year, \(last.year), at \(grouped(most))."
      : "The middle path is highest in \(yearsInWords(top.map(\.year.start))), at \(grouped(most))."
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
      guard let range, !isCounted else { return cells + (0..<4).map { _ in .text("counted") } }
      // A published total fixes it, or nothing in the model moves it: a width of nought would claim certainty.
      if range.quantiles[6] - range.quantiles[0] < 1 {
        return cells + (0..<4).map { _ in .text("no range") }
      }
      return cells
        + [range.quantiles[1], range.quantiles[5], range.quantiles[0], range.quantiles[6]].map { .number($0) }
    }
    return Table(
      id: "intake-table-\(yearGroup.number)", caption: "\(yearGroup.name) by academic year",
      columns: [.words("academic_year", "Academic year"), .init("pupils", "Pupils (middle)")]
        + (hasRanges
          ? [
            .init("p10", "8 in 10 futures: from"), .init("p90", "8 in 10 futures: to"),
            .init("p2_5", "19 in 20 futures: from"), .init("p97_5", "19 in 20 futures: to"),
          ] : []),
      rows: before.map { row($0.year, $0.value, isCounted: true) }
        + ahead.map { row($0.year, $0.value, isCounted: $0.year == model.baseYear) },
      footnote: forecastFootnote(yearGroup))
  }
}
