import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import Forecasting

/// Ten areas of about 3,000 pupils a year group, Reception to Year 6, that hardly changed in six years.
struct UnseenBirthsTests {
  private let first = 2010
  private let pattern = [0.0, 9, -9, 4, -4, 14, -14]

  private func panel(births: Bool) -> RollPanel {
    var rolls: [String: RollTable] = [:]
    for area in 0..<10 {
      rolls["a\(area)"] = RollTable(first..<first + 6, Array(YearGroup.all.prefix(7))) { year, yearGroup in
        3000 + pattern[(3 * area + 5 * yearGroup.number + 2 * (year - first)) % 7]
      }
    }
    guard births else { return RollPanel(rolls) }
    let counted = Dictionary(uniqueKeysWithValues: (first - 5...first + 5).map { ($0, 3000.0) })
    return RollPanel(rolls, births: rolls.mapValues { _ in counted })
  }

  @Test func `cohorts not yet born miss as far as births do, and a phase by its share of them`() {
    let unseen = UnseenBirths(CohortHistory(panel(births: false)), at: 5)
    expectClose(unseen.deviation(.yearGroup(.reception), 1), 0.022, within: 1e-12)
    // Two years after its Reception.
    let year3 = ForecastTarget.yearGroup(YearGroup.all[3])
    expectClose(unseen.deviation(year3, 5), 0.022 * pow(2, 0.85), within: 1e-12)
    #expect(unseen.deviation(year3, 3) == 0)
    // Of seven year groups alike, one has come in since; they differ by half a per cent.
    expectClose(unseen.deviation(.total(.primary), 1), 0.022 / 7, within: 0.0001)
    #expect(unseen.deviation(.total(.secondary), 5) == 0)
  }

  @Test func `counted births leave nothing unseen`() {
    let unseen = UnseenBirths(CohortHistory(panel(births: true)), at: 5)
    #expect(unseen.deviation(.yearGroup(.reception), 5) == 0)
    #expect(unseen.deviation(.total(.primary), 5) == 0)
  }

  /// Half the width of its 80% range over the forecast, five years ahead: no earlier forecast has reached that.
  private func width(births: Bool) throws -> Double {
    let forecast = try forecast(
      panel(births: births),
      ForecastRequest(origin: AcademicYear(first + 5), horizon: 5, disturbed: []))
    let row = try #require(
      forecast.rows.first { $0.area.code == "a0" && $0.target == .total(.primary) && $0.horizon == 5 })
    return (row.quantiles[5] - row.quantiles[1]) / 2 / row.central
  }

  @Test func `a steady past of few years does not make sure of births`() throws {
    let width = try width(births: false)
    // 0.005 by past errors alone.
    #expect(width > 0.03 && width < 0.05, "\(width)")
  }
}
