import PlacePlanning
import Projection
import TestSupport
import Testing

@testable import CapitalProgramme

/// The whole way from a model's own draws: Gloucestershire's pupils and places, with an invented scheme.
@Suite struct StressModelTests {
  @Test func `a model's cells are its need curves, and delay makes the scheme's own area worse`() throws {
    let model = try Repository.model("gloucestershire")
    let pupils = try project(model)
    let draws = try simulateKeepingDraws(model, pupils, draws: 60, seed: 2).draws
    let area = try #require(model.areas(.secondary).first { $0.name.contains("Cheltenham") })
    var town = SmallTown(
      risks: ["building": DeliveryRisk(chanceOfYearLate: 0.9, meanOverrun: 0, overrunSpread: 0)],
      schemes: [SmallTown.scheme("school", .newSchool, area: area.code.text, places: 180, entry: .year7)])
    town.years = 6
    let cells = needCells(model, town.plan, pupils, draws)
    let problem = ProgrammeProblem(town.plan, cells: cells, sites: model.housing.sites)
    let test = stress(town.programme(), of: problem, model, plan: town.plan, pupils: draws, seed: 1)
    #expect(test.draws == 60 && test.cells.count == cells.count && !cells.isEmpty)
    let change = try #require(problem.candidates[0].starts[0].change)
    for cell in cells {
      let year = problem.years[cell.year].academicYear
      let found = try #require(
        test.cells.first { $0.area == cell.area && $0.yearGroup == cell.yearGroup && $0.year == year })
      let added = cell.area == area.code ? change.places(in: cell.yearGroup, year: year) : 0
      expectClose(found.expectedUnmet.asPlanned, cell.curve.unmet(adding: added), within: 1e-8)
      let form = (cell.curve.places + added + 30) / (1 + cell.curve.margin)
      let drawn = try #require(draws[cell.area, cell.yearGroup, year])
      #expect(found.chanceShortByForm.asPlanned == Double(drawn.count { $0 >= form }) / 60)
      if cell.area != area.code { #expect(found.expectedUnmet.dueToDelivery == 0) }
    }
    let own = try #require(test.areas.first { $0.area == area.code })
    #expect(own.expectedUnmet.dueToDelivery > 0)
  }
}
