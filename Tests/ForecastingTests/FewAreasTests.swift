import PlacePlanning
import TestSupport
import Testing

@testable import Forecasting

/// A hamlet, a town and a city alone in one panel, or with many others.
struct FewAreasTests {
  private static let seeds = Array(UInt64(1)...8)
  private static let request = ForecastRequest(origin: AcademicYear(2015), horizon: 3, disturbed: [])

  /// Reception to Year 11 from 2005/06 to 2016/17: cohorts that age, with as much noise as their size lets one expect. **Units** `size`
  /// pupils a year group. An area's counts depend on its seed alone.
  private func rolls(_ size: Double, seed: UInt64) -> RollTable {
    var random = SeededGenerator(seed: seed)
    let noise = 1.5 / size.squareRoot()
    var table = RollTable()
    var counts = [Double](repeating: size, count: 12)
    for year in 2005...2016 {
      let feeds = [size] + counts.dropLast()
      counts = feeds.map { max(0, ($0 * (1 + Double.random(in: -noise...noise, using: &random))).rounded()) }
      for (yearGroup, count) in zip(YearGroup.all, counts) { table[AcademicYear(year), yearGroup] = count }
    }
    return table
  }

  /// With `others` of 8 to 500 pupils a year group beside the three.
  private func panel(seed: UInt64, others: Int) -> RollPanel {
    var tables = [
      "hamlet": rolls(4, seed: 100 * seed + 1), "town": rolls(60, seed: 100 * seed + 2),
      "city": rolls(700, seed: 100 * seed + 3),
    ]
    let sizes = [8.0, 25, 60, 200, 500]
    for index in 0..<others {
      tables["other \(index)"] = rolls(
        sizes[index % sizes.count], seed: 10_000 * seed + UInt64(index))
    }
    return RollPanel(tables)
  }

  /// What 80 in a hundred draws of phase totals lie within, as a share of the central forecast, by phase and horizon.
  private func widths(_ forecast: Forecast, _ area: String) -> [Double] {
    [Phase.primary, .secondary].flatMap { phase in
      forecast.rows.filter { $0.area.code == area && $0.target == .total(phase) }
        .sorted { $0.horizon < $1.horizon }
        .map { ($0.quantiles[5] - $0.quantiles[1]) / $0.central }
    }
  }

  @Test(arguments: seeds)
  func `a city's range is not set by the hamlet beside it, nor the hamlet's by the city`(_ seed: UInt64)
    throws
  {
    let few = try forecast(panel(seed: seed, others: 0), Self.request)
    let many = try forecast(panel(seed: seed, others: 30), Self.request)
    let pairs = zip(widths(few, "city"), widths(many, "city"))
    #expect(widths(few, "city").count == 6 && widths(many, "city").count == 6)
    for (alone, among) in pairs {
      #expect(alone < 0.3, "of the central forecast")
      #expect(alone > among / 4 && alone < among * 5, "\(alone) against \(among) among many")
    }
    // A hamlet may have nobody left of a phase.
    for width in widths(few, "hamlet") where width.isFinite {
      #expect(width > 0.2, "a hamlet's own luck: \(width)")
    }
  }

  @Test(arguments: seeds)
  func `a city's central forecast is not set by the hamlet beside it`(_ seed: UInt64) throws {
    let alone = panel(seed: seed, others: 0)
    for origin in alone.origins {
      let request = ForecastRequest(origin: origin, horizon: 3, draws: 10, disturbed: [])
      for row in try forecast(alone, request).rows where row.area.code == "city" {
        guard case .yearGroup = row.target else { continue }
        #expect(row.central > 350 && row.central < 1400, "\(row.target) \(row.horizon) years from \(origin)")
      }
    }
  }

  @Test(arguments: seeds, [2, 3, 6])
  func `the mean of the draws is the central forecast`(_ seed: UInt64, _ areas: Int) throws {
    let random = RandomPanel(seed: seed, areas: areas, isRagged: false).panel()
    let request = ForecastRequest(origin: AcademicYear(2014), horizon: 3)
    for answer in [try forecast(random, request), try forecast(panel(seed: seed, others: 0), Self.request)] {
      for row in answer.rows {
        expectClose(
          row.mean, row.central, within: 0.01 * row.central + 0.5,
          "\(row.area.code) \(row.target) \(row.horizon) ahead")
      }
    }
  }
}
