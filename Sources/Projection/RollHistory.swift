internal import NumericCore
public import PlacePlanning

/// Rolls by area and year group up to the base year.
public struct RollHistory: Sendable {
  public let tables: [PlanningAreaCode: RollTable]
  /// `given` when counted, `derived` when raked from totals.
  public let mark: EvidenceMark
  /// The flow behind the derived rolls, to be used for the projection as well; nil for counted rolls.
  let transfer: TransferFlow?

  func roll(_ area: PlanningAreaCode, _ yearGroup: YearGroup, _ year: AcademicYear) -> Double {
    tables[area]?[year, yearGroup] ?? 0
  }

  func rolls(_ areas: [PlanningArea], _ yearGroup: YearGroup, _ year: AcademicYear) -> [Double] {
    areas.map { roll($0.code, yearGroup, year) }
  }
}

/// Year groups by area from what is published: one year's total by area, and the authority's year groups in every year.
///
/// In the year of the totals, a starting table is raked to both margins: for primary areas each cell starts from the births
/// of its cohort, for secondary areas all year groups start alike. From then on each cohort keeps its spread over areas,
/// Reception spreads as births x the area's own intake, Year 7 comes by the transfer flow, and every year group is scaled to
/// the authority's count.
struct RollReconstruction {
  private let model: PlanningModel
  private let primary: [PlanningArea]
  private let secondary: [PlanningArea]
  private let births: BirthOutlook

  init(_ model: PlanningModel, births: BirthOutlook) {
    self.model = model
    self.births = births
    primary = model.areas(.primary)
    secondary = model.areas(.secondary)
  }

  func history(
    totals: [PlanningAreaCode: Double], year start: AcademicYear
  ) throws -> RollHistory {
    let primaryStart = try raked(primary, totals, start) { area, group in
      births.births(area.code, start - group)
    }
    let secondaryStart = try raked(secondary, totals, start) { _, _ in 1 }
    let flow = try startingFlow(primaryStart, secondaryStart, start)

    var tables = Dictionary(model.areas.map { ($0.code, RollTable()) }) { first, _ in first }
    func store(_ areas: [PlanningArea], _ table: [[Double]], _ year: AcademicYear) {
      for (area, row) in zip(areas, table) {
        for (yearGroup, count) in zip(area.phase.yearGroups, row) {
          tables[area.code]?[year, yearGroup] = count
        }
      }
    }
    var (young, old) = (primaryStart, secondaryStart)
    store(primary, young, start)
    store(secondary, old, start)
    let intake = primary.enumerated().map { index, area in
      ratio(primaryStart[index][0], births.births(area.code, start))
    }
    for offset in stride(from: 1, through: model.baseYear - start, by: 1) {
      let year = start + offset
      let reception = zip(primary, intake).map { births.births($0.code, year) * $1 }
      let year7 = try flow.year7(from: young.map { $0[6] })
      young = scaled(zip(reception, young).map { [$0] + $1.dropLast() }, .primary, year)
      old = scaled(zip(year7, old).map { [$0] + $1.dropLast() }, .secondary, year)
      store(primary, young, year)
      store(secondary, old, year)
    }
    return RollHistory(tables: tables, mark: .derived, transfer: flow)
  }

  /// Area totals x the authority's year groups. **Shape** area x year group.
  private func raked(
    _ areas: [PlanningArea], _ totals: [PlanningAreaCode: Double], _ year: AcademicYear,
    seed: (PlanningArea, Int) -> Double
  ) throws -> [[Double]] {
    let groups = areas[0].phase.yearGroups
    let columns = groups.map { model.countyRolls[year, $0] ?? 0 }
    let areaTotals = areas.map { totals[$0.code] ?? 0 }
    let scale = ratio(columns.reduce(0, +), areaTotals.reduce(0, +))
    let table = LabelledMatrix(
      rows: Axis("area", areas.map(\.code.text)), columns: Axis("year group", groups.map(\.label))
    ) { seed(areas[$0], $1) }
    let raked = try table.raked(
      rowTotals: areaTotals.map { $0 * scale }, columnTotals: columns, tolerance: 1e-7)
    return areas.indices.map(raked.row)
  }

  /// The flow from last year's Year 6 to the starting year's Year 7.
  private func startingFlow(
    _ young: [[Double]], _ old: [[Double]], _ start: AcademicYear
  ) throws -> TransferFlow {
    // Last year's Year 6 spread over areas as this year's, moved by the births of the two cohorts.
    let moved = zip(primary, young).map { area, row in
      row[6]
        * ratio(births.births(area.code, start - 7), births.births(area.code, start - 6))
    }
    let county = model.countyRolls[start - 1, .year6] ?? 0
    let scale = ratio(county, moved.reduce(0, +))
    return try TransferFlow(
      model, year6: moved.map { $0 * scale }, year7: old.map { $0[0] }, in: start)
  }

  private func scaled(
    _ table: [[Double]], _ phase: AreaPhase, _ year: AcademicYear
  ) -> [[Double]] {
    let groups = phase.yearGroups
    let factors = groups.indices.map { group in
      ratio(model.countyRolls[year, groups[group]] ?? 0, table.reduce(0) { $0 + $1[group] })
    }
    return table.map { row in zip(row, factors).map { $0 * $1 } }
  }
}
