import CapitalProgramme
import PlacePlanning
import Projection
import TestSupport
import Testing

/// The need of the town by area, year group and year, whose figures are worked in Models/exampleton/README.md.
@Suite struct NeedCellsTests {
  @Test func `a missing place counts by its phase, and each year less than the year before`() throws {
    let model = try Repository.model("exampleton")
    var plan = try #require(model.capital)
    plan.goals = ProgrammeGoals(
      unmetWeight: [.primary: 2, .secondary: 3], yearWeight: 0.5, discountRate: 0, surplusPlaceCost: 0)
    let cells = needCells(model, plan, try project(model), nil)
    // Two primary areas with seven year groups and two secondary ones with five, in six years.
    #expect(cells.count == (2 * 7 + 2 * 5) * 6)
    func years(_ area: String, _ yearGroup: YearGroup) -> [ProgrammeProblem.Cell] {
      cells.filter { $0.area.text == area && $0.yearGroup == yearGroup }.sorted { $0.year < $1.year }
    }
    let (north, castle) = (years("P1", .reception), years("S1", .year7))
    try #require(north.map(\.year) == [0, 1, 2, 3, 4, 5] && castle.map(\.year) == [0, 1, 2, 3, 4, 5])
    #expect(north.map(\.weight) == [2, 1, 0.5, 0.25, 0.125, 0.0625])
    #expect(castle.map(\.weight) == [3, 1.5, 0.75, 0.375, 0.1875, 0.09375])
    // Section 8: with a margin of 5% North lacks 5.52 places in 2018/19 and 6.795 in 2022/23. Castle, without one, is full in 2018/19
    // and lacks 3 in 2022/23.
    for (cell, wanted) in [(north[0], 5.52), (north[4], 6.795), (castle[0], 0), (castle[4], 3)] {
      expectClose(cell.curve.unmet(adding: 0), wanted, within: 1e-9, "\(cell.area) in \(cell.year)")
    }
  }
}
