import CapitalProgramme
import Papers
import PlacePlanning
import Runs

// What neighbouring areas do for each other under a programme, for people and for machines.

/// Nil where all pupils stay in their areas.
func neighboursText(_ run: ProgrammeRun, _ chosen: ChosenProgramme) -> String? {
  guard let placement = chosen.neighbourPlacement else { return nil }
  let years = chosen.problem.years.indices.filter { year in
    placement.transport[year] > 0 || placement.links.contains { $0.year == year }
  }
  let byLink = Dictionary(grouping: placement.links, by: \.link)
  let rows = chosen.problem.neighbourLinks.compactMap { link -> [String]? in
    guard let placed = byLink[link] else { return nil }
    let pupils = years.map { year in placed.first { $0.year == year }?.pupils ?? 0 }
    return ["\(run.input.model.areaName(link.from)) to \(run.input.model.areaName(link.to))"]
      + pupils.map { fixed($0, places: 1) }
  }
  let header = ["Link"] + years.map { chosen.problem.years[$0].academicYear.label }
  let cost = ["Transport, pounds"] + years.map { whole(placement.transport[$0]) }
  let table =
    rows.isEmpty
    ? "No pupils are expected to be placed in a neighbouring area."
    : "Pupils placed in neighbouring areas, expected\n\n" + aligned(header, rows + [cost])
  let draws = placement.draws == 1 ? "the central projection" : "\(grouped(placement.draws)) draws"
  let (weighted, transport) = (placement.weightedUnmet, placement.presentTransport)
  let chosenBy =
    placement.hasEveryDraw
    ? "The programme was chosen by every draw of them: there is no gap."
    : """
    The programme was chosen by \(counted(placement.scenarios, "weighted scenario")) of a year group and year at the most.
    They count \(fixed(weighted.scenarios, places: 3)) weighted unmet places there, the draws \
    \(fixed(weighted.draws, places: 3)): a gap of \(fixed(weighted.gap, places: 3)).
    No programme leaves fewer over the draws than the bound of the first step above.
    Transport at present cost: \(whole(transport.scenarios)) pounds by the scenarios, \
    \(whole(transport.draws)) by the draws.
    """
  return """
    \(table)

    Over \(draws) \(fixed(placement.unmet.draws, places: 1)) places and years stay unmet in linked areas, and \
    \(fixed(placement.unmetUnplaced, places: 1)) if all pupils stayed in theirs.
    \(chosenBy)
    """
}

extension ProgrammeProblem {
  /// In order of their areas.
  fileprivate var neighbourLinks: [NeighbourLink] {
    Set((neighbours?.groups ?? []).flatMap(\.links)).sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }
}

/// Pupils and places are expected; money is pounds of the day, present transport pounds of the first year.
struct NeighboursAnswer: Encodable {
  struct Pair: Encodable {
    let draws: Double
    let scenarios: Double
    let gap: Double

    init(_ pair: NeighbourPlacement.Pair) {
      (draws, scenarios, gap) = (pair.draws, pair.scenarios, pair.gap)
    }
  }

  struct Placed: Encodable {
    let fromPlanningAreaCode: String
    let toPlanningAreaCode: String
    let academicYear: String
    let pupils: Double
    let transport: Double
  }

  struct Year: Encodable {
    let financialYear: String
    let transport: Double
  }

  let planningAreaCodes: [String]
  let draws: Int
  /// The most of a year group and year.
  let scenarios: Int
  let unmetWithoutPlacement: Double
  let unmet: Pair
  let weightedUnmet: Pair
  let presentTransport: Pair
  let placed: [Placed]
  let years: [Year]

  init(_ placement: NeighbourPlacement, _ problem: ProgrammeProblem) {
    planningAreaCodes = placement.areas.map(\.text)
    draws = placement.draws
    scenarios = placement.scenarios
    unmetWithoutPlacement = placement.unmetUnplaced
    unmet = Pair(placement.unmet)
    weightedUnmet = Pair(placement.weightedUnmet)
    presentTransport = Pair(placement.presentTransport)
    placed = placement.links.map {
      Placed(
        fromPlanningAreaCode: $0.link.from.text, toPlanningAreaCode: $0.link.to.text,
        academicYear: problem.years[$0.year].academicYear.label, pupils: $0.pupils, transport: $0.cost)
    }
    years = zip(problem.years, placement.transport).map { Year(financialYear: $0.label, transport: $1) }
  }
}
