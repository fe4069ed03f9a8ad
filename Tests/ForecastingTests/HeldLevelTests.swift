import PlacePlanning
import TestSupport
import Testing

@testable import Forecasting

/// Levels without a feed, by hand: below 5 pupils a count is noisy by chance.
struct HeldLevelTests {
  @Test func `below five pupils more years count, and from five on as many as ever`() {
    // Noise over drift 0.4 / 0.36 + (1 / 2 - 1 / 5) / 0.02 = 16.111, and 15 without the first part.
    expectClose(levelDecay([2, 2, 2, 2, 2], 0.4), 0.7799725289756221, within: 1e-12)
    expectClose(levelDecay([2, nil, 2, 2, 2], 0), 0.7729916774697781, within: 1e-12)
    // The newest count is 4, the mean 2: 1.111 + 2.5.
    expectClose(levelDecay([1, 1, 4], 0.4), 0.5943157174206954, within: 1e-12)
    #expect(levelDecay([5, 5, 5], 0.4) == 0.4)
    #expect(levelDecay([3000, 3100, 2900], 0.4) == 0.4)
    #expect(levelDecay([1, 1, 40], 0) == 0)
    #expect(levelDecay([0, 0, 0], 0.4) == 0.4)
    #expect(levelDecay([nil, nil], 0.4) == 0.4)
  }

  @Test func `a Reception of ten that is empty for two years has not come to that by chance`() {
    // A mean of 3.3, but squares of 100 / 3 are those of a Poisson count of 9.
    #expect(levelDecay([10, 0, 0], 0.4) == 0.4)
  }

  @Test func `a common count of many is carried on from the origin to the bit`() {
    let weights = YearWeights(origin: 2, quality: [1, 0.1, 1])
    #expect(CommonDrift([1000.1, 1100.7, 900.3], weights).opening == 900.3)
    #expect(CommonDrift([12, 12, 0], weights).opening == nil)
    #expect(CommonDrift([12, 12, nil], weights).opening == nil)
  }

  /// Five years from 2010: Reception and Year 1.
  private func panel(_ counts: [String: [[Double]]]) -> RollPanel {
    RollPanel(
      counts.mapValues { groups in
        RollTable(2010...2014, Array(YearGroup.all.prefix(2))) { groups[$1.number][$0 - 2010] }
      })
  }

  private func reception(_ counts: [String: [[Double]]], _ area: String) throws -> Forecast.Row {
    let request = ForecastRequest(origin: AcademicYear(2014), horizon: 1, disturbed: [])
    return try #require(
      try forecast(panel(counts), request).rows.first {
        $0.area.code == area && $0.target == .yearGroup(.reception)
      })
  }

  private let hamlet: [[Double]] = [[1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]

  @Test func `one empty Reception does not end a school`() throws {
    let row = try reception(["hamlet": hamlet], "hamlet")
    // k = 0.8711824852730101: (k + k^2 + k^3 + k^4) / (1 + k + k^2 + k^3 + k^4).
    expectClose(row.central, 0.7414251254414853, within: 1e-9)
    #expect(row.quantiles[5] > 1 && row.quantiles[6] > 1.5, "\(row.quantiles)")
  }

  @Test func `nor among nine towns`() throws {
    var counts = ["hamlet": hamlet]
    let town = [Double](repeating: 100, count: 5)
    for number in 1...9 { counts["town \(number)"] = [town, town] }
    // From the reference in NumPy; with weights of 0.4 a year it was 0.39.
    expectClose(try reception(counts, "hamlet").central, 0.74105521, within: 1e-8)
    expectClose(try reception(counts, "town 1").central, 100, within: 0.2)
  }
}
