import MixedInteger
import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// A dozen schemes over four years, every choice of starts tried: 1.7 million of them without any rule.
@Suite struct TwelveSchemesTests {
  /// Those of the first forty that are tried quickly; three of them cannot be paid for.
  static let seeds = [1, 2, 3, 6, 14, 17, 18, 20, 23, 24, 25, 33, 34, 35, 36, 37, 38, 39]
  static let impossible = [1, 35, 39]

  private static func problem(_ seed: Int) -> ProgrammeProblem {
    RandomProgramme(seed: UInt64(seed), schemes: 12...12, size: .twelve).problem
  }

  @Test(arguments: seeds)
  func `the search over plans and plain HiGHS find what trying every choice finds`(_ seed: Int) throws {
    let problem = Self.problem(seed)
    let search = BruteForce(problem)
    #expect(problem.candidates.count == 12 && problem.years.count == 4)
    #expect(search.combinations > 5_000, "\(search.combinations)")
    #expect((search.optimum == nil) == Self.impossible.contains(seed))
    #expect(PlanSearch(problem, ProgrammeModel(problem).groups, SolveOptions()) != nil)
    for searchesPlans in [true, false] {
      var options = ProgrammeOptions(gap: 1e-9, threads: 1)
      options.searchesPlans = searchesPlans
      guard
        let (_, optimum) = search.agreed(prioritise(problem, options), "\(searchesPlans)"),
        let programme = optimum.programme
      else { continue }
      let report = check(programme, of: problem)
      #expect(report.breaches == [])
      expectClose(report.accounts.presentCost, optimum.presentCost, within: 0.1)
    }
  }

  @Test func `together they hold every rule on money and on what is chosen`() {
    let problems = Self.seeds.filter { !Self.impossible.contains($0) }.map(Self.problem)
    let pots = problems.flatMap(\.pots)
    let all = Set(SchemeKind.allCases)
    #expect(pots.contains { $0.rule.kinds != all } && pots.contains { $0.rule.phase != nil })
    #expect(pots.contains { $0.rule.area != nil } && pots.contains { $0.rule.scheme != nil })
    #expect(pots.contains { $0.rule.mostShare != nil })
    #expect(pots.contains { $0.spendBy != nil } && pots.contains { !$0.carriesForward })
    #expect(
      problems.contains { Set($0.pots.compactMap(\.pooledObligation)).count > Section106Agreement.mostPooled }
    )
    #expect(Set(pots.map(\.source)).isSuperset(of: [.grant, .schoolContribution, .section106]))
    let borrowing = problems.map(\.borrowing)
    #expect(borrowing.contains { !$0.limit.isEmpty && !$0.revenueCeiling.isEmpty && $0.interest > 0 })
    #expect(borrowing.contains { $0.kinds != all } && Set(borrowing.map(\.method)) == Set(MRPMethod.allCases))
    let schemes = problems.flatMap { $0.candidates.map(\.scheme) }
    #expect(schemes.contains { $0.isCommitted } && schemes.contains { $0.optionGroup != nil })
    #expect(schemes.contains { !$0.prerequisites.isEmpty })
  }

  @Test func `by hand: what is given up is what cannot be paid for, and no more`() {
    // 1,000 pounds for a or b, 600 for c, which costs 600; the grant of c pays for nothing else.
    var hand = HandPlan()
    hand.schemes = [
      handScheme("a", window: 0...1), handScheme("b", window: 1...1),
      handScheme("c", kind: .bulge, cost: cash(600), window: 2...2),
    ]
    let plain: Set<SchemeKind> = [.expansion]
    hand.pots = [
      handPot("one", [0: 1_000], rule: FundingRule(kinds: plain)),
      handPot("two", [2: 600], rule: FundingRule(kinds: [.bulge])),
    ]
    let search = ChoiceSearch(hand.problem)
    #expect(search.combinations == 3 * 2 * 2)
    // Neither, a in either year or b; each of them with c or without.
    let found = Set(search.choices.map(\.starts))
    #expect(found.count == 8 && search.choices.count == 8)
    #expect(!found.contains([0, 0, -1]) && found.contains([1, -1, 0]))
    hand.pots[1] = handPot("two", [2: 599], rule: FundingRule(kinds: [.bulge]))
    #expect(ChoiceSearch(hand.problem).choices.count == 4)
  }

  @Test(arguments: 0..<60)
  func `all that is given up breaks a rule or cannot be paid for`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let kept = Set(ChoiceSearch(problem).choices.map(\.positions))
    for starts in BruteForce.choices(problem) where !kept.contains(starts) {
      #expect(!FundingFlow(problem, starts: starts).isEnough(), "\(starts)")
    }
  }
}
