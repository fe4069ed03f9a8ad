import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import Forecasting

/// What is defined for panels with holes, and what is refused.
struct ForecastTests {
  /// `counts` by area, then year from 2010: Reception, Year 1 and Year 2.
  private func panel(_ counts: [String: [[Double]?]], births: [String: [Int: Double]] = [:]) -> RollPanel {
    RollPanel(
      counts.mapValues { years in RollTable(years.map { groups in groups?.map { Double?.some($0) } }) },
      births: births)
  }

  private func request(_ origin: Int, horizon: Int = 1, draws: Int = 10) -> ForecastRequest {
    ForecastRequest(origin: AcademicYear(origin), horizon: horizon, draws: draws, disturbed: [])
  }

  private func central(_ forecast: Forecast, _ area: String, _ yearGroup: Int, _ horizon: Int = 1) -> Double?
  {
    forecast.rows.first {
      $0.area.code == area && $0.target == .yearGroup(YearGroup.all[yearGroup]) && $0.horizon == horizon
    }?.central
  }

  @Test func `a steady authority stays as it is`() throws {
    let steady = panel(["a": Array(repeating: [100, 90, 81], count: 6)])
    let answer = try forecast(steady, request(2015, horizon: 2))
    for (yearGroup, count) in [100.0, 90, 81].enumerated() {
      expectClose(central(answer, "a", yearGroup, 2), count, within: 1e-9)
    }
  }

  @Test func `a cohort is carried on at the common rate`() throws {
    // Two equal areas whose Year 1 is nine tenths of Reception; then a Reception of 200 instead of 100.
    let years: [[Double]?] = [[100, 90, 90], [100, 90, 90], [100, 90, 90], [200, 90, 90]]
    let answer = try forecast(panel(["a": years, "b": years]), request(2013))
    expectClose(central(answer, "a", 1), 180, within: 1e-9)
  }

  @Test func `an area counted at the origin only is named, not forecast`() throws {
    let counts: [String: [[Double]?]] = [
      "old": Array(repeating: [50, 50, 50], count: 4), "new": [nil, nil, nil, [40, 40, 40]],
    ]
    let answer = try forecast(panel(counts), request(2013))
    #expect(answer.withoutHistory.map(\.code) == ["new"])
    #expect(Set(answer.rows.map(\.area.code)) == ["old"])
  }

  @Test func `an area that has closed is not forecast`() throws {
    let counts: [String: [[Double]?]] = [
      "open": Array(repeating: [50, 50, 50], count: 4),
      "closed": [[40, 40, 40], [40, 40, 40], [40, 40, 40], nil],
    ]
    let answer = try forecast(panel(counts), request(2013))
    #expect(Set(answer.rows.map(\.area.code)) == ["open"])
    #expect(answer.withoutHistory.isEmpty)
    #expect(panel(counts).areasGone(at: AcademicYear(2013)).map(\.area.code) == ["closed"])
  }

  /// Years 7, 8, 12 and 13 are not counted in the last year; nobody was ever in Year 13.
  @Test func `year groups that are gone with their whole phase are named`() {
    let rolls = RollPanel(
      RollTable(2010...2013, [0, 1, 7, 8, 12, 13].map { YearGroup.all[$0] }) { year, yearGroup in
        yearGroup.number >= 7 && year == 2013 ? nil : yearGroup.number == 13 ? 0 : 50
      })
    let gone = rolls.yearGroupsGone(at: AcademicYear(2013))
    #expect(gone.map(\.area.code) == ["a"])
    #expect(gone.first?.yearGroups.map(\.number) == [7, 8, 12])
    #expect(rolls.yearGroupsGone(at: AcademicYear(2012)).isEmpty)
  }

  @Test func `a year group that leaves its phase without a total is not named twice`() {
    let rolls = panel(["a": [[50, 50, 50], [50, 50, 50], [50, 50, 50], [50, 50]]])
    #expect(rolls.phasesWithoutTotal(at: AcademicYear(2013)).first?.yearGroups.map(\.number) == [2])
    #expect(rolls.yearGroupsGone(at: AcademicYear(2013)).isEmpty)
  }

  @Test func `an area that is gone after a year without any count is named`() throws {
    let steady = [50.0, 50, 50]
    let counts: [String: [[Double]?]] = [
      "open": [steady, steady, steady, nil, steady], "closed": [steady, steady, steady, nil, nil],
      "long gone": [steady, steady, nil, nil, nil],
    ]
    let gone = panel(counts)
    let answer = try forecast(gone, request(2014))
    let areas = gone.areasGone(at: AcademicYear(2014))
    #expect(areas.map(\.area.code) == ["closed", "long gone"])
    #expect(areas.map(\.last.start) == [2012, 2011])
    #expect(Set(answer.rows.map(\.area.code)) == ["open"])
  }

  /// `A` and `B` of 60 and 30 pupils a year group become `C` before the last year; `D` goes on beside them.
  private func merged(joint: Bool) -> RollPanel {
    func years(_ size: Double, _ range: ClosedRange<Int>) -> [[Double]?] {
      (0..<5).map { range.contains($0) ? [size, size, size] : nil }
    }
    return panel([
      "A": years(60, 0...3), "B": years(30, 0...3), "C": years(90, joint ? 0...4 : 4...4),
      "D": years(90, 0...4),
    ])
  }

  @Test func `a merged authority is a closure and an opening`() throws {
    let answer = try forecast(merged(joint: false), request(2014))
    #expect(merged(joint: false).areasGone(at: AcademicYear(2014)).map(\.area.code) == ["A", "B"])
    #expect(answer.withoutHistory.map(\.code) == ["C"])
    #expect(Set(answer.rows.map(\.area.code)) == ["D"])
  }

  @Test func `a merged authority with the joint rolls of earlier years is forecast as if it had always been`()
    throws
  {
    let answer = try forecast(merged(joint: true), request(2014, horizon: 2))
    #expect(merged(joint: true).areasGone(at: AcademicYear(2014)).map(\.area.code) == ["A", "B"])
    #expect(answer.withoutHistory.isEmpty)
    #expect(Set(answer.rows.map(\.area.code)) == ["C", "D"])
    for yearGroup in 0..<3 {
      for horizon in 1...2 {
        expectClose(central(answer, "C", yearGroup, horizon), 90, within: 1e-9)
        expectClose(
          central(answer, "C", yearGroup, horizon), central(answer, "D", yearGroup, horizon) ?? .nan,
          within: 1e-9)
      }
    }
  }

  @Test func `one steady school of three years has a range`() throws {
    let answer = try forecast(panel(["a": Array(repeating: [100, 100, 100], count: 3)]), request(2012))
    for row in answer.rows {
      #expect(row.quantiles[0] < row.central && row.central < row.quantiles[6], "\(row.target)")
    }
    #expect(!answer.rows.isEmpty)
  }

  @Test func `rolls without a forecast to hold against a count give no range`() throws {
    for counts in [[0.0, 0, 0, 0], [10, 0, 0, 12]] {
      let empty = panel(["a": counts.map { [$0] }])
      #expect(throws: ForecastRefusal.noErrorsToMeasure) { try forecast(empty, request(2013)) }
    }
  }

  @Test func `a year missing just before the origin does not stop cohorts from moving up`() throws {
    // A large cohort moves from Reception to Year 2 while one year goes uncounted.
    let counts: [String: [[Double]?]] = [
      "a": [[100, 100, 100], [100, 100, 100], [100, 100, 100], nil, [100, 200, 100]]
    ]
    let answer = try forecast(panel(counts), request(2014))
    expectClose(central(answer, "a", 2), 200, within: 1e-9)
    expectClose(central(answer, "a", 1), 100, within: 1e-9)
  }

  @Test func `a school that grows from below is carried on as it is`() throws {
    let counts: [String: [[Double]?]] = ["a": [[50, 0, 0], [50, 50, 0], [50, 50, 0]]]
    // Nobody has ever moved into Year 2, and Year 1 has fed it for a year: not taught there yet.
    #expect(central(try forecast(panel(counts), request(2012)), "a", 2) == 0)
    // Where nobody could have: the cohort moves up whole.
    let young: [String: [[Double]?]] = ["a": [[50, 0, 0], [50, 0, 0], [50, 50, 0]]]
    expectClose(central(try forecast(panel(young), request(2012, horizon: 1)), "a", 2), 50, within: 1e-9)
  }

  @Test func `year groups that nobody has attended and that are filled from below are named`() throws {
    // Nobody has left Reception of `new` yet. Year 1 of `hamlet` has been empty out of two pupils a year, and its Year 2 once was not.
    let counts: [String: [[Double]?]] = [
      "new": [[0, 0, 0], [0, 0, 0], [50, 0, 0]], "whole": Array(repeating: [50, 50, 50], count: 3),
      "infants": Array(repeating: [50, 50, 0], count: 3), "hamlet": [[2, 0, 1], [2, 0, 0], [2, 0, 0]],
    ]
    let answer = try forecast(panel(counts), request(2012, horizon: 2))
    #expect(answer.neverAttended.map(\.area.code) == ["hamlet", "new"])
    let named = answer.neverAttended.map { $0.yearGroups.map(\.number) }
    #expect(named == [[1], [1, 2]])
    for found in answer.neverAttended {
      let sums = (1...2).map { ahead in
        found.yearGroups.reduce(0.0) { $0 + (central(answer, found.area.code, $1.number, ahead) ?? 0) }
      }
      #expect(found.pupils == sums.max())
      #expect(sums[found.year.start - 2013] == found.pupils)
    }
    // The first cohort moves up as 100 of 102 pupils of all other areas do, and then as 50 of 50.
    expectClose(central(answer, "new", 1, 1), 5000.0 / 102, within: 1e-9)
    expectClose(central(answer, "new", 2, 2), 5000.0 / 102, within: 1e-9)
  }

  @Test func `a missing year is passed over`() throws {
    let counts: [String: [[Double]?]] = [
      "a": [[60, 60, 60], [60, 60, 60], nil, [60, 60, 60], [60, 60, 60]]
    ]
    expectClose(central(try forecast(panel(counts), request(2014)), "a", 1), 60, within: 1e-9)
  }

  /// Counts from Reception on, the same in every year; and what leaves its phase without a total.
  static let taught: [([Double], [Int])] = [
    ([50, 50, 50, 50, 50, 50, 50, 50], []), ([50, 50, 50, .nan, 50, 50, 50], [3]),
    ([.nan, 50, 50, 50, 50, 50, 50], [0]), ([50, 50, 50, 50, 50, 50, .nan, 50], [6]),
    ([50, 50, 50, 50, 50, .nan, .nan, .nan, 50, 50], [5, 6, 7]), ([50, 50, 50, 50, 50], []),
    ([.nan, .nan, .nan, 50, 50, 50, 50], []), ([50, 50, 50, 50, 0, .nan, 9], []),
    (high + [50, 50, .nan, 9], [11]), (high + [50, 50], [11]), (high + [50, 50, 50], []),
  ]
  /// No Reception to Year 8.
  private static let high = [Double](repeating: .nan, count: 9)

  @Test(arguments: taught)
  func `a hole in what an area teaches leaves its phase without a total, and an end does not`(
    _ counts: [Double], _ missing: [Int]
  ) throws {
    let given = panel(["a": Array(repeating: counts, count: 5)])
    let answer = try forecast(given, request(2014))
    let withoutTotal = given.phasesWithoutTotal(at: AcademicYear(2014))
    #expect(withoutTotal.flatMap { $0.yearGroups.map(\.number) } == missing)
    for phase in [Phase.primary, .secondary] {
      let isTaught = phase.yearGroups.contains { $0.number < counts.count && counts[$0.number] > 0 }
      let isWhole = !withoutTotal.contains { $0.phase == phase }
      #expect(answer.rows.contains { $0.target == .total(phase) } == (isTaught && isWhole))
    }
  }

  @Test func `a year group that is not taught stays empty, and one by chance empty does not`() throws {
    let counts: [String: [[Double]?]] = [
      "infants": Array(repeating: [30, 30, 0], count: 5), "all": Array(repeating: [30, 30, 30], count: 5),
      "hamlet": [[2, 2, 2], [2, 2, 2], [2, 2, 2], [2, 2, 2], [2, 2, 0]],
    ]
    let answer = try forecast(panel(counts), request(2014))
    #expect(central(answer, "infants", 2) == 0)
    expectClose(central(answer, "all", 2), 30, within: 1)
    #expect((central(answer, "hamlet", 2) ?? 0) > 1)
  }

  @Test func `births known at the origin lead Reception, later ones are carried on`() throws {
    // A steady rate of one pupil a birth; the last cohort known by 2015 halves.
    var births = Dictionary(uniqueKeysWithValues: (2000...2015).map { ($0, 120.0) })
    births[2013] = 60
    births[2014] = 60
    births[2015] = 60
    let steady = Array(repeating: [120.0, 120, 120] as [Double]?, count: 6)
    let answer = try forecast(panel(["a": steady], births: ["a": births]), request(2015, horizon: 3))
    // Cohort of 2016/17: ten months of 2012, two of 2013; of 2017/18: ten of 2013, two of 2014.
    expectClose(central(answer, "a", 0, 1), 120 * 10 / 12 + 60 * 2 / 12, within: 1e-9)
    expectClose(central(answer, "a", 0, 2), 60, within: 1e-9)
  }

  @Test func `a year of births missing alone is bridged by its neighbours' mean, and two are not`() throws {
    var births = Dictionary(uniqueKeysWithValues: (2000...2012).map { ($0, 120.0) })
    births[2014] = 60
    births[2015] = 60
    let steady = panel(
      ["a": Array(repeating: [120.0, 120, 120] as [Double]?, count: 6)], births: ["a": births])
    let answer = try forecast(steady, request(2015, horizon: 2))
    // 2013 is taken for 90, in two months of the first cohort and ten of the second.
    expectClose(central(answer, "a", 0, 1), 120 * 10 / 12 + 90 * 2 / 12, within: 1e-9)
    expectClose(central(answer, "a", 0, 2), 90 * 10 / 12 + 60 * 2 / 12, within: 1e-9)
    births[2014] = nil
    let wider = panel(
      ["a": Array(repeating: [120.0, 120, 120] as [Double]?, count: 6)], births: ["a": births])
    expectClose(central(try forecast(wider, request(2015, horizon: 2)), "a", 0, 2), 120, within: 1e-9)
  }

  @Test func `a missing year of births is not bridged by one after the origin`() throws {
    let years = Array(repeating: [120.0, 120, 120] as [Double]?, count: 6)
    var births = Dictionary(uniqueKeysWithValues: (2000...2012).map { ($0, 120.0) })
    births[2014] = 9999
    let history = CohortHistory(panel(["a": years], births: ["a": births]))
    // From 2013/14, the fourth year, and from 2014/15, which knows the births to June 2014.
    for horizon in 1...4 {
      expectClose(history.birthsAhead(0, from: 3, horizon), 120, within: 1e-9)
    }
    expectClose(
      history.birthsAhead(0, from: 4, 2), 120 * 10 / 12 + (120 + 9999) / 2 * 2 / 12, within: 1e-9)
  }

  @Test func `what cannot be forecast is refused`() throws {
    let short = panel(["a": [[10, 10, 10], [10, 10, 10]]])
    let whole = panel(["a": Array(repeating: [10, 10, 10], count: 4)])
    #expect(throws: ForecastRefusal.tooFewYears(2)) { try forecast(short, request(2011)) }
    #expect(throws: ForecastRefusal.originNotCounted([AcademicYear(2014)])) {
      try forecast(whole, request(2014))
    }
    #expect(throws: ForecastRefusal.horizonOutOfRange) { try forecast(whole, request(2013, horizon: 11)) }
    #expect(throws: ForecastRefusal.horizonOutOfRange) { try forecast(whole, request(2013, horizon: 0)) }
    #expect(throws: ForecastRefusal.tooFewDraws) { try forecast(whole, request(2013, draws: 1)) }
    let strangers = panel([
      "a": [[9, 9, 9], nil, nil], "b": [nil, [9, 9, 9], nil], "c": [nil, nil, [9, 9, 9]],
    ])
    #expect(throws: ForecastRefusal.noAreaWithHistory) { try forecast(strangers, request(2012)) }
  }

  @Test func `scores agree with values worked by hand`() {
    var one = [3.0]
    #expect(rankedProbabilityScore(&one, 5) == 2)
    // Mean distance from 2 is (1 + 0 + 2) / 3; mean distance of pairs (0+1+3+1+0+2+3+2+0) / 9, halved.
    var three = [4.0, 1, 2]
    expectClose(rankedProbabilityScore(&three, 2), 1 - 12.0 / 18, within: 1e-12)
  }

  @Test func `a deviation keeps of its variance what its share of the mean leaves`() {
    // Of four alike, three quarters: n / (n - 1) makes it whole.
    #expect(varianceLeft([0.25, 0.25, 0.25, 0.25]) == [0.75, 0.75, 0.75, 0.75])
    // Squares add up to 0.38: of the first (1 - 0.5)^2 + 0.3^2 + 0.2^2.
    for (left, wanted) in zip(varianceLeft([0.5, 0.3, 0.2]), [0.38, 0.78, 0.98]) {
      expectClose(left, wanted, within: 1e-12)
    }
    #expect(varianceLeft([1]) == [0])
  }

  /// Areas all alike but for chance, of three years and unequal sizes: what is found is the variance that was drawn, whatever years weigh.
  @Test(arguments: [1.0, 0.4])
  func `the scatter of few years with unequal weights gives the variance that they were drawn with`(
    _ decay: Double
  ) {
    var random = SeededGenerator(seed: 11)
    let variance = 0.0004
    var squares: [Double] = []
    for area in 0..<4000 {
      // About normal numbers of variance 1: twelve even ones less six.
      let ratios = (0..<3).map { _ -> Double in
        let normal = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0...1, using: &random) }
        return 1 + variance.squareRoot() * normal
      }
      let sizes = [50.0, 100, 200 + Double(area % 2) * 100]
      let weights = (0..<3).map { pow(decay, Double(2 - $0)) * sizes[$0] }
      let total = weights.reduce(0, +)
      let factor = zip(weights, ratios).reduce(0) { $0 + $1.0 * $1.1 } / total
      for (ratio, left) in zip(ratios, varianceLeft(weights.map { $0 / total })) {
        squares.append((ratio / factor - 1) * (ratio / factor - 1) / left)
      }
    }
    // The standard error of the mean is about 1.7%; over 1 - 1 / 3 it would be 19 and 53% too much.
    expectClose(squares.reduce(0, +) / Double(squares.count), variance, within: 0.06 * variance)
  }

  @Test func `damped years add up shares of shares`() {
    expectClose(dampedYears(3, keeping: 0.8), 0.8 + 0.64 + 0.512, within: 1e-12)
    expectClose(dampedYears(2), 0.65 + 0.4225, within: 1e-12)
    #expect(dampedYears(0) == 0)
  }

  /// Every rate grows by 3% a year: the pooled rate, a mean of past ones, lags behind the last ratio at every origin, and that behind
  /// a trend. With 12 years there are ten earlier origins a year ahead, and nine two years ahead, whose outcomes overlap.
  @Test func `a rival is chosen where it was nearer at each of many origins, and not where these are few`()
    throws
  {
    let panel = RollPanel(
      ["A": 1_000.0, "B": 2_000, "C": 3_000].mapValues { size in
        RollTable(2008...2019) { year, group in
          (0..<group.number).reduce(size) { $0 * 0.8 * pow(1.03, Double(year - 2008 - $1)) }
        }
      })
    func chosen(_ origin: Int) -> [ForecastMethod]? {
      try? forecast(
        panel, ForecastRequest(origin: AcademicYear(origin), horizon: 3, draws: 10, disturbed: [])
      ).chosen[.secondary]
    }
    #expect(chosen(2012) == [.pooled, .pooled, .pooled])
    #expect(chosen(2019)?[0] != .pooled)
    #expect(chosen(2019)?[1] != .pooled)
    #expect(chosen(2019)?[2] == .pooled)
  }
}
