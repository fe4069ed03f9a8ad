internal import Foundation
internal import NumericCore
internal import PlacePlanning

/// What the chosen schemes cost in each draw.
///
/// A scheme that starts late spends as planned, its years moved, each pound raised by building inflation for every year of delay and
/// by its cost factor. One that takes longer to build spends the same pounds, drawn out (`BuildingStretch`).
struct StressMoney {
  let years: [FinancialYear]
  /// **Shape** scheme. **Units** whole pounds.
  let budgets: [Int]
  /// **Shape** year. **Units** whole pounds.
  let planned: [Int]
  /// **Shape** scheme, then draw. **Units** pounds.
  let outturns: [[Double]]
  /// **Shape** year, then draw. **Units** pounds.
  private(set) var spending: [[Double]]

  init(_ schemes: [DrawnScheme], _ plan: CapitalPlan, draws: Int) {
    let budgets = schemes.map { plan.spending($0.scheme, startingIn: $0.start) }
    let ends = zip(schemes, budgets).map { scheme, budget in
      (scheme.start - plan.firstYear) + budget.count
        + ((0..<draws).map { scheme.draws.yearsToOpening($0) }.max() ?? 0)
    }
    let count = max(plan.years, ends.max() ?? 0)
    var planned = [Int](repeating: 0, count: count)
    var spending = [[Double]](repeating: [Double](repeating: 0, count: draws), count: count)
    outturns = zip(schemes, budgets).map { scheme, budget in
      let first = scheme.start - plan.firstYear
      for (offset, pounds) in budget.enumerated() { planned[first + offset] += pounds }
      // What a draw of so many years late adds to each pound.
      let index = (0...DeliveryDraws.mostYearsLate).map { pow(1 + plan.buildingInflation, Double($0)) }
      let factor = zip(scheme.draws.yearsLate, scheme.draws.costFactor).map { index[Int($0)] * $1 }
      let drawnOut = (0...DeliveryDraws.mostYearsLonger).map {
        scheme.stretch(yearsLonger: $0).spending(budget)
      }
      for draw in 0..<draws {
        let start = first + Int(scheme.draws.yearsLate[draw])
        for (offset, pounds) in drawnOut[Int(scheme.draws.yearsLonger[draw])].enumerated() {
          spending[start + offset][draw] += pounds * factor[draw]
        }
      }
      let total = Double(budget.reduce(0, +))
      return factor.map { total * $0 }
    }
    self.budgets = budgets.map { $0.reduce(0, +) }
    self.planned = planned
    self.spending = spending
    years = (0..<count).map { plan.firstYear + $0 }
  }

  var approved: Int { budgets.reduce(0, +) }

  /// The outturn of several schemes together. **Shape** draw. **Units** pounds.
  func total(of positions: some Sequence<Int>, draws: Int) -> [Double] {
    var total = [Double](repeating: 0, count: draws)
    for position in positions {
      for draw in 0..<draws { total[draw] += outturns[position][draw] }
    }
    return total
  }
}

/// Finds means and quantiles of many amounts.
struct SpreadFinder {
  private var finder = QuantileFinder(probabilities: [0.5, 0.8, 0.9])

  /// Nought of everything without draws.
  mutating func spread(_ amounts: [Double]) -> StressTest.Spread {
    guard !amounts.isEmpty else { return .init(mean: 0, p50: 0, p80: 0, p90: 0) }
    let (mean, quantiles) = amounts.withUnsafeBufferPointer { finder.summarise($0) }
    return .init(mean: mean, p50: quantiles[0], p80: quantiles[1], p90: quantiles[2])
  }
}

/// The share of draws above a level.
func chance(_ amounts: [Double], above level: Double) -> Double {
  amounts.isEmpty ? 0 : Double(amounts.count { $0 > level }) / Double(amounts.count)
}
