/// A council's own forecast of one of its phase totals, as it turned out.
public struct OfficialForecast: Hashable, Sendable {
  public let areaCode: String
  public let phase: Phase
  public let targetYear: AcademicYear
  public let horizon: Int
  /// (forecast - actual) / actual, against the actual that the forecast was made for.
  public let error: Double

  /// `error` is a share, signed: above nought when the forecast was too high.
  public init(areaCode: String, phase: Phase, targetYear: AcademicYear, horizon: Int, error: Double) {
    self.areaCode = areaCode
    self.phase = phase
    self.targetYear = targetYear
    self.horizon = horizon
    self.error = error
  }
}
