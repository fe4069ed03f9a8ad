import NumericCore
import Testing

struct InParallelTests {
  @Test(arguments: [1, 2, 5]) func `values come in the order of their items, whatever the threads`(
    _ threads: Int
  ) {
    for items in [0, 1, 2, 100] {
      // The first items take longest.
      let values = inParallel(items, threads: threads) { item in
        (0..<(100 - item) * 50).reduce(item) { $0 ^ ($1 & 0) }
      }
      #expect(values == Array(0..<items))
    }
  }
}
