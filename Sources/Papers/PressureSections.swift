internal import PlacePlanning
internal import Sufficiency

// The areas under pressure, a section each: how far places run short there, and whether births fall again.

extension PaperWriter {
  var pressureSections: [Section] {
    outlooks.enumerated().map { index, outlook in
      let worst = balance.pressures().first?.area == outlook.area
      return Section(
        id: "pressure-\(index + 1)",
        heading: worst
          ? "The area under greatest pressure: \(outlook.area.name)" : "In focus: \(outlook.area.name)",
        blocks: pressureBlocks(outlook))
    }
  }

  func pressureBlocks(_ outlook: AreaOutlook) -> [Block] {
    guard let peak = outlook.peak, let first = outlook.rows.first else {
      return [.paragraph("No year is projected for this area.")]
    }
    var blocks: [Block] = []
    let name = outlook.yearGroup.name
    if peak.need == 0 {
      blocks.append(.paragraph("\(name) has a place for every child in every year projected."))
    } else if !isShort(peak.forms) {
      blocks.append(.paragraph(fullInWords(outlook, peak)))
    } else {
      blocks.append(
        .paragraph(
          "Before any new scheme, \(name) has \(whole(peak.pupils)) pupils in \(peak.year) and "
            + "\(whole(peak.places)) places: it is about \(counted(Int(peak.need.rounded()), "place")) "
            + "short, or \(forms(peak.forms))\(margin(outlook)).\(gapWithoutHomes(outlook))"))
    }
    blocks += comparison(outlook, peak)
    blocks.append(.figure(pressureFigure(outlook, first)))
    blocks.append(.table(outlookTable(outlook)))
    // Of an area with rival plans their section says it.
    return hasRivals(outlook.area) ? blocks : blocks + birthsWave(outlook)
  }

  /// The births of a cohort. Where they are not known, they have yet to be counted, or lie before the first that the model holds.
  func births(behind row: AreaOutlook.Row, of outlook: AreaOutlook) -> Table.Cell {
    if let count = row.districtBirths { return .number(count) }
    let years = BirthAlignment.weights(reachingReceptionIn: row.year - outlook.yearGroup.number).map(\.year)
    guard let first = model.births.districts[outlook.area.district]?.keys.min(),
      years.contains(where: { $0 < first })
    else { return .text("not yet counted") }
    return .text("not in the data")
  }

  /// Names the operating margin where there is one.
  func margin(_ outlook: AreaOutlook) -> String {
    let margin = model.operatingMargin[outlook.area.phase] ?? 0
    return margin > 0 ? ", with \(decimal(margin * 100, places: 1)) kept free for every 100 pupils" : ""
  }

  /// How a sentence on births begins where the model does not hold those of every cohort.
  static let birthsHeld = "Of the births that the model holds, those in"

  /// What the births behind the cohorts do, as far as they are counted: said when the last cohort is 5% or more below the
  /// largest, and pupils fall from their peak as well.
  func birthsWave(_ outlook: AreaOutlook) -> [Block] {
    let known = outlook.rows.compactMap { row in row.districtBirths.map { (row.year, $0) } }
    guard outlook.falls(by: Self.leastFall), let last = known.last,
      let top = known.max(by: { $0.1 < $1.1 }), last.1 < 0.95 * top.1
    else { return [] }
    // The last births that are counted reach Reception long before the last year.
    let isWhole = last.0 == outlook.rows.last?.year
    let start =
      outlook.lacksEarlierBirths
      ? Self.birthsHeld
      : isWhole ? "The wave passes. Births in" : "Births counted so far say that the wave passes: those in"
    return [
      .paragraph(
        start + " \(outlook.area.district) behind these cohorts are highest for the "
          + "\(outlook.yearGroup.name) of \(top.0), at \(whole(top.1)), and "
          + "\(whole(last.1)) for that of \(last.0), \(percent(1 - last.1 / top.1)) fewer. "
          + (homesCount(in: outlook) ? "Pupils, those in new homes among them, fall" : "Pupils fall")
          + " from their peak too. A permanent school outlasts the wave; this is worth weighing beside its size."
      )
    ]
  }

  func pressureFigure(_ outlook: AreaOutlook, _ first: AreaOutlook.Row) -> Figure {
    func points(_ value: (AreaOutlook.Row) -> Double) -> [YearPoint] {
      outlook.rows.map { ($0.year.label, value($0)) }
    }
    let band = outlook.published.map { published in
      (
        name: "Published need",
        points: outlook.rows.map {
          (
            year: $0.year.label, low: $0.places + published.lowest.places,
            high: $0.places + published.highest.places
          )
        }
      )
    }
    let last = outlook.rows.last ?? first
    let hasHomes = outlook.rows.contains { $0.pupils != $0.pupilsWithoutHomes }
    var series: [LineChart.Series] = [
      .init(name: "Places", points: points(\.places), style: .capacity),
      .init(
        name: hasHomes ? "Without new homes" : "Pupils", points: points(\.pupilsWithoutHomes),
        style: .second),
    ]
    if hasHomes {
      series.append(
        .init(name: "With new homes", points: points(\.pupils), style: .main))
    }
    let homes =
      hasHomes
      ? "; without them it \(course(outlook, \.pupilsWithoutHomes))" : ""
    let need = (band?.points ?? []).last.map { end in
      (outlook.rows.allSatisfy { $0.places == last.places } ? " The" : " In \(end.year) the")
        + " published need reaches from \(whole(end.low)) to \(whole(end.high)) pupils."
    }
    return Figure(
      id: "pressure-chart-\(outlook.area.code)",
      title: "\(outlook.area.name): \(outlook.yearGroup.name) pupils and places (scale does not start at 0)",
      alternative:
        "Line chart. \(fromTo(first.year, last.year).capitalisedFirst) \(outlook.yearGroup.name) in \(outlook.area.name)"
        + "\(hasHomes ? ", with new homes," : "") \(course(outlook, \.pupils))\(homes).\(placesInWords(outlook))\(need ?? "")",
      specification: LineChart(valueTitle: "Pupils", series: series, band: band).specification,
      table: Table(
        id: "pressure-chart-table-\(outlook.area.code)",
        caption: "The chart in figures: \(outlook.area.name), \(outlook.yearGroup.name)",
        short: "Pressure chart, \(outlook.area.name)",
        columns: [.words("academic_year", "Academic year")] + series.map { .init($0.name, $0.name) },
        rows: outlook.rows.indices.map { row in
          [.text(outlook.rows[row].year.label)] + series.map { .number($0.points[row].value) }
        },
        footnote: outlookFootnote(outlook)),
      charted: series.map(\.name))
  }

  /// An area's entry year group with and without homes and what is planned; the demographic paper's table of it is `areaTable`.
  func outlookTable(_ outlook: AreaOutlook) -> Table {
    // A scenario may leave out what was planned: then there is nothing that could open.
    let hasPlan = outlook.published.map { $0.plannedPlacesPerYearGroup >= 0.5 } ?? false
    let pupils: [Table.Column] =
      hasHomes
      ? [
        .init("pupils_without_housing", "Pupils without new homes"), .init("pupils", "Pupils with new homes"),
      ] : [.init("pupils", "Pupils")]
    return Table(
      id: "outlook-\(outlook.area.code)",
      caption: "\(outlook.area.name): \(outlook.yearGroup.name) by academic year",
      short: "Pressure, \(outlook.area.name)",
      columns: [
        .words("academic_year", "Academic year"),
        .init("district_births", "Births of the cohort in \(outlook.area.district)"),
      ]
        + pupils + [.init("places", "Places"), .init("need", "Short"), .init("need_fe", "Short (FE)")]
        + (hasPlan
          ? [
            .init(
              "need_after_planned",
              outlook.published.map { $0.yearsLate > 0 } ?? false
                ? "Short if planned places opened as this scenario has it"
                : "Short if planned places opened as published")
          ] : []),
      rows: outlook.rows.map { row -> [Table.Cell] in
        let needed: [Table.Cell] = [
          .number(row.pupils), .number(row.places), .number(row.need),
          .number(row.forms.forms, places: 1),
        ]
        return [.text(row.year.label), births(behind: row, of: outlook)]
          + (hasHomes ? [.number(row.pupilsWithoutHomes)] : []) + needed
          + (hasPlan ? [.number(row.needAfterPlanned)] : [])
      },
      footnote: outlookFootnote(outlook))
  }

  func outlookFootnote(_ outlook: AreaOutlook) -> Footnote {
    let published = outlook.published == nil ? [] : ["published_need"]
    return footnote(
      pupilRoles(outlook.yearGroup) + published + Self.placeRoles, .derived, note: homesNote)
  }
}
