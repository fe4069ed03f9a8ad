internal import Foundation
internal import NumericCore

/// Random numbers of a forecast: for each draw and cell a common one, and one of each area's own.
struct ForecastLuck {
  private static let goldenRatio = 0.618033988749895
  private let seed: UInt64
  private let draws: Int
  /// Student t numbers by the polar method (Bailey 1994) from points that fill the unit square evenly: one in each of so many strips,
  /// turned by the golden ratio from one to the next. All areas share them, so that no area's luck evens theirs out. **Shape** cell, draw.
  let common: [[Double]]

  /// Cells are numbered from nought.
  init(seed: UInt64, draws: Int, cells: Int) {
    self.seed = seed
    self.draws = draws
    let stream = RandomStream(seed: seed, source: .forecastCommon, area: "")
    common = inParallel(cells) { cell in
      let start = stream.uniform(cell: 2 * cell + 1, draw: 1)
      return (1...draws).map { draw in
        let strip = (Double(draw) - stream.uniform(cell: 2 * cell, draw: draw)) / Double(draws)
        let turn = (start + Double(draw) * Self.goldenRatio).truncatingRemainder(dividingBy: 1)
        return studentNumber(strip, turn, degreesOfFreedom: ErrorLaw.commonDegreesOfFreedom)
      }
    }
  }

  func own(_ area: String, _ cell: Int) -> [Double] {
    var numbers = [Double](repeating: 0, count: draws)
    numbers.withUnsafeMutableBufferPointer {
      RandomStream(seed: seed, source: .forecastArea, area: area)
        .normals(cell: cell, draws: 1..<draws + 1, into: $0)
    }
    return numbers
  }
}

/// A Student t number from two uniform ones, by the polar method.
///
/// Source: Bailey, *Polar generation of random variates with the t-distribution* (1994).
func studentNumber(_ u: Double, _ v: Double, degreesOfFreedom n: Double) -> Double {
  (n * (pow(u, -2 / n) - 1)).squareRoot() * cos(2 * .pi * v)
}
