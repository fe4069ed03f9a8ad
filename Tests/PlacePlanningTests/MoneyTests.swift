import PlacePlanning
import TestSupport
import Testing

struct MoneyTests {
  @Test("price bases read their own form")
  func labels() {
    #expect(PriceBase(label: "cash") == .cash && PriceBase.cash.label == "cash")
    #expect(PriceBase(label: "2018-Q1") == .quarter(year: 2018, quarter: 1))
    #expect(PriceBase.quarter(year: 2018, quarter: 4).label == "2018-Q4")
  }

  @Test(
    "and nothing else",
    arguments: [
      "", "Cash", "cash ", "2018", "2018-Q0", "2018-Q5", "2018-1", "2018-Q", "2018-Q12", "2018-q1", "18-Q1",
      "2018Q1", "2018-Q1-", "2018/Q1", "20x8-Q1",
    ])
  func refusals(label: String) {
    #expect(PriceBase(label: label) == nil)
  }

  @Test("funding sources carry the data files' column names")
  func sources() {
    #expect(
      FundingSource.allCases.map(\.rawValue) == [
        "grant", "s106_contribution", "school_contribution", "internal_borrowing",
      ])
    #expect(Set(FundingSource.allCases.map(\.name)).count == 4)
  }

  @Test("an assumption with another value keeps its evidence")
  func assumption() {
    let assumption = Assumption(
      key: "k", title: "t", unit: "u", value: 1, source: "s", mark: .derived, quality: .green, impact: .red,
      place: "file:1:1")
    let changed = assumption.with(value: 2)
    #expect(changed.value == 2 && changed != assumption)
    #expect(changed.with(value: 1) == assumption)
  }

  @Test(
    "a share of whole pounds is not a pound short for its binary fraction",
    arguments: [
      (0.29, 3_000, 870), (0.1, 30, 3), (1.0, 7, 7), (0.0, 7, 0), (0.5, 7, 3), (1.5, 10_000_001, 15_000_001),
    ])
  func shares(share: Double, pounds: Int, wanted: Int) {
    #expect(wholePounds(share, of: pounds) == wanted)
  }

  /// In binary 0.7 of 45 is 31.499999999999996, and 15 times 8,463.30 is 126,949.49999999999.
  @Test(
    "half a pound is rounded as it is written, whatever its binary fraction",
    arguments: [
      (31.499999999999996, 32), (126_949.49999999999, 126_950), (3.5, 4), (31.4999, 31), (31.5001, 32),
      (0.0, 0),
      (-31.5, -32), (-31.499999999999996, -32), (1e10, 10_000_000_000),
    ])
  func halves(pounds: Double, wanted: Int) {
    #expect(nearestPound(pounds) == wanted)
  }

  /// Shares of hundredths of thousands of pounds, against whole numbers.
  @Test("shares in hundredths are those of whole numbers")
  func hundredths() {
    for hundredths in 0...199 {
      for thousands in stride(from: 1, through: 20_000, by: 37) {
        #expect(wholePounds(Double(hundredths) / 100, of: 1_000 * thousands) == 10 * hundredths * thousands)
      }
    }
  }
}
