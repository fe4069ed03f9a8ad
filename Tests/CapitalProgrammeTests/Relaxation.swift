import CapitalProgramme
import PlacePlanning

/// A rule that is taken out of a capital plan: what could be done before can still be done.
enum Relaxation: CaseIterable {
  case commitment, optionGroup, prerequisite, eligibility, share, lapse, deadline, pooling
  case borrowingLimit, revenueCeiling

  func apply(to plan: CapitalPlan) -> CapitalPlan {
    var plan = plan
    switch self {
    case .commitment: plan.schemes.changeEach { $0.isCommitted = false }
    case .optionGroup: plan.schemes.changeEach { $0.optionGroup = nil }
    case .prerequisite: plan.schemes.changeEach { $0.prerequisites = [] }
    case .eligibility:
      plan.changeRules { $0 = FundingRule(kinds: Set(SchemeKind.allCases), mostShare: $0.mostShare) }
    case .share: plan.changeRules { $0.mostShare = nil }
    case .lapse: plan.pots.changeEach { $0.carriesForward = true }
    case .deadline:
      plan.pots.changeEach { $0.spendBy = nil }
      plan.agreements.changeEach { ($0.spendWithinYears, $0.spendBy) = (nil, nil) }
    case .pooling:
      plan.agreements.changeEach { $0.agreedOn = CalendarDate(label: "2019-11-01") ?? $0.agreedOn }
    case .borrowingLimit:
      let unlimited = plan.financialYears.map { ($0, 1_000_000_000) }
      plan.borrowing.limit = Dictionary(uniqueKeysWithValues: unlimited)
    case .revenueCeiling: plan.borrowing.revenueCeiling = [:]
    }
    return plan
  }
}

extension CapitalPlan {
  fileprivate mutating func changeRules(_ change: (inout FundingRule) -> Void) {
    pots.changeEach { change(&$0.rule) }
    agreements.changeEach { change(&$0.rule) }
  }
}
