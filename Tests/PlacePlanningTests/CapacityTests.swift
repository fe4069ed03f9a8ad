import PlacePlanning
import TestSupport
import Testing

struct CapacityTests {
  private let area = PlanningAreaCode("A")

  private func change(
    _ kind: CapacityChange.Kind, _ entry: Int, _ places: Double, _ from: Int, until: Int? = nil,
    last: Int? = nil
  ) throws -> CapacityChange {
    let lastYearGroup = try last.map { try #require(YearGroup(number: $0)) }
    return CapacityChange(
      area: area, kind: kind, entryYearGroup: try #require(YearGroup(number: entry)),
      lastYearGroup: lastYearGroup,
      placesPerYearGroup: places, from: AcademicYear(from), until: until.map { AcademicYear($0) })
  }

  /// Years 7 to 11 in rows, 2018/19 to 2024/25 in columns.
  private func grid(_ change: CapacityChange) -> [[Double]] {
    Phase.secondary.yearGroups.map { yearGroup in
      (2018...2024).map { change.places(in: yearGroup, year: AcademicYear($0)) }
    }
  }

  @Test("an expansion fills from its entry year group upward")
  func expansion() throws {
    #expect(
      grid(try change(.expansion, 7, 30, 2019)) == [
        [0, 30, 30, 30, 30, 30, 30], [0, 0, 30, 30, 30, 30, 30], [0, 0, 0, 30, 30, 30, 30],
        [0, 0, 0, 0, 30, 30, 30], [0, 0, 0, 0, 0, 30, 30],
      ])
  }

  @Test("a bulge class goes through in one cohort and leaves")
  func bulge() throws {
    #expect(
      grid(try change(.bulge, 7, 30, 2019)) == [
        [0, 30, 0, 0, 0, 0, 0], [0, 0, 30, 0, 0, 0, 0], [0, 0, 0, 30, 0, 0, 0], [0, 0, 0, 0, 30, 0, 0],
        [0, 0, 0, 0, 0, 30, 0],
      ])
  }

  @Test("a temporary block fills like an expansion and goes as a whole")
  func temporary() throws {
    #expect(
      grid(try change(.temporary, 8, 20, 2019, until: 2022)) == [
        [0, 0, 0, 0, 0, 0, 0], [0, 20, 20, 20, 0, 0, 0], [0, 0, 20, 20, 0, 0, 0], [0, 0, 0, 20, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0],
      ])
  }

  @Test("a reduction empties from its entry year group upward")
  func reduction() throws {
    #expect(
      grid(try change(.reduction, 7, 15, 2021)) == [
        [0, 0, 0, -15, -15, -15, -15], [0, 0, 0, 0, -15, -15, -15], [0, 0, 0, 0, 0, -15, -15],
        [0, 0, 0, 0, 0, 0, -15], [0, 0, 0, 0, 0, 0, 0],
      ])
  }

  @Test("a closure takes places from every year group at once")
  func closure() throws {
    let row: [Double] = [0, 0, -5, -5, -5, -5, -5]
    #expect(grid(try change(.closure, 7, 5, 2020)) == Array(repeating: row, count: 5))
  }

  /// Reception to Year 6 in rows, 2018/19 to 2024/25 in columns.
  @Test("infant places end with Year 2, and junior ones begin with Year 3")
  func infantsAndJuniors() throws {
    func rows(_ change: CapacityChange) -> [[Double]] {
      Phase.primary.yearGroups.map { yearGroup in
        (2018...2024).map { change.places(in: yearGroup, year: AcademicYear($0)) }
      }
    }
    let none = Array(repeating: 0.0, count: 7)
    let infants: [[Double]] = [
      [0, 30, 30, 30, 30, 30, 30], [0, 0, 30, 30, 30, 30, 30], [0, 0, 0, 30, 30, 30, 30], none, none, none,
      none,
    ]
    #expect(rows(try change(.expansion, 0, 30, 2019, last: 2)) == infants)
    #expect(rows(try change(.reduction, 0, 30, 2019, last: 2)) == infants.map { $0.map { -$0 } })
    let cohort: [[Double]] = [
      [0, 30, 0, 0, 0, 0, 0], [0, 0, 30, 0, 0, 0, 0], [0, 0, 0, 30, 0, 0, 0], none, none, none, none,
    ]
    #expect(rows(try change(.bulge, 0, 30, 2019, last: 2)) == cohort)
    let closing: [Double] = [0, 0, -5, -5, -5, -5, -5]
    #expect(
      rows(try change(.closure, 3, 5, 2020, last: 6)) == [
        none, none, none, closing, closing, closing, closing,
      ])
  }

  @Test("places stay in their phase: primary ones never reach Year 7, nor secondary ones Year 12")
  func phases() throws {
    for kind in CapacityChange.Kind.allCases {
      let primary = try change(kind, 0, 30, 2010)
      let secondary = try change(kind, 7, 30, 2013)
      for year in 2010...2030 {
        #expect(primary.places(in: .year7, year: AcademicYear(year)) == 0)
        #expect(secondary.places(in: .year6, year: AcademicYear(year)) == 0)
        #expect(secondary.places(in: try #require(YearGroup(number: 12)), year: AcademicYear(year)) == 0)
      }
    }
  }

  /// 60, an expansion of 30 from 2018 (in Year 8 a year later), a bulge of 15 in 2019's Year 7.
  @Test("a plan adds an area's changes to its places, and no other area's")
  func plan() throws {
    let plan = CapacityPlan(
      base: [
        area: [.year7: 60, try #require(YearGroup(number: 8)): 50], PlanningAreaCode("B"): [.year7: 40],
      ],
      changes: [try change(.expansion, 7, 30, 2018), try change(.bulge, 7, 15, 2019)])
    let found = (2017...2020).map { plan.places(area, .year7, AcademicYear($0)) }
    #expect(found == [60, 90, 105, 90])
    let year8 = try #require(YearGroup(number: 8))
    #expect((2017...2020).map { plan.places(area, year8, AcademicYear($0)) } == [50, 50, 80, 95])
    #expect(plan.places(PlanningAreaCode("B"), .year7, AcademicYear(2019)) == 40)
  }

  @Test("no places on record is nil, not nought")
  func unknown() {
    let plan = CapacityPlan(base: [area: [.year7: 60]], changes: [])
    #expect(plan.places(area, .reception, AcademicYear(2018)) == nil)
    #expect(plan.places(PlanningAreaCode("B"), .year7, AcademicYear(2018)) == nil)
  }
}
