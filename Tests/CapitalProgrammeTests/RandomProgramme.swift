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

  let plan: CapitalPlan
  let cells: [ProgrammeProblem.Cell]
  let sites: [HousingSite]

  var problem: ProgrammeProblem { ProgrammeProblem(plan, cells: cells, sites: sites) }

  init(seed: UInt64, rules: Rules = .all, schemes count: ClosedRange<Int> = 3...5) {
    var draw = Draw(random: SeededGenerator(seed: seed))
    let years = draw.whole(3...4)
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
    cells = draw.cells(plan)
  }
}

/// The random parts.
private struct Draw {
  static let first = FinancialYear(2018)
  static let primary = PlanningAreaCode("P")
  static let secondary = PlanningAreaCode("S")

  var random: SeededGenerator

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
      let hasPlaces = kind.capacityChange != nil
      let start = whole(0...years - 1)
      let isCommitted = isTrue(0.15)
      return Scheme(
        key: "k\(index)", name: "Scheme \(index)", kind: kind,
        area: isPrimary ? Self.primary : Self.secondary,
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
        isCommitted: isCommitted, optionGroup: !isCommitted && isTrue(0.35) ? "options" : nil,
        prerequisites: index > 0 && isTrue(0.2) ? ["k\(whole(0...index - 1))"] : [],
        assetLifeYears: pick([1, 2, 10, 40]), referenceClass: "", conditionScore: 0,
        approvedStart: isTrue(0.4) ? Self.first + whole(0...years - 1) : nil, mark: .assumed, note: "")
    }
  }

  mutating func rule(_ schemes: [Scheme], share: Bool) -> FundingRule {
    let all = Set(SchemeKind.allCases)
    return FundingRule(
      kinds: isTrue(0.7) ? all : [.expansion, .newSchool, .bulge, .temporary],
      phase: isTrue(0.15) ? pick([.primary, .secondary]) : nil,
      area: isTrue(0.15) ? pick([Self.primary, Self.secondary]) : nil,
      scheme: isTrue(0.15) ? pick(schemes).key : nil,
      mostShare: share && isTrue(0.3) ? pick([0.25, 0.4, 0.5]) : nil)
  }

  mutating func pots(years: Int, schemes: [Scheme], shares: Bool) -> [FundingPot] {
    (0..<whole(1...3)).map { index in
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
      key: "site", name: "Site", dwellingType: "house", dwellings: 200, primaryArea: Self.primary,
      secondaryArea: Self.secondary, firstCompletions: AcademicYear(whole(2016...2019)), homesPerYear: 40)
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
        key: "a\(index)", name: "Agreement \(index)", site: isReceived ? nil : site.key,
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
  mutating func cells(_ plan: CapitalPlan) -> [ProgrammeProblem.Cell] {
    let draws = pick([1, 7, 20])
    let margin = pick([0, 0.05])
    let measure = pick([UnmetMeasure.expected, .expected, .worst(share: 0.2), .beyond(chance: 0.1)])
    var cells: [ProgrammeProblem.Cell] = []
    for year in 0..<plan.years {
      for (area, phase) in [(Self.primary, AreaPhase.primary), (Self.secondary, .secondary)] {
        for yearGroup in phase.plannedYearGroups.prefix(3) {
          let mean = 100 + whole(0...20) + 12 * year
          let pupils = (0..<draws).map { _ in Double(mean + whole(-15...15)) }
          cells.append(
            .init(
              area: area, yearGroup: yearGroup, year: year,
              weight: (plan.goals.unmetWeight[phase] ?? 1) * (year == 0 ? 1 : plan.goals.yearWeight),
              curve: NeedCurve(pupils: pupils, margin: margin, places: 105, measure: measure)))
        }
      }
    }
    return cells
  }
}
