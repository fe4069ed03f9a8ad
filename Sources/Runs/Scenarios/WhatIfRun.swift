public import Diagnostics
public import Foundation
public import ModelFiles
public import PlacePlanning
public import Scenarios
internal import Synchronization

/// Scenarios and changes, each beside the central scenario.
public struct WhatIfRun: Sendable {
  /// One case: a scenario, or the changes that were asked for.
  public struct Case: Sendable {
    public let name: String
    public let applied: [AppliedOverride]
    public let figures: CaseFigures
  }

  /// What the changes of the command line are called beside scenarios.
  static let ownChanges = "your changes"

  public let model: PlanningModel
  public let request: CaseRequest
  public let draws: Int
  /// Central first, then the scenarios as they were named, then the changes.
  public let cases: [Case]
  public let comparison: CaseComparison
  /// Of all cases, each once.
  public let warnings: DiagnosticList

  /// **Throws** what `ModelVariants` and `workOut` throw: the faults of all cases together.
  public init(
    _ folder: URL, scenarios: [String], changes: [AssumptionChange], _ request: CaseRequest
  ) throws {
    let variants = try ModelVariants(folder)
    var wanted: [(name: String, scenario: String, changes: [AssumptionChange])] = [("central", "central", [])]
    for scenario in scenarios where !wanted.contains(where: { $0.name == scenario }) {
      wanted.append((scenario, scenario, []))
    }
    if !changes.isEmpty { wanted.append((Self.ownChanges, "central", changes)) }
    let cases = wanted
    let done = try inParallel(cases.count) { index in
      let input = try variants.input(scenario: cases[index].scenario, changes: cases[index].changes)
      return (input, try workOut(input, request, threads: cases.count > 1 ? 1 : 2))
    }
    var warnings = DiagnosticList()
    for (input, _) in done { warnings.add(contentsOf: input.warnings) }
    model = done[0].0.model
    self.request = request
    draws = request.draws(of: model)
    self.warnings = warnings.sorted
    self.cases = zip(cases, done).map {
      Case(name: $0.name, applied: $1.0.model.appliedOverrides, figures: $1.1)
    }
    comparison = CaseComparison(
      self.cases.map { .init(name: $0.name, figures: $0.figures) },
      headlines: Headline.of(request.stage, hasDraws: draws > 0))
  }
}

/// Works out items side by side, on two threads. **Throws** the faults of all items together, or else the first item's other error.
func inParallel<T: Sendable>(_ count: Int, _ body: @Sendable (Int) throws -> T) throws -> [T] {
  let results = Mutex<[Result<T, any Error>?]>(Array(repeating: nil, count: count))
  let next = Mutex(0)
  DispatchQueue.concurrentPerform(iterations: min(2, count)) { _ in
    while true {
      let item = next.withLock { value in
        value += 1
        return value - 1
      }
      guard item < count else { return }
      let result = Result { try body(item) }
      results.withLock { $0[item] = result }
    }
  }
  var faults = DiagnosticList()
  var values: [T] = []
  for result in results.withLock({ $0 }) {
    switch result {
    case .success(let value): values.append(value)
    case .failure(let list as DiagnosticList): faults.add(contentsOf: list)
    case .failure(let error): throw error
    case nil: break
    }
  }
  try faults.check()
  return values
}
