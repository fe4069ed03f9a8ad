import PlacePlanning
import TestSupport

/// A made-up panel: cohorts that age with noise, some small areas, some that open, close or miss a year.
struct RandomPanel {
  var rolls: [String: RollTable] = [:]
  var births: [String: [Int: Double]] = [:]
  static let first = 2009
  static let last = 2016

  init(seed: UInt64, areas: Int = 6, isRagged: Bool = true) {
    var random = SeededGenerator(seed: seed)
    for index in 0..<areas {
      let code = "A\(100 + index)"
      let sizes: [Double] = [8, 25, 60, 200, 900]
      let size = sizes[Int.random(in: sizes.indices, using: &random)]
      let share = Double.random(in: 0.7...1.1, using: &random)
      for year in Self.first - 6...Self.last + 1 {
        let trend = 1 + 0.02 * Double(year - 2010)
        births[code, default: [:]][year] = (size * trend * Double.random(in: 0.9...1.1, using: &random))
          .rounded()
      }
      var table = RollTable()
      var rolls: [Double] = YearGroup.all.map { _ in (size * share).rounded() }
      for year in Self.first...Self.last {
        var next = rolls
        for yearGroup in YearGroup.all {
          let feed =
            yearGroup == .reception ? (births[code]?[year - 4] ?? 0) * share : rolls[yearGroup.number - 1]
          next[yearGroup.number] = max(0, (feed * Double.random(in: 0.94...1.06, using: &random)).rounded())
        }
        rolls = next
        let isOpen = !isRagged || (index != 1 || year >= 2012) && (index != 2 || year <= 2013)
        let isCounted = !isRagged || index != 3 || year != 2012
        for yearGroup in YearGroup.all where isOpen && isCounted {
          table[AcademicYear(year), yearGroup] = rolls[yearGroup.number]
        }
      }
      self.rolls[code] = table
    }
  }

  func panel(hasBirths: Bool = true) -> RollPanel {
    RollPanel(
      areas: rolls.keys.map { .init(code: $0, name: "Area \($0)") }, rolls: rolls,
      births: hasBirths ? births : [:])
  }
}
