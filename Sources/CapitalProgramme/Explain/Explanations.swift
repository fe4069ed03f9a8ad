public import PlacePlanning

/// What else was possible in place of a programme.
public struct Explanations: Sendable {
  /// The best programme without a chosen scheme.
  public typealias Without = (scheme: Scheme, comparison: Comparison)
  /// The best programme with a further sum in a pot, or in borrowing (nil), in a year.
  public typealias More = (pot: FundingPot?, comparison: Comparison, year: FinancialYear)
  /// The best programme with a share of the yearly borrowing limits. `limit` and `borrowed` are sums over the years, in whole pounds;
  /// where no programme is settled `borrowed` is nought and `unmet` is nil.
  public typealias Point = (share: Double, limit: Int, borrowed: Int, comparison: Comparison, unmet: Double?)

  /// The further sum in a pot that is asked about. **Units** whole pounds.
  public static let furtherSum = 1_000_000

  /// Nil where every approved scheme starts as approved.
  public let approvedStarts: ApprovedStarts?
  public let without: [Without]
  public let more: [More]
  public let frontier: [Point]
  /// The rival plans in each of the problems asked about.
  public let rivals: [[RivalOutcome]]
}

/// A question about other programmes: the variants to solve, and how their best programmes, in the same order, answer it.
struct Question<Answer> {
  let variants: [Variant]
  let answer: ([Best]) -> Answer
}

extension ChosenProgramme {
  func ask<Answer>(_ question: Question<Answer>, _ options: ProgrammeOptions) -> Answer {
    question.answer(bestOfEach(question.variants, options))
  }

  /// Every question about other programmes, all their variants solved side by side. `rivals` are rival plans with the problem to try
  /// them in: the programme's own, or that of another scenario.
  public func explanations(
    rivals: [(plans: [RivalPlan], problem: ProgrammeProblem)], _ options: ProgrammeOptions
  ) -> Explanations {
    let rivals = rivals.map { self.rivals($0.plans, $0.problem) }
    let (frontier, more, without, approved) = (
      frontier, more(Explanations.furtherSum), withoutEach, approvedStarts(options)
    )
    // What takes longest comes first, so that no thread waits long for another at the end.
    var best = bestOfEach(
      rivals.flatMap(\.variants) + (approved?.variants ?? []) + frontier.variants + more.variants
        + without.variants, options)[...]
    // Questions are answered in the order of their variants.
    func answer<Answer>(_ question: Question<Answer>) -> Answer {
      defer { best = best.dropFirst(question.variants.count) }
      return question.answer(Array(best.prefix(question.variants.count)))
    }
    let outcomes = rivals.map(answer)
    let kept = approved.map(answer)
    let points = answer(frontier)
    let sums = answer(more)
    return Explanations(
      approvedStarts: kept, without: answer(without), more: sums, frontier: points, rivals: outcomes)
  }
}
