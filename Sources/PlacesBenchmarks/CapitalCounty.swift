import CapitalProgramme
import Foundation
import NumericCore
import PlacePlanning

/// How large a made-up county's capital problem is, and how much of its need its money meets.
struct CapitalSize {
  var schemes = 300
  var startYears = 10
  var pots = 40
  var areas = 54
  var draws = 10_000
  /// The money of all pots and of borrowing as a share of what the cheapest permanent places for the mean shortfall cost.
  var money = 0.8
}

/// A county with schemes and money for only a part of its need, every figure drawn by rule. Only for timing.
///
/// Assumed: one area in six is secondary. Areas have 2 to 10 forms of entry (secondary 8 to 20); future intakes grow by -4% to
/// 34% over eight years from a start 4% below the places. Schemes come in the forms that an area short of places would weigh:
/// expansions of one form, two sizes of another school's as alternatives, a new school in two sizes as alternatives, a bulge class.
/// One scheme in fifteen adds no places (condition, suitability or specialist), a third of those committed; one expansion in
/// eleven is committed. Half of the money is Basic Need, spread over the years; a fifth section 106 for single areas, most with
/// a deadline; the rest borrowing under a limit a year and a ceiling on its cost, levies and schools' own contributions.
struct CapitalCounty {
  let problem: ProgrammeProblem
  /// The pupils of each cell by draw; empty with more draws than a formulation by scenarios could hold. **Shape** cell, draw.
  let pupils: [[Double]]

  private struct Area {
    let code: PlanningAreaCode
    let phase: AreaPhase
    /// In each year group.
    let places: Double
    /// Of the intake that enters in each year.
    let growth: [Double]
    /// By cohort, from the oldest in school.
    let older: [Double]

    var groups: Int { phase.plannedYearGroups.count }
    var mostShort: Double { max(0, (growth.max() ?? 1) - 1) * places }

    func cohort(entering year: Int) -> Double {
      places * (year < 0 ? older[year + groups] : growth[year])
    }
  }

  init(_ size: CapitalSize, seed: UInt64) {
    let years = size.startYears + 3
    let first = FinancialYear(2018)
    var dice = Dice(seed: seed)
    let areas = (0..<size.areas).map { index -> Area in
      let phase: AreaPhase = index % 6 == 5 ? .secondary : .primary
      let growth = -0.04 + 0.38 * dice.next()
      return Area(
        code: PlanningAreaCode("\(phase == .primary ? "P" : "S")\(index + 1)"), phase: phase,
        places: 30 * Double(phase == .primary ? dice.whole(2...10) : dice.whole(8...20)),
        growth: (0..<years).map { Self.intake(growth, year: $0) },
        older: (0..<phase.plannedYearGroups.count).map { _ in 0.88 + 0.08 * dice.next() })
    }
    var pupils: [[Double]] = []
    let cells = areas.flatMap { area in
      Self.cells(area, years: years, draws: size.draws, seed: seed) {
        if size.draws <= 500 { pupils.append($0) }
      }
    }
    self.pupils = pupils
    let schemes = Self.schemes(size, areas, first, &dice)
    let wanted = Self.cheapestPlaces(areas)
    let pots = Self.pots(size, areas, schemes, wanted * size.money, first, years, &dice)
    let yearly = wanted * size.money * 0.25 / Double(years)
    let plan = CapitalPlan(
      firstYear: first, years: years, schemes: schemes, pots: pots, agreements: [],
      borrowing: BorrowingPlan(
        limit: Dictionary(uniqueKeysWithValues: (0..<years).map { (first + $0, Int(yearly)) }),
        revenueCeiling: Dictionary(
          uniqueKeysWithValues: (0..<years).map { (first + $0, Int(yearly * 0.45)) }), interest: 0.03,
        method: .equalInstalment, kinds: [.expansion, .newSchool, .temporary, .bulge]),
      buildingInflation: 0.02,
      goals: ProgrammeGoals(
        unmetWeight: [.primary: 1, .secondary: 1], yearWeight: 0.97, discountRate: 0.035,
        surplusPlaceCost: 500),
      points: PointsWeights(committed: 0, need: 0, urgency: 0, condition: 0, value: 0), delivery: [:],
      revenue: RevenueRates(
        growthFundPerPlace: [.primary: 2_000, .secondary: 2_500],
        newSchoolStartUp: [.primary: 60_000, .secondary: 150_000],
        missingYearGroup: [.primary: 20_000, .secondary: 40_000], temporaryHire: 15_000,
        netRevenueStream: 0), rivals: [], neighbours: [])
    problem = ProgrammeProblem(plan, cells: cells, sites: [])
  }

  /// The intake of a year as a share of the places: eight years of growth, and a slow fall after the tenth.
  private static func intake(_ growth: Double, year: Int) -> Double {
    let grown = growth * min(1, Double(year + 1) / 8)
    return 0.96 + grown - 0.01 * Double(max(0, year - 9))
  }

  /// Pupils by draw: a cohort's mean, times a common walk of its area that widens with the year, times noise of the cell.
  private static func cells(
    _ area: Area, years: Int, draws: Int, seed: UInt64, _ keep: ([Double]) -> Void
  ) -> [ProgrammeProblem.Cell] {
    let stream = RandomStream(seed: seed, source: .intakeArea, area: area.code.text)
    var (walk, noise) = ([Double](repeating: 0, count: draws), [Double](repeating: 0, count: draws))
    return (0..<years).flatMap { year -> [ProgrammeProblem.Cell] in
      if draws > 1 {
        walk.withUnsafeMutableBufferPointer {
          stream.normals(cell: 14 * year + 13, draws: 0..<draws, into: $0)
        }
      }
      return area.phase.plannedYearGroups.enumerated().map { step, yearGroup in
        if draws > 1 {
          noise.withUnsafeMutableBufferPointer {
            stream.normals(cell: 14 * year + step, draws: 0..<draws, into: $0)
          }
        }
        let mean = area.cohort(entering: year - step)
        let spread = 0.02 * Double(year + 1).squareRoot()
        let pupils = zip(walk, noise).map { mean * exp(spread * $0 + 0.015 * $1) }
        keep(pupils)
        var weight = 1.0
        for _ in 0..<year { weight *= 0.97 }
        return .init(
          area: area.code, yearGroup: yearGroup, year: year, weight: weight,
          curve: NeedCurve(pupils: pupils, margin: 0, places: area.places))
      }
    }
  }

  private static func pricePerPlace(_ area: Area) -> Double { area.phase == .primary ? 15_000 : 21_000 }

  private static func cheapestPlaces(_ areas: [Area]) -> Double {
    areas.reduce(0) { $0 + $1.mostShort * Double($1.groups) * pricePerPlace($1) }
  }

  private static func schemes(
    _ size: CapitalSize, _ areas: [Area], _ first: FinancialYear, _ dice: inout Dice
  ) -> [Scheme] {
    let plain = size.schemes / 15
    var schemes: [Scheme] = []
    var round = 0
    while schemes.count < size.schemes - plain {
      for area in areas where schemes.count < size.schemes - plain {
        schemes.append(scheme(schemes.count, round, in: area, size, first, &dice))
      }
      round += 1
    }
    while schemes.count < size.schemes {
      let index = schemes.count
      schemes.append(
        Scheme(
          key: "k\(index)", name: "Scheme \(index)",
          kind: [.condition, .suitability, .specialist][index % 3], area: nil, places: nil,
          cost: Money(pounds: dice.whole(2...20) * 100_000, priceBase: .quarter(year: 2018, quarter: 1)),
          buildYears: 1, profile: [0.5, 0.5], window: first...(first + (size.startYears - 1)),
          isCommitted: index % 3 == 0, optionGroup: nil, prerequisites: [], assetLifeYears: 40,
          referenceClass: "", conditionScore: 2, approvedStart: first + dice.whole(0...3), mark: .assumed))
    }
    return schemes
  }

  /// The scheme of an area that comes in its round.
  private static func scheme(
    _ index: Int, _ round: Int, in area: Area, _ size: CapitalSize, _ first: FinancialYear,
    _ dice: inout Dice
  ) -> Scheme {
    let isPrimary = area.phase == .primary
    let steps: [(kind: SchemeKind, places: Int, option: String?)] =
      isPrimary
      ? [
        (.expansion, 30, nil), (.newSchool, 60, "new"), (.expansion, 30, "second"), (.bulge, 30, nil),
        (.expansion, 15, "second"), (.newSchool, 30, "new"),
      ]
      : [
        (.expansion, 30, nil), (.newSchool, 180, "new"), (.expansion, 60, "second"), (.expansion, 30, nil),
        (.expansion, 30, "second"), (.newSchool, 120, "new"),
      ]
    let step = steps[round % steps.count]
    let factor = 0.75 + 0.6 * dice.next() + (step.kind == .newSchool ? 0.3 : 0)
    let count = Double(step.places * (step.kind == .bulge ? 1 : area.groups))
    let unit = step.kind == .bulge ? 9_000 : pricePerPlace(area)
    let cost = (count * unit * factor / 1000).rounded() * 1000
    let profile: [Double] = cost > 8e6 ? [0.2, 0.5, 0.3] : cost > 2e6 ? [0.4, 0.6] : [1]
    let isCommitted = round == 0 && index % 11 == 3
    return Scheme(
      key: "k\(index)", name: "Scheme \(index)", kind: step.kind, area: area.code,
      places: Scheme.Places(
        entryYearGroup: area.phase.entryYearGroup, perYearGroup: step.places, yearsOfUse: nil),
      cost: Money(pounds: Int(cost), priceBase: .quarter(year: 2018, quarter: 1)),
      buildYears: profile.count - 1, profile: profile,
      window: first...(first + (size.startYears - 1)), isCommitted: isCommitted,
      optionGroup: step.option.map { "\(area.code.text).\($0).\(round / steps.count)" }, prerequisites: [],
      assetLifeYears: 40, referenceClass: "", conditionScore: 0,
      approvedStart: isCommitted || dice.next() < 0.15 ? first + dice.whole(0...4) : nil, mark: .assumed)
  }

  private static func pots(
    _ size: CapitalSize, _ areas: [Area], _ schemes: [Scheme], _ money: Double, _ first: FinancialYear,
    _ years: Int, _ dice: inout Dice
  ) -> [FundingPot] {
    let places: Set<SchemeKind> = [.expansion, .newSchool, .temporary, .bulge]
    let plain: Set<SchemeKind> = [.condition, .suitability, .specialist]
    func spread(_ pounds: Double, _ dice: inout Dice) -> [FinancialYear: Int] {
      let shares = (0..<years).map { _ in 0.5 + dice.next() }
      let sum = shares.reduce(0, +)
      return Dictionary(
        uniqueKeysWithValues: shares.enumerated().map { (first + $0, Int(pounds * $1 / sum)) })
    }
    let needed = schemes.filter { plain.contains($0.kind) }.reduce(0.0) { $0 + Double($1.cost.pounds) }
    var pots = [
      FundingPot(
        key: "basic", name: "Basic Need", source: .grant, rule: FundingRule(kinds: places),
        received: spread(money * 0.5, &dice), carriesForward: true),
      FundingPot(
        key: "condition", name: "Condition", source: .grant, rule: FundingRule(kinds: plain),
        received: spread(needed, &dice), carriesForward: true),
      FundingPot(
        key: "levy", name: "Levy", source: .grant, rule: FundingRule(kinds: places, phase: .secondary),
        received: spread(money * 0.03, &dice), carriesForward: true),
    ]
    let local = max(1, size.pots - 3)
    let expansions = schemes.filter { $0.kind == .expansion }
    while pots.count < size.pots {
      let index = pots.count
      if index % 6 == 0, !expansions.isEmpty {
        let scheme = expansions[dice.whole(0...expansions.count - 1)]
        pots.append(
          FundingPot(
            key: "school\(index)", name: "School \(index)", source: .schoolContribution,
            rule: FundingRule(kinds: places, scheme: scheme.key, mostShare: 0.2),
            received: [first: Int(money * 0.02 / Double(local))], carriesForward: true))
      } else {
        let area = areas[dice.whole(0...areas.count - 1)]
        let arrival = dice.whole(0...size.startYears)
        pots.append(
          FundingPot(
            key: "home\(index)", name: "Homes \(index)", source: .section106,
            rule: FundingRule(kinds: places, area: area.code),
            received: [first + arrival: Int(money * 0.2 / Double(local) * (0.4 + 1.2 * dice.next()))],
            carriesForward: true,
            spendBy: index % 4 == 0 ? nil : first + min(years - 1, arrival + 5)))
      }
    }
    return pots
  }
}

/// A small generator of random numbers of its own, so that a seed's county never changes.
private struct Dice {
  private var state: UInt64

  init(seed: UInt64) {
    state = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15
    for _ in 0..<8 { _ = next() }
  }

  mutating func next() -> Double {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Double(state >> 11) * 0x1p-53
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() * Double(range.count))
  }
}
