internal import Foundation
internal import PlacePlanning

extension CohortHistory {
  /// Log of pupils per feed over all areas with a pair in the year; nil without any.
  func commonRate(_ group: Int, _ year: Int) -> Double? {
    let pairs = (0..<areas).compactMap { pair($0, group, year) }
    let pupils = pairs.reduce(0) { $0 + $1.pupils }
    return pupils > 0 ? log(pupils / pairs.reduce(0) { $0 + $1.feed }) : nil
  }

  /// By year up to the last: pupils of the areas that were counted whenever any was; nil where there are none.
  func commonCounts(_ group: Int, to last: Int) -> [Double?] {
    let years = (0...last).filter { year in (0..<areas).contains { !panel[$0, group, year].isNaN } }
    let whole = (0..<areas).filter { area in years.allSatisfy { !panel[area, group, $0].isNaN } }
    return (0...last).map { year in
      let total = years.contains(year) ? whole.reduce(0) { $0 + panel[$1, group, year] } : 0
      return total > 0 ? total : nil
    }
  }
}
