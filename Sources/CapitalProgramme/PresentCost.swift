internal import PlacePlanning

// What money of later years is worth in the first one. The second aim, the present cost, is made up of it.

extension ProgrammeProblem {
  /// What a pound of a year is worth in the first one.
  func discount(_ year: Int) -> Double {
    (0..<year).reduce(1) { factor, _ in factor / (1 + goals.discountRate) }
  }

  /// The part of what a pot pays in a year by which prices have risen since the first one, where what is left of the pot lapses or goes
  /// back within the years; else nought. It counts as a cost, since to wait until prices have risen uses such money up and buys nothing.
  func priceRise(_ pot: Int, in year: Int) -> Double {
    let ends = pots[pot].spendBy.map { $0 - years[0] < years.count } ?? false
    return ends || !pots[pot].carriesForward
      ? 1 - (0..<year).reduce(1) { price, _ in price / (1 + buildingInflation) } : 0
  }

  /// What a start costs the revenue budget, discounted; what falls after the last year counts with it. **Units** pounds.
  func presentRevenue(_ start: Start) -> Double {
    years.indices.reduce(discount(max(0, years.count - 1)) * Double(start.revenueBeyond)) {
      $0 + discount($1) * Double(start.revenue[$1])
    }
  }

  /// Discounted to the first year; the debt left after the last year, and what its academic year costs after it, count with that
  /// year's costs.
  func presentCost(_ accounts: [ProgrammeAccounts.Year], revenueBeyond: Int) -> Double {
    accounts.indices.reduce(0) { sum, year in
      let isLast = year == accounts.count - 1
      let left = isLast ? accounts[year].debt + Double(revenueBeyond) : 0
      return sum + discount(year) * (accounts[year].cost + left)
    }
  }
}
