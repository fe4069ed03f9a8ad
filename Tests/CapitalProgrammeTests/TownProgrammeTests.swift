import CapitalProgramme
import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Testing

/// The town's programme, worked in Models/exampleton/README.md.
@Suite struct TownProgrammeTests {
  private func programme(_ schemes: [ApprovedScheme]? = nil) throws -> ApprovedProgramme {
    let model = try Repository.model("exampleton")
    return reconcile(schemes ?? model.schemes, for: compare(try project(model), with: model))
  }

  private func scheme(_ name: String, _ funding: [FundingSource: Int]) -> ApprovedScheme {
    ApprovedScheme(
      name: name, budget: Money(pounds: funding.values.reduce(0, +), priceBase: .cash),
      funding: funding.mapValues { Money(pounds: $0, priceBase: .cash) })
  }

  @Test func `the order is the approved one, the pressures the largest first`() throws {
    let programme = try programme()
    #expect(programme.lines.map(\.scheme.name) == ["North Primary expansion", "Castle School boiler"])
    #expect(programme.pressures.map(\.area.code.text) == ["P2", "P1", "S1", "S2"])
    let peaks = programme.pressures.map { $0.peak?.forms.forms ?? -1 }
    for (found, wanted) in zip(peaks, [0.33, 0.2265, 0.1, 0]) { expectClose(found, wanted) }
    // The earliest of the years that share the largest gap.
    #expect(programme.pressures.map { $0.peak?.year.label } == ["2020/21", "2022/23", "2022/23", "2018/19"])
  }

  @Test func `money is summed by its source`() throws {
    let programme = try programme([
      scheme("a", [.grant: 100]), scheme("b", [.section106: 300]),
      scheme("c", [.grant: 150, .schoolContribution: 50]), scheme("d", [.internalBorrowing: 100]),
    ])
    #expect(programme.total(.grant) == 250)
    #expect(programme.total(.section106) == 300)
    #expect(programme.total(.schoolContribution) == 50)
    #expect(programme.total(.internalBorrowing) == 100)
    #expect(programme.total == 700)
    #expect(programme.budget == 700)
  }

  @Test func `no schemes, no money`() throws {
    let programme = try programme([])
    #expect(programme.total == 0)
    #expect(!programme.pressures.isEmpty)
  }
}
