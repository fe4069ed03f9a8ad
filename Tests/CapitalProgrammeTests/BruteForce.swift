import CapitalProgramme
import PlacePlanning

/// The best programme of a small problem, found by trying every choice of starts: least weighted unmet places, then least present
/// cost. For about a dozen schemes with short windows and four years.
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
  /// Choices that keep the rules on what is chosen.
  let choices: Int
  /// Choices whose money was worked out.
  private(set) var funded = 0

  init(_ problem: ProgrammeProblem) {
    self.problem = problem
    let choices = Self.choices(problem).map { ($0, Self.unmet(problem, $0)) }.sorted { $0.1 < $1.1 }
    self.choices = choices.count
    var best: (unmet: Double, cost: Double, starts: [Int?], funding: CheapestFunding)?
    for (starts, unmet) in choices {
      if let best, unmet > best.unmet + 1e-9 { break }
      guard FundingFlow(problem, starts: starts).isEnough() else { continue }
      funded += 1
      guard let funding = CheapestFunding(problem, starts: starts) else { continue }
      let cost = funding.cost + Self.otherCost(problem, starts)
      if let best, cost >= best.cost - 1e-6 { continue }
      best = (unmet, cost, starts, funding)
    }
    optimum = best.map {
      Optimum(
        weightedUnmet: $0.unmet, presentCost: $0.cost, starts: $0.starts,
        programme: $0.funding.programme($0.starts))
    }
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

  private static func added(_ problem: ProgrammeProblem, _ starts: [Int?], _ cell: ProgrammeProblem.Cell)
    -> Double
  {
    zip(problem.candidates, starts).reduce(0) { sum, entry in
      guard let start = entry.1, let change = entry.0.starts[start].change, change.area == cell.area
      else { return sum }
      return sum + change.places(in: cell.yearGroup, year: problem.years[cell.year].academicYear)
    }
  }

  private static func unmet(_ problem: ProgrammeProblem, _ starts: [Int?]) -> Double {
    problem.cells.reduce(0) { $0 + $1.weight * $1.curve.unmet(adding: added(problem, starts, $1)) }
  }

  /// Revenue consequences and places that stay empty, discounted: what does not depend on who pays.
  private static func otherCost(_ problem: ProgrammeProblem, _ starts: [Int?]) -> Double {
    var (sum, factor) = (0.0, 1.0)
    for year in problem.years.indices {
      for (candidate, start) in zip(problem.candidates, starts) {
        if let start { sum += factor * Double(candidate.starts[start].revenue[year]) }
      }
      for cell in problem.cells where cell.year == year {
        let spare = cell.curve.spare(adding: added(problem, starts, cell)).value
        sum += factor * problem.goals.surplusPlaceCost * (spare - cell.curve.spare(adding: 0).value)
      }
      factor /= 1 + problem.goals.discountRate
    }
    return sum
  }
}
