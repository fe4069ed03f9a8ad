import Papers
import Runs
import Testing

/// Papers of models with one area of a phase, without schemes, or whose data sets say by themselves that they are invented.
@Suite struct SmallModelTests {
  /// 3 children in Reception, then 12 and 46, then 3 again.
  @Test func `what ends where it began does not stay there`() throws {
    for paper in try SharedRun.island.get().papers {
      let said = prose(of: paper)
      #expect(
        said.contains(
          "From 2017/18 to 2023/24 Reception begins and ends at 3, and is highest in 2020/21, at 46."))
      #expect(!said.contains { $0.hasPrefix("Reception stays") })
      #expect(said.contains { $0.hasPrefix("Year 7 stays at 3 pupils between 2017/18 and 2023/24.") })
    }
    let demographic = prose(of: try SharedRun.island.get().papers[1])
    // The table says that there is no range.
    #expect(!demographic.contains { $0.contains("between 3 and 3") })
    #expect(demographic.contains("The middle path stays at 3."))
  }

  @Test func `a figure of one area is one chart`() throws {
    let charts = try SharedRun.island.get().papers[1].figures.filter { $0.id.hasPrefix("areas-chart") }
    #expect(
      charts.map(\.alternative) == [
        "Small line chart of Island, from 2018/19 to 2023/24. On the middle path pupils go above places, but not in 2023/24.",
        "Small line chart of Harbour, from 2018/19 to 2023/24. On the middle path pupils do not go above places. "
          + "The shaded range goes above places.",
      ])
    let county = try SharedRun.county.get().papers[1].figures.map(\.alternative)
    #expect(
      county.contains {
        $0.hasSuffix("Above only before 2027/28: Longhope. In 16 more the shaded range goes above places.")
      })
  }

  @Test func `without schemes no paper leads to what they would do or cost, or explains money`() throws {
    let (island, town) = (try SharedRun.island.get().papers, try SharedRun.town.get().papers)
    func says(_ text: String, _ paper: Paper) -> Bool {
      (words(of: paper) + paper.header.map(\.text)).contains { $0.contains(text) }
    }
    for text in ["What schemes could do", "The capital paper says what schemes would cost."] {
      #expect(!says(text, island[1]) && says(text, town[1]))
    }
    for text in [
      "Places that the plan has yet to build", "Minimum revenue provision (MRP)", "Cost to the authority",
    ] {
      #expect(!says(text, island[0]) && says(text, town[0]))
    }
    // The town has no draws.
    #expect(says("Possible futures", island[1]) && !says("Possible futures", town[0]))
  }

  @Test func `words stand by the alphabet`() throws {
    for run in [SharedRun.town, SharedRun.county, SharedRun.island] {
      for paper in try run.get().papers {
        let blocks = try #require(paper.sections.first { $0.id == "glossary" }).blocks
        guard case .definitions(let terms)? = blocks.first else {
          Issue.record("no terms")
          continue
        }
        #expect(terms.map(\.term) == terms.map(\.term).sorted())
      }
    }
  }

  @Test
  func `that a data set is invented is said once, and rolls of areas are named as what was forecast from`()
    throws
  {
    let paper = try SharedRun.island.get().papers[1]
    let datasets = try paper.table("datasets")
    #expect(datasets.rows.first?.first?.stored == "Rolls by planning area, Loneham (synthetic)")
    let past = try paper.table("past-table")
    #expect(past.footnote.sources.contains("Rolls by planning area, Loneham (synthetic)"))
  }

  /// 38 pupils and a margin of 5% want 39.9 places: it is a share of pupils.
  @Test func `what is kept free is a share of pupils`() throws {
    let said = try SharedRun.town.get().papers.flatMap(words(of:))
    #expect(
      said.contains {
        $0.contains("Places are to be kept free, 5 for every 100 primary pupils: what is lacking")
      })
    #expect(said.contains { $0.contains("or 0.3 FE, with 5 kept free for every 100 pupils.") })
    #expect(!said.contains { $0.contains("secondary places are to be kept free") })
  }

  @Test func `money that has one use is named once`() throws {
    let said = try SharedRun.town.get().papers.flatMap(words(of:))
    #expect(said.contains("All £200,000 of section 106 money pays for schemes."))
  }
}
