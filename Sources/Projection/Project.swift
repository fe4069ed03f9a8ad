public import Diagnostics
internal import NumericCore
public import PlacePlanning

/// The central projection of a model, ten years or as many as it asks for.
///
/// Reception is births x intake; other year groups are the year group below x survival; Year 7 comes by the transfer flow,
/// with newcomers; new homes add what their yield curves say; control totals, where there are any, are met at the end of each
/// year. **Throws** E212 when no transfer flow fits the rolls or a year group has pupils and nobody whom they could come from,
/// E247 when control totals cannot be met, E248 when births cannot be carried on: from women who lead to births that cannot be,
/// or from known births with a gap in their last three years.
public func project(_ model: PlanningModel) throws(DiagnosticList) -> TrajectorySet {
  do {
    return try Projector(model).run()
  } catch let refusal as ControlRefusal {
    throw DiagnosticList([controlDiagnostic(model, refusal)])
  } catch let faults as BirthFaults {
    throw DiagnosticList(
      faults.faults.map { fault in
        Diagnostic(
          .birthsImpossible, at: modelPlace(model),
          what: "births cannot be carried forward: \(fault)",
          why: "Reception would be taken from children whom nobody can have",
          fix: "correct the women, their rates or their migration; or carry births on in another way")
      })
  } catch let missing as MissingCohort {
    throw DiagnosticList(
      .transferImpossible, at: modelPlace(model),
      what: "the rolls cannot be carried forward: \(missing)",
      why: "no children would come after these pupils in any year",
      fix: "correct the counts or the births; year groups that follow each other, as in infant and junior "
        + "schools, must stand in one area")
  } catch {
    let isTooMany = (error as? ImpossibleProjection)?.isTooMany ?? false
    throw DiagnosticList(
      .transferImpossible, at: modelPlace(model),
      what: "the rolls cannot be carried forward: \(error)",
      why: isTooMany
        ? "there are not so many children, and what is worked out from them could not be printed"
        : "pupils would appear or vanish between primary and secondary areas",
      fix: isTooMany
        ? "correct the rolls, births, yields or factors that they come from"
        : "check the rolls first, then the transfer shares and 'transfer.leavers', so that both ends can be met"
    )
  }
}

/// The place that diagnostics about a model as a whole name.
func modelPlace(_ model: PlanningModel) -> SourceLocation {
  SourceLocation(file: "Models/\(model.identity.key)")
}

/// Says that control totals cannot be met. `draw` is the draw that cannot meet them; nil, or 0, for the central path.
func controlDiagnostic(_ model: PlanningModel, _ refusal: ControlRefusal, draw: Int? = nil) -> Diagnostic {
  let place = draw.map { $0 > 0 ? " in draw \($0)" : "" } ?? ""
  return Diagnostic(
    .controlImpossible, at: modelPlace(model),
    what: "the control totals cannot be met\(place): \(refusal)",
    why: "scaling cannot make pupils where the projection has none", fix: "correct the total, or take it out")
}

/// The rates and flows lead to numbers that no school could have.
private struct ImpossibleProjection: Error, CustomStringConvertible {
  let description: String
  var isTooMany = false
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

  /// The most pupils that a year group of an area may have: ten times the largest count that a model may hold.
  private static let mostPupils = 1e9

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
    housing = HousingPupils(model)
    primary = model.areas.indices.filter { model.areas[$0].phase == .primary }
    secondary = model.areas.indices.filter { model.areas[$0].phase == .secondary }
  }

  func run() throws -> TrajectorySet {
    let empty = Trajectory(areas: model.areas, years: years)
    var paths = Paths(with: empty, without: empty, homes: noHomes)
    for (index, area) in model.areas.enumerated() {
      for (group, yearGroup) in area.phase.yearGroups.enumerated() {
        paths.without[index, group, 0] = history.roll(area.code, yearGroup, model.baseYear)
        paths.with[index, group, 0] = paths.without[index, group, 0]
      }
    }
    for year in 1..<years.count { try step(&paths, to: year) }
    try check(paths)
    return TrajectorySet(
      years: years, areas: model.areas, central: paths.with, centralWithoutHousing: paths.without,
      ledger: paths.ledger, rates: rates, births: births, history: history)
  }

  /// The projection as far as it has come.
  private struct Paths {
    /// With the pupils of new homes, and without them.
    var with: Trajectory
    var without: Trajectory
    /// Pupils of new homes in the last year, by how much the two paths differ. **Shape** area x year group.
    var homes: [[Double]]
    var ledger = ChangeLedger()
  }

  private var noHomes: [[Double]] {
    model.areas.map { _ in [Double](repeating: 0, count: Trajectory.groupsPerArea) }
  }

  /// Refuses a projection with fewer than no pupils or too many anywhere, or with a change that the ledger cannot explain.
  private func check(_ paths: Paths) throws {
    for (index, area) in model.areas.enumerated() {
      for (group, yearGroup) in area.phase.yearGroups.enumerated() {
        for year in years.indices {
          for pupils in [paths.without[index, group, year], paths.with[index, group, year]]
          where !(-1e-9...Self.mostPupils).contains(pupils) {
            throw ImpossibleProjection(
              description: "\(yearGroup.name) of \(area.name) would have \(pupils) pupils in \(years[year])",
              isTooMany: pupils > Self.mostPupils)
          }
        }
      }
    }
    guard paths.ledger.worstResidual <= 1e-6 else {
      throw ImpossibleProjection(
        description: "\(paths.ledger.worstResidual) pupils are not explained by any change")
    }
  }

  /// One September: fills year `t` of both paths and books every change of the path with housing.
  private func step(_ paths: inout Paths, to t: Int) throws {
    let year6 = [paths.without, paths.with].map { path in primary.map { path[$0, 6, t - 1] } }
    let flows = try rates.transfer.flowed(year6)
    let countyYear6 = year6[0].reduce(0, +)
    var next = noHomes
    var changes: [[ChangeLedger.Entry]] = []
    for index in model.areas.indices {
      let area = model.areas[index]
      var entries: [ChangeLedger.Entry] = []
      for group in 0..<Trajectory.groupsPerArea {
        let yearGroup = area.phase.yearGroups[group]
        let pupilsOfHomes = housing.pupils(area.code, group, t - 1)
        var entry = ChangeLedger.Entry(area: area.code, year: years[t], yearGroup: yearGroup)
        /// Pupils of new homes whom survival or transfer has carried on from last year.
        var carried = 0.0
        if group > 0 {
          let survival = rates.survival[area.code]?[yearGroup]?.value ?? 0
          paths.without[index, group, t] = survival * paths.without[index, group - 1, t - 1]
          entry.opening = paths.with[index, group - 1, t - 1]
          entry.survivorsChange = (survival - 1) * entry.opening
          carried = survival * paths.homes[index][group - 1]
        } else if area.phase == .primary {
          entry.intake = (rates.intake[area.code]?.value ?? 0) * births.births(area.code, years[t])
          paths.without[index, group, t] = entry.intake
        } else if let position = secondary.firstIndex(of: index) {
          entry.imports = rates.transfer.imports[position] * countyYear6
          paths.without[index, group, t] = flows[0][position] + entry.imports
          entry.transfersIn = flows[1][position]
          carried = flows[1][position] - flows[0][position]
        }
        paths.with[index, group, t] = paths.without[index, group, t] + pupilsOfHomes
        next[index][group] = pupilsOfHomes
        entry.housing = pupilsOfHomes - carried
        entry.closing = paths.with[index, group, t]
        entries.append(entry)
      }
      changes.append(entries)
    }
    paths.homes = next
    try control(&paths, t, &changes)
    for (index, area) in model.areas.enumerated() {
      let oldest = paths.with[index, Trajectory.groupsPerArea - 1, t - 1]
      paths.ledger.entries += changes[index]
      paths.ledger.entries.append(
        .init(area: area.code, year: years[t], yearGroup: nil, opening: oldest, leaving: oldest))
    }
  }

  /// Brings the year to its control totals, pupils of new homes and all others alike, and books what that took.
  private func control(
    _ paths: inout Paths, _ t: Int, _ changes: inout [[ChangeLedger.Entry]]
  ) throws(ControlRefusal) {
    let margins = RollMargins.all(
      model.control, years[t], primary: primary.map { model.areas[$0].code.text },
      secondary: secondary.map { model.areas[$0].code.text })
    for margin in margins {
      let held = margin.isPrimary ? primary : secondary
      let path = paths.with
      let factors = try margin.factors { path[held[$0], margin.groups[$1], t] }
      for (row, index) in held.enumerated() {
        for (column, group) in margin.groups.enumerated() {
          let factor = factors[row, column]
          paths.with[index, group, t] *= factor
          paths.without[index, group, t] *= factor
          paths.homes[index][group] *= factor
          changes[index][group].bring(to: paths.with[index, group, t])
        }
      }
    }
  }
}
