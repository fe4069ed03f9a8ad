internal import Diagnostics
internal import Forecasting
internal import ModelFiles
internal import Papers
internal import PlacePlanning

/// Warns of ranges that do not rest on a target's own past errors: borrowed or missing ones (W329), and those of horizons that no earlier
/// forecast has reached (W330). One warning of each.
func warnOfRanges(_ forecast: Forecast, _ input: PanelInput, _ warnings: inout DiagnosticList) {
  let unmeasured = forecast.rangeBases.compactMap {
    unmeasuredWords($0, " in \(counted($0.areas, "area"))")
  }
  if !unmeasured.isEmpty {
    warnings.add(
      .rangeNotMeasured, at: input.rolls,
      what: "\(notHeld): " + firstFive(unmeasured, separator: "; "),
      why: "\(measure); those of another year group may miss by less or by more",
      fix: "add counts of earlier years; until then take such a range for a guess")
  }
  let stretched = stretchWords(forecast.rangeBases, everywhere: forecast.stretchedHorizons)
  if !stretched.isEmpty {
    warnings.add(
      .rangeStretched, at: input.rolls,
      what: "no earlier forecast " + firstFive(stretched, separator: ", or ")
        + " has an outcome by \(forecast.origin)",
      why: "the ranges of those years are stretched from forecasts fewer years ahead, "
        + "and nothing tells whether they are wide enough",
      fix: "add earlier years, or ask for fewer years ahead")
  }
}

/// The same for a backtest, in short: one warning of each kind for all origins, which names those with the same words together.
func warnOfRanges(_ backtest: Backtest, _ input: PanelInput, _ warnings: inout DiagnosticList) {
  let unmeasured = byOrigin(backtest) { $0.bases.compactMap { unmeasuredWords($0) } }
  if !unmeasured.isEmpty {
    warnings.add(
      .rangeNotMeasured, at: input.rolls,
      what: "\(notHeld): " + firstFive(unmeasured, separator: "; "),
      why: "\(measure); what is said of outcomes within ranges counts these with the others",
      fix: "add counts of earlier years, or choose later origins")
  }
  let stretched = byOrigin(backtest) { stretchWords($0.bases, everywhere: $0.stretchedHorizons) }
  if !stretched.isEmpty {
    warnings.add(
      .rangeStretched, at: input.rolls,
      what: "no earlier forecast has an outcome by the origin: " + firstFive(stretched, separator: "; "),
      why: "those ranges are stretched from forecasts fewer years ahead, "
        + "and what is said of outcomes within ranges counts them with the others",
      fix: "add earlier years, or choose later origins or fewer years ahead")
  }
}

private let notHeld = "no earlier forecast of these can be held against a count"
private let measure = "a range is measured on how far earlier forecasts of the same pupils missed"

/// `Reception 1 year ahead in 2 areas (the errors of Year 1 stand in)`; nil for a range that has errors of its own.
private func unmeasuredWords(_ basis: Forecast.RangeBasis, _ place: String = "") -> String? {
  let target = "\(basis.target.name) \(yearsAhead(basis.horizons))\(place)"
  switch basis.kind {
  case .borrowed(let lender): return "\(target) (the errors of \(lender.name) stand in)"
  case .nothing: return "\(target) (left out)"
  case .stretched: return nil
  }
}

/// The horizons that are stretched for every target, then targets that are at others too.
private func stretchWords(_ bases: [Forecast.RangeBasis], everywhere: [Int]) -> [String] {
  var words: [String] = everywhere.isEmpty ? [] : [yearsAhead(everywhere)]
  for target in ForecastTarget.all {
    let own = bases.stretchedHorizons(of: target).subtracting(everywhere)
    if !own.isEmpty { words.append("of \(target.name) \(yearsAhead(own.sorted()))") }
  }
  return words
}

/// `from 2013/14 and 2014/15 3 years ahead`: what is said of each origin, with those that have the same words named together.
private func byOrigin(_ backtest: Backtest, _ said: (Backtest.UnmeasuredRanges) -> [String]) -> [String] {
  var groups: [(words: String, origins: [String])] = []
  for ranges in backtest.unmeasured {
    let words = firstFive(said(ranges))
    if words.isEmpty { continue }
    if let same = groups.firstIndex(where: { $0.words == words }) {
      groups[same].origins.append(ranges.origin.label)
    } else {
      groups.append((words, [ranges.origin.label]))
    }
  }
  return groups.map { "from \(listed($0.origins)) \($0.words)" }
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
