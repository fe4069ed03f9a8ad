internal import Foundation
internal import NumericCore
internal import PlacePlanning

/// What the chosen schemes cost in each draw.
///
/// A scheme that starts late spends as planned, its years moved, each pound raised by building inflation for every year of delay and
/// by its cost factor. One that takes longer to build spends the same pounds.
struct StressMoney {
  /// **Shape** scheme. **Units** whole pounds.
  let budgets: [Int]
  /// **Shape** scheme, then draw. **Units** pounds.
  let outturns: [[Double]]

  init(_ schemes: [DrawnScheme], _ plan: CapitalPlan) {
    // What a draw of so many years late adds to each pound.
    let rise = (0...DeliveryDraws.mostYearsLate).map { pow(1 + plan.buildingInflation, Double($0)) }
    budgets = schemes.map { plan.spending($0.scheme, startingIn: $0.start).reduce(0, +) }
    outturns = zip(schemes, budgets).map { scheme, budget in
      zip(scheme.draws.yearsLate, scheme.draws.costFactor).map { Double(budget) * (rise[Int($0)] * $1) }
    }
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
