public import PlacePlanning

/// What a plain ranking by points would have chosen: committed schemes first, then the most points, each in the first year that money
/// allows, tied money before free money and borrowing last.
public struct PointsRanking: Sendable {
  /// One scheme in the ranking.
  public struct Line: Sendable {
    /// Position among the problem's candidates.
    public let scheme: Int
    public let points: Double
    /// Position among the scheme's starts; nil when it could not be paid for or was shut out.
    public let start: Int?
  }

  /// In order of points.
  public let lines: [Line]
  public let programme: Programme
  /// What the check found of it; committed schemes may be missing where the ranking ran out of money for them.
  public let report: ProgrammeReport
  /// Whether it is paid for at the least present cost, as a programme is: else its cost says nothing beside a programme's.
  public var isAtLeastCost = false
}

extension PointsRanking {
  /// The same schemes at the same starts, paid for at the least present cost, debts repaid as soon as that saves anything: so that what
  /// sets it apart from a programme is its choice. As it is where a committed scheme is missing, or where nothing is proven.
  public func atLeastCost(of problem: ProgrammeProblem, _ options: ProgrammeOptions) -> PointsRanking {
    var options = options.forLeastCost
    options.timeLimit = options.timeLimit.map { max($0, ProgrammeOptions.timeToFinish) }
    guard report.isFeasible,
      case .proven(let cheapest) = prioritise(problem.holding(to: programme.choices), options)
    else { return self }
    // Each candidate stands where it stood, with one start.
    let cheaper = Programme(
      choices: programme.choices, payments: cheapest.programme.payments,
      repayments: cheapest.programme.repayments)
    let report = check(cheaper, of: problem)
    return report.isFeasible
      ? PointsRanking(lines: lines, programme: cheaper, report: report, isAtLeastCost: true) : self
  }
}

/// Ranks a problem's schemes by points and funds them in that order.
public func rank(_ problem: ProgrammeProblem, _ weights: PointsWeights) -> PointsRanking {
  let points = problem.candidates.map { problem.points($0, weights) }
  let order = problem.candidates.indices.sorted { one, other in
    let (a, b) = (problem.candidates[one].scheme, problem.candidates[other].scheme)
    if a.isCommitted != b.isCommitted { return a.isCommitted }
    return points[one] == points[other] ? a.key < b.key : points[one] > points[other]
  }
  var ledger = FundingLedger(problem)
  var chosen: [Int: Int] = [:]
  let lines = order.map { scheme in
    let start = problem.candidates[scheme].starts.indices.first {
      problem.allows(scheme, $0, beside: chosen) && ledger.pay(scheme, start: $0)
    }
    chosen[scheme] = start
    return PointsRanking.Line(scheme: scheme, points: points[scheme], start: start)
  }
  let programme = Programme(
    choices: chosen.sorted { $0.key < $1.key }.map { Programme.Choice(scheme: $0.key, start: $0.value) },
    payments: ledger.payments, repayments: [])
  return PointsRanking(lines: lines, programme: programme, report: check(programme, of: problem))
}

extension ProgrammeProblem {
  /// The gap of a year group counts from half a form of entry.
  private static let leastGap = FormsOfEntry.placesPerForm / 2

  /// What a scheme scores: see `PointsWeights`.
  func points(_ candidate: Candidate, _ weights: PointsWeights) -> Double {
    let scheme = candidate.scheme
    var points = scheme.isCommitted ? weights.committed : 0
    points += weights.condition * Double(scheme.conditionScore)
    guard let places = scheme.places, let area = scheme.area, scheme.kind.addsPlaces else {
      return points
    }
    let entry = cells.filter { $0.area == area && $0.yearGroup == places.entryYearGroup }
    let gaps = entry.map { (year: $0.year, gap: $0.curve.unmet(adding: 0)) }
    let largest = gaps.map(\.gap).max() ?? 0
    points += weights.need * min(largest, Double(places.perYearGroup)) / FormsOfEntry.placesPerForm
    if let first = gaps.filter({ $0.gap >= Self.leastGap }).map(\.year).min() {
      points += weights.urgency * Double(years.count - 1 - first)
    }
    let dearest = candidates.compactMap { costPerPlace($0) }.max() ?? 0
    if let cost = costPerPlace(candidate), dearest > 0 { points += weights.value * 2 * (1 - cost / dearest) }
    return points
  }

  /// Pounds for each place that a scheme holds when it is full, at the first start; nil without places.
  private func costPerPlace(_ candidate: Candidate) -> Double? {
    guard let places = candidate.scheme.placesWhenFull, places > 0, let start = candidate.starts.first
    else { return nil }
    return Double(start.cost) / Double(places)
  }

  /// Whether option groups and prerequisites let a scheme start beside those chosen.
  fileprivate func allows(_ scheme: Int, _ start: Int, beside chosen: [Int: Int]) -> Bool {
    let own = candidates[scheme]
    let isFree = chosen.keys.allSatisfy {
      own.scheme.optionGroup == nil || candidates[$0].scheme.optionGroup != own.scheme.optionGroup
    }
    return isFree
      && own.scheme.prerequisites.allSatisfy { key in
        chosen.contains { other, otherStart in
          candidates[other].scheme.key == key
            && candidates[other].starts[otherStart].year <= own.starts[start].year
        }
      }
  }
}
