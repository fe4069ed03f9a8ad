import PlacePlanning
import Sufficiency
import TestSupport
import Testing

@testable import Projection

/// Areas P, Q (primary) and S (secondary) with set pupils and places, for two projected years.
private struct Hand {
  static let p = PlanningArea(code: PlanningAreaCode("P"), name: "North", phase: .primary, district: "D")
  static let q = PlanningArea(code: PlanningAreaCode("Q"), name: "South", phase: .primary, district: "D")
  static let s = PlanningArea(code: PlanningAreaCode("S"), name: "High", phase: .secondary, district: "D")

  var path = Trajectory(areas: [p, q, s], years: (2017...2019).map { AcademicYear($0) })
  var places: [PlanningAreaCode: [YearGroup: Double]] = [:]

  /// 50 pupils and 50 places everywhere.
  init() {
    for (index, area) in path.areas.enumerated() {
      for group in 0..<7 { for year in 0..<3 { path[index, group, year] = 50 } }
      for yearGroup in area.phase.plannedYearGroups { places[area.code, default: [:]][yearGroup] = 50 }
    }
  }

  func balance(_ margin: [AreaPhase: Double] = [:]) -> PlacesBalance {
    compare(path, capacity: CapacityPlan(base: places, changes: []), margin: margin)
  }
}

struct BalanceTests {
  private let year = AcademicYear(2018)

  /// 63 x 1.05 - 60 = 6.15 short, none spare; 58 x 1.05 - 60 = 0.9 short although 2 are spare; 40 x 1.05 is 18 under, 20 spare.
  @Test(
    "need has the margin in it, surplus has not",
    arguments: [(63.0, 6.15, 0.0), (58, 0.9, 2), (40, 0, 20), (60, 3, 0)])
  func cell(pupils: Double, need: Double, surplus: Double) throws {
    var hand = Hand()
    hand.path[0, 0, 1] = pupils
    hand.places[Hand.p.code]?[.reception] = 60
    let cell = try #require(hand.balance([.primary: 0.05])[Hand.p.code, .reception, year])
    #expect(cell.pupils == pupils && cell.places == 60)
    expectClose(cell.need, need)
    expectClose(cell.surplus, surplus)
    expectClose(cell.needInForms.forms, need / 30)
  }

  @Test("cells are those of planned year groups in projected years")
  func cells() {
    let balance = Hand().balance()
    #expect(balance.cells.count == (7 + 7 + 5) * 2)
    #expect(balance.years == [AcademicYear(2018), AcademicYear(2019)])
    #expect(balance[Hand.s.code, .year7, AcademicYear(2017)] == nil, "the base year is not projected")
    #expect(balance[Hand.s.code, YearGroup.all[12], year] == nil, "sixth forms have no planned places")
  }

  /// Primary, 2018/19: P is 12 short in Reception and has 5 spare in Year 1, 20 in Year 2; Q is 3 short in Year 6. Places: 700.
  @Test("a summary adds needs without netting; unfilled places net within an area only")
  func summary() {
    var hand = Hand()
    hand.path[0, 0, 1] = 62
    hand.path[0, 1, 1] = 45
    hand.path[0, 2, 1] = 30
    hand.path[1, 6, 1] = 53
    let summary = hand.balance().summary(.primary, year)
    #expect(summary.pupils == 690 && summary.places == 700)
    #expect(summary.need == 15 && summary.needToNearestTen == 20)
    #expect(summary.spare == 25)
    expectClose(summary.spareShare, 25.0 / 700)
    // P: 350 places less 337 pupils; Q is over-full, which takes nothing from P.
    expectClose(summary.unfilledShare, 13.0 / 700)
    let later = hand.balance().summary(.primary, AcademicYear(2019))
    #expect(later.need == 0 && later.spareShare == 0 && later.unfilledShare == 0)
    #expect(hand.balance().summary(.secondary, year).places == 250)
  }

  @Test(
    "need to the nearest ten",
    arguments: [(0.0, 0), (4.9, 0), (5, 10), (14.9, 10), (15, 20), (104, 100), (105.5, 110)])
  func nearestTen(need: Double, wanted: Int) {
    var hand = Hand()
    hand.path[2, 0, 1] = 50 + need
    #expect(hand.balance().summary(.secondary, year).needToNearestTen == wanted)
  }

  /// P, 2018/19: 12 short in Reception, 5 spare in Year 1 and 20 in Year 2, of 350 places.
  @Test("an area's spare places are not netted against its need")
  func spareInArea() {
    var hand = Hand()
    hand.path[0, 0, 1] = 62
    hand.path[0, 1, 1] = 45
    hand.path[0, 2, 1] = 30
    let balance = hand.balance()
    let spare = balance.spare(in: Hand.p, year)
    #expect(spare.places == 25)
    expectClose(spare.share, 25.0 / 350)
    #expect(balance.spare(in: Hand.q, year).places == 0)
    let never = balance.spare(in: Hand.p, AcademicYear(2030))
    #expect(never.places == 0 && never.share == 0)
  }

  @Test("a year without cells has shares of nought")
  func empty() {
    let summary = Hand().balance().summary(.primary, AcademicYear(2030))
    #expect(summary.places == 0 && summary.spareShare == 0 && summary.unfilledShare == 0)
  }
}

struct PressureTests {
  /// S is short by 45 in Year 7 in both years, and by 30 in Year 8 in the second: (45 + 30) / 5 / 30 = 0.5 over five year groups.
  @Test("pressure in forms of entry, at the entry year group and over all year groups")
  func pressure() {
    var hand = Hand()
    hand.path[2, 0, 1] = 95
    hand.path[2, 0, 2] = 95
    hand.path[2, 1, 2] = 80
    let pressure = hand.balance().pressure(Hand.s)
    #expect(pressure.entryNeed.map(\.forms.forms) == [1.5, 1.5])
    expectClose(pressure.allYearGroupsNeed.first?.forms.forms, 0.3)
    expectClose(pressure.allYearGroupsNeed.last?.forms.forms, 0.5)
    #expect(pressure.peak?.year == AcademicYear(2018), "the first of two equal years")
    #expect(pressure.firstYearShort() == AcademicYear(2018))
  }

  @Test("the first year short is not the worst one")
  func firstYear() {
    var hand = Hand()
    hand.path[2, 0, 1] = 82
    hand.path[2, 0, 2] = 140
    let pressure = hand.balance().pressure(Hand.s)
    #expect(pressure.firstYearShort() == AcademicYear(2018))
    #expect(pressure.peak?.year == AcademicYear(2019) && pressure.peak?.forms == FormsOfEntry(3))
  }

  @Test("the largest entry gap stands first, ties in order of code")
  func order() {
    var hand = Hand()
    #expect(hand.balance().pressures().map(\.area.code.text) == ["P", "Q", "S"])
    hand.path[2, 0, 2] = 60
    hand.path[1, 0, 1] = 70
    hand.path[0, 5, 1] = 400
    #expect(hand.balance().pressures().map(\.area.code.text) == ["Q", "S", "P"], "Year 5 is no entry year")
  }
}
