import CapitalProgramme
import PlacePlanning

/// A programme of a small town that keeps every rule, worked by hand in `ProgrammeCheckTests`.
struct HandProgramme {
  static let north = 0
  static let south = 1
  static let east = 2
  static let west = 3
  static let boiler = 4
  static let basicNeed = 0
  static let conditionGrant = 1
  static let school = 2
  static let agreement = 3
  /// The first of six agreements under the pooling rule.
  static let pooled = 4

  var hand = HandPlan()
  var choices: [Programme.Choice] = []
  var payments: [Programme.Payment] = []
  var repayments: [Programme.Repayment] = []

  var programme: Programme { Programme(choices: choices, payments: payments, repayments: repayments) }
  var report: ProgrammeReport { check(programme, of: hand.problem) }

  init() {
    hand.schemes = [
      handScheme("north", profile: [0.6, 0.4], window: 0...1, committed: true, life: 3, approved: 1),
      handScheme("south", cost: cash(500), requires: ["north"]),
      handScheme("east", kind: .bulge, cost: cash(100), group: "g", approved: 0),
      handScheme("west", kind: .temporary, yearsOfUse: 2, cost: cash(100), group: "g"),
      handScheme("boiler", kind: .condition, cost: cash(200), approved: 1),
    ]
    hand.pots = [
      handPot(
        "basic need", [0: 900, 2: 500], rule: FundingRule(kinds: [.expansion, .bulge, .temporary])),
      handPot("condition grant", [0: 200, 1: 200], carries: false, rule: FundingRule(kinds: [.condition])),
      handPot(
        "school", [0: 400], source: .schoolContribution,
        rule: FundingRule(kinds: Set(SchemeKind.allCases), mostShare: 0.3)),
      handPot("agreement", [2: 250], source: .section106, spendBy: 3),
    ]
    hand.pots += (1...6).map { handPot("home \($0)", [0: 100], source: .section106, pooled: true) }
    hand.limit = [0: 100, 1: 100]
    hand.ceiling = [1: 15, 2: 90, 3: 25]
    hand.interest = 0.1
    hand.borrowingKinds = [.expansion]
    hand.discountRate = 0.25
    hand.surplusPlaceCost = 10
    hand.revenue = RevenueRates(
      growthFundPerPlace: [.primary: 1], newSchoolStartUp: [:], missingYearGroup: [:], temporaryHire: 0,
      netRevenueStream: 0)
    hand.cells = [
      handCell(0, pupils: [27], places: 20, area: "Q"),
      handCell(1, pupils: [50, 60], places: 40),
      handCell(3, pupils: [110, 130], places: 60, weight: 2),
    ]

    choose(Self.north, 0)
    pay(Self.north, 0, [.pot(Self.basicNeed): 400, .pot(Self.school): 100, .borrowing: 100])
    pay(Self.north, 1, [.pot(Self.basicNeed): 200, .pot(Self.school): 100, .borrowing: 100])
    choose(Self.south, 2)
    pay(Self.south, 2, [.pot(Self.basicNeed): 500])
    choose(Self.boiler, 1)
    pay(Self.boiler, 1, [.pot(Self.conditionGrant): 200])
    repay(Self.north, 2, Self.agreement, 100)
  }

  /// The programme after a change.
  func with(_ change: (inout HandProgramme) -> Void) -> HandProgramme {
    var copy = self
    change(&copy)
    return copy
  }

  mutating func choose(_ scheme: Int, _ start: Int) { choices.append(.init(scheme: scheme, start: start)) }

  mutating func drop(_ scheme: Int) {
    choices.removeAll { $0.scheme == scheme }
    payments.removeAll { $0.scheme == scheme }
    repayments.removeAll { $0.scheme == scheme }
  }

  /// Replaces what is paid for a scheme in a year.
  mutating func pay(_ scheme: Int, _ year: Int, _ pounds: [Programme.Payer: Int]) {
    payments.removeAll { $0.scheme == scheme && $0.year == year }
    payments += pounds.map { .init(scheme: scheme, payer: $0, year: year, pounds: $1) }
  }

  mutating func repay(_ scheme: Int, _ year: Int, _ pot: Int, _ pounds: Int) {
    repayments.append(.init(scheme: scheme, pot: pot, year: year, pounds: pounds))
  }
}
