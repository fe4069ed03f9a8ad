public import Diagnostics
internal import NumericCore
public import PlacePlanning

/// The central projection of a model, ten years or as many as it asks for.
///
/// Reception is births x intake; other year groups are the year group below x survival; Year 7 comes by the transfer flow,
/// with newcomers; new homes add what their yield curves say. **Throws** E212 when no transfer flow fits the rolls.
public func project(_ model: PlanningModel) throws(DiagnosticList) -> TrajectorySet {
  do {
    return try Projector(model).run()
  } catch {
    throw DiagnosticList([
      Diagnostic(
        .transferImpossible, at: SourceLocation(file: "Models/\(model.identity.key)"),
        what: "the rolls cannot be carried forward: \(error)",
        why: "pupils would appear or vanish between primary and secondary areas",
        fix:
          "correct the transfer shares, 'transfer.leavers' or the areas' rolls so that both ends can be met")
    ])
  }
}

/// The rates and flows lead to numbers that no school could have.
private struct ImpossibleProjection: Error, CustomStringConvertible {
  let description: String
}

private struct Projector {
  let model: PlanningModel
  let births: BirthOutlook
  let history: RollHistory
  let rates: ProjectionRates
  let housing: HousingPupils
  let years: [AcademicYear]
  let primary: [Int]
  let secondary: [Int]

  init(_ model: PlanningModel) throws {
    self.model = model
    years = [model.baseYear] + model.projectedYears
    let oldest: AcademicYear =
      switch model.areaRolls {
      case .totals(_, let year): year - 7
      case .counted: model.baseYear - 2
      }
    births = try BirthOutlook(
      model, years: (oldest.start...(years.last ?? oldest).start).map { AcademicYear($0) })
    switch model.areaRolls {
    case .counted(let tables):
      history = RollHistory(tables: tables, mark: .given, transfer: nil)
    case .totals(let totals, let year):
      history = try RollReconstruction(model, births: births).history(totals: totals, year: year)
    }
    rates = try ProjectionRates(model, history: history, births: births)
    housing = try HousingPupils(model)
    primary = model.areas.indices.filter { model.areas[$0].phase == .primary }
    secondary = model.areas.indices.filter { model.areas[$0].phase == .secondary }
  }

  func run() throws -> TrajectorySet {
    var without = Trajectory(areas: model.areas, years: years)
    var with = without
    for (index, area) in model.areas.enumerated() {
      for (group, yearGroup) in area.phase.yearGroups.enumerated() {
        without[index, group, 0] = history.roll(area.code, yearGroup, model.baseYear)
        with[index, group, 0] = without[index, group, 0]
      }
    }
    var ledger = ChangeLedger()
    for year in 1..<years.count {
      try step(to: year, &without, &with, &ledger)
    }
    try check(with, without, ledger)
    return TrajectorySet(
      years: years, areas: model.areas, central: with, centralWithoutHousing: without,
      ledger: ledger, rates: rates, births: births, history: history)
  }

  /// Refuses a projection with fewer than no pupils anywhere, or with a change that the ledger cannot explain.
  private func check(_ with: Trajectory, _ without: Trajectory, _ ledger: ChangeLedger) throws {
    for (index, area) in model.areas.enumerated() {
      for (group, yearGroup) in area.phase.yearGroups.enumerated() {
        for year in years.indices {
          let least = min(with[index, group, year], without[index, group, year])
          guard least.isFinite, least >= -1e-9 else {
            throw ImpossibleProjection(
              description: "\(yearGroup.name) of \(area.name) would have \(least) pupils in \(years[year])")
          }
        }
      }
    }
    guard ledger.worstResidual <= 1e-6 else {
      throw ImpossibleProjection(
        description: "\(ledger.worstResidual) pupils are not explained by any change")
    }
  }

  /// One September: fills year `t` of both paths and books every change of the path with housing.
  private func step(
    to t: Int, _ without: inout Trajectory, _ with: inout Trajectory, _ ledger: inout ChangeLedger
  ) throws {
    let year6 = [without, with].map { path in primary.map { path[$0, 6, t - 1] } }
    let flows = try rates.transfer.flowed(year6)
    let countyYear6 = year6[0].reduce(0, +)
    for index in model.areas.indices {
      let area = model.areas[index]
      for group in 0..<Trajectory.groupsPerArea {
        let yearGroup = area.phase.yearGroups[group]
        let pupilsOfHomes = housing.pupils(area.code, group, t - 1)
        var opening = 0.0
        var intake = 0.0
        var survivors = 0.0
        var transfers = 0.0
        var imports = 0.0
        if group > 0 {
          let survival = rates.survival[area.code]?[yearGroup]?.value ?? 0
          without[index, group, t] = survival * without[index, group - 1, t - 1]
          opening = with[index, group - 1, t - 1]
          survivors = (survival - 1) * opening
        } else if area.phase == .primary {
          intake =
            (rates.intake[area.code]?.value ?? 0) * births.births(area.code, years[t])
          without[index, group, t] = intake
        } else if let position = secondary.firstIndex(of: index) {
          imports = rates.transfer.imports[position] * countyYear6
          without[index, group, t] = flows[0][position] + imports
          transfers = flows[1][position]
        }
        with[index, group, t] = without[index, group, t] + pupilsOfHomes
        let closing = with[index, group, t]
        ledger.entries.append(
          .init(
            area: area.code, year: years[t], yearGroup: yearGroup, opening: opening,
            intake: intake, survivorsChange: survivors, transfersIn: transfers, imports: imports,
            leaving: 0, housing: housingEntry(index, group, t, flows),
            closing: closing))
      }
      let oldest = with[index, Trajectory.groupsPerArea - 1, t - 1]
      ledger.entries.append(
        .init(
          area: area.code, year: years[t], yearGroup: nil, opening: oldest, intake: 0,
          survivorsChange: 0, transfersIn: 0, imports: 0, leaving: oldest, housing: 0, closing: 0))
    }
  }

  /// The pupils of new homes in a cohort, less those of them whom survival or transfer has carried on from last year.
  private func housingEntry(
    _ index: Int, _ group: Int, _ t: Int, _ flows: [[Double]]
  ) -> Double {
    let area = model.areas[index]
    let now = housing.pupils(area.code, group, t - 1)
    if group > 0 {
      let before = t > 1 ? housing.pupils(area.code, group - 1, t - 2) : 0
      return now - (rates.survival[area.code]?[area.phase.yearGroups[group]]?.value ?? 0) * before
    }
    if let position = secondary.firstIndex(of: index) {
      return now - (flows[1][position] - flows[0][position])
    }
    return now
  }
}
