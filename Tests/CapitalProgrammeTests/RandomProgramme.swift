import CapitalProgramme
import PlacePlanning
import TestSupport

/// A small random capital plan with its need, of every kind of rule: the same seed gives the same problem.
struct RandomProgramme {
  /// Kinds of rule that a problem may hold.
  struct Rules: OptionSet {
    let rawValue: Int

    /// Limits on borrowing, interest, MRP and late section 106 money that repays.
    static let borrowing = Rules(rawValue: 1)
    static let ceilings = Rules(rawValue: 2)
    static let shares = Rules(rawValue: 4)
    /// Six or seven small agreements under the pooling rule.
    static let pooling = Rules(rawValue: 8)
    static let all: Rules = [.borrowing, .ceilings, .shares, .pooling]
  }

  /// How large a problem is.
  enum Size {
    /// Two areas, three to four years: every choice can be tried.
    case small
    /// As small, with four years and more pots: twelve schemes can be tried.
    case twelve
    /// Three to six areas, five to six years, six to ten pots: for solvers alone.
    case medium
  }

  /// The pupils behind one cell.
  struct Need {
    let area: PlanningAreaCode
    let yearGroup: YearGroup
    let year: Int
    let weight: Double
    /// **Shape** draw.
    let pupils: [Double]
    let margin: Double
    var places: Double
    let measure: UnmetMeasure

    func cell(_ measure: UnmetMeasure) -> ProgrammeProblem.Cell {
      .init(
        area: area, yearGroup: yearGroup, year: year, weight: weight,
        curve: NeedCurve(pupils: pupils, margin: margin, places: places, measure: measure))
    }

    /// The same pupils with other places before any scheme.
    func adding(_ more: Double) -> Need {
      var need = self
      need.places += more
      return need
    }
  }

  let plan: CapitalPlan
  let needs: [Need]
  let cells: [ProgrammeProblem.Cell]
  let sites: [HousingSite]

  var problem: ProgrammeProblem { ProgrammeProblem(plan, cells: cells, sites: sites) }

  init(seed: UInt64, rules: Rules = .all, schemes count: ClosedRange<Int> = 3...5, size: Size = .small) {
    var draw = Draw(random: SeededGenerator(seed: seed))
    if size == .medium { draw.widen() }
    if size == .twelve { draw.addMoney() }
    let years = draw.whole(size == .small ? 3...4 : size == .twelve ? 4...4 : 5...6)
    let isPooled = rules.contains(.pooling) && draw.isTrue(0.3)
    let schemes = draw.schemes(draw.whole(count), years: years)
    let site = draw.site()
    sites = [site]
    plan = CapitalPlan(
      firstYear: Draw.first, years: years, schemes: schemes,
      pots: draw.pots(years: years, schemes: schemes, shares: rules.contains(.shares)),
      agreements: draw.agreements(years: years, schemes: schemes, site: site, pooled: isPooled),
      borrowing: draw.borrowing(
        years: years, rules: draw.isTrue(0.75) ? rules : rules.subtracting([.borrowing, .ceilings])),
      buildingInflation: draw.isTrue(0.3) ? 0.04 : 0,
      goals: ProgrammeGoals(
        unmetWeight: [.primary: 1, .secondary: 1.5], yearWeight: 0.9,
        discountRate: draw.pick([0, 0.035]), surplusPlaceCost: draw.pick([0, 0, 120])),
      points: PointsWeights(committed: 0, need: 0, urgency: 0, condition: 0, value: 0), delivery: [:],
      revenue: RevenueRates(
        growthFundPerPlace: [.primary: 1_200, .secondary: 1_500], newSchoolStartUp: [.primary: 60_000],
        missingYearGroup: [.primary: 20_000, .secondary: 25_000], temporaryHire: 15_000,
        netRevenueStream: 0),
      rivals: [], neighbours: [])
    needs = draw.needs(plan)
    cells = needs.map { $0.cell($0.measure) }
  }
}

/// The random parts.
private struct Draw {
  static let first = FinancialYear(2018)
  static let primary = PlanningAreaCode("P")
  static let secondary = PlanningAreaCode("S")

  var random: SeededGenerator
  var primary = [Self.primary]
  var secondary = [Self.secondary]
  var optionGroups = ["options"]
  var pots = 1...3
  var draws = [1, 7, 20]
  /// More pupils each year. **Units** pupils.
  var growth = 12
  var chanceCommitted = 0.15
  var chanceRequiring = 0.2

  /// More of everything, for a problem of medium size.
  mutating func widen() {
    let areas = whole(3...6)
    primary = (0..<(areas + 1) / 2).map { PlanningAreaCode("P\($0)") }
    secondary = (0..<areas / 2).map { PlanningAreaCode("S\($0)") }
    optionGroups = (0..<4).map { "options \($0)" }
    pots = 6...10
    draws = [5, 12, 20]
    growth = 25
    (chanceCommitted, chanceRequiring) = (0.05, 0.1)
  }

  /// More pots and fewer commitments, so that a dozen schemes can be paid for in part.
  mutating func addMoney() {
    pots = 3...5
    (chanceCommitted, chanceRequiring) = (0.06, 0.15)
  }

  /// The only one of a list, without a random number, or one of several.
  mutating func one<Item>(_ items: [Item]) -> Item { items.count == 1 ? items[0] : pick(items) }

  mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func isTrue(_ chance: Double) -> Bool { Double.random(in: 0..<1, using: &random) < chance }

  /// One of a list that is not empty.
  mutating func pick<Item>(_ items: [Item]) -> Item { items[whole(0...items.count - 1)] }

  mutating func schemes(_ count: Int, years: Int) -> [Scheme] {
    (0..<count).map { index in
      let kind = pick([
        SchemeKind.expansion, .expansion, .newSchool, .temporary, .bulge, .condition, .specialist,
      ])
      let isPrimary = isTrue(0.6)
      let hasPlaces = kind.addsPlaces
      let start = whole(0...years - 1)
      let isCommitted = isTrue(chanceCommitted)
      return Scheme(
        key: "k\(index)", name: "Scheme \(index)", kind: kind,
        area: one(isPrimary ? primary : secondary),
        places: hasPlaces
          ? Scheme.Places(
            entryYearGroup: isPrimary ? .reception : .year7, perYearGroup: pick([15, 30, 60]),
            yearsOfUse: kind == .temporary ? whole(1...3) : nil) : nil,
        cost: Money(
          pounds: whole(4...60) * 50_000 + pick([0, 0, whole(1...49_999)]),
          priceBase: isTrue(0.3) ? .quarter(year: 2018, quarter: 2) : .cash),
        buildYears: kind == .bulge ? 0 : whole(0...2),
        profile: pick([[1], [0.5, 0.5], [0.25, 0.5, 0.25], [0.6, 0.4]]),
        window: Self.first + start...Self.first + min(years - 1, start + whole(0...2)),
        isCommitted: isCommitted, optionGroup: !isCommitted && isTrue(0.35) ? one(optionGroups) : nil,
        prerequisites: index > 0 && isTrue(chanceRequiring) ? ["k\(whole(0...index - 1))"] : [],
        assetLifeYears: pick([1, 2, 10, 40]), referenceClass: "", conditionScore: 0,
        approvedStart: isTrue(0.4) ? Self.first + whole(0...years - 1) : nil, mark: .assumed)
    }
  }

  mutating func rule(_ schemes: [Scheme], share: Bool) -> FundingRule {
    let all = Set(SchemeKind.allCases)
    return FundingRule(
      kinds: isTrue(0.7) ? all : [.expansion, .newSchool, .bulge, .temporary],
      phase: isTrue(0.15) ? pick([.primary, .secondary]) : nil,
      area: isTrue(0.15) ? pick([primary[0], secondary[0]]) : nil,
      scheme: isTrue(0.15) ? pick(schemes).key : nil,
      mostShare: share && isTrue(0.3) ? pick([0.25, 0.4, 0.5]) : nil)
  }

  mutating func pots(years: Int, schemes: [Scheme], shares: Bool) -> [FundingPot] {
    (0..<whole(pots)).map { index in
      var received: [FinancialYear: Int] = [:]
      for year in -1..<years where isTrue(0.6) { received[Self.first + year] = whole(0...30) * 50_000 }
      return FundingPot(
        key: "p\(index)", name: "Pot \(index)", source: isTrue(0.7) ? .grant : .schoolContribution,
        rule: rule(schemes, share: shares), received: received, carriesForward: isTrue(0.6),
        spendBy: isTrue(0.2) ? Self.first + whole(0...years - 1) : nil)
    }
  }

  mutating func site() -> HousingSite {
    HousingSite(
      key: "site", name: "Site", dwellingType: "house", dwellings: 200, primaryArea: primary[0],
      secondaryArea: secondary[0], firstCompletions: AcademicYear(whole(2016...2019)), homesPerYear: 40)
  }

  mutating func agreements(years: Int, schemes: [Scheme], site: HousingSite, pooled: Bool)
    -> [Section106Agreement]
  {
    let count = pooled ? whole(6...7) : whole(0...2)
    return (0..<count).compactMap { index in
      let isBefore = pooled || isTrue(0.5)
      guard let agreedOn = CalendarDate(label: isBefore ? "2016-05-01" : "2019-11-01") else { return nil }
      let isReceived = isTrue(0.4)
      return Section106Agreement(
        key: "a\(index)", name: "Agreement \(index)",
        // Of seven, two are instalments of one deed.
        deed: pooled && count == 7 && index < 2 ? "d" : nil, site: isReceived ? nil : site.key,
        triggerHomes: Double(whole(0...150)),
        amount: Money(
          pounds: whole(1...12) * (pooled ? 20_000 : 50_000),
          priceBase: isTrue(0.2) ? .quarter(year: 2016, quarter: 1) : .cash),
        receivedIn: isReceived ? Self.first + whole(-1...years - 1) : nil, agreedOn: agreedOn,
        spendWithinYears: isTrue(0.3) ? whole(0...3) : nil, spendBy: nil,
        rule: pooled ? FundingRule(kinds: Set(SchemeKind.allCases)) : rule(schemes, share: false),
        mark: .assumed)
    }
  }

  mutating func borrowing(years: Int, rules: RandomProgramme.Rules) -> BorrowingPlan {
    var (limit, ceiling): ([FinancialYear: Int], [FinancialYear: Int]) = ([:], [:])
    for year in 0..<years {
      if rules.contains(.borrowing), isTrue(0.7) { limit[Self.first + year] = whole(1...20) * 100_000 }
      if rules.contains(.ceilings), isTrue(0.4) { ceiling[Self.first + year] = whole(1...30) * 5_000 }
    }
    return BorrowingPlan(
      limit: limit, revenueCeiling: ceiling, interest: pick([0, 0.03, 0.05]),
      method: pick(MRPMethod.allCases),
      kinds: isTrue(0.7) ? Set(SchemeKind.allCases) : [.expansion, .newSchool])
  }

  /// Reception and Year 7 grow; some year groups above them are there as well.
  mutating func needs(_ plan: CapitalPlan) -> [RandomProgramme.Need] {
    let draws = pick(draws)
    let margin = pick([0, 0.05])
    let measure = pick([UnmetMeasure.expected, .expected, .worst(share: 0.2), .beyond(chance: 0.1)])
    var needs: [RandomProgramme.Need] = []
    let areas = primary.map { ($0, AreaPhase.primary) } + secondary.map { ($0, AreaPhase.secondary) }
    for year in 0..<plan.years {
      for (area, phase) in areas {
        for yearGroup in phase.plannedYearGroups.prefix(3) {
          let mean = 100 + whole(0...20) + growth * year
          let pupils = (0..<draws).map { _ in Double(mean + whole(-15...15)) }
          needs.append(
            .init(
              area: area, yearGroup: yearGroup, year: year,
              weight: (plan.goals.unmetWeight[phase] ?? 1) * (year == 0 ? 1 : plan.goals.yearWeight),
              pupils: pupils, margin: margin, places: 105, measure: measure))
        }
      }
    }
    return needs
  }
}
