import Foundation
import TestSupport
import Testing

@testable import Forecasting

/// Widths worked out by hand.
struct ErrorLawTests {
  /// Eight areas that missed by 1% either way, five years into a panel: nothing in common, and an own variance of 8/7 of 0.0001
  /// over the median of a squared normal number, 0.454936423119572.
  private func law(ahead: Int) throws -> ErrorLaw { try law(areas: 8, ahead: ahead) }

  private func law(areas: Int, ahead: Int, groups: Int = 1) throws -> ErrorLaw {
    let misses = (0..<areas).map { ErrorLaw.Miss(error: $0 % 2 == 0 ? 0.01 : -0.01, forecast: 100) }
    return try #require(ErrorLaw([.init(age: 0, years: 5, misses: misses)], ahead: ahead, groups: groups))
  }

  private func common(_ law: ErrorLaw) -> Double { law.draws(100, common: [1], own: [0])[0] / 100 - 1 }

  /// Of the own part, where half of it lies within.
  private func own(_ law: ErrorLaw, of forecast: Double = 100) -> Double {
    law.draws(forecast, common: [0], own: [0.674489750196082])[0] / forecast - 1
  }

  @Test func `the common part is three tenths of the own one, however far ahead`()
    throws
  {
    // 0.3^2 x 0.000251212 x 2 / 3, of which the root.
    expectClose(common(try law(ahead: 1)), 0.0038823639, within: 1e-9)
    expectClose(common(try law(ahead: 16)), 0.0038823639, within: 1e-9)
    // The root of 8/7 of 0.0001.
    expectClose(own(try law(ahead: 1)), 0.0106904497, within: 1e-9)
    expectClose(own(try law(ahead: 16)), 0.0106904497, within: 1e-9)
  }

  /// Two of the same areas: one origin and one area to spare weigh 1 against the prior's 2.
  @Test func `of two areas the own part is drawn towards what areas of their size usually have`() throws {
    // Per pupil (2 x 0.3 + 1 x 0.0439622) / 3, over 100, of which the root, times 0.674489750.
    expectClose(own(try law(areas: 2, ahead: 1)), 0.0312496322, within: 1e-9)
    // 0.3 over both forecasts, 200, times 2 / 3, of which the root.
    expectClose(common(try law(areas: 2, ahead: 1)), 0.0316227766, within: 1e-9)
    // Sixteen years ahead both priors are 64 times as large.
    expectClose(own(try law(areas: 2, ahead: 16)), 0.2414508828, within: 1e-9)
    expectClose(common(try law(areas: 2, ahead: 16)), 0.2529822128, within: 1e-9)
  }

  @Test func `year groups of a total miss together: of seven the priors are 3.4 times those of one`() throws {
    // 0.3 x (1 + 6 x 0.4) is 1.02: (2 x 1.02 + 0.0439622) / 3 over 100, and 1.02 over 200 times 2 / 3.
    let total = try law(areas: 2, ahead: 1, groups: 7)
    expectClose(own(total), 0.0562159616, within: 1e-9)
    expectClose(common(total), 0.0583095189, within: 1e-9)
    // Where many areas tell of it, nothing is assumed.
    #expect(own(try law(areas: 8, ahead: 1, groups: 7)) == own(try law(ahead: 1)))
    #expect(common(try law(areas: 8, ahead: 1, groups: 7)) == common(try law(ahead: 1)))
  }

  /// Eight areas of 100 pupils foretold to the pupil, but for rounding.
  @Test func `many areas that nothing was missed in have the law of few`() throws {
    let misses = (0..<8).map { ErrorLaw.Miss(error: $0 % 2 == 0 ? 0 : 1e-15, forecast: 100) }
    let law = try #require(ErrorLaw([.init(age: 0, years: 5, misses: misses)], ahead: 1))
    // Per pupil 2 / 9 of 0.3, over 100, of which the root, times 0.674489750.
    expectClose(own(law), 0.0174152505, within: 1e-9)
    // 0.3 over all forecasts, 800, times 2 / 3, of which the root.
    expectClose(common(law), 0.0158113883, within: 1e-9)
  }

  @Test func `what few areas have in common is by how much their sum missed`() {
    let misses = [(value: 2.0, size: 10.0), (value: 0.01, size: 990.0)]
    // 29.9 of 1,000 pupils.
    expectClose(commonPart(misses), 0.0299, within: 1e-15)
    #expect(commonPart(Array(repeating: misses[0], count: 7) + [misses[1]]) == 2)
    #expect(commonPart([misses[0]]) == 2)
    #expect(commonPart([]) == nil)
  }

  /// A hamlet that trebles and a city that was foretold to the pupil, from five origins.
  @Test func `a hamlet's errors leave a city's range alone`() throws {
    let origins = (0..<5).map { age in
      ErrorLaw.OriginMisses(
        age: age, years: 5, misses: [.init(error: 2, forecast: 10), .init(error: 0, forecast: 9_990)])
    }
    let law = try #require(ErrorLaw(origins, ahead: 1))
    // Together they missed by 20 of 10,000: (2 x 0.3 / 10,000 + 3.3616 x 0.002^2) / 5.3616, of which the root.
    expectClose(common(law), 0.0037011616, within: 1e-9)
    // Per pupil at most four times 0.3, as far as the past counts: (2 x 0.3 + 3.3616 x 1.2) / 5.3616.
    let points = [1.281551565544600]
    #expect(law.draws(9_990, common: [0], own: points)[0] < 9_990 * 1.02)
    expectClose(law.draws(10, common: [0], own: points)[0], 13.7675857549, within: 1e-9)
  }

  @Test func `a mean that nought has lifted is brought back, and no quantile moves`() {
    let draws = (0..<2000).map { max(0, 100 + 90 * spread((Double($0) + 0.5) / 2000)) }
    let held = holdingMean(draws, at: 100)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    #expect(mean(draws) > 102)
    expectClose(mean(held), 100, within: 1e-9)
    for probability in Forecast.probabilities {
      let place = Int(1999 * probability)
      #expect(held[place] == draws[place] && held[place + 1] == draws[place + 1])
    }
    #expect(held == held.sorted())
    #expect(holdingMean(held.map { $0 * 0.9 }, at: 100) == held.map { $0 * 0.9 }, "below it all is left")
  }

  @Test func `a hamlet that is mostly empty has its draws made smaller in proportion`() {
    let draws = [0.0, 0, 0, 0, 0, 0, 2, 4, 6, 8]
    #expect(holdingMean(draws, at: 1) == draws.map { $0 * 0.5 })
  }

  /// A number with long tails, symmetric about nought, that this share lies below.
  private func spread(_ share: Double) -> Double {
    let odds = share / (1 - share)
    return (odds.squareRoot() - 1 / odds.squareRoot()) / 2
  }

  /// One area that missed by this much five years into a panel.
  private func lone(_ error: Double, ahead: Int = 1, groups: Int = 1, births: Double = 0) throws -> ErrorLaw {
    let misses = [ErrorLaw.Miss(error: error, forecast: 700)]
    return try #require(
      ErrorLaw([.init(age: 0, years: 5, misses: misses)], ahead: ahead, groups: groups, births: births))
  }

  @Test func `nine tenths of one area's variance are a normal number's`() throws {
    // (2 x 0.3 / 700 + 0.0004) / 3: the root of a tenth of it, and of nine tenths times 0.674489750.
    expectClose(common(try lone(0.02)), 0.0064733887, within: 1e-9)
    expectClose(own(try lone(0.02), of: 700), 0.0130987031, within: 1e-9)
    // Four years ahead the prior is eight times that.
    expectClose(own(try lone(0), of: 700), 0.0108158981, within: 1e-9)
    expectClose(own(try lone(0, ahead: 4), of: 700), 0.0305919796, within: 1e-9)
    // Of a total of seven year groups 3.4 times.
    expectClose(own(try lone(0.02, groups: 7), of: 700), 0.0212682107, within: 1e-9)
  }

  @Test func `what births may do is common, also of one area alone`() throws {
    // (2 x 0.0025 + 0.0004) / 3, of which 0.9 x 0.3 / 700 / 0.0025 is luck.
    expectClose(common(try lone(0.02, births: 0.05)), 0.0390164800, within: 1e-9)
    expectClose(own(try lone(0.02, births: 0.05), of: 700), 0.0112402110, within: 1e-9)
  }

  @Test func `the past of one area alone does not narrow or widen its ranges, and that of few does by less`()
    throws
  {
    func factor(areas: Int) throws -> Double {
      let misses = Array(repeating: ErrorLaw.Miss(error: 0.0001, forecast: 100), count: areas)
      let origins = (0..<4).map { ErrorLaw.OriginMisses(age: $0, years: 5, misses: misses) }
      let law = try law(areas: 8, ahead: 1).scaled(own: 0.01, common: 0.01)
      return try #require(ErrorLaw.calibration(origins.map { (law: law, misses: $0) }))
    }
    #expect(try factor(areas: 1) == 1)
    let all = log(try factor(areas: 8))
    #expect(all < -0.1, "ranges were too wide")
    expectClose(log(try factor(areas: 2)), all / 2, within: 1e-12)
    expectClose(log(try factor(areas: 5)), all * 4 / 5, within: 1e-12)
  }

  /// One area alone, whose widths go by its common scale; errors of 0.2, 0.02, 0.1 and 0.3 give scales of 0.0369039938, 0.0064733887,
  /// 0.0190237946 and 0.0550324580.
  @Test func `horizons whose widths fall are pooled by the origins that they rest on`() throws {
    let laws = try [0.2, 0.02, 0.1, 0.3].map { error -> ErrorLaw? in try lone(error) }
    func scales(_ laws: [ErrorLaw?], _ origins: [Int]) -> [Double?] {
      ErrorLaw.notFalling(laws, origins: origins, at: 700).map { law in law.map(common) }
    }
    let pooled = scales(laws, [3, 1, 2, 1])
    // The first two have a mean of 0.0238829489, above the third, and all three, of weights 3, 1 and 2, one of 0.0221389838.
    for (found, wanted) in zip(pooled, [0.0221389838, 0.0221389838, 0.0221389838, 0.0550324580]) {
      expectClose(found, wanted, within: 1e-9)
    }
    let rising = [laws[1], nil, laws[2], laws[3]]
    #expect(scales(rising, [5, 0, 4, 2]) == rising.map { law in law.map(common) }, "nothing moves")
    // A horizon that no origin has reached yields to the one before it.
    for found in scales([laws[3], laws[2]], [4, 0]) { expectClose(found, 0.0550324580, within: 1e-6) }
  }

  @Test func `pooling leaves common and own part in proportion`() throws {
    let narrow = try law(ahead: 1)
    let wide = narrow.scaled(own: 4, common: 4)
    let pooled = ErrorLaw.notFalling([wide, narrow], origins: [2, 2], at: 100)
    try #require(pooled.count == 2)
    for law in pooled {
      let law = try #require(law)
      expectClose(own(law), 2 * own(narrow), within: 1e-12)
      expectClose(common(law), 2 * common(narrow), within: 1e-12)
    }
  }

  /// By how much one origin's miss widens a law: half of the correction, on the log scale, is made.
  private func widening(_ law: ErrorLaw, after error: Double) throws -> Double {
    let misses = Array(repeating: ErrorLaw.Miss(error: error, forecast: 100), count: 8)
    let origin = ErrorLaw.OriginMisses(age: 0, years: 5, misses: misses)
    return try #require(ErrorLaw.calibration([(law: law, misses: origin)]))
  }

  /// The wanted widths are of the sum's distribution, integrated in SciPy over the own part's; as normal numbers add up they would be
  /// 0.0807577 and 0.0293627.
  @Test func `ranges are brought to 80% by the width of common and own errors together`() throws {
    // A scale of 0.0316227766 and a normal deviation of 0.0463308: 80 in a hundred stay within 0.0841280.
    expectClose(try widening(law(areas: 2, ahead: 1), after: 0.15), 1.3352892, within: 0.002)
    // Long tails: of twenty areas two missed by 8% more or less than the others, whose middle is 2%. 80 in a hundred stay within 0.0392242.
    let distances =
      [Double](repeating: 0.01, count: 12) + [Double](repeating: 0.02, count: 4) + [0.04, 0.04, 0.08, 0.08]
    let misses = distances.enumerated().map { index, distance in
      ErrorLaw.Miss(error: 0.02 + (index % 2 == 0 ? distance : -distance), forecast: 100)
    }
    let long = try #require(ErrorLaw([.init(age: 0, years: 5, misses: misses)], ahead: 1))
    expectClose(common(long), 0.0121332654, within: 1e-9)
    expectClose(try widening(long, after: 0.06), 1.2367968, within: 0.005)
  }

  @Test func `beyond the horizons seen errors grow by a power that is less the larger they are`() throws {
    // The deviation is the root of 8/7 of 0.0001 over the median of chi square, 0.015849684, and the power 0.67 + 0.28 log10(0.01 / that).
    let seen = try law(ahead: 1)
    let far = seen.stretched(from: 1, to: 16)
    expectClose(own(far), 5.4868453 * own(seen), within: 1e-8)
    expectClose(common(far), 5.4868453 * common(seen), within: 1e-8)
    // Of a total 0.17 more.
    let total = try law(areas: 8, ahead: 1, groups: 7)
    expectClose(own(total.stretched(from: 1, to: 16)), 8.7906930 * own(total), within: 1e-8)
    // Of few areas 0.75.
    let few = try law(areas: 7, ahead: 1)
    expectClose(own(few.stretched(from: 1, to: 16)), 8 * own(few), within: 1e-12)
    let same = seen.stretched(from: 3, to: 3)
    expectClose(own(same), own(seen), within: 1e-15)
    expectClose(common(same), common(seen), within: 1e-15)
  }
}
