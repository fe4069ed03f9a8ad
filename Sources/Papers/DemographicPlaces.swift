internal import CapitalProgramme
internal import PlacePlanning
internal import Projection
internal import Sufficiency

// Places area by area, and a page for each area that runs short.

extension PaperWriter {
  // MARK: Every area

  var placesByArea: Section {
    Section(
      id: "areas", heading: "Places in every area",
      blocks: [
        .paragraph(Self.howPlacesAreCompared + " What the tables call short is before any new scheme."),
        .table(sufficiencyTable), .table(spareTable),
      ]
        + AreaPhase.allCases.filter { !model.areas($0).isEmpty }.flatMap { phase -> [Block] in
          [
            .heading("\(phase.rawValue.capitalisedFirst) areas: \(phase.entryYearGroup.name)"),
            .table(heatTable(phase)),
          ] + areasFigures(phase)
        })
  }

  /// Short or spare in forms of entry, area by year: shaded, and said in words in every cell.
  private func heatTable(_ phase: AreaPhase) -> Table {
    let yearGroup = phase.entryYearGroup
    return Table(
      id: "heat-\(phase.rawValue)",
      caption: "\(yearGroup.name) places short or spare in forms of entry (30 places), by area",
      short: "\(yearGroup.name), short or spare",
      columns: [.words("planning_area", "Planning area")]
        + balance.years.map { .init("y\($0.start)", $0.label) },
      rows: model.areas(phase).map { area in
        [.text(area.name)] + balance.years.map { heatCell(balance[area.code, yearGroup, $0]) }
      },
      footnote: footnote(
        pupilRoles(yearGroup) + Self.placeRoles, .derived,
        note:
          "“Short 1.2” means that 36 places are missing; “short 1.0” may be just under a class of 30. “Full”: at most one place, "
          + "to the nearest, is missing or spare. The middle path" + (hasHomes ? ", with new homes." : ".")))
  }

  private func heatCell(_ cell: PlacesBalance.Cell?) -> Table.Cell {
    guard let cell else { return .text("not known") }
    let short = cell.needInForms.forms
    let spare = FormsOfEntry(places: cell.surplus).forms
    if isShort(cell.needInForms) {
      return Table.Cell(
        storing: short, shown: "short \(fixed(short, places: 1))",
        shade: short >= 2 ? .severe : short >= 1 ? .marked : .slight)
    }
    if spare >= 0.05 {
      return Table.Cell(
        storing: -spare, shown: "spare \(fixed(spare, places: 1))",
        shade: spare >= 1 ? .spare : .none)
    }
    return Table.Cell(storing: short > 0 ? short : -spare, shown: "full")
  }

  /// Whether a gap is called short. A smaller one, of one place to the nearest, is full in the tables by area, and so in every sentence.
  func isShort(_ gap: FormsOfEntry) -> Bool { gap.forms >= 0.05 }

  /// `Reception is full at the most: in 2022/23 it has 22 pupils and 21 places.`
  func fullInWords(_ outlook: AreaOutlook, _ peak: AreaOutlook.Row) -> String {
    "\(outlook.yearGroup.name) is full at the most: in \(peak.year) it has "
      + "\(counted(Int(peak.pupils.rounded()), "pupil")) and \(counted(Int(peak.places.rounded()), "place"))\(margin(outlook))."
  }

  /// A figure for every two dozen areas.
  private func areasFigures(_ phase: AreaPhase) -> [Block] {
    let parts = SmallMultiples.parts(model.areas(phase))
    return parts.enumerated().map { .figure(areasFigure(phase, $1, number: $0 + 1, of: parts.count)) }
  }

  private func areasFigure(_ phase: AreaPhase, _ areas: [PlanningArea], number: Int, of count: Int) -> Figure
  {
    let yearGroup = phase.entryYearGroup
    let years = pupils.years.dropFirst()
    let hasRanges = content.ranges != nil
    let charts =
      areas.count == 1
      ? "Small line chart of \(areas[0].name)"
      : "\(grouped(areas.count)) small line charts, one for each area"
    return Figure(
      id: "areas-chart-\(phase.rawValue)" + (count == 1 ? "" : "-\(number)"),
      title:
        "\(yearGroup.name) in \(count == 1 ? "every \(phase.rawValue) area" : "\(phase.rawValue) areas, \(number) of \(count)"): "
        + "pupils (line), " + (hasRanges ? "the range that holds 8 in 10 futures (shaded), " : "")
        + "places (dotted); each on a scale of its own",
      alternative: charts + ", "
        + "\(fromTo(years.first?.label ?? "", years.last?.label ?? "")). \(areasAbove(areas, yearGroup, Array(years)))",
      specification: SmallMultiples(
        panels: areas.map { area in
          .init(
            name: area.name,
            points: years.map { year in
              .init(
                year: year.start, value: pupils.central[area.code, yearGroup, year] ?? 0,
                range: content.ranges?[area.code, yearGroup, year]?.eightyInAHundred,
                places: model.capacity.places(area.code, yearGroup, year))
            })
        }
      ).specification,
      table: areasFigureTable(phase, areas, Array(years), part: count == 1 ? nil : (number, count)))
  }

  private func areasFigureTable(
    _ phase: AreaPhase, _ areas: [PlanningArea], _ years: [AcademicYear], part: (number: Int, of: Int)?
  ) -> Table {
    let yearGroup = phase.entryYearGroup
    let ranges = content.ranges == nil ? [] : Array(Self.rangeColumns.prefix(2))
    // What the chart shows beside the middle path, for its last year: for every year there would be too many columns.
    let lastYear = years.suffix(1).flatMap { year -> [Table.Column] in
      let range = ranges.map { Table.Column($0.name, "\($0.heading), in \(year)") }
      return range + [Table.Column("places", "Places in \(year)")]
    }
    return Table(
      id: "areas-chart-table-\(phase.rawValue)" + (part.map { "-\($0.number)" } ?? ""),
      caption: "\(yearGroup.name) pupils by area: the middle path"
        + (part.map { " (\($0.number) of \($0.of))" } ?? ""),
      columns: [.words("planning_area", "Planning area")]
        + years.map { .init("y\($0.start)", $0.label) } + lastYear,
      rows: areas.map { area in
        [.text(area.name)] + years.map { .number(pupils.central[area.code, yearGroup, $0] ?? 0) }
          + years.suffix(1).flatMap { year -> [Table.Cell] in
            let range = content.ranges?[area.code, yearGroup, year].map { Array(rangeCells($0).prefix(2)) }
            let places = model.capacity.places(area.code, yearGroup, year).map { Table.Cell.number($0) }
            return (range ?? ranges.map { _ in .text("not known") }) + [places ?? .text("not known")]
          }
      }, footnote: forecastFootnote(yearGroup))
  }

  // MARK: Pages of areas

  /// Areas that are expected to be a class short or more, and those whose need somebody has published, the largest gap first.
  var areasWithPages: [PlanningArea] {
    let short = shortByClass.map(\.area)
    return short + model.areasWithPublishedNeed.filter { !short.contains($0) }
  }

  /// This many of the largest gaps have charts of their own, as have areas whose need somebody has published. The others have small ones.
  private static let mostDrawn = 5

  var areaPages: [Section] {
    areasWithPages.enumerated().map { index, area in
      let isDrawn = index < Self.mostDrawn || model.publishedNeeds.contains { $0.area == area.code }
      return Section(
        id: "area-\(area.code)", heading: "Under pressure: \(area.name)",
        blocks: areaBlocks(outlook(area, pupils, model), isFirst: index == 0, isDrawn: isDrawn))
    }
  }

  private func areaBlocks(_ outlook: AreaOutlook, isFirst: Bool, isDrawn: Bool) -> [Block] {
    let area = outlook.area
    var blocks: [Block] = [.paragraph(areaSentence(outlook) + (isFirst ? " " + Self.formOfEntry : ""))]
    if let cell = content.risk?.worstEntry(area) {
      blocks.append(
        .paragraph(
          chanceSentence(cell)
            + (cell.needOneInTen >= 0.5
              ? " In 1 of 10 futures, \(counted(Int(cell.needOneInTen.rounded()), "place")) or more "
                + "\(Int(cell.needOneInTen.rounded()) == 1 ? "is" : "are") missing\(margin(outlook))." : "")))
    }
    blocks.append(isDrawn ? .figure(areaFigure(outlook)) : .annex(areaTable(outlook)))
    if let peak = outlook.peak { blocks += comparison(outlook, peak) }
    blocks += birthsWave(outlook)
    return blocks + programmeBlocks(area)
  }

  private func areaSentence(_ outlook: AreaOutlook) -> String {
    let name = outlook.yearGroup.name
    guard let peak = outlook.peak, peak.need > 0 else {
      return "\(name) has a place for every child in every year of the middle path."
    }
    guard isShort(peak.forms) else { return fullInWords(outlook, peak) }
    let byClass = outlook.firstYearShortByClass
    let isThen = byClass == peak.year
    let first =
      isThen ? "" : byClass.map { " A whole class of 30 is missing first in September \($0.start)." } ?? ""
    return
      "On the middle path there are \(tooMany(outlook, peak)).\(first) The gap is widest in September \(peak.year.start)"
      + (isThen ? ", the first in which a whole class of 30 is missing: " : ": ")
      + "\(whole(peak.pupils)) children for \(whole(peak.places)) places, about "
      + "\(counted(Int(peak.need.rounded()), "place")) or \(forms(peak.forms)) short\(margin(outlook)).\(gapWithoutHomes(outlook))"
  }

  /// `more children than Year 7 places in 8 of the 10 years, first in September 2018`: every year only where that is so.
  func tooMany(_ outlook: AreaOutlook, _ peak: AreaOutlook.Row) -> String {
    let margin = model.operatingMargin[outlook.area.phase] ?? 0
    let start =
      margin > 0
      ? "too few \(outlook.yearGroup.name) places" : "more children than \(outlook.yearGroup.name) places"
    let short = outlook.yearsShort
    guard let first = short.first else { return "\(start) in September \(peak.year.start), by less than one" }
    let all = outlook.rows.count
    if short.count == 1 {
      return all == 1
        ? "\(start) in the one year, September \(first.start)"
        : "\(start) in one of the \(grouped(all)) years, September \(first.start)"
    }
    if short.count == all { return "\(start) in all \(grouped(all)) years" }
    return outlook.rows.last.map { $0.year - first + 1 } == short.count
      ? "\(start) in every year from September \(first.start)"
      : "\(start) in \(grouped(short.count)) of the \(grouped(all)) years, first in September \(first.start)"
  }

  private func areaFigure(_ outlook: AreaOutlook) -> Figure {
    let (area, yearGroup) = (outlook.area, outlook.yearGroup)
    let ranges = outlook.rows.compactMap { row in
      content.ranges?[area.code, yearGroup, row.year].map {
        FanChart.Range(year: row.year.label, wide: $0.ninetyFiveInAHundred, narrow: $0.eightyInAHundred)
      }
    }
    let (first, last) = (outlook.rows.first, outlook.rows.last)
    return Figure(
      id: "area-chart-\(area.code)",
      title: "\(area.name): \(yearGroup.name) pupils and places (scale does not start at 0)",
      alternative:
        "Line chart\(ranges.isEmpty ? "" : " with shaded ranges"). "
        + fromTo(first?.year.label ?? "", last?.year.label ?? "").capitalisedFirst
        + " the middle path of \(yearGroup.name) in \(area.name) \(course(outlook, \.pupils)).\(placesInWords(outlook))"
        + rangeInWords(ranges.last),
      specification: FanChart(
        valueTitle: "Pupils", counted: [],
        middle: outlook.rows.map { ($0.year.label, $0.pupils) }, ranges: ranges,
        places: outlook.rows.map { ($0.year.label, $0.places) }
      ).specification,
      table: areaTable(outlook),
      charted: ["pupils", "places"])
  }

  /// An area's entry year group with births and chances; the capital paper's table of it is `outlookTable`.
  private func areaTable(_ outlook: AreaOutlook) -> Table {
    let (area, yearGroup) = (outlook.area, outlook.yearGroup)
    let risk = content.risk
    let ranges = content.ranges == nil ? [] : Self.rangeColumns
    return Table(
      id: "area-table-\(area.code)", caption: "\(area.name): \(yearGroup.name) by academic year",
      short: "Area, \(area.name)",
      columns: [
        .words("academic_year", "Academic year"),
        .init("district_births", "Births of the cohort in \(area.district)"),
        .init("pupils", "Pupils (middle)"),
      ] + ranges + (hasHomes ? [.init("in_homes", "Pupils in new homes")] : [])
        + [.init("places", "Places"), .init("need", "Short"), .init("need_fe", "Short (FE)")]
        + (risk == nil ? [] : [.init("chance_form", "Chance of a class or more short")]),
      rows: outlook.rows.map { row -> [Table.Cell] in
        let cell = risk?[area.code, yearGroup, row.year]
        let needed: [Table.Cell] = [
          .number(row.places), .number(row.need), .number(row.forms.forms, places: 1),
        ]
        let range: [Table.Cell] =
          content.ranges?[area.code, yearGroup, row.year].map(rangeCells)
          ?? ranges.map { _ in .text("not known") }
        return [.text(row.year.label), births(behind: row, of: outlook), .number(row.pupils)]
          + range + (hasHomes ? [.number(row.pupilsInHomes)] : []) + needed
          + (risk == nil
            ? [] : [cell.map { .chance($0.chanceShortByForm) } ?? .text("not known")])
      }, footnote: outlookFootnote(outlook))
  }

  /// What the best plan found builds in an area, and what that does.
  private func programmeBlocks(_ area: PlanningArea) -> [Block] {
    guard let chosen else {
      return [.paragraph("No plan has been worked out, so nothing can be said here of what is to be built.")]
    }
    let schemes = schemesInWords(chosen, area)
    if schemes.isEmpty {
      return [.paragraph("The best plan found in the capital paper adds no places here.")]
    }
    let effect = missing(chosen, in: area.code).map { left in
      "With it, \(left.with == 0 ? "almost no place" : "about \(counted(left.with, "place"))") would be missing "
        + "here in an average year, all year groups together; without it, "
        + (left.without == 0 ? "almost none." : "about \(grouped(left.without)).")
    }
    return [.paragraph("The best plan found in the capital paper adds:"), .bullets(schemes)]
      + (effect.map { [.paragraph($0)] } ?? [])
  }
}
