internal import Diagnostics
internal import PlacePlanning

// Money against the schemes that it may pay for.

/// Refuses agreements whose money must be spent before it comes or before the programme begins (E219). Where only a scenario or a change
/// brings it too late, it counts as returned, with a warning (W331). Warns of money that comes after the programme (W310).
func checkAgreements(
  _ agreements: [Placed<Section106Agreement>], _ context: CapitalContext, _ list: inout DiagnosticList
) {
  for agreement in agreements {
    let (value, row) = (agreement.value, agreement.row)
    // The year of money that has come is given, and no scenario moves it.
    let isAsStated = context.conditions.homesAreAsStated || value.receivedIn != nil
    func late(_ deadline: FinancialYear, _ what: String, _ code: DiagnosticCode, why: String, fix: String) {
      list.add(
        code, at: row.place(deadline == value.spendBy ? "spend_by" : "spend_within_years"),
        what:
          "\(code == .moneyReturned ? context.conditions.under : "")agreement '\(value.key)' must be spent by \(deadline); \(what)",
        why: why, fix: fix)
    }
    func refuse(_ deadline: FinancialYear, _ what: String) {
      late(
        deadline, what, .moneyTooLate, why: "none of it could be spent",
        fix:
          "correct the deed's years or those of the site's homes; leave out money that has gone back to the developer"
      )
    }
    guard let arrival = value.arrival(from: context.sites, by: context.lastYear) else {
      // Without its site there is a fault already.
      guard let site = context.sites.first(where: { $0.key == value.site }) else { continue }
      if isAsStated, let spendBy = value.spendBy, spendBy <= context.lastYear {
        refuse(spendBy, "its money arrives after \(context.lastYear)")
        continue
      }
      list.add(
        .agreementNotReached, at: row.place("trigger_homes"),
        what:
          "\(isAsStated ? "" : context.conditions.under)agreement '\(value.key)': \(site.name) does not have \(grouped(value.triggerHomes)) homes by \(context.lastYear)",
        why: "its money comes after the years of the programme, and pays for nothing in it",
        fix: isAsStated
          ? "check its trigger_homes, and the site's homes and years; if it is built so slowly, leave it"
          : "nothing, if they are meant to come then; otherwise correct what is changed, or the site's homes and years"
      )
      continue
    }
    let inHand = max(arrival, context.firstYear)
    guard let deadline = value.deadline(arrival: arrival), deadline < inHand else { continue }
    let what =
      deadline < arrival
      ? "its money arrives in \(arrival)" : "the programme begins in \(context.firstYear)"
    if isAsStated {
      refuse(deadline, what)
    } else {
      late(
        deadline, what, .moneyReturned,
        why: "none of it can be spent once the homes are moved so: it counts as returned in \(inHand)",
        fix: "nothing, if they are meant to come then; otherwise correct the scenario, or the deed's years")
    }
  }
}

/// More pounds than this, all schemes together, could not be worked out exactly.
private let mostInAll = 10_000_000_000

/// Refuses schemes and agreements that come to too much in the money of their years, each scheme at its dearest start (E113): cost factors
/// and building inflation may raise what is stated beyond all measure.
func checkMoneyInAll(
  _ schemes: [Placed<Scheme>], _ agreements: [Placed<Section106Agreement>], _ plan: CapitalPlan,
  _ context: CapitalContext, _ list: inout DiagnosticList
) {
  func refuse(_ what: String, _ place: SourceLocation) {
    list.add(
      .outOfRange, at: place, what: what,
      why: "sums above \(mostInAll) pounds could not be worked out to the pound, and no authority has them",
      fix: "correct what is stated, its price base, 'programme.building_inflation' or the 'cost_factor'")
  }
  let costs = schemes.map { plan.costs(of: $0.value).map(\.pounds).max() ?? 0 }
  let total = costs.reduce(0, +)
  if total > mostInAll, let (scheme, cost) = zip(schemes, costs).max(by: { $0.1 < $1.1 }) {
    refuse(
      "the schemes come to \(total) pounds in the money of their years, '\(scheme.value.key)' alone to \(cost)",
      scheme.row.place("cost"))
  }
  for agreement in agreements {
    guard let year = agreement.value.arrival(from: context.sites, by: context.lastYear) else { continue }
    let pounds = plan.pounds(of: agreement.value, arrivingIn: year)
    if pounds > mostInAll {
      refuse(
        "agreement '\(agreement.value.key)' comes to \(pounds) pounds in the money of \(year)",
        agreement.row.place("amount"))
    }
  }
}

/// Warns of pots and agreements that no scheme may use (W309).
func warnOfUnusableMoney(
  _ pots: [Placed<FundingPot>], _ agreements: [Placed<Section106Agreement>], _ schemes: [Placed<Scheme>],
  _ list: inout DiagnosticList
) {
  let pots = pots.map { ("pot '\($0.value.key)'", $0.value.rule, $0.row.place("pot_key")) }
  let agreements = agreements.map {
    ("agreement '\($0.value.key)'", $0.value.rule, $0.row.place("agreement_key"))
  }
  for (what, rule, place) in pots + agreements where !schemes.contains(where: { rule.allows($0.value) }) {
    var anyPhase = rule
    anyPhase.phase = nil
    let isPhaseAlone = schemes.contains { $0.value.phase == nil && anyPhase.allows($0.value) }
    list.add(
      .potWithoutScheme, at: place, what: "no scheme may use \(what)",
      why: "its money would lie idle, or be returned"
        + (isPhaseAlone
          ? "; a scheme without places has no phase, so money of a phase never pays for it" : ""),
      fix: "check its kinds, phase, area and scheme against the schemes; if they are right, leave it")
  }
}

/// Refuses a committed scheme without enough money that may pay for it, at its cheapest start (E218). Each scheme is looked at as if it had
/// all the money to itself.
func checkFundable(
  _ schemes: [Placed<Scheme>], _ plan: CapitalPlan, _ context: CapitalContext, _ list: inout DiagnosticList
) {
  for scheme in schemes where scheme.value.isCommitted {
    let (value, row) = (scheme.value, scheme.row)
    let pots = plan.pots.filter { $0.rule.allows(value) }
    let agreements = plan.agreements.filter { $0.rule.allows(value) }
    let mayBorrow = plan.borrowing.kinds.contains(value.kind)
    guard !pots.isEmpty || !agreements.isEmpty || mayBorrow else {
      list.add(
        .schemeNotFundable, at: row.place("scheme_key"),
        what: "\(context.conditions.under)no money may pay for '\(value.key)', which is committed",
        why: "no pot, agreement or borrowing is for its kind, phase and area",
        fix: "let one of them pay for it, or do not commit to it")
      continue
    }
    guard let (start, cost) = plan.costs(of: value).min(by: { $0.pounds < $1.pounds }) else { continue }
    func share(_ pounds: Int, _ rule: FundingRule) -> Int {
      rule.mostShare.map { min(pounds, wholePounds($0, of: cost)) } ?? pounds
    }
    let fromPots = pots.reduce(0) { $0 + share($1.received.values.reduce(0, +), $1.rule) }
    let fromAgreements = agreements.reduce(0) { sum, agreement in
      guard let year = agreement.arrival(from: context.sites, by: context.lastYear) else { return sum }
      return sum + share(plan.pounds(of: agreement, arrivingIn: year), agreement.rule)
    }
    let borrowed = mayBorrow ? plan.borrowing.limit.values.reduce(0, +) : 0
    let most = fromPots + fromAgreements + borrowed
    guard most < cost else { continue }
    let late = agreements.filter { $0.arrival(from: context.sites, by: context.lastYear) == nil }.map(\.key)
    list.add(
      .schemeNotFundable, at: row.place("cost"),
      what:
        "\(context.conditions.under)'\(value.key)' is committed and costs \(grouped(cost)) at the least, begun in \(start); "
        + "all that may pay for it comes to \(grouped(most)), and \(grouped(cost - most)) is missing",
      why:
        "no programme could hold it: \(grouped(fromPots)) from pots, \(grouped(fromAgreements)) from agreements, "
        + "\(grouped(borrowed)) borrowed"
        + (late.isEmpty
          ? "" : "; the homes that bring the money of \(firstFive(late)) come after \(context.lastYear)"),
      fix: (context.conditions.under.isEmpty ? "correct" : "correct what is changed,")
        + " the cost or the money, or do not commit to it")
  }
}
