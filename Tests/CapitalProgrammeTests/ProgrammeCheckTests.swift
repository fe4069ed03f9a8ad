import CapitalProgramme
import PlacePlanning
import TestSupport
import Testing

@Suite struct ProgrammeCheckTests {
  @Test func `the town's programme keeps every rule`() {
    let report = HandProgramme().report
    #expect(report.breaches == [])
    #expect(report.isFeasible)
  }

  @Test func `its pots, by hand`() {
    let pots = HandProgramme().report.accounts.pots
    func pot(_ position: Int, _ field: KeyPath<ProgrammeAccounts.PotYear, Int>) -> [Int] {
      pots[position].map { $0[keyPath: field] }
    }
    #expect(pot(HandProgramme.basicNeed, \.received) == [900, 0, 500, 0])
    #expect(pot(HandProgramme.basicNeed, \.spent) == [400, 200, 500, 0])
    #expect(pot(HandProgramme.basicNeed, \.balance) == [500, 300, 300, 300])
    #expect(pot(HandProgramme.basicNeed, \.returned) == [0, 0, 0, 0])
    // The first year's condition grant lapses.
    #expect(pot(HandProgramme.conditionGrant, \.returned) == [200, 0, 0, 0])
    #expect(pot(HandProgramme.conditionGrant, \.balance) == [0, 0, 0, 0])
    // What is left of the agreement goes back after its last year.
    #expect(pot(HandProgramme.agreement, \.repaid) == [0, 0, 100, 0])
    #expect(pot(HandProgramme.agreement, \.balance) == [0, 0, 150, 0])
    #expect(pot(HandProgramme.agreement, \.returned) == [0, 0, 0, 150])
  }

  @Test func `its debt, places and costs, by hand`() {
    let accounts = HandProgramme().report.accounts
    // 100 in each of two years at 10%; MRP from the third over three years; 100 repaid in the third.
    for (found, wanted) in zip(accounts.debts[HandProgramme.north], [100, 200, 100.0 / 3, 50.0 / 3]) {
      expectClose(found, wanted)
    }
    #expect(accounts.years.map(\.borrowed) == [100, 100, 0, 0])
    #expect(accounts.years.map(\.repaid) == [0, 0, 100, 0])
    for (year, wanted) in zip(accounts.years, [0, 0, 200.0 / 3, 50.0 / 3]) {
      expectClose(year.minimumRevenueProvision, wanted)
    }
    for (year, wanted) in zip(accounts.years, [5, 15, 20, 10.0 / 3]) { expectClose(year.interest, wanted) }
    for (year, wanted) in zip(accounts.years, [100, 200, 100.0 / 3, 50.0 / 3]) {
      expectClose(year.debt, wanted)
    }
    #expect(accounts.starts == [0, 2, nil, nil, 1])
    // The north's Reception opens in the second year, the south's in the fourth.
    #expect(accounts.placesAdded == [0, 30, 60])
    #expect(accounts.unmet == [7, 0, 5])
    #expect(accounts.weightedUnmet == 7 + 2 * 5)
    // Growth fund of a pound a place: 30 for each year group that gains.
    #expect(accounts.years.map(\.revenue) == [0, 30, 30, 60])
    #expect(accounts.years.map(\.returned) == [200, 0, 0, 150])
    // 20 and 10 places spare in the second year's draws, 10 and none in the fourth's, at 10 pounds.
    #expect(accounts.years.map(\.surplusCost) == [0, 150, 0, 50])
    for (year, wanted) in zip(accounts.years, [205, 195, 350.0 / 3, 280]) { expectClose(year.cost, wanted) }
    // At 25%: 205 + 195 x 0.8 + 116.67 x 0.64 + (280 + 16.67) x 0.512.
    expectClose(accounts.presentCost, 587.56)
    // North a year early, east not built, south not approved, boiler as approved.
    #expect(accounts.distanceFromApproved == 1 + 4 + 4 + 0)
  }

  @Test(arguments: BrokenProgramme.all)
  func `a broken rule is found, alone, and by how much`(_ example: BrokenProgramme) {
    let report = HandProgramme().with(example.broken).report
    #expect(Set(report.breaches.map(\.rule)) == [example.rule], "\(report.breaches.map(\.what))")
    expectClose(report.largest?.amount, example.amount, within: 1e-9, report.largest?.what ?? "")
    #expect(!report.isFeasible)
  }

  @Test func `every rule has a broken programme`() {
    #expect(Set(BrokenProgramme.all.map(\.rule)) == Set(Breach.Rule.allCases))
  }

  @Test func `breaches name schemes, pots and years`() {
    func what(_ change: (inout HandProgramme) -> Void) -> String? {
      HandProgramme().with(change).report.largest?.what
    }
    #expect(
      what { $0.pay(HandProgramme.south, 2, [.pot(0): 400]) }
        == "'south' spends 500 pounds in 2020/21 and is paid 400")
    #expect(
      what { $0.hand.ceiling[1] = 10 }
        == "MRP and interest are 15 pounds in 2019/20, where revenue bears 10")
    #expect(
      what { $0.pay(HandProgramme.boiler, 1, [.pot(1): 50, .pot(0): 150]) }
        == "'basic need' may not pay for 'boiler' (2019/20)")
  }

  @Test func `a ceiling and a share give way by a pound, no more`() {
    #expect(HandProgramme().with { $0.hand.ceiling[1] = 14 }.report.isFeasible)
    #expect(HandProgramme().with { $0.hand.ceiling[1] = 13 }.report.largest?.amount == 2)
    func school(_ pounds: Int) -> ProgrammeReport {
      HandProgramme().with {
        $0.pay(
          HandProgramme.north, 1,
          [.pot(HandProgramme.school): pounds, .pot(HandProgramme.basicNeed): 300 - pounds, .borrowing: 100])
      }.report
    }
    #expect(school(201).isFeasible)
    #expect(school(202).largest?.rule == .mostShare)
  }

  @Test func `pounds of a pot are exact`() {
    let report = HandProgramme().with { $0.hand.pots[0] = handPot("basic need", [0: 599, 2: 500]) }.report
    // 600 are spent by the second year; the pound stays missing.
    #expect(report.breaches.map(\.rule) == [.potBalance, .potBalance, .potBalance])
    #expect(report.breaches.map(\.amount) == [1, 1, 1])
  }

  @Test func `to wait until prices have risen is no way to use money up, by hand`() throws {
    // 2,000 pounds to be spent by the fourth year, for a repair of 1,000 that becomes a tenth dearer a year. In the first year 1,000 go
    // back; in the fourth 669, and 331 bought nothing.
    var hand = HandPlan()
    hand.inflation = 0.1
    hand.schemes = [handScheme("roof", kind: .condition, committed: true, approved: 0)]
    hand.pots = [handPot("grant", [0: 2_000], spendBy: 3)]
    let chosen = try #require(prioritise(hand.problem).chosen)
    #expect(chosen.programme.choices == [Programme.Choice(scheme: 0, start: 0)])
    expectClose(chosen.accounts.presentCost, 1_000)
    func waiting() -> ProgrammeAccounts {
      ProgrammeAccounts(
        Programme(
          choices: [.init(scheme: 0, start: 3)],
          payments: [.init(scheme: 0, payer: .pot(0), year: 3, pounds: 1_331)], repayments: []),
        of: hand.problem)
    }
    #expect(waiting().years.prefix(3).allSatisfy { $0.priceRise == 0 } && waiting().returned == 669)
    expectClose(waiting().years[3].priceRise, 331)
    expectClose(waiting().presentCost, 1_000)
    // Money that may still be spent after the last year is not used up by waiting.
    hand.pots = [handPot("grant", [0: 2_000], spendBy: 4)]
    #expect(waiting().years[3].priceRise == 0)
    hand.pots = [handPot("grant", [0: 2_000], carries: false)]
    expectClose(waiting().years[3].priceRise, 331)
  }

  @Test func `money after a deadline is returned as it arrives`() {
    let pot = HandProgramme().with {
      $0.hand.pots[3] = handPot("agreement", [0: 40, 2: 250, 3: 30], source: .section106, spendBy: 1)
      $0.repayments = []
    }.report.accounts.pots[3]
    #expect(pot.map(\.returned) == [0, 40, 250, 30])
    #expect(pot.map(\.balance) == [40, 0, 0, 0])
  }

  @Test func `what was received before the first year is in hand in it`() {
    let pot = HandProgramme().with {
      $0.hand.pots[3] = handPot("agreement", [-2: 40, 0: 1, 2: 250], source: .section106)
    }.report.accounts.pots[3]
    #expect(pot.map(\.received) == [41, 0, 250, 0])
  }

  @Test func `an empty programme of no duties`() {
    let report = check(
      Programme(choices: [], payments: [], repayments: []), of: HandPlan().problem)
    #expect(report.isFeasible)
    #expect(report.accounts.presentCost == 0)
    #expect(report.accounts.weightedUnmet == 0)
  }

  @Test func `MRP is the whole debt when an asset outlives its years`() {
    var hand = HandPlan()
    hand.schemes = [handScheme("a", build: 0, profile: [1], life: 1)]
    hand.limit = [0: 1_000]
    let programme = Programme(
      choices: [.init(scheme: 0, start: 0)],
      payments: [.init(scheme: 0, payer: .borrowing, year: 0, pounds: 1_000)], repayments: [])
    let accounts = check(programme, of: hand.problem).accounts
    #expect(accounts.debts[0] == [1_000, 0, 0, 0])
    #expect(accounts.years.map(\.minimumRevenueProvision) == [0, 1_000, 0, 0])
  }
}

extension ProgrammeReport {
  /// The first of the largest amount.
  fileprivate var largest: Breach? { breaches.max { $0.amount < $1.amount } }
}
