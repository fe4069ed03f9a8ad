import TestSupport
import Testing

@testable import Forecasting

/// Widths worked out by hand.
struct ErrorLawTests {
  /// Two areas that missed by 1% either way, five years into a panel: nothing in common, and an own variance of twice 0.0001
  /// over the median of a squared normal number, 0.454936423119572.
  private func law(ahead: Int) throws -> ErrorLaw {
    try #require(
      ErrorLaw(
        [
          .init(
            age: 0, years: 5, misses: [.init(error: 0.01, forecast: 100), .init(error: -0.01, forecast: 100)])
        ], ahead: ahead))
  }

  private func common(_ law: ErrorLaw) -> Double { law.draws(100, common: [1], own: [0])[0] / 100 - 1 }

  /// Of the own part, where half of it lies within.
  private func own(_ law: ErrorLaw) -> Double {
    law.draws(100, common: [0], own: [0.674489750196082])[0] / 100 - 1
  }

  @Test func `the common part is three tenths of the own one a year ahead, and grows faster`()
    throws
  {
    // 0.3^2 x 0.000439622 x 2 / 3, of which the root; sixteen years ahead the share is twice that.
    expectClose(common(try law(ahead: 1)), 0.0051358847, within: 1e-9)
    expectClose(common(try law(ahead: 16)), 0.0102717695, within: 1e-9)
    expectClose(own(try law(ahead: 1)), 0.0141421356, within: 1e-9)
    expectClose(own(try law(ahead: 16)), 0.0141421356, within: 1e-9)
  }

  /// One area that missed by 2% five years into a panel; then by nothing.
  @Test func `one area alone has a prior of half a pupil's variance over its forecast`() throws {
    func lone(_ error: Double, ahead: Int) throws -> ErrorLaw {
      try #require(
        ErrorLaw([.init(age: 0, years: 5, misses: [.init(error: error, forecast: 700)])], ahead: ahead))
    }
    // (2 x 0.5 / 700 + 0.0004) / 3, of which the root; four years ahead the prior is eight times that.
    expectClose(common(try lone(0.02, ahead: 1)), 0.0246885360, within: 1e-9)
    expectClose(common(try lone(0, ahead: 1)), 0.0218217890, within: 1e-9)
    expectClose(common(try lone(0, ahead: 4)), 0.0617213400, within: 1e-9)
    #expect(own(try lone(0.02, ahead: 1)) == 0)
  }

  @Test func `beyond the horizons seen own errors grow by the power 0.75, common ones in proportion`() throws
  {
    let seen = try law(ahead: 1)
    let far = seen.stretched(from: 1, to: 16)
    expectClose(own(far), 8 * own(seen), within: 1e-12)
    expectClose(common(far), 16 * common(seen), within: 1e-12)
    let same = seen.stretched(from: 3, to: 3)
    expectClose(own(same), own(seen), within: 1e-15)
    expectClose(common(same), common(seen), within: 1e-15)
  }
}
