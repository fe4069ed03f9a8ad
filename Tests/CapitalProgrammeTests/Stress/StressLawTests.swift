import Foundation
import PlacePlanning
import Sufficiency
import TestSupport
import Testing

@testable import CapitalProgramme

/// What holds for any programme, and a plain implementation that must agree.
@Suite struct StressLawTests {
  private static let risk = DeliveryRisk(chanceOfYearLate: 0.4, meanOverrun: 0.15, overrunSpread: 0.2)

  /// Two areas, several expansions and a block, 200 draws of whole pupils.
  private static func town(_ seed: UInt64, onlyExpansions: Bool = false) -> SmallTown {
    var generator = SeededGenerator(seed: seed)
    var town = SmallTown(
      risks: [
        "building": risk, "block": DeliveryRisk(chanceOfYearLate: 0.2, meanOverrun: 0, overrunSpread: 0.1),
      ],
      inflation: 0.03, areas: [SmallTown.area("P1"), SmallTown.area("S1", .secondary)], margin: 0.05,
      draws: 200)
    for index in 0..<5 {
      let isBlock = !onlyExpansions && index % 3 == 2
      let area = index % 2 == 0 ? "P1" : "S1"
      town.schemes.append(
        SmallTown.scheme(
          "scheme \(index)", isBlock ? .temporary : .expansion, area: area,
          places: Int.random(in: 5...30, using: &generator), entry: area == "P1" ? .reception : .year7,
          yearsOfUse: isBlock ? 2 : nil, pounds: Int.random(in: 100_000...900_000, using: &generator),
          build: Int.random(in: 0...2, using: &generator), risk: isBlock ? "block" : "building"))
    }
    var counts: [[Double]] = []
    for _ in 0..<2 * 14 * 5 {
      counts.append((0..<200).map { _ in Double(Int.random(in: 30...120, using: &generator)) })
    }
    town.pupils = { area, yearGroup, year in
      counts[((area.text == "P1" ? 0 : 1) * 14 + yearGroup.number) * 5 + year.start - 2018]
    }
    return town
  }

  /// Places of schemes that all start in the first year.
  private static func added(by schemes: [Scheme], to cell: StressTest.Cell) -> Double {
    schemes.compactMap { $0.change(startingIn: SmallTown.first) }.filter { $0.area == cell.area }
      .reduce(0) { $0 + $1.places(in: cell.yearGroup, year: cell.year) }
  }

  @Test(arguments: 1...4)
  func `without risk, delivered is as planned and as the need curves say`(_ seed: UInt64) throws {
    var town = Self.town(seed)
    let none = DeliveryRisk(chanceOfYearLate: 0, meanOverrun: 0, overrunSpread: 0)
    town.risks = ["building": none, "block": none]
    let test = town.stress(seed: seed)
    for cell in test.cells {
      let added = Self.added(by: town.schemes, to: cell)
      let pupils = town.pupils(cell.area, cell.yearGroup, cell.year)
      let curve = NeedCurve(pupils: pupils, margin: 0.05, places: 60)
      #expect(cell.expectedUnmet.delivered == cell.expectedUnmet.asPlanned)
      let byForm = pupils.count { $0 >= (60 + added + 30) / 1.05 }
      #expect(cell.chanceShortByForm.delivered == Double(byForm) / Double(pupils.count))
      // Added up in another order: the same but for the last bits.
      expectClose(cell.expectedUnmet.delivered, curve.unmet(adding: added), within: 1e-12 * 200)
    }
    town.margin = 0
    for cell in town.stress(seed: seed).cells {
      let added = Self.added(by: town.schemes, to: cell)
      let pupils = town.pupils(cell.area, cell.yearGroup, cell.year)
      let curve = NeedCurve(pupils: pupils, margin: 0, places: 60)
      // Whole pupils and no margin: exactly.
      #expect(cell.expectedUnmet.delivered == curve.unmet(adding: added))
      let without = pupils.count { $0 > 60 + added }
      #expect(cell.chanceWithoutPlace.delivered == Double(without) / Double(pupils.count))
    }
  }

  @Test(arguments: 1...4)
  func `expansions that may be later never lower what is unmet`(_ seed: UInt64) {
    var town = Self.town(seed, onlyExpansions: true)
    var before: [Double] = []
    for chance in [0, 0.2, 0.5, 0.9, 1] {
      town.risks = ["building": DeliveryRisk(chanceOfYearLate: chance, meanOverrun: 0, overrunSpread: 0)]
      let test = town.stress(seed: seed)
      let now = test.cells.map(\.expectedUnmet.delivered)
      #expect(test.cells.allSatisfy { $0.expectedUnmet.dueToDelivery >= -1e-9 })
      #expect(zip(before, now).allSatisfy { $0 <= $1 + 1e-9 })
      #expect(test.areas.allSatisfy { $0.chanceWithoutPlace.dueToDelivery >= 0 })
      before = now
    }
  }

  @Test func `a scheme more leaves the others' draws and areas as they are`() {
    var town = Self.town(7)
    let (before, delays, outturns) = (town.stress(seed: 7), town.delays(seed: 7), town.outturns(seed: 7))
    town.schemes.insert(SmallTown.scheme("another", area: "S1", entry: .year7), at: 1)
    let after = town.stress(seed: 7)
    #expect(town.outturns(seed: 7).filter { $0.key != "another" } == outturns)
    #expect(town.delays(seed: 7).filter { $0.key != "another" } == delays)
    for (a, b) in zip(before.cells, after.cells) where a.area.text == "P1" {
      #expect(a.expectedUnmet == b.expectedUnmet && a.chanceShortByForm == b.chanceShortByForm)
    }
  }

  @Test(arguments: 1...3)
  func `schemes and areas in another order change no bit`(_ seed: UInt64) {
    var town = Self.town(seed)
    let trial = BlockTrial(costPerPlace: [.primary: 9_000, .secondary: 10_000])
    let one = town.stress(seed: seed, block: trial)
    town.schemes.reverse()
    town.areas.reverse()
    let other = town.stress(seed: seed, block: trial)
    #expect(one.classes.map(\.schemes) == other.classes.map(\.schemes))
    #expect(one.cells.map(\.expectedUnmet) == other.cells.map(\.expectedUnmet))
    #expect(one.areas.map(\.block) == other.areas.map(\.block))
    #expect(one.outturn == other.outturn)
    #expect(one.classes.map(\.outturn) == other.classes.map(\.outturn))
  }

  @Test(arguments: 1...2, [0, 0.3])
  func `a plain implementation, draw by draw, agrees`(_ seed: UInt64, _ longer: Double) throws {
    var town = Self.town(seed)
    town.risks["building"] = DeliveryRisk(
      chanceOfYearLate: 0.4, chanceOfYearLonger: longer, meanOverrun: 0.15, overrunSpread: 0.2)
    let test = town.stress(seed: seed)
    let plain = PlainStress(town, seed: seed)
    for cell in test.cells {
      let wanted = try #require(
        plain.cells[.init(area: cell.area, yearGroup: cell.yearGroup, year: cell.year)])
      expectClose(cell.expectedUnmet.delivered, wanted.unmet, within: 1e-9)
      expectClose(cell.chanceWithoutPlace.delivered, wanted.withoutPlace, within: 1e-12)
      expectClose(cell.chanceShortByForm.delivered, wanted.shortByForm, within: 1e-12)
    }
    for area in test.areas {
      expectClose(area.chanceWithoutPlace.delivered, plain.chance[area.area] ?? -1, within: 1e-12)
    }
    expectClose(test.outturn.mean, plain.outturns.reduce(0, +) / 200, within: 1e-3)
    let sorted = plain.outturns.sorted()
    // Type 7: position 0.8 x 199 = 159.2.
    expectClose(test.outturn.p80, sorted[159] + 0.2 * (sorted[160] - sorted[159]), within: 1e-3)
    expectClose(
      test.chanceOverspend, Double(plain.outturns.count { $0 > Double(test.approved) }) / 200, within: 1e-12)
  }
}

/// The definition, as slowly as it can be said: one draw, one change of places and one year at a time.
struct PlainStress {
  struct Key: Hashable {
    let area: PlanningAreaCode
    let yearGroup: YearGroup
    let year: AcademicYear
  }

  var cells: [Key: (unmet: Double, shortByForm: Double, withoutPlace: Double)] = [:]
  var chance: [PlanningAreaCode: Double] = [:]
  var outturns: [Double] = []

  init(_ town: SmallTown, seed: UInt64) {
    let share = 1 / Double(town.draws)
    let plan = town.plan
    let years = plan.financialYears.map(\.academicYear)
    let drawn = town.schemes.map { scheme in
      DeliveryDraws(
        plan.delivery[scheme.referenceClass]
          ?? DeliveryRisk(chanceOfYearLate: 0, meanOverrun: 0, overrunSpread: 0),
        scheme: scheme.key, draws: town.draws, seed: seed)
    }
    for draw in 0..<town.draws {
      var changes: [CapacityChange] = []
      var outturn = 0.0
      for (scheme, drawn) in zip(town.schemes, drawn) {
        let late = Int(drawn.yearsLate[draw])
        let opening = SmallTown.first + late + Int(drawn.yearsLonger[draw])
        if let change = scheme.change(startingIn: opening) { changes.append(change) }
        for pounds in plan.spending(scheme, startingIn: SmallTown.first) {
          outturn += Double(pounds) * drawn.costFactor[draw] * pow(1.03, Double(late))
        }
      }
      outturns.append(outturn)
      for area in town.areas {
        var isShort = false
        for yearGroup in area.phase.plannedYearGroups {
          for year in years {
            let base = [area.code: [yearGroup: town.places]]
            let capacity = CapacityPlan(base: base, changes: changes)
            let places = capacity.places(area.code, yearGroup, year) ?? .nan
            let pupils = town.pupils(area.code, yearGroup, year)[draw]
            let unmet = max(0, pupils * (1 + town.margin) - places)
            let key = Key(area: area.code, yearGroup: yearGroup, year: year)
            let before = cells[key] ?? (0, 0, 0)
            cells[key] = (
              before.unmet + unmet * share, before.shortByForm + (unmet > 30 - 1e-9 ? share : 0),
              before.withoutPlace + (pupils > places ? share : 0)
            )
            if yearGroup == area.phase.entryYearGroup, pupils > places { isShort = true }
          }
        }
        if isShort { chance[area.code, default: 0] += share }
      }
    }
  }
}
