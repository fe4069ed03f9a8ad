public import PlacePlanning

/// Births of the past per woman who could have had them, where a model holds women by age.
public struct FertilityHistory: Sendable {
  /// Years to 30 June for which every district has births and women, oldest first; never empty.
  public let years: [Int]
  /// In order of their names.
  public let districts: [String]
  private let women: [String: [Int: Double]]
  private let births: [String: [Int: Double]]

  /// Nil where the model holds no women, or no year has births and women in every district.
  public init?(_ model: PlanningModel) {
    guard let plan = model.fertility, let last = model.births.lastKnownYear else { return nil }
    let (women, births) = (plan.fertileWomen, model.births.districts)
    let districts = births.keys.sorted()
    func isKnown(_ year: Int, _ district: String) -> Bool {
      births[district]?[year] != nil && (women[district]?[year] ?? 0) > 0
    }
    let first = districts.first.flatMap { births[$0] } ?? [:]
    let years = first.keys.filter { year in year <= last && districts.allSatisfy { isKnown(year, $0) } }
    guard !years.isEmpty else { return nil }
    (self.years, self.districts, self.women, self.births) = (years.sorted(), districts, women, births)
  }

  /// Aged 15 to 44, of one district or of all. **Units** women.
  public func women(_ year: Int, in district: String? = nil) -> Double { sum(women, year, district) }

  /// The general fertility rate. **Units** births for each 1,000 women aged 15 to 44.
  public func ratePerThousand(_ year: Int, in district: String? = nil) -> Double {
    ratio(1000 * sum(births, year, district), women(year, in: district))
  }

  private func sum(_ table: [String: [Int: Double]], _ year: Int, _ district: String?) -> Double {
    (district.map { [$0] } ?? districts).reduce(0) { $0 + (table[$1]?[year] ?? 0) }
  }
}

extension FertilityPlan {
  /// Women of 15 to 44 by district and year.
  var fertileWomen: [String: [Int: Double]] {
    women.mapValues { years in
      years.mapValues { ages in Self.fertileAges.reduce(0) { $0 + (ages[$1] ?? 0) } }
    }
  }
}
