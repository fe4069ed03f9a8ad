import Papers
import TestSupport
import Testing

@testable import Papers

@Suite struct ChanceTests {
  @Test(arguments: [
    (0.0, "less than 1 in 100"), (0.0099, "less than 1 in 100"), (0.01, "about 1 in 100"),
    (0.04, "about 1 in 20"),
    (0.11, "about 1 in 10"), (0.19, "about 1 in 5"), (0.26, "about 1 in 4"), (0.35, "about 1 in 3"),
    (0.3, "about 3 in 10"), (0.5, "about 1 in 2"), (0.66, "about 2 in 3"), (0.7, "about 7 in 10"),
    (0.83, "about 4 in 5"), (0.93, "about 19 in 20"),
    (0.99, "about 99 in 100"), (0.995, "more than 99 in 100"), (1.0, "more than 99 in 100"),
    (.nan, "a chance that is not known"), (.infinity, "a chance that is not known"),
  ])
  func `a chance in words`(chance: Double, words: String) {
    #expect(chanceInWords(chance) == words)
  }

  /// The words never say a larger chance for a smaller one.
  @Test func `larger chances never sound smaller`() {
    var seen: [String] = []
    for step in 0...1000 {
      let words = chanceInWords(Double(step) / 1000)
      if seen.last != words {
        #expect(!seen.contains(words))
        seen.append(words)
      }
    }
    #expect(seen.count == 20)
  }

  @Test(arguments: [
    ([33.4, 33.3, 33.3], [34, 33, 33]), ([0.5, 0.5], [1, 0]), ([-0.6, 10.6], [-1, 11]), ([], []),
    ([2.0], [2]),
    ([0.3, 0.3, 0.3], [1, 0, 0]), ([1.9, 1.9, -0.8], [2, 2, -1]),
  ])
  func `parts add up to the rounded total`(parts: [Double], rounded: [Int]) {
    #expect(roundedKeepingTotal(parts) == rounded)
  }

  @Test("rounded parts are neighbours of the parts, and add up", arguments: 1...60)
  func rounding(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let parts = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
      Double.random(in: -50...500, using: &generator)
    }
    let rounded = try #require(roundedKeepingTotal(parts))
    #expect(rounded.reduce(0, +) == Int(parts.reduce(0, +).rounded(.toNearestOrAwayFromZero)))
    for (part, whole) in zip(parts, rounded) { #expect(abs(part - Double(whole)) < 1) }
  }

  @Test func `what is not a number is not rounded`() {
    #expect(roundedKeepingTotal([1, .nan]) == nil)
    #expect(roundedKeepingTotal([.infinity]) == nil)
  }

  @Test(arguments: [
    (209_437_112.0, "£209.4 million"), (51_195_000, "£51.2 million"), (1_000_000, "£1 million"),
    (999_600, "£1 million"), (340_499, "£340,000"), (12_345, "£12,000"), (9_960, "£10,000"), (949, "£900"),
    (0, "£0"), (-2_500_000, "−£2.5 million"), (99_960_000, "£100 million"),
  ])
  func `a large sum roughly`(pounds: Double, words: String) {
    #expect(poundsRoughly(pounds) == words)
  }

  @Test(arguments: [
    (
      [106_577_135, 57_783_435, 430_000, 44_580_548],
      ["£106.6 million", "£57.8 million", "£0.4 million", "£44.6 million"], "£209.4 million"
    ),
    ([20_000_000, 30_000], ["£20 million", "less than £0.1 million"], "£20 million"),
    (
      [1_360_000, 200_000, 40_000, 300_000],
      ["£1.36 million", "£0.2 million", "£0.04 million", "£0.3 million"], "£1.9 million"
    ),
    ([333_333, 333_333, 333_333], ["£0.33 million", "£0.33 million", "£0.33 million"], "£1 million"),
    ([12_300, 400], ["£12,000", "less than £1,000"], "£13,000"), ([999, 1], ["£999", "£1"], "£1,000"),
    ([0, 0], ["£0", "£0"], "£0"), ([], [], "£0"),
  ])
  func `parts of a sum at one precision`(parts: [Int], words: [String], total: String) {
    #expect(poundsShared(parts).parts == words)
    #expect(poundsShared(parts).total == total)
  }
}

@Suite struct EndLabelTests {
  @Test func `labels that are apart stay where they are`() {
    #expect(EndLabels.shifts([0, 50, 100], low: 0, high: 100, height: 320) == [0, 0, 0])
  }

  /// Two at one height part by half a gap each; three by a whole one.
  @Test func `labels at one height part evenly`() {
    #expect(EndLabels.shifts([50, 50], low: 0, high: 100, height: 320) == [-8, 8])
    #expect(EndLabels.shifts([50, 50, 50], low: 0, high: 100, height: 320) == [-16, 0, 16])
  }

  @Test("no two labels overlap, and their order holds", arguments: 1...60)
  func apart(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
      Double.random(in: 0...100, using: &generator)
    }
    let shifts = EndLabels.shifts(values, low: 0, high: 100, height: 320)
    let places = zip(values, shifts).map { (value: $0, at: (100 - $0) / 100 * 320 + Double($1)) }
      .sorted { $0.value > $1.value }
    // Shifts are whole pixels.
    for (upper, lower) in zip(places, places.dropFirst()) {
      #expect(lower.at - upper.at > EndLabels.leastGap - 1.01)
    }
  }

  @Test func `in a chart without height labels are spread too`() {
    #expect(EndLabels.shifts([1, 1], low: 1, high: 1, height: 320) == [-8, 8])
  }
}
