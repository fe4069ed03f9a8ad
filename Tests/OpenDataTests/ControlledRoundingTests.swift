import TestSupport
import Testing

@testable import OpenData

@Suite("Whole numbers that add up")
struct ControlledRoundingTests {
  @Test(arguments: 0..<200)
  func `every cell, row and column keeps near its own value`(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let (rows, columns) = (Int.random(in: 1...9, using: &random), Int.random(in: 1...60, using: &random))
    let values = (0..<rows).map { _ in
      (0..<columns).map { _ in
        Bool.random(using: &random)
          ? Double.random(in: 0...80, using: &random) : Double(Int.random(in: 0...40, using: &random))
      }
    }
    let rounded = roundedKeepingSums(values)
    for (row, counts) in zip(values, rounded) {
      for (value, count) in zip(row, counts) {
        #expect(Double(count) >= value.rounded(.down) && Double(count) <= value.rounded(.up))
      }
      let sum = row.reduce(0, +)
      #expect(abs(Double(counts.reduce(0, +)) - sum) < 1)
    }
    let all = values.joined().reduce(0, +)
    #expect(abs(Double(rounded.joined().reduce(0, +)) - all) <= 0.5 + 1e-9)
    // Rounded one by one, a column of nine could be 4.5 off.
    let off = (0..<columns).map { column in
      abs(zip(values, rounded).reduce(0) { $0 + $1.0[column] - Double($1.1[column]) })
    }
    #expect(off.max() ?? 0 < 2)
  }

  @Test func `a row keeps its sum and the next row gives way, by hand`() {
    // 2.4 + 1.4 is 3.8, so one of the two goes up: the first by order. Its column then gives way in the next row.
    #expect(roundedKeepingSums([[2.4, 1.4], [3.5, 0.6]]) == [[3, 1], [3, 1]])
    #expect(roundedKeepingSums([]).isEmpty)
    #expect(roundedKeepingSums([[0, 0]]) == [[0, 0]])
  }
}
