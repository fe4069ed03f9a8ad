import CapitalProgramme
import PlacePlanning
import TestSupport
import Testing

/// The best programme of a small problem, found by trying every choice of starts: least weighted unmet places, then least present
/// cost; and how near the nearest of those that are as good lies to the approved programme. For a dozen schemes and four years.
///
/// Each choice's money is the optimum of a linear programme (`CheapestFunding`), so the present cost may lie under that of whole
/// pounds by a few pounds. It shares the problem's own curves and start years with the optimiser, and nothing else.
struct BruteForce {
  struct Optimum {
    let weightedUnmet: Double
    let presentCost: Double
    let starts: [Int?]
    /// With its payments, where they are whole pounds.
    let programme: Programme?
  }

  let problem: ProgrammeProblem
  /// Nil when no choice that keeps the rules can be paid for.
  let optimum: Optimum?
  /// Choices without any rule.
  let combinations: Int

  init(_ problem: ProgrammeProblem) {
    self.problem = problem
    let places = PlacesTable(problem)
    let search = ChoiceSearch(problem)
    combinations = search.combinations
    var best: (unmet: Double, cost: Double, starts: [Int?], funding: CheapestFunding)?
    var rest = search.choices.sorted { $0.unmet < $1.unmet }[...]
    while best == nil, let first = rest.first {
      // Those that leave as much unmet; what does not depend on who pays comes first, and money costs nothing at the least.
      let alike = rest.prefix { $0.unmet <= first.unmet + 1e-9 }
      rest = rest.dropFirst(alike.count)
      let costed = alike.map { ($0, places.otherCost($0.positions)) }.sorted { $0.1 < $1.1 }
      for (choice, otherCost) in costed
      where otherCost < best.map({ $0.cost - 1e-6 }) ?? .infinity {
        let starts = choice.positions
        guard FundingFlow(problem, starts: starts).isEnough() else { continue }
        guard let funding = CheapestFunding(problem, starts: starts) else { continue }
        let cost = funding.cost + otherCost
        if let best, cost >= best.cost - 1e-6 { continue }
        best = (choice.unmet, cost, starts, funding)
      }
    }
    optimum = best.map {
      Optimum(
        weightedUnmet: $0.unmet, presentCost: $0.cost, starts: $0.starts,
        programme: $0.funding.programme($0.starts))
    }
  }

  /// Of the choices that leave as few places unmet as the best and cost no more than it by so many pounds, how far the nearest lies
  /// from the approved programme. **Units** years, and the part of a year that puts schemes in order. Nil without a best.
  func nearest(within pounds: Double) -> Double? {
    guard let optimum else { return nil }
    let places = PlacesTable(problem)
    let most = optimum.presentCost + pounds
    let alike = ChoiceSearch(problem).choices
      .filter { $0.unmet <= optimum.weightedUnmet + 1e-7 * max(1, optimum.weightedUnmet) }
      .map { (starts: $0.positions, distance: distance($0.positions)) }
      .sorted { $0.distance < $1.distance }
    return alike.first { choice in
      let otherCost = places.otherCost(choice.starts)
      guard otherCost <= most, FundingFlow(problem, starts: choice.starts).isEnough(),
        let funding = CheapestFunding(problem, starts: choice.starts)
      else { return false }
      return funding.cost + otherCost <= most
    }?.distance
  }

  /// Years between a choice and the approved programme: all of them for a scheme dropped or added; and less than one half more, the
  /// sum of the schemes' places in the order of keys and of their starts.
  private func distance(_ starts: [Int?]) -> Double {
    let all = Double(problem.years.count)
    let keys = problem.candidates.map(\.scheme.key).sorted()
    let most = all * Double(keys.count * (keys.count + 1)) / 2
    var sum = 0.0
    for (candidate, start) in zip(problem.candidates, starts) {
      let approved = candidate.scheme.approvedStart.map { $0 - problem.years[0] }
      guard let start else {
        if approved != nil { sum += all }
        continue
      }
      let year = candidate.starts[start].year
      sum += approved.map { Double(abs(year - $0)) } ?? all
      sum += 0.4 * (Double(keys.firstIndex(of: candidate.scheme.key) ?? 0) * all + Double(year)) / most
    }
    return sum
  }

  /// Every choice of starts that keeps the rules on what is chosen.
  static func choices(_ problem: ProgrammeProblem) -> [[Int?]] {
    var choices: [[Int?]] = [[]]
    for candidate in problem.candidates {
      let options = (candidate.scheme.isCommitted ? [] : [nil]) + candidate.starts.indices.map(Int?.some)
      choices = choices.flatMap { begun in options.map { begun + [$0] } }
    }
    return choices.filter { starts in
      let chosen = zip(problem.candidates, starts).compactMap { candidate, start in
        start.map { (candidate.scheme, candidate.starts[$0].year) }
      }
      let groups = chosen.compactMap(\.0.optionGroup)
      return groups.count == Set(groups).count
        && chosen.allSatisfy { scheme, year in
          scheme.prerequisites.allSatisfy { key in chosen.contains { $0.0.key == key && $0.1 <= year } }
        }
    }
  }
}

extension BruteForce {
  /// Expects an outcome to be what trying every choice finds; a programme beside the optimum where there are both.
  func agreed(_ outcome: ProgrammeOutcome, _ what: String) -> (ChosenProgramme, Optimum)? {
    switch (outcome, optimum) {
    case (.unaffordable(let missing), nil):
      #expect(!missing.isEmpty, "\(what)")
    case (.incompatible, nil): break
    case (.proven(let chosen), let optimum?):
      expectClose(chosen.accounts.weightedUnmet, optimum.weightedUnmet, within: 1e-5, what)
      // Money is rounded to whole pounds.
      expectClose(chosen.accounts.presentCost, optimum.presentCost, within: 2, what)
      #expect(check(chosen.programme, of: problem).breaches == [], "\(what)")
      return (chosen, optimum)
    default:
      Issue.record("\(what): \(optimum == nil ? "nothing is" : "a programme is") possible, but \(outcome)")
    }
    return nil
  }
}

extension ProgrammeOutcome {
  /// The programme; nil where none is possible. That choosing failed, or found none although there may be one, is an issue: else a
  /// law that holds of every programme would hold of it too.
  func chosenIfPossible(sourceLocation: SourceLocation = #_sourceLocation) -> ChosenProgramme? {
    switch self {
    case .proven, .stopped, .unaffordable, .incompatible: break
    case .withoutProgramme, .failed: Issue.record("\(self)", sourceLocation: sourceLocation)
    }
    return chosen
  }
}

/// Places that each start adds to each cell, and what sums of them leave unmet.
struct PlacesTable {
  private let problem: ProgrammeProblem
  /// **Shape** candidate, start, cell.
  private let added: [[[Int]]]
  /// By the places added. **Shape** cell.
  private var unmet: [[Int: Double]]

  init(_ problem: ProgrammeProblem) {
    self.problem = problem
    unmet = problem.cells.map { _ in [:] }
    added = problem.candidates.map { candidate in
      candidate.starts.map { start in
        problem.cells.map { cell in
          guard let change = start.change, change.area == cell.area else { return 0 }
          return Int(change.places(in: cell.yearGroup, year: problem.years[cell.year].academicYear))
        }
      }
    }
  }

  func sum(_ starts: [Int?], _ cell: Int) -> Int {
    var sum = 0
    for (scheme, start) in starts.enumerated() {
      if let start { sum += added[scheme][start][cell] }
    }
    return sum
  }

  /// The weighted sum over all cells.
  mutating func unmet(_ starts: [Int?]) -> Double { unmet(starts, in: problem.cells.indices) }

  /// The weighted sum over some cells, by their positions.
  mutating func unmet(_ starts: [Int?], in cells: some Sequence<Int>) -> Double {
    var total = 0.0
    for position in cells {
      let cell = problem.cells[position]
      let places = sum(starts, position)
      let value = unmet[position][places] ?? cell.curve.unmet(adding: Double(places))
      unmet[position][places] = value
      total += cell.weight * value
    }
    return total
  }

  /// Revenue consequences and places that stay empty, discounted: what does not depend on who pays. What falls after the last year
  /// counts in it.
  func otherCost(_ starts: [Int?]) -> Double {
    var (total, factor) = (0.0, 1.0)
    for year in problem.years.indices {
      for (candidate, start) in zip(problem.candidates, starts) {
        guard let start else { continue }
        let own = candidate.starts[start]
        let isLast = year == problem.years.count - 1
        total += factor * Double(own.revenue[year] + (isLast ? own.revenueBeyond : 0))
      }
      for (position, cell) in problem.cells.enumerated() where cell.year == year {
        let spare = cell.curve.spare(adding: Double(sum(starts, position))).value
        total += factor * problem.goals.surplusPlaceCost * (spare - cell.curve.spare(adding: 0).value)
      }
      factor /= 1 + problem.goals.discountRate
    }
    return total
  }
}
