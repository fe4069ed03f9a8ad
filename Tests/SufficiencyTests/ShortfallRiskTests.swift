import PlacePlanning
import Projection
import TestSupport
import Testing

@testable import Sufficiency

/// Gloucestershire's risk against a count of the same draws by another way, and the worst year by hand.
@Suite struct ShortfallRiskTests {
  @Test func `every cell is what its draws say`() throws {
    let model = try Repository.model("gloucestershire")
    let draws = try simulateKeepingDraws(model, try project(model), draws: 50, seed: 3).draws
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

  private func area(_ code: String, _ phase: AreaPhase) -> PlanningArea {
    PlanningArea(code: PlanningAreaCode(code), name: code, phase: phase, district: "D")
  }

  private func cell(
    _ area: PlanningArea, _ year: Int, _ need: Double, in yearGroup: YearGroup? = nil
  ) -> ShortfallRisk.Cell {
    ShortfallRisk.Cell(
      area: area, yearGroup: yearGroup ?? area.phase.entryYearGroup, year: AcademicYear(year),
      expectedNeed: need, needOneInTen: 0, chanceWithoutPlace: 0, chanceMoreThanThirtyWithoutPlace: 0,
      chanceShortByForm: 0)
  }

  @Test func `the worst year of an area is the first of its largest, at its entry and nowhere else`() {
    let (p, s, full) = (area("P", .primary), area("S", .secondary), area("Q", .primary))
    let risk = ShortfallRisk([
      cell(p, 2020, 9), cell(p, 2018, 5), cell(p, 2019, 9), cell(p, 2018, 50, in: .year6), cell(s, 2018, 99),
      cell(full, 2018, 0), cell(full, 2019, 0),
    ])
    #expect(risk.entry(p).map(\.expectedNeed) == [5, 9, 9])
    #expect(risk.worstEntry(p)?.year == AcademicYear(2019) && risk.worstEntry(p)?.expectedNeed == 9)
    #expect(risk.worstEntry(s)?.expectedNeed == 99)
    #expect(risk.worstEntry(full) == nil, "nobody is expected to be short")
    #expect(risk[p.code, .year6, AcademicYear(2018)]?.expectedNeed == 50)
  }
}
