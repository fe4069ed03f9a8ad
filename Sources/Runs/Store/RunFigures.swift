public import CapitalProgramme
public import Papers
internal import PlacePlanning
public import Projection
public import Sufficiency

/// One figure that a run is remembered by.
public struct RunFigure: Hashable, Sendable {
  /// A number in whole millionths, so that equal figures are equal, or words.
  public enum Value: Hashable, Sendable {
    /// **Units** millionths of the figure's unit.
    case millionths(Int)
    /// A year or a date; nil for none.
    case label(String?)
  }

  public let subject: RunComparison.Subject
  public let value: Value

  /// What tells it from every other figure of a run; an area's name, which may change, is no part of it.
  var key: String {
    let own = subject.scheme == nil ? "" : subject.name
    return [subject.measure, subject.phase ?? "", subject.area?.text ?? "", subject.year?.label ?? "", own]
      .joined(separator: "|")
  }

  /// Of the whole authority; others are an area's or a scheme's.
  public var isOfAuthority: Bool { subject.area == nil && subject.scheme == nil }
}

/// The figures that a run is remembered and compared by.
public struct RunFigures: Sendable {
  public private(set) var all: [RunFigure] = []

  /// What a chosen programme is remembered by, beside the starts of its schemes, in the order in which it is shown.
  static let ofChosen = [
    "chosen_schemes", "chosen_cost", "chosen_borrowing", "chosen_present_cost", "chosen_unmet",
  ]

  /// Those of a chosen programme alone.
  init(_ chosen: ChosenProgramme) { addChosen(chosen) }

  /// `ranges` is nil where the model does not say how uncertain it is, `chosen` where no programme was chosen.
  public init(
    _ pupils: TrajectorySet, _ balance: PlacesBalance, _ programme: ApprovedProgramme,
    ranges: PupilRanges?, chosen: ChosenProgramme?
  ) {
    addPupils(pupils, ranges)
    addNeed(balance)
    add("programme_schemes", "schemes in the approved programme", "schemes", Double(programme.lines.count))
    add("programme_total", "the approved programme", "GBP", Double(programme.total))
    if let chosen { addChosen(chosen) }
  }

  private mutating func add(
    _ measure: String, _ name: String, _ unit: String, _ value: Double, phase: String? = nil,
    area: PlanningArea? = nil, year: AcademicYear? = nil
  ) {
    let millionths = (value * 1e6).rounded()
    guard abs(millionths) < 9e18 else { return }
    all.append(
      RunFigure(
        subject: .init(measure: measure, name: name, unit: unit, phase: phase, area: area?.code, year: year),
        value: .millionths(Int(millionths))))
  }

  private mutating func add(
    _ measure: String, _ name: String, label: String?, phase: String? = nil, area: PlanningArea? = nil
  ) {
    all.append(
      RunFigure(
        subject: .init(measure: measure, name: name, unit: "year", phase: phase, area: area?.code, year: nil),
        value: .label(label)))
  }

  private mutating func addPupils(_ pupils: TrajectorySet, _ ranges: PupilRanges?) {
    for phase in Phase.allCases {
      for year in pupils.years {
        add(
          "pupils", "pupils, \(phase.words), \(year.label)", "pupils",
          pupils.central.total(phase.yearGroups, year), phase: phase.rawValue, year: year)
      }
      for year in ranges?.projectedYears ?? [] {
        guard let range = ranges?.authority(phase, year) else { continue }
        for (measure, words, index) in [("pupils_p10", "low", 1), ("pupils_p90", "high", 5)] {
          add(
            measure, "pupils, \(phase.words), \(year.label), \(words) end of the 80% range", "pupils",
            range.quantiles[index], phase: phase.rawValue, year: year)
        }
      }
    }
  }

  private mutating func addNeed(_ balance: PlacesBalance) {
    for phase in AreaPhase.allCases {
      for year in balance.years {
        let summary = balance.summary(phase, year)
        let words = "\(phase.rawValue), \(year.label)"
        add("places", "places, \(words)", "places", summary.places, phase: phase.rawValue, year: year)
        add("need", "places short, \(words)", "places", summary.need, phase: phase.rawValue, year: year)
      }
    }
    let pressures = balance.pressures().sorted { $0.area.code < $1.area.code }
    let short = pressures.compactMap { $0.firstYearShort() }
    add("areas_short", "areas short of 1 FE or more at entry", "areas", Double(short.count))
    add("first_year_short", "first year in which an area is short of 1 FE", label: short.min()?.label)
    for pressure in pressures {
      let (area, phase) = (pressure.area, pressure.area.phase.rawValue)
      for year in balance.years {
        let need = area.phase.plannedYearGroups.reduce(0) { $0 + (balance[area.code, $1, year]?.need ?? 0) }
        add(
          "need", "places short, \(area.name), \(year.label)", "places", need, phase: phase, area: area,
          year: year)
      }
      for (year, forms) in pressure.entryNeed {
        add(
          "gap", "gap at entry, \(area.name), \(year.label)", "FE", forms.forms, phase: phase, area: area,
          year: year)
      }
      add(
        "peak_gap", "largest gap at entry, \(area.name)", "FE", pressure.peak?.forms.forms ?? 0, phase: phase,
        area: area)
      add(
        "first_year_short", "first year short of 1 FE, \(area.name)",
        label: pressure.firstYearShort()?.label, phase: phase, area: area)
    }
  }

  private mutating func addChosen(_ chosen: ChosenProgramme) {
    let accounts = chosen.accounts
    let starts = chosen.problem.candidates.enumerated().map { index, candidate in
      accounts.starts[index].map { candidate.starts[$0] }
    }
    add("chosen_schemes", "schemes chosen", "schemes", Double(starts.count { $0 != nil }))
    add("chosen_cost", "cost of the schemes chosen", "GBP", Double(chosen.cost))
    add(
      "chosen_borrowing", "borrowed for the schemes chosen", "GBP",
      Double(accounts.years.reduce(0) { $0 + $1.borrowed }))
    add(
      "chosen_present_cost", "present cost to the authority of the schemes chosen", "GBP",
      accounts.presentCost)
    add(
      "chosen_unmet", "places and years left unmet, weighted, by the schemes chosen", "places",
      accounts.weightedUnmet)
    for (candidate, start) in zip(chosen.problem.candidates, starts) {
      let label = start.map { chosen.problem.years[$0.year].label }
      all.append(
        RunFigure(
          subject: .init(startOf: candidate.scheme.key, area: candidate.scheme.area), value: .label(label)))
    }
  }
}

extension RecommendedProgramme {
  /// The programme among a run's figures; nil where there is none.
  init?(_ figures: some Sequence<RunFigure>) {
    var own: [(place: Int, subject: RunComparison.Subject, millionths: Int)] = []
    var starts: [(subject: RunComparison.Subject, year: String?)] = []
    for figure in figures {
      switch figure.value {
      case .millionths(let count):
        guard let place = RunFigures.ofChosen.firstIndex(of: figure.subject.measure) else { continue }
        own.append((place, figure.subject, count))
      case .label(let year):
        if figure.subject.scheme != nil { starts.append((figure.subject, year)) }
      }
    }
    if own.isEmpty { return nil }
    self.init(
      figures: own.sorted { $0.place < $1.place }.map { ($0.subject, $0.millionths) },
      starts: starts.sorted { $0.subject.name < $1.subject.name })
  }
}

extension Phase {
  fileprivate var words: String { self == .sixthForm ? "sixth form" : rawValue }
}
