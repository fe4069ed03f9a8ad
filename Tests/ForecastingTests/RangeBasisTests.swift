import PlacePlanning
import TestSupport
import Testing

@testable import Forecasting

/// What ranges are said to rest on where it is not a target's own past errors.
struct RangeBasisTests {
  /// One area's counts by year from 2010, from Reception on; nil where a year group has none.
  private func forecasts(_ counts: [[Double?]], horizon: Int) throws -> Forecast {
    let origin = AcademicYear(2010 + counts.count - 1)
    return try forecast(
      RollPanel(RollTable(counts)), ForecastRequest(origin: origin, horizon: horizon, disturbed: []))
  }

  private func yearGroup(_ number: Int) -> ForecastTarget { .yearGroup(YearGroup.all[number]) }

  @Test func `a panel whose every horizon has been tested says nothing`() throws {
    let answer = try forecasts(Array(repeating: [30, 29, 28], count: 6), horizon: 4)
    #expect(answer.rangeBases.isEmpty && answer.stretchedHorizons.isEmpty)
  }

  @Test func `a panel of three years is measured one year ahead and stretched beyond`() throws {
    let answer = try forecasts(Array(repeating: [30, 29], count: 3), horizon: 10)
    #expect(answer.stretchedHorizons == Array(2...10))
    #expect(answer.rangeBases.map(\.target) == [yearGroup(0), yearGroup(1), .total(.primary)])
    for basis in answer.rangeBases {
      #expect(basis.kind == .stretched(from: 1) && basis.horizons == Array(2...10) && basis.areas == 1)
    }
  }

  @Test func `Reception first counted at the origin has the range of Year 1, and that is said`() throws {
    let answer = try forecasts([[nil, 30, 29], [nil, 30, 29], [31, 30, 29]], horizon: 1)
    #expect(
      answer.rangeBases == [
        Forecast.RangeBasis(
          target: yearGroup(0), kind: .borrowed(from: YearGroup.all[1]), horizons: [1], areas: 1)
      ])
    #expect(answer.stretchedHorizons.isEmpty)
    let rows = answer.rows.filter { $0.target == yearGroup(0) || $0.target == yearGroup(1) }
    #expect(rows.count == 2)
    // The same share of either forecast, which is about the same, but for the luck of the draws.
    let shares = rows.map { ($0.quantiles[5] - $0.quantiles[1]) / $0.central }
    expectClose(shares.first, shares.last ?? .nan, within: 0.05)
  }

  @Test func `a year group first counted at the origin has the range of the one below`() throws {
    let answer = try forecasts([[30, 29, nil], [30, 29, nil], [30, 29, 28]], horizon: 1)
    #expect(answer.rangeBases.map(\.kind) == [.borrowed(from: YearGroup.all[1])])
    #expect(answer.rangeBases.map(\.target) == [yearGroup(2)])
  }

  @Test func `a horizon between counts that skip years has no rows, and that is said`() throws {
    let counts: [[Double?]] = [
      [30, 30], [nil, nil], [30, 30], [nil, nil], [30, 30], [nil, nil], [30, 30],
    ]
    let answer = try forecasts(counts, horizon: 2)
    #expect(!answer.rows.contains { $0.horizon == 1 } && answer.rows.contains { $0.horizon == 2 })
    #expect(answer.rangeBases.allSatisfy { $0.kind == .nothing && $0.horizons == [1] })
    #expect(answer.rangeBases.map(\.target) == [yearGroup(0), yearGroup(1), .total(.primary)])
  }

  /// Six years, of which the third has seen one forecast a year ahead come true, and the fourth one of two years.
  @Test func `a backtest names the scored ranges of each origin that nothing has measured`() throws {
    let panel = RollPanel(RollTable(Array(repeating: [30, 29], count: 6)))
    let request = BacktestRequest(
      origins: [AcademicYear(2012), AcademicYear(2013)], horizons: [1, 2, 3, 4], draws: 10, disturbed: [])
    let answer = try backtest(panel, request)
    // From 2013/14 nothing is scored three years ahead, and from 2012/13 nothing four years ahead.
    #expect(answer.unmeasured.map(\.origin) == [AcademicYear(2012)])
    #expect(answer.unmeasured.first?.stretchedHorizons == [2, 3])
    let bases = answer.unmeasured.first?.bases ?? []
    #expect(bases.map(\.target) == [yearGroup(0), yearGroup(1), .total(.primary)])
    #expect(bases.allSatisfy { $0.kind == .stretched(from: 1) && $0.horizons == [2, 3] })
    #expect(bases.stretchedHorizons(of: .total(.primary)) == [2, 3])
  }
}
