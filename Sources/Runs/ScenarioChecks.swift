public import Diagnostics
internal import ModelFiles
internal import PlacePlanning

extension CheckedInput {
  /// Warnings of the model's other scenarios that this one does not have: money that one of them makes late (W331).
  ///
  /// **Throws** `DiagnosticList` with all that keeps any of them from being worked out, each fault with its scenario, and `InternalFault`.
  public func warningsOfOtherScenarios() throws -> DiagnosticList {
    let parsed = try ParsedModel(text)
    var list = DiagnosticList()
    for scenario in scenarios where scenario != model.scenario {
      do {
        let warnings = try parsed.checked(scenario: scenario).warnings.diagnostics
        list.add(contentsOf: DiagnosticList(warnings.filter { $0.code == .moneyReturned }))
      } catch let faults as DiagnosticList {
        for fault in faults.errors { list.add(fault.named(under: scenario)) }
      }
    }
    try list.check()
    return list
  }
}

extension Diagnostic {
  /// The same, with the scenario in front where it does not name it.
  fileprivate func named(under scenario: String) -> Diagnostic {
    let under = "under scenario '\(scenario)', "
    return what.hasPrefix(under)
      ? self : Diagnostic(code, at: location, what: under + what, why: why, fix: fix)
  }
}
