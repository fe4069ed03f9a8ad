internal import PlacePlanning

/// A block's plans while they are enumerated: what does not change, and the choice so far. Lists are flat, since hundreds of thousands of
/// plans go through them.
struct PlanEnumeration {
  /// How many starts each scheme has, and where the first of them stands among all.
  let starts: [Int]
  let firstStart: [Int]
  /// **Shape** scheme.
  let isCommitted: [Bool]
  /// The option group of each scheme by number, -1 of none.
  let options: [Int]
  /// The year of each start of all schemes. **Units** position among the problem's years.
  let years: [Int]
  /// Positions of schemes that require another, and of that; -1 where it is no candidate.
  let required: [(scheme: Int, other: Int)]
  /// What starts add to the groups, start by start, and where the parts of each start begin.
  let parts: [(group: Int, places: Int)]
  let firstPart: [Int]
  /// Weighted unmet places by group and places added, worked out when first asked for; and where each group begins.
  var values: [Double]
  let firstValue: [Int]
  let unmetLine: (_ group: Int, _ places: Int) -> Double
  /// Places that the choice adds. **Shape** group.
  var added: [Int]
  /// The start of each scheme, -1 for none.
  var choice: [Int16]
  /// Whether a scheme of each option group is chosen.
  var isTaken: [Bool]

  init(_ problem: ProgrammeProblem, _ schemes: [Int], _ groups: [SupplyGroup]) {
    let candidates = schemes.map { problem.candidates[$0] }
    starts = candidates.map(\.starts.count)
    firstStart = Self.sums(starts)
    isCommitted = candidates.map(\.scheme.isCommitted)
    let keys = candidates.map(\.scheme.optionGroup)
    options = keys.map { key in key.flatMap { keys.firstIndex(of: $0) } ?? -1 }
    years = candidates.flatMap { $0.starts.map(\.year) }
    required = candidates.enumerated().flatMap { position, candidate in
      candidate.scheme.prerequisites.map { key in
        (position, candidates.firstIndex { $0.scheme.key == key } ?? -1)
      }
    }
    let positions = Dictionary(uniqueKeysWithValues: schemes.enumerated().map { ($1, $0) })
    let here = groups.filter { group in group.parts.contains { positions[$0.scheme] != nil } }
    var byStart = years.map { _ in [(group: Int, places: Int)]() }
    for (index, group) in here.enumerated() {
      for part in group.parts {
        guard let position = positions[part.scheme] else { continue }
        byStart[firstStart[position] + part.start].append((index, part.places))
      }
    }
    parts = byStart.flatMap(\.self)
    firstPart = Self.sums(byStart.map(\.count))
    firstValue = Self.sums(here.map { $0.most + 1 })
    values = [Double](repeating: .nan, count: firstValue[here.count])
    unmetLine = { problem.unmetLine(here[$0], at: Double($1)).value }
    added = here.map { _ in 0 }
    choice = schemes.map { _ in -1 }
    isTaken = schemes.map { _ in false }
  }

  /// Nought, then the sums of the first numbers.
  private static func sums(_ numbers: [Int]) -> [Int] {
    numbers.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  }
}

extension PlanEnumeration {
  /// Adds the places of a start, or takes them off again (-1).
  mutating func add(_ position: Int, _ start: Int, times sign: Int) {
    let index = firstStart[position] + start
    for part in firstPart[index]..<firstPart[index + 1] {
      added[parts[part].group] += sign * parts[part].places
    }
  }

  /// What a scheme requires is chosen and starts no later.
  var keepsPrerequisites: Bool {
    for (scheme, other) in required where choice[scheme] >= 0 {
      guard other >= 0, choice[other] >= 0,
        years[firstStart[other] + Int(choice[other])] <= years[firstStart[scheme] + Int(choice[scheme])]
      else { return false }
    }
    return true
  }

  mutating func unmet() -> Double {
    var sum = 0.0
    for group in added.indices {
      let value = firstValue[group] + added[group]
      if values[value].isNaN { values[value] = unmetLine(group, added[group]) }
      sum += values[value]
    }
    return sum
  }
}

extension SupplyGroup {
  /// No fewer places than any choice adds: each scheme's most.
  fileprivate var most: Int {
    Dictionary(grouping: parts, by: \.scheme).values.reduce(0) { sum, parts in
      sum + (parts.map(\.places).max() ?? 0)
    }
  }
}
