internal import PlacePlanning

// Rules on each payment: that schemes are paid for, and by whom.

extension ProgrammeReading {
  var paymentBreaches: [Breach] {
    notNegativeBreaches + fullyPaidBreaches + onlyChosenBreaches + eligibilityBreaches
      + repaymentEligibilityBreaches
  }

  /// Those that name what is there.
  var payments: [Programme.Payment] { programme.payments.filter(problem.has) }
  var repayments: [Programme.Repayment] { programme.repayments.filter(problem.has) }

  private var notNegativeBreaches: [Breach] {
    payments.filter { $0.pounds < 0 }.map {
      Breach(
        .notNegative, by: -Double($0.pounds),
        "\(name($0.scheme)) is paid \($0.pounds) pounds in \(label($0.year)) by \(payerName($0.payer))")
    }
      + repayments.filter { $0.pounds < 0 }.map {
        Breach(
          .notNegative, by: -Double($0.pounds),
          "\(potName($0.pot)) repays \($0.pounds) pounds for \(name($0.scheme)) in \(label($0.year))")
      }
  }

  private var fullyPaidBreaches: [Breach] {
    schemes.flatMap { scheme -> [Breach] in
      guard let start = start(scheme) else { return [] }
      return years.compactMap { year in
        let (paid, wanted) = (flows.paid[scheme][year], start.spending[year])
        guard paid != wanted else { return nil }
        return Breach(
          .fullyPaid, by: Double(abs(paid - wanted)),
          "\(name(scheme)) spends \(wanted) pounds in \(label(year)) and is paid \(paid)")
      }
    }
  }

  private var onlyChosenBreaches: [Breach] {
    schemes.compactMap { scheme in
      guard start(scheme) == nil else { return nil }
      let pounds =
        payments.filter { $0.scheme == scheme }.reduce(0) { $0 + abs($1.pounds) }
        + repayments.filter { $0.scheme == scheme }.reduce(0) { $0 + abs($1.pounds) }
      guard pounds > 0 else { return nil }
      return Breach(
        .onlyChosen, by: Double(pounds), "\(name(scheme)) is not chosen and is given \(pounds) pounds")
    }
  }

  /// The pots that the problem lists for a scheme must also be allowed by their own rules.
  private func mayPay(_ pot: Int, _ scheme: Int) -> Bool {
    let candidate = problem.candidates[scheme]
    return candidate.pots.contains(pot) && problem.pots[pot].rule.allows(candidate.scheme)
  }

  private func mayBorrow(_ scheme: Int) -> Bool {
    let candidate = problem.candidates[scheme]
    return candidate.mayBorrow && problem.borrowing.kinds.contains(candidate.scheme.kind)
  }

  private var eligibilityBreaches: [Breach] {
    payments.compactMap { payment in
      guard payment.pounds > 0 else { return nil }
      switch payment.payer {
      case .pot(let pot) where !mayPay(pot, payment.scheme):
        return Breach(
          .potEligibility, by: Double(payment.pounds),
          "\(potName(pot)) may not pay for \(name(payment.scheme)) (\(label(payment.year)))")
      case .borrowing where !mayBorrow(payment.scheme):
        return Breach(
          .borrowingEligibility, by: Double(payment.pounds),
          "\(name(payment.scheme)) may not be paid for by borrowing (\(label(payment.year)))")
      default: return nil
      }
    }
  }

  private var repaymentEligibilityBreaches: [Breach] {
    repayments.compactMap { repayment in
      let isEligible =
        problem.pots[repayment.pot].source.repaysBorrowing && mayPay(repayment.pot, repayment.scheme)
      guard repayment.pounds > 0, !isEligible else { return nil }
      return Breach(
        .repaymentEligibility, by: Double(repayment.pounds),
        "\(potName(repayment.pot)) may not repay debt of \(name(repayment.scheme)) "
          + "(\(label(repayment.year)))")
    }
  }

  private func payerName(_ payer: Programme.Payer) -> String {
    switch payer {
    case .pot(let pot): potName(pot)
    case .borrowing: "borrowing"
    }
  }
}
