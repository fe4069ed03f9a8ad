import CapitalProgramme
import PlacePlanning
import TestSupport

/// A hand-written plan whose areas may place each other's pupils: draws by number beside the cells.
struct LinkedPlan {
  var hand = HandPlan()
  var links: [NeighbourLink] = []
  var mostScenarios = 100
  private(set) var pupils: [[Double]] = []

  mutating func need(
    _ area: String, _ year: Int, _ pupils: [Double], places: Double, weight: Double = 1, margin: Double = 0
  ) {
    hand.cells.append(
      handCell(year, pupils: pupils, places: places, area: area, weight: weight, margin: margin))
    self.pupils.append(pupils)
  }

  mutating func link(_ from: String, _ to: String, _ pounds: Double) {
    links.append(
      NeighbourLink(from: PlanningAreaCode(from), to: PlanningAreaCode(to), transportCost: pounds))
  }

  /// Without placement.
  var plain: ProgrammeProblem { hand.problem }

  var problem: ProgrammeProblem {
    ProgrammeProblem(
      hand.plan, cells: hand.cells, sites: [],
      neighbours: NeighbourDraws(links, pupils: pupils, mostScenarios: mostScenarios))
  }

  /// What is placed when nothing is built.
  func placement() -> NeighbourPlacement? {
    let problem = problem
    let nothing = Programme(choices: [], payments: [], repayments: [])
    return NeighbourPlacement(check(nothing, of: problem).accounts, of: problem)
  }

  /// A small random plan with three areas of primary schools that links join: the same seed, the same plan.
  init(seed: UInt64, draws: Int = 3) {
    var random = SeededGenerator(seed: seed)
    func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    func isTrue(_ chance: Double) -> Bool { Double.random(in: 0..<1, using: &random) < chance }
    let areas = ["P", "Q", "R"]
    hand.years = 3
    hand.schemes = (0..<whole(3...4)).map { index in
      let first = whole(0...1)
      return handScheme(
        "k\(index)", kind: [.expansion, .bulge, .temporary][whole(0...2)], area: areas[whole(0...2)],
        places: [8, 15, 30][whole(0...2)], yearsOfUse: 2, cost: cash(whole(4...40) * 50_000),
        build: whole(0...1), window: first...min(2, first + whole(0...1)), committed: isTrue(0.1),
        group: isTrue(0.3) ? "options" : nil, approved: isTrue(0.4) ? whole(0...2) : nil)
    }
    hand.pots = [handPot("grant", [0: whole(0...40) * 50_000, 1: whole(0...20) * 50_000])]
    hand.limit = [0: whole(0...10) * 100_000, 1: whole(0...10) * 100_000, 2: whole(0...10) * 100_000]
    hand.interest = 0.04
    hand.discountRate = isTrue(0.5) ? 0.035 : 0
    hand.surplusPlaceCost = isTrue(0.3) ? 120 : 0
    hand.revenue = RevenueRates(
      growthFundPerPlace: [.primary: 1_200], newSchoolStartUp: [:], missingYearGroup: [:],
      temporaryHire: 15_000, netRevenueStream: 0)
    let margin = isTrue(0.4) ? 0.05 : 0
    for year in 0..<3 {
      for area in areas {
        let mean = 95 + whole(0...15) + 5 * year
        need(
          area, year, (0..<draws).map { _ in Double(mean + whole(-15...15)) }, places: 105,
          weight: 1 - 0.1 * Double(year), margin: margin)
      }
    }
    for from in areas {
      for to in areas where from != to && isTrue(0.5) { link(from, to, Double(whole(0...5) * 400)) }
    }
  }

  init() {}
}
