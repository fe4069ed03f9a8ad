import NumericCore
import Testing

struct QuantileTests {
  private func summarise(_ row: [Double], _ probabilities: [Double]) -> (mean: Double, quantiles: [Double]) {
    var finder = QuantileFinder(probabilities: probabilities)
    return row.withUnsafeBufferPointer { finder.summarise($0) }
  }

  /// Source: NumPy 2.4.6, numpy.quantile.
  @Test("a short row")
  func short() {
    let row = [3.5, -1, 2.25, 8, 0.125, 7, 7, 1e3, -40, 6.0625, 2, 2]
    let (mean, quantiles) = summarise(row, [0, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 1])
    #expect(
      quantiles
        == [-40, -29.275, -0.8875, 1.53125, 2.875, 7.0, 7.9, 727.1999999999996, 1000])
    #expect(mean == 83.078125)
    #expect(summarise([4, 9], [0.3, 0.5, 0.9]).quantiles == [5.5, 6.5, 8.5])
    #expect(summarise([4], [0.3]).quantiles == [4])
  }

  /// Source: NumPy 2.4.6, numpy.quantile of ((i * 7919) % 1009) / 8 + (i % 13) * 0.37 for i in range(1000).
  @Test("a long row")
  func long() {
    let row = (0..<1_000).map { (i: Int) -> Double in
      let (eighths, steps) = (Double(i * 7_919 % 1_009), Double(i % 13))
      return eighths / 8 + steps * 0.37
    }
    #expect(
      summarise(row, [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]).quantiles
        == [5.124, 14.692, 33.82, 65.41, 96.85374999999999, 115.5855, 125.07187499999999])
  }

  @Test("however the numbers are spread, the ranks are those of the row in order", arguments: 0..<6)
  func spread(shape: Int) {
    let stream = RandomStream(seed: 3, source: .cost, area: "\(shape)")
    var finder = QuantileFinder(probabilities: [0, 0.001, 0.3, 0.5, 0.999, 1])
    for count in [1, 2, 63, 64, 65, 1_001, 20_001] {
      let row = (0..<count).map { draw in
        let z = stream.normal(cell: 0, draw: draw)
        return switch shape {
        case 0: z
        case 1: Shock.factor(scale: 20, z: z, common: 0)  // a few enormous numbers
        case 2: z.rounded()  // many alike
        case 3: 7.25  // all alike
        case 4: draw == count / 2 ? 1e9 : z  // one far off
        default: draw < count / 2 ? 1e6 + z : -1e6 - z
        }
      }
      let sorted = row.sorted()
      let wanted = finder.probabilities.map { p in
        let position = Double(count - 1) * p
        let (low, share) = (Int(position), position - position.rounded(.down))
        let (a, b) = (sorted[low], sorted[min(count - 1, low + 1)])
        return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share)
      }
      #expect(row.withUnsafeBufferPointer { finder.summarise($0).quantiles } == wanted, "\(count)")
    }
  }

  @Test("no numbers, or what is none, have no quantiles")
  func none() {
    for row: [Double] in [[], [.nan, 1], [1, .infinity], [-.infinity, .infinity]] {
      let (mean, quantiles) = summarise(row, [0.5])
      #expect(mean.isNaN && quantiles[0].isNaN, "\(row)")
    }
  }
}
