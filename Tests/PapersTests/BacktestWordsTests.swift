import PlacePlanning
import Testing

@testable import Forecasting
@testable import Papers

/// What the report of a backtest says of intervals and ranges.
struct BacktestWordsTests {
  private func comparison(_ low: Double, _ high: Double, nearer: Double) -> Backtest.OfficialComparison {
    Backtest.OfficialComparison(
      targetYear: AcademicYear(2018), horizon: 1, phase: .primary, areas: 100, ours: 0.01, official: 0.02,
      plain321: 0.01, noChange: 0.03, shareBetter: .init(value: nearer, low: 0, high: 1),
      ratio: Backtest.Interval(value: (low + high) / 2, low: low, high: high))
  }

  @Test func `only a whole interval below 1 counts as a smaller error`() throws {
    let tally = try #require(
      OfficialTally([
        comparison(0.3, 0.5, nearer: 0.75), comparison(0.86, 1.11, nearer: 0.47),
        comparison(0.9, 1, nearer: 0.5), comparison(1.01, 1.2, nearer: 0.4),
      ]))
    #expect(tally.comparisons == 4 && tally.smaller == 1 && tally.larger == 1)
    #expect(
      tally.words
        == "our average error was clearly smaller than the councils' own in 1 of 4 comparisons, clearly larger in 1 and "
        + "too close to tell in 2 (clearly: the 95% interval of the ratio leaves out 1). Ours was the nearer in "
        + "40% to 75% of areas.")
    #expect(OfficialTally([]) == nil)
  }

  /// A screen reader says one heading with a cell; “places” would be those of schools.
  @Test func `each column of the report has a heading of its own`() throws {
    let backtest = Backtest(
      scores: [], reliability: [], official: [comparison(0.3, 0.5, nearer: 0.75)], notCompared: [],
      unmeasured: [], choices: [:], disturbed: [:])
    let tables = BacktestPaper(backtest, sources: ["rolls.csv"]).tables
    let official = try #require(tables.first { $0.id == "official" })
    #expect(official.columns.contains { $0.heading == "Ours ÷ councils', from (95%)" })
    for table in tables {
      let headings = table.columns.map(\.heading)
      #expect(Set(headings).count == headings.count, "\(table.id)")
      #expect(!headings.contains { $0.hasPrefix("Places") }, "\(table.id)")
    }
    #expect(Backtest.Forecaster.places.title == "Ours")
  }

  /// Two areas, of which one has lost its seven year groups: 14 outcomes, and one area to take a share of.
  @Test func `what ranges held stands beside the outcomes that it is of`() throws {
    let coverage = Backtest.Coverage(outcomes: 14, within50: 0.5, within80: 0.5, within95: 1, below: [])
    let score = Backtest.Score(
      origin: nil, horizon: 1, phase: .primary, measure: .yearGroups, forecaster: .places, areas: 1,
      meanAbsoluteError: 0.01, medianAbsoluteError: 0.01, meanError: 0, weightedAbsoluteError: 0.01,
      rankedProbabilityScore: 0.01, coverage: coverage)
    let backtest = Backtest(
      scores: [score], reliability: [], official: [], notCompared: [], unmeasured: [], choices: [:],
      disturbed: [:])
    let table = try BacktestPaper(backtest, sources: ["rolls.csv"]).paper.table("coverage")
    #expect(table.columns[3].heading == "Outcomes")
    #expect(table.rows.first?[3].shown == "14")
  }

  /// What was chosen at the time, the program's own method and the simple ones stand side by side.
  @Test func `the report says what its methods, its origins and its dotted line are`() throws {
    let coverage = Backtest.Coverage(
      outcomes: 14, within50: 0.5, within80: 0.8, within95: 0.95, below: Forecast.probabilities)
    let scores = [1, 5].map { horizon in
      Backtest.Score(
        origin: nil, horizon: horizon, phase: .primary, measure: .total, forecaster: .places, areas: 1,
        meanAbsoluteError: 0.01 * Double(horizon), medianAbsoluteError: 0.01, meanError: 0,
        weightedAbsoluteError: 0.01,
        rankedProbabilityScore: 0.01, coverage: coverage)
    }
    let paper = BacktestPaper(
      Backtest(
        scores: scores, reliability: [.init(phase: .primary, forecasts: 14, coverage: coverage)],
        official: [],
        notCompared: [], unmeasured: [], choices: [AcademicYear(2014): [:], AcademicYear(2016): [:]],
        disturbed: [:]),
      sources: ["rolls.csv"]
    ).paper
    let said = words(of: paper)
    #expect(
      said.contains {
        $0.contains("by its own method, “Pooled”, unless a simple one had been nearer throughout")
      })
    #expect(said.contains { $0.hasSuffix("(dotted: as often as they should)") })
    #expect(said.contains { $0.contains("was 1.0% for 1 year ahead and 5.0% for 5 years ahead.") })
    #expect(
      paper.header.first?.text == "2014/15 to 2016/17: the years of the last counts that forecasts knew")
  }

  /// No change misses by 0.9% a year ahead and 1.9% and 2.0% later, where ours misses by 1%, 4% and 4%; 3:2:1 by 0.96% and 1.8% and 3%.
  @Test func `simple methods that were nearer by more than a twentieth are named in short`() throws {
    func score(_ horizon: Int, _ forecaster: Backtest.Forecaster, _ error: Double) -> Backtest.Score {
      Backtest.Score(
        origin: nil, horizon: horizon, phase: .primary, measure: .total, forecaster: forecaster, areas: 1,
        meanAbsoluteError: error, medianAbsoluteError: error, meanError: 0, weightedAbsoluteError: error,
        rankedProbabilityScore: error, coverage: nil)
    }
    func inShort(_ errors: [(ours: Double, noChange: Double, plain321: Double)]) throws -> String {
      let scores = errors.enumerated().flatMap { index, error in
        [
          score(index + 1, .places, error.ours), score(index + 1, .method(.noChange), error.noChange),
          score(index + 1, .method(.weighted321), error.plain321),
        ]
      }
      let backtest = Backtest(
        scores: scores, reliability: [], official: [], notCompared: [], unmeasured: [], choices: [:],
        disturbed: [:])
      let section = try #require(BacktestPaper(backtest, sources: ["rolls.csv"]).paper.sections.first)
      return "\(section.blocks)"
    }
    let named = try inShort([(0.01, 0.009, 0.0096), (0.04, 0.019, 0.018), (0.04, 0.02, 0.03)])
    #expect(
      named.contains(
        "4.0% for 3 years ahead. Nearer than ours by more than a twentieth: “No change” 1 and 3 years ahead; “3:2:1” 2 years ahead."
      ), "\(named)")
    let none = try inShort([(0.01, 0.0096, 0.02)])
    #expect(none.contains("was 1.0% for 1 year ahead.") && !none.contains("Nearer"), "\(none)")
  }

  @Test func `a range is called wide or narrow from two points on`() {
    func words(_ held: (Double, Double, Double)) -> String? {
      Backtest.Coverage(
        outcomes: 100, within50: held.0, within80: held.1, within95: held.2, below: []
      ).widthWords
    }
    #expect(words((0.515, 0.785, 0.95)) == nil)
    #expect(words((0.53, 0.79, 0.94)) == "those of 50 are wider than they should be")
    #expect(
      words((0.56, 0.84, 0.9))
        == "those of 50 and 80 are wider than they should be, and those of 95 are narrower than they should be"
    )
  }
}
