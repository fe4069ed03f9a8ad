import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import Forecasting

/// Intervals over areas drawn again, against `backtest_reference.py`: the same areas by a generator of its own, and exact fractions.
struct BacktestReferenceTests {
  private struct Reference: Decodable {
    struct Interval: Decodable {
      let value: Double
      let low: Double
      let high: Double
    }

    struct Case: Decodable {
      let seed: UInt64
      let ours: [Double]
      let official: [Double]
      let shareBetter: Interval
      let ratio: Interval
    }

    let cases: [Case]
  }

  private func expectSame(_ found: Backtest.Interval, _ wanted: Reference.Interval, _ what: String) {
    expectClose(found.value, wanted.value, within: 1e-12, "\(what), value")
    expectClose(found.low, wanted.low, within: 1e-12, "\(what), low")
    expectClose(found.high, wanted.high, within: 1e-12, "\(what), high")
  }

  @Test func `ours beside the councils', with intervals of areas drawn again`() throws {
    let reference = try JSONDecoder().decode(
      Reference.self,
      from: Data(contentsOf: Repository.file("Tests/ReferenceTests/backtest_reference.json")))
    #expect(reference.cases.count == 7)
    for wanted in reference.cases {
      let pairs = zip(wanted.ours, wanted.official).enumerated().map { area, errors in
        PairedErrors(area: area, ours: errors.0, official: errors.1, plain321: 0.25, noChange: 0.5)
      }
      let what = "\(pairs.count) areas"
      let found = try #require(
        Backtest.OfficialComparison(AcademicYear(2018), 1, .primary, pairs, seed: wanted.seed))
      #expect(found.areas == wanted.ours.count && found.plain321 == 0.25 && found.noChange == 0.5)
      expectClose(found.ours, wanted.ours.reduce(0, +) / Double(pairs.count), within: 1e-12, what)
      expectClose(found.official, wanted.official.reduce(0, +) / Double(pairs.count), within: 1e-12, what)
      expectSame(found.shareBetter, wanted.shareBetter, "share of \(what)")
      expectSame(try #require(found.ratio), wanted.ratio, "ratio of \(what)")
    }
  }
}
