internal import PlacePlanning

extension Programme {
  /// What the programme spends from pots that have a deadline, and what of it a delay moves beyond.
  ///
  /// A payment moves with its scheme, and is drawn out where building takes longer. A repayment of borrowing moves no further than it
  /// must: it waits for the last borrowed spending before it, which moves with the scheme. Money that late homes bring later may be
  /// spent that much later; where it comes after a date that the deed names, none of it can be spent.
  func datedMoney(
    _ problem: ProgrammeProblem, _ schemes: [DrawnScheme], _ arrivals: DrawnArrivals, draws: Int
  ) -> [StressTest.DatedMoney] {
    let drawn = Dictionary(schemes.map { ($0.candidate, $0) }) { first, _ in first }
    return problem.pots.enumerated().compactMap { position, pot -> StressTest.DatedMoney? in
      guard let deadline = pot.spendBy else { return nil }
      let uses = uses(of: position, problem)
      guard !uses.isEmpty else { return nil }
      var late = [Double](repeating: 0, count: draws)
      for (moved, positions) in arrivals.deadlines(pot, draws: draws) {
        for use in uses {
          guard let scheme = drawn[use.scheme] else { continue }
          let tooLate = moved.map { use.tooLate(for: $0, scheme) }
          for draw in positions {
            let delivery = scheme.draws
            late[draw] +=
              tooLate?[Int(delivery.yearsLate[draw])][Int(delivery.yearsLonger[draw])] ?? Double(use.pounds)
          }
        }
      }
      return StressTest.DatedMoney(
        pot: pot.key, name: pot.name, deadline: deadline,
        planned: uses.reduce(0) { $0 + $1.pounds },
        chance: chance(late, above: 0),
        expectedPounds: draws == 0 ? 0 : late.reduce(0, +) / Double(draws))
    }.sorted { ($0.deadline, $0.pot) < ($1.deadline, $1.pot) }
  }

  /// Money of one pot: planned for one year, not before another that moves with the scheme.
  struct DatedUse: Hashable {
    let scheme: Int
    let planned: FinancialYear
    let moving: FinancialYear
    /// Repayments are made at once.
    let isRepayment: Bool
    let pounds: Int

    /// How much of it is spent after a deadline. **Shape** years that the start is late, years that building takes longer. **Units**
    /// pounds.
    func tooLate(for deadline: FinancialYear, _ scheme: DrawnScheme) -> [[Double]] {
      let offset = moving - scheme.start
      return (0...DeliveryDraws.mostYearsLate).map { late in
        (0...DeliveryDraws.mostYearsLonger).map { longer in
          let stretch = BuildingStretch(planned: scheme.scheme.profile.count, longer: longer)
          let start = scheme.start + late
          guard isRepayment else {
            return Double(pounds) * stretch.share(of: offset, from: (deadline - start) + 1)
          }
          return max(planned, start + stretch.last(of: offset)) > deadline ? Double(pounds) : 0
        }
      }
    }
  }

  func uses(of pot: Int, _ problem: ProgrammeProblem) -> [DatedUse] {
    let paid = payments.filter { $0.payer == .pot(pot) && problem.years.indices.contains($0.year) }.map {
      let year = problem.years[$0.year]
      return DatedUse(scheme: $0.scheme, planned: year, moving: year, isRepayment: false, pounds: $0.pounds)
    }
    let repaid = repayments.filter { $0.pot == pot && problem.years.indices.contains($0.year) }.map {
      repayment in
      let borrowed = payments.filter {
        $0.scheme == repayment.scheme && $0.payer == .borrowing && $0.year <= repayment.year
      }.map(\.year).max()
      let year = problem.years[repayment.year]
      return DatedUse(
        scheme: repayment.scheme, planned: year,
        moving: borrowed.map { problem.years[$0] } ?? year, isRepayment: true, pounds: repayment.pounds)
    }
    return paid + repaid
  }
}
