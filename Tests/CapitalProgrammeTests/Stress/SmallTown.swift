import PlacePlanning

@testable import CapitalProgramme

/// A town small enough to be worked by hand: areas with one figure of pupils for each draw, and the schemes of a test.
struct SmallTown {
  var risks: [String: DeliveryRisk] = [:]
  var inflation = 0.0
  var schemes: [Scheme] = []
  var pots: [FundingPot] = []
  var areas: [PlanningArea] = [SmallTown.area("P1")]
  var margin = 0.0
  var places = 60.0
  var years = 5
  /// Pupils of each draw in every year group, by area and year.
  var pupils: (PlanningAreaCode, YearGroup, AcademicYear) -> [Double] = { _, _, _ in [] }
  var draws = 2
  var agreements: [Section106Agreement] = []
  var sites: [HousingSite] = []
  /// The September before which a site's homes are finished in each draw.
  var homes: [String: [AcademicYear?]] = [:]

  static let first = HandPlan.first

  /// 500,000 pounds of an agreement in the first year, or another, that only expansions may use; years by position.
  static func deed(_ key: String, in year: Int = 0, by deadline: Int?) -> FundingPot {
    handPot(
      key, [year: 500_000], source: .section106, spendBy: deadline, rule: FundingRule(kinds: [.expansion]))
  }

  static func area(_ code: String, _ phase: AreaPhase = .primary) -> PlanningArea {
    PlanningArea(code: PlanningAreaCode(code), name: code, phase: phase, district: "D")
  }

  static func scheme(
    _ key: String, _ kind: SchemeKind = .expansion, area: String = "P1", places: Int = 30,
    entry: YearGroup = .reception, yearsOfUse: Int? = nil, pounds: Int = 1_000_000,
    priceBase: PriceBase = .cash, build: Int = 1, profile: [Double] = [0.4, 0.6], risk: String = "building"
  ) -> Scheme {
    handScheme(
      key, kind: kind, area: area, entry: entry, places: places, yearsOfUse: yearsOfUse,
      cost: Money(pounds: pounds, priceBase: priceBase), build: build, profile: profile, life: 40, risk: risk)
  }

  var plan: CapitalPlan {
    CapitalPlan(
      firstYear: Self.first, years: years, schemes: schemes, pots: pots, agreements: agreements,
      borrowing: BorrowingPlan(
        limit: [:], revenueCeiling: [:], interest: 0.04, method: .equalInstalment, kinds: []),
      buildingInflation: inflation,
      goals: ProgrammeGoals(unmetWeight: [:], yearWeight: 1, discountRate: 0, surplusPlaceCost: 0),
      points: PointsWeights(committed: 0, need: 0, urgency: 0, condition: 0, value: 0), delivery: risks,
      revenue: RevenueRates(
        growthFundPerPlace: [.primary: 1_500, .secondary: 2_000],
        newSchoolStartUp: [.primary: 70_000, .secondary: 80_000],
        missingYearGroup: [.primary: 10_000, .secondary: 20_000], temporaryHire: 12_000,
        netRevenueStream: 1_000_000),
      rivals: [], neighbours: [])
  }

  var problem: ProgrammeProblem { ProgrammeProblem(plan, cells: [], sites: sites) }

  /// Every scheme in its first year; payments by hand.
  func programme(
    _ payments: [Programme.Payment] = [], repayments: [Programme.Repayment] = [], start: Int = 0
  ) -> Programme {
    Programme(
      choices: schemes.indices.map { .init(scheme: $0, start: start) }, payments: payments,
      repayments: repayments)
  }

  var demand: StressDemand {
    StressDemand(
      areas: areas, years: plan.financialYears.map(\.academicYear), draws: draws,
      margin: [.primary: margin, .secondary: margin]
    ) { area, yearGroup, year in
      .init(places: places, pupils: pupils(area, yearGroup, year))
    }
  }

  func stress(_ programme: Programme? = nil, seed: UInt64 = 1, block: BlockTrial? = nil) -> StressTest {
    CapitalProgramme.stress(
      programme ?? self.programme(), of: problem, plan, demand, DrawnArrivals(plan) { homes[$1] }, seed: seed,
      block: block)
  }

  /// How late each scheme opens, by its key. **Shape** draw. **Units** years.
  func delays(seed: UInt64 = 1) -> [String: [Int]] {
    let schemes = programme().drawn(problem, plan, draws: draws, seed: seed)
    return Dictionary(
      uniqueKeysWithValues: schemes.map { scheme in
        (scheme.scheme.key, (0..<draws).map { scheme.draws.yearsToOpening($0) })
      })
  }

  /// What each scheme costs, by its key. **Shape** draw. **Units** pounds.
  func outturns(seed: UInt64 = 1) -> [String: [Double]] {
    let schemes = programme().drawn(problem, plan, draws: draws, seed: seed)
    let outturns = StressMoney(schemes, plan).outturns
    return Dictionary(uniqueKeysWithValues: zip(schemes.map(\.scheme.key), outturns))
  }
}

extension StressTest {
  func cell(_ area: String, _ yearGroup: YearGroup, _ year: Int) -> Cell? {
    cells.first {
      $0.area.text == area && $0.yearGroup == yearGroup && $0.year == AcademicYear(year)
    }
  }
}
