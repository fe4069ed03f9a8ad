import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Testing

/// A model of this checkout, carried to its places once for all tests.
struct Projected: Sendable {
  let model: PlanningModel
  let pupils: TrajectorySet
  let balance: PlacesBalance

  private init(_ name: String) throws {
    model = try Repository.model(name)
    pupils = try project(model)
    balance = compare(pupils, with: model)
  }

  static let gloucestershire = Result { try Projected("gloucestershire") }
  static let exampleton = Result { try Projected("exampleton") }
}

/// The largest difference between found and wanted figures, and where it is.
struct Worst {
  private(set) var difference = 0.0
  private(set) var place = "nowhere"
  private(set) var count = 0

  /// A missing or impossible figure differs by infinity.
  mutating func note(_ found: Double?, _ wanted: Double, _ place: @autoclosure () -> String) {
    count += 1
    let difference = found.map { $0.isFinite ? abs($0 - wanted) : .infinity } ?? .infinity
    guard difference > self.difference else { return }
    (self.difference, self.place) = (difference, place())
  }

  func expect(
    within tolerance: Double, of wanted: Int, _ sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(count == wanted, "compared \(count) figures", sourceLocation: sourceLocation)
    #expect(difference <= tolerance, "differs by \(difference) at \(place)", sourceLocation: sourceLocation)
  }
}

/// Compares every cell of one path, the base year included, with a reference.
func worst(_ path: Trajectory, _ reference: NumPyReference.Paths) -> Worst {
  var worst = Worst()
  for area in path.areas {
    for (group, yearGroup) in area.phase.yearGroups.enumerated() {
      for (index, year) in path.years.enumerated() {
        let wanted = reference[area.code.text]?[group][index] ?? .nan
        worst.note(
          path[area.code, yearGroup, year], wanted.isNaN ? .infinity : wanted,
          "\(area.code) \(yearGroup) \(year)")
      }
    }
  }
  return worst
}
