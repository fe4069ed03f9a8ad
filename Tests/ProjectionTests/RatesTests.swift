import PlacePlanning
import TestSupport
import Testing

@testable import Projection

struct WeightedRatioTests {
  private let base = AcademicYear(2017)

  /// Ratios 4, 8 and 64, newest first, are 2 to the powers 2, 3 and 6: (3 x 2 + 2 x 3 + 1 x 6) / 6 = 3, and 2 cubed is 8.
  @Test("3:2:1 on the log scale, newest first")
  func byHand() {
    let found = weightedRatio(base: base, disturbed: []) {
      ([2017: 40.0, 2016: 80, 2015: 640][$0.start] ?? 0, 10)
    }
    expectClose(found, 8, within: 1e-12)
    expectClose(recencyWeights.reduce(0, +), 1, within: 1e-15)
  }

  /// The same with 2017 disturbed: 0.3, 2 and 1 parts of 3.3, (0.3 x 2 + 2 x 3 + 1 x 6) / 3.3 = 42/11. All disturbed is none.
  @Test("a disturbed year weighs a tenth")
  func disturbed() {
    func found(_ years: Set<AcademicYear>) -> Double? {
      weightedRatio(base: base, disturbed: years) { ([2017: 40.0, 2016: 80, 2015: 640][$0.start] ?? 0, 10) }
    }
    expectClose(found([base]), 14.105460, within: 1e-6, "2 to the power 42/11")
    expectClose(found([base, base - 1, base - 2]), 8, within: 1e-12)
    expectClose(found([base + 1, base - 3]), 8, within: 1e-12)
  }

  @Test("an equal ratio in every year is that ratio", arguments: [0.5, 1, 1.25])
  func constant(ratio: Double) {
    expectClose(weightedRatio(base: base, disturbed: []) { _ in (ratio * 80, 80) }, ratio, within: 1e-12)
  }

  @Test("no logarithm, no ratio")
  func empty() {
    #expect(weightedRatio(base: base, disturbed: []) { ($0.start == 2015 ? 0 : 5, 10) } == nil)
    #expect(weightedRatio(base: base, disturbed: []) { (5, $0.start == 2016 ? 0 : 10) } == nil)
    #expect(
      weightedRatio(base: base, disturbed: []) { ($0.start < 2015 ? 0 : 5, 10) } != nil,
      "only three years count")
  }
}

struct ShrinkageTests {
  private let a = PlanningAreaCode("A")
  private let b = PlanningAreaCode("B")

  /// By hand, newest first. A: 110, 100, 110 of 100 each; B: 190, 200, 190 of 200 each. Together 300 of 300, so c = 0.
  ///
  /// With α = ln 1.1 = 0.095310 and β = ln 0.95 = -0.051293 the areas' own log ratios are 2α/3 = 0.063540 and 2β/3 = -0.034196.
  /// Scatter: 100 x 2α²/3 + 200 x 2β²/3 = 0.956402 over 4 degrees of freedom, s² = 0.239101. Sum of weights squared: 14/36; V
  /// within: 0.239101 x 14/3600 = 0.000929835 for A, half of it for B. V between, where A is
  /// a third and B two thirds of all cohorts: (300 (0.063540² - 2/3 x 0.000929835) + 600 (0.034196² - 1/3 x 0.000464918)) /
  /// (300 x 2/3 + 600 x 1/3) = 0.00408463. Weights 0.814570 and 0.897810.
  @Test("two areas by hand")
  func byHand() {
    let above = [a: [2017: 110.0, 2016: 100, 2015: 110], b: [2017: 190, 2016: 200, 2015: 190]]
    let ratios = shrunkRatios([a, b], base: AcademicYear(2017), disturbed: []) {
      (above[$0]?[$1.start] ?? 0, $0 == a ? 100 : 200)
    }
    expectClose(ratios[a]?.weight, 0.814570, within: 1e-5, "weight of A")
    expectClose(ratios[b]?.weight, 0.897810, within: 1e-5, "weight of B")
    expectClose(ratios[a]?.value, 1.053121, within: 1e-5, "exp (0.814570 x 0.063540)")
    expectClose(ratios[b]?.value, 0.969765, within: 1e-5, "exp (0.897810 x -0.034196)")
  }

  /// Worked in Python from the formulas of Projection.md: 2017 counts as a tenth of a year, in the mean, the scatter and its freedom
  /// (2 x 1.1) and the cohorts. Undisturbed, the same counts scatter so much that both areas take the authority's ratio.
  @Test("a disturbed year says a tenth of an area's own ratio, and of its scatter")
  func disturbedYear() {
    let above = [a: [2017: 80.0, 2016: 110, 2015: 105], b: [2017: 150, 2016: 190, 2015: 195]]
    func ratios(_ years: Set<AcademicYear>) -> [PlanningAreaCode: ShrunkRatio] {
      shrunkRatios([a, b], base: AcademicYear(2017), disturbed: years) {
        (above[$0]?[$1.start] ?? 0, $0 == a ? 100 : 200)
      }
    }
    let found = ratios([AcademicYear(2017)])
    expectClose(found[a]?.weight, 0.420884, within: 1e-6)
    expectClose(found[b]?.weight, 0.592425, within: 1e-6)
    expectClose(found[a]?.value, 1.008040, within: 1e-6)
    expectClose(found[b]?.value, 0.952848, within: 1e-6)
    #expect(ratios([])[a]?.weight == 0)
    expectClose(ratios([])[a]?.value, 0.875595, within: 1e-6)
  }

  @Test("areas that differ by less than their years scatter take the authority's ratio")
  func floor() {
    let above = [a: [2017: 120.0, 2016: 80, 2015: 100], b: [2017: 80, 2016: 120, 2015: 100]]
    let ratios = shrunkRatios([a, b], base: AcademicYear(2017), disturbed: []) {
      (above[$0]?[$1.start] ?? 0, 100)
    }
    for code in [a, b] {
      #expect(ratios[code]?.weight == 0)
      expectClose(ratios[code]?.value, 1, within: 1e-12)
    }
  }

  @Test("areas that never scatter keep their own ratios")
  func noScatter() {
    let ratios = shrunkRatios([a, b], base: AcademicYear(2017), disturbed: []) { code, _ in
      (code == a ? 90 : 120, 100)
    }
    #expect(ratios[a]?.weight == 1 && ratios[b]?.weight == 1)
    expectClose(ratios[a]?.value, 0.9, within: 1e-12)
    expectClose(ratios[b]?.value, 1.2, within: 1e-12)
  }

  @Test("an area with an empty cohort takes the authority's ratio, which still counts its pupils")
  func emptyCohort() {
    let ratios = shrunkRatios([a, b], base: AcademicYear(2017), disturbed: []) { code, year in
      code == a ? (90, 100) : (year.start == 2016 ? 0 : 50, 50)
    }
    #expect(ratios[b]?.weight == 0)
    // (3 ln 140/150 + 2 ln 90/150 + ln 140/150) / 6 = (4 x -0.068993 + 2 x -0.510826) / 6 = -0.216270.
    expectClose(ratios[b]?.value, 0.805517, within: 1e-5)
  }

  @Test("an area that never had the year group does not get it")
  func never() {
    let ratios = shrunkRatios([a, b], base: AcademicYear(2017), disturbed: []) { code, _ in
      (code == a ? 50 : 0, 100)
    }
    #expect(ratios[b]?.value == 0)
    expectClose(ratios[a]?.value, 0.5, within: 1e-12)
  }

  @Test("the larger the cohort, the more its own ratio counts")
  func size() {
    let sizes = [a: 20.0, b: 400]
    let ratios = shrunkRatios([a, b], base: AcademicYear(2017), disturbed: []) { code, year in
      let size = sizes[code] ?? 0
      return (size * (code == a ? 1.2 : 0.9) * (year.start == 2016 ? 1.05 : 1), size)
    }
    let (small, large) = (ratios[a]?.weight ?? .nan, ratios[b]?.weight ?? .nan)
    #expect(small > 0 && small < large && large < 1)
  }
}
