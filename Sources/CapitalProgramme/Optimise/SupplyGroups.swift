internal import PlacePlanning

/// Cells that every choice of schemes gives the same places: their curves add up to one convex curve of one supply.
///
/// Places that fill from the entry year group upward follow a cohort, so most of an area's cells fall together along its
/// cohorts, and thousands of cells need a few hundred variables.
struct SupplyGroup {
  /// The places that one start adds to every cell of the group.
  struct Part {
    let scheme: Int
    let start: Int
    let places: Int
  }

  /// `2500.7.2023`: the area, the year group and the year of its first cell.
  let name: String
  let cells: [Int]
  let parts: [Part]
  /// The supplies that some choice of schemes can reach, rising.
  let levels: [Int]
  /// False where there are more of them than `levels` holds.
  let hasAllLevels: Bool

  static let mostLevels = 200
}

extension ProgrammeProblem {
  /// The groups of the cells that some start changes, in order of their first cells.
  func supplyGroups() -> [SupplyGroup] {
    let changes = candidates.indices.flatMap { scheme in
      candidates[scheme].starts.indices.map { (scheme: scheme, start: $0) }
    }
    let byArea = Dictionary(grouping: changes) { candidates[$0.scheme].starts[$0.start].change?.area }
    var positions: [[Int]: Int] = [:]
    var found: [(cells: [Int], parts: [SupplyGroup.Part])] = []
    for index in cells.indices {
      let parts = (byArea[cells[index].area] ?? []).compactMap { change -> SupplyGroup.Part? in
        let places = places(of: candidates[change.scheme].starts[change.start], in: cells[index]) ?? 0
        return places == 0
          ? nil : SupplyGroup.Part(scheme: change.scheme, start: change.start, places: places)
      }
      guard !parts.isEmpty else { continue }
      // The area is in the key: two areas may have a scheme's numbers but never its places.
      let key = parts.flatMap { [$0.scheme, $0.start, $0.places] }
      if let position = positions[key] {
        found[position].cells.append(index)
      } else {
        positions[key] = found.count
        found.append(([index], parts))
      }
    }
    let names = textNames(
      found.map { group in
        let first = cells[group.cells[0]]
        return "\(first.area.text).\(first.yearGroup.label).\(years[first.year].start)"
      })
    return zip(found, names).map { group, name in
      let levels = reachable(group.parts)
      return SupplyGroup(
        name: name,
        cells: group.cells, parts: group.parts, levels: thinned(levels),
        hasAllLevels: levels.count <= SupplyGroup.mostLevels)
    }
  }

  /// Sums of places over sets of schemes: one start of each and one scheme of an option group at most, and of what is committed to a
  /// start in any case.
  private func reachable(_ parts: [SupplyGroup.Part]) -> [Int] {
    let alternatives = Dictionary(grouping: parts) { candidates[$0.scheme].alternatives }
    var levels: Set<Int> = [0]
    for parts in alternatives.values {
      var steps = Set(parts.map(\.places))
      let isCertain = parts.contains { part in
        candidates[part.scheme].scheme.isCommitted
          && parts.count { $0.scheme == part.scheme } == candidates[part.scheme].starts.count
      }
      if !isCertain { steps.insert(0) }
      levels = Set(levels.flatMap { level in steps.map { level + $0 } })
    }
    return levels.sorted()
  }

  private func thinned(_ levels: [Int]) -> [Int] {
    guard levels.count > SupplyGroup.mostLevels else { return levels }
    let last = SupplyGroup.mostLevels - 1
    return (0...last).map { levels[$0 * (levels.count - 1) / last] }
  }

  /// The group's weighted unmet places as a line that touches their curve at a supply; cells whose pupils neighbours may place are not
  /// among them.
  func unmetLine(_ group: SupplyGroup, at supply: Double) -> (value: Double, slope: Double) {
    group.cells.reduce((0, 0)) { sum, index in
      guard !linkedCells.contains(index) else { return sum }
      let (weight, line) = (cells[index].weight, cells[index].curve.line(at: supply))
      return (sum.0 + weight * line.value, sum.1 + weight * line.slope)
    }
  }

  /// What the group's empty places cost beyond those without any scheme, discounted, as a line that touches at a supply.
  /// **Units** pounds.
  func spareLine(_ group: SupplyGroup, at supply: Double) -> (value: Double, slope: Double) {
    group.cells.reduce((0, 0)) { sum, index in
      let curve = cells[index].curve
      let price = goals.surplusPlaceCost * discount(cells[index].year)
      return (
        sum.0 + price * curve.surplus(adding: supply), sum.1 + price * curve.spare(adding: supply).slope
      )
    }
  }
}
