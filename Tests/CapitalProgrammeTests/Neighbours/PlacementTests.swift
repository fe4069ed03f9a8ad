import TestSupport
import Testing

@testable import CapitalProgramme

@Suite struct PlacementTests {
  private func random(_ seed: Int, sameWeights: Bool) -> ExactPlacement {
    var random = SeededGenerator(seed: UInt64(seed))
    let areas = Int.random(in: 2...5, using: &random)
    var links: [Placement.Link] = []
    for from in 0..<areas {
      for to in 0..<areas where from != to && Int.random(in: 0...2, using: &random) > 0 {
        links.append(.init(from: from, to: to, cost: Double(Int.random(in: 0...9, using: &random))))
      }
    }
    func figures(_ range: ClosedRange<Int>) -> [Double] {
      (0..<areas).map { _ in Double(Int.random(in: range, using: &random)) / 4 }
    }
    return ExactPlacement(
      need: figures(0...200), places: figures(0...200),
      weights: sameWeights ? [Double](repeating: 1, count: areas) : figures(1...8), links: links)
  }

  @Test(arguments: 0..<300)
  func `fewest unmet and least transport, as linear programmes and Hall's theorem have them`(_ seed: Int) {
    for sameWeights in [true, false] {
      let exact = random(seed, sameWeights: sameWeights)
      let placement = Placement(
        need: exact.need, places: exact.places, weights: exact.weights, links: exact.links)
      expectClose(placement.weightedUnmet, exact.optimum?.unmet ?? .nan, within: 1e-6)
      let cost = zip(exact.links, placement.placed).reduce(0) { $0 + $1.0.cost * $1.1 }
      expectClose(cost, exact.optimum?.cost ?? .nan, within: 1e-5)
      if sameWeights { expectClose(placement.weightedUnmet, exact.mostShort, within: 1e-9) }
      // Nobody comes from nowhere, and no place is taken twice.
      for area in exact.need.indices {
        let out = exact.links.indices.filter { exact.links[$0].from == area }
          .reduce(0) { $0 + placement.placed[$1] }
        let into = exact.links.indices.filter { exact.links[$0].to == area }
          .reduce(0) { $0 + placement.placed[$1] }
        let staying = exact.need[area] - out - placement.unmet[area]
        #expect(staying >= -1e-6)
        #expect(staying + into <= exact.places[area] + 1e-6)
      }
    }
  }

  @Test func `pupils move on to make room, by hand`() {
    // Ten too many in the first; the second is full; the third has room, which only the second may use.
    let placement = Placement(
      need: [70, 50, 40], places: [60, 50, 60], weights: [1, 1, 1],
      links: [.init(from: 0, to: 1, cost: 3), .init(from: 1, to: 2, cost: 4)])
    #expect(placement.unmet == [0, 0, 0])
    #expect(placement.placed == [10, 10])
  }

  @Test func `nobody is placed twice, by hand`() {
    // The second area has no pupils of its own who might move on.
    let placement = Placement(
      need: [10, 0, 0], places: [0, 0, 60], weights: [1, 1, 1],
      links: [.init(from: 0, to: 1, cost: 3), .init(from: 1, to: 2, cost: 4)])
    #expect(placement.unmet == [10, 0, 0])
    #expect(placement.placed == [0, 0])
  }

  @Test func `the weightier are placed first, by hand`() {
    let placement = Placement(
      need: [10, 10], places: [10, 0], weights: [1, 2], links: [.init(from: 1, to: 0, cost: 5)])
    #expect(placement.unmet == [10, 0])
    #expect(placement.placed == [10])
  }
}
