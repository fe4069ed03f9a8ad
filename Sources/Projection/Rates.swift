public import PlacePlanning

/// The rates of the central projection, by area.
public struct ProjectionRates: Sendable {
  /// Reception pupils per birth of the cohort, by primary area.
  public let intake: [PlanningAreaCode: ShrunkRatio]
  /// Pupils in a year group per pupil in the year group below a year before, by area; not for Reception or Year 7.
  public let survival: [PlanningAreaCode: [YearGroup: ShrunkRatio]]
  public let transfer: TransferFlow
}

/// Pupils of a year group with nobody behind them, so that no rate carries any on: they would vanish.
struct MissingCohort: Error, CustomStringConvertible {
  let description: String

  /// `empty` are the years in which nobody is behind them, oldest first; `whose` is an area or the authority.
  init(
    _ yearGroup: YearGroup, of whose: String, pupils: Double, in base: AcademicYear, empty: [AcademicYear]
  ) {
    let behind =
      yearGroup.previous.map { "nobody was in \($0.name) a year before it" }
      ?? "there were no births behind it"
    description =
      "\(yearGroup.name) of \(whose) has \(Int(pupils.rounded())) pupils in \(base), and nothing tells how many come "
      + "after them: \(behind) in \(empty.map(\.label).joined(separator: ", "))"
  }
}

/// The ratios of a year group's pupils to those whom they come from. See `shrunkRatios`.
///
/// **Throws** `MissingCohort` where a year group that has pupils in the base year would take a ratio of nought, since the authority
/// has none, or never had anybody to take it of: in all three years it has pupils, and nobody behind them.
private func sourcedRatios(
  _ model: PlanningModel, _ areas: [PlanningArea], of yearGroup: YearGroup,
  _ terms: (PlanningAreaCode, AcademicYear) -> (numerator: Double, denominator: Double)
) throws(MissingCohort) -> [PlanningAreaCode: ShrunkRatio] {
  let ratios = shrunkRatios(
    areas.map(\.code), base: model.baseYear, disturbed: model.disturbedYears, terms)
  let years = recencyWeights.indices.reversed().map { model.baseYear - $0 }
  for area in areas {
    let counts = years.map { terms(area.code, $0) }
    let empty = zip(years, counts).filter { $0.1.denominator == 0 }.map(\.0)
    let isAlone = empty.count == years.count && counts.allSatisfy { $0.numerator > 0 }
    if let pupils = counts.last?.numerator, pupils > 0, !empty.isEmpty,
      isAlone || ratios[area.code]?.value == 0
    {
      throw MissingCohort(
        yearGroup, of: "\(area.name) (\(area.code))", pupils: pupils, in: model.baseYear, empty: empty)
    }
  }
  return ratios
}

extension ProjectionRates {
  init(_ model: PlanningModel, history: RollHistory, births: BirthOutlook) throws {
    switch model.areaRolls {
    case .counted: try self.init(counted: model, history, births)
    case .totals: try self.init(derived: model, history, births)
    }
  }

  /// From counted rolls: each area's own ratios, shrunk.
  private init(
    counted model: PlanningModel, _ history: RollHistory, _ births: BirthOutlook
  ) throws {
    intake = try sourcedRatios(model, model.areas(.primary), of: .reception) {
      (history.roll($0, .reception, $1), births.births($0, $1))
    }
    var survival: [PlanningAreaCode: [YearGroup: ShrunkRatio]] = [:]
    for phase in AreaPhase.allCases {
      for yearGroup in phase.yearGroups.dropFirst() {
        guard let previous = yearGroup.previous else { continue }
        let ratios = try sourcedRatios(model, model.areas(phase), of: yearGroup) {
          (history.roll($0, yearGroup, $1), history.roll($0, previous, $1 - 1))
        }
        for (code, value) in ratios { survival[code, default: [:]][yearGroup] = value }
      }
    }
    self.survival = survival
    if model.transfer.basis == .observed {
      transfer = try TransferFlow(observed: model, history: history)
    } else {
      transfer = try TransferFlow(
        model, year6: history.rolls(model.areas(.primary), .year6, model.baseYear - 1),
        year7: history.rolls(model.areas(.secondary), .year7, model.baseYear), in: model.baseYear)
    }
  }

  /// From rolls derived by raking, which hold nothing of an area's own survival: the authority's ratios for all areas, and
  /// its intake ratio moved by each area's own intake in the base year.
  private init(
    derived model: PlanningModel, _ history: RollHistory, _ births: BirthOutlook
  ) throws {
    let primary = model.areas(.primary).map(\.code)
    func countyBirths(_ year: AcademicYear) -> Double {
      primary.reduce(0) { $0 + births.births($1, year) }
    }
    let unborn = recencyWeights.indices.reversed().map { model.baseYear - $0 }
      .filter { countyBirths($0) == 0 }
    guard unborn.isEmpty else {
      throw MissingCohort(
        .reception, of: "the authority", pupils: model.countyRolls[model.baseYear, .reception] ?? 0,
        in: model.baseYear, empty: unborn)
    }
    let countyIntake =
      weightedRatio(base: model.baseYear, disturbed: model.disturbedYears) {
        (model.countyRolls[$0, .reception] ?? 0, countyBirths($0))
      } ?? 0
    let baseIntake = ratio(
      model.countyRolls[model.baseYear, .reception] ?? 0, countyBirths(model.baseYear))
    intake = primary.reduce(into: [:]) { result, area in
      let own = ratio(
        history.roll(area, .reception, model.baseYear), births.births(area, model.baseYear))
      result[area] = ShrunkRatio(value: countyIntake * ratio(own, baseIntake), weight: 1)
    }
    let county = YearGroup.all.reduce(into: [YearGroup: ShrunkRatio]()) { result, yearGroup in
      guard let previous = yearGroup.previous, yearGroup != .year7 else { return }
      let value =
        weightedRatio(base: model.baseYear, disturbed: model.disturbedYears) {
          (model.countyRolls[$0, yearGroup] ?? 0, model.countyRolls[$0 - 1, previous] ?? 0)
        } ?? 0
      result[yearGroup] = ShrunkRatio(value: value, weight: 0)
    }
    survival = model.areas.reduce(into: [:]) { result, area in
      result[area.code] = county.filter { area.phase.yearGroups.contains($0.key) }
    }
    transfer = try history.transfer ?? TransferFlow(observed: model, history: history)
  }
}
