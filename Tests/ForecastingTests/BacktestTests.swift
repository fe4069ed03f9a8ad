import PlacePlanning
import TestSupport
import Testing

@testable import Forecasting

struct BacktestTests {
  /// One area whose Reception to Year 6 grows by 7 pupils a year, one a year group, seven years long.
  private let growing = RollPanel(
    RollTable(2010...2016, Phase.primary.yearGroups) { year, _ in Double(100 + year - 2010) })

  @Test func `no change is scored as worked by hand`() throws {
    let request = BacktestRequest(origins: [AcademicYear(2013)], horizons: [2], draws: 10, disturbed: [])
    let scores = try backtest(growing, request).scores
    let score = try #require(
      scores.first { $0.origin != nil && $0.forecaster == .method(.noChange) && $0.measure == .total })
    // 103 a year group then, 105 two years later.
    expectClose(score.meanAbsoluteError, 14.0 / 735, within: 1e-12)
    expectClose(score.meanError, -14.0 / 735, within: 1e-12)
    // A point forecast's ranked score is its absolute error.
    expectClose(score.rankedProbabilityScore, 14.0 / 735, within: 1e-12)
    #expect(score.coverage == nil)
    #expect(score.areas == 1 && score.phase == .primary)
    #expect(!scores.contains { $0.phase == .secondary })
  }

  @Test func `a year that was not counted, or too early, is no origin`() {
    let panel = RollPanel(RollTable([2005] + Array(2010...2013), [.reception]) { _, _ in 100 })
    #expect(panel.origins == (2011...2013).map { AcademicYear($0) })
  }

  @Test func `an official forecast is compared on the areas that both have`() throws {
    let official = [
      OfficialForecast(
        areaCode: "a", phase: .primary, targetYear: AcademicYear(2015), horizon: 2, error: 0.5),
      OfficialForecast(areaCode: "z", phase: .primary, targetYear: AcademicYear(2015), horizon: 2, error: 0),
      // Its origin, 2010/11, has too little before it.
      OfficialForecast(areaCode: "a", phase: .primary, targetYear: AcademicYear(2013), horizon: 3, error: 0),
      // Of an origin, and of years ahead, that are not asked for; of pupils that the area does not have.
      OfficialForecast(areaCode: "a", phase: .primary, targetYear: AcademicYear(2016), horizon: 2, error: 0),
      OfficialForecast(areaCode: "a", phase: .primary, targetYear: AcademicYear(2014), horizon: 1, error: 0),
      OfficialForecast(
        areaCode: "a", phase: .secondary, targetYear: AcademicYear(2015), horizon: 2, error: 0),
    ]
    let request = BacktestRequest(
      origins: [AcademicYear(2013)], horizons: [2], draws: 10, disturbed: [], official: official)
    let answer = try backtest(growing, request)
    let comparison = answer.official
    #expect(
      answer.notCompared.map(\.reason) == [
        .originTooEarlyOrNotCounted, .horizonNotAskedFor, .originNotAskedFor, .noForecastOrOutcome,
      ])
    #expect(answer.notCompared.map(\.targetYear.start) == [2013, 2014, 2016, 2015])
    #expect(answer.notCompared.allSatisfy { $0.forecasts == 1 })
    #expect(comparison.count == 1)
    #expect(comparison[0].areas == 1 && comparison[0].official == 0.5)
    #expect(comparison[0].shareBetter.value == 1 && comparison[0].shareBetter.low == 1)
    expectClose(comparison[0].noChange, 14.0 / 735, within: 1e-12)
  }

  /// Origins are counted years with two counted years before them: 2010/11 stands sixth in this panel, and has one.
  @Test func `an official forecast from a year that cannot be forecast from is not compared`() throws {
    let panel = RollPanel(
      RollTable([2005] + Array(2010...2014), Phase.primary.yearGroups) { year, _ in Double(year - 1990) })
    let official = [2011, 2012].map {
      OfficialForecast(areaCode: "a", phase: .primary, targetYear: AcademicYear($0), horizon: 1, error: 0.1)
    }
    let request = BacktestRequest(
      origins: [AcademicYear(2011), AcademicYear(2013)], horizons: [1], draws: 10, disturbed: [],
      official: official)
    let answer = try backtest(panel, request)
    #expect(answer.official.map(\.targetYear) == [AcademicYear(2012)])
    #expect(answer.notCompared.map(\.targetYear) == [AcademicYear(2011)])
    #expect(answer.notCompared.map(\.reason) == [.originTooEarlyOrNotCounted])
  }

  /// Both without Reception, of which the totals are refused, and without Year 6, of which they are not.
  @Test(arguments: [0, 6])
  func `a council's forecast of a phase is not compared with a part of it`(_ missing: Int) throws {
    let panel = RollPanel(
      RollTable(2010...2016, Phase.primary.yearGroups) { year, yearGroup in
        yearGroup.number == missing ? nil : Double(100 + year - 2010)
      })
    let official = OfficialForecast(
      areaCode: "a", phase: .primary, targetYear: AcademicYear(2015), horizon: 2, error: 0.5)
    let request = BacktestRequest(
      origins: [AcademicYear(2013)], horizons: [2], draws: 10, disturbed: [], official: [official])
    let answer = try backtest(panel, request)
    #expect(answer.official.isEmpty)
    #expect(answer.notCompared.map(\.reason) == [.noForecastOrOutcome])
  }

  /// Without Reception the forecast gives no total of the phase; without Year 6, which it takes for not taught, it does.
  @Test(arguments: [0, 6])
  func `a total that the forecast refuses is not scored`(_ missing: Int) throws {
    // Nobody has Year 6 or any above it where it is not taught.
    let taught = missing == 6 ? 0...5 : 1...11
    let panel = RollPanel(
      RollTable(2010...2016) { year, yearGroup in
        taught.contains(yearGroup.number) ? Double(100 + year - 2010) : nil
      })
    let origin = AcademicYear(2013)
    let rows = try forecast(panel, ForecastRequest(origin: origin, horizon: 1, draws: 10, disturbed: [])).rows
    let answer = try backtest(
      panel, BacktestRequest(origins: [origin], horizons: [1], draws: 10, disturbed: []))
    for phase in Backtest.phases {
      let isForecast = rows.contains { $0.target == .total(phase) }
      let scores = answer.scores.filter { $0.phase == phase && $0.measure == .total }
      #expect(scores.isEmpty != isForecast)
      #expect(scores.allSatisfy { $0.forecaster != .places || $0.coverage != nil })
      #expect(answer.reliability.contains { $0.phase == phase } == isForecast)
    }
    #expect(rows.contains { $0.target == .total(.primary) } == (missing == 6))
    #expect(rows.contains { $0.target == .total(.secondary) } == (missing == 0))
    #expect(answer.scores.contains { $0.phase == .primary && $0.measure == .yearGroups })
  }

  @Test func `councils that missed by nothing have no ratio, and no sample without a miss counts`() throws {
    func comparison(_ errors: [String: Double]) throws -> Backtest.OfficialComparison {
      let panel = RollPanel(
        ["a": 1, "b": 2].mapValues { growth in
          RollTable(2010...2016, Phase.primary.yearGroups) { year, _ in Double(100 + growth * (year - 2010)) }
        })
      let official = errors.map {
        OfficialForecast(
          areaCode: $0.key, phase: .primary, targetYear: AcademicYear(2015), horizon: 2, error: $0.value)
      }
      let request = BacktestRequest(
        origins: [AcademicYear(2013)], horizons: [2], draws: 10, disturbed: [], official: official)
      return try #require(try backtest(panel, request).official.first)
    }
    let exact = try comparison(["a": 0, "b": 0])
    #expect(exact.ratio == nil && exact.shareBetter.value == 0 && exact.official == 0)
    let half = try comparison(["a": 0, "b": 0.5])
    let ratio = try #require(half.ratio)
    expectClose(ratio.value, half.ours / 0.25, within: 1e-12)
    #expect(ratio.low > 0 && ratio.low <= ratio.value && ratio.value <= ratio.high && ratio.high.isFinite)
  }

  /// Three areas: 10 of 100 too many, 30 of 200 too few, 20 of 500 too many, and what their draws scored.
  @Test func `scores of a table of three areas are as worked by hand`() {
    func miss(_ area: Int, _ error: Double, of outcome: Double, score: Double, _ places: [RangePlace])
      -> BacktestOutcomes.Miss
    {
      BacktestOutcomes.Miss(
        area: area, origin: 3, horizon: 2, phase: .primary, measure: .total, forecaster: .places,
        error: error, absoluteError: abs(error), outcome: outcome,
        ranked: BacktestOutcomes.RankedScore(score: score, outcome: outcome), places: places)
    }
    // Ranges of 50 in a hundred from 3 to 5, of 80 from 2 to 6, of 95 from 1 to 7.
    let quantiles = [1.0, 2, 3, 4, 5, 6, 7]
    let score = Backtest.Score(
      [
        miss(0, 10, of: 100, score: 6, [RangePlace(4.5, quantiles)]),
        miss(1, -30, of: 200, score: 20, [RangePlace(6.5, quantiles)]),
        miss(2, 20, of: 500, score: 14, [RangePlace(5.5, quantiles), RangePlace(8, quantiles)]),
      ], origin: nil)
    // Shares of the outcomes: 0.1, -0.15 and 0.04.
    expectClose(score.meanAbsoluteError, 0.29 / 3, within: 1e-15)
    expectClose(score.medianAbsoluteError, 0.1, within: 1e-15)
    expectClose(score.meanError, -0.01 / 3, within: 1e-15)
    // 60 of 800, and 40 of 800.
    expectClose(score.weightedAbsoluteError, 0.075, within: 1e-15)
    expectClose(score.rankedProbabilityScore, 0.05, within: 1e-15)
    let coverage = score.coverage
    #expect(coverage?.within50 == 0.25 && coverage?.within80 == 0.5 && coverage?.within95 == 0.75)
    #expect(coverage?.below == [0, 0, 0, 0, 0.25, 0.5, 0.75])
    #expect(coverage?.outcomes == 4)
    #expect(score.areas == 3 && score.horizon == 2 && score.phase == .primary && score.origin == nil)
  }

  /// Two schools of 40 pupils a year group, of which one has closed the year after the origin and is counted with nought.
  @Test func `pupils forecast in a school that has closed are missed`() throws {
    let open = RollTable(2010...2015, Phase.primary.yearGroups) { _, _ in 40 }
    let closed = RollTable(2010...2015, Phase.primary.yearGroups) { year, _ in year < 2015 ? 40 : 0 }
    let request = BacktestRequest(origins: [AcademicYear(2014)], horizons: [1], draws: 10, disturbed: [])
    let answer = try backtest(RollPanel(["a": open, "b": closed]), request)
    for measure in Backtest.Measure.allCases {
      let score = try #require(
        answer.scores.first {
          $0.origin != nil && $0.forecaster == .method(.noChange) && $0.measure == measure
        })
      // 280 pupils too many, beside the 280 of the other school.
      expectClose(score.weightedAbsoluteError, 1, within: 1e-12)
      expectClose(score.rankedProbabilityScore, 1, within: 1e-12)
      // A share of nobody is none.
      #expect(score.areas == 1 && score.meanAbsoluteError == 0)
    }
    let reliability = try #require(answer.reliability.first { $0.phase == .primary })
    #expect(reliability.forecasts == 2)
  }

  @Test func `outcomes of nobody alone are nothing to score`() {
    let closed = RollTable(2010...2015, Phase.primary.yearGroups) { year, _ in year < 2015 ? 40 : 0 }
    let request = BacktestRequest(origins: [AcademicYear(2014)], horizons: [1], draws: 10, disturbed: [])
    #expect(throws: ForecastRefusal.nothingToScore) { try backtest(RollPanel(closed), request) }
  }

  /// A point's ranked score is its error: of every method without ranges, in totals and in year groups alike.
  @Test(arguments: Array(UInt64(1)...6))
  func `the ranked score of a method without ranges is its weighted error`(_ seed: UInt64) throws {
    let request = BacktestRequest(
      origins: [AcademicYear(2013), AcademicYear(2014)], horizons: [1, 2], draws: 10)
    let scores = try backtest(RandomPanel(seed: seed).panel(), request).scores
    for score in scores where score.forecaster != .places {
      #expect(score.rankedProbabilityScore == score.weightedAbsoluteError)
    }
    #expect(scores.contains { $0.forecaster != .places && $0.measure == .yearGroups })
    #expect(
      scores.contains { $0.forecaster == .places && $0.rankedProbabilityScore != $0.weightedAbsoluteError })
  }

  @Test
  func `a year is named as disturbed though the last origin does not see it so, and only up to an origin`()
    throws
  {
    let panel = RandomPanel(seed: 3, isRagged: false).panel()
    func disturbed(_ origins: [Int]) throws -> [AcademicYear: Double] {
      try backtest(
        panel,
        BacktestRequest(
          origins: origins.map { AcademicYear($0) }, horizons: [1], draws: 10,
          disturbed: [AcademicYear(2014)])
      ).disturbed
    }
    #expect(try disturbed([2012, 2013])[AcademicYear(2014)] == nil)
    #expect(try disturbed([2012, 2015])[AcademicYear(2014)] == PooledSettings.declaredWeight)
    let single = try [2012, 2013, 2014, 2015].map { try disturbed([$0]) }
    let merged = single.reduce(into: [AcademicYear: Double]()) { all, one in all.merge(one) { $1 } }
    #expect(try disturbed([2012, 2013, 2014, 2015]) == merged)
  }

  /// The panel starts in 2010/11 and origins in 2011/12: from 2013/14 two have an outcome a year ahead, and four are needed.
  @Test func `a choice says whether there was anything to choose from`() throws {
    let request = BacktestRequest(origins: [AcademicYear(2013)], horizons: [1], draws: 10, disturbed: [])
    let choice = try #require(try backtest(growing, request).choices[AcademicYear(2013)]?[.primary]?.first)
    #expect(choice.method == .pooled && choice.hasTooFewOrigins)
    #expect(choice.origins == 2 && choice.originsWanted == 4 && choice.records.isEmpty)
    let later = BacktestRequest(origins: [AcademicYear(2015)], horizons: [1], draws: 10, disturbed: [])
    let enough = try #require(try backtest(growing, later).choices[AcademicYear(2015)]?[.primary]?.first)
    #expect(!enough.hasTooFewOrigins && enough.origins == 4)
    // From n pupils a year group to n + 1: seven too few of 7 (n + 1), for n from 101 to 104.
    let noChange = try #require(enough.records[.noChange])
    let wanted = (102...105).reduce(0.0) { $0 + 1 / Double($1) } / 4
    expectClose(noChange.totals, wanted, within: 1e-12)
    expectClose(noChange.yearGroups, wanted, within: 1e-12)
  }

  /// An infant school, Reception and Year 1, that Year 2 is added to after the origin: nobody is forecast there, and the draws miss
  /// all who came.
  @Test func `the ranked score counts outcomes of year groups that nobody was forecast in`() throws {
    let table = RollTable(2010...2015, Array(YearGroup.all.prefix(3))) { year, yearGroup in
      yearGroup.number < 2 ? 40 + Double(year % 3) : year > 2014 ? 40 : 0
    }
    let panel = RollPanel(table)
    let origin = AcademicYear(2014)
    let request = BacktestRequest(origins: [origin], horizons: [1], draws: 50, disturbed: [])
    let score = try #require(
      try backtest(panel, request).scores.first {
        $0.origin == origin && $0.measure == .yearGroups && $0.forecaster == .places
      })
    let rolling = RollingForecast(panel, declared: [])
    let index = try #require(rolling.origins.firstIndex { panel.years[$0.position] == origin })
    let rows = Forecast(
      rolling, rolling.origins[index], rolling.errorLaws().map { $0[index] }, scales: [:], horizon: 1,
      draws: 50, seed: 1, outcomes: rolling.history
    ).rows.filter { if case .yearGroup = $0.target { true } else { false } }
    let empty = try #require(rows.first { $0.central == 0 })
    #expect(empty.score == 40)
    let outcomes = Phase.primary.yearGroups.compactMap { table[origin + 1, $0] }.reduce(0, +)
    expectClose(
      score.rankedProbabilityScore, rows.reduce(0) { $0 + ($1.score ?? 0) } / outcomes, within: 1e-12)
    #expect((score.rankedProbabilityScore ?? 0) > 40 / outcomes)
  }

  @Test(arguments: Array(UInt64(1)...12))
  func `an origin's forecast is that of the forecast itself`(_ seed: UInt64) throws {
    let panel = RandomPanel(seed: seed).panel()
    let origin = AcademicYear(2014)
    let rows = try forecast(panel, ForecastRequest(origin: origin, horizon: 2, draws: 20)).rows
    let rolling = RollingForecast(panel, declared: panel.positions(of: [.pandemic]))
    let index = try #require(rolling.origins.firstIndex { panel.years[$0.position] == origin })
    let laws = rolling.errorLaws()
    let again = Forecast(
      rolling, rolling.origins[index], laws.map { $0[index] }, scales: rolling.areaScales(laws)[index],
      horizon: 2, draws: 20, seed: 1, outcomes: nil)
    #expect(rows.map(\.central) == again.rows.map(\.central))
    #expect(rows.map(\.quantiles) == again.rows.map(\.quantiles))
  }

  @Test func `coverage counts what lies in a range, its ends among it`() {
    let quantiles = [1.0, 2, 3, 4, 5, 6, 7]
    let at = RangePlace(6, quantiles)
    #expect(!at.within50 && at.within80 && at.within95)
    #expect(at.below == [false, false, false, false, false, true, true])
    #expect(!RangePlace(7.5, quantiles).within95)
  }

  /// 2014/15 lies between counted years, 2009/10 and 2017/18 beyond them; 2013/14 and 2015/16 are counted.
  @Test func `of several origins those that are not counted are named`() {
    let panel = RollPanel(
      RollTable((2010...2016).filter { $0 != 2014 }, Phase.primary.yearGroups) { _, _ in 100 })
    #expect(panel.yearsNotCounted == [AcademicYear(2014)])
    let request = BacktestRequest(
      origins: [2009, 2013, 2014, 2015, 2017].map { AcademicYear($0) }, horizons: [1], draws: 10)
    #expect(throws: ForecastRefusal.originNotCounted([2009, 2014, 2017].map { AcademicYear($0) })) {
      try backtest(panel, request)
    }
  }

  @Test func `what cannot be scored is refused`() {
    func request(_ origin: Int, _ horizon: Int) -> BacktestRequest {
      BacktestRequest(origins: [AcademicYear(origin)], horizons: [horizon], draws: 10)
    }
    #expect(throws: ForecastRefusal.nothingToScore) { try backtest(growing, request(2016, 1)) }
    #expect(throws: ForecastRefusal.originNotCounted([AcademicYear(2019)])) {
      try backtest(growing, request(2019, 1))
    }
    #expect(throws: ForecastRefusal.tooFewYears(2)) { try backtest(growing, request(2011, 1)) }
    #expect(throws: ForecastRefusal.horizonOutOfRange) { try backtest(growing, request(2013, 0)) }
  }
}
