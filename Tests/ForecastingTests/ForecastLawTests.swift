import Forecasting
import PlacePlanning
import TestSupport
import Testing

/// Truths of every forecast, over made-up panels.
struct ForecastLawTests {
  private static let seeds = Array(UInt64(1)...60)
  private static let request = ForecastRequest(origin: AcademicYear(2014), horizon: 2, draws: 20)

  private struct Key: Hashable {
    let area: String
    let target: ForecastTarget
    let horizon: Int
  }

  private func values(_ forecast: Forecast) -> [Key: [Double]] {
    Dictionary(
      uniqueKeysWithValues: forecast.rows.map {
        (
          Key(area: $0.area.code, target: $0.target, horizon: $0.horizon),
          [$0.central, $0.mean] + $0.quantiles
        )
      })
  }

  @Test(arguments: seeds) func `nothing after the origin is seen`(_ seed: UInt64) throws {
    let honest = RandomPanel(seed: seed)
    var decoy = honest
    for code in honest.rolls.keys {
      for yearGroup in YearGroup.all {
        for year in 2015...2016 { decoy.rolls[code]?[AcademicYear(year), yearGroup] = 12345 }
      }
      for year in 2015...2017 { decoy.births[code]?[year] = 98765 }
    }
    decoy.rolls["Z9"] = RollTable([2016]) { _, _ in 5 }
    #expect(
      values(try forecast(honest.panel(), Self.request)) == values(try forecast(decoy.panel(), Self.request)))
  }

  /// Births of its streets are known long before an area opens; a file of that day has no rolls of it.
  @Test(arguments: seeds) func `an area that opens later lends no births`(_ seed: UInt64) throws {
    let honest = RandomPanel(seed: seed)
    var later = honest
    later.rolls["Z9"] = RollTable([2016]) { _, _ in 5 }
    var births: [Int: Double] = [:]
    for year in 2003...2014 { births[year] = 1000 * Double(year - 2000) }
    later.births["Z9"] = births
    // So far ahead that births of children yet to be born are wanted.
    let request = ForecastRequest(origin: AcademicYear(2014), horizon: 6, draws: 20)
    #expect(values(try forecast(honest.panel(), request)) == values(try forecast(later.panel(), request)))
  }

  @Test(arguments: seeds) func `renaming areas moves no central number`(_ seed: UInt64) throws {
    let plain = RandomPanel(seed: seed)
    var renamed = plain
    // Reverses the order of the codes, and so of every sum over areas.
    func new(_ code: String) -> String { "B\(999 - (Int(code.dropFirst()) ?? 0))" }
    renamed.rolls = Dictionary(uniqueKeysWithValues: plain.rolls.map { (new($0), $1) })
    renamed.births = Dictionary(uniqueKeysWithValues: plain.births.map { (new($0), $1) })
    let (a, b) = (
      values(try forecast(plain.panel(), Self.request)), values(try forecast(renamed.panel(), Self.request))
    )
    #expect(a.count == b.count)
    for (key, numbers) in a {
      let other = b[Key(area: new(key.area), target: key.target, horizon: key.horizon)]
      expectClose(other?.first, numbers[0], within: 1e-9 * max(1, numbers[0]), "\(key)")
    }
  }

  /// An area that opened in the origin year tells nothing of the others' rates; sorted first, it moves their places.
  @Test(arguments: seeds) func `an area's luck does not depend on which others are there`(_ seed: UInt64)
    throws
  {
    let plain = RandomPanel(seed: seed)
    var more = plain
    more.rolls["A000"] = RollTable([2014]) { _, _ in 77 }
    let answer = try forecast(more.panel(), Self.request)
    #expect(answer.withoutHistory.map(\.code).contains("A000"))
    #expect(values(answer) == values(try forecast(plain.panel(), Self.request)))
  }

  @Test(arguments: seeds.prefix(12)) func `the order of official forecasts changes no bit`(_ seed: UInt64)
    throws
  {
    let panel = RandomPanel(seed: seed, areas: 12, isRagged: false).panel()
    var random = SeededGenerator(seed: seed)
    let official = panel.areas.flatMap { area in
      [Phase.primary, .secondary].map { phase in
        OfficialForecast(
          areaCode: area.code, phase: phase, targetYear: AcademicYear(2016), horizon: 2,
          error: .random(in: -0.1...0.1, using: &random))
      }
    }
    func figures(_ official: [OfficialForecast]) throws -> [[Double]] {
      try backtest(
        panel,
        BacktestRequest(origins: [AcademicYear(2014)], horizons: [2], draws: 10, official: official)
      ).official.map { line in
        let intervals = [line.shareBetter] + (line.ratio.map { [$0] } ?? [])
        return [Double(line.areas), line.ours, line.official, line.plain321, line.noChange]
          + intervals.flatMap { [$0.value, $0.low, $0.high] }
      }
    }
    let wanted = try figures(official)
    #expect(wanted.map(\.count) == [11, 11])
    #expect(try figures(official.reversed()) == wanted)
    #expect(try figures(official.shuffled(using: &random)) == wanted)
  }

  @Test(arguments: seeds) func `a range holds its quantiles in order and none below nought`(_ seed: UInt64)
    throws
  {
    for row in try forecast(RandomPanel(seed: seed).panel(), Self.request).rows {
      #expect(row.quantiles == row.quantiles.sorted())
      #expect(row.quantiles.allSatisfy { $0 >= 0 && $0.isFinite })
      #expect(row.central >= 0 && row.central.isFinite && row.mean.isFinite)
    }
  }

  @Test(arguments: seeds) func `how far ahead is asked moves no number of a year`(_ seed: UInt64) throws {
    let panel = RandomPanel(seed: seed).panel()
    let further = ForecastRequest(origin: AcademicYear(2014), horizon: 6, draws: 20)
    let wanted = values(try forecast(panel, further)).filter { $0.key.horizon <= 2 }
    #expect(values(try forecast(panel, Self.request)) == wanted)
  }

  @Test(arguments: seeds) func `a phase total is the sum of its year groups`(_ seed: UInt64) throws {
    let rows = try forecast(RandomPanel(seed: seed).panel(hasBirths: seed % 2 == 0), Self.request).rows
    let totals = rows.filter { if case .total = $0.target { true } else { false } }
    #expect(!totals.isEmpty)
    for total in totals {
      let parts = rows.filter {
        $0.area == total.area && $0.horizon == total.horizon && $0.target != total.target
          && $0.target.phase == total.target.phase
      }
      expectClose(parts.reduce(0) { $0 + $1.central }, total.central, within: 1e-9 * max(1, total.central))
    }
  }

  @Test(arguments: seeds) func `the same seed gives the same bits, another seed another luck`(_ seed: UInt64)
    throws
  {
    let panel = RandomPanel(seed: seed).panel()
    let other = ForecastRequest(origin: AcademicYear(2014), horizon: 2, draws: 20, seed: 2)
    let (a, b) = (values(try forecast(panel, Self.request)), values(try forecast(panel, Self.request)))
    let c = values(try forecast(panel, other))
    #expect(a == b)
    #expect(a.allSatisfy { c[$0.key]?.first == $0.value.first }, "the central path has no luck in it")
    #expect(a != c)
  }
}
