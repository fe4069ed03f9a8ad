import PlacePlanning
import Projection
import TestSupport
import Testing

/// Control totals: met by the central path and by every draw, booked in every ledger, and without effect on the past.
struct HeldProjectionLawTests {
  /// Whatever was published for random areas: a year group, all areas of a phase, all year groups beside them, a whole phase.
  private func plan(_ seed: UInt64, _ primary: [String], _ secondary: [String], first: Int, years: Int)
    -> ControlPlan
  {
    var random = SeededGenerator(seed: seed)
    var totals: [AcademicYear: [Phase: ControlPlan.Totals]] = [:]
    for year in first..<first + years where Bool.random(using: &random) {
      for phase in Phase.allCases {
        let codes = (phase == .primary ? primary : secondary).map(PlanningAreaCode.init)
        let size = Double.random(in: 50...150, using: &random)
        let areas = Dictionary(
          uniqueKeysWithValues: codes.map { ($0, size * .random(in: 3...9, using: &random)) })
        let all = areas.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
        let groups = Dictionary(
          uniqueKeysWithValues: phase.yearGroups.map { ($0, all / Double(phase.yearGroups.count)) })
        totals[AcademicYear(year), default: [:]][phase] =
          switch Int.random(in: 0...4, using: &random) {
          case 0: .init(yearGroups: [phase.entryYearGroup: size])
          case 1: .init(areas: areas)
          case 2: .init(yearGroups: groups, areas: areas)
          case 3: .init(whole: all)
          default: .init(yearGroups: groups, whole: all)
          }
      }
    }
    return ControlPlan(totals: totals)
  }

  /// The largest miss of any total. **Units** pupils.
  private func worstMiss(
    _ plan: ControlPlan, _ codes: (Phase) -> [PlanningAreaCode],
    _ roll: (PlanningAreaCode, YearGroup, AcademicYear) -> Double
  ) -> Double {
    var worst = 0.0
    for (year, phases) in plan.totals {
      for (phase, totals) in phases {
        for (group, total) in totals.yearGroups {
          worst = max(worst, abs(codes(phase).reduce(0) { $0 + roll($1, group, year) } - total))
        }
        for (area, total) in totals.areas {
          worst = max(worst, abs(phase.yearGroups.reduce(0) { $0 + roll(area, $1, year) } - total))
        }
        if let whole = totals.whole {
          let sum = codes(phase).reduce(0) { sum, area in
            phase.yearGroups.reduce(sum) { $0 + roll(area, $1, year) }
          }
          worst = max(worst, abs(sum - whole))
        }
      }
    }
    return worst
  }

  @Test(
    "the central path meets them, its books close, and nothing before them moves", arguments: seeds.prefix(20)
  )
  func central(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    authority.tables = authority.tables.mapValues { table in
      var table = table
      for year in table.years {
        for group in YearGroup.all where table[year, group] == 0 { table[year, group] = 1 }
      }
      return table
    }
    let free = try project(authority.model)
    let (primary, secondary) = (authority.areas(.primary), authority.areas(.secondary))
    authority.control = plan(
      seed, primary.map(\.code.text), secondary.map(\.code.text), first: 2018, years: authority.horizonYears)
    let held = try project(authority.model)
    let miss = worstMiss(
      authority.control, { ($0 == .primary ? primary : secondary).map(\.code) },
      { held.central[$0, $1, $2] ?? .nan })
    #expect(miss <= 1e-6)
    #expect(held.ledger.worstResidual <= 1e-6)
    for entry in held.ledger.entries {
      #expect(abs(entry.residual) <= 1e-9 * max(1, entry.closing), "\(entry)")
    }
    let first = authority.control.totals.keys.min() ?? AcademicYear(2100)
    for area in authority.areas {
      for group in area.phase.yearGroups {
        for year in held.years where year < first {
          #expect(held.central[area.code, group, year] == free.central[area.code, group, year])
        }
        for year in held.years {
          let (with, without) = (
            held.central[area.code, group, year] ?? .nan,
            held.centralWithoutHousing[area.code, group, year] ?? .nan
          )
          #expect(without >= 0 && with >= without - 1e-9)
        }
      }
    }
  }

  @Test("every draw meets them and closes its books; threads change no bit", arguments: [1, 2, 3])
  func draws(seed: UInt64) throws {
    var made = MadeUpEnsemble()
    made.spread.primaryCorrelation = try fadingCorrelation(made.primary)
    let control = plan(seed, made.primary, made.secondary, first: 2018, years: made.years)
    try #require(!control.isEmpty)
    let input = made.input.held(to: control)
    let ensemble = Ensemble(draws: 300, seed: 7)
    let (summary, draws) = try ensemble.drawAll(input)
    let areas = made.primary + made.secondary
    func roll(_ draw: Int, _ area: PlanningAreaCode, _ group: YearGroup, _ year: AcademicYear) -> Double {
      guard let index = areas.firstIndex(of: area.text) else { return .nan }
      let row = draws.rows.cell(
        area: index, group: index < made.primary.count ? group.number : group.number - 7)
      return draw == 0
        ? summary.central(year: year.start - 2018, row: row)
        : draws.figures(year: year.start - 2018, row: row)[draw - 1]
    }
    func codes(_ phase: Phase) -> [PlanningAreaCode] {
      (phase == .primary ? made.primary : made.secondary).map(PlanningAreaCode.init)
    }
    for draw in [0, 1, 2, 150, 256, 257, 300] {
      let path = try ensemble.explain(input, draw: draw)
      #expect(worstMiss(control, codes) { roll(draw, $0, $1, $2) } <= 1e-6)
      for entry in path.ledger.entries { #expect(abs(entry.residual) <= 1e-9, "\(entry)") }
      #expect(path.ledger.entries.contains { $0.control != 0 })
      for year in 0..<made.years {
        for area in areas.indices {
          for group in 0..<7 {
            let number = area < made.primary.count ? group : group + 7
            let found = roll(
              draw, PlanningAreaCode(areas[area]), try #require(YearGroup(number: number)),
              AcademicYear(2018 + year))
            expectClose(found, path.pupils[area][group][year + 1], within: 1e-6)
          }
        }
      }
    }
    let again = try Ensemble(draws: 300, seed: 7, threads: 1).summarise(input)
    #expect(again.means == summary.means && again.quantiles == summary.quantiles)
    let more = try Ensemble(draws: 600, seed: 7).drawAll(input).draws
    #expect(more.figures(year: 2, row: 3)[299] == draws.figures(year: 2, row: 3)[299])
    // Totals of the authority are as certain as what was published.
    for (year, phases) in control.totals {
      guard let whole = phases[.primary]?.whole else { continue }
      let row = summary.rows.authority(Phase.primary)
      let range = summary.quantiles(year: year.start - 2018, row: row)
      expectClose(range[0], whole, within: 1e-6)
      expectClose(range[6], whole, within: 1e-6)
    }
  }
}
