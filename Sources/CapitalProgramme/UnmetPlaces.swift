internal import PlacePlanning

// Places that starts add, and those that stay unmet: what makes up the first aim.

extension ProgrammeProblem {
  /// Whole places that a start adds to a cell; nil where it adds none anywhere or stands in another area.
  func places(of start: Start, in cell: Cell) -> Int? {
    guard let change = start.change, change.area == cell.area else { return nil }
    return Int(change.places(in: cell.yearGroup, year: years[cell.year].academicYear).rounded())
  }

  /// Places that chosen starts add to each cell. **Shape** cell. **Units** whole places.
  func placesAdded(by chosen: [Start]) -> [Int] {
    let byArea = Dictionary(grouping: chosen.filter { $0.change != nil }) { $0.change?.area }
    return cells.indices.map { cell in
      (byArea[cells[cell].area] ?? []).reduce(0) { $0 + (places(of: $1, in: cells[cell]) ?? 0) }
    }
  }

  /// Places that stay empty beyond those without any scheme. **Shape** year. **Units** places.
  func surplusPlaces(adding added: [Int]) -> [Double] {
    var surplus = years.map { _ in 0.0 }
    for (cell, added) in zip(cells.indices, added) where added != 0 {
      surplus[cells[cell].year] += cells[cell].curve.surplus(adding: Double(added))
    }
    return surplus
  }

  /// The most places that schemes can add to a cell: one scheme of an option group at most.
  func mostAdded(to cell: Cell) -> Int {
    var most: [String: Int] = [:]
    for candidate in candidates {
      let own = candidate.starts.compactMap { places(of: $0, in: cell) }.max() ?? 0
      most[candidate.alternatives] = max(most[candidate.alternatives] ?? 0, own)
    }
    return most.values.reduce(0, +)
  }

  /// Cells whose pupils neighbours may place, as positions.
  var linkedCells: Set<Int> { neighbours?.cells ?? [] }

  /// Unmet places of each cell, each times its cell's weight, added up. **Shape** cell. **Units** places.
  func weighted(_ unmet: [Double]) -> Double {
    zip(cells.indices, unmet).reduce(0) { $0 + cells[$1.0].weight * $1.1 }
  }

  /// Unmet places of each cell without any scheme. **Shape** cell. **Units** places.
  var unmetWithoutSchemes: [Double] { unmet(adding: cells.map { _ in 0 }) }

  /// Unmet places of each cell, as a programme counts them. **Shape** cell. **Units** places.
  func unmet(adding added: [Int]) -> [Double] {
    unmet(adding: added, neighbours?.expected(adding: added, over: \.scenarios))
  }

  func unmet(adding added: [Int], _ placed: [NeighbourNeed.Expected]?) -> [Double] {
    let linked = linkedCells
    var unmet = zip(cells.indices, added).map {
      linked.contains($0) ? 0 : cells[$0].curve.unmet(adding: Double($1))
    }
    for (group, expected) in zip(neighbours?.groups ?? [], placed ?? []) {
      for (cell, value) in zip(group.cells, expected.unmet) { unmet[cell] = value }
    }
    return unmet
  }
}

extension ProgrammeProblem.Candidate {
  /// A name for the schemes of which one at most is chosen: those of its option group, or it alone.
  var alternatives: String { scheme.optionGroup.map { "group \($0)" } ?? "scheme \(scheme.key)" }
}
