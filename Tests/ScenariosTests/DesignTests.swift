import Testing

@testable import Scenarios

private func levels(_ key: String, _ values: [Double]) -> Variation {
  Variation(key: key, values: .levels(values))
}
private func range(_ key: String, _ low: Double, _ high: Double) -> Variation {
  Variation(key: key, values: .range(low, high))
}

private func design(
  _ kind: SweepDesign.Kind, _ variations: [Variation], points: Int = 0, seed: UInt64 = 1, base: [Double] = []
) -> SweepDesign {
  SweepDesign(kind: kind, variations: variations, points: points, seed: seed, base: base)
}

@Suite struct VariationTextTests {
  @Test(arguments: [
    ("a=1,2.5,-3", [1, 2.5, -3]), ("a.b=0:1:0.5", [0, 0.5, 1]), ("a=2:0:-1", [2, 1, 0]), ("a=7", [7]),
    ("a=0.8:1.2:0.1", [0.8, 0.9, 1, 1.1, 1.2]), ("a=-1:2:3", [-1, 2]),
  ])
  func `reads levels as they are written`(_ text: String, _ wanted: [Double]) {
    #expect(Variation(text)?.values == .levels(wanted))
  }

  @Test func `a list has no more levels than steps may have`() {
    func list(_ count: Int) -> String { "a=" + (1...count).map { "\($0)" }.joined(separator: ",") }
    #expect(Variation(list(Variation.mostLevels)) != nil)
    #expect(Variation(list(Variation.mostLevels + 1)) == nil)
  }

  @Test func `reads a range`() {
    #expect(Variation("a=0.5:2") == range("a", 0.5, 2))
  }

  @Test(arguments: [
    "a", "=1", "a=", "a=1,", "a=1,,2", "a=x", "a=1:2:0", "a=0:1:0.4", "a=0.8:1.2:0.7", "a=1:2:-1", "a=2:1:1",
    "a=1:2:3:4", "a=2:1", "a=1:1",
    "a=1,1", "a=1,1.0", "a=nan", "a=1e3", "a= 1", "a=+1", "a=0:1:0.000001", "a=1 ,2", "a=--1", "a=.5",
  ])
  func `refuses any other form`(_ text: String) {
    #expect(Variation(text) == nil)
  }
}

@Suite struct DesignTests {
  @Test func `a grid holds every combination, the last key fastest`() {
    let grid = design(.grid, [levels("a", [1, 2]), levels("b", [10, 20, 30])])
    #expect(grid.count == 6)
    #expect((0..<6).map(grid.point) == [[1, 10], [1, 20], [1, 30], [2, 10], [2, 20], [2, 30]])
  }

  @Test func `a grid of ranges has no points to count`() {
    #expect(design(.grid, [range("a", 0, 1)]).count == nil)
    #expect(design(.grid, (0..<20).map { levels("k\($0)", Array(0..<10).map(Double.init)) }).count == nil)
  }

  @Test func `a tornado is the model as it stands, then each key at its ends`() {
    let one = design(.tornado, [range("a", 0, 2), levels("b", [5, 3, 9])], base: [1, 4])
    #expect(one.count == 5)
    #expect((0..<5).map(one.point) == [[1, 4], [0, 4], [2, 4], [1, 3], [1, 9]])
  }

  @Test(arguments: [1, 2, 3, 7, 64, 100, 1000])
  func `a keyed order holds each number once`(_ count: Int) {
    let latin = design(.latin, [range("a", 0, 1), range("b", 0, 1)], points: count, seed: 9)
    for dimension in 0..<2 {
      // Each of the parts of a key's range is used once.
      let parts = (0..<count).map { Int(latin.point($0)[dimension] * Double(count)) }
      #expect(parts.sorted() == Array(0..<count))
    }
  }

  /// Of 2^62 points and more the network has 2^64 places: none may be taken for a number below nought.
  @Test(arguments: [1 << 62, 1 << 62 + 1, Int.max])
  func `no point of a vast sample lies outside its range`(_ count: Int) {
    let latin = design(.latin, [range("a", 0, 1)], points: count, seed: 9)
    for index in 0..<40 { #expect((0...1).contains(latin.point(index)[0])) }
  }

  @Test func `another seed is another sample, and dimensions are not alike`() {
    func column(_ seed: UInt64, _ key: Int) -> [Double] {
      let latin = design(.latin, [range("a", 0, 1), range("b", 0, 1)], points: 50, seed: seed)
      return (0..<50).map { latin.point($0)[key] }
    }
    #expect(column(1, 0) == column(1, 0))
    #expect(column(1, 0) != column(2, 0))
    #expect(column(1, 0) != column(1, 1))
    // Correlation of two independent samples of 50: below 0.45 but for one in a thousand.
    let (a, b) = (column(1, 0), column(1, 1))
    let product = zip(a, b).reduce(0) { $0 + ($1.0 - 0.5) * ($1.1 - 0.5) } / 50
    #expect(abs(product * 12) < 0.45)
  }

  @Test func `levels of a hypercube are used equally often`() {
    let latin = design(.latin, [levels("a", [1, 2, 4])], points: 99)
    for level in [1.0, 2, 4] { #expect((0..<99).count { latin.point($0)[0] == level } == 33) }
  }

  @Test func `rows of a Sobol sample cross two samples key by key`() {
    let sobol = design(.sobol, [range("a", 0, 1), range("b", 0, 1), range("c", 0, 1)], points: 8)
    #expect(sobol.count == 40)
    for row in 0..<8 {
      let points = (0..<5).map { sobol.point(row * 5 + $0) }
      for key in 0..<3 {
        for other in 0..<3 {
          #expect(points[2 + key][other] == points[other == key ? 1 : 0][other])
        }
        #expect(points[0][key] != points[1][key])
      }
    }
  }
}
