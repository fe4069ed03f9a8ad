/// The variance of a relative deviation as `perPupil / cohort + floor`, by medians in the smaller and the larger half.
struct SamplingNoise {
  struct Deviation {
    let square: Double
    let cohort: Double
  }

  private(set) var perPupil = 0.0
  private(set) var floor = 0.0

  init(perPupil: Double) { self.perPupil = perPupil }

  init(_ deviations: [Deviation]) {
    guard let middle = median(deviations.map(\.cohort)) else { return }
    let halves = [deviations.filter { $0.cohort <= middle }, deviations.filter { $0.cohort > middle }]
      .compactMap { half -> (variance: Double, inverse: Double)? in
        guard let square = median(half.map(\.square)), let inverse = median(half.map { 1 / $0.cohort })
        else { return nil }
        return (square / medianOfChiSquare, inverse)
      }
    guard let small = halves.first, let large = halves.last else { return }
    if small.inverse > large.inverse {
      perPupil = max(0, (small.variance - large.variance) / (small.inverse - large.inverse))
    }
    floor = large.variance - perPupil * large.inverse
    if floor <= 0 { (perPupil, floor) = (large.variance / large.inverse, 0) }
  }

  /// The same of few areas: too few to compare the medians of two halves, of which one may be a single hamlet.
  ///
  /// Each square is taken per pupil of its own cohort first. The smaller half gives what sampling does, as far as four times `usual`,
  /// and what the larger half has beyond it is the floor. Both are drawn towards `usual` per pupil and no floor, which weigh as
  /// `usualWeight` against `weight`; so that neither a hamlet's turmoil nor its lack of any sets the law of a town.
  init(ofFew deviations: [Deviation], usual: Double, usualWeight: Double, weight: Double) {
    // A cohort of less than a pupil misses by whole pupils all the same.
    let scaled = deviations.map {
      (square: $0.square * $0.cohort * $0.cohort / max(1, $0.cohort), cohort: $0.cohort)
    }
    let middle = median(scaled.map(\.cohort)) ?? 0
    let small = median(scaled.filter { $0.cohort <= middle }.map(\.square)) ?? 0
    let larger = scaled.filter { $0.cohort > middle }
    let sampling = small / medianOfChiSquare
    let share = weight / (usualWeight + weight)
    perPupil = (1 - share) * usual + share * min(sampling, Self.mostOfUsual * usual)
    guard let large = median(larger.map(\.square)), let inverse = median(larger.map { 1 / $0.cohort })
    else { return }
    floor = share * max(0, large / medianOfChiSquare - sampling) * inverse
  }

  private static let mostOfUsual = 4.0

  func variance(_ cohort: Double) -> Double { perPupil / cohort + floor }

  func scaled(by factor: Double) -> SamplingNoise {
    var noise = self
    noise.perPupil *= factor
    noise.floor *= factor
    return noise
  }
}
