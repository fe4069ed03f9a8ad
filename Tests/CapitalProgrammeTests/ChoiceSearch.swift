import CapitalProgramme
import PlacePlanning

/// Every choice of starts that keeps the rules on what is chosen and that all money together might pay for, with what it leaves
/// unmet: one scheme after another, without going on where nothing that follows could help.
///
/// A choice is given up when its group already has an option, when what a scheme requires has not begun, or when schemes spend by the
/// end of some year more than all that may pay for any of them has received by then: schemes that follow spend more, never less.
struct ChoiceSearch {
  struct Choice {
    /// The start of each candidate, -1 without. **Shape** candidate.
    let starts: [Int8]
    let unmet: Double

    var positions: [Int?] { starts.map { $0 < 0 ? nil : Int($0) } }
  }

  /// As many as there are without any rule.
  let combinations: Int
  private(set) var choices: [Choice] = []

  private let problem: ProgrammeProblem
  /// What the payers of each purse have by the end of each year. **Shape** purse, year. **Units** whole pounds.
  private let money: [[Int]]
  /// The purses that hold every payer of a scheme. **Shape** candidate.
  private let purses: [[Int]]
  /// By the end of each year. **Shape** candidate, start, year. **Units** whole pounds.
  private let spending: [[[Int]]]
  /// Positions of earlier candidates that must have begun; nil where one is not there or comes later. **Shape** candidate.
  private let required: [[Int]?]
  /// **Shape** candidate; nil without a group.
  private let group: [Int?]
  private let options: [[Int8]]
  /// The area of each candidate, as a position.
  private let area: [Int]
  private var unmet: [[Int: Double]]
  private var places: PlacesTable
  private let cells: [[Int]]
  /// Unmet places that no scheme can change.
  private let elsewhere: Double

  init(_ problem: ProgrammeProblem) {
    self.problem = problem
    let years = problem.years.indices
    func sums(_ yearly: [Int]) -> [Int] {
      var sum = 0
      return yearly.map { pounds in
        sum += pounds
        return sum
      }
    }
    // The payers of each scheme, as positions of pots; borrowing comes after them. A purse is what some scheme may be paid from.
    let payers = problem.candidates.map { candidate in
      Set(candidate.pots).union(candidate.mayBorrow ? [problem.pots.count] : [])
    }
    let all = Set(payers).map { $0 }
    purses = payers.map { own in all.indices.filter { own.isSubset(of: all[$0]) } }
    money = all.map { purse in
      sums(
        years.map { year in
          purse.reduce(0) { sum, payer in
            let financialYear = problem.years[year]
            guard payer < problem.pots.count else {
              return sum + (problem.borrowing.limit[financialYear] ?? 0)
            }
            let pot = problem.pots[payer]
            let isOver = pot.spendBy.map { financialYear > $0 } ?? false
            return sum + (isOver ? 0 : pot.received[financialYear] ?? 0)
          }
        })
    }
    let schemes = problem.candidates.map(\.scheme)
    spending = problem.candidates.map { $0.starts.map { sums($0.spending) } }
    required = schemes.enumerated().map { index, scheme in
      let found = scheme.prerequisites.compactMap { key in schemes.firstIndex { $0.key == key } }
      let isOrdered = found.count == scheme.prerequisites.count && found.allSatisfy { $0 < index }
      return isOrdered ? found : nil
    }
    let groups = Set(schemes.compactMap(\.optionGroup)).sorted()
    group = schemes.map { $0.optionGroup.flatMap(groups.firstIndex) }
    options = problem.candidates.map { candidate in
      (candidate.scheme.isCommitted ? [] : [-1]) + candidate.starts.indices.map(Int8.init)
    }
    combinations = options.reduce(1) { $0 * $1.count }
    let areas = Set(schemes.compactMap(\.area)).sorted()
    area = schemes.map { $0.area.flatMap(areas.firstIndex) ?? 0 }
    unmet = areas.map { _ in [:] }
    cells = areas.map { area in problem.cells.indices.filter { problem.cells[$0].area == area } }
    places = PlacesTable(problem)
    let known = Set(cells.joined())
    elsewhere = places.unmet([], in: problem.cells.indices.filter { !known.contains($0) })
    var state = State(
      starts: [], spent: all.map { _ in years.map { _ in 0 } }, used: groups.map { _ in false },
      keys: areas.map { _ in 0 })
    search(&state)
  }

  private struct State {
    var starts: [Int8]
    /// By the end of each year. **Shape** purse, year.
    var spent: [[Int]]
    var used: [Bool]
    /// A number for what is chosen in each area.
    var keys: [Int]
  }

  private mutating func search(_ state: inout State) {
    let scheme = state.starts.count
    guard scheme < options.count else {
      choices.append(Choice(starts: state.starts, unmet: unmetPlaces(state)))
      return
    }
    let (place, key) = (area[scheme], state.keys[area[scheme]])
    for option in options[scheme] {
      guard option < 0 || mayStart(scheme, option, state) else { continue }
      let spent = state.spent
      if option >= 0 {
        for purse in purses[scheme] {
          for (year, pounds) in spending[scheme][Int(option)].enumerated() {
            state.spent[purse][year] += pounds
          }
        }
        if let group = group[scheme] { state.used[group] = true }
      }
      state.starts.append(option)
      state.keys[place] = key * 16 + Int(option) + 1
      search(&state)
      state.keys[place] = key
      state.starts.removeLast()
      if option >= 0, let group = group[scheme] { state.used[group] = false }
      state.spent = spent
    }
  }

  private func mayStart(_ scheme: Int, _ option: Int8, _ state: State) -> Bool {
    if let group = group[scheme], state.used[group] { return false }
    guard let required = required[scheme] else { return false }
    let candidate = problem.candidates[scheme]
    let year = candidate.starts[Int(option)].year
    for other in required {
      let start = state.starts[other]
      guard start >= 0, problem.candidates[other].starts[Int(start)].year <= year else { return false }
    }
    let more = spending[scheme][Int(option)]
    return purses[scheme].allSatisfy { purse in
      more.indices.allSatisfy { state.spent[purse][$0] + more[$0] <= money[purse][$0] }
    }
  }

  private mutating func unmetPlaces(_ state: State) -> Double {
    var total = elsewhere
    for (place, key) in state.keys.enumerated() {
      if let known = unmet[place][key] {
        total += known
        continue
      }
      let value = places.unmet(state.starts.map { $0 < 0 ? nil : Int($0) }, in: cells[place])
      unmet[place][key] = value
      total += value
    }
    return total
  }
}
