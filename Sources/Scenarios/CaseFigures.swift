public import CapitalProgramme
public import PlacePlanning
public import Projection
public import Sufficiency

/// What one scenario, or one set of changes, comes to.
public struct CaseFigures: Sendable {
  /// One area's entry year group over the years.
  public struct Area: Hashable, Sendable, Encodable {
    public let code: String
    public let name: String
    public let phase: String
    /// The largest need in the entry year group on the central path. **Units** forms of entry.
    public let worst: Double
    /// The September of that year; nil where it is never short.
    public let worstYear: Int?
    /// The first September in which it lacks a form of entry.
    public let firstYearShort: Int?
    /// Over the draws: the mean of each draw's largest need, and the share of draws that lack a form of entry in at least one year,
    /// whichever that is: not in `worstYear` alone. Nil without draws.
    public let expectedWorst: Double?
    public let chanceShort: Double?
  }

  public private(set) var figures: [Headline: HeadlineFigure]
  /// Areas in order of their codes.
  public let areas: [Area]
  /// Schemes that the programme starts, with their years; nil where none was asked for, or there is none.
  public private(set) var programme: [ProgrammeStart]?

  /// A scheme of the chosen programme.
  public struct ProgrammeStart: Hashable, Sendable, Encodable {
    public let scheme: String
    public let starts: String
  }

  /// The figures of the compare stage; those of draws where there are some.
  public init(
    _ model: PlanningModel, _ pupils: TrajectorySet, _ balance: PlacesBalance, _ draws: PupilDraws?
  ) {
    var figures = pupilFigures(pupils)
    let pressures = model.areas.map { balance.pressure($0) }
    let drawn = draws.map { draws in model.areas.map { DrawnNeed($0, model, draws) } }
    areas = pressures.enumerated().map { index, pressure in
      let peak = pressure.peak.flatMap { $0.forms.forms > 0 ? $0 : nil }
      return Area(
        code: pressure.area.code.text, name: pressure.area.name, phase: pressure.area.phase.rawValue,
        worst: peak?.forms.forms ?? 0, worstYear: peak?.year.start,
        firstYearShort: pressure.firstYearShort()?.start, expectedWorst: drawn?[index].expectedWorst,
        chanceShort: drawn?[index].chanceShort)
    }
    for phase in AreaPhase.allCases {
      let own = areas.filter { $0.phase == phase.rawValue }
      func key(_ primary: Headline, _ secondary: Headline) -> Headline {
        phase == .primary ? primary : secondary
      }
      if let last = balance.years.last {
        let summary = balance.summary(phase, last)
        figures[key(.needPrimary, .needSecondary)] = HeadlineFigure(summary.need)
        figures[key(.sparePrimary, .spareSecondary)] = HeadlineFigure(summary.spare)
      }
      let worst = own.reduce(nil as Area?) { best, next in (best?.worst ?? -1) < next.worst ? next : best }
      figures[key(.worstPrimary, .worstSecondary)] = HeadlineFigure(
        worst?.worst, note: worst.flatMap { area in area.worstYear.map { "\(area.name), \(label($0))" } })
      let first = own.filter { $0.firstYearShort != nil }.min {
        ($0.firstYearShort ?? 0, $0.code) < ($1.firstYearShort ?? 0, $1.code)
      }
      figures[key(.firstShortPrimary, .firstShortSecondary)] = HeadlineFigure(
        first?.firstYearShort.map(Double.init), note: first?.name)
      figures[key(.areasShortPrimary, .areasShortSecondary)] = HeadlineFigure(
        Double(own.count { $0.firstYearShort != nil }))
      guard let drawn else { continue }
      let needs = zip(model.areas, drawn).filter { $0.0.phase == phase }.map(\.1)
      figures[key(.expectedNeedPrimary, .expectedNeedSecondary)] = HeadlineFigure(
        needs.reduce(0) { $0 + $1.expectedLastYear })
      let likeliest = own.reduce(nil as Area?) { best, next in
        (best?.chanceShort ?? -1) < (next.chanceShort ?? 0) ? next : best
      }
      figures[key(.chanceShortPrimary, .chanceShortSecondary)] = HeadlineFigure(
        likeliest?.chanceShort, note: (likeliest?.chanceShort ?? 0) > 0 ? likeliest?.name : nil)
      figures[key(.expectedAreasShortPrimary, .expectedAreasShortSecondary)] = HeadlineFigure(
        own.reduce(0) { $0 + ($1.chanceShort ?? 0) })
    }
    figures[.worstAfterPlanned] = afterPlanned(model, pupils)
    self.figures = figures
    programme = nil
  }

  /// The same with the programme that was chosen.
  public func with(_ chosen: ChosenProgramme) -> CaseFigures {
    var copy = self
    let problem = chosen.problem
    copy.figures[.schemes] = HeadlineFigure(Double(chosen.programme.choices.count))
    copy.figures[.programmeCost] = HeadlineFigure(
      Double(chosen.cost), note: chosen.isProven ? nil : "stopped before it was proven best")
    copy.figures[.unmet] = HeadlineFigure(chosen.unmetPlaceYears.with)
    copy.figures[.borrowing] = HeadlineFigure(Double(chosen.accounts.years.reduce(0) { $0 + $1.borrowed }))
    copy.figures[.presentCost] = HeadlineFigure(chosen.accounts.presentCost)
    copy.programme = chosen.programme.choices.map { choice in
      let candidate = problem.candidates[choice.scheme]
      return ProgrammeStart(
        scheme: candidate.scheme.key, starts: problem.years[candidate.starts[choice.start].year].label)
    }.sorted { $0.scheme < $1.scheme }
    return copy
  }

  /// The same without a programme, and why there is none.
  public func withoutProgramme(_ why: String) -> CaseFigures {
    var copy = self
    for headline in Headline.allCases where headline.group == .programme {
      copy.figures[headline] = HeadlineFigure(nil, note: why)
    }
    copy.programme = nil
    return copy
  }
}

private func label(_ september: Int) -> String { AcademicYear(september).label }

private func pupilFigures(_ pupils: TrajectorySet) -> [Headline: HeadlineFigure] {
  guard let last = pupils.years.last else { return [:] }
  func total(_ groups: [YearGroup]) -> HeadlineFigure { HeadlineFigure(pupils.central.total(groups, last)) }
  return [
    .reception: total([.reception]), .pupilsPrimary: total(Phase.primary.yearGroups),
    .year7: total([.year7]), .pupilsSecondary: total(Phase.secondary.yearGroups),
    .pupilsSixthForm: total(Phase.sixthForm.yearGroups),
  ]
}

/// The largest need that is left where an answer is planned and published, from the year on for which it was published: before that it
/// was not to help, and where it comes later its absence counts. Nil where none is.
private func afterPlanned(_ model: PlanningModel, _ pupils: TrajectorySet) -> HeadlineFigure {
  var worst: HeadlineFigure?
  for area in model.areas {
    let outlook = outlook(area, pupils, model)
    guard let due = outlook.published.map({ $0.plannedFrom - $0.yearsLate }) else { continue }
    for row in outlook.rows where row.year >= due {
      let forms = FormsOfEntry(places: row.needAfterPlanned).forms
      guard forms > worst?.value ?? -1 else { continue }
      worst = HeadlineFigure(forms, note: forms > 0 ? "\(area.name), \(row.year.label)" : area.name)
    }
  }
  return worst ?? HeadlineFigure(nil)
}

/// One area's need over the draws.
private struct DrawnNeed {
  /// All its year groups in the last year. **Units** places.
  private(set) var expectedLastYear = 0.0
  /// The mean of each draw's largest need in the entry year group. **Units** forms of entry.
  private(set) var expectedWorst = 0.0
  /// The share of draws in which the entry year group lacks a form of entry in some year.
  private(set) var chanceShort = 0.0

  init(_ area: PlanningArea, _ model: PlanningModel, _ draws: PupilDraws) {
    let margin = 1 + (model.operatingMargin[area.phase] ?? 0)
    let entry = area.phase.entryYearGroup
    var worst = [Double](repeating: 0, count: draws.draws)
    for year in draws.projectedYears {
      guard let pupils = draws[area.code, entry, year],
        let places = model.capacity.places(area.code, entry, year)
      else { continue }
      for index in worst.indices { worst[index] = max(worst[index], pupils[index] * margin - places) }
    }
    let count = Double(max(1, draws.draws))
    expectedWorst = FormsOfEntry(places: worst.reduce(0, +) / count).forms
    chanceShort = Double(worst.count { $0 >= FormsOfEntry.placesPerForm }) / count
    guard let last = draws.projectedYears.last else { return }
    for yearGroup in area.phase.plannedYearGroups {
      guard let pupils = draws[area.code, yearGroup, last],
        let places = model.capacity.places(area.code, yearGroup, last)
      else { continue }
      expectedLastYear += pupils.reduce(0) { $0 + max(0, $1 * margin - places) } / count
    }
  }
}
