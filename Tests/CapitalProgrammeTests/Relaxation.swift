import CapitalProgramme
import PlacePlanning

/// A rule that is taken out of a capital plan: what could be done before can still be done.
enum Relaxation: CaseIterable {
  case commitment, optionGroup, prerequisite, eligibility, share, lapse, deadline, pooling
  case borrowingLimit, revenueCeiling

  func apply(to plan: CapitalPlan) -> CapitalPlan {
    let borrowing = plan.borrowing
    let unlimited = plan.financialYears.map { ($0, 1_000_000_000) }
    return CapitalPlan(
      firstYear: plan.firstYear, years: plan.years, schemes: plan.schemes.map(relaxed),
      pots: plan.pots.map(relaxed), agreements: plan.agreements.map(relaxed),
      borrowing: BorrowingPlan(
        limit: self == .borrowingLimit ? Dictionary(uniqueKeysWithValues: unlimited) : borrowing.limit,
        revenueCeiling: self == .revenueCeiling ? [:] : borrowing.revenueCeiling,
        interest: borrowing.interest, method: borrowing.method, kinds: borrowing.kinds),
      buildingInflation: plan.buildingInflation, goals: plan.goals, points: plan.points,
      delivery: plan.delivery, revenue: plan.revenue, rivals: plan.rivals, neighbours: plan.neighbours)
  }

  private func relaxed(_ scheme: Scheme) -> Scheme {
    Scheme(
      key: scheme.key, name: scheme.name, kind: scheme.kind, area: scheme.area, places: scheme.places,
      cost: scheme.cost, buildYears: scheme.buildYears, profile: scheme.profile, window: scheme.window,
      isCommitted: self == .commitment ? false : scheme.isCommitted,
      optionGroup: self == .optionGroup ? nil : scheme.optionGroup,
      prerequisites: self == .prerequisite ? [] : scheme.prerequisites,
      assetLifeYears: scheme.assetLifeYears, referenceClass: scheme.referenceClass,
      conditionScore: scheme.conditionScore, approvedStart: scheme.approvedStart, mark: scheme.mark,
      note: scheme.note)
  }

  private func relaxed(_ rule: FundingRule) -> FundingRule {
    let isFree = self == .eligibility
    return FundingRule(
      kinds: isFree ? Set(SchemeKind.allCases) : rule.kinds, phase: isFree ? nil : rule.phase,
      area: isFree ? nil : rule.area, scheme: isFree ? nil : rule.scheme,
      mostShare: self == .share ? nil : rule.mostShare)
  }

  private func relaxed(_ pot: FundingPot) -> FundingPot {
    FundingPot(
      key: pot.key, name: pot.name, source: pot.source, rule: relaxed(pot.rule), received: pot.received,
      carriesForward: self == .lapse ? true : pot.carriesForward,
      spendBy: self == .deadline ? nil : pot.spendBy, pooledObligation: pot.pooledObligation)
  }

  private func relaxed(_ agreement: Section106Agreement) -> Section106Agreement {
    let after = CalendarDate(label: "2019-11-01") ?? agreement.agreedOn
    return Section106Agreement(
      key: agreement.key, name: agreement.name, deed: agreement.deed, site: agreement.site,
      triggerHomes: agreement.triggerHomes, amount: agreement.amount, receivedIn: agreement.receivedIn,
      agreedOn: self == .pooling ? after : agreement.agreedOn,
      spendWithinYears: self == .deadline ? nil : agreement.spendWithinYears,
      spendBy: self == .deadline ? nil : agreement.spendBy, rule: relaxed(agreement.rule),
      mark: agreement.mark)
  }
}
