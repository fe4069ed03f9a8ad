import Papers
import Runs
import Testing

/// A model without sites for new homes has nothing to say of them.
@Suite struct NoHomesTests {
  @Test func `ranges and limits speak of homes only where there are some`() throws {
    let (island, county) = (try SharedRun.island.get().papers, try SharedRun.county.get().papers)
    func says(_ text: String, _ paper: Paper) -> Bool { words(of: paper).contains { $0.contains(text) } }
    #expect(says("births, the share who come and pupils who move all turn out differently.", island[1]))
    #expect(
      says("births, the share who come, pupils who move, and new homes all turn out differently.", county[1]))
    for number in 0...1 {
      #expect(says("of how uncertain births and moves are.", island[number]))
      #expect(says("of how uncertain births, moves and homes are.", county[number]))
      #expect(!says("Pupil yield", island[number]) && says("Pupil yield", county[number]))
      #expect(!says("New homes make", island[number]))
    }
  }

  /// The heading over the one sentence and an assumption's title are left.
  @Test func `without sites nothing is said of figures with and without homes`() throws {
    let said = try SharedRun.island.get().papers.map { paper in
      words(of: paper).filter { $0.lowercased().contains("new home") }
    }
    #expect(said[0].isEmpty)
    #expect(said[1] == ["New homes", "An area's pupils per new home"])
    let outlook = try SharedRun.island.get().papers[0].table("outlook-P1")
    #expect(
      outlook.columns.map(\.name) == [
        "academic_year", "district_births", "pupils", "places", "need", "need_fe",
      ])
    #expect(outlook.rows.allSatisfy { $0.count == 6 })
    let area = try SharedRun.island.get().papers[1].table("area-table-P1")
    #expect(area.rows.allSatisfy { $0.count == area.columns.count })
    #expect(!area.columns.map(\.name).contains("in_homes"))
  }
}
