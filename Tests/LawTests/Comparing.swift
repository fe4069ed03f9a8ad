import PlacePlanning
import Projection
import Sufficiency
import Testing

/// Every figure of both paths, by area, year group and year.
func figures(
  _ pupils: TrajectorySet, upTo last: AcademicYear? = nil,
  renamed: (PlanningAreaCode) -> PlanningAreaCode = { $0 }
) -> [String: Double] {
  var answer: [String: Double] = [:]
  for area in pupils.areas {
    for yearGroup in area.phase.yearGroups {
      for year in pupils.years where year <= last ?? year {
        let key = "\(renamed(area.code)) \(yearGroup.label) \(year)"
        answer["with \(key)"] = pupils.central[area.code, yearGroup, year]
        answer["without \(key)"] = pupils.centralWithoutHousing[area.code, yearGroup, year]
      }
    }
  }
  return answer
}

/// Every figure of a balance, by area, year group and year.
func figures(_ balance: PlacesBalance, upTo last: AcademicYear? = nil) -> [String: Double] {
  var answer: [String: Double] = [:]
  for cell in balance.cells where cell.year <= last ?? cell.year {
    let key = "\(cell.area.code) \(cell.yearGroup.label) \(cell.year)"
    answer["places \(key)"] = cell.places
    answer["need \(key)"] = cell.need
    answer["surplus \(key)"] = cell.surplus
  }
  return answer
}

/// Expects the same keys, and the same bits under each.
func expectSameBits(
  _ found: [String: Double], _ wanted: [String: Double], _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(!wanted.isEmpty, "\(what): nothing to compare", sourceLocation: sourceLocation)
  #expect(found.count == wanted.count, "\(what)", sourceLocation: sourceLocation)
  let wrong = wanted.filter { found[$0.key]?.bitPattern != $0.value.bitPattern }.keys.sorted()
  #expect(
    wrong.isEmpty, "\(what): \(wrong.count) of \(wanted.count) differ, first at \(wrong.first ?? "")",
    sourceLocation: sourceLocation)
}

/// Expects the same keys, and figures that agree relative to their size.
func expectClose(
  _ found: [String: Double], _ wanted: [String: Double], within tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(!wanted.isEmpty, "\(what): nothing to compare", sourceLocation: sourceLocation)
  #expect(found.count == wanted.count, "\(what)", sourceLocation: sourceLocation)
  let wrong = wanted.filter { key, value in
    guard let other = found[key], other.isFinite else { return true }
    return abs(other - value) > tolerance * max(1, abs(value))
  }.keys.sorted()
  #expect(
    wrong.isEmpty, "\(what): \(wrong.count) of \(wanted.count) differ, first at \(wrong.first ?? "")",
    sourceLocation: sourceLocation)
}
