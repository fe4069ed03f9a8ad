import Papers
import Runs
import Testing

/// A paper explains the words that it uses, and no others.
@Suite struct GlossaryTests {
  private func terms(_ paper: Paper) throws -> [String: String] {
    let blocks = try #require(paper.sections.first { $0.id == "glossary" }).blocks
    guard case .definitions(let terms)? = blocks.first else { return [:] }
    return Dictionary(terms.map { ($0.term, $0.meaning) }) { first, _ in first }
  }

  @Test func `what a paper does not speak of is not explained`() throws {
    let (town, county) = (try SharedRun.town.get().papers, try SharedRun.county.get().papers)
    for term in ["Outturn", "Slippage"] {
      let (one, other) = (try terms(town[0]), try terms(county[0]))
      #expect(one[term] == nil && other[term] != nil)
    }
    let (one, other) = (try terms(town[1]), try terms(county[1]))
    #expect(one["Cohort"] == nil && other["Cohort"] != nil)
    for term in ["Committed", "Minimum revenue provision (MRP)", "Roll", "Form of entry (FE)"] {
      #expect(try terms(town[0])[term] != nil)
    }
    // The words come before the sources.
    #expect(county.allSatisfy { $0.sections.suffix(2).map(\.id) == ["glossary", "sources"] })
  }

  @Test func `buildings turn out one way or another only where they are drawn`() throws {
    let (county, island) = (try SharedRun.county.get().papers, try SharedRun.island.get().papers)
    func futures(_ paper: Paper) throws -> String { try terms(paper)["Possible futures"] ?? "none" }
    #expect(
      try futures(county[0]).hasPrefix("Ways in which births, moves, homes and buildings may turn out,"))
    #expect(try futures(county[1]).hasPrefix("Ways in which births, moves and homes may turn out,"))
    #expect(try futures(island[1]).hasPrefix("Ways in which births and moves may turn out,"))
    #expect(try futures(island[0]) == "none")
  }
}
