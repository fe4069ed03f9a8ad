import Diagnostics
import Testing

@testable import ModelFiles

/// Forecasts beside outcomes, in a table of the scorecards that has no column of errors to give a wrong pair away.
@Suite struct ScorecardAccuracyTests {
  private static let places =
    "time_period,time_identifier,geographic_level,old_la_code,new_la_code,la_name,education_phase"

  private func imported(_ columns: String, _ rows: [String]) throws -> ImportedDataset {
    try importText(
      .scorecards,
      "\(Self.places),\(columns)\n" + rows.map { "2025,Reporting year,Local authority,\($0)\n" }.joined())
  }

  private static let forecast = "scap25_forecast_pupils_on_roll_202526_count"

  @Test func `a forecast is set beside the outcome of its own year`() throws {
    let dataset = try imported(
      "actual_pupil_numbers_202425_count,actual_pupil_numbers_202526_count,\(Self.forecast)",
      ["998,E06999998,Hill,Primary,100,200,210"])
    #expect(try dataset.lines() == ["2025/26,1,998,Hill,primary,200,210,0.05"])
    let account = dataset.accounts[0]
    #expect(account.kept == 2 && account.setAside == ["no forecast for it": 1] && account.closes)
  }

  @Test func `a forecast without an outcome of its year is set aside`() throws {
    let list = try faults {
      _ = try imported(
        "actual_pupil_numbers_202425_count,\(Self.forecast)", ["998,E06999998,Hill,Primary,100,105"])
    }
    #expect(codes(list) == ["E407 -"])
    #expect(
      list.diagnostics.first?.what
        == "nothing can be kept; figures: 1 set aside: no forecast for it, 1 set aside: no outcome for it, 0 refused"
    )
  }

  @Test func `a row that stands twice is refused with its twin, and the others are kept`() throws {
    let dataset = try imported(
      "actual_pupil_numbers_202526_count,\(Self.forecast)",
      [
        "998,E06999998,Hill,Primary,200,210", "999,E06999999,Lane,Primary,100,110",
        "998,E06999998,Hill,Primary,200,220",
      ])
    #expect(try dataset.lines() == ["2025/26,1,999,Lane,primary,100,110,0.1"])
    let account = dataset.accounts[0]
    #expect(account.kept == 2 && account.refusedByCode == [.repeatedKey: 4] && account.closes)
    #expect(codes(dataset.refusals) == ["E114 2", "E114 4"])
    #expect(
      dataset.refusals.diagnostics.first?.what
        == "the forecast for 2025/26, 1, 998, primary stands 2 times: lines 2, 4")
  }
}
