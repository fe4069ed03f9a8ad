internal import MixedInteger
internal import PlacePlanning

/// A problem as a mixed-integer model, and where in it everything stands. Money is in thousands of pounds, supply in places.
///
/// One start of each scheme is a binary variable; money flows from pots and borrowing to classes of schemes; unmet and empty
/// places lie above lines that touch or cut their curves.
struct ProgrammeModel {
  /// Money for a class in a year.
  struct Flow {
    let funding: Int
    let year: Int
    let variable: VariableID
  }

  /// A start of a class's schemes and what it spends. **Units** whole pounds.
  struct Spender {
    let variable: VariableID
    let opening: Int
    /// **Shape** year.
    let spending: [Int]
    let cost: Int
  }

  /// Borrowing for the schemes of a class that open in one year, and what later repays it.
  struct Loan {
    let funding: Int
    let opening: Int
    /// By year; nil where nothing is spent.
    var borrowed: [Int: VariableID] = [:]
    /// By pot and year.
    var repaid: [(pot: Int, year: Int, variable: VariableID)] = []
    var debt: [Int: VariableID] = [:]
  }

  let problem: ProgrammeProblem
  let groups: [SupplyGroup]
  /// Weighted unmet places in the cells that schemes cannot change, and in those that are never short.
  let unmetElsewhere: Double
  let classes: [FundingClass]
  /// The keys of schemes and pots as LP text can carry them.
  let schemeNames: [String]
  let potNames: [String]
  var model: LinearModel
  /// **Shape** scheme x start.
  var starts: [[VariableID]] = []
  /// **Shape** group.
  var supply: [VariableID] = []
  var unmet: [VariableID] = []
  var spare: [VariableID?] = []
  /// Scheme by scheme. **Shape** class.
  var spenders: [[Spender]] = []
  /// **Shape** pot.
  var flows: [[Flow]] = []
  /// What repays loans. **Shape** pot.
  var repayments: [[Flow]] = []
  var loans: [Loan] = []
  var returned: [(pot: Int, year: Int, variable: VariableID)] = []
  /// Spending of a class that nothing pays for; only where the model may leave some.
  var unfunded: [(funding: Int, year: Int, variable: VariableID)] = []
  /// The MRP and interest of each year.
  var revenue: [LinearExpression] = []
  /// Pupils whom neighbouring areas may place.
  var neighbours = NeighbourTerms()

  /// `mayLeaveUnfunded` adds a variable for spending that no money pays for, to find out what is missing.
  init(_ problem: ProgrammeProblem, mayLeaveUnfunded: Bool = false) {
    self.problem = problem
    groups = problem.supplyGroups()
    let grouped = Set(groups.flatMap(\.cells)).union(problem.linkedCells)
    unmetElsewhere = problem.cells.indices.filter { !grouped.contains($0) }
      .reduce(0) { $0 + problem.cells[$1].weight * problem.cells[$1].curve.unmet(adding: 0) }
    schemeNames = textNames(problem.candidates.map { withoutDots($0.scheme.key) })
    potNames = textNames(problem.pots.map { withoutDots($0.key) })
    classes = problem.fundingClasses(schemeNames)
    model = LinearModel(name: "programme")
    addChoices()
    addNeed()
    addNeighbours()
    addMoney(mayLeaveUnfunded)
    addDebt()
  }

  var years: Range<Int> { problem.years.indices }
  func label(_ year: Int) -> String { String(problem.years[year].start) }

  /// Weighted unmet places in the cells that schemes can change.
  var unmetPlaces: LinearExpression { LinearExpression(sumOf: unmet) + neighbours.unmet }

  /// The start of each candidate in a solution, nil without. **Shape** candidate.
  func choices(of values: [Double]) -> [Int?] {
    starts.map { $0.firstIndex { values[$0.index] > 0.5 } }
  }

  /// The places that the starts of a solution add to each group. **Shape** group.
  func supplies(of values: [Double]) -> [Int] {
    groups.map { group in
      group.parts.reduce(0) { $0 + (values[starts[$1.scheme][$1.start].index] > 0.5 ? $1.places : 0) }
    }
  }
}

// MARK: Choices

extension ProgrammeModel {
  private mutating func addChoices() {
    for (index, candidate) in problem.candidates.enumerated() {
      starts.append(
        candidate.starts.map { model.variable("start.\(schemeNames[index]).\(label($0.year))", .binary) })
    }
    for (index, candidate) in problem.candidates.enumerated() {
      let scheme = candidate.scheme
      model.constrain(
        "once.\(schemeNames[index])", LinearExpression(sumOf: starts[index]),
        scheme.isCommitted ? .equals : .atMost, 1)
      for key in scheme.prerequisites { addPrerequisite(of: index, key) }
    }
    let options = Dictionary(grouping: problem.candidates.indices) {
      problem.candidates[$0].scheme.optionGroup
    }
    let groups = options.compactMap { entry in entry.key.map { ($0, entry.value) } }.sorted { $0.0 < $1.0 }
    for ((_, schemes), name) in zip(groups, textNames(groups.map(\.0))) where schemes.count > 1 {
      model.constrain(
        "option.\(name)", LinearExpression(sumOf: schemes.flatMap { starts[$0] }), .atMost, 1)
    }
  }

  /// By each year in which the scheme may start, no more of it than of what it requires.
  private mutating func addPrerequisite(of scheme: Int, _ key: String) {
    let candidate = problem.candidates[scheme]
    let required = problem.candidates.firstIndex { $0.scheme.key == key }
    for start in candidate.starts {
      var balance = LinearExpression()
      for (index, own) in candidate.starts.enumerated() where own.year <= start.year {
        balance.add(starts[scheme][index])
      }
      if let required {
        for (index, other) in problem.candidates[required].starts.enumerated()
        where other.year <= start.year {
          balance.add(starts[required][index], times: -1)
        }
      }
      let name = required.map { schemeNames[$0] } ?? "nothing"
      model.constrain("requires.\(schemeNames[scheme]).\(name).\(label(start.year))", balance, .atMost, 0)
    }
  }
}

// MARK: Need

extension ProgrammeModel {
  private mutating func addNeed() {
    for group in groups {
      let (least, most) = (Double(group.levels.first ?? 0), Double(group.levels.last ?? 0))
      let supplied = model.variable("places.\(group.name)", .continuous(least, most))
      var balance = LinearExpression()
      balance.add(supplied)
      for part in group.parts { balance.add(starts[part.scheme][part.start], times: -Double(part.places)) }
      model.constrain("supply.\(group.name)", balance, .equals, 0)
      supply.append(supplied)
      unmet.append(model.variable("unmet.\(group.name)", .continuous(0, .infinity)))
      spare.append(
        problem.goals.surplusPlaceCost > 0
          ? model.variable("spare.\(group.name)", .continuous(0, .infinity)) : nil)
    }
    let problem = problem
    for (index, group) in groups.enumerated() {
      addCuts("need", unmet[index], index) { problem.unmetLine(group, at: Double($0)) }
      guard let spare = spare[index] else { continue }
      addCuts("empty", spare, index) { level in
        let line = problem.spareLine(group, at: Double(level))
        return (line.value / 1000, line.slope / 1000)
      }
    }
  }

  /// Lines that a curve's variable lies above: between two supplies next to each other, the chord, which no reachable supply lies
  /// below and which is tighter between them than the tangents; tangents where supplies in between were left out.
  private mutating func addCuts(
    _ family: String, _ value: VariableID, _ index: Int, _ curve: (Int) -> (value: Double, slope: Double)
  ) {
    let group = groups[index]
    let points = group.levels.map { (level: $0, line: curve($0)) }
    var lines: [(level: Int, value: Double, slope: Double)] = []
    if group.hasAllLevels, points.count > 1 {
      lines = zip(points, points.dropFirst()).map { here, next in
        (here.level, here.line.value, (next.line.value - here.line.value) / Double(next.level - here.level))
      }
    } else {
      lines = points.map { ($0.level, $0.line.value, $0.line.slope) }
    }
    var last: Double?
    for line in lines where line.slope != last && abs(line.slope) > 1e-9 {
      last = line.slope
      model.constrain(
        "\(family).\(group.name).\(line.level)", tangent(value, supply[index], line.slope), .atLeast,
        line.value - line.slope * Double(line.level))
    }
  }

  private func tangent(_ value: VariableID, _ supply: VariableID, _ slope: Double) -> LinearExpression {
    LinearExpression().adding(value).adding(supply, times: -slope)
  }

  /// The tangents that are still missing at the supplies of a solution; none where the curves were exact there.
  func missingTangents(
    at values: [Double]
  ) -> [(name: String, expression: LinearExpression, value: Double)] {
    var missing: [(name: String, expression: LinearExpression, value: Double)] = []
    for (index, level) in supplies(of: values).enumerated() {
      let group = groups[index]
      guard !group.hasAllLevels, !group.levels.contains(level) else { continue }
      let line = problem.unmetLine(group, at: Double(level))
      let cost = problem.spareLine(group, at: Double(level))
      if line.value > values[unmet[index].index] + 1e-6 {
        missing.append(
          (
            "need.\(group.name).\(level)", tangent(unmet[index], supply[index], line.slope),
            line.value - line.slope * Double(level)
          ))
      }
      if let spare = spare[index], cost.value / 1000 > values[spare.index] + 1e-6 {
        missing.append(
          (
            "empty.\(group.name).\(level)", tangent(spare, supply[index], cost.slope / 1000),
            (cost.value - cost.slope * Double(level)) / 1000
          ))
      }
    }
    return missing
  }
}

/// A key that is one part of a dotted name: `a.b` and `c` must not read like `a` and `b.c`.
func withoutDots(_ key: String) -> String { String(key.map { $0 == "." ? "_" : $0 }) }

/// Keys as names for LP text: letters, digits, dots and underscores. A number tells two apart that would be alike.
func textNames(_ keys: [String]) -> [String] {
  var seen: Set<String> = []
  return keys.map { key in
    let plain = String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "_" })
    var (name, number) = (plain, 1)
    while !seen.insert(name).inserted {
      number += 1
      name = "\(plain)_\(number)"
    }
    return name
  }
}
