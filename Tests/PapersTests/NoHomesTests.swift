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

  /// The site has 100 homes. Without them the money of its agreement would not come.
  private func townWith(_ change: Change) throws -> [Paper] {
    try papers([
      change,
      (file: "Models/exampleton/model.yaml", text: "  section_106: exampleton-section-106\n", new: ""),
      (
        file: "Datasets/exampleton-pot-receipts/data.csv", text: "general,2018/19,60",
        new: "general,2018/19,260"
      ),
    ])
  }

  @Test func `where no home is finished, none is said to bring pupils`() throws {
    let title = "title: Homes finished a year, as a multiple of those planned\n  unit: ratio\n  value: "
    let both = try townWith(
      (file: "Models/exampleton/assumptions/all.yaml", text: title + "1", new: title + "0"))
    let (capital, demographic) = (prose(of: both[0]), prose(of: both[1]))
    #expect(
      capital.contains {
        $0.contains(
          "1 housing site with 100 homes is included; none of these is expected to be finished by 2023/24.")
      })
    #expect(
      demographic.contains {
        $0.contains(
          "1 large site with 100 homes is in the model; none of these is expected to be finished by")
      })
    #expect(
      demographic.contains { $0.hasPrefix("New homes account for no pupils of all year groups in 2023/24. ") }
    )
    for said in [capital, demographic] {
      #expect(
        !said.contains { $0.contains("Without new homes") || $0.contains("those in new homes among them") })
    }
  }

  @Test func `one home is one`() throws {
    let both = try townWith(
      (file: "Datasets/exampleton-housing-sites/data.csv", text: "house,100,", new: "house,1,"))
    let said = both.flatMap(prose(of:))
    #expect(
      said.contains { $0.contains("1 housing site with 1 home is included; 1 of these is expected to be") })
    #expect(
      said.contains { $0.contains("1 large site with 1 home is in the model; 1 of these is expected to be") })
    #expect(
      said.contains {
        $0.hasPrefix("New homes account for less than one pupil of all year groups in 2023/24. ")
      })
    #expect(!said.contains { $0.contains("1 homes") || $0.contains("1 of these are") })
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
