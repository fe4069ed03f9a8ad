public import Diagnostics
public import Foundation
public import ModelFiles
internal import NumericCore
public import PlacePlanning
public import Scenarios

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
    let done = try valuesOrFaults(
      inParallel(cases.count) { index in
        Result<(CheckedInput, CaseFigures), any Error> {
          let input = try variants.input(scenario: cases[index].scenario, changes: cases[index].changes)
          return (input, try workOut(input, request, threads: cases.count > 1 ? 1 : 2))
        }
      })
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

/// **Throws** the faults of all results together, or else the first one's other error.
private func valuesOrFaults<T>(_ results: [Result<T, any Error>]) throws -> [T] {
  var faults = DiagnosticList()
  var values: [T] = []
  for result in results {
    switch result {
    case .success(let value): values.append(value)
    case .failure(let list as DiagnosticList): faults.add(contentsOf: list)
    case .failure(let error): throw error
    }
  }
  try faults.check()
  return values
}
