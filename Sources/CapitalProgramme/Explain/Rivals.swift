public import PlacePlanning

/// One rival answer to the need of an area, with everything else chosen best around it.
public struct RivalOutcome: Sendable {
  public let rival: RivalPlan
  /// Nil where there is no programme with it, or none is settled.
  public let figures: Figures?
  /// False where it was stopped too soon to say.
  public let isSettled: Bool
  /// How far the best programme with it was searched for; nil without figures.
  public let reach: SearchReach?

  /// False where the best programme with it may be another.
  public var isBest: Bool { reach.map { $0 == .proven } ?? true }

  /// A rival in numbers.
  public struct Figures: Sendable {
    /// The Septembers in which its schemes open, earliest first, each once.
    public let openings: [AcademicYear]
    /// Expected unmet places in the area, summed over year groups and years. **Units** places and years.
    public let unmet: Double
    /// The same for all areas.
    public let unmetInAllAreas: Double
    /// Those in the area in the last year alone. **Units** places.
    public let unmetInLastYear: Double
    /// Expected empty places in the area in the last year. **Units** places.
    public let surplusInLastYear: Double
    /// What its schemes cost. **Units** whole pounds, money of the day.
    public let cost: Int
    /// What its schemes cost the revenue budget over the years, and from April to August after them for the last academic year; MRP and
    /// interest aside. **Units** whole pounds.
    public let revenue: Int
    /// MRP and interest of the whole programme over the years. **Units** pounds.
    public let financing: Double
    /// The present cost of the whole programme to the authority. **Units** pounds.
    public let presentCost: Double
  }
}

extension ChosenProgramme {
  /// The programme in numbers for one area, as if it were a rival plan of the schemes that it starts there to add places.
  public func figures(in area: PlanningAreaCode) -> RivalOutcome.Figures {
    figures(in: area) { $0.area == area && $0.kind.addsPlaces }
  }

  func figures(in area: PlanningAreaCode, of schemes: (Scheme) -> Bool) -> RivalOutcome.Figures {
    let own = programme.choices.filter { schemes(problem.candidates[$0.scheme].scheme) }.map {
      problem.candidates[$0.scheme].starts[$0.start]
    }
    let last = problem.years.count - 1
    let cells = problem.cells.indices.filter { problem.cells[$0].area == area }
    let inLastYear = cells.filter { problem.cells[$0].year == last }
    return RivalOutcome.Figures(
      openings: Set(own.filter { $0.change != nil }.map { problem.years[0].academicYear + $0.opening })
        .sorted(),
      unmet: cells.reduce(0) { $0 + accounts.unmet[$1] }, unmetInAllAreas: accounts.unmet.reduce(0, +),
      unmetInLastYear: inLastYear.reduce(0) { $0 + accounts.unmet[$1] },
      surplusInLastYear: inLastYear.reduce(0) {
        $0 + problem.cells[$1].curve.spare(adding: Double(accounts.placesAdded[$1])).value
      },
      cost: own.reduce(0) { $0 + $1.cost },
      revenue: own.reduce(0) { $0 + $1.revenue.reduce(0, +) + $1.revenueBeyond },
      financing: accounts.years.reduce(0) { $0 + $1.financing }, presentCost: accounts.presentCost)
  }
}

extension ChosenProgramme {
  /// Each rival plan of an area with the best programme around it. Where the search over plans does not settle that, schemes of other
  /// areas keep the years that they have here, come one or two years later or drop out.
  public func comparing(
    _ plans: [RivalPlan], in problem: ProgrammeProblem, _ options: ProgrammeOptions
  ) -> [RivalOutcome] {
    ask(rivals(plans, problem), options)
  }

  func rivals(_ rivals: [RivalPlan], _ problem: ProgrammeProblem) -> Question<[RivalOutcome]> {
    let years = startYears
    let variants = rivals.map { rival in
      let elsewhere = years.filter { key, _ in
        problem.candidates.contains { $0.scheme.key == key && $0.scheme.area != rival.area }
      }
      let held = problem.holding(to: rival)
      // In another scenario the chosen programme is no measure of what is best.
      return Variant(problem: held, narrowed: held.moving(0...2, from: elsewhere), isTighter: false)
    }
    return Question(variants: variants) { best in
      zip(rivals, best).map { rival, best in
        switch Comparison(best, beside: self) {
        case .notSettled: return RivalOutcome(rival: rival, figures: nil, isSettled: false, reach: nil)
        case .impossible: return RivalOutcome(rival: rival, figures: nil, isSettled: true, reach: nil)
        case .found:
          let figures = best.programme?.figures(in: rival.area) { rival.schemes.contains($0.key) }
          return RivalOutcome(rival: rival, figures: figures, isSettled: true, reach: best.reach)
        }
      }
    }
  }
}
