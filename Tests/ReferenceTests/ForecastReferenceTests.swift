import Foundation
import NumericCore
import PlacePlanning
import TestSupport
import Testing

@testable import Forecasting

/// The forecasting method against `forecast_reference.py`, which computes it from its description in NumPy and SciPy over a
/// small invented panel.
struct ForecastReferenceTests {
  private func number(_ year: Int, _ panel: RollPanel) throws -> Int {
    try #require(panel.position(of: AcademicYear(year)))
  }

  /// Every origin of the reference with what the program has for it.
  private func origins() throws -> [(reference: ForecastReference.Origin, found: RollingForecast.Origin)] {
    let (reference, rolling) = try (ForecastReference.read.get(), ForecastReference.rolling.get())
    return try reference.origins.map { origin in
      let position = try number(origin.year, rolling.history.panel)
      return (origin, try #require(rolling.origins.first { $0.position == position }))
    }
  }

  /// Expects agreement to a billionth of the wanted number; what is absent in one is absent in the other.
  private func expectSame(_ found: Double, _ wanted: Double?, _ what: String) {
    guard let wanted else {
      #expect(found.isNaN, "\(what): found \(found), wanted nothing")
      return
    }
    expectClose(found, wanted, within: 1e-9 * max(1e-3, abs(wanted)), what)
  }

  private func expectSame(_ path: Path, _ wanted: [[Double?]], _ what: String) throws {
    try #require(wanted.count == path.areas)
    for (area, numbers) in wanted.enumerated() {
      try #require(numbers.count == CohortHistory.groups * path.horizon)
      for (index, number) in numbers.enumerated() {
        let (group, ahead) = (index / path.horizon, index % path.horizon + 1)
        expectSame(path[area, group, ahead], number, "\(what), area \(area), group \(group), ahead \(ahead)")
      }
    }
  }

  @Test func `the reference was made with the constants of the program`() throws {
    let wanted = try ForecastReference.read.get().settings
    let settings = PooledSettings.self
    #expect(
      wanted == [
        "commonDecay": settings.commonDecay, "entryDecay": settings.entryDecay,
        "blockDecay": settings.blockDecay, "cellDecay": settings.cellDecay,
        "declaredWeight": settings.declaredWeight, "entrySpread": settings.entrySpread,
        "rebound": settings.rebound, "commonPart": LevelShare.commonShare,
        "driftDecay": settings.driftDecay, "memoryPrior": settings.memoryPrior,
        "damping": dampedYears(1), "levelDrift": settings.levelDrift,
      ], "run forecast_reference.py again with these")
  }

  @Test func `the panel has what it is meant to have`() throws {
    let origins = try ForecastReference.read.get().origins
    #expect(origins.allSatisfy { $0.blocks[0] == "entry" && $0.blocks.contains("older") })
    #expect(origins.contains { $0.blocks.dropFirst().contains("entry") })
    #expect(origins.contains { $0.quality.contains { $0 > 0.1 && $0 < 0.9 } }, "a disturbed year is found")
    #expect(origins.contains { $0.quality.last == 0.1 }, "an origin is itself disturbed")
    #expect(origins.contains { $0.damping.contains { $0.contains { $0 > 0 } } })
    #expect(origins.contains { $0.levelShares.count { $0 > 0 } > 1 })
  }

  @Test func `entry year groups and disturbed years`() throws {
    for (wanted, origin) in try origins() {
      let blocks = origin.model.blocks.map { block in
        switch block {
        case .entry: "entry"
        case .younger: "younger"
        case .older: "older"
        }
      }
      #expect(blocks == wanted.blocks)
      try #require(origin.model.quality.count == wanted.quality.count)
      for (year, (found, quality)) in zip(origin.model.quality, wanted.quality).enumerated() {
        expectSame(found, quality, "quality of year \(year) from \(wanted.year)")
      }
    }
  }

  @Test func `common rates, areas' factors and levels`() throws {
    for (wanted, origin) in try origins() {
      for (group, common) in wanted.commonRates.enumerated() {
        let found = origin.model.commonRates[group]
        expectSame(found ?? .nan, common, "common rate of \(group) from \(wanted.year)")
        guard let found else { continue }
        for (area, (factors, levels)) in zip(wanted.factors, wanted.levels).enumerated() {
          let what = "area \(area), group \(group) from \(wanted.year)"
          expectSame(origin.model.rate(area, group) / exp(found), factors[group], "factor, \(what)")
          expectSame(origin.model.level(area, group), levels[group], "level, \(what)")
        }
      }
    }
  }

  @Test func `level shares and the central path before damping`() throws {
    let rolling = try ForecastReference.rolling.get()
    for (wanted, origin) in try origins() {
      let share = LevelShare(
        rolling.origins.filter { $0.position < origin.position }.map(\.model),
        entryGroups: origin.model.entryGroups, quality: origin.model.quality)
      for (group, number) in wanted.levelShares.enumerated() {
        expectSame(share[group], number, "level share of \(group) from \(wanted.year)")
      }
      try expectSame(origin.model.path(share, horizon: rolling.horizon), wanted.raw, "from \(wanted.year)")
    }
  }

  @Test func `every method's central path`() throws {
    for (wanted, origin) in try origins() {
      for (name, numbers) in wanted.paths {
        let method = try #require(ForecastMethod(rawValue: name))
        let path = try #require(origin.paths[method])
        try expectSame(path, numbers, "\(name) from \(wanted.year)")
      }
    }
  }

  @Test func `the methods chosen, and their path`() throws {
    let (reference, rolling) = try (ForecastReference.read.get(), ForecastReference.rolling.get())
    for (wanted, origin) in try origins() {
      for phase in Phase.allCases {
        let methods = try #require(wanted.chosen[phase.rawValue])
        #expect(origin.choices[phase]?.map(\.method) == methods, "\(phase) from \(wanted.year)")
        for (index, method) in methods.enumerated() {
          for area in reference.areas.indices {
            for group in phase.yearGroups.map(\.number) {
              let (found, number) = (
                origin.path[area, group, index + 1],
                wanted.paths[method.rawValue]?[area][group * rolling.horizon + index]
                  ?? origin.paths[method]?[area, group, index + 1]
              )
              expectSame(found, number.flatMap { $0.isNaN ? nil : $0 }, "area \(area), group \(group)")
            }
          }
        }
      }
    }
  }

  /// By what draws do at chosen luck: own luck of nought is no own error, common luck of nought no common one.
  @Test func `error laws`() throws {
    let (reference, rolling) = try (ForecastReference.read.get(), ForecastReference.rolling.get())
    for (index, target) in ForecastTarget.all.enumerated() {
      let laws = rolling.errorLaws(target)
      for origin in reference.origins {
        let wanted = try #require(origin.laws[ForecastReference.targets[index]])
        try #require(wanted.count == rolling.horizon)
        let found = laws[try number(origin.year, rolling.history.panel) - 1]
        for (ahead, pair) in zip(found, wanted).enumerated() {
          let (law, number) = (try #require(pair.0), pair.1)
          let what = "\(ForecastReference.targets[index]) from \(origin.year), ahead \(ahead + 1)"
          for forecast in [8.0, 60, 900] {
            expectSame(
              law.draws(forecast, common: [1], own: [0])[0] / forecast - 1, number.commonScale,
              "common, \(what)")
            let deviation = (number.perPupil / forecast + number.floor).squareRoot()
            for (point, shape) in zip([0.674489750196082, 1.2815515655446, 1.959963984540054], number.shape) {
              expectSame(
                law.draws(forecast, common: [0], own: [point])[0] / forecast - 1, shape * deviation,
                "own at \(point), \(what)")
            }
            let tail = number.shape[2] * reference.student.tailAt995 * deviation
            expectClose(
              law.draws(forecast, common: [0], own: [1.959963984540054 * reference.student.tailAt995])[0]
                / forecast - 1, tail, within: 1e-9 * tail,
              "own tail, \(what)")
          }
        }
      }
    }
  }

  /// Quantiles of draws against those of the law, by convolution: within five standard errors, which the density there gives.
  @Test func `ranges are quantiles of the sum of common and own errors`() throws {
    let (reference, panel) = try (ForecastReference.read.get(), ForecastReference.panel.get())
    let draws = 1000
    let origin = try #require(panel.years.last)
    let rows = try forecast(
      panel,
      ForecastRequest(
        origin: origin, horizon: reference.horizon, draws: draws, seed: 3,
        disturbed: Set(reference.declared.map { AcademicYear($0) }))
    ).rows
    for wanted in reference.rows {
      let index = try #require(ForecastReference.targets.firstIndex(of: wanted.target))
      let row = try #require(
        rows.first {
          $0.area.code == wanted.area && $0.horizon == wanted.horizon
            && $0.target == ForecastTarget.all[index]
        })
      let what = "\(wanted.area), \(wanted.target), ahead \(wanted.horizon)"
      expectSame(row.central, wanted.central, what)
      for (position, share) in Forecast.probabilities.enumerated() {
        let error = (share * (1 - share) / Double(draws)).squareRoot() / wanted.density[position]
        expectClose(
          row.quantiles[position], wanted.quantiles[position], within: 5 * error, "\(share) of \(what)")
      }
    }
  }

  @Test func `Student t numbers`() throws {
    let wanted = try ForecastReference.read.get().student
    let freedom = ErrorLaw.commonDegreesOfFreedom
    for (u, radius) in zip(wanted.u, wanted.radius) {
      expectSame(studentNumber(u, 0, degreesOfFreedom: freedom), radius, "radius at \(u)")
      expectSame(studentNumber(u, 0.5, degreesOfFreedom: freedom), -radius, "radius at \(u), turned")
    }
    let stream = RandomStream(seed: 11, source: .forecastCommon, area: "")
    let count = 20_000
    let numbers = (1...count).map {
      studentNumber(
        stream.uniform(cell: 0, draw: $0), stream.uniform(cell: 1, draw: $0), degreesOfFreedom: freedom)
    }
    for (point, below) in zip(wanted.points, wanted.below) {
      let share = Double(numbers.count { $0 <= point }) / Double(count)
      let error = (below * (1 - below) / Double(count)).squareRoot()
      expectClose(share, below, within: 4.5 * error, "share of numbers up to \(point)")
    }
  }

  /// Drawn independently their shares would stray by 0.016 at the middle.
  @Test(arguments: 0..<30) func `common errors of a forecast fill their law evenly`(_ cell: Int) throws {
    let wanted = try ForecastReference.read.get().student
    let numbers = ForecastLuck(seed: 5, draws: 1000, cells: 30).common[cell]
    for (point, below) in zip(wanted.points, wanted.below) {
      let share = Double(numbers.count { $0 <= point }) / 1000
      expectClose(share, below, within: 0.012, "share of numbers up to \(point)")
    }
  }

  @Test func `ranked probability scores against the double sum`() throws {
    for wanted in try ForecastReference.read.get().scores {
      var draws = wanted.draws
      expectSame(rankedProbabilityScore(&draws, wanted.outcome), wanted.score, "of \(draws.count) draws")
    }
  }
}

/// `forecast_reference.json`: what `forecast_reference.py` computed without the program, and the panel that it invented.
struct ForecastReference: Decodable {
  struct Area: Decodable {
    let code: String
    let births: [String: Double]
    /// Year group, then year.
    let rolls: [[Double?]]
  }

  struct Origin: Decodable {
    let year: Int
    let blocks: [String]
    let quality: [Double]
    let commonRates: [Double?]
    /// Area, then year group.
    let factors: [[Double?]]
    let levels: [[Double?]]
    let levelShares: [Double]
    /// Weight of no change by size, then horizon.
    let damping: [[Double]]
    /// Area, then year group and horizon.
    let raw: [[Double?]]
    let paths: [String: [[Double?]]]
    let chosen: [String: [ForecastMethod]]
    /// By target, then horizon.
    let laws: [String: [Law]]
  }

  struct Law: Decodable {
    let perPupil: Double
    let floor: Double
    let shape: [Double]
    let commonScale: Double
  }

  struct Row: Decodable {
    let area: String
    let target: String
    let horizon: Int
    let central: Double
    let quantiles: [Double]
    /// Of the draws at each quantile. **Units** per pupil.
    let density: [Double]
  }

  struct Student: Decodable {
    let u: [Double]
    let radius: [Double]
    let points: [Double]
    let below: [Double]
    let tailAt995: Double
  }

  struct Score: Decodable {
    let draws: [Double]
    let outcome: Double
    let score: Double
  }

  let settings: [String: Double]
  let first: Int
  let declared: [Int]
  let horizon: Int
  let areas: [Area]
  let origins: [Origin]
  let rows: [Row]
  let student: Student
  let scores: [Score]

  /// How the reference names targets, in the order of `ForecastTarget.all`.
  static let targets = ForecastTarget.all.map { target in
    switch target {
    case .yearGroup: target.label
    case .total(let phase): "total \(phase.rawValue)"
    }
  }

  static let read = Result {
    try JSONDecoder().decode(
      ForecastReference.self,
      from: Data(contentsOf: Repository.file("Tests/ReferenceTests/forecast_reference.json")))
  }

  static let panel = Result {
    let reference = try read.get()
    var rolls: [String: RollTable] = [:]
    var births: [String: [Int: Double]] = [:]
    for area in reference.areas {
      var table = RollTable()
      for (yearGroup, counts) in zip(YearGroup.all, area.rolls) {
        for (year, count) in counts.enumerated() {
          table[AcademicYear(reference.first + year), yearGroup] = count
        }
      }
      rolls[area.code] = table
      for (year, count) in area.births { births[area.code, default: [:]][try #require(Int(year))] = count }
    }
    return RollPanel(
      areas: reference.areas.map { .init(code: $0.code, name: $0.code) }, rolls: rolls, births: births)
  }

  static let rolling = Result {
    let (reference, panel) = try (read.get(), Self.panel.get())
    let declared = Set(reference.declared.map { AcademicYear($0) })
    return RollingForecast(panel, declared: panel.positions(of: declared), horizon: reference.horizon)
  }
}
