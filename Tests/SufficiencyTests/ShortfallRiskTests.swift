import ModelFiles
import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Testing

/// Gloucestershire's risk against a count of the same draws by another way.
@Suite struct ShortfallRiskTests {
  @Test func `every cell is what its draws say`() throws {
    let model = try validate(try load(ModelRequest(folder: Repository.file("Models/gloucestershire")))).model
    let draws = try drawPupils(model, try project(model), draws: 50, seed: 3)
    let risk = shortfallRisk(draws, model)
    #expect(risk.cells.count == (44 * 7 + 10 * 5) * 10)
    for cell in risk.cells where cell.year.start % 3 == 0 {
      let pupils = try #require(draws[cell.area.code, cell.yearGroup, cell.year])
      let places = try #require(model.capacity.places(cell.area.code, cell.yearGroup, cell.year))
      let margin = 1 + (model.operatingMargin[cell.area.phase] ?? 0)
      var (sum, without, more, form) = (0.0, 0, 0, 0)
      for draw in pupils {
        if draw * margin > places { sum += draw * margin - places }
        if draw > places { without += 1 }
        if draw > places + 30 { more += 1 }
        if draw * margin >= places + 30 { form += 1 }
      }
      expectClose(cell.expectedNeed, sum / 50, within: 1e-9)
      #expect(cell.chanceWithoutPlace == Double(without) / 50)
      #expect(cell.chanceMoreThanThirtyWithoutPlace == Double(more) / 50)
      #expect(cell.chanceShortByForm == Double(form) / 50)
      // Of fifty draws, five lie above the one in ten.
      let above = pupils.count { max(0, $0 * margin - places) > cell.needOneInTen }
      #expect(above == 5 || (cell.needOneInTen == 0 && above < 5))
    }
  }

  @Test func `the worst year of an area is its largest expected need`() throws {
    let model = try validate(try load(ModelRequest(folder: Repository.file("Models/gloucestershire")))).model
    let risk = shortfallRisk(try drawPupils(model, try project(model), draws: 50, seed: 3), model)
    for area in model.areas {
      let entry = risk.entry(area)
      #expect(entry.map(\.year) == model.projectedYears)
      let most = entry.map(\.expectedNeed).max() ?? 0
      #expect(risk.worstEntry(area)?.expectedNeed ?? 0 == most)
    }
  }
}
