import CapitalProgramme
import PlacePlanning
import TestSupport
import Testing

@Suite struct BruteForceTests {
  @Test func `the cheapest funding of the town's programme, by hand`() {
    // 100 pounds of debt in each of two years cannot be dearer than none: with grant enough, nothing is borrowed.
    let town = HandProgramme()
    let problem = town.hand.problem
    let starts = town.report.accounts.starts
    let funding = CheapestFunding(problem, starts: starts)
    // The agreement pays for the south, so that none of it goes back; 200 of the condition grant lapse in the first year.
    expectClose(funding?.cost, 200, within: 1e-6)
    #expect(FundingFlow(problem, starts: starts).isEnough())
  }

  @Test func `the least debt, by hand`() {
    // 1,000 pounds to pay at once, 400 of them in hand; 300 arrive a year later and repay. At 10% interest with MRP over two
    // years from the year after the next: interest 30 and 60; the debt is 600, then 300, then 150, then nought.
    var hand = HandPlan()
    hand.schemes = [handScheme("a", life: 2)]
    hand.pots = [handPot("grant", [0: 400]), handPot("agreement", [1: 300], source: .section106)]
    hand.limit = [0: 600]
    hand.interest = 0.1
    let problem = hand.problem
    let funding = CheapestFunding(problem, starts: [0])
    // MRP 150 and 150; interest 30, 60, 30, 15.
    expectClose(funding?.cost, 300 + 135, within: 1e-6)
    let programme = funding?.programme([0])
    #expect(programme?.repayments == [.init(scheme: 0, pot: 1, year: 1, pounds: 300)])
    // Ten pounds less may be borrowed: it cannot be done.
    hand.limit = [0: 590]
    #expect(CheapestFunding(hand.problem, starts: [0]) == nil)
    #expect(!FundingFlow(hand.problem, starts: [0]).isEnough())
  }

  @Test func `five of six agreements pay, by hand`() {
    var hand = HandPlan()
    hand.schemes = [handScheme("a", cost: cash(150))]
    // 10, 20, ... 60 pounds: all but the smallest are 200, the five smallest 150, the five smallest but for one 140.
    hand.pots = (1...6).map { handPot("home \($0)", [0: 10 * $0], source: .section106, pooled: true) }
    #expect(CheapestFunding(hand.problem, starts: [0]) != nil)
    hand.schemes = [handScheme("a", cost: cash(201))]
    #expect(CheapestFunding(hand.problem, starts: [0]) == nil)
    #expect(FundingFlow(hand.problem, starts: [0]).isEnough())
  }

  @Test func `unmet places come before cost, by hand`() {
    // One place more is short without the dearer of two options.
    var hand = HandPlan()
    hand.schemes = [
      handScheme("cheap", places: 29, cost: cash(10), build: 0, window: 0...0, group: "g"),
      handScheme("dear", cost: cash(90), build: 0, window: 0...0, group: "g"),
    ]
    hand.pots = [handPot("grant", [0: 100], carries: false)]
    hand.cells = [handCell(0, pupils: [60], places: 30)]
    let optimum = BruteForce(hand.problem).optimum
    #expect(optimum?.starts == [nil, 0])
    #expect(optimum?.weightedUnmet == 0)
    expectClose(optimum?.presentCost, 10, within: 1e-6)
    // With 80 pounds the dearer cannot be paid for.
    hand.pots = [handPot("grant", [0: 80], carries: false)]
    let poorer = BruteForce(hand.problem).optimum
    #expect(poorer?.starts == [0, nil])
    #expect(poorer?.weightedUnmet == 1)
    expectClose(poorer?.presentCost, 70, within: 1e-6)
  }

  @Test func `without shares, pools and ceilings, the flow and the linear programme agree`() {
    var (enough, short) = (0, 0)
    for seed in 0..<40 {
      let problem = RandomProgramme(seed: UInt64(seed), rules: [.borrowing]).problem
      for starts in BruteForce.choices(problem).prefix(40) {
        let isEnough = FundingFlow(problem, starts: starts).isEnough()
        #expect((CheapestFunding(problem, starts: starts) != nil) == isEnough, "\(seed) \(starts)")
        if isEnough { enough += 1 } else { short += 1 }
      }
    }
    #expect(enough > 100 && short > 100, "\(enough) \(short)")
  }

  @Test(arguments: 0..<150)
  func `the checker passes the best programme and counts what it costs`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let optimum = BruteForce(problem).optimum, let programme = optimum.programme else { return }
    let report = check(programme, of: problem)
    #expect(report.breaches == [])
    expectClose(report.accounts.weightedUnmet, optimum.weightedUnmet, within: 1e-9)
    // Each payment is a whole pound to a thousandth.
    expectClose(report.accounts.presentCost, optimum.presentCost, within: 0.1)
    #expect(report.accounts.starts == optimum.starts)
  }
}
