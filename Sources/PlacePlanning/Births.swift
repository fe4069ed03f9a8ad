/// Live births by district.
///
/// **Units** births in the year to 30 June of the calendar year that is the key.
public struct BirthTable: Hashable, Sendable {
  public let districts: [String: [Int: Double]]

  /// **Shape** district, then the calendar year in which the year to 30 June ends. **Units** births.
  public init(districts: [String: [Int: Double]]) {
    self.districts = districts
  }

  /// The last year known for every district.
  public var lastKnownYear: Int? {
    districts.values.compactMap { $0.keys.max() }.min()
  }
}

/// How births in years to 30 June make up the cohort that reaches Reception.
///
/// The cohort of academic year t was born September t-5 to August t-4: ten months of it lie in the year to 30 June t-4, two
/// in the year to 30 June t-3.
public enum BirthAlignment {
  /// The years to 30 June that the cohort draws on, each with its share.
  public static func weights(reachingReceptionIn year: AcademicYear) -> [(year: Int, weight: Double)] {
    [(year.start - 4, 10.0 / 12), (year.start - 3, 2.0 / 12)]
  }

  /// All the years to 30 June that some cohorts draw on, oldest first.
  public static func years(reachingReceptionIn years: [AcademicYear]) -> [Int] {
    Set(years.flatMap { weights(reachingReceptionIn: $0).map(\.year) }).sorted()
  }

  /// What stands in for the births of a year that is missing alone between two known ones: their mean. Nil for any other year.
  public static func bridge(_ year: Int, _ births: (Int) -> Double?) -> Double? {
    guard births(year) == nil, let before = births(year - 1), let after = births(year + 1) else {
      return nil
    }
    return (before + after) / 2
  }
}

extension BirthTable {
  /// Births of one district's cohort, or nil when a year that it draws on is not known.
  public func cohort(_ district: String, reachingReceptionIn year: AcademicYear) -> Double? {
    guard let births = districts[district] else { return nil }
    var sum = 0.0
    for part in BirthAlignment.weights(reachingReceptionIn: year) {
      guard let count = births[part.year] else { return nil }
      sum += part.weight * count
    }
    return sum
  }
}
