import PlacePlanning
import Projection
import TestSupport
import Testing

/// The town's moves, worked in Models/exampleton/README.md, section 3.
@Suite struct MovementTests {
  private func pupils() throws -> TrajectorySet { try project(try Repository.model("exampleton")) }

  @Test func `where Year 7 comes from`() throws {
    let moves = try #require(movement(try pupils(), into: AcademicYear(2018)))
    #expect(moves.arrivals.map(\.area.code.text) == ["S1", "S2"])
    for (row, wanted) in zip(moves.arrivals, [[48.0, 8, 4], [28, 6, 6]]) {
      expectClose(row.fromOwnDistrict, wanted[0])
      expectClose(row.fromOtherDistricts, wanted[1])
      expectClose(row.fromOutside, wanted[2])
    }
  }

  @Test func `where Year 6 goes`() throws {
    let moves = try #require(movement(try pupils(), into: AcademicYear(2018)))
    #expect(moves.departures.map(\.district) == ["Northgate", "Southgate"])
    for (row, wanted) in zip(moves.departures, [[48.0, 6, 6], [28, 8, 4]]) {
      expectClose(row.toOwnDistrict, wanted[0])
      expectClose(row.toOtherDistricts, wanted[1])
      expectClose(row.leaving, wanted[2])
    }
  }

  /// Whatever the year, arrivals are the projected Year 7 without new homes, and departures the Year 6 before it.
  @Test(arguments: ["exampleton", "gloucestershire"])
  func `moves add up to the rolls at both ends`(name: String) throws {
    let pupils = try project(try Repository.model(name))
    for year in pupils.years.dropFirst() {
      let moves = try #require(movement(pupils, into: year))
      for row in moves.arrivals {
        expectClose(
          row.total, pupils.centralWithoutHousing[row.area.code, .year7, year] ?? .nan, within: 1e-6)
      }
      expectClose(
        moves.departures.reduce(0) { $0 + $1.toOwnDistrict + $1.toOtherDistricts + $1.leaving },
        pupils.centralWithoutHousing.total([.year6], year - 1),
        within: 1e-6)
    }
  }

  @Test func `a year without a Year 6 before it has none`() throws {
    #expect(movement(try pupils(), into: AcademicYear(2017)) == nil)
    #expect(movement(try pupils(), into: AcademicYear(2040)) == nil)
  }

  /// 100 in Year 6, of whom 90 move on; a published Year 7 stands above or below them.
  @Test(arguments: [(126.0, 36.0), (80, -10)])
  func `where a published total holds Year 7, primary areas send what they sent`(
    _ total: Double, _ outside: Double
  )
    throws
  {
    var hand = HandModel()
    hand.control = ControlPlan(totals: [AcademicYear(2018): [.secondary: .init(yearGroups: [.year7: total])]])
    let moves = try #require(movement(try project(try hand.model), into: AcademicYear(2018)))
    let arrival = try #require(moves.arrivals.first)
    expectClose(arrival.total, total)
    expectClose(arrival.fromOwnDistrict, 90)
    expectClose(arrival.fromOutside, outside)
    expectClose(try #require(moves.departures.first).leaving, 10)
  }
}
