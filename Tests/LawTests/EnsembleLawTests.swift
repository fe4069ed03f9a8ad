import Foundation
import NumericCore
import PlacePlanning
import TestSupport
import Testing

@testable import Projection

/// The draws: keyed, the same on any number of threads, around the central path, and each with its books closed.
struct EnsembleLawTests {
  private let small = Ensemble(draws: 600, seed: 20_181_001)

  private func correlated() throws -> MadeUpEnsemble {
    var made = MadeUpEnsemble()
    made.spread.primaryCorrelation = try fadingCorrelation(made.primary)
    made.spread.secondaryCorrelation = try fadingCorrelation(made.secondary)
    return made
  }

  @Test("draw 0 is the central path of the projection", arguments: seeds)
  func central(seed: UInt64) throws {
    let pupils = try project(RandomAuthority(seed: seed).model)
    let primary = pupils.areas.filter { $0.phase == .primary }
    let secondary = pupils.areas.filter { $0.phase == .secondary }
    let areas = primary + secondary
    let years = Array(pupils.years.dropFirst())
    let homes = { (area: PlanningArea) in
      area.phase.yearGroups.map { group in years.map { pupils.fromHousing(area.code, group, $0) } }
    }
    let none = [[Double]](repeating: years.map { _ in 0 }, count: 7)
    let input = EnsembleInput(
      authority: "000", primary: primary.map(\.code.text), secondary: secondary.map(\.code.text),
      firstYear: try #require(years.first).start,
      baseRolls: areas.map { area in
        area.phase.yearGroups.map { pupils.central[area.code, $0, pupils.years[0]] ?? .nan }
      },
      intake: primary.map { area in
        years.map {
          (pupils.rates.intake[area.code]?.value ?? .nan) * (pupils.births.cohorts[area.code]?[$0] ?? .nan)
        }
      },
      uncountedBirths: years.map { _ in 0 },
      survival: areas.map { area in
        area.phase.yearGroups.map { pupils.rates.survival[area.code]?[$0]?.value ?? 0 }
      },
      transferShares: secondary.map { to in
        primary.map { pupils.rates.transfer.share(from: $0.code, to: to.code) }
      },
      imports: secondary.map { area in
        pupils.rates.transfer.secondary.firstIndex(of: area.code).map { pupils.rates.transfer.imports[$0] }
          ?? 0
      },
      sites: primary.enumerated().map {
        .init(
          key: "\($0.element.code)", primaryArea: $0.offset, secondaryArea: 0,
          variants: [.init(probability: 1, primaryPupils: homes($0.element), secondaryPupils: none)])
      }
        + secondary.enumerated().map {
          .init(
            key: "\($0.element.code)", primaryArea: 0, secondaryArea: $0.offset,
            variants: [.init(probability: 1, primaryPupils: none, secondaryPupils: homes($0.element))])
        },
      spread: EnsembleSpread())
    let path = try small.explain(input, draw: 0)
    #expect(path.ledger.worstResidual <= 1e-9)
    for (index, area) in areas.enumerated() {
      for (group, yearGroup) in area.phase.yearGroups.enumerated() {
        for (year, label) in pupils.years.enumerated() {
          expectClose(path.pupils[index][group][year], pupils.central[area.code, yearGroup, label] ?? .nan)
        }
      }
    }
  }

  @Test("a draw explained is the draw in the bulk, and its books close", arguments: [0, 1, 2, 257, 600])
  func explained(draw: Int) throws {
    let made = try correlated()
    let path = try small.explain(made.input, draw: draw)
    #expect(path.ledger.entries.count == 8 * 8 * made.years)
    #expect(path.ledger.worstResidual <= 1e-9)
    for entry in path.ledger.entries { #expect(abs(entry.residual) <= 1e-9, "\(entry)") }
    let bulk = try small.drawAll(made.input)
    for year in 0..<made.years {
      for area in 0..<8 {
        for group in 0..<7 {
          let row = bulk.draws.rows.cell(area: area, group: group)
          let found =
            draw == 0
            ? bulk.summary.central(year: year, row: row) : bulk.draws.figures(year: year, row: row)[draw - 1]
          let wanted = path.pupils[area][group][year + 1]
          #expect(abs(found - wanted) <= 1e-12 * wanted, "\(area) \(group) \(year): \(found) \(wanted)")
        }
      }
    }
  }

  @Test("with no spread and one way to build, each draw is the central path")
  func noSpread() throws {
    var input = MadeUpEnsemble(spread: EnsembleSpread()).input
    for site in input.sites.indices {
      input.sites[site].variants.removeLast(2)
      input.sites[site].variants[0].probability = 1
    }
    let (summary, draws) = try small.drawAll(input)
    for year in 0..<input.years {
      for row in 0..<draws.rows.count {
        let central = summary.central(year: year, row: row)
        for draw in draws.figures(year: year, row: row) { expectClose(draw, central, within: 1e-9) }
        expectClose(summary.mean(year: year, row: row), central, within: 1e-9)
      }
    }
  }

  @Test(
    "threads and the number of draws change no bit",
    arguments: [(2, 600), (3, 600), (2, 1_100), (3, 601)])
  func sameBits(threads: Int, count: Int) throws {
    let input = try correlated().input
    let (summary, draws) = try Ensemble(draws: 600, seed: 5, threads: 1).drawAll(input)
    let other = try Ensemble(draws: count, seed: 5, threads: threads).drawAll(input)
    var different = 0
    for year in 0..<input.years {
      for row in 0..<draws.rows.count {
        let (one, two) = (draws.figures(year: year, row: row), other.draws.figures(year: year, row: row))
        if one != Array(two.prefix(600)) { different += 1 }
      }
    }
    #expect(different == 0)
    if count == 600 {
      #expect(summary.means == other.summary.means && summary.quantiles == other.summary.quantiles)
      let alone = try Ensemble(draws: 600, seed: 5, threads: threads).summarise(input)
      #expect(alone.means == summary.means && alone.quantiles == summary.quantiles)
    }
  }

  @Test("another area changes no area that shares no pupils with it")
  func addedArea() throws {
    var made = MadeUpEnsemble()
    let before = try small.drawAll(made.input)
    made.primary.append("P9")
    let after = try small.drawAll(made.input)
    for year in 0..<made.years {
      for area in 0..<5 {
        for group in 0..<7 {
          let row = before.draws.rows.cell(area: area, group: group)
          #expect(
            before.draws.figures(year: year, row: row) == after.draws.figures(year: year, row: row),
            "\(area) \(group) \(year)")
        }
      }
      // A secondary area's year groups above Year 7 + year are still those of the base year's pupils.
      for group in year + 1..<7 {
        let (one, two) = (
          before.draws.rows.cell(area: 6, group: group), after.draws.rows.cell(area: 7, group: group)
        )
        #expect(before.draws.figures(year: year, row: one) == after.draws.figures(year: year, row: two))
      }
    }
  }

  @Test("areas in another order have the same figures in another order")
  func permuted() throws {
    var made = MadeUpEnsemble(hasSites: false)
    let one = try small.summarise(made.input)
    (made.primary, made.secondary) = (made.primary.reversed(), ["S2", "S3", "S1"])
    let two = try small.summarise(made.input)
    let place = [4, 3, 2, 1, 0, 7, 5, 6]
    for year in 0..<made.years {
      for area in 0..<8 {
        for group in 0..<7 {
          let (row, other) = (
            one.rows.cell(area: area, group: group), two.rows.cell(area: place[area], group: group)
          )
          for (a, b) in zip(one.quantiles(year: year, row: row), two.quantiles(year: year, row: other)) {
            #expect(abs(a - b) <= 1e-12 * a, "\(area) \(group) \(year)")
          }
        }
      }
    }
  }

  @Test("transfer moves pupils between secondary areas and makes none")
  func transferConserves() throws {
    var made = MadeUpEnsemble(hasSites: false)
    made.spread = EnsembleSpread(transfer: 0.3)
    let (summary, draws) = try small.drawAll(made.input)
    for year in 0..<made.years {
      let row = draws.rows.authority(YearGroup.year7)
      for figure in draws.figures(year: year, row: row) {
        expectClose(figure, summary.central(year: year, row: row), within: 1e-9)
      }
      let single = draws.figures(year: year, row: draws.rows.cell(area: 5, group: 0))
      #expect((single.max() ?? 0) / (single.min() ?? 0) > 1.2)
    }
  }

  /// Observed flows can overstate what arrives, so that newcomers are net and below nought.
  @Test("net newcomers below nought take no more pupils than flow in, and the books still close")
  func negativeImports() throws {
    var made = MadeUpEnsemble()
    made.netImports = -0.15
    made.spread.transfer = 0.6
    let (summary, draws) = try small.drawAll(made.input)
    for year in 0..<made.years {
      for row in 0..<draws.rows.count {
        #expect(summary.central(year: year, row: row) > 0)
        #expect(draws.figures(year: year, row: row).allSatisfy { $0 >= 0 }, "row \(row), year \(year)")
      }
    }
    var empty = 0
    for draw in 1...20 {
      let path = try small.explain(made.input, draw: draw)
      for entry in path.ledger.entries { #expect(abs(entry.residual) <= 1e-9, "\(entry)") }
      for year in 0..<made.years {
        for area in 5..<8 {
          let year7 = path.withoutHousing[area][0][year + 1]
          #expect(year7 >= 0)
          if year7 == 0 { empty += 1 }
          expectClose(
            draws.figures(year: year, row: draws.rows.cell(area: area, group: 0))[draw - 1],
            path.pupils[area][0][year + 1])
        }
      }
    }
    #expect(empty > 0, "no draw reaches the bound")
  }

  /// With intake, survival and births shocked alone the mean is exactly the central path at every lead; transfer is left out
  /// since rescaling keeps the pupils of a primary area, not the mean of a secondary one.
  @Test("the mean of the draws is the central path, within five standard errors")
  func means() throws {
    var made = try correlated()
    made.spread.transfer = 0
    made.hasSites = false
    let ensemble = Ensemble(draws: 8_000, seed: 3)
    let (summary, draws) = try ensemble.drawAll(made.input)
    for year in 0..<made.years {
      for row in 0..<draws.rows.count {
        let (mean, central) = (summary.mean(year: year, row: row), summary.central(year: year, row: row))
        let variance =
          draws.figures(year: year, row: row).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 8_000
        #expect(
          abs(mean - central) <= 5 * (variance / 8_000).squareRoot() + 1e-9, "row \(row), year \(year)")
        #expect(abs(summary.quantiles(year: year, row: row)[3] - central) < 0.1 * central)
      }
    }
  }

  /// Standard errors of a variance from 8,000 draws are 1.6 in 100 of it.
  @Test("the spread of each source is what was asked for")
  func spreads() throws {
    let ensemble = Ensemble(draws: 8_000, seed: 11)
    func logVariance(_ spread: EnsembleSpread, year: Int, area: Int, group: Int) throws -> Double {
      let (summary, draws) = try ensemble.drawAll(MadeUpEnsemble(spread: spread, hasSites: false).input)
      let row = draws.rows.cell(area: area, group: group)
      let logs = draws.figures(year: year, row: row).map { log($0 / summary.central(year: year, row: row)) }
      let mean = logs.reduce(0, +) / 8_000
      return logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 8_000
    }
    func expectVariance(
      _ spread: EnsembleSpread, year: Int = 0, area: Int = 1, group: Int = 0, _ wanted: Double
    ) throws {
      let found = try logVariance(spread, year: year, area: area, group: group)
      #expect(abs(found - wanted) <= 0.08 * wanted + 1e-20, "\(spread): \(found), wanted \(wanted)")
    }
    try expectVariance(EnsembleSpread(intakeArea: 0.04), 0.0016)
    try expectVariance(EnsembleSpread(intakeArea: 0.04), year: 3, 4 * 0.0016)
    try expectVariance(EnsembleSpread(intakeCounty: 0.02), year: 1, 2 * 0.0004)
    try expectVariance(EnsembleSpread(births: 0.03), year: 1, 0)
    // Two months are not counted, then two months and two years, whose deviation grows with the years to the power 0.7.
    try expectVariance(EnsembleSpread(births: 0.03), year: 2, 0.0009 / 36)
    try expectVariance(EnsembleSpread(births: 0.03), year: 4, 0.0009 * pow(13.0 / 6, 1.4))
    try expectVariance(EnsembleSpread(survivalCounty: 0.01), group: 3, 0.0001)
    try expectVariance(EnsembleSpread(survivalFloor: 0.0025), year: 1, group: 3, 2 * 0.0025)
    let cohort = MadeUpEnsemble().input.baseRolls[6][2]
    try expectVariance(EnsembleSpread(survivalSampling: 0.5), area: 6, group: 3, 0.5 / cohort)
  }

  @Test("births not counted move every area alike")
  func births() throws {
    let made = MadeUpEnsemble(spread: EnsembleSpread(births: 0.03), hasSites: false)
    let (summary, draws) = try Ensemble(draws: 200, seed: 5).drawAll(made.input)
    let shares = (0..<3).map { area in
      let row = draws.rows.cell(area: area, group: 0)
      return draws.figures(year: 4, row: row).map { $0 / summary.central(year: 4, row: row) }
    }
    for other in shares.dropFirst() {
      for (one, two) in zip(shares[0], other) { expectClose(one, two) }
    }
    #expect(shares[0].contains { abs($0 - 1) > 0.02 })
  }

  @Test("correlated areas move together as asked")
  func correlation() throws {
    var made = try correlated()
    made.hasSites = false
    made.spread.intakeCounty = 0
    made.spread.births = 0
    let (_, draws) = try Ensemble(draws: 8_000, seed: 4).drawAll(made.input)
    let logs = (0..<3).map { area in
      draws.figures(year: 3, row: draws.rows.cell(area: area, group: 0)).map { log($0) }
    }
    let means = logs.map { $0.reduce(0, +) / 8_000 }
    func covariance(_ a: Int, _ b: Int) -> Double {
      zip(logs[a], logs[b]).reduce(0) { $0 + ($1.0 - means[a]) * ($1.1 - means[b]) } / 8_000
    }
    for (a, b, wanted) in [(0, 1, 0.6), (1, 2, 0.6), (0, 2, 0.36)] {
      let found = covariance(a, b) / (covariance(a, a) * covariance(b, b)).squareRoot()
      expectClose(found, wanted, within: 0.04)
    }
  }

  @Test("totals are sums of their year groups, draw by draw")
  func totals() throws {
    let (_, draws) = try small.drawAll(MadeUpEnsemble().input)
    func figure(_ row: Int) -> Double { draws.figures(year: 5, row: row)[299] }
    let rows = draws.rows
    func sum(_ areas: Range<Int>, _ groups: Range<Int>) -> Double {
      areas.reduce(0) { sum, area in groups.reduce(sum) { $0 + figure(rows.cell(area: area, group: $1)) } }
    }
    let (primary, secondary) = (rows.totals(area: 2), rows.totals(area: 6))
    #expect(primary.count == 1 && secondary.count == 2, "a secondary area has its sixth form apart")
    expectClose(figure(primary.lowerBound), sum(2..<3, 0..<7))
    expectClose(figure(secondary.lowerBound), sum(6..<7, 0..<5))
    expectClose(figure(secondary.lowerBound + 1), sum(6..<7, 5..<7))
    expectClose(figure(rows.authority(.year7)), sum(5..<8, 0..<1))
    expectClose(figure(rows.authority(.primary)), sum(0..<5, 0..<7))
    expectClose(figure(rows.authority(.sixthForm)), sum(5..<8, 5..<7))
  }

  @Test("arrays that do not fit together are refused")
  func refused() throws {
    var changes: [(inout EnsembleInput) throws -> Void] = []
    changes.append { $0.primary.removeLast() }
    changes.append { $0.intake[1].removeLast() }
    changes.append { $0.imports = [] }
    changes.append { $0.uncountedBirths.removeLast() }
    changes.append { $0.uncountedBirths[0] = 1.5 }
    changes.append { $0.transferShares[0][0] = -0.1 }
    changes.append { $0.secondary[1] = "P1" }
    changes.append { $0.sites[0].secondaryArea = 3 }
    changes.append { $0.sites[0].variants[0].probability = 0.6 }
    changes.append { $0.spread.births = .nan }
    changes.append { $0.spread.primaryCorrelation = try fadingCorrelation(["P1", "P2", "P3", "P5", "P4"]) }
    for change in changes {
      var input = MadeUpEnsemble().input
      try change(&input)
      #expect(throws: EnsembleRefusal.self) { try small.summarise(input) }
      #expect(throws: EnsembleRefusal.self) { try small.explain(input, draw: 1) }
    }
  }
}
