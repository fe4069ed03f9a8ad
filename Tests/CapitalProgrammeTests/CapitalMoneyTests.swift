import CapitalProgramme
import PlacePlanning
import TestSupport
import Testing

/// Minimum revenue provision, prices and spending, worked by hand.
@Suite struct CapitalMoneyTests {
  @Test func `an annuity of three years at 5 per cent`() {
    // 3,152.5 pounds at 5%: instalments of 3,152.5 x 0.05 / (1 - 1.05^-3) = 1,157.625, of which MRP is 1,000, 1,050, 1,102.5.
    var debt = 3_152.5
    for (remaining, provision, interest) in [(3, 1_000, 157.625), (2, 1_050, 107.625), (1, 1_102.5, 55.125)] {
      let found = MRPMethod.annuity.share(remaining: remaining, interest: 0.05) * debt
      expectClose(found, provision, within: 1e-9)
      expectClose(0.05 * debt, interest, within: 1e-9)
      expectClose(found + 0.05 * debt, 1_157.625, within: 1e-9)
      debt -= found
    }
    expectClose(debt, 0, within: 1e-9)
  }

  @Test(arguments: [MRPMethod.equalInstalment, .annuity], [1, 2, 7, 40])
  func `instalments are equal and clear the debt`(_ method: MRPMethod, _ life: Int) {
    var debt = 1_000_000.0
    var instalments: [Double] = []
    for year in 0..<life {
      let provision = debt * method.share(remaining: life - year, interest: 0.03)
      instalments.append(provision + (method == .annuity ? 0.03 * debt : 0))
      debt -= provision
    }
    expectClose(debt, 0, within: 1e-6)
    for instalment in instalments { expectClose(instalment, instalments[0], within: 1e-6) }
  }

  @Test func `an annuity without interest is equal instalments, and a life that is over leaves none`() {
    #expect(MRPMethod.annuity.share(remaining: 4, interest: 0) == 0.25)
    for method in MRPMethod.allCases {
      for remaining in -2...1 { #expect(method.share(remaining: remaining, interest: 0.04) == 1) }
    }
  }

  @Test func `prices of a quarter rise from its middle to 30 September of the year`() {
    var hand = HandPlan()
    hand.inflation = 0.05
    let plan = hand.plan
    // The middle of 2018-Q3 is 2018.625, that of 2018/19 2018.75: an eighth of a year.
    let base = Money(pounds: 1_000_000, priceBase: .quarter(year: 2018, quarter: 3))
    expectClose(plan.cash(base, in: FinancialYear(2018)), 1_006_117.4, within: 0.1)
    expectClose(
      plan.cash(base, in: FinancialYear(2020)) / plan.cash(base, in: FinancialYear(2018)), 1.1025,
      within: 1e-12)
    // From the first quarter of 2017 it is 2018.75 - 2017.125 = 1.625 years: 1.05^1.625 = 1.0825117.
    let older = Money(pounds: 1_000_000, priceBase: .quarter(year: 2017, quarter: 1))
    expectClose(plan.cash(older, in: FinancialYear(2018)), 1_082_511.7, within: 0.1)
    #expect(plan.cash(cash(777), in: FinancialYear(2030)) == 777)
  }

  @Test func `spending by hand: thirds of 100 pounds`() {
    let scheme = handScheme("a", cost: cash(100), profile: [1.0 / 3, 1.0 / 3, 1.0 / 3])
    // 33.3, 66.7 and 100 pounds are 33, 67 and 100.
    #expect(HandPlan().plan.spending(scheme, startingIn: HandPlan.first) == [33, 34, 33])
  }

  @Test func `no pound is lost between years`() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      var weights = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Double.random(in: 0.01...1, using: &random)
      }
      let total = weights.reduce(0, +)
      weights = weights.map { $0 / total }
      let pounds = Int.random(in: 1...50_000_000, using: &random)
      let scheme = handScheme("a", cost: cash(pounds), profile: weights)
      let spending = HandPlan().plan.spending(scheme, startingIn: HandPlan.first)
      #expect(spending.reduce(0, +) == pounds)
      #expect(spending.allSatisfy { $0 >= 0 })
      for (found, share) in zip(spending, weights) {
        #expect(abs(Double(found) - share * Double(pounds)) <= 1)
      }
    }
  }

  @Test func `each year's share is in that year's money`() {
    var hand = HandPlan()
    hand.inflation = 0.1
    // The middle of 2018-Q3 to 2018.75 is an eighth of a year: 1.1^0.125 = 1.011985.
    let cost = Money(pounds: 1_000_000, priceBase: .quarter(year: 2018, quarter: 3))
    let scheme = handScheme("a", cost: cost, profile: [0.5, 0.5])
    let spending = hand.plan.spending(scheme, startingIn: HandPlan.first)
    expectClose(Double(spending[0]), 505_993, within: 1)
    expectClose(Double(spending[1]), 556_592, within: 1)
  }

  /// At 10% a year: two years before its approved start 1,000 / 1.21 = 826.4, a year after it 1,100; two years after its first one 1,210.
  @Test func `a cost in cash is that of the approved start, or else of the first`() {
    var hand = HandPlan()
    hand.inflation = 0.1
    func cost(_ scheme: Scheme, _ start: Int) -> [Int] {
      hand.plan.spending(scheme, startingIn: HandPlan.first + start)
    }
    let approved = handScheme("a", approved: 2)
    #expect([0, 2, 3].map { cost(approved, $0) } == [[826], [1_000], [1_100]])
    let other = handScheme("b", window: 1...3)
    #expect([1, 3].map { cost(other, $0) } == [[1_000], [1_210]])
  }

  @Test func `spending beyond the last year is outside the problem`() {
    var hand = HandPlan()
    hand.schemes = [handScheme("a", profile: [0.25, 0.75])]
    let starts = hand.problem.candidates[0].starts
    #expect(starts[0].spending == [250, 750, 0, 0])
    #expect(starts[2].spending == [0, 0, 250, 750])
    #expect(starts[3].spending == [0, 0, 0, 250])
    #expect(starts.map(\.spendingBeyond) == [0, 0, 0, 750])
    #expect(starts.map(\.opening) == [1, 2, 3, 4])
    hand.limit = [3: 250]
    let programme = Programme(
      choices: [.init(scheme: 0, start: 3)],
      payments: [.init(scheme: 0, payer: .borrowing, year: 3, pounds: 250)], repayments: [])
    #expect(check(programme, of: hand.problem).isFeasible)
  }
}
