internal import MixedInteger
internal import PlacePlanning

/// What placing pupils in neighbouring areas adds to a programme's model: to its variables and rows, and to its aims.
struct NeighbourTerms {
  /// Weighted, the mean over the scenarios.
  var unmet = LinearExpression()
  /// Discounted, the mean over the scenarios. **Units** thousands of pounds.
  var transport = LinearExpression()
}

extension ProgrammeModel {
  /// In every scenario each pupil has a place in their own area, in an area that it is linked to, or nowhere.
  mutating func addNeighbours() {
    guard let need = problem.neighbours else { return }
    var supplyOf: [Int: VariableID] = [:]
    for (index, group) in groups.enumerated() {
      for cell in group.cells { supplyOf[cell] = supply[index] }
    }
    let codes = need.blocks.flatMap { $0 }
    let names = Dictionary(uniqueKeysWithValues: zip(codes, textNames(codes.map(\.text))))
    for group in need.groups {
      if group.cells.allSatisfy({ supplyOf[$0] == nil }) {
        addFixed(group)
        continue
      }
      for scenario in group.scenarios.indices {
        add(group, scenario, group.cells.map { supplyOf[$0] }, group.areas.map { names[$0] ?? "" })
      }
    }
  }

  /// What no choice changes is a number.
  private mutating func addFixed(_ group: NeighbourNeed.Group) {
    let expected = group.expected(adding: group.cells.map { _ in 0 }, over: \.scenarios)
    neighbours.unmet.constant += zip(group.weights, expected.unmet).reduce(0) { $0 + $1.0 * $1.1 }
    neighbours.transport.constant += problem.discount(group.year) * group.transport(expected) / 1000
  }

  private mutating func add(
    _ group: NeighbourNeed.Group, _ number: Int, _ supplies: [VariableID?], _ names: [String]
  ) {
    let scenario = group.scenarios[number]
    let suffix = "\(group.yearGroup.label).\(label(group.year)).\(number + 1)"
    let unplaced = zip(names, scenario.need).map { name, need in
      model.variable("unplaced.\(name).\(suffix)", .continuous(0, need))
    }
    let placed = group.ways.map { way in
      model.variable("placed.\(names[way.from]).\(names[way.to]).\(suffix)", .continuous(0, .infinity))
    }
    for (area, name) in names.enumerated() {
      // Everyone who is left, and everyone who comes, has one of the places.
      var room = LinearExpression()
      var leaving = LinearExpression()
      room.add(unplaced[area], times: -1)
      leaving.add(unplaced[area])
      for (way, placed) in zip(group.ways, placed) {
        // A pupil takes the margin along.
        let places = 1 + group.margins[way.from]
        if way.from == area {
          room.add(placed, times: -places)
          leaving.add(placed, times: places)
        }
        if way.to == area { room.add(placed, times: places) }
      }
      if let supply = supplies[area] { room.add(supply, times: -1) }
      model.constrain("room.\(name).\(suffix)", room, .atMost, group.places[area] - scenario.need[area])
      if leaving.terms.count > 1 {
        model.constrain("pupils.\(name).\(suffix)", leaving, .atMost, scenario.need[area])
      }
      neighbours.unmet.add(unplaced[area], times: scenario.weight * group.weights[area])
    }
    let worth = problem.discount(group.year) * scenario.weight / 1000
    for (link, placed) in zip(group.links, placed) where link.transportCost > 0 {
      neighbours.transport.add(placed, times: worth * link.transportCost)
    }
  }
}
