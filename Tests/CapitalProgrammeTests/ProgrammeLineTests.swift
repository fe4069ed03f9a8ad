import PlacePlanning
import Projection
import TestSupport
import Testing

@testable import CapitalProgramme

/// The town's chosen programme line by line, worked in Models/exampleton/README.md, section 14.
@Suite struct ProgrammeLineTests {
  private func chosen(scenario: String = "central") throws -> ChosenProgramme {
    let model = try Repository.model("exampleton", scenario: scenario)
    let plan = try #require(model.capital)
    let problem = ProgrammeProblem(
      plan, cells: needCells(model, plan, try project(model), nil), sites: model.housing.sites)
    return try #require(prioritise(problem).chosen)
  }

  @Test func `committed schemes come first, then those that keep most away`() throws {
    let lines = try chosen().lines
    #expect(lines.map(\.scheme.key) == ["north", "boiler", "south"])
    #expect(lines.map(\.start.label) == ["2018/19", "2018/19", "2019/20"])
    #expect(lines.map { $0.opening?.label } == ["2019/20", nil, "2020/21"])
    #expect(lines.map(\.cost) == [1_200_000, 100_000, 600_000])
    for (line, wanted) in zip(lines, [90.585, 0, 111.6]) { expectClose(line.unmetWithoutIt, wanted) }
    #expect(lines[0].funding[.grant] == 1_000_000 && lines[0].funding[.section106] == 200_000)
    #expect(lines[1].funding[.schoolContribution] == 40_000 && lines[1].funding[.grant] == 60_000)
    #expect(lines[2].funding[.internalBorrowing] == 300_000 && lines[2].funding[.grant] == 300_000)
  }

  /// To wait a year with `north` lacks 36,000: it costs 3% more, and `south` takes all other money.
  @Test func `with late homes North starts at once, and South gets its extra class`() throws {
    let chosen = try chosen(scenario: "late-homes")
    let lines = chosen.lines
    #expect(lines.map(\.scheme.key) == ["north", "boiler", "south_bulge"])
    #expect(lines.map(\.start.label) == ["2018/19", "2018/19", "2020/21"])
    for (line, wanted) in zip(lines, [79.98, 0, 45.9]) { expectClose(line.unmetWithoutIt, wanted) }
    expectClose(chosen.unmetPlaceYears.without, 332.31)
    expectClose(chosen.unmetPlaceYears.with, 206.43)
    #expect(chosen.cost == 1_390_000)
    #expect(chosen.paid(.internalBorrowing) == 200_000)
    let money = chosen.sums(.section106)
    #expect(money.repaid == 195_000)

    let plan = try #require(try Repository.model("exampleton", scenario: "late-homes").capital)
    let north = try #require(plan.schemes.first { $0.key == "north" })
    let waiting = plan.spending(north, startingIn: FinancialYear(2019))
    #expect(waiting == [309_000, 927_000])
    let grant = try #require(plan.pots.first { $0.key == "north_grant" }).received.values.reduce(0, +)
    #expect(waiting.reduce(0, +) - grant - 200_000 == 36_000)
  }

  @Test func `sources by year and in all`() throws {
    let chosen = try chosen()
    #expect(chosen.cost == 1_900_000)
    #expect(FundingSource.allCases.map { chosen.paid($0) } == [1_360_000, 200_000, 40_000, 300_000])
    let byYear = [FundingSource.grant, .section106, .internalBorrowing].map { source in
      chosen.problem.years.indices.map { chosen.paid(source, in: $0) }
    }
    #expect(
      byYear == [
        [360_000, 700_000, 300_000, 0, 0, 0], [0, 200_000, 0, 0, 0, 0], [0, 300_000, 0, 0, 0, 0],
      ])
    let grant = chosen.sums(.grant)
    #expect(grant == SourceSums(received: 1_360_000, paid: 1_360_000, repaid: 0, returned: 0))
    #expect(grant.left == 0)
  }

  @Test func `unmet places with and without the programme`() throws {
    let unmet = try chosen().unmetPlaceYears
    expectClose(unmet.without, 366.835)
    expectClose(unmet.with, 164.65)
  }

  @Test func `missing places by area add up, those of areas without any among them`() throws {
    let chosen = try chosen()
    let (areas, others) = chosen.missingByArea
    let years = Double(chosen.problem.years.count)
    expectClose(areas.reduce(others.with) { $0 + $1.with } * years, 164.65)
    expectClose(areas.reduce(others.without) { $0 + $1.without } * years, 366.835)
    #expect(areas.count + others.areas == 4)
    #expect(zip(areas, areas.dropFirst()).allSatisfy { $0.with >= $1.with })
  }

  @Test func `money by how sure it is`() throws {
    let chosen = try chosen()
    for source in FundingSource.allCases {
      let sums = chosen.sums(source)
      let parts = EvidenceMark.allCases.map { chosen.sums(source, marked: [$0]) }
      #expect(sums.received == parts.reduce(0) { $0 + $1.received })
      #expect(sums.repaid == parts.reduce(0) { $0 + $1.repaid })
      #expect(sums.paid == (source == .internalBorrowing ? 0 : chosen.paid(source)))
      #expect(
        chosen.sums(source, marked: [.given, .derived]).used == 0, "all of the town's money is assumed")
    }
  }

  /// South opens last, in September 2020: its places count in four of the six years.
  @Test func `what opens last, and how long it counts`() throws {
    let last = try #require(try chosen().lastToOpen)
    #expect(last.opening == AcademicYear(2020) && last.schemes == 1)
    #expect(last.cost == 600_000 && last.yearsCounted == 4)
  }

  @Test func `approved schemes beside what becomes of them`() throws {
    let chosen = try chosen()
    func line(_ name: String, _ grant: Int, _ section106: Int, _ school: Int) -> ApprovedProgramme.Line {
      func money(_ pounds: Int) -> Money { Money(pounds: pounds, priceBase: .cash) }
      return ApprovedProgramme.Line(
        scheme: ApprovedScheme(
          name: name, budget: money(grant + section106 + school),
          funding: [
            .grant: money(grant), .section106: money(section106), .schoolContribution: money(school),
          ]))
    }
    let boiler = line("Castle School boiler", 60_000, 0, 40_000)
    let approved = ApprovedProgramme(
      lines: [boiler, line("North Primary expansion", 1_200_000, 0, 0)], pressures: [])
    let changes = chosen.approvedSchemes(in: approved)
    #expect(changes.map(\.scheme.key) == ["boiler", "north"])
    #expect(changes.map(\.isUnchanged) == [true, false])
    #expect(changes[1].moneyChanges && !changes[1].startChanges && changes[1].approvedCost == 1_200_000)
    let fewer = chosen.approvedSchemes(in: ApprovedProgramme(lines: [boiler], pressures: []))
    #expect(
      fewer[1].approvedCost == nil && fewer[1].isUnchanged, "what is not published is not said to change")
  }

  @Test func `what the programme means for one area`() throws {
    let chosen = try chosen()
    let south = chosen.figures(in: PlanningAreaCode("P2"))
    #expect(south.openings == [AcademicYear(2020)] && south.cost == 600_000)
    expectClose(south.unmet, 0)
    #expect(chosen.figures(in: PlanningAreaCode("S1")).openings.isEmpty, "a boiler opens nothing")
  }

  @Test func `the other option is left out because of the one that is chosen`() throws {
    let chosen = try chosen()
    let south = try #require(chosen.lines.first { $0.scheme.key == "south" })
    #expect(chosen.leftOut.map(\.scheme.key) == ["south_bulge"])
    #expect(chosen.leftOut.first?.reason == .otherOption(south.scheme.name))
    expectClose(chosen.leftOut.first?.wouldMeet ?? .nan, 0)
  }
}
