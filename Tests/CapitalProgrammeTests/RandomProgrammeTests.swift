import CapitalProgramme
import PlacePlanning
import TestSupport
import Testing

/// That the random programmes are worth solving: every rule decides some of them.
@Suite struct RandomProgrammeTests {
  @Test(arguments: Relaxation.allCases)
  func `a rule taken out never makes a programme worse, and makes some better`(_ rule: Relaxation) {
    var (better, seeds) = (0, 0)
    while better < 3 && seeds < 400 {
      let random = RandomProgramme(seed: UInt64(seeds))
      seeds += 1
      let relaxed = ProgrammeProblem(rule.apply(to: random.plan), cells: random.cells, sites: random.sites)
      let with = BruteForce(random.problem).optimum
      let without = BruteForce(relaxed).optimum
      guard let with else {
        if without != nil { better += 1 }
        continue
      }
      guard let without else {
        Issue.record("\(seeds - 1): infeasible without a rule")
        continue
      }
      #expect(without.weightedUnmet <= with.weightedUnmet + 1e-9, "\(seeds - 1)")
      if without.weightedUnmet < with.weightedUnmet - 1e-6 {
        better += 1
      } else {
        #expect(without.presentCost <= with.presentCost + 0.01, "\(seeds - 1)")
        if without.presentCost < with.presentCost - 1 { better += 1 }
      }
    }
    #expect(better == 3, "in \(seeds) programmes")
  }

  @Test func `random programmes hold every kind of scheme, pot and repayment`() {
    var kinds: Set<SchemeKind> = []
    var methods: Set<MRPMethod> = []
    var (feasible, impossible, borrowed, repaid, whole, late) = (0, 0, 0, 0, 0, 0)
    for seed in 0..<100 {
      let problem = RandomProgramme(seed: UInt64(seed)).problem
      kinds.formUnion(problem.candidates.map(\.scheme.kind))
      methods.insert(problem.borrowing.method)
      late += problem.notArrived.count
      guard let optimum = BruteForce(problem).optimum else {
        impossible += 1
        continue
      }
      feasible += 1
      guard let programme = optimum.programme else { continue }
      whole += 1
      if programme.payments.contains(where: { $0.payer == .borrowing }) { borrowed += 1 }
      if !programme.repayments.isEmpty { repaid += 1 }
    }
    #expect(kinds == [.expansion, .newSchool, .temporary, .bulge, .condition, .specialist])
    #expect(methods == Set(MRPMethod.allCases))
    #expect(feasible > 50 && impossible > 10, "\(feasible), \(impossible)")
    #expect(whole > 40 && borrowed > 10 && repaid > 1, "\(whole), \(borrowed), \(repaid)")
    #expect(late > 5)
  }

  @Test func `the same seed is the same problem`() {
    let (one, other) = (RandomProgramme(seed: 7), RandomProgramme(seed: 7))
    #expect(one.plan.schemes == other.plan.schemes)
    #expect(one.plan.pots == other.plan.pots)
    #expect(one.plan.agreements == other.plan.agreements)
    #expect(BruteForce(one.problem).optimum?.presentCost == BruteForce(other.problem).optimum?.presentCost)
  }

  @Test(arguments: 0..<100)
  func `a pound too much or too little, or a scheme left out, is found`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    guard let best = BruteForce(problem).optimum?.programme else { return }
    for (index, payment) in best.payments.enumerated() {
      for pounds in [payment.pounds - 1, payment.pounds + 1] {
        var payments = best.payments
        payments[index] = .init(
          scheme: payment.scheme, payer: payment.payer, year: payment.year, pounds: pounds)
        let report = check(
          Programme(choices: best.choices, payments: payments, repayments: best.repayments), of: problem)
        #expect(report.breaches.contains { $0.rule == .fullyPaid && $0.amount == 1 })
      }
    }
    for (index, choice) in best.choices.enumerated() {
      var choices = best.choices
      choices.remove(at: index)
      let report = check(
        Programme(choices: choices, payments: best.payments, repayments: best.repayments), of: problem)
      let spends = problem.candidates[choice.scheme].starts[choice.start].cost > 0
      #expect(!spends || report.breaches.contains { $0.rule == .onlyChosen })
    }
  }
}
