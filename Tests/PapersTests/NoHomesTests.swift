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
}
