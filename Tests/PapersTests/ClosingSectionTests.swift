import Foundation
import Papers
import PlacePlanning
import Runs
import Testing

/// How papers end: how they were checked, and where everything comes from.
@Suite struct ClosingSectionTests {
  @Test func `days stand in papers in one form`() throws {
    for paper in try SharedRun.county.get().papers {
      let said = words(of: paper)
      #expect(said.contains { $0.hasPrefix("S1. ") && $0.hasSuffix(" Retrieved 23 November 2026.") })
      #expect(!said.contains { $0.contains(/\b\d{4}-\d\d-\d\d\b/) })
      let datasets = try paper.table("datasets")
      let days = datasets.rows.compactMap(\.last)
      #expect(days.contains { $0.stored == "2026-11-23" && $0.shown == "23 November 2026" })
    }
  }

  /// Data sets and assumptions are given, derived or assumed one by one.
  @Test func `a table whose rows have marks has none as a whole`() throws {
    for paper in try SharedRun.county.get().papers {
      let tables = paper.tables.filter { ["datasets", "assumptions"].contains($0.id) }
      #expect(tables.count == 2)
      for table in tables {
        let mark = try #require(table.columns.firstIndex { $0.name == "mark" })
        #expect(Set(table.rows.map { $0[mark].shown }).count > 1)
        #expect(table.footnote.sentence.contains(". Each row has its own mark."))
        #expect(!table.footnote.sentence.contains("These figures are"))
      }
      let json = try paper.json()
      #expect(try Paper(json: json).json() == json)
    }
  }

  @Test func `thousands of an assumption are grouped unless it is a year`() throws {
    let rows = try SharedRun.county.get().papers.flatMap { try $0.table("assumptions").rows }
    func value(_ key: String) -> String? { rows.first { $0.last?.stored == key }?[1].shown }
    #expect(value("revenue.growth_fund.primary") == "1,925")
    #expect(value("revenue.growth_fund.secondary") == "2,683.33")
    #expect(value("revenue.net_revenue_stream") == "410,000,000")
    #expect(value("programme.discount_rate") == "0.035")
    #expect(value("housing.winneycroft.first_completions") == "2020")
  }

  /// Costs and delays of schemes move no pupil: the demographic paper asks about children, homes and places alone.
  @Test func `each paper asks about the weak assumptions that its figures rest on`() throws {
    let run = try SharedRun.county.get()
    let weak = run.input.model.assumptions.filter { $0.quality == .red && $0.impact == .red }
    let asked = try run.papers.map { paper -> [String] in
      let section = try #require(paper.sections.first { $0.id == "uncertain" })
      let lists = section.blocks.compactMap { block -> [String]? in
        if case .bullets(let items) = block { items } else { nil }
      }
      return try #require(lists.last)
    }
    #expect(asked[0] == weak.map(\.title))
    let ofSchemes = weak.filter { $0.key.hasPrefix("cost_factor.") || $0.key.hasPrefix("delivery.") }
    #expect(asked[1] == weak.filter { !ofSchemes.contains($0) }.map(\.title))
    #expect(asked[1].count == 9 && asked[0].count == 15)
  }

  /// The list of words stands many pages after the tables of the plan.
  @Test func `committed is explained where schemes are marked so, and in the list of words`() throws {
    let said =
      "Schemes marked “(committed)” must be in the plan, which chooses only when they start and who pays for them."
    func notes(_ paper: Paper) throws -> [Bool] {
      try ["chosen", "chosen-payers"].map { try paper.table($0).footnote.note?.contains(said) == true }
    }
    for run in [try SharedRun.town.get(), try SharedRun.county.get()] {
      let paper = run.papers[0]
      #expect(try notes(paper) == [true, true])
      #expect(words(of: paper).contains("Committed"))
    }
    let schemes = "Datasets/exampleton-schemes/data.csv"
    let free = try papers([
      (schemes, "2018/19,2018/19,yes,", "2018/19,2018/19,no,"),
      (schemes, "2018/19,2019/20,yes,", "2018/19,2019/20,no,"),
    ])
    #expect(try notes(free[0]) == [false, false])
  }

  @Test func `what was asked is a sentence`() throws {
    let said = try SharedRun.town.get().papers.map(words(of:))
    #expect(said[0].contains("This paper is to show what a paper of an invented town looks like."))
    #expect(said[1].contains { $0.hasPrefix("This paper is to report how many children are expected in") })
    #expect(!said.joined().contains { $0.hasPrefix("To report") || $0.hasPrefix("To show") })
  }

  @Test func `the sums of the approved programme are of no concern to the demographic paper`() throws {
    let said = try SharedRun.town.get().papers.map(words(of:))
    let sums = "The approved programme adds up to the pound, by scheme and by source."
    #expect(said[0].contains(sums) && !said[1].contains(sums))
  }

  /// The logs name both by colours.
  @Test func `the colours of quality and effect are explained`() throws {
    for paper in try SharedRun.county.get().papers {
      let table = try paper.table("ratings")
      #expect(table.rows.map { $0[0].shown } == ["Good (green)", "Fair (amber)", "Weak (red)"])
      #expect(
        table.columns.dropFirst().map(\.heading)
          == ["Small effect (green)", "Medium effect (amber)", "Large effect (red)"])
      #expect(prose(of: paper).contains { $0.contains("of great effect (red for both in the logs).") })
    }
  }

  /// Nothing is assumed of money on the island, so that its capital paper has no log.
  @Test func `ratings are of the logs that there are`() throws {
    func sources(_ run: PlanningRun) throws -> [[String]] {
      try run.papers.map { try $0.table("ratings").footnote.sources }
    }
    let both = ["the assumptions logs at the end of both papers"]
    #expect(try sources(SharedRun.county.get()) == [both, both])
    let island = try SharedRun.island.get()
    #expect(
      try sources(island) == [
        ["the assumptions log at the end of the demographic paper"],
        ["the assumptions log at the end of this paper"],
      ])
    #expect(!island.papers.flatMap(words(of:)).contains { $0.contains("(red in the logs)") })
  }

  @Test func `no paper says more of itself than is so`() throws {
    for paper in try SharedRun.town.get().papers {
      let said = words(of: paper)
      // Data, notes and assumptions may well have been.
      #expect(!said.contains { $0.contains("typed in by hand") })
      // A search may be stopped before that.
      #expect(!said.contains { $0.contains("was considered") })
    }
  }
}
