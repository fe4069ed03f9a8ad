import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Testing

@testable import Scenarios

@Suite struct CaseFiguresTests {
  /// Sections 6 to 10 of the town's README.
  @Test func `the town's headlines, worked by hand`() throws {
    let town = try Repository.model("exampleton")
    let pupils = try project(town)
    let figures = CaseFigures(town, pupils, compare(pupils, with: town), nil)
    let wanted: [(Headline, Double?, String?)] = [
      (.reception, 115.9, nil), (.pupilsPrimary, 796.9, nil), (.year7, 103, nil),
      (.pupilsSecondary, 515, nil),
      (.pupilsSixthForm, 87, nil), (.needPrimary, 95.745, nil), (.needSecondary, 12, nil),
      (.sparePrimary, 15, nil), (.spareSecondary, 27, nil),
      (.worstPrimary, 0.33, "South, 2020/21"), (.worstSecondary, 0.1, "Castle, 2022/23"),
      (.firstShortPrimary, nil, nil), (.firstShortSecondary, nil, nil), (.areasShortPrimary, 0, nil),
      (.areasShortSecondary, 0, nil), (.worstAfterPlanned, nil, nil),
    ]
    for (headline, value, note) in wanted {
      let figure = try #require(figures.figures[headline])
      if let value {
        expectClose(figure.value, value, headline.rawValue)
      } else {
        #expect(figure.value == nil)
      }
      #expect(figure.note == note, "\(headline.rawValue)")
    }
    #expect(figures.figures.count == wanted.count)
    #expect(figures.areas.map(\.code) == ["P1", "P2", "S1", "S2"])
    #expect(figures.areas[3].worst == 0 && figures.areas[3].worstYear == nil)
    expectClose(figures.areas[0].worst, 0.2265)
    #expect(figures.areas[0].worstYear == 2022)
  }

  /// Counted anew, draw by draw, from the draws themselves.
  @Test func `chances and expected need are those of the draws`() throws {
    let county = try Repository.model("gloucestershire")
    let pupils = try project(county)
    let draws = try simulateKeepingDraws(county, pupils, draws: 60, seed: 3).draws
    let figures = CaseFigures(county, pupils, compare(pupils, with: county), draws)
    let last = try #require(draws.projectedYears.last)
    for phase in AreaPhase.allCases {
      let margin = 1 + (county.operatingMargin[phase] ?? 0)
      var (expected, areasShort, best) = (0.0, 0.0, 0.0)
      for area in county.areas(phase) {
        var short = 0
        for draw in 0..<60 {
          for group in phase.plannedYearGroups {
            let need =
              try #require(draws[area.code, group, last])[draw] * margin
              - (county.capacity.places(area.code, group, last) ?? 0)
            expected += max(0, need) / 60
          }
          let isShort = try draws.projectedYears.contains { year in
            try #require(draws[area.code, phase.entryYearGroup, year])[draw] * margin
              - (county.capacity.places(area.code, phase.entryYearGroup, year) ?? 0) >= 30
          }
          if isShort { short += 1 }
        }
        areasShort += Double(short) / 60
        best = max(best, Double(short) / 60)
      }
      let isPrimary = phase == .primary
      expectClose(
        figures.figures[isPrimary ? .expectedNeedPrimary : .expectedNeedSecondary]?.value, expected,
        within: 1e-6)
      expectClose(
        figures.figures[isPrimary ? .expectedAreasShortPrimary : .expectedAreasShortSecondary]?.value,
        areasShort,
        within: 1e-9)
      expectClose(
        figures.figures[isPrimary ? .chanceShortPrimary : .chanceShortSecondary]?.value, best, within: 1e-12)
    }
  }

  /// Cheltenham's school is published for 2019/20; in the year before it was not to help.
  @Test func `what a planned answer leaves counts from the year in which it was due`() throws {
    let county = try Repository.model("gloucestershire")
    let pupils = try project(county)
    let area = try #require(county.areas.first { $0.code.text == "9162500" })
    let rows = outlook(area, pupils, county).rows
    let due = rows.filter { $0.year.start >= 2019 }.reduce(0) { max($0, $1.needAfterPlanned / 30) }
    let figure = CaseFigures(county, pupils, compare(pupils, with: county), nil).figures[.worstAfterPlanned]
    expectClose(figure?.value, due)
    #expect(rows.contains { $0.year.start == 2018 && $0.needAfterPlanned / 30 > due })
  }

  @Test func `headlines of a stage`() {
    #expect(Headline.of(.compare, hasDraws: false).count == 16)
    #expect(Headline.of(.compare, hasDraws: true).count == 22)
    #expect(Headline.of(.prioritise, hasDraws: true) == Headline.allCases)
    for headline in Headline.allCases { #expect(!headline.title.isEmpty && !headline.unit.isEmpty) }
    // Chances are those of any year, and stand beside figures of one year.
    for headline in [Headline.chanceShortPrimary, .chanceShortSecondary, .expectedAreasShortPrimary] {
      #expect(headline.title.hasSuffix("in some year"))
    }
  }

  @Test func `areas are matched by code, and one that a case does not have is left out`() throws {
    let cases = try ["exampleton", "sampleford"].map { name in
      let town = try Repository.model(name)
      let pupils = try project(town)
      return CaseComparison.Case(
        name: name, figures: CaseFigures(town, pupils, compare(pupils, with: town), nil))
    }
    for order in [cases, Array(cases.reversed())] {
      let found = CaseComparison(order, headlines: [.reception]).areas
      let shared = Set(order[0].figures.areas.map(\.code)).intersection(order[1].figures.areas.map(\.code))
      #expect(Set(found.compactMap { $0.figures.first?.code }) == shared)
      #expect(found.allSatisfy { $0.figures.count == 2 && $0.figures[0].code == $0.figures[1].code })
    }
  }

  @Test func `a comparison says what moves, and by how much`() throws {
    let cases = try ["central", "late-homes", "late-and-few"].map { scenario in
      let town = try Repository.model("exampleton", scenario: scenario)
      let pupils = try project(town)
      return CaseComparison.Case(
        name: scenario, figures: CaseFigures(town, pupils, compare(pupils, with: town), nil))
    }
    // Section 13: a year late, the homes bring as many pupils by 2023/24. Only Castle's worst year is a year later.
    let late = CaseComparison(Array(cases.prefix(2)), headlines: Headline.of(.compare, hasDraws: false))
    #expect(late.rows.filter(\.moves).map(\.headline) == [.worstSecondary])
    let worst = try #require(late.rows.first { $0.headline == .worstSecondary })
    expectClose(worst.change(1), 0)
    #expect(worst.figures.map(\.note) == ["Castle, 2022/23", "Castle, 2023/24"])
    #expect(late.movedAreas.isEmpty)
    // And a tenth fewer births: 70.46 + 34.2 in Reception, beside 115.9.
    let few = CaseComparison(cases, headlines: Headline.of(.compare, hasDraws: false))
    let reception = try #require(few.rows.first { $0.headline == .reception })
    expectClose(reception.change(2), 70.46 + 34.2 - 115.9)
    expectClose(reception.change(1), 0)
    let first = try #require(few.rows.first { $0.headline == .firstShortPrimary })
    #expect(first.change(1) == nil && !first.moves)
    // North's worst is 6.795 places in the first two cases and the 5.52 of 2018/19 in the third: less than a twentieth of a form.
    #expect(few.movedAreas.isEmpty)
    expectClose(few.areas[0].largestChange, (6.795 - 5.52) / 30)
  }
}
