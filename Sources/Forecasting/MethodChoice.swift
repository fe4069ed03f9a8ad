/// How a method was chosen for a phase and a horizon: by forecasts of earlier origins whose outcome was known at the time.
public struct MethodChoice: Sendable {
  /// How far a method had missed: absolute errors over all areas as a share of the outcomes, averaged over the earlier origins.
  public struct Record: Hashable, Sendable, Encodable {
    /// Of phase totals, as far as an area counted the phase.
    public let totals: Double
    /// Of the year groups of the phase.
    public let yearGroups: Double
  }

  public let method: ForecastMethod
  /// Earlier origins whose outcome had come.
  public let origins: Int
  /// How many of them a choice takes: four for each year of the horizon, since outcomes that overlap say little more than one.
  public let originsWanted: Int
  /// By method; empty where there were too few origins, and without methods that had no forecast for an area with an outcome.
  public let records: [ForecastMethod: Record]

  /// Whether ours stands because nothing could be compared, and not because no rival was nearer.
  public var hasTooFewOrigins: Bool { origins < originsWanted }

  static let originsPerYear = 4
}

extension MethodChoice {
  /// Ours, for want of origins to compare.
  init(tooFew origins: Int, of wanted: Int) {
    self.init(method: .pooled, origins: origins, originsWanted: wanted, records: [:])
  }
}
