/// How unmet places are counted over the draws. Each is convex in the places added.
public enum UnmetMeasure: Hashable, Sendable {
  /// The mean over all draws.
  case expected
  /// The mean over the worst share of draws of each cell (conditional value at risk).
  case worst(share: Double)
  /// Places short of what all but a share of draws need in each cell.
  case beyond(chance: Double)

  /// `expected`, `worst:0.1`, `beyond:0.2`.
  public var text: String {
    switch self {
    case .expected: "expected"
    case .worst(let share): "worst:\(share)"
    case .beyond(let chance): "beyond:\(chance)"
    }
  }
}

/// The draws of one planning area, year group and year, as a curve: the places that stay unmet when places are added.
///
/// `h(S) = mean of max(0, (1 + margin) x pupils - places - S)` is convex and piecewise linear in S alone, so any number of draws
/// enters a programme as a few of its tangents.
public struct NeedCurve: Sendable {
  /// Pupils in each draw, rising.
  private let pupils: [Double]
  /// Pupils beyond the places, added up over the first draws: a sum for each whole number of blocks, so that no line is drawn by
  /// going through all draws.
  private let sums: [Double]
  let margin: Double
  /// The places without any scheme.
  public let places: Double
  /// The draws that count, as positions in `pupils`.
  private let counted: Range<Int>
  /// Unmet places with none added: most cells have none, and programmes are counted hundreds of times.
  private var unmetAsItIs = 0.0

  /// **Precondition** none: without draws nothing is ever unmet.
  public init(pupils: [Double], margin: Double, places: Double, measure: UnmetMeasure = .expected) {
    self.pupils = pupils.sorted()
    self.margin = margin
    self.places = places
    var sums = [0.0]
    for start in stride(from: 0, to: pupils.count, by: Self.block) {
      let end = min(start + Self.block, pupils.count)
      sums.append(self.pupils[start..<end].reduce(sums[sums.count - 1]) { $0 + ($1 - places) })
    }
    self.sums = sums
    let count = pupils.count
    switch measure {
    case .expected: counted = 0..<count
    case .worst(let share):
      let worst = min(count, max(1, Int((share * Double(count)).rounded())))
      counted = count - worst..<count
    case .beyond(let chance):
      // Shares such as 0.3 are not exact: (1 - 0.7) x 10 is a little more than 3.
      let last = min(count, max(1, Int(((1 - chance) * Double(count) - 1e-6).rounded(.up))))
      counted = max(0, last - 1)..<last
    }
    unmetAsItIs = line(at: 0).value
  }

  /// Unmet places with `added` more. **Units** places.
  public func unmet(adding added: Double) -> Double { added == 0 ? unmetAsItIs : line(at: added).value }

  /// The curve's value and slope: the slope to the right of a kink. `value + slope x (S - added)` lies nowhere above the curve.
  public func line(at added: Double) -> (value: Double, slope: Double) {
    guard !counted.isEmpty else { return (0, 0) }
    let level = (places + added) / (1 + margin)
    let first = firstPosition(above: level, in: counted)
    let short = Double(counted.upperBound - first)
    let sum = max(0, beyondPlaces(counted.upperBound) - beyondPlaces(first) - short * (level - places))
    return (sum * (1 + margin) / Double(counted.count), -short / Double(counted.count))
  }

  /// Places that stay empty with `added` more, and the slope: over all draws, without the margin. **Units** places.
  public func spare(adding added: Double) -> (value: Double, slope: Double) {
    guard !pupils.isEmpty else { return (0, 0) }
    let level = places + added
    let fewer = firstPosition(above: level, in: pupils.indices)
    let sum = max(0, Double(fewer) * added - beyondPlaces(fewer))
    return (sum / Double(pupils.count), Double(fewer) / Double(pupils.count))
  }

  /// Places that stay empty with `added` more, beyond those that do without them. **Units** places.
  func surplus(adding added: Double) -> Double { spare(adding: added).value - spare(adding: 0).value }

  private static let block = 64

  /// Pupils beyond the places, added up over the first draws.
  private func beyondPlaces(_ draws: Int) -> Double {
    let whole = draws / Self.block
    return pupils[whole * Self.block..<draws].reduce(sums[whole]) { $0 + ($1 - places) }
  }

  private func firstPosition(above level: Double, in range: Range<Int>) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if pupils[middle] > level { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
