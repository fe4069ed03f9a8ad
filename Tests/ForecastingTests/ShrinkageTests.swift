import TestSupport
import Testing

@testable import Forecasting

/// Areas' factors on the common rate, of four years with cohorts of 500.
struct ShrinkageTests {
  private let weights = YearWeights(origin: 3, quality: [1, 1, 1, 1])

  private func terms(_ pupils: [Double]) -> [RatioTerm] {
    pupils.enumerated().map { RatioTerm(year: $0, pupils: $1, expected: 500, cohort: 500) }
  }

  /// Ten areas that keep 98 and 102 in a hundred by turns: chance, and no difference between them.
  private let alike: [[Double]] = (0..<10).map {
    $0 % 2 == 0 ? [490.0, 510, 490, 510] : [510, 490, 510, 490]
  }

  @Test func `an area that half of its pupils leave year after year is not taken for one of the others`() {
    let factors = shrunkFactors((alike + [[245, 255, 245, 255]]).map(terms), weights, decay: 0.5)
    for factor in factors.dropLast() { expectClose(factor, 1, within: 1e-12) }
    // Two standard errors from its own 0.50333: `shrunk` of forecast_reference.py.
    expectClose(factors[10], 0.5255948852194855, within: 1e-12)
  }

  @Test func `one year out of four does not make an area unlike the others`() {
    let factors = shrunkFactors((alike + [[500, 500, 500, 450]]).map(terms), weights, decay: 0.5)
    // Its own factor is 0.947, but its years scatter so much that chance may have moved it as far.
    expectClose(factors[10], 1, within: 1e-12)
  }
}
