public import PlacePlanning
public import Projection
public import Sufficiency

/// The data sets that a run publishes: pupils forecast, and places with what is short or spare, for the authority and for its
/// planning areas.
///
/// Counts are rounded so that parts add up to their totals. What is spare or short of an area and year group is worked out from its rounded
/// places and pupils, so that no row contradicts another; their totals are the sums. Small counts are suppressed (`c`), and with them what
/// would give them away; both files hide the same cells, and a total of needs or spare places is hidden wherever one of its parts is.
///
/// **Throws** `SuppressionFailure`.
public func openDataFiles(
  _ model: PlanningModel, _ codes: OpenDataCodes, _ pupils: TrajectorySet, _ balance: PlacesBalance,
  suppressBelow threshold: Int
) throws -> [OpenDataFile] {
  let writer = ForecastFiles(
    model: model, codes: codes, pupils: pupils, balance: balance, threshold: threshold)
  return try writer.files()
}

private struct ForecastFiles {
  let model: PlanningModel
  let codes: OpenDataCodes
  let pupils: TrajectorySet
  let balance: PlacesBalance
  let threshold: Int

  /// A line of a file: who, and which year groups. Nil area for the authority, nil year group for all of a phase, nil phase
  /// for all.
  struct Line: Hashable {
    var area: Int?
    var phase: AreaPhase?
    var yearGroup: YearGroup?
  }

  func files() throws -> [OpenDataFile] {
    // By whether they are of areas, or of the authority.
    var forecast: [Bool: [[String]]] = [:]
    var places: [Bool: [[String]]] = [:]
    for year in pupils.years.dropFirst() {
      let lines = lines(isPlanned: false)
      let tables = [pupils.central, pupils.centralWithoutHousing].map { path in
        counts(isPlanned: false) { max(0, path[$0.code, $1, year] ?? 0) }
      }
      let hidden = try hidden(lines, tables)
      for line in lines {
        let counts = tables.map { hidden.contains(line) ? "c" : String($0[line] ?? 0) }
        forecast[line.area != nil, default: []].append(keys(line, year) + counts)
      }
      let figures = placeFigures(year, pupils: tables[0])
      for line in self.lines(isPlanned: true) {
        let parts = parts(line)
        guard parts.contains(where: { balance[pupils.areas[$0].code, $1, year] != nil }) else { continue }
        let isHidden = parts.contains {
          hidden.contains(Line(area: $0, phase: line.phase ?? pupils.areas[$0].phase, yearGroup: $1))
        }
        let counts = figures.enumerated().map { index, table in
          isHidden && index > 0 ? "c" : String(table[line] ?? 0)
        }
        places[line.area != nil, default: []].append(keys(line, year) + counts)
      }
    }
    return [false, true].map { file("pupil-forecast", forecast, isAreas: $0, Self.forecastIndicators) }
      + [false, true].map { file("school-places", places, isAreas: $0, placesIndicators) }
  }

  // MARK: Lines

  private func yearGroups(_ phase: AreaPhase, isPlanned: Bool) -> [YearGroup] {
    isPlanned ? phase.plannedYearGroups : phase.yearGroups
  }

  private func lines(isPlanned: Bool) -> [Line] {
    var lines = [Line()]
    for phase in phases {
      lines.append(Line(phase: phase))
      lines += yearGroups(phase, isPlanned: isPlanned).map { Line(phase: phase, yearGroup: $0) }
    }
    for (index, area) in pupils.areas.enumerated() {
      lines.append(Line(area: index, phase: area.phase))
      lines += yearGroups(area.phase, isPlanned: isPlanned).map {
        Line(area: index, phase: area.phase, yearGroup: $0)
      }
    }
    return lines
  }

  private var phases: [AreaPhase] {
    AreaPhase.allCases.filter { phase in pupils.areas.contains { $0.phase == phase } }
  }

  /// The areas and year groups that a line of places is of.
  private func parts(_ line: Line) -> [(area: Int, yearGroup: YearGroup)] {
    pupils.areas.indices.filter { line.area == nil || line.area == $0 }.flatMap {
      index -> [(Int, YearGroup)] in
      let phase = pupils.areas[index].phase
      guard line.phase == nil || line.phase == phase else { return [] }
      return phase.plannedYearGroups.filter { line.yearGroup == nil || line.yearGroup == $0 }.map {
        (index, $0)
      }
    }
  }

  /// Places, those that are short and those that are spare, by line. **Units** whole places; `pupils` as they are published.
  private func placeFigures(_ year: AcademicYear, pupils counted: [Line: Int]) -> [[Line: Int]] {
    let places = counts(isPlanned: true) { balance[$0.code, $1, year]?.places ?? 0 }
    let margins = counts(isPlanned: true) { area, yearGroup in
      max(0, balance[area.code, yearGroup, year]?.pupils ?? 0) * (model.operatingMargin[area.phase] ?? 0)
    }
    var (short, spare): ([Line: Int], [Line: Int]) = ([:], [:])
    for (index, yearGroup) in parts(Line()) {
      let area = pupils.areas[index]
      guard balance[area.code, yearGroup, year] != nil else { continue }
      let cell = Line(area: index, phase: area.phase, yearGroup: yearGroup)
      let left = (places[cell] ?? 0) - (counted[cell] ?? 0)
      spare[cell] = max(0, left)
      short[cell] = max(0, (margins[cell] ?? 0) - left)
    }
    return [places, summed(short), summed(spare)]
  }

  /// One figure by line, rounded so that every line is the sum of its parts.
  private func counts(isPlanned: Bool, _ value: (PlanningArea, YearGroup) -> Double) -> [Line: Int] {
    var cells: [Line: Int] = [:]
    for phase in phases {
      let areas = pupils.areas.indices.filter { pupils.areas[$0].phase == phase }
      let yearGroups = yearGroups(phase, isPlanned: isPlanned)
      let rounded = roundedKeepingSums(
        yearGroups.map { yearGroup in areas.map { value(pupils.areas[$0], yearGroup) } })
      for (yearGroup, row) in zip(yearGroups, rounded) {
        for (area, count) in zip(areas, row) {
          cells[Line(area: area, phase: phase, yearGroup: yearGroup)] = count
        }
      }
    }
    return summed(cells)
  }

  /// Counts of areas and year groups, and all lines that are sums of them.
  private func summed(_ cells: [Line: Int]) -> [Line: Int] {
    var counts = cells
    for (cell, count) in cells {
      for total in [
        Line(area: cell.area, phase: cell.phase), Line(phase: cell.phase, yearGroup: cell.yearGroup),
        Line(phase: cell.phase), Line(),
      ] { counts[total, default: 0] += count }
    }
    return counts
  }

  /// The lines of one year whose counts are not shown.
  private func hidden(_ lines: [Line], _ counts: [[Line: Int]]) throws -> Set<Line> {
    if threshold <= 1 { return [] }
    let place = Dictionary(lines.enumerated().map { ($1, $0) }) { first, _ in first }
    var sums: [AdditiveTable.Sum] = []
    func add(_ total: Line, _ parts: [Line]) {
      guard let total = place[total] else { return }
      sums.append(.init(total: total, parts: parts.compactMap { place[$0] }))
    }
    add(Line(), phases.map { Line(phase: $0) })
    for phase in phases {
      let areas = pupils.areas.indices.filter { pupils.areas[$0].phase == phase }
      let whole = Line(phase: phase)
      add(whole, phase.yearGroups.map { Line(phase: phase, yearGroup: $0) })
      add(whole, areas.map { Line(area: $0, phase: phase) })
      for yearGroup in phase.yearGroups {
        add(
          Line(phase: phase, yearGroup: yearGroup),
          areas.map { Line(area: $0, phase: phase, yearGroup: yearGroup) })
      }
      for area in areas {
        add(
          Line(area: area, phase: phase),
          phase.yearGroups.map { Line(area: area, phase: phase, yearGroup: $0) })
      }
    }
    // The same cells are hidden in both columns, since one is nearly the other.
    let tables = counts.map { counts in
      AdditiveTable(values: lines.map { Double(counts[$0] ?? 0) }, sums: sums)
    }
    let small = tables.reduce(into: Set<Int>()) { $0.formUnion($1.small(below: threshold)) }
    var found: Set<Int> = []
    for table in tables {
      found = try suppressedCells(of: table, below: threshold, small: small, already: found)
    }
    return Set(found.map { lines[$0] })
  }

  // MARK: Text

  private static let forecastIndicators: [OpenDataFile.Column] = [
    .count("pupil_count", "Number of pupils", grouping: "Pupils"),
    .count("pupil_without_new_homes_count", "Number of pupils without new homes", grouping: "Pupils"),
  ]

  /// With an operating margin, what is short is more than pupils without a place, and the label says so.
  private var placesIndicators: [OpenDataFile.Column] {
    let hasMargin = phases.contains { (model.operatingMargin[$0] ?? 0) > 0 }
    return [
      .count("place_count", "Number of places", grouping: "Places"),
      .count(
        "place_needed_count", "Number of places short" + (hasMargin ? ", operating margin included" : ""),
        grouping: "Places"),
      .count("place_spare_count", "Number of places spare", grouping: "Places"),
    ]
  }

  private func keys(_ line: Line, _ year: AcademicYear) -> [String] {
    let start = year.start
    let name = model.identity.authority + (model.identity.isSynthetic ? " (invented)" : "")
    let next = String((start + 1) % 100)
    var keys = [
      String(start) + (next.count == 1 ? "0" : "") + next, "Academic year",
      line.area == nil ? "Local authority" : "Planning area", "E92000001", "England", codes.regionCode,
      codes.regionName, model.identity.authorityCode, codes.authorityCode, name,
    ]
    if let index = line.area { keys += [pupils.areas[index].code.text, pupils.areas[index].name] }
    let phase = line.phase.map { $0 == .primary ? "Primary" : "Secondary" } ?? "Total"
    return keys + (choosesPhase(line.area != nil) ? [phase] : []) + [line.yearGroup?.name ?? "Total"]
  }

  private func file(
    _ name: String, _ rows: [Bool: [[String]]], isAreas: Bool, _ indicators: [OpenDataFile.Column]
  ) -> OpenDataFile {
    let geography = [
      "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
      "region_name", "old_la_code", "new_la_code", "la_name",
    ]
    let phase = OpenDataFile.Column.filter(
      "education_phase", "Phase of education", hint: "Primary is Reception to Year 6",
      startsWith: isAreas ? (phases.first == .secondary ? "Secondary" : "Primary") : "")
    let filters =
      (choosesPhase(isAreas) ? [phase] : []) + [
        .filter("year_group", "Year group", hint: "Total is all year groups of the phase")
      ]
    return OpenDataFile(
      name: isAreas ? name + "-planning-areas" : name,
      headings: geography + (isAreas ? ["planning_area_code", "planning_area_name"] : [])
        + filters.map(\.name) + indicators.map(\.name),
      rows: rows[isAreas] ?? [], columns: filters + indicators)
  }

  /// A filter with one entry chooses nothing, and the rules refuse it: areas of one phase have none.
  private func choosesPhase(_ isAreas: Bool) -> Bool { !isAreas || phases.count > 1 }
}
