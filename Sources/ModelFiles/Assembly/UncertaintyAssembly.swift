internal import Diagnostics
internal import PlacePlanning

/// What the model says of uncertainty: all of it or nothing, and nil for nothing.
func readUncertainty(_ values: inout AssumptionValues, _ list: inout DiagnosticList) -> UncertaintyPlan? {
  // Where none of it is stated, none of it is missing.
  var (reading, faults, isStated) = (values, list, false)
  func value(_ key: String, _ range: ClosedRange<Double>, _ unit: UnitKind = .logSpread) -> Double {
    isStated = isStated || reading.isDefined("uncertainty.\(key)")
    return reading.value("uncertainty.\(key)", unit, in: range, &faults)
  }
  let plan = UncertaintyPlan(
    births: value("births", 0...0.5), intakeArea: value("intake_area", 0...0.5),
    intakeCounty: value("intake_county", 0...0.5),
    survivalSampling: value("survival_sampling", 0...5, .samplingVariance),
    survivalFloor: value("survival_floor", 0...0.05, .logVariance),
    survivalCounty: value("survival_county", 0...0.2),
    transfer: value("transfer", 0...0.5), yield: value("yield", 0...1),
    areaCorrelation: value("area_correlation", 0...0.95, .correlation),
    siteDelay: value("site_delay", 0...0.9, .probability),
    slowBuild: value("slow_build", 0...0.9, .probability))
  guard isStated else { return nil }
  (values, list) = (reading, faults)
  return plan
}
