internal import Diagnostics
internal import Forecasting
internal import ModelFiles
internal import Papers
internal import PlacePlanning

/// Warns of ranges that do not rest on a target's own past errors: borrowed or missing ones (W329), and those of horizons that no earlier
/// forecast has reached (W330). One warning of each.
func rangeWarnings(_ forecast: Forecast, _ input: PanelInput) -> DiagnosticList {
  var warnings = DiagnosticList()
  let unmeasured = forecast.rangeBases.compactMap { basis -> String? in
    let target = "\(basis.target.name) \(yearsAhead(basis.horizons)) in \(counted(basis.areas, "area"))"
    switch basis.kind {
    case .borrowed(let lender): return "\(target) (the errors of \(lender.name) stand in)"
    case .nothing: return "\(target) (left out)"
    case .stretched: return nil
    }
  }
  if !unmeasured.isEmpty {
    warnings.add(
      .rangeNotMeasured, at: input.rolls,
      what: "no earlier forecast of these can be held against a count: "
        + firstFive(unmeasured, separator: "; "),
      why: "a range is measured on how far earlier forecasts of the same pupils missed; "
        + "those of another year group may miss by less or by more",
      fix: "add counts of earlier years; until then take such a range for a guess")
  }
  warnings.add(contentsOf: stretchWarning(forecast, input))
  return warnings
}

/// Names the horizons that are stretched for every target, then targets that are at others too.
private func stretchWarning(_ forecast: Forecast, _ input: PanelInput) -> DiagnosticList {
  var warnings = DiagnosticList()
  let everywhere = forecast.stretchedHorizons
  var stretched: [String] = everywhere.isEmpty ? [] : [yearsAhead(everywhere)]
  for target in ForecastTarget.all {
    let own = forecast.stretchedHorizons(of: target).subtracting(everywhere)
    if !own.isEmpty { stretched.append("of \(target.name) \(yearsAhead(own.sorted()))") }
  }
  guard !stretched.isEmpty else { return warnings }
  warnings.add(
    .rangeStretched, at: input.rolls,
    what: "no earlier forecast " + firstFive(stretched, separator: ", or ")
      + " has an outcome by \(forecast.origin)",
    why: "the ranges of those years are stretched from forecasts fewer years ahead, "
      + "and nothing tells whether they are wide enough",
    fix: "add earlier years, or ask for fewer years ahead")
  return warnings
}

extension ForecastTarget {
  fileprivate var name: String {
    switch self {
    case .yearGroup(let yearGroup): yearGroup.name
    case .total(let phase): "the \(phase.rawValue) total"
    }
  }
}

/// `1 year ahead`, `2 to 10 years ahead`. Horizons rise.
private func yearsAhead(_ horizons: [Int]) -> String {
  numbersInWords(horizons) + (horizons == [1] ? " year ahead" : " years ahead")
}
