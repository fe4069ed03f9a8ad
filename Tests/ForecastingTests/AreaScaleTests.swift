import PlacePlanning
import TestSupport
import Testing

@testable import Forecasting

struct AreaScaleTests {
  @Test func `an area's sizes weigh against ten of the mean`() {
    var sizes = AreaSizes(areas: 3)
    for _ in 0..<5 {
      sizes.add(1, area: 0)
      sizes.add(4, area: 1)
    }
    // Roots of 1 and 2, whose mean is 1.5: ((5 + 15) / (15 x 1.5))^2 and ((10 + 15) / (15 x 1.5))^2.
    let wanted = [0.7901234568, 1.2345679012, 1]
    for (found, number) in zip(sizes.scales, wanted) { expectClose(found, number, within: 1e-9) }
    #expect(sizes.scales.count == 3)
    var wild = sizes
    sizes.add(4, area: 0)
    wild.add(1_000, area: 0)
    #expect(sizes.scales == wild.scales, "a school that opens or closes counts as 4")
    #expect(AreaSizes(areas: 2).scales == [1, 1])
    var rounding = AreaSizes(areas: 2)
    rounding.add(1e-13, area: 0)
    rounding.add(0, area: 1)
    #expect(rounding.scales == [1, 1], "who is foretold to the pupil is not told from others by rounding")
  }

  /// Areas of about 60 pupils a year group that move by up to 2 from year to year, and the first of them by up to 12.
  private func panel(areas: Int) -> RollPanel {
    var tables: [String: RollTable] = [:]
    for area in 0..<areas {
      tables["area \(area)"] = RollTable(2008...2016, Array(YearGroup.all.prefix(3))) { start, yearGroup in
        let year = start - 2008
        let step = (7 * area + 5 * yearGroup.number + year * year * (area + 2) + 3 * year) % 5 - 2
        return 60 + Double(step) * (area == 0 ? 6 : 1)
      }
    }
    return RollPanel(tables)
  }

  @Test func `an area whose rolls leap has wider ranges than others of its size`() throws {
    let rolls = panel(areas: 10)
    let rolling = RollingForecast(rolls, declared: [], horizon: 1)
    let scales = rolling.areaScales(rolling.errorLaws())
    #expect(scales.count == rolling.origins.count)
    #expect(scales.first?.isEmpty == true, "nothing has come true by the first origin")
    let last = try #require(scales.last?[.primary])
    let leaping = try #require(rolls.areas.firstIndex { $0.code == "area 0" })
    try #require(last.count == 10)
    for area in last.indices where area != leaping {
      #expect(last[leaping] > 1.2 * last[area], "\(last)")
    }
  }

  @Test func `of few areas none is told from the others`() throws {
    let rolling = RollingForecast(panel(areas: 7), declared: [], horizon: 1)
    let scales = rolling.areaScales(rolling.errorLaws())
    #expect(scales.filter { !$0.isEmpty }.isEmpty)
  }
}
