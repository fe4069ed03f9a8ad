public import PlacePlanning
public import Projection

/// Tests a programme against every draw of demand and of delivery together.
///
/// In each draw all cells take the same draw of pupils, agreements' money comes with that draw's homes, and each chosen scheme has
/// its own delay and cost. `block`, where given, is tried in every area whose chance of pupils without a place, as delivered, is above its
/// threshold: from the year in which the entry year group is expected to be shortest, or early enough to stand its full time within
/// the programme's years.
///
/// The same seed gives the same bits; a scheme more leaves the draws of the others as they are, and candidates in another
/// order change nothing. Later opening never lowers what is unmet by expansions; a temporary block that is late may, since it
/// also leaves later.
public func stress(
  _ programme: Programme, of problem: ProgrammeProblem, _ model: PlanningModel, plan: CapitalPlan,
  pupils: PupilDraws, seed: UInt64, block: BlockTrial? = nil
) -> StressTest {
  let demand = StressDemand(
    areas: model.areas, years: problem.years.map(\.academicYear), draws: pupils.draws,
    margin: model.operatingMargin
  ) { area, yearGroup, year in
    guard let draws = pupils[area, yearGroup, year],
      let places = model.capacity.places(area, yearGroup, year)
    else { return nil }
    return StressDemand.Cell(places: places, pupils: draws)
  }
  let arrivals = DrawnArrivals(plan) { pupils.homes.year(of: $0, on: $1) }
  return stress(programme, of: problem, plan, demand, arrivals, seed: seed, block: block)
}

func stress(
  _ programme: Programme, of problem: ProgrammeProblem, _ plan: CapitalPlan, _ demand: StressDemand,
  _ arrivals: DrawnArrivals, seed: UInt64, block: BlockTrial?
) -> StressTest {
  let draws = demand.draws
  let schemes = programme.drawn(problem, plan, draws: draws, seed: seed)
  let results = demand.areas.sorted { $0.code < $1.code }.map { area in
    let stress = AreaStress(area, demand, schemes)
    return stress.outcome(trying: block)
  }
  let money = StressMoney(schemes, plan)
  let totals = money.total(of: schemes.indices, draws: draws)
  let approved = money.approved
  let forward = ForwardFundingCount(programme, problem, schemes, arrivals, draws: draws)
  var finder = SpreadFinder()
  let classes = Dictionary(grouping: schemes.indices) { schemes[$0].scheme.referenceClass }
  return StressTest(
    draws: draws, seed: seed, cells: results.flatMap(\.cells), areas: results.map(\.area),
    classes: classes.keys.sorted().map { name in
      let members = classes[name] ?? []
      return StressTest.ClassRisk(
        referenceClass: name, schemes: members.map { schemes[$0].scheme.key },
        budget: members.reduce(0) { $0 + money.budgets[$1] },
        outturn: finder.spread(money.total(of: members, draws: draws)), input: plan.delivery[name])
    },
    approved: approved, outturn: finder.spread(totals),
    chanceOverspend: chance(totals, above: Double(approved)),
    chanceOverspendByTenth: chance(totals, above: 1.1 * Double(approved)),
    datedMoney: programme.datedMoney(problem, schemes, arrivals, draws: draws),
    forwardFunding: forward.agreements,
    forwardFundingYears: zip(problem.years, forward.outstanding).map { year, pounds in
      StressTest.ForwardFundingYear(
        year: year, chance: chance(pounds, above: 0), spread: finder.spread(pounds))
    },
    expectedForwardInterest: forward.outstanding.reduce(0) { sum, pounds in
      sum + plan.borrowing.interest * pounds.reduce(0, +) / Double(max(1, draws))
    })
}

extension AreaStress {
  /// The area's cells and sums, and what a block would do where it is short enough.
  func outcome(trying trial: BlockTrial?) -> (cells: [StressTest.Cell], area: StressTest.Area) {
    let counts = count()
    let draws = Double(max(1, demand.draws))
    let cells = counts.cells.map { cell in
      func pair(_ counted: (CellCount) -> Double) -> StressTest.Pair {
        .init(asPlanned: counted(cell.planned) / draws, delivered: counted(cell.delivered) / draws)
      }
      return StressTest.Cell(
        area: area.code, yearGroup: cell.yearGroup, year: cell.year,
        chanceWithoutPlace: pair { Double($0.withoutPlace) },
        chanceShortByForm: pair { Double($0.shortByForm) }, expectedUnmet: pair(\.unmet))
    }
    return (
      cells,
      StressTest.Area(
        area: area.code, phase: area.phase,
        chanceWithoutPlace: .init(
          asPlanned: Double(counts.anyPlanned) / draws, delivered: Double(counts.anyDelivered) / draws),
        expectedUnmet: .init(
          asPlanned: cells.reduce(0) { $0 + $1.expectedUnmet.asPlanned },
          delivered: cells.reduce(0) { $0 + $1.expectedUnmet.delivered }),
        block: trial.flatMap { value(of: $0, counts) })
    )
  }

  /// Nil where the area is not likely enough to be short.
  private func value(of trial: BlockTrial, _ before: Counts) -> StressTest.BlockValue? {
    let draws = Double(max(1, demand.draws))
    let chanceBefore = Double(before.anyDelivered) / draws
    let entry = before.cells.filter { $0.yearGroup == area.phase.entryYearGroup }
    // The earliest of the worst years.
    guard chanceBefore > BlockTrial.threshold, let first = demand.years.first, let last = demand.years.last,
      let worst = entry.max(by: { ($0.delivered.unmet, $1.year) < ($1.delivered.unmet, $0.year) })?.year
    else { return nil }
    // Years after the programme's last are not counted, so a block that stood in them would look dear.
    let from = max(first, min(worst, last + 1 - BlockTrial.years))
    let block = CapacityChange(
      area: area.code, kind: .temporary, entryYearGroup: area.phase.entryYearGroup,
      placesPerYearGroup: BlockTrial.placesPerYearGroup, from: from, until: from + BlockTrial.years)
    let after = count(with: block)
    func unmet(_ counts: Counts) -> Double { counts.cells.reduce(0) { $0 + $1.delivered.unmet } / draws }
    let held = (0..<BlockTrial.years).map { offset in
      area.phase.plannedYearGroups.reduce(0) { $0 + block.places(in: $1, year: from + offset) }
    }
    let places = held.max() ?? 0
    return StressTest.BlockValue(
      from: from, until: from + BlockTrial.years, placesPerYearGroup: BlockTrial.placesPerYearGroup,
      places: places, placeYears: held.reduce(0, +), cost: trial.costPerPlace[area.phase].map { places * $0 },
      chanceBefore: chanceBefore,
      chanceAfter: Double(after.anyDelivered) / draws, unmetBefore: unmet(before), unmetAfter: unmet(after))
  }
}
