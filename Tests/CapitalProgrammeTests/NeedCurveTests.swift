import CapitalProgramme
import TestSupport
import Testing

@Suite struct NeedCurveTests {
  private static let measures: [UnmetMeasure] = [.expected, .worst(share: 0.2), .beyond(chance: 0.3)]

  /// Whole and broken pupil numbers, with ties; few draws, or more than a block of them.
  private func draws(_ random: inout SeededGenerator) -> [Double] {
    (0..<Int.random(in: Bool.random(using: &random) ? 1...40 : 60...200, using: &random)).map { _ in
      Double(Int.random(in: 50...90, using: &random)) * (Bool.random(using: &random) ? 1 : 1.013)
    }
  }

  @Test func `expected need is the average over all draws`() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<200 {
      let (pupils, margin) = (draws(&random), Double.random(in: 0...0.1, using: &random))
      let places = Double(Int.random(in: 40...80, using: &random))
      let curve = NeedCurve(pupils: pupils, margin: margin, places: places)
      for added in stride(from: -10.0, through: 60, by: 5) {
        let need = pupils.map { max(0, $0 * (1 + margin) - places - added) }
        expectClose(curve.unmet(adding: added), need.reduce(0, +) / Double(need.count), within: 1e-9)
        let spare = pupils.map { max(0, places + added - $0) }
        expectClose(curve.spare(adding: added).value, spare.reduce(0, +) / Double(spare.count), within: 1e-9)
      }
    }
  }

  @Test(arguments: measures)
  func `no line lies above its curve, and a curve is convex and falls`(_ measure: UnmetMeasure) {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<40 {
      let curve = NeedCurve(pupils: draws(&random), margin: 0.05, places: 50, measure: measure)
      let levels = (-5...45).map(Double.init)
      let values = levels.map { curve.unmet(adding: $0) }
      for (at, level) in levels.enumerated() {
        let (value, slope) = curve.line(at: level)
        #expect(value == values[at])
        #expect((-1...0).contains(slope))
        for (other, added) in levels.enumerated() {
          #expect(value + slope * (added - level) <= values[other] + 1e-9)
        }
      }
      for at in 1..<levels.count - 1 {
        #expect(values[at] <= (values[at - 1] + values[at + 1]) / 2 + 1e-9)
        #expect(values[at + 1] <= values[at] + 1e-9)
      }
    }
  }

  @Test func `lines of spare places lie nowhere above them`() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<40 {
      let curve = NeedCurve(pupils: draws(&random), margin: 0.05, places: 50)
      for level in 0...45 {
        let (value, slope) = curve.spare(adding: Double(level))
        for added in 0...45 {
          let line = value + slope * Double(added - level)
          #expect(line <= curve.spare(adding: Double(added)).value + 1e-9)
        }
      }
    }
  }

  @Test func `slopes are those to the right of a kink`() {
    // Draws of 60, 70, 70 and 80 against 50 places: kinks at 10, 20 and 30.
    let curve = NeedCurve(pupils: [70, 60, 80, 70], margin: 0, places: 50)
    #expect(curve.line(at: 0) == (20, -1))
    #expect(curve.line(at: 10) == (10, -0.75))
    #expect(curve.line(at: 20) == (2.5, -0.25))
    #expect(curve.line(at: 30) == (0, 0))
    #expect(curve.spare(adding: 20) == (2.5, 0.75))
  }

  @Test func `the mean of the worst draws, by hand`() {
    // Ten draws, 61 to 70; the worst fifth is 69 and 70.
    let pupils = (61...70).map(Double.init)
    let curve = NeedCurve(pupils: pupils, margin: 0, places: 60, measure: .worst(share: 0.2))
    #expect(curve.unmet(adding: 0) == 9.5)
    #expect(curve.line(at: 9) == (0.5, -0.5))
    #expect(curve.unmet(adding: 10) == 0)
    // Spare places are over all draws: 65 places leave 4, 3, 2 and 1 empty in four of them.
    #expect(curve.spare(adding: 5).value == 1)
    // A share too small for one draw is the worst draw; the whole is the mean.
    #expect(
      NeedCurve(pupils: pupils, margin: 0, places: 60, measure: .worst(share: 0.01)).unmet(adding: 0) == 10)
    #expect(
      NeedCurve(pupils: pupils, margin: 0, places: 60, measure: .worst(share: 1)).unmet(adding: 0) == 5.5)
  }

  @Test(arguments: [(0.0, 10.0), (0.1, 9), (0.25, 8), (0.3, 7), (0.7, 3), (0.9, 1), (1, 1)])
  func `what all but a share of draws need, by hand`(_ chance: Double, _ unmet: Double) {
    // 60 places and 61 to 70 pupils: with a chance of 3 in 10 beyond, 67 are to be placed.
    let curve = NeedCurve(
      pupils: (61...70).map(Double.init), margin: 0, places: 60, measure: .beyond(chance: chance))
    #expect(curve.unmet(adding: 0) == unmet)
  }

  @Test func `the margin raises need and leaves spare places alone`() {
    let curve = NeedCurve(pupils: [100], margin: 0.05, places: 90)
    expectClose(curve.unmet(adding: 10), 5)
    #expect(curve.spare(adding: 10).value == 0)
    expectClose(curve.unmet(adding: 15), 0)
    #expect(curve.spare(adding: 15).value == 5)
  }

  @Test(arguments: measures)
  func `without draws nothing is unmet`(_ measure: UnmetMeasure) {
    let curve = NeedCurve(pupils: [], margin: 0, places: 10, measure: measure)
    #expect(curve.line(at: 0) == (0, 0))
    #expect(curve.spare(adding: 0) == (0, 0))
  }
}
