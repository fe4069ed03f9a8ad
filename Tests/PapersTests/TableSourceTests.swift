import Papers
import PlacePlanning
import Runs
import Testing

/// Tables name every data set that they rest on.
@Suite struct TableSourceTests {
  private func sources(_ run: PlanningRun, _ paper: Int, _ table: String) throws -> [String] {
    try run.papers[paper].table(table).footnote.sources
  }

  private func titles(_ run: PlanningRun, _ roles: String...) -> [String] {
    roles.compactMap { run.content.model.datasets[$0]?.title }
  }

  @Test(arguments: ["chosen", "left-out", "rivals-table-1"])
  func `places made good rest on pupils and places as well as on money`(table: String) throws {
    let town = try SharedRun.town.get()
    let named = try sources(town, 0, table)
    let wanted = titles(
      town, "area_rolls", "births", "pupil_yields", "transfer_shares", "places", "capacity_changes",
      "schemes",
      "funding_pots")
    #expect(wanted.count == 8 && wanted.allSatisfy(named.contains))
  }

  @Test func `pupils rest on homes, on moves to secondary schools and on women by age`() throws {
    let town = try SharedRun.town.get()
    let (homes, moves) = (titles(town, "housing_sites", "pupil_yields"), titles(town, "transfer_shares"))
    #expect(homes.count == 2 && moves.count == 1)
    for table in ["county", "intake-table-0", "sufficiency"] {
      let named = try sources(town, 1, table)
      #expect(homes.allSatisfy(named.contains))
      #expect(moves.allSatisfy(named.contains) == (table != "intake-table-0"))
    }
    let other = try changedRun(of: "sampleford")
    let births = titles(other, "women_by_age", "control_totals")
    let named = try sources(other, 1, "county")
    #expect(births.count == 2 && births.allSatisfy(named.contains))
  }
}
