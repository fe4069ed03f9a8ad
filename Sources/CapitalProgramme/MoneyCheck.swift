internal import PlacePlanning

// Rules on pots, borrowing and debt over the years.

extension ProgrammeReading {
  var moneyBreaches: [Breach] {
    potBalanceBreaches + mostShareBreaches + poolingBreaches + borrowingLimitBreaches + debtBreaches
      + revenueCeilingBreaches
  }

  private var potBalanceBreaches: [Breach] {
    problem.pots.indices.flatMap { pot in
      years.compactMap { year in
        let balance = accounts.pots[pot][year].balance
        guard balance < 0 else { return nil }
        return Breach(
          .potBalance, by: -Double(balance),
          "\(potName(pot)) has spent \(-balance) pounds more than it has by \(label(year))")
      }
    }
  }

  /// Over all years, of all that the scheme costs within them; to one pound.
  private var mostShareBreaches: [Breach] {
    schemes.flatMap { scheme -> [Breach] in
      guard let start = start(scheme) else { return [] }
      return problem.pots.indices.compactMap { pot in
        guard let share = problem.pots[pot].rule.mostShare else { return nil }
        let paid = payments.reduce(0) {
          $0 + ($1.scheme == scheme && $1.payer == .pot(pot) ? $1.pounds : 0)
        }
        let most = share * Double(start.cost)
        guard Double(paid) > most + 1 else { return nil }
        return Breach(
          .mostShare, by: Double(paid) - most,
          "\(potName(pot)) pays \(paid) pounds for \(name(scheme)), more than its share of \(start.cost)")
      }
    }
  }

  private var poolingBreaches: [Breach] {
    schemes.compactMap { scheme in
      var pooled: Set<Int> = []
      for payment in payments where payment.scheme == scheme && payment.pounds != 0 {
        if case .pot(let pot) = payment.payer { pooled.insert(pot) }
      }
      for repayment in repayments where repayment.scheme == scheme && repayment.pounds != 0 {
        pooled.insert(repayment.pot)
      }
      let count = Set(pooled.compactMap { problem.pots[$0].pooledObligation }).count
      guard count > Section106Agreement.mostPooled else { return nil }
      return Breach(
        .pooling, by: Double(count - Section106Agreement.mostPooled),
        "\(name(scheme)) pools \(count) obligations, of which \(Section106Agreement.mostPooled) are allowed")
    }
  }

  private var borrowingLimitBreaches: [Breach] {
    years.compactMap { year in
      let limit = problem.borrowingLimit(year)
      let borrowed = accounts.years[year].borrowed
      guard borrowed > limit else { return nil }
      return Breach(
        .borrowingLimit, by: Double(borrowed - limit),
        "\(borrowed) pounds are borrowed in \(label(year)), where \(limit) may be")
    }
  }

  /// Checked to one pound.
  private var debtBreaches: [Breach] {
    schemes.flatMap { scheme in
      years.compactMap { year in
        let debt = accounts.debts[scheme][year]
        guard debt < -1 else { return nil }
        return Breach(
          .debt, by: -debt,
          "\(whole(-debt)) pounds more are repaid for \(name(scheme)) than it owes by \(label(year))")
      }
    }
  }

  /// Checked to one pound for each scheme that borrows.
  private var revenueCeilingBreaches: [Breach] {
    let borrowing = schemes.filter { flows.borrowed[$0].contains { $0 != 0 } }.count
    return years.compactMap { year in
      guard let ceiling = problem.borrowing.revenueCeiling[problem.years[year]] else { return nil }
      let financing = accounts.years[year].financing
      guard financing > Double(ceiling + borrowing) else { return nil }
      return Breach(
        .revenueCeiling, by: financing - Double(ceiling),
        "MRP and interest are \(whole(financing)) pounds in \(label(year)), where revenue bears \(ceiling)")
    }
  }

  private func whole(_ pounds: Double) -> String { String(Int(pounds.rounded())) }
}
