import CapitalProgramme
import PlacePlanning

@testable import CapitalProgramme

/// One year group and draw of linked areas, worked out in two ways that share nothing with `Placement`.
struct ExactPlacement {
  let need: [Double]
  let places: [Double]
  let weights: [Double]
  let links: [Placement.Link]

  /// By Hall's theorem: of every set of areas, the pupils beyond all places that they may have; the most of them. All weights are one.
  var mostShort: Double {
    (0..<1 << need.count).reduce(0.0) { most, set in
      let members = need.indices.filter { set >> $0 & 1 == 1 }
      let reached = Set(members + links.filter { members.contains($0.from) }.map(\.to))
      return max(
        most, members.reduce(0) { $0 + need[$1] } - reached.sorted().reduce(0) { $0 + places[$1] })
    }
  }

  /// As linear programmes: fewest weighted unmet places, then the least transport.
  var optimum: (unmet: Double, cost: Double)? {
    guard case .optimal(let unmet, _) = programme(unmetAtMost: nil).minimum(),
      case .optimal(let cost, _) = programme(unmetAtMost: unmet + 1e-9).minimum()
    else { return nil }
    return (unmet, cost)
  }

  private func programme(unmetAtMost most: Double?) -> LinearProgramme {
    var model = LinearProgramme()
    let stay = need.map { _ in model.variable() }
    let unmet = weights.map { model.variable(cost: most == nil ? $0 : 0) }
    let placed = links.map { model.variable(cost: most == nil ? 0 : $0.cost) }
    for area in need.indices {
      let out = links.indices.filter { links[$0].from == area }.map { (placed[$0], 1.0) }
      let into = links.indices.filter { links[$0].to == area }.map { (placed[$0], 1.0) }
      model.require([(stay[area], 1), (unmet[area], 1)] + out, .equal, need[area])
      model.require([(stay[area], 1)] + into, .most, places[area])
    }
    if let most { model.require(zip(unmet, weights).map { ($0, $1) }, .most, most) }
    return model
  }
}

/// The best programme of a small linked plan, by trying every choice of starts and every draw.
struct LinkedBruteForce {
  private(set) var unmet = Double.infinity
  private(set) var cost = Double.infinity
  var isPossible: Bool { unmet.isFinite }

  init(_ plan: LinkedPlan) {
    let problem = plan.problem
    let table = PlacesTable(problem)
    var unmetOf: [[Int]: Double] = [:]
    var costOf: [[Int]: Double] = [:]
    var choices: [(starts: [Int?], unmet: Double)] = []
    let years = problem.years.indices
    for starts in BruteForce.choices(problem) {
      var sum = 0.0
      for year in years {
        let cells = problem.cells.indices.filter { problem.cells[$0].year == year }
        let key = [year] + cells.map { table.sum(starts, $0) }
        let value = unmetOf[key] ?? plan.mean(cells, Array(key.dropFirst())) { $0.mostShort }
        unmetOf[key] = value
        sum += problem.cells[cells[0]].weight * value
      }
      choices.append((starts, sum))
    }
    for (starts, unmet) in choices.sorted(by: { $0.unmet < $1.unmet }) {
      if unmet > self.unmet + 1e-9 { break }
      guard FundingFlow(problem, starts: starts).isEnough(),
        let funding = CheapestFunding(problem, starts: starts)
      else { continue }
      var sum = funding.cost + table.otherCost(starts)
      var factor = 1.0
      for year in years {
        let cells = problem.cells.indices.filter { problem.cells[$0].year == year }
        let key = [year] + cells.map { table.sum(starts, $0) }
        let value = costOf[key] ?? plan.mean(cells, Array(key.dropFirst())) { $0.optimum?.cost ?? .nan }
        costOf[key] = value
        sum += factor * value
        factor /= 1 + problem.goals.discountRate
      }
      (self.unmet, cost) = (min(self.unmet, unmet), min(cost, sum))
    }
  }
}

extension LinkedPlan {
  /// The mean of a figure over the draws of one year, with places added to its cells.
  func mean(_ cells: [Int], _ added: [Int], _ figure: (ExactPlacement) -> Double) -> Double {
    let index = Dictionary(
      uniqueKeysWithValues: cells.enumerated().map { (hand.cells[$1].area, $0) })
    let margin = 1 + hand.cells[cells[0]].curve.margin
    let count = pupils[cells[0]].count
    return (0..<count).reduce(0) { sum, draw in
      sum
        + figure(
          ExactPlacement(
            need: cells.map { pupils[$0][draw] * margin },
            places: zip(cells, added).map { hand.cells[$0].curve.places + Double($1) },
            weights: cells.map { _ in 1 },
            links: links.compactMap { link in
              guard let from = index[link.from], let to = index[link.to] else { return nil }
              return Placement.Link(from: from, to: to, cost: link.transportCost / margin)
            }))
    } / Double(count)
  }
}
