/// How a model carries births beyond the known ones.
public enum FutureBirths: String, CaseIterable, Sendable {
  /// All districts together stay at the last known year's births, shared out by their 3:2:1 means.
  case latest
  /// Each district stays at the 3:2:1 mean of its last three known years.
  case level
  /// By the damped trend of all districts together.
  case trend
  /// Births per woman aged 15 to 44, times the women of each year to come.
  case fixedRate = "fixed_rate"
  /// Women by single year of age, carried forward by survival, migration and their own births.
  case cohortComponent = "cohort_component"

  /// Whether it needs a ``FertilityPlan``.
  public var needsWomen: Bool { self == .fixedRate || self == .cohortComponent }
}

/// Women by age, and what is taken of their births and survival: what births by fixed rate or by cohort component start from.
public struct FertilityPlan: Hashable, Sendable {
  /// By district, then the year on whose 30 June they are counted, then age in whole years. **Units** women, girls included.
  public let women: [String: [Int: [Int: Double]]]
  /// By district. Nil: the 3:2:1 mean of each district's own last three known years. **Units** births a year per woman aged
  /// 15 to 44.
  public let generalRates: [String: Double]?
  /// By district, then age; none where no age is given. **Units** births of both sexes per woman-year.
  public let rates: [String: [Int: Double]]
  /// By age: the share of women who are alive a year later. The last age survives into itself.
  public let survival: [Int: Double]
  /// The share of girls born in a year who are alive at its end.
  public let survivalFromBirth: Double
  /// By district, then age; empty where nobody moves. **Units** women a year, those who come less those who go.
  public let migration: [String: [Int: Double]]

  /// The ages whose births a general fertility rate counts.
  public static let fertileAges = 15...44

  /// **Shape** and **Units** as of each property; nothing is checked here.
  public init(
    women: [String: [Int: [Int: Double]]], generalRates: [String: Double]? = nil,
    rates: [String: [Int: Double]] = [:], survival: [Int: Double] = [:], survivalFromBirth: Double = 1,
    migration: [String: [Int: Double]] = [:]
  ) {
    self.women = women
    self.generalRates = generalRates
    self.rates = rates
    self.survival = survival
    self.survivalFromBirth = survivalFromBirth
    self.migration = migration
  }
}
