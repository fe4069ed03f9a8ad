public import Testing

/// Expects two numbers to agree to an absolute tolerance.
public func expectClose(
  _ found: Double?, _ wanted: Double, within tolerance: Double = 1e-9, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let found else {
    Issue.record("\(what): found nothing, wanted \(wanted)", sourceLocation: sourceLocation)
    return
  }
  #expect(
    abs(found - wanted) <= tolerance, "\(what): found \(found), wanted \(wanted)",
    sourceLocation: sourceLocation)
}
