import CapitalProgramme
import PlacePlanning

/// A capital plan that a test writes down: what it does not name is small and plain. The first year is 2018/19.
struct HandPlan {
  static let first = FinancialYear(2018)

  var years = 4
  var schemes: [Scheme] = []
  var pots: [FundingPot] = []
  var agreements: [Section106Agreement] = []
  var limit: [Int: Int] = [:]
  var ceiling: [Int: Int] = [:]
  var interest = 0.0
  var method = MRPMethod.equalInstalment
  var borrowingKinds = Set(SchemeKind.allCases)
  var inflation = 0.0
  var discountRate = 0.0
  var surplusPlaceCost = 0.0
  var revenue = RevenueRates(
    growthFundPerPlace: [:], newSchoolStartUp: [:], missingYearGroup: [:], temporaryHire: 0,
    netRevenueStream: 0)
  var cells: [ProgrammeProblem.Cell] = []

  var plan: CapitalPlan {
    CapitalPlan(
      firstYear: Self.first, years: years, schemes: schemes, pots: pots, agreements: agreements,
      borrowing: BorrowingPlan(
        limit: byYear(limit), revenueCeiling: byYear(ceiling), interest: interest, method: method,
        kinds: borrowingKinds),
      buildingInflation: inflation,
      goals: ProgrammeGoals(
        unmetWeight: [:], yearWeight: 1, discountRate: discountRate, surplusPlaceCost: surplusPlaceCost),
      points: PointsWeights(committed: 0, need: 0, urgency: 0, condition: 0, value: 0), delivery: [:],
      revenue: revenue, rivals: [], neighbours: [])
  }

  var problem: ProgrammeProblem { ProgrammeProblem(plan, cells: cells, sites: []) }
}

/// Years by their position: 0 is 2018/19.
func byYear(_ amounts: [Int: Int]) -> [FinancialYear: Int] {
  Dictionary(uniqueKeysWithValues: amounts.map { (HandPlan.first + $0, $1) })
}

/// Cash in whole pounds.
func cash(_ pounds: Int) -> Money { Money(pounds: pounds, priceBase: .cash) }

/// A scheme of one area, `P`; years by position. Primary places from Reception unless another year group is named.
func handScheme(
  _ key: String, kind: SchemeKind = .expansion, area: String = "P", entry: YearGroup = .reception,
  places: Int = 30, yearsOfUse: Int? = nil, cost: Money = cash(1_000), build: Int = 1,
  profile: [Double] = [1], window: ClosedRange<Int> = 0...3, committed: Bool = false, group: String? = nil,
  requires: [String] = [], life: Int = 10, risk: String = "", approved: Int? = nil
) -> Scheme {
  Scheme(
    key: key, name: key, kind: kind, area: PlanningAreaCode(area),
    places: Scheme.Places(entryYearGroup: entry, perYearGroup: places, yearsOfUse: yearsOfUse), cost: cost,
    buildYears: build, profile: profile,
    window: HandPlan.first + window.lowerBound...HandPlan.first + window.upperBound, isCommitted: committed,
    optionGroup: group, prerequisites: requires, assetLifeYears: life, referenceClass: risk,
    conditionScore: 0,
    approvedStart: approved.map { HandPlan.first + $0 }, mark: .assumed)
}

/// A pot; years by position. It may pay for everything unless its rule says otherwise.
func handPot(
  _ key: String, _ received: [Int: Int], source: FundingSource = .grant, carries: Bool = true,
  spendBy: Int? = nil, pooled: Bool = false, deed: String? = nil,
  rule: FundingRule = FundingRule(kinds: Set(SchemeKind.allCases))
) -> FundingPot {
  FundingPot(
    key: key, name: key, source: source, rule: rule, received: byYear(received), carriesForward: carries,
    spendBy: spendBy.map { HandPlan.first + $0 }, pooledObligation: pooled ? deed ?? key : nil)
}

/// The need of one year group of an area, `P`, in a year by position.
func handCell(
  _ year: Int, pupils: [Double], places: Double, entry: YearGroup = .reception, area: String = "P",
  weight: Double = 1, margin: Double = 0, measure: UnmetMeasure = .expected
) -> ProgrammeProblem.Cell {
  .init(
    area: PlanningAreaCode(area), yearGroup: entry, year: year, weight: weight,
    curve: NeedCurve(pupils: pupils, margin: margin, places: places, measure: measure))
}
