internal import Diagnostics
internal import PlacePlanning

/// A pot that keeps less than this share of the cost of the cheapest scheme that it might pay for counts as used up. Assumed.
private let leastIdleShare = 0.01

/// Warns of pots whose money stays idle although there are schemes that it may pay for, because no aim of a programme asks for those schemes
/// (W336): they add no places in mainstream year groups, and nothing else obliges the authority to build them.
///
/// Only money that neither lapses nor goes back within the programme is looked at: what does is a cost, which the second aim keeps low. And
/// only pots that may pay for no other open scheme: none that adds places, none that another scheme needs, and none with an approved start,
/// which the third aim asks for. What a pot receives, less the most that committed schemes could take of it, is certain to stay idle.
func warnOfIdlePots(
  _ pots: [Placed<FundingPot>], _ schemes: [Placed<Scheme>], _ plan: CapitalPlan, _ context: CapitalContext,
  _ list: inout DiagnosticList
) {
  // Of one option group with a committed scheme, another cannot be chosen.
  let taken = Set(schemes.filter(\.value.isCommitted).compactMap(\.value.optionGroup))
  let needed = Set(schemes.flatMap(\.value.prerequisites))
  func isWeighed(_ scheme: Scheme) -> Bool {
    scheme.kind.addsPlaces || scheme.approvedStart != nil || needed.contains(scheme.key)
  }
  func costs(_ scheme: Scheme) -> [Int] { plan.costs(of: scheme).map(\.pounds) }
  for pot in pots {
    let isDated = pot.value.spendBy.map { $0 <= context.lastYear } ?? false
    let users = schemes.map(\.value).filter { pot.value.rule.allows($0) }
    let open = users.filter { !$0.isCommitted && !($0.optionGroup.map(taken.contains) ?? false) }
    guard pot.value.carriesForward, !isDated, !open.contains(where: isWeighed),
      let cheapest = open.compactMap({ costs($0).min() }).min()
    else { continue }
    let spoken = users.filter(\.isCommitted).reduce(0) { $0 + (costs($1).max() ?? 0) }
    let idle = pot.value.received.values.reduce(0, +) - spoken
    guard idle > 0, Double(idle) >= leastIdleShare * Double(cheapest) else { continue }
    // What is left beyond these schemes waits for others, which the model does not have.
    let wanted = open.reduce(0) { $0 + (costs($1).max() ?? 0) }
    let names = firstFive(open.map { "'\($0.key)'" })
    list.add(
      .potLeftIdle, at: pot.row.place("pot_key"),
      what:
        "\(grouped(min(idle, wanted))) of pot '\(pot.value.key)' stays idle: \(names), which it may pay for, "
        + (open.count == 1
          ? "adds no mainstream places and is not committed"
          : "add no mainstream places and are not committed"),
      why: "the programme does not weigh such schemes, however unsafe the building or great the need",
      fix: "commit them, or leave them to another list")
  }
}
