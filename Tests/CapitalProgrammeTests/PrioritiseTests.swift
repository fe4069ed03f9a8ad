import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

@Suite struct PrioritiseTests {
  private static let exact = ProgrammeOptions(gap: 1e-9, threads: 1)

  @Test(arguments: 0..<80)
  func `the programme is the best that trying every choice finds`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let outcome = prioritise(problem, Self.exact)
    guard let optimum = BruteForce(problem).optimum else {
      if case .unaffordable(let missing) = outcome {
        #expect(!missing.isEmpty)
      } else {
        guard case .failed(let words) = outcome, words.contains("cannot be combined") else {
          Issue.record("\(seed): nothing is possible, but \(outcome)")
          return
        }
      }
      return
    }
    guard case .proven(let chosen) = outcome else {
      Issue.record("\(seed): \(outcome)")
      return
    }
    expectClose(chosen.accounts.weightedUnmet, optimum.weightedUnmet, within: 1e-5)
    // Money is rounded to whole pounds.
    expectClose(chosen.accounts.presentCost, optimum.presentCost, within: 2)
    #expect(check(chosen.programme, of: problem).breaches == [])
  }

  @Test(arguments: 0..<12)
  func `another seed finds a programme as good`(_ seed: Int) {
    let problem = RandomProgramme(seed: UInt64(seed)).problem
    let one = prioritise(problem, Self.exact).chosen
    let other = prioritise(problem, ProgrammeOptions(gap: 1e-9, seed: 7, threads: 2)).chosen
    #expect((one == nil) == (other == nil))
    if let one, let other {
      expectClose(one.accounts.weightedUnmet, other.accounts.weightedUnmet, within: 1e-5)
      expectClose(one.accounts.presentCost, other.accounts.presentCost, within: 2)
      #expect(one.accounts.distanceFromApproved == other.accounts.distanceFromApproved)
    }
  }
}
