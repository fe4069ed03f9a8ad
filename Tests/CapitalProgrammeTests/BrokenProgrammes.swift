import CapitalProgramme
import PlacePlanning

/// A programme that breaks one rule and keeps all the others, and by how much.
struct BrokenProgramme: Sendable, CustomStringConvertible {
  let rule: Breach.Rule
  let amount: Double
  let broken: @Sendable (inout HandProgramme) -> Void

  var description: String { rule.rawValue }

  init(_ rule: Breach.Rule, by amount: Double, _ broken: @escaping @Sendable (inout HandProgramme) -> Void) {
    self.rule = rule
    self.amount = amount
    self.broken = broken
  }

  private typealias Town = HandProgramme

  static let all: [BrokenProgramme] = choices + payments + money

  private static let choices: [BrokenProgramme] = [
    .init(.existing, by: 1) { $0.choose(9, 0) },
    .init(.existing, by: 1) { $0.choose(Town.east, 4) },
    .init(.existing, by: 1) { $0.pay(Town.east, 4, [.pot(0): 5]) },
    .init(.existing, by: 1) { $0.pay(Town.south, 3, [.pot(99): 5]) },
    .init(.existing, by: 1) { $0.repay(Town.north, 3, 99, 5) },
    .init(.oneStart, by: 1) { $0.choose(Town.north, 1) },
    .init(.committed, by: 1) {
      $0.drop(Town.north)
      $0.drop(Town.south)
    },
    .init(.optionGroup, by: 1) {
      $0.choose(Town.east, 2)
      $0.pay(Town.east, 2, [.pot(Town.basicNeed): 100])
      $0.choose(Town.west, 3)
      $0.pay(Town.west, 3, [.pot(Town.basicNeed): 100])
    },
    // South in the first year, the north that it needs in the second.
    .init(.prerequisite, by: 1) {
      $0.drop(Town.north)
      $0.drop(Town.south)
      $0.choose(Town.north, 1)
      $0.pay(Town.north, 1, [.pot(Town.basicNeed): 400, .pot(Town.school): 200])
      $0.pay(Town.north, 2, [.pot(Town.basicNeed): 400])
      $0.choose(Town.south, 0)
      $0.pay(Town.south, 0, [.pot(Town.basicNeed): 500])
    },
    // The north is not committed here and is not chosen: late by all four years.
    .init(.prerequisite, by: 4) {
      $0.hand.schemes[Town.north] = handScheme("north")
      $0.drop(Town.north)
    },
  ]

  private static let payments: [BrokenProgramme] = [
    .init(.notNegative, by: 50) {
      $0.payments.append(.init(scheme: Town.north, payer: .pot(Town.basicNeed), year: 0, pounds: 50))
      $0.payments.append(.init(scheme: Town.north, payer: .pot(Town.basicNeed), year: 0, pounds: -50))
    },
    .init(.notNegative, by: 7) { $0.repay(Town.north, 2, Town.agreement, -7) },
    .init(.fullyPaid, by: 100) { $0.pay(Town.south, 2, [.pot(Town.basicNeed): 400]) },
    .init(.fullyPaid, by: 1) { $0.pay(Town.south, 2, [.pot(Town.basicNeed): 501]) },
    .init(.fullyPaid, by: 3) { $0.pay(Town.south, 3, [.pot(Town.basicNeed): 3]) },
    .init(.onlyChosen, by: 40) { $0.pay(Town.east, 2, [.pot(Town.basicNeed): 40]) },
    .init(.onlyChosen, by: 30) { $0.repay(Town.east, 2, Town.agreement, 30) },
    .init(.potEligibility, by: 150) {
      $0.pay(Town.boiler, 1, [.pot(Town.conditionGrant): 50, .pot(Town.basicNeed): 150])
    },
    .init(.borrowingEligibility, by: 10) {
      $0.hand.limit[1] = 110
      $0.pay(Town.boiler, 1, [.pot(Town.conditionGrant): 190, .borrowing: 10])
    },
    // A grant may pay for the north, and may not repay what it owes.
    .init(.repaymentEligibility, by: 100) {
      $0.repayments = []
      $0.repay(Town.north, 2, Town.basicNeed, 100)
    },
    // Section 106 money of another area.
    .init(.repaymentEligibility, by: 100) {
      $0.hand.pots[Town.agreement] = handPot(
        "agreement", [2: 250], source: .section106, rule: .init(kinds: [.expansion], area: .init("Q")))
    },
  ]

  private static let money: [BrokenProgramme] = [
    // 150 pounds are left of the agreement when it pays 200.
    .init(.potBalance, by: 50) {
      $0.drop(Town.south)
      $0.choose(Town.south, 3)
      $0.pay(Town.south, 3, [.pot(Town.basicNeed): 300, .pot(Town.agreement): 200])
    },
    // The condition grant of the first year is not there in the second.
    .init(.potBalance, by: 100) {
      $0.hand.schemes[Town.boiler] = handScheme("boiler", kind: .condition, cost: cash(300))
      $0.pay(Town.boiler, 1, [.pot(Town.conditionGrant): 300])
    },
    // Money that arrives after its deadline cannot be spent.
    .init(.potBalance, by: 100) {
      $0.hand.pots[Town.pooled] = handPot("home 1", [3: 100], source: .section106, spendBy: 2)
      $0.drop(Town.south)
      $0.choose(Town.south, 3)
      $0.pay(Town.south, 3, [.pot(Town.basicNeed): 400, .pot(Town.pooled): 100])
    },
    .init(.mostShare, by: 50) {
      $0.pay(Town.north, 1, [.pot(Town.basicNeed): 50, .pot(Town.school): 250, .borrowing: 100])
    },
    .init(.pooling, by: 1) { town in
      var pounds: [Programme.Payer: Int] = [.pot(Town.basicNeed): 440]
      for pot in 0..<6 { pounds[.pot(Town.pooled + pot)] = 10 }
      town.pay(Town.south, 2, pounds)
    },
    // Five pay and a sixth repays.
    .init(.pooling, by: 1) { town in
      town.repay(Town.north, 2, Town.pooled + 5, 5)
      var pounds: [Programme.Payer: Int] = [.borrowing: 100]
      pounds[.pot(Town.basicNeed)] = 150
      pounds[.pot(Town.school)] = 100
      for pot in 0..<5 { pounds[.pot(Town.pooled + pot)] = 10 }
      town.pay(Town.north, 1, pounds)
    },
    // In the third year nothing may be borrowed.
    .init(.borrowingLimit, by: 8) { $0.pay(Town.south, 2, [.pot(Town.basicNeed): 492, .borrowing: 8]) },
    // 133.33 are owed when 150 are repaid.
    .init(.debt, by: 200.0 / 3 - 50) {
      $0.repayments = []
      $0.repay(Town.north, 2, Town.agreement, 150)
    },
    .init(.revenueCeiling, by: 5) { $0.hand.ceiling[1] = 10 },
  ]
}
