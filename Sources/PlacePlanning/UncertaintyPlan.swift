/// How far each source of uncertainty spreads in a model, as its assumptions `uncertainty.*` have it.
///
/// **Units** standard deviations on the log scale, unless said otherwise.
public struct UncertaintyPlan: Hashable, Sendable {
  /// A year's change of all births together, for children whose births are not counted.
  public let births: Double
  /// A year's step of an area's, and of the county's, intake ratio.
  public let intakeArea: Double
  public let intakeCounty: Double
  /// An area's survival varies each year by `survivalSampling` / cohort + `survivalFloor`. **Units** variances.
  public let survivalSampling: Double
  public let survivalFloor: Double
  /// The county's survival into a year group, each year.
  public let survivalCounty: Double
  /// A year's step of a secondary area's attractiveness to Year 6 pupils.
  public let transfer: Double
  /// An area's pupils per new home.
  public let yield: Double
  /// Between any two areas of a phase. **Units** correlation.
  public let areaCorrelation: Double
  /// The chance that a site slips by one more year, up to three. **Units** probability.
  public let siteDelay: Double
  /// The chance that a site is built half as slowly again. **Units** probability.
  public let slowBuild: Double

  /// **Units** as each property has them: log standard deviations, variances, a correlation, probabilities.
  public init(
    births: Double, intakeArea: Double, intakeCounty: Double, survivalSampling: Double, survivalFloor: Double,
    survivalCounty: Double, transfer: Double, yield: Double, areaCorrelation: Double, siteDelay: Double,
    slowBuild: Double
  ) {
    self.births = births
    self.intakeArea = intakeArea
    self.intakeCounty = intakeCounty
    self.survivalSampling = survivalSampling
    self.survivalFloor = survivalFloor
    self.survivalCounty = survivalCounty
    self.transfer = transfer
    self.yield = yield
    self.areaCorrelation = areaCorrelation
    self.siteDelay = siteDelay
    self.slowBuild = slowBuild
  }
}
